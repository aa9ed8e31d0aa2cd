//! Kustomize trees: what environments share in `base/`, and in each overlay
//! only what is different there.
//!
//! Objects of all environments are matched (`roles`, `entries`), what they share
//! is found (`shared`), the differences become what Kustomize can say
//! (`overlay`), and a model of Kustomize (`model`) proves that it gives the very
//! same objects (`proof`).

mod entries;
mod files;
mod images;
mod model;
mod operations;
mod overlay;
mod proof;
mod references;
mod roles;
mod shared;
mod strategic;
mod tree;
mod unfit;

use anyhow::{Result, bail};

use crate::diagnostic::Report;
use crate::disk::Files;
use crate::emit::names::home;
use crate::object::Object;

use overlay::Plan;

/// One environment and its objects, in the order in which they can be applied.
pub struct Environment {
    pub name: String,
    pub objects: Vec<Object>,
}

/// Reports what no Kustomize tree can carry.
pub fn check(environment: &Environment, report: &mut Report) {
    unfit::check(environment, report);
}

/// The tree of some environments; its base is like one of them, or has what most
/// of them share.
pub fn tree(environments: &[Environment], base: Option<&str>) -> Result<Files> {
    let mut plan = Plan::new(environments, base);
    // What the model finds wrong is written in a plainer way.
    loop {
        let directories = plan.directories();
        let wrong = proof::wrong(&plan, &directories);
        if wrong.is_empty() {
            let home = home(plan.entries.iter().map(|entry| &entry.identity));
            return Ok(files::write(&directories, home));
        }
        if !plan.simplify(&wrong) {
            bail!(
                "no tree can be written that gives what `render` prints: {}",
                wrong.first().map_or("", |wrong| wrong.reason.as_str())
            );
        }
    }
}

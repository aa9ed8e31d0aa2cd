//! What the model of Kustomize makes of a plan, held against what is rendered.

use std::collections::HashMap;

use crate::object::Identity;

use super::model::{self, Fault, Made};
use super::overlay::Plan;
use super::shared::same;
use super::tree::Directory;

/// What the model finds wrong: with an object, or with all of an environment.
pub struct Wrong {
    pub environment: usize,
    pub entry: Option<usize>,
    pub reason: String,
}

/// What the model of Kustomize makes of the tree that is not what was
/// rendered.
pub fn wrong(plan: &Plan<'_>, directories: &[Directory<'_>]) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (number, environment) in plan.environments.iter().enumerate() {
        let whole = |reason: String| Wrong { environment: number, entry: None, reason };
        let entry_of =
            |identity: &Identity| plan.entries.iter().position(|entry| entry.identity == *identity);
        let made = match model::build(directories, &format!("overlays/{}", environment.name)) {
            Ok(made) => made,
            Err(Fault { reason, target }) => {
                let entry = target.as_ref().and_then(entry_of);
                wrong.push(Wrong { entry, ..whole(reason) });
                continue;
            }
        };
        let made: HashMap<&Identity, &Made<'_>> =
            made.iter().map(|made| (&made.identity, made)).collect();
        if made.len() != environment.objects.len() {
            wrong.push(whole(format!(
                "{} objects, and {} in `{}`",
                made.len(),
                environment.objects.len(),
                environment.name
            )));
        }
        for (place, entry) in plan.entries.iter().enumerate() {
            let Some(version) = &entry.versions[number] else { continue };
            let identity = &version.object.identity;
            let right =
                made.get(identity).is_some_and(|made| same(&made.content, &version.object.content));
            if !right {
                let reason = format!("Kustomize changes {identity} in `{}`", environment.name);
                wrong.push(Wrong { environment: number, entry: Some(place), reason });
            }
        }
    }
    wrong
}

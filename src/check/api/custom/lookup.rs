//! Which definition an object is judged by: one among the objects that are checked, one
//! that was given, or k8sgen's own, in this order.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::fast::RandomState;

use crate::check::scene::Scene;

use super::builtin;
use super::definition::Definition;

/// A definition, and how far its word goes.
#[derive(Clone, Debug)]
pub struct Found {
    pub definition: Arc<Definition>,
    /// It is k8sgen's own: that of a cluster may be older or newer.
    pub is_own: bool,
}

/// What was looked up for the objects of one scene, by group and kind.
#[derive(Debug, Default)]
pub struct Lookups {
    found: Mutex<Table<Table<Option<Found>>>>,
}

type Table<T> = HashMap<String, T, RandomState>;

impl Scene<'_> {
    /// The definition of a custom kind, if any is at hand.
    pub fn definition(&self, group: &str, kind: &str) -> Option<Found> {
        let mut found = self.lookups.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = found.get(group).and_then(|kinds| kinds.get(kind)) {
            return known.clone();
        }
        let new = look_up(self, group, kind);
        found.entry(group.to_owned()).or_default().insert(kind.to_owned(), new.clone());
        new
    }
}

fn look_up(scene: &Scene<'_>, group: &str, kind: &str) -> Option<Found> {
    let among = scene
        .of_kind("apiextensions.k8s.io", "CustomResourceDefinition")
        .filter(|subject| Definition::subject(subject.content) == Some((group, kind)))
        .find_map(|subject| Definition::read(subject.content, None));
    if let Some(definition) = among {
        return Some(Found { definition: Arc::new(definition), is_own: false });
    }
    if let Some(definition) = scene.settings.definitions.find(group, kind) {
        return Some(Found { definition, is_own: false });
    }
    builtin::find(group, kind).map(|definition| Found { definition, is_own: true })
}

//! The references to ConfigMaps and Secrets: which object, which of its keys, and
//! whether they must be there.

mod custom;
mod objects;
mod pods;

use crate::check::at::At;
use crate::check::scene::Scene;
use crate::check::scene::stores::{Holding, Store};

use super::absent::{self, Wanted};

/// One reference.
#[derive(Clone, Copy)]
pub struct Reference<'a> {
    pub store: Store,
    pub namespace: &'a str,
    pub name: At<'a>,
    pub keys: Keys<'a>,
    pub optional: bool,
}

/// Which keys are read.
#[derive(Clone, Copy)]
pub enum Keys<'a> {
    /// Whatever there is.
    All,
    One(At<'a>),
    /// The `key` of each item.
    Items(At<'a>),
    Fixed(&'static [&'static str]),
}

/// All references of an object.
pub fn references<'a>(scene: &Scene<'a>, object: At<'a>, each: &mut dyn FnMut(Reference<'a>)) {
    let subject = object.subject();
    // What another object made may be of yesterday, and is not for its reader to mend.
    if subject.is_made() {
        return;
    }
    match scene.pod_of(subject) {
        Some(pod) => pods::references(pod.namespace, pod.holder(object).field("spec"), each),
        None => objects::references(scene, object, each),
    }
}

impl<'a> Reference<'a> {
    fn new(store: Store, namespace: &'a str, name: At<'a>) -> Reference<'a> {
        Reference { store, namespace, name, keys: Keys::All, optional: false }
    }

    fn config_map(namespace: &'a str, name: At<'a>) -> Reference<'a> {
        Reference::new(Store::ConfigMap, namespace, name)
    }

    pub fn secret(namespace: &'a str, name: At<'a>) -> Reference<'a> {
        Reference::new(Store::Secret, namespace, name)
    }

    fn keys(self, keys: Keys<'a>) -> Reference<'a> {
        Reference { keys, ..self }
    }

    fn optional(self, at: At<'a>) -> Reference<'a> {
        Reference { optional: at.is_true(), ..self }
    }

    /// What is known of the object that is meant; nothing where it is absent.
    pub fn find<'s>(&self, scene: &'s Scene<'a>) -> Option<&'s Holding<'a>> {
        let name = self.name.text_or_empty();
        let find = |namespace| scene.stores().find(self.store, namespace, name);
        find(self.namespace).or_else(|| find(absent::fallback(scene, self.namespace)?))
    }

    /// Says that the object is absent, unless it need not be there.
    pub fn must_lead_somewhere(&self, scene: &Scene<'a>) {
        let name = self.name.text_or_empty();
        if self.optional || name.is_empty() || self.find(scene).is_some() {
            return;
        }
        let wanted = Wanted::of("", self.store.kind(), self.namespace, name);
        let names = scene.stores().names(self.store, self.namespace);
        absent::report(scene, self.name, wanted, names);
    }
}

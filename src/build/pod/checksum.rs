//! What a pod reads, so that a change of it changes the pod: its annotations
//! hold a digest of just those keys, and Kubernetes then replaces the pods.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::context::{Context, Held};
use crate::build::meta::Pairs;
use crate::digest;

const CONFIG: &str = "checksum/config";
const SECRETS: &str = "checksum/secrets";

/// The ConfigMaps and Secrets that a pod reads.
#[derive(Default)]
pub struct Reads<'p> {
    pub config: Sources<'p>,
    pub secrets: Sources<'p>,
}

/// Names, and what is read of each.
#[derive(Default)]
pub struct Sources<'p>(BTreeMap<&'p str, Keys<'p>>);

enum Keys<'p> {
    All,
    Some(BTreeSet<&'p str>),
}

impl<'p> Sources<'p> {
    pub fn all(&mut self, name: &'p str) {
        self.0.insert(name, Keys::All);
    }

    pub fn key(&mut self, name: &'p str, key: &'p str) {
        match self.0.entry(name).or_insert_with(|| Keys::Some(BTreeSet::new())) {
            Keys::All => {}
            Keys::Some(keys) => {
                keys.insert(key);
            }
        }
    }
}

impl<'p> Sources<'p> {
    /// A digest of what is read of each source that is known.
    fn digests(&self, held: &BTreeMap<&str, Held>) -> Vec<(&'p str, String)> {
        let read = self.0.iter();
        read.filter_map(|(name, keys)| Some((*name, digest_of(held.get(name)?, keys)))).collect()
    }
}

impl Reads<'_> {
    /// The annotations that hold the digests.
    pub fn annotations(&self, context: &Context<'_>) -> Pairs {
        let whole = |parts: Vec<(&str, String)>| {
            let parts = parts.iter().map(|(name, digest)| (*name, digest.as_bytes()));
            (parts.len() > 0).then(|| digest::of_entries(parts))
        };
        let config = whole(self.config.digests(&context.config));
        let secrets = whole(self.secrets.digests(&context.secrets));
        let digests = [(CONFIG, config), (SECRETS, secrets)];
        digests.into_iter().filter_map(|(name, digest)| Some((name.to_owned(), digest?))).collect()
    }
}

fn digest_of(content: &Held, keys: &Keys<'_>) -> String {
    match keys {
        Keys::All => content.digest.clone(),
        Keys::Some(keys) => {
            digest::of_entries(keys.iter().filter_map(|key| Some((*key, content.bytes(key)?))))
        }
    }
}

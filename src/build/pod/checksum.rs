//! What a pod reads, so that a change of it changes the pod: its annotations
//! hold a digest of just those keys, and Kubernetes then replaces the pods.

use std::collections::{BTreeMap, BTreeSet};

use crate::build::config::digest;
use crate::build::context::{ConfigContent, Context};
use crate::build::meta::Pairs;
use crate::build::secrets;

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

impl Reads<'_> {
    /// The annotations that hold the digests.
    pub fn annotations(&self, context: &Context<'_>) -> Pairs {
        let config = self.config.0.iter().filter_map(|(name, keys)| {
            Some((*name, digest_of_config(context.config.get(name)?, keys)))
        });
        let secrets = self.secrets.0.iter().filter_map(|(name, keys)| {
            let values = secrets::literals(context.index.system.secrets.get(*name)?)?;
            let entries = values.iter().filter(|(key, _)| is_read(keys, key.as_str()));
            Some((*name, digest(entries.map(|(key, text)| (key.as_str(), text.0.as_bytes())))))
        });
        let whole = |parts: Vec<(&str, String)>| {
            let parts = parts.iter().map(|(name, digest)| (*name, digest.as_bytes()));
            (parts.len() > 0).then(|| digest(parts))
        };
        let digests = [(CONFIG, whole(config.collect())), (SECRETS, whole(secrets.collect()))];
        digests.into_iter().filter_map(|(name, digest)| Some((name.to_owned(), digest?))).collect()
    }
}

fn is_read(keys: &Keys<'_>, key: &str) -> bool {
    match keys {
        Keys::All => true,
        Keys::Some(keys) => keys.contains(key),
    }
}

fn digest_of_config(content: &ConfigContent, keys: &Keys<'_>) -> String {
    match keys {
        Keys::All => content.digest.clone(),
        Keys::Some(keys) => digest(keys.iter().filter_map(|key| Some((*key, content.bytes(key)?)))),
    }
}

//! The names of files that hold objects.

use std::collections::{BTreeMap, HashSet};

use crate::object::{Identity, kinds};

/// The names of files in one directory. No two are the same, on disks that do
/// not tell capitals from small letters too.
pub struct Names<'a> {
    /// The namespace that goes without saying.
    home: Option<&'a str>,
    taken: HashSet<String>,
}

/// The namespace of most objects, which their files do not name.
pub fn home<'a>(identities: impl Iterator<Item = &'a Identity>) -> Option<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for namespace in identities.filter_map(|identity| identity.namespace.as_deref()) {
        *counts.entry(namespace).or_default() += 1;
    }
    // Of two that have as many it is the first by name.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(namespace, _)| namespace)
}

impl<'a> Names<'a> {
    pub fn new(home: Option<&'a str>) -> Names<'a> {
        Names { home, taken: HashSet::new() }
    }

    /// A file of an object: numbered by its kind, in the order of application.
    pub fn of_object(&mut self, identity: &Identity, ending: &str) -> String {
        let number = kinds::order(&identity.api_version, &identity.kind) + 1;
        self.of(&format!("{number:03}"), identity, ending)
    }

    /// A name that begins with a word, and does not hang on other objects but
    /// where they have the same one.
    pub fn of(&mut self, first: &str, identity: &Identity, ending: &str) -> String {
        let kind = identity.kind.to_lowercase();
        let namespace = identity.namespace.as_deref().filter(|name| Some(*name) != self.home);
        let parts = [Some(first), Some(&kind), namespace, Some(&identity.name)];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join("-");
        let name: String = name.chars().map(plain).take(200).collect();
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| self.taken.insert(name.to_lowercase()));
        format!("{}.{ending}", free.unwrap_or_default())
    }
}

/// Some disks do not take the colons of roles.
fn plain(c: char) -> char {
    match c {
        '-' | '.' | '_' => c,
        c if c.is_ascii_alphanumeric() => c,
        _ => '-',
    }
}

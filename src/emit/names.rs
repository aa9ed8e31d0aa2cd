//! The names of files that hold objects.

use std::collections::HashSet;

use crate::object::{Identity, kinds};

/// The names of files in one directory. No two are the same, on disks that do
/// not tell capitals from small letters too.
#[derive(Default)]
pub struct Names(HashSet<String>);

impl Names {
    /// A file of an object: numbered by its kind, in the order of application.
    pub fn of_object(&mut self, identity: &Identity, ending: &str) -> String {
        let number = kinds::order(&identity.api_version, &identity.kind) + 1;
        self.of(&format!("{number:03}"), identity, ending)
    }

    /// The shortest name that is not taken: without the namespace, with it, and
    /// with a number.
    pub fn of(&mut self, first: &str, identity: &Identity, ending: &str) -> String {
        let kind = identity.kind.to_lowercase();
        let with = |parts: &[&str]| {
            let name: String = parts.join("-").chars().map(plain).take(180).collect();
            format!("{first}-{name}")
        };
        let namespace = identity.namespace.as_deref().unwrap_or("cluster");
        let short = with(&[&kind, &identity.name]);
        let long = with(&[&kind, namespace, &identity.name]);
        let numbered = (2..).map(|number| format!("{long}-{number}"));
        let mut names = [short, long.clone()].into_iter().chain(numbered);
        let free = names.find(|name| self.0.insert(name.to_lowercase()));
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

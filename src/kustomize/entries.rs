//! The objects of all environments, matched: which of one is which of another,
//! and what they share.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::object::value::Value;
use crate::object::{Identity, Object};

use super::Environment;
use super::model::{self, is_binding, is_default_account, is_namespace};
use super::roles::Roles;
use super::shared::{consensus, same};

/// What the objects of several environments have in common that are one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key<'a> {
    api_version: &'a str,
    kind: &'a str,
    role: Option<usize>,
    /// Empty for a Namespace, which goes by its role.
    name: &'a str,
}

/// One object in all environments that have it.
pub struct Entry<'a> {
    /// What the base calls it.
    pub identity: Identity,
    order: usize,
    pub role: Option<usize>,
    /// What it is in each environment.
    pub versions: Vec<Option<Version<'a>>>,
    /// What the base says of it, where it is shared.
    pub base: Option<Value>,
    /// Whether a `namespace` for all would change more of it than its own.
    pub stays: bool,
}

/// An object of one environment.
pub struct Version<'a> {
    pub object: &'a Object,
    /// Its content as if it lived where the base has it.
    pub at_base: Cow<'a, Value>,
}

/// All objects, each once, in the order in which they can be applied.
pub fn entries<'a>(environments: &'a [Environment], roles: &Roles<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut places: HashMap<Key<'a>, usize> = HashMap::new();
    for (number, environment) in environments.iter().enumerate() {
        let accounts = accounts(environment, roles, number);
        for object in &environment.objects {
            let identity = &object.identity;
            let home = match is_namespace(identity) {
                true => Some(identity.name.as_str()),
                false => identity.namespace.as_deref(),
            };
            let role = home.and_then(|home| roles.of(number, home));
            let key = Key {
                api_version: &identity.api_version,
                kind: &identity.kind,
                role,
                name: if is_namespace(identity) { "" } else { &identity.name },
            };
            let place = *places.entry(key).or_insert_with(|| {
                entries.push(Entry {
                    identity: base_identity(identity, roles, number),
                    order: object.order(),
                    role,
                    versions: (0..environments.len()).map(|_| None).collect(),
                    base: None,
                    stays: false,
                });
                entries.len() - 1
            });
            let at_base = at_base(object, roles, number, &accounts);
            entries[place].stays |= has_foreign_default(object);
            entries[place].versions[number] = Some(Version { object, at_base });
        }
    }
    entries.sort_by(|one, other| {
        one.identity.sort_key(one.order).cmp(&other.identity.sort_key(other.order))
    });
    entries
}

/// Whether it binds an account called `default` of another namespace, which
/// Kustomize would take for the one of its own.
fn has_foreign_default(object: &Object) -> bool {
    let Some(Value::List(subjects)) = object.content.get("subjects") else { return false };
    let home = object.identity.namespace.as_deref();
    is_binding(&object.identity)
        && subjects.iter().filter(|subject| is_default_account(subject)).any(|subject| {
            let lives = subject.get("namespace").and_then(Value::as_str);
            home.is_none() || lives != home
        })
}

fn base_identity(identity: &Identity, roles: &Roles<'_>, number: usize) -> Identity {
    let base = |name: &str| roles.base_of(number, name).to_owned();
    let mut identity = identity.clone();
    if is_namespace(&identity) {
        identity.name = base(&identity.name);
    } else {
        identity.namespace = identity.namespace.as_deref().map(base);
    }
    identity
}

/// The accounts of an environment that live elsewhere than in the base.
fn accounts<'a>(
    environment: &'a Environment,
    roles: &Roles<'a>,
    number: usize,
) -> HashSet<(&'a str, &'a str)> {
    let accounts =
        environment.objects.iter().filter(|object| object.identity.kind == "ServiceAccount");
    accounts
        .filter_map(|object| {
            Some((object.identity.name.as_str(), object.identity.namespace.as_deref()?))
        })
        .filter(|(_, namespace)| roles.base_of(number, namespace) != *namespace)
        .collect()
}

/// The content as if it lived where the base has it, and the accounts that it
/// names with it.
fn at_base<'a>(
    object: &'a Object,
    roles: &Roles<'_>,
    number: usize,
    accounts: &HashSet<(&str, &str)>,
) -> Cow<'a, Value> {
    let mut content = Cow::Borrowed(&object.content);
    let wanted = base_identity(&object.identity, roles, number);
    if wanted != object.identity
        && let Value::Map(map) = content.to_mut()
        && let Some(Value::Map(metadata)) = map.get_mut("metadata")
    {
        if is_namespace(&object.identity) {
            metadata.insert("name", Value::String(wanted.name));
        } else if let Some(namespace) = wanted.namespace {
            metadata.insert("namespace", Value::String(namespace));
        }
    }
    if !accounts.is_empty()
        && is_binding(&object.identity)
        && let Value::Map(map) = content.to_mut()
        && let Some(Value::List(subjects)) = map.get_mut("subjects")
    {
        for subject in subjects {
            let text = |key: &str| subject.get(key).and_then(Value::as_str);
            let (Some("ServiceAccount"), Some(name), Some(namespace)) =
                (text("kind"), text("name"), text("namespace"))
            else {
                continue;
            };
            let home = object.identity.namespace.as_deref();
            let follows = home.is_none_or(|home| home == namespace);
            if follows && accounts.contains(&(name, namespace)) {
                let base = roles.base_of(number, namespace).to_owned();
                if let Value::Map(subject) = subject {
                    subject.insert("namespace", Value::String(base));
                }
            }
        }
    }
    content
}

impl Entry<'_> {
    /// What the base says of it: of what one environment has, or more than half
    /// of them. A secret of one environment is no base for another.
    pub fn shared(&self, environments: usize, base: Option<usize>) -> Option<Value> {
        let present: Vec<&Value> =
            self.versions.iter().flatten().map(|version| &*version.at_base).collect();
        let example = base.map(|base| self.versions[base].as_ref());
        let wanted = match &example {
            Some(version) => version.is_some(),
            None => 2 * present.len() > environments,
        };
        if !wanted || self.stays && self.moves() {
            return None;
        }
        let alike = present.windows(2).all(|pair| same(pair[0], pair[1]));
        // A JSON patch rounds all large numbers of its object.
        if !alike && present.iter().any(|value| model::has_large_numbers(value)) {
            return None;
        }
        let secret = self.identity.kind == "Secret" && self.identity.api_version == "v1";
        if secret && (present.len() < environments || !alike) {
            return None;
        }
        match example.flatten() {
            Some(version) => Some(version.at_base.clone().into_owned()),
            None => Some(consensus(&present)),
        }
    }

    /// Whether environments have it in different namespaces.
    fn moves(&self) -> bool {
        let mut homes = self.versions.iter().flatten().map(|version| &version.object.identity);
        let first = homes.next();
        homes.any(|other| Some(other) != first)
    }
}

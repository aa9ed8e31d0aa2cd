//! What turns one object into another, as a strategic merge patch, where
//! Kustomize takes one without doubt: for lists of which it is known whether
//! they merge, and of items that are there already.

use crate::object::value::{Map, Value};
use crate::object::{Identity, kinds};

/// Lists of pods whose items merge by name. Items that come or go are left to
/// JSON patches: Kustomize puts new ones first.
pub const MERGED: [(&str, &str); 5] = [
    ("containers", "name"),
    ("initContainers", "name"),
    ("env", "name"),
    ("volumes", "name"),
    ("volumeMounts", "mountPath"),
];

/// Lists that every version of Kustomize replaces whole.
const ATOMIC: [&str; 38] = [
    "accessModes",
    "add",
    "allowedTopologies",
    "apiGroups",
    "args",
    "command",
    "drop",
    "egress",
    "envFrom",
    "externalIPs",
    "from",
    "ingress",
    "ipFamilies",
    "items",
    "limits",
    "loadBalancerSourceRanges",
    "matchExpressions",
    "metrics",
    "mountOptions",
    "nameservers",
    "namespaces",
    "nonResourceURLs",
    "options",
    "paths",
    "policies",
    "policyTypes",
    "resourceNames",
    "resources",
    "rules",
    "scopes",
    "searches",
    "sources",
    "subjects",
    "supplementalGroups",
    "tls",
    "to",
    "tolerations",
    "verbs",
];

/// The kinds whose lists Kustomize merges: those of which it has the schema.
const WITH_PODS: [&str; 6] =
    ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"];

/// What Kustomize knows of the lists of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// Those of pods merge by name.
    OfPods,
    /// They are Kubernetes' own: some merge, which are left alone.
    BuiltIn,
    /// Of custom resources it knows nothing and replaces them.
    Unknown,
}

impl Lists {
    pub fn of(identity: &Identity) -> Lists {
        match kinds::is_built_in(&identity.api_version) {
            true if WITH_PODS.contains(&&*identity.kind) => Lists::OfPods,
            true => Lists::BuiltIn,
            false => Lists::Unknown,
        }
    }
}

/// What is to be merged into `from` to have `to`: nothing where it cannot be
/// said this way. Both are not equal.
pub fn patch(from: &Map, to: &Map, lists: Lists) -> Option<Map> {
    let mut patch = Map::default();
    for (key, value) in from.iter() {
        match to.get(key) {
            None => patch.insert(key.to_owned(), Value::Null),
            Some(wanted) if wanted == value => {}
            Some(wanted) => patch.insert(key.to_owned(), field(key, value, wanted, lists)?),
        }
    }
    for (key, value) in to.iter().filter(|(key, _)| from.get(key).is_none()) {
        patch.insert(key.to_owned(), whole(value)?);
    }
    let is_plain = patch.iter().all(|(key, _)| !key.starts_with('$'));
    is_plain.then_some(patch)
}

fn field(key: &str, from: &Value, to: &Value, lists: Lists) -> Option<Value> {
    match (from, to) {
        // An empty map in a patch changes nothing.
        (Value::Map(from), Value::Map(to)) => patch(from, to, lists).map(Value::Map),
        (Value::List(from), Value::List(to)) => list(key, from, to, lists),
        // It keeps the quotes of what a patch replaces.
        (Value::String(_), Value::String(_)) => whole(to),
        // It refuses to lay one shape on another.
        (Value::Map(_) | Value::List(_), _) | (_, Value::Map(_) | Value::List(_)) => None,
        (Value::String(_), _) => None,
        _ => whole(to),
    }
}

fn list(key: &str, from: &[Value], to: &[Value], lists: Lists) -> Option<Value> {
    let merged = MERGED.iter().find(|(list, _)| *list == key);
    match (lists, merged) {
        (Lists::OfPods, Some((_, name))) => same_items(name, from, to, lists).map(Value::List),
        (Lists::Unknown, _) => whole(&Value::List(to.to_vec())),
        _ if ATOMIC.contains(&key) => whole(&Value::List(to.to_vec())),
        _ => None,
    }
}

/// The items that differ, where both lists have the same ones in the same
/// order. Kustomize puts the items of a patch before all others, so those that
/// stand before are named too.
fn same_items(name: &str, from: &[Value], to: &[Value], lists: Lists) -> Option<Vec<Value>> {
    let names = |items: &[Value]| -> Option<Vec<String>> {
        items.iter().map(|item| Some(item.get(name)?.as_str()?.to_owned())).collect()
    };
    let (known, wanted) = (names(from)?, names(to)?);
    let mut unique = known.clone();
    unique.sort_unstable();
    unique.dedup();
    if known != wanted || unique.len() != known.len() {
        return None;
    }
    let last = from.iter().zip(to).rposition(|(from, to)| from != to)?;
    let named = from.iter().zip(to).take(last + 1);
    named
        .map(|(from, to)| {
            let changes = patch(from.as_map()?, to.as_map()?, lists)?;
            let mut item = Map::default();
            item.insert(name.to_owned(), from.get(name)?.clone());
            item.0.extend(changes.0);
            Some(Value::Map(item))
        })
        .collect()
}

/// A value that a patch adds as it is: what would steer the merge, and what a
/// merge may drop, it must not have.
fn whole(value: &Value) -> Option<Value> {
    fn is_sound(value: &Value, in_list: bool) -> bool {
        match value {
            Value::Null => false,
            Value::Map(map) => {
                let mut entries = map.iter();
                (in_list || !map.is_empty())
                    && entries.all(|(key, value)| !key.starts_with('$') && is_sound(value, in_list))
            }
            Value::List(items) => {
                (in_list || !items.is_empty()) && items.iter().all(|item| is_sound(item, true))
            }
            _ => true,
        }
    }
    is_sound(value, false).then(|| value.clone())
}

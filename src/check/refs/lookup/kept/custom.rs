//! Where custom resources name ConfigMaps and Secrets: in fields of a few names,
//! however deep they stand.

use crate::check::at::At;
use crate::check::scene::stores::Store;
use crate::object::value::Value;

use super::{Keys, Reference};

/// Deeper than this nobody has a reference.
const DEEPEST: usize = 12;

pub(super) fn references<'a>(
    namespace: &'a str,
    spec: At<'a>,
    each: &mut dyn FnMut(Reference<'a>),
) {
    let mut waiting = vec![(spec, 0)];
    while let Some((at, depth)) = waiting.pop() {
        if depth == DEEPEST {
            continue;
        }
        waiting.extend(at.items().map(|item| (item, depth + 1)));
        for (key, value) in at.map().into_iter().flat_map(|map| map.iter()) {
            if !matches!(value, Value::Map(_) | Value::List(_)) {
                continue;
            }
            let below = at.field(key);
            match (store(key), value) {
                (Some(store), Value::Map(map)) if map.get("name").is_some() => {
                    each(reference(store, namespace, below));
                }
                (Some(store), Value::List(_)) => {
                    below.items().for_each(|one| each(reference(store, namespace, one)));
                }
                _ => waiting.push((below, depth + 1)),
            }
        }
    }
}

/// What a field of such a name refers to.
fn store(key: &str) -> Option<Store> {
    match key {
        // cert-manager makes it.
        "privateKeySecretRef" => None,
        "secretRef" | "secretKeyRef" | "secretTargetRef" | "bearerTokenSecret" | "keySecret"
        | "clientSecret" | "credentials" | "secret" | "username" | "password" => {
            Some(Store::Secret)
        }
        "configMap" | "configMapRef" | "configMapKeyRef" | "configMapTargetRef" => {
            Some(Store::ConfigMap)
        }
        other if other.ends_with("SecretRef") => Some(Store::Secret),
        _ => None,
    }
}

fn reference<'a>(store: Store, namespace: &'a str, at: At<'a>) -> Reference<'a> {
    let key = at.field("key");
    let keys = if key.is_empty() { Keys::All } else { Keys::One(key) };
    let namespace = at.field("namespace").text_or(namespace);
    Reference::new(store, namespace, at.field("name")).keys(keys).optional(at.field("optional"))
}

//! Strategic merge patches: maps merge, `null` removes, and lists of named
//! things merge by name, as Kubernetes' own definitions say.

use super::value::{Map, Value};

/// The fields whose lists merge, and the key that tells their items apart:
/// `x-kubernetes-patch-merge-key` of the API's definitions.
const MERGE_KEYS: &[(&str, &str)] = &[
    ("containers", "name"),
    ("initContainers", "name"),
    ("ephemeralContainers", "name"),
    ("env", "name"),
    ("volumes", "name"),
    ("volumeMounts", "mountPath"),
    ("volumeDevices", "devicePath"),
    ("imagePullSecrets", "name"),
    ("secrets", "name"),
    ("hostAliases", "ip"),
    ("topologySpreadConstraints", "topologyKey"),
    ("resourceClaims", "name"),
    ("schedulingGates", "name"),
    ("ownerReferences", "uid"),
    ("webhooks", "name"),
];

/// Lists of plain values that merge as sets.
const MERGED_SETS: &[&str] = &["finalizers"];

/// Lays a patch on an object.
pub fn merge(target: &mut Value, patch: &Value) -> Result<(), String> {
    merge_field("", target, patch)
}

fn merge_field(field: &str, target: &mut Value, patch: &Value) -> Result<(), String> {
    match (target, patch) {
        (Value::Map(under), Value::Map(over)) => merge_maps(under, over),
        (Value::List(under), Value::List(over)) if MERGED_SETS.contains(&field) => {
            for item in over {
                if !under.contains(item) {
                    under.push(item.clone());
                }
            }
            Ok(())
        }
        (Value::List(under), Value::List(over)) => match merge_key(field, over) {
            Some(key) => merge_lists(key, under, over),
            None => {
                *under = over.clone();
                Ok(())
            }
        },
        (slot, patch) => {
            *slot = without_directives(patch);
            Ok(())
        }
    }
}

fn merge_maps(under: &mut Map, over: &Map) -> Result<(), String> {
    match over.get("$patch").map(|directive| directive.as_str()) {
        None => {}
        Some(Some("replace")) => {
            let Value::Map(plain) = without_directives(&Value::Map(over.clone())) else {
                return Ok(());
            };
            *under = plain;
            return Ok(());
        }
        Some(Some("delete")) => {
            under.0.clear();
            return Ok(());
        }
        Some(_) => return Err("`$patch` is `replace` or `delete`".to_owned()),
    }
    for (key, value) in over.iter() {
        if key.starts_with('$') {
            return Err(format!("the directive `{key}` is not known; use a JSON patch"));
        }
        match (under.get_mut(key), value) {
            (Some(_), Value::Null) => {
                under.remove(key);
            }
            (None, Value::Null) => return Err(format!("there is no `{key}` to remove")),
            (Some(below), _) => merge_field(key, below, value)?,
            (None, _) => under.insert(key.to_owned(), without_directives(value)),
        }
    }
    Ok(())
}

fn merge_lists(key: &str, under: &mut Vec<Value>, over: &[Value]) -> Result<(), String> {
    if over.iter().any(|item| directive(item) == Some("replace")) {
        let kept = over.iter().filter(|item| directive(item).is_none());
        *under = kept.map(without_directives).collect();
        return Ok(());
    }
    for item in over {
        let Some(id) = item.get(key) else {
            return Err(format!("each item of this list needs its `{key}`"));
        };
        let at = under.iter().position(|below| below.get(key) == Some(id));
        match (at, directive(item)) {
            (Some(at), Some("delete")) => {
                under.remove(at);
            }
            (None, Some("delete")) => {
                let id = id.as_str().map_or_else(|| format!("{id:?}"), str::to_owned);
                return Err(format!("there is no item with `{key}: {id}` to delete"));
            }
            (Some(at), None) => merge_field("", &mut under[at], item)?,
            (None, None) => under.push(without_directives(item)),
            (_, Some(_)) => return Err("`$patch` is `replace` or `delete`".to_owned()),
        }
    }
    Ok(())
}

fn directive(item: &Value) -> Option<&str> {
    item.get("$patch")?.as_str()
}

/// The key of a list that merges, if it does. Ports are told apart by one name
/// in containers and by another in Services.
fn merge_key(field: &str, items: &[Value]) -> Option<&'static str> {
    if field == "ports" {
        let in_container = items.iter().any(|item| item.get("containerPort").is_some());
        return Some(if in_container { "containerPort" } else { "port" });
    }
    MERGE_KEYS.iter().find(|(name, _)| *name == field).map(|(_, key)| *key)
}

/// What a patch adds: itself, without what only steers the merge.
fn without_directives(patch: &Value) -> Value {
    match patch {
        Value::Map(map) => Value::Map(Map(map
            .0
            .iter()
            .filter(|(key, value)| key != "$patch" && *value != Value::Null)
            .map(|(key, value)| (key.clone(), without_directives(value)))
            .collect())),
        Value::List(items) => Value::List(items.iter().map(without_directives).collect()),
        plain => plain.clone(),
    }
}

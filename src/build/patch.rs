//! The user's changes to generated objects. A patch that hits nothing, or
//! after which an object is not valid, is an error.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::value::{Key, Map, Value};
use crate::object::{Object, kinds, strategic};
use crate::profile::decode::{Item, Raw};
use crate::profile::system::Patch;
use crate::tree::{Content, Node};

use super::context::Context;
use super::raw::report_faults;

/// Applies all patches in the order of the profile.
pub fn apply(context: &Context<'_>, objects: &mut [Object], report: &mut Report) {
    let patches = &context.index.system.patches;
    if patches.is_empty() {
        return;
    }
    let mut by_name: HashMap<String, usize> = HashMap::with_capacity(objects.len());
    for (at, object) in objects.iter().enumerate() {
        by_name.insert(object.identity.to_string(), at);
    }
    let mut changed: Vec<(usize, &Item<Patch>)> = Vec::new();
    for patch in patches.values() {
        let target = &patch.target;
        let name = format!("{}/{}", target.kind, target.name);
        let Some(at) = by_name.get(&name) else {
            let mut known: Vec<&str> = by_name.keys().map(String::as_str).collect();
            known.sort_unstable();
            let message = format!("this patch hits nothing: there is no `{name}`");
            report.add(Unknown::new(message, &*target.name, known).at(target.place));
            continue;
        };
        if apply_one(&mut objects[*at].content, patch, report) {
            changed.push((*at, patch));
        }
    }
    // Typed once all patches of an object are in: they may lean on each other.
    changed.reverse();
    let mut done = std::collections::HashSet::new();
    for (at, patch) in changed {
        if done.insert(at) {
            retype(&mut objects[at], patch, report);
        }
    }
}

fn apply_one(content: &mut Value, patch: &Patch, report: &mut Report) -> bool {
    let place = patch.target.place;
    if let Some(merge) = &patch.merge {
        return match strategic::merge(content, &with_nulls(merge)) {
            Ok(()) => true,
            Err(reason) => {
                report.add(
                    Diagnostic::new("this patch cannot be applied").at(merge.0.place).label(reason),
                );
                false
            }
        };
    }
    let Some(Raw(operations)) = &patch.json else { return false };
    let parsed: Result<json_patch::Patch, _> =
        serde_json::from_value(to_json(&operations.to_value()));
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            report.add(
                Diagnostic::new("these are not JSON 6902 operations")
                    .at(operations.place)
                    .label(error.to_string())
                    .help("for example `[{op: replace, path: /spec/replicas, value: 3}]`"),
            );
            return false;
        }
    };
    let mut document = to_json(content);
    if let Err(error) = json_patch::patch(&mut document, &parsed) {
        let at = match &operations.content {
            Content::List(items) => items.get(error.operation).map_or(place, |item| item.place),
            _ => place,
        };
        report.add(
            Diagnostic::new("this patch cannot be applied").at(at).label(error.kind.to_string()),
        );
        return false;
    }
    *content = from_json(document);
    true
}

/// A patch's own nulls remove; layers keep none of theirs.
fn with_nulls(merge: &Raw) -> Value {
    merge.0.to_value()
}

/// A patched object must still be one, and keep its name.
fn retype(object: &mut Object, patch: &Item<Patch>, report: &mut Report) {
    let identity = &object.identity;
    let named = |keys: &[&str]| {
        keys.iter().try_fold(&object.content, |value, key| value.get(key)).and_then(Value::as_str)
    };
    let same = named(&["metadata", "name"]) == Some(&identity.name)
        && named(&["metadata", "namespace"]) == identity.namespace.as_deref()
        && named(&["kind"]) == Some(&identity.kind)
        && named(&["apiVersion"]) == Some(&identity.api_version);
    if !same {
        report.error(patch.target.place, "a patch cannot rename its object or change its kind");
        return;
    }
    let known = kinds::find(&identity.api_version, &identity.kind);
    let Some(retype) = known.and_then(|known| known.retype) else { return };
    match retype(&object.content) {
        Ok(ordered) => object.content = ordered,
        Err(faults) => {
            let written = patch.merge.as_ref().or(patch.json.as_ref());
            let empty = Node::map(patch.target.place);
            report_faults(faults, written.map_or(&empty, |raw| &raw.0), report);
        }
    }
}

fn to_json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::String(text) => text.clone().into(),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(map) => {
            map.iter().map(|(key, value)| (key.to_owned(), to_json(value))).collect()
        }
    }
}

fn from_json(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(flag),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap_or_default()),
        },
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(from_json).collect()),
        serde_json::Value::Object(map) => Value::Map(Map(map
            .into_iter()
            .map(|(key, value)| (Key::Owned(key), from_json(value)))
            .collect())),
    }
}

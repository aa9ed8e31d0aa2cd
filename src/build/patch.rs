//! The user's changes to generated objects. A patch that hits nothing, or
//! after which an object is not valid, is an error.

use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::from_value::{Fault, Step};
use crate::object::kinds::{self, Kind};
use crate::object::value::{Key, Map, Value};
use crate::object::{Object, strategic, types};
use crate::profile::decode::{Item, Raw};
use crate::profile::system::{Patch, System};
use crate::tree::{Content, Node};

use super::raw::report_faults;

/// When a patch is applied: what pods read comes before the pods.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// ConfigMaps and Secrets.
    Contents,
    /// All other objects.
    Rest,
}

impl Stage {
    fn of(kind: &str) -> Stage {
        match kind {
            "ConfigMap" | "Secret" => Stage::Contents,
            _ => Stage::Rest,
        }
    }
}

/// Applies the patches of one stage, in the order of the profile.
pub fn apply(system: &System, stage: Stage, objects: &mut [Object], report: &mut Report) {
    let patches = system.patches.values();
    let patches: Vec<_> = patches.filter(|patch| Stage::of(&patch.target.kind) == stage).collect();
    if patches.is_empty() {
        return;
    }
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::with_capacity(objects.len());
    for (at, object) in objects.iter().enumerate() {
        by_name.entry(object.identity.to_string()).or_default().push(at);
    }
    let mut changed: BTreeMap<usize, Vec<&Item<Patch>>> = BTreeMap::new();
    for patch in patches {
        match target(patch, &by_name, objects) {
            Ok(at) if apply_one(&mut objects[at].content, patch, report) => {
                changed.entry(at).or_default().push(patch);
            }
            Ok(_) => {}
            Err(diagnostic) => report.add(diagnostic),
        }
    }
    // Typed once all patches of an object are in: they may lean on each other.
    for (at, patches) in changed {
        retype(&mut objects[at], &patches, report);
    }
}

/// The one object that a patch means.
fn target(
    patch: &Patch,
    by_name: &HashMap<String, Vec<usize>>,
    objects: &[Object],
) -> Result<usize, Diagnostic> {
    let target = &patch.target;
    let name = format!("{}/{}", target.kind, target.name);
    let wanted = patch.namespace.as_ref().map(|namespace| namespace.as_str());
    let is_meant = |at: &&usize| {
        wanted.is_none_or(|wanted| objects[**at].identity.namespace.as_deref() == Some(wanted))
    };
    let found: Vec<usize> =
        by_name.get(&name).into_iter().flatten().filter(is_meant).copied().collect();
    match found[..] {
        [one] => Ok(one),
        [] => {
            let mut known: Vec<&str> = by_name.keys().map(String::as_str).collect();
            known.sort_unstable();
            let message = format!("this patch hits nothing: there is no `{name}`");
            Err(Unknown::new(message, &*name, known).known_as(&target.name).at(target.place))
        }
        _ => Err(Diagnostic::new(format!("several objects are called `{name}`"))
            .at(target.place)
            .help("say which one with `namespace`")),
    }
}

/// Changes an object; whether it did is said in the report where it did not.
fn apply_one(content: &mut Value, patch: &Patch, report: &mut Report) -> bool {
    let before = content.clone();
    if !changed_by(content, patch, report) {
        return false;
    }
    if *content == before {
        report.add(
            Diagnostic::new("this patch changes nothing")
                .at(patch.target.place)
                .help("the object is as the patch wants it already"),
        );
    }
    true
}

fn changed_by(content: &mut Value, patch: &Patch, report: &mut Report) -> bool {
    let place = patch.target.place;
    if let Some(merge) = &patch.merge {
        // A patch's own nulls remove; layers keep none of theirs.
        return match strategic::merge(content, &merge.0.to_value()) {
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
    if refuse_unknown_keys(operations, report).is_none() {
        return false;
    }
    let mut document = to_json(content);
    let mut copied = 0;
    for (index, operation) in parsed.0.iter().enumerate() {
        // A list of copies doubles an object with each of its lines.
        if let json_patch::PatchOperation::Copy(copy) = operation {
            copied += document.pointer(copy.from.as_str()).map_or(0, size);
        }
        let one = std::slice::from_ref(operation);
        let failed = match copied > MOST_COPIED {
            true => Some("the copies make it too large".to_owned()),
            false => json_patch::patch_unsafe(&mut document, one).err().map(|e| e.kind.to_string()),
        };
        if let Some(reason) = failed {
            let at = match &operations.content {
                Content::List(items) => items.get(index).map_or(place, |item| item.place),
                _ => place,
            };
            report.add(Diagnostic::new("this patch cannot be applied").at(at).label(reason));
            return false;
        }
    }
    *content = from_json(document);
    true
}

/// Keys of an operation that mean nothing.
fn refuse_unknown_keys(operations: &Node, report: &mut Report) -> Option<()> {
    const KNOWN: [&str; 4] = ["op", "path", "from", "value"];
    let Content::List(items) = &operations.content else { return Some(()) };
    let keys = items.iter().filter_map(Node::as_map).flatten();
    let mut sound = Some(());
    for (key, entry) in keys.filter(|(key, _)| !KNOWN.contains(&key.as_str())) {
        let message = format!("an operation has no key `{key}`");
        report.add(Unknown::new(message, key, KNOWN).at(entry.key));
        sound = None;
    }
    sound
}

/// A patched object must still be one, and keep its name.
fn retype(object: &mut Object, patches: &[&Item<Patch>], report: &mut Report) {
    let Some(last) = patches.last() else { return };
    let change = last.merge.as_ref().or(last.json.as_ref());
    object.patched = Some(change.map_or(last.target.place, |change| change.0.place));
    let identity = &object.identity;
    let named = |keys: &[&str]| {
        keys.iter().try_fold(&object.content, |value, key| value.get(key)).and_then(Value::as_str)
    };
    let same = named(&["metadata", "name"]) == Some(&identity.name)
        && named(&["metadata", "namespace"]) == identity.namespace.as_deref()
        && named(&["kind"]) == Some(&identity.kind)
        && named(&["apiVersion"]) == Some(&identity.api_version);
    if !same {
        report.error(last.target.place, "a patch cannot rename its object or change its kind");
        return;
    }
    let known = kinds::find(&identity.api_version, &identity.kind);
    let Some(of) = known.and_then(Kind::content) else { return };
    match types::complete(of, &object.content) {
        Ok(ordered) => object.content = ordered,
        Err(faults) => {
            for fault in faults {
                let written = cause(&fault, patches).map(|raw| &raw.0);
                let nowhere = Node::map(last.target.place);
                report_faults(vec![fault], written.unwrap_or(&nowhere), report);
            }
        }
    }
}

/// The patch that a fault comes from: the last one that writes where it is.
fn cause<'p>(fault: &Fault, patches: &[&'p Item<Patch>]) -> Option<&'p Raw> {
    let changes = || patches.iter().rev().filter_map(|patch| patch.merge.as_ref());
    let keys: Vec<&str> = fault
        .path
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect();
    let depth = |raw: &Raw| depth_of(&raw.0, &keys);
    let deepest = changes().map(depth).max()?;
    changes().find(|raw| depth(raw) == deepest && deepest > 0)
}

/// How many keys of a path a patch spells out; items of lists are passed over.
fn depth_of(node: &Node, keys: &[&str]) -> usize {
    match (&node.content, keys) {
        (Content::Map(table), [first, rest @ ..]) => {
            table.get(*first).map_or(0, |entry| 1 + depth_of(&entry.value, rest))
        }
        (Content::List(items), keys) => {
            items.iter().map(|item| depth_of(item, keys)).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// How many nodes JSON patches may copy, in all of one patch.
const MOST_COPIED: usize = 100_000;

fn size(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        serde_json::Value::Object(map) => 1 + map.values().map(size).sum::<usize>(),
        serde_json::Value::String(text) => 1 + text.len() / 64,
        _ => 1,
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

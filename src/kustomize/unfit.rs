//! What Kustomize cannot carry, whoever writes the tree.

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::object::value::Value;

use super::Environment;

/// Annotations that Kustomize takes for its own: it acts on them, or removes
/// them.
const OWN_ANNOTATIONS: [&str; 4] = [
    "config.kubernetes.io/",
    "internal.config.kubernetes.io/",
    "config.k8s.io/",
    "kustomize.config.k8s.io/",
];

pub fn check(environment: &Environment, report: &mut Report) {
    for object in &environment.objects {
        let mut path = String::new();
        spoiled(&object.content, &mut path, &mut |path, character| {
            report.add(
                Diagnostic::new(format!(
                    "Kustomize cannot carry U+{:04X}, which `{path}` of {} has",
                    u32::from(character),
                    object.identity
                ))
                .at(object.patched.unwrap_or(object.place))
                .help("`k8sgen render` prints it; binary content of a ConfigMap carries it too"),
            );
        });
        annotations(object, report);
        let mut found = |what: &str, path: &str| {
            report.add(
                Diagnostic::new(format!(
                    "Kustomize cannot carry {what}: `{path}` of {}",
                    object.identity
                ))
                .at(object.patched.unwrap_or(object.place))
                .help("`k8sgen render` prints it"),
            );
        };
        stumbling(&object.content, &mut String::new(), &mut found);
        if object.identity.kind.ends_with("List") && object.content.get("items").is_some() {
            report.add(
                Diagnostic::new(format!(
                    "Kustomize takes the items of {} for objects, as its kind ends with `List`",
                    object.identity
                ))
                .at(object.patched.unwrap_or(object.place)),
            );
        }
    }
}

/// Its reader refuses control characters but for blanks and line ends, and its
/// writer changes U+0085.
fn spoiled(value: &Value, path: &mut String, found: &mut impl FnMut(&str, char)) {
    let is_spoiled = |text: &str| text.chars().find(|c| matches!(c, '\u{7f}'..='\u{9f}'));
    match value {
        Value::String(text) => {
            if let Some(character) = is_spoiled(text) {
                found(path, character);
            }
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                within(path, &format!("[{index}]"), |path| spoiled(item, path, found));
            }
        }
        Value::Map(map) => {
            for (key, value) in map.iter() {
                if let Some(character) = is_spoiled(key) {
                    found(path, character);
                }
                let dot = if path.is_empty() { "" } else { "." };
                within(path, &format!("{dot}{key}"), |path| spoiled(value, path, found));
            }
        }
        _ => {}
    }
}

/// What its writer writes and its reader then refuses.
fn stumbling(value: &Value, path: &mut String, found: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) if text.starts_with('\t') && text.contains('\n') => {
            found("several lines that begin with a tab", path);
        }
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                within(path, &format!("[{index}]"), |path| stumbling(item, path, found));
            }
        }
        Value::Map(map) => {
            for (key, value) in map.iter() {
                if key == "<<" {
                    found("the key `<<`", path);
                }
                let dot = if path.is_empty() { "" } else { "." };
                within(path, &format!("{dot}{key}"), |path| stumbling(value, path, found));
            }
        }
        _ => {}
    }
}

fn within(path: &mut String, step: &str, then: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push_str(step);
    then(path);
    path.truncate(length);
}

fn annotations(object: &Object, report: &mut Report) {
    let metadata = object.content.get("metadata");
    let Some(Value::Map(annotations)) = metadata.and_then(|metadata| metadata.get("annotations"))
    else {
        return;
    };
    for (key, _) in annotations.iter() {
        if OWN_ANNOTATIONS.iter().any(|own| key.starts_with(own)) {
            report.add(
                Diagnostic::new(format!(
                    "{} has the annotation `{key}`, which Kustomize takes for its own",
                    object.identity
                ))
                .at(object.patched.unwrap_or(object.place)),
            );
        }
    }
}

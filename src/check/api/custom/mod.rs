//! Custom resources: objects whose kinds Kubernetes learns from their
//! CustomResourceDefinitions. They are judged as an API server judges them when they
//! are created: unknown fields, default values, the schema, unique items, rules in CEL.

mod alternatives;
pub mod builtin;
pub mod cel_rules;
mod defaults;
pub mod definition;
pub mod definitions;
mod embedded;
mod lists;
pub mod lookup;
mod numbers;
pub mod part;
mod place;
mod prune;
pub mod resource;
mod sameness;
mod scale;
mod schema;
mod schema_reader;
mod text_formats;
pub mod unchecked;
mod values;

use crate::cel::Budget;
use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::scene::Scene;
use crate::diagnostic::{choices, nearest};

use definition::Version;
use lookup::Found;

/// Validates an object of a kind that is not Kubernetes' own.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let (group, kind) = (subject.group(), subject.kind());
    let Some(found) = scene.definition(group, kind) else {
        return undefined(scene, object);
    };
    let Some(version) = version(object, &found) else { return };
    let Some(schema) = &version.schema else { return unchecked::undefined(object) };
    let mut budget = Budget::of_one_among(scene.subjects.len());
    let completed = resource::validate(object, &found, version, schema, &mut budget);
    if !schema.has_rules {
        return;
    }
    if completed.blocked {
        cel_rules::blocked(object);
    } else {
        cel_rules::evaluate(object, &completed.content, schema, budget);
    }
}

/// Where definitions of its group were given, the cluster knows no such kind; where none
/// were, nothing can be said of it.
fn undefined<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let (group, kind) = (subject.group(), subject.kind());
    let known = scene.settings.definitions.kinds_of(group);
    if known.is_empty() {
        return unchecked::undefined(object);
    }
    let names = || known.iter().map(String::as_str);
    let help = match nearest(kind, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("they define {}", choices(names())),
    };
    let message = format!("the definitions that were given have no {kind} in {group}");
    object.under(&resource::RULE).field("kind").fault_with(message, help);
}

/// The version that an object is of, if its definition serves it.
fn version<'f>(object: At<'_>, found: &'f Found) -> Option<&'f Version> {
    let at = object.under(&resource::RULE).field("apiVersion");
    let definition = &found.definition;
    let name = at.text_or_empty().split_once('/').map_or("", |(_, version)| version);
    let version = definition.version(name);
    if let Some(version) = version.filter(|version| version.served) {
        if let Some(warning) = &version.deprecation {
            let message = format!("{} {name} is deprecated", definition.kind);
            match warning.as_str() {
                "" => at.warn(message),
                warning => at.warn_with(message, warning),
            }
        }
        return Some(version);
    }
    let message = format!("{} is not served as {}", definition.kind, shown(name));
    let served = format!("its definition serves {}", choices(definition.served()));
    match version {
        // An older definition of the same may still serve it.
        Some(_) if found.is_own => at.warn_with(message, served + "; give yours with `--crds`"),
        _ => at.fault_with(message, served),
    }
    None
}

#[cfg(test)]
mod tests;

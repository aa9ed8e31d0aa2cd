//! Paths into a schema: to what is below a part of it, and from its root to a field that is
//! named.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;

/// The parts of a schema that describe what is below this one in objects.
pub fn below(at: At<'_>) -> impl Iterator<Item = At<'_>> {
    let others = ["items", "additionalProperties"].map(|field| at.field(field));
    let others = others.into_iter().filter(|at| at.map().is_some());
    at.field("properties").entries().map(|(_, at)| at).chain(others)
}

/// `ValidateCustomResourceSelectableFields`.
pub fn validate_selectable<'a>(fields: At<'a>, schema: At<'a>) {
    const MOST: usize = 8;
    if !fields.is_empty() && !schema.is_set() {
        fields.fault("without a schema nothing is selected by");
        return;
    }
    let root = schema.field("openAPIV3Schema");
    let mut seen = HashSet::new();
    for selectable in fields.items() {
        let path = selectable.field("jsonPath");
        let text = path.text_or_empty();
        if !path.required() {
            continue;
        }
        let Some(found) = dotted(root, text) else {
            path.fault_with(
                format!("the schema has no field {}", shown(text)),
                "such as `.spec.color`",
            );
            continue;
        };
        if text == ".metadata" || text.starts_with(".metadata.") {
            path.fault("metadata are selected otherwise");
        }
        if !matches!(found.field("type").text_or_empty(), "string" | "boolean" | "integer") {
            path.fault("only texts, whole numbers and booleans are selected by");
        }
        if !seen.insert(text) {
            path.fault(format!("{} is there twice", shown(text)));
        }
    }
    if seen.len() > MOST {
        fields.fault(format!("has {} items, the limit is {MOST}", seen.len()));
    }
}

/// What `.spec.color` leads to.
fn dotted<'a>(root: At<'a>, path: &'a str) -> Option<At<'a>> {
    let mut at = root;
    for name in path.strip_prefix('.')?.split('.') {
        at = at.field("properties").key(name);
        if !at.is_set() {
            return None;
        }
    }
    Some(at)
}

/// Whether a path leads to a field below a part: `.limits['cpu']`. `ValidFieldPath`.
pub fn leads_somewhere(part: At<'_>, path: &str) -> bool {
    let (mut at, mut rest) = (part, path);
    while !rest.is_empty() {
        let (name, behind) = if let Some(quoted) = rest.strip_prefix("['") {
            let Some(found) = quoted.split_once("']") else { return false };
            found
        } else if let Some(plain) = rest.strip_prefix('.') {
            plain.split_at(plain.find(['.', '[']).unwrap_or(plain.len()))
        } else {
            return false;
        };
        let fields = at.field("properties");
        let field = fields.entries().find(|(known, _)| *known == name);
        at = match field {
            Some((_, field)) => field,
            None if at.field("additionalProperties").map().is_some() => {
                at.field("additionalProperties")
            }
            None => return false,
        };
        rest = behind;
    }
    true
}

//! What stands within `anyOf`, `allOf`, `oneOf` and `not`: it only constrains what is
//! described outside. `validateNestedValueValidation`.

use crate::check::at::At;
use crate::object::value::Value;

use super::schema::NESTING;

/// What describes, and so must stand outside.
const DESCRIBING: [&str; 6] = [
    "title",
    "description",
    "default",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
];

/// What must not be true there.
const FLAGS: [&str; 4] = [
    "nullable",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
];

/// A part within `field` of `outer`, and all that stands below it but for what is nested
/// again, which is looked at when its turn comes.
pub fn validate<'a>(outer: At<'a>, field: &str, inner: At<'a>) {
    let mut open = vec![(inner, field == "anyOf" && is_number_or_text(outer))];
    while let Some((at, is_pattern)) = open.pop() {
        one(at, is_pattern);
        open.extend(at.field("properties").entries().map(|(_, at)| (at, false)));
        let items = at.field("items");
        if matches!(items.value(), Some(Value::Map(_))) {
            open.push((items, false));
        }
    }
}

/// The two ways in which a number or a text may be written: `isIntOrStringAnyOfPattern`.
fn is_number_or_text(outer: At<'_>) -> bool {
    let kinds: Vec<&str> = outer
        .field("anyOf")
        .items()
        .take(3)
        .map(|one| match one.entries().count() {
            1 => one.field("type").text_or_empty(),
            _ => "",
        })
        .collect();
    kinds == ["integer", "string"]
}

/// What is asked of a field there must be described outside as well:
/// `validateStructuralCompleteness`. `nested` is `outer` itself at first.
pub fn must_be_complete<'a>(outer: At<'a>, nested: At<'a>) {
    let mut open: Vec<(At<'a>, At<'a>)> = within(nested).map(|one| (outer, one)).collect();
    while let Some((outer, nested)) = open.pop() {
        open.extend(within(nested).map(|one| (outer, one)));
        let fields = nested.field("properties").entries();
        let fields = fields.map(|(name, at)| (outer.field("properties").key(name), at));
        let items = Some((outer.field("items"), nested.field("items")));
        let items = items.filter(|(_, at)| at.map().is_some());
        for (outer, at) in fields.chain(items) {
            match outer.map().is_some() {
                true => open.push((outer, at)),
                false => outer.fault(format!("it is asked for in `{}`", at.field_text())),
            }
        }
    }
}

/// The parts that stand within a part.
fn within(at: At<'_>) -> impl Iterator<Item = At<'_>> {
    let lists = NESTING.into_iter().flat_map(move |field| at.field(field).items());
    lists.chain(Some(at.field("not")).filter(|at| at.map().is_some()))
}

fn one(at: At<'_>, is_pattern: bool) {
    const OUTSIDE: &str = "what describes stands outside of `anyOf` and its like";
    if !is_pattern && !at.field("type").is_empty() {
        at.field("type").forbid(OUTSIDE);
    }
    for field in DESCRIBING {
        if !at.field(field).is_empty() {
            at.field(field).forbid(OUTSIDE);
        }
    }
    for field in FLAGS {
        if at.field(field).is_true() {
            at.field(field).forbid(OUTSIDE);
        }
    }
    for field in ["additionalProperties", "x-kubernetes-validations"] {
        if !at.field(field).is_empty() {
            at.field(field).forbid(OUTSIDE);
        }
    }
    let metadata = at.field("properties").key("metadata");
    metadata.forbid("metadata are not constrained there");
}

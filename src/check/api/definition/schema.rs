//! The schema of a version: what `ValidateStructural` and
//! `ValidateCustomResourceDefinitionOpenAPISchema` ask of it.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::object::value::Value;
use crate::re2::{Flaw, Regex};

use super::nested;
use super::paths::leads_somewhere;

/// Where a part of a schema stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Root,
    /// Of a list.
    Item,
    /// Of a map, by its name or by any.
    Field,
    /// Within `anyOf` and its like.
    Nested,
}

/// A part that is still to be looked at.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub at: At<'a>,
    pub place: Place,
    /// Within `metadata`, `kind` or `apiVersion` of the resource itself.
    pub in_metadata: bool,
}

pub const NESTING: [&str; 3] = ["anyOf", "allOf", "oneOf"];

/// What the root may have where the resource has a status of its own.
const AT_ROOT: [&str; 22] = [
    "description",
    "type",
    "format",
    "title",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "required",
    "items",
    "properties",
    "externalDocs",
    "example",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-validations",
];

/// Looks at all parts of a schema, however deep it is.
pub fn validate(root: At<'_>, has_status: bool) {
    if root.field("nullable").is_true() {
        root.field("nullable").fault("a resource is never null");
    }
    if has_status {
        let foreign = root.entries().find(|(key, value)| {
            value.is_set() && !AT_ROOT.contains(key) && !key.starts_with("x-kubernetes-")
        });
        if let Some((key, _)) = foreign.filter(|(key, _)| *key != "nullable") {
            root.fault(format!("with a status of its own, the root does not have `{key}`"));
        }
    }
    let mut open = vec![Part { at: root, place: Place::Root, in_metadata: false }];
    while let Some(part) = open.pop() {
        words(part);
        lists_and_maps(part.at);
        rules(part.at);
        match part.place {
            Place::Nested => {}
            _ => structure(part),
        }
        below(part, &mut open);
    }
}

/// The parts below a part.
fn below<'a>(part: Part<'a>, open: &mut Vec<Part<'a>>) {
    let Part { at, place, in_metadata } = part;
    let is_outside = place != Place::Nested;
    let inside = |outside| if is_outside { outside } else { Place::Nested };
    for (name, at) in at.field("properties").entries() {
        let is_meta = place == Place::Root && matches!(name, "metadata" | "kind" | "apiVersion");
        let in_metadata = in_metadata || is_meta;
        open.push(Part { at, place: inside(Place::Field), in_metadata });
    }
    for (field, place) in
        [("items", Place::Item), ("additionalProperties", Place::Field), ("not", Place::Nested)]
    {
        let at = at.field(field);
        if matches!(at.value(), Some(Value::Map(_))) {
            open.push(Part { at, place: inside(place), in_metadata });
        }
    }
    for (field, at) in
        NESTING.iter().flat_map(|field| at.field(field).items().map(move |at| (field, at)))
    {
        open.push(Part { at, place: Place::Nested, in_metadata });
        nested::validate(part.at, field, at);
    }
    if matches!(at.field("not").value(), Some(Value::Map(_))) {
        nested::validate(part.at, "not", at.field("not"));
    }
    // A server does not look at those of other parts.
    if place == Place::Root {
        nested::must_be_complete(at, at);
    }
}

/// Words of JSON Schema that Kubernetes does not have.
fn words(part: Part<'_>) {
    const NONE: &str = "Kubernetes' schemas do not have it";
    let at = part.at;
    for field in
        ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"]
    {
        if !at.field(field).is_empty() {
            at.field(field).forbid(NONE);
        }
    }
    let pattern = at.field("pattern");
    if let Some(Err(Flaw::Syntax(reason))) = pattern.text().map(Regex::new) {
        pattern.fault(format!("{} is no pattern: {reason}", shown(pattern.text_or_empty())));
    }
    let kind = at.field("type");
    match kind.text_or_empty() {
        "" | "array" | "boolean" | "integer" | "number" | "object" | "string" => {}
        "null" => kind.fault_with("nothing is always null", "write `nullable: true`"),
        other => kind.fault(format!("there is no type {}", shown(other))),
    }
    if at.field("uniqueItems").is_true() {
        at.field("uniqueItems")
            .fault_with("it would take too long to check", "write `x-kubernetes-list-type: set`");
    }
    if matches!(at.field("items").value(), Some(Value::List(_))) {
        at.field("items").fault("all items have one schema, not a list of them");
    }
    let more = at.field("additionalProperties");
    if !at.field("properties").is_empty() && more.is_set() && more.flag() != Some(true) {
        more.fault_with(
            "fields with names and fields with any name exclude each other",
            "write `x-kubernetes-preserve-unknown-fields: true` to keep what is not named",
        );
    }
    if part.in_metadata && at.field("default").is_set() {
        at.field("default").forbid("the metadata of a resource have no defaults of their own");
    }
    if at.field("x-kubernetes-preserve-unknown-fields").flag() == Some(false) {
        at.field("x-kubernetes-preserve-unknown-fields").fault("must be `true`, or not be there");
    }
}

/// `x-kubernetes-list-type` and `x-kubernetes-map-type`.
fn lists_and_maps(at: At<'_>) {
    let kind = at.field("type");
    let map = at.field("x-kubernetes-map-type");
    if map.is_set() {
        map.must_be_one_of(&["atomic", "granular"]);
        if kind.text() != Some("object") {
            kind.fault("must be `object` with `x-kubernetes-map-type`");
        }
    }
    let list = at.field("x-kubernetes-list-type");
    let keys = at.field("x-kubernetes-list-map-keys");
    let items = at.field("items");
    if list.is_set() {
        list.must_be_one_of(&["atomic", "set", "map"]);
        if kind.text() != Some("array") {
            kind.fault("must be `array` with `x-kubernetes-list-type`");
        } else if list.text() == Some("set") {
            items_of_set(items);
        }
    }
    if !keys.is_empty() && list.text() != Some("map") {
        list.fault("must be `map` with `x-kubernetes-list-map-keys`");
    }
    if matches!(list.text(), Some("set" | "map")) && items.field("nullable").is_true() {
        items.field("nullable").fault("items that are told apart are never null");
    }
    if list.text() == Some("map") {
        keyed(keys, items);
    }
}

/// What is in a set must be whole.
fn items_of_set(items: At<'_>) {
    let (list, map) = (items.field("x-kubernetes-list-type"), items.field("x-kubernetes-map-type"));
    match items.field("type").text_or_empty() {
        "array" if list.is_set() && list.text() != Some("atomic") => {
            list.fault("must be `atomic` within a set");
        }
        "object" if map.text() != Some("atomic") => map.fault("must be `atomic` within a set"),
        _ => {}
    }
}

/// Items that are told apart by some of their fields: `validateMapListKeysMapSet`.
fn keyed<'a>(keys: At<'a>, items: At<'a>) {
    keys.required();
    if !items.must_be_set() {
        return;
    }
    if items.field("type").text() != Some("object") {
        items.field("type").fault("must be `object` in a list of the type `map`");
        return;
    }
    let mut seen = Vec::new();
    for key in keys.items().take(64) {
        let name = key.text_or_empty();
        let field = items.field("properties").key(name);
        if !field.is_set() {
            key.named(keys).fault(format!("the items have no field {}", shown(name)));
            continue;
        }
        if matches!(field.field("type").text_or_empty(), "array" | "object") {
            field.field("type").fault("items are told apart by what is neither a list nor a map");
        }
        if seen.contains(&name) {
            key.named(keys).fault(format!("{} is there twice", shown(name)));
        }
        seen.push(name);
        let is_required = items.field("required").items().any(|one| one.text() == Some(name));
        if !is_required && !field.field("default").is_set() {
            field.field("default").fault_with(
                "items are told apart by it, and it may be missing",
                "list it in `required`, or give it a default",
            );
        }
        if field.field("nullable").is_true() {
            field.field("nullable").fault("items are told apart by it");
        }
    }
}

/// `x-kubernetes-validations`, but for what the rules say.
fn rules(at: At<'_>) {
    for rule in at.field("x-kubernetes-validations").items() {
        let (text, message) = (rule.field("rule"), rule.field("message"));
        let broken = |at: At<'_>| at.text_or_empty().trim().contains(['\n', '\r']);
        let is_blank = |at: At<'_>| at.text_or_empty().trim().is_empty();
        if is_blank(text) {
            text.fault("`rule` is missing");
        } else if !message.is_empty() && is_blank(message) {
            message.fault("it says nothing");
        } else if broken(message) {
            message.fault("has a line break");
        } else if broken(text) && is_blank(message) {
            message.fault("a rule of more than one line needs a `message`");
        }
        let expression = rule.field("messageExpression");
        if !expression.is_empty() && is_blank(expression) {
            expression.fault("it says nothing");
        }
        let path = rule.field("fieldPath");
        let text = path.text_or_empty();
        if !text.is_empty() && (text.trim().is_empty() || !leads_somewhere(at, text)) {
            path.fault_with(format!("{} leads to no field", shown(text)), "such as `.replicas`");
        }
        rule.field("reason").must_be_one_of(&[
            "FieldValueRequired",
            "FieldValueForbidden",
            "FieldValueInvalid",
            "FieldValueDuplicate",
        ]);
    }
}

/// `validateStructuralInvariants`, of one part.
fn structure(part: Part<'_>) {
    let Part { at, place, .. } = part;
    let kind = at.field("type");
    let word = kind.text_or_empty();
    let keeps_unknown = at.field("x-kubernetes-preserve-unknown-fields").is_true();
    let is_either = at.field("x-kubernetes-int-or-string").is_true();
    let is_object = at.field("x-kubernetes-embedded-resource").is_true();
    if word == "array" && !at.field("items").is_set() {
        at.field("items").fault("a list says what its items are");
    }
    if is_either && keeps_unknown {
        at.field("x-kubernetes-preserve-unknown-fields").forbid("a number or text has no fields");
    }
    if is_either && is_object {
        at.field("x-kubernetes-embedded-resource").forbid("a number or text is no object");
    }
    if is_object && word != "object" {
        kind.fault("must be `object` with `x-kubernetes-embedded-resource`");
    } else if word.is_empty() && !is_either && !keeps_unknown {
        let what = match place {
            Place::Root => "the root",
            Place::Item => "an item",
            Place::Field | Place::Nested => "a field",
        };
        kind.fault_with(
            format!("{what} has no type"),
            "or write `x-kubernetes-preserve-unknown-fields: true`",
        );
    }
    let more = at.field("additionalProperties");
    if more.is_set() && (is_object || place == Place::Root) {
        more.forbid("the fields of an object have names");
    }
    if place == Place::Root && !word.is_empty() && word != "object" {
        kind.fault("must be `object` at the root");
    }
    let properties = at.field("properties");
    if place == Place::Root || is_object {
        for (name, wanted) in [("kind", "string"), ("apiVersion", "string"), ("metadata", "object")]
        {
            let field = properties.key(name);
            if field.is_set() && field.field("type").text() != Some(wanted) {
                field.field("type").fault(format!("must be `{wanted}`"));
            }
        }
    }
    if is_object && !keeps_unknown && properties.is_empty() {
        properties.fault("an object in an object has fields, or keeps unknown ones");
    }
    if place == Place::Root {
        metadata(properties.key("metadata"));
    }
}

/// The metadata of the resource are known: only its name can be constrained.
/// `validateStructuralMetadataInvariants`.
fn metadata(metadata: At<'_>) {
    let foreign = metadata.entries().any(|(key, value)| match key {
        "type" | "default" => false,
        "properties" => value.entries().any(|(name, _)| !matches!(name, "name" | "generateName")),
        _ => !value.is_empty() && value.flag() != Some(false),
    });
    if foreign {
        metadata.fault("only `name` and `generateName` can be constrained here");
    }
}

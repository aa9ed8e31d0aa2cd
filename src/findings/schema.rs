//! The JSON Schema of what `check --format json` writes.

use serde_json::{Value, json};

use crate::check::registry;

use super::input;

/// The schema, with the names of all rules.
pub fn schema() -> Value {
    let rules: Vec<&str> =
        registry::all().map(|rule| rule.name).chain([input::RULE.name]).collect();
    let text = |description: &str| json!({"type": "string", "description": description});
    let maybe =
        |kind: &str, description: &str| json!({"type": [kind, "null"], "description": description});
    let object = json!({
        "type": ["object", "null"],
        "description": "The object; null for what concerns none, such as an unused waiver or what cannot be read.",
        "additionalProperties": false,
        "required": ["apiVersion", "kind", "namespace", "name"],
        "properties": {
            "apiVersion": text("Empty where the manifest has none."),
            "kind": text("Empty where the manifest has none."),
            "namespace": maybe("string", "Null where the object names none."),
            "name": text("Empty where the manifest has none."),
        },
    });
    let properties = json!({
        "rule": {"enum": rules, "description": "`k8sgen check --explain RULE` tells about it; `input` is what cannot be read, and was not checked."},
        "severity": {"enum": ["error", "warning"]},
        "environment": maybe("string", "The environment of the project; null for files."),
        "object": object,
        "field": text("The path of the field, as an API server writes it; empty for the object as a whole."),
        "message": text("What is wrong."),
        "help": maybe("string", "What to do about it."),
        "source": maybe("string", "The file, as it was named; `-` for standard input."),
        "document": {"type": "integer", "minimum": 0, "description": "Which document of its source the object is, from 0."},
        "line": {"type": ["integer", "null"], "minimum": 1},
        "column": {"type": ["integer", "null"], "minimum": 1},
    });
    let required: Vec<&String> =
        properties.as_object().into_iter().flat_map(|map| map.keys()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Findings of k8sgen check",
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": false,
            "required": required,
            "properties": properties,
        },
    })
}

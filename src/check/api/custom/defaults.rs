//! What an API server fills in before it looks at an object: default values, also in
//! place of `null` where that is no value.

use crate::object::value::{Key, Map, Value};

use super::schema::{Others, Schema};

/// Drops each `null` that is no value and has no default; those in lists stay.
pub fn drop_nulls(value: &mut Value, schema: Option<&Schema>) {
    match value {
        Value::Map(map) => {
            let below = |key: &str| schema.and_then(|schema| schema.field_or_other(key));
            map.0.retain(|(key, value)| {
                let nothing = |below: &Schema| !below.nullable && below.default.is_none();
                *value != Value::Null || !below(key).is_some_and(|below| nothing(below))
            });
            for (key, value) in &mut map.0 {
                drop_nulls(value, below(key).map(|below| &**below));
            }
        }
        Value::List(items) => {
            let below = schema.and_then(|schema| schema.items.as_deref());
            items.iter_mut().for_each(|item| drop_nulls(item, below));
        }
        _ => {}
    }
}

/// Fills in default values.
pub fn fill_in(value: &mut Value, schema: &Schema) {
    // A `null` in a list of what must not be null is replaced even by nothing.
    match value {
        Value::Map(map) if schema.has_defaults => map_defaults(map, schema),
        Value::List(items) if schema.has_defaults => {
            let Some(below) = &schema.items else { return };
            for item in items {
                replace_null(item, below);
                fill_in(item, below);
            }
        }
        _ => {}
    }
}

fn map_defaults(map: &mut Map, schema: &Schema) {
    for (name, field) in schema.fields.iter().flatten() {
        let Some(default) = &field.default else { continue };
        match map.get_mut(name) {
            None => map.0.push((Key::Owned(name.to_string()), default.clone())),
            Some(value) => replace_null(value, field),
        }
    }
    for (key, value) in &mut map.0 {
        if let Some(field) = schema.field(key) {
            fill_in(value, field);
        } else if let Others::Of(below) = &schema.others {
            replace_null(value, below);
            fill_in(value, below);
        }
    }
}

fn replace_null(value: &mut Value, schema: &Schema) {
    if *value == Value::Null
        && !schema.nullable
        && let Some(default) = &schema.default
    {
        *value = default.clone();
    }
}

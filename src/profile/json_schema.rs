//! The JSON Schema of a profile, for editors. No key is compulsory in it and
//! every key may be `null`: each layer says only a part, and may remove.

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::object::value::{Key, Map, Value};
use crate::source::{SourceId, Sources};
use crate::tree::read::read_text;

use super::shape::{ChoiceShape, FieldShape, RecordShape, ScalarShape, Shape};
use super::system::System;

/// The whole schema.
pub fn schema() -> Value {
    let mut definitions = BTreeMap::new();
    define(System::SHAPE, &mut definitions);
    let mut root = Map::default();
    root.insert("$schema", text("http://json-schema.org/draft-07/schema#"));
    root.insert("title", text("k8sgen profile"));
    if let Value::Map(own) = record(System::SHAPE, &mut definitions) {
        own.0.into_iter().for_each(|(key, value)| root.insert(key, value));
    }
    // Keys that hold anchors for the rest of the file.
    root.insert("patternProperties", map([("^x-", Value::Map(Map::default()))]));
    let definitions = definitions.into_iter().filter(|(name, _)| *name != System::SHAPE.name);
    let entries = definitions.map(|(name, value)| (Key::Borrowed(name), value)).collect();
    root.insert("definitions", Value::Map(Map(entries)));
    Value::Map(root)
}

type Definitions = BTreeMap<&'static str, Value>;

fn define(shape: &'static RecordShape, definitions: &mut Definitions) {
    if definitions.contains_key(shape.name) {
        return;
    }
    // Known before it is made, so that what contains itself ends.
    definitions.insert(shape.name, Value::Null);
    let made = record(shape, definitions);
    definitions.insert(shape.name, made);
}

fn record(shape: &'static RecordShape, definitions: &mut Definitions) -> Value {
    let mut properties = Map::default();
    for field in shape.all_fields() {
        properties.insert(field.key, self::field(field, definitions));
    }
    let object = map([
        ("type", text("object")),
        ("additionalProperties", Value::Bool(false)),
        ("properties", Value::Map(properties)),
    ]);
    let doc = text(shape.doc.trim());
    let Some(short) = shape.short.and_then(|key| shape.field(key)) else {
        let Value::Map(mut object) = object else { return object };
        object.0.insert(0, (Key::Borrowed("description"), doc));
        return Value::Map(object);
    };
    let bare = of((short.shape)(), definitions);
    map([("description", doc), ("anyOf", Value::List(vec![object, bare]))])
}

fn field(field: &FieldShape, definitions: &mut Definitions) -> Value {
    let shape = (field.shape)();
    let mut made = Map::default();
    made.insert("description", text(&description(field, shape)));
    match or_null(of(shape, definitions)) {
        Value::Map(own) => own.0.into_iter().for_each(|(key, value)| {
            // What a key means says more than what its type means.
            if key != "description" {
                made.insert(key, value);
            }
        }),
        _ => return Value::Map(made),
    }
    if let Some(default) = field.default {
        made.insert("default", literal(default, shape));
    }
    if !field.examples.is_empty() {
        let examples = field.examples.iter().map(|example| literal(example, shape)).collect();
        made.insert("examples", Value::List(examples));
    }
    Value::Map(made)
}

fn description(field: &FieldShape, shape: Shape) -> String {
    let mut text = field.doc.trim().to_owned();
    if let Shape::Choice(choice) = shape {
        for one in choice.choices {
            text.push_str(&format!("\n- `{}`: {}", one.name, one.doc.trim()));
        }
    }
    text
}

fn of(shape: Shape, definitions: &mut Definitions) -> Value {
    match shape {
        Shape::Record(shape) => {
            define(shape, definitions);
            map([("$ref", text(&format!("#/definitions/{}", shape.name)))])
        }
        Shape::Map(key, inner) => map([
            ("type", text("object")),
            ("propertyNames", map([("pattern", text(key.pattern))])),
            ("additionalProperties", or_null(of(inner(), definitions))),
        ]),
        Shape::Names(key, inner) => {
            let names = map([("type", text("array")), ("items", scalar(key))]);
            let table = of(Shape::Map(key, inner), definitions);
            map([("anyOf", Value::List(vec![names, table]))])
        }
        Shape::List(inner) => map([("type", text("array")), ("items", of(inner(), definitions))]),
        Shape::Choice(choice) => self::choice(choice),
        Shape::Scalar(scalar) => self::scalar(scalar),
        Shape::Bool => map([("type", text("boolean"))]),
        Shape::Integer { least } => {
            map([("type", text("integer")), ("minimum", Value::Int(least.into()))])
        }
        Shape::Text => map([("type", types(&["string", "number", "boolean"]))]),
        Shape::OneOf(shapes) => {
            let any = shapes.iter().map(|shape| of(shape(), definitions)).collect();
            map([("anyOf", Value::List(any))])
        }
        Shape::Kubernetes => map([("type", types(&["object", "array"]))]),
    }
}

fn choice(choice: &ChoiceShape) -> Value {
    let names = choice.choices.iter().map(|one| text(one.name)).collect();
    map([("enum", Value::List(names))])
}

fn scalar(scalar: ScalarShape) -> Value {
    map([
        ("description", text(scalar.doc)),
        (
            "type",
            if (scalar.takes_numbers)() { types(&["string", "number"]) } else { text("string") },
        ),
        ("pattern", text(scalar.pattern)),
    ])
}

/// The same, or nothing: an overlay removes with `null`.
fn or_null(schema: Value) -> Value {
    let Value::Map(mut schema) = schema else { return schema };
    if let Some(kinds) = schema.get_mut("type") {
        match kinds {
            Value::List(kinds) => kinds.push(text("null")),
            one => *one = Value::List(vec![one.clone(), text("null")]),
        }
        return Value::Map(schema);
    }
    if let Some(Value::List(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
        return Value::Map(schema);
    }
    if let Some(Value::List(any)) = schema.get_mut("anyOf") {
        any.push(map([("type", text("null"))]));
        return Value::Map(schema);
    }
    map([("anyOf", Value::List(vec![Value::Map(schema), map([("type", text("null"))])]))])
}

/// A default or example as JSON. It is written as YAML in the code.
fn literal(written: &str, shape: Shape) -> Value {
    if matches!(shape, Shape::Text | Shape::Choice(_)) {
        return text(written);
    }
    let node = read_text(written, SourceId::SYSTEM, &Sources::default(), &mut Report::default());
    node.map_or_else(|| text(written), |node| node.to_value())
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn types(names: &[&str]) -> Value {
    Value::List(names.iter().map(|name| text(name)).collect())
}

fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::Map(Map(entries.into_iter().map(|(key, value)| (Key::Borrowed(key), value)).collect()))
}

//! What Kubernetes' own types hold, as tables: one walk reads content of any of them
//! as strictly as a server does. The tables are made from `k8s-openapi`, whose own
//! code for reading them all would be a quarter of the program.

#[cfg(test)]
pub mod learn;
#[rustfmt::skip]
mod table;

use std::borrow::Cow;

use k8s_openapi::ByteString;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{MicroTime, Time};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{choices, nearest};
use crate::scalar::{Quantity, Scalar};

use super::complete::complete as complete_typed;
use super::from_value::{Fault, Step, UNKNOWN};
use super::key_order::rank;
use super::value::{Map, Value};

pub use table::{META_V1_OBJECT_META as OBJECT_META, of};

/// A part of an object: a map with fields of its own.
pub struct Type {
    name: &'static str,
    fields: &'static [Field],
}

struct Field {
    name: &'static str,
    shape: Shape,
    /// Whether the type always writes it.
    required: bool,
}

/// What a value must be.
#[derive(Clone, Copy)]
enum Shape {
    /// Whatever it is.
    Any,
    Flag,
    Int32,
    Int64,
    Number,
    Text,
    IntOrText,
    Quantity,
    /// In base64.
    Bytes,
    Time,
    MicroTime,
    Part(&'static Type),
    List(&'static Shape),
    Map(&'static Shape),
    /// One or the other, which differ in what JSON calls them.
    Either(&'static Shape, &'static Shape),
}

/// Everything that a server finds wrong when it reads content as a type. `null` in a
/// list or a map is the zero of its type.
pub fn faults(of: &'static Type, content: &Value) -> Vec<Fault> {
    let mut reader = Reader { whole: false, faults: Vec::new() };
    reader.read(Shape::Part(of), content, &Path::Start);
    reader.faults
}

/// Content of a whole object again with its fields in order, or everything that is
/// wrong with it.
pub fn complete(of: &'static Type, content: &Value) -> Result<Value, Vec<Fault>> {
    let mut reader = Reader { whole: true, faults: Vec::new() };
    reader.read(Shape::Part(of), content, &Path::Start);
    match reader.faults.is_empty() {
        true => Ok(ordered(Shape::Part(of), content)),
        false => Err(reader.faults),
    }
}

struct Reader {
    /// Whether nothing may be missing, and `null` is no zero.
    whole: bool,
    faults: Vec<Fault>,
}

/// The way to a value; only what is at fault needs it in full.
enum Path<'p> {
    Start,
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn steps(&self) -> Vec<Step> {
        let (before, step) = match self {
            Path::Start => return Vec::new(),
            Path::Key(before, key) => (before, Step::Key((*key).to_owned())),
            Path::Index(before, index) => (before, Step::Index(*index)),
        };
        let mut steps = before.steps();
        steps.push(step);
        steps
    }
}

impl Reader {
    fn read(&mut self, shape: Shape, value: &Value, path: &Path<'_>) {
        match (shape, value) {
            (Shape::Any, _) | (Shape::Flag, Value::Bool(_)) => {}
            (_, Value::Null) if !self.whole => {}
            (Shape::Text | Shape::IntOrText, Value::String(_)) => {}
            (Shape::Number, Value::Int(_) | Value::Float(_)) => {}
            (Shape::Int64, Value::Int(_)) => {}
            (Shape::Int32 | Shape::IntOrText, Value::Int(number)) => {
                if i32::try_from(*number).is_err() {
                    let message = format!("{number} does not fit into 32 bits");
                    self.fault(path, message, None);
                }
            }
            (Shape::Quantity, Value::Int(_) | Value::Float(_)) => {}
            (Shape::Quantity, Value::String(text)) => {
                if let Err(reason) = Quantity::parse(text) {
                    self.fault(path, format!("this is not a quantity: {reason}"), None);
                }
            }
            (Shape::Bytes, Value::String(_)) => self.leaf::<ByteString>(value, path),
            (Shape::Time, Value::String(_)) => self.leaf::<Time>(value, path),
            (Shape::MicroTime, Value::String(_)) => self.leaf::<MicroTime>(value, path),
            (Shape::Part(of), Value::Map(map)) => self.part(of, map, path),
            (Shape::List(item), Value::List(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.read(*item, value, &Path::Index(path, index));
                }
            }
            (Shape::Map(entry), Value::Map(map)) => {
                for (key, value) in map.iter() {
                    self.read(*entry, value, &Path::Key(path, key));
                }
            }
            (Shape::Either(first, second), _) => {
                let shape = if first.may_be(value) { first } else { second };
                self.read(*shape, value, path);
            }
            _ => {
                let message = format!("expected {}, found {}", shape.wanted(), value.described());
                self.fault(path, message, quotes(shape, value));
            }
        }
    }

    fn part(&mut self, of: &'static Type, map: &Map, path: &Path<'_>) {
        for (key, value) in map.iter() {
            match of.fields.iter().find(|field| field.name == key) {
                // What is not set.
                Some(_) if matches!(value, Value::Null) => {}
                Some(field) => self.read(field.shape, value, &Path::Key(path, key)),
                None => self.unknown(of, key, path),
            }
        }
        let mut required = of.fields.iter().filter(|field| self.whole && field.required);
        let is_there = |field: &Field| map.get(field.name).is_some_and(|v| *v != Value::Null);
        // A claim inside a StatefulSet is an object whose kind is known.
        let is_known = |field: &Field| {
            !matches!(path, Path::Start) && matches!(field.name, "apiVersion" | "kind")
        };
        for field in required.by_ref().filter(|field| !is_there(field) && !is_known(field)) {
            self.faults.push(Fault {
                path: path.steps(),
                message: format!("`{}` is missing", field.name),
                hint: None,
            });
        }
    }

    /// What is checked as the type of `k8s-openapi` has it.
    fn leaf<T: DeserializeOwned + Serialize>(&mut self, value: &Value, path: &Path<'_>) {
        for fault in complete_typed::<T>(value).err().unwrap_or_default() {
            self.fault(path, fault.message, fault.hint);
        }
    }

    fn unknown(&mut self, of: &Type, key: &str, path: &Path<'_>) {
        let names = || of.fields.iter().map(|field| field.name);
        let hint = match nearest(key, names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("its fields are {}", choices(names())),
        };
        self.fault(&Path::Key(path, key), UNKNOWN.to_owned(), Some(hint));
    }

    fn fault(&mut self, path: &Path<'_>, message: String, hint: Option<String>) {
        self.faults.push(Fault { path: path.steps(), message, hint });
    }
}

impl Shape {
    /// Whether JSON calls it the same as the value.
    fn may_be(self, value: &Value) -> bool {
        matches!(
            (self, value),
            (Shape::Part(_) | Shape::Map(_), Value::Map(_))
                | (Shape::List(_), Value::List(_))
                | (Shape::Flag, Value::Bool(_))
        )
    }

    fn wanted(self) -> Cow<'static, str> {
        let words = match self {
            Shape::Any => "anything",
            Shape::Flag => "a boolean",
            Shape::Int32 | Shape::Int64 => "a whole number",
            Shape::Number => "a number",
            Shape::Text => "a string",
            Shape::IntOrText => "a whole number or a string",
            Shape::Quantity => "a quantity",
            Shape::Bytes => "a base64-encoded string",
            Shape::Time | Shape::MicroTime => "a time, such as `2026-01-31T12:00:00Z`",
            Shape::List(_) => "a list",
            Shape::Map(_) => "a map",
            Shape::Part(of) => return format!("a map ({})", of.name).into(),
            Shape::Either(first, second) => {
                return format!("{} or {}", first.wanted(), second.wanted()).into();
            }
        };
        words.into()
    }
}

/// What helps where YAML takes a text for something else.
fn quotes(shape: Shape, value: &Value) -> Option<String> {
    let hint = match (shape, value) {
        (Shape::Text, Value::Bool(_)) => "quote it: `yes`, `no`, `on` and `off` are booleans, too",
        (Shape::Text, Value::Int(_) | Value::Float(_)) => "quote it",
        _ => return None,
    };
    Some(hint.to_owned())
}

/// Content in which nothing is wrong, as its type writes it.
fn ordered(shape: Shape, value: &Value) -> Value {
    match (shape, value) {
        (Shape::Part(of), Value::Map(map)) => {
            let set = of.fields.iter().filter_map(|field| {
                let value = map.get(field.name).filter(|value| **value != Value::Null)?;
                Some((field.name, ordered(field.shape, value)))
            });
            let mut fields: Vec<(&'static str, Value)> = set.collect();
            // Stable: fields without a rank stay by name.
            fields.sort_by_key(|(name, _)| rank(name));
            let fields = fields.into_iter().map(|(name, value)| (Cow::Borrowed(name), value));
            Value::Map(Map(fields.collect()))
        }
        (Shape::List(item), Value::List(items)) => {
            Value::List(items.iter().map(|value| ordered(*item, value)).collect())
        }
        (Shape::Map(entry), Value::Map(map)) => {
            let mut entries: Vec<_> =
                map.0.iter().map(|(key, value)| (key.clone(), ordered(*entry, value))).collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            Value::Map(Map(entries))
        }
        (Shape::Either(first, second), _) => {
            ordered(if first.may_be(value) { *first } else { *second }, value)
        }
        (Shape::Quantity, Value::Int(number)) => Value::String(number.to_string()),
        (Shape::Quantity, Value::Float(number)) => Value::String(number.to_string()),
        (Shape::Bytes, _) => as_written::<ByteString>(value),
        (Shape::Time, _) => as_written::<Time>(value),
        (Shape::MicroTime, _) => as_written::<MicroTime>(value),
        _ => value.clone(),
    }
}

fn as_written<T: DeserializeOwned + Serialize>(value: &Value) -> Value {
    complete_typed::<T>(value).map_or_else(|_| value.clone(), |(_, written)| written)
}

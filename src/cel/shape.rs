//! How given data is read: what an object's definition says of it.

use crate::object::value::Value as Data;

use super::primary::is_reserved;
use super::time;
use super::value::{Error, List, Map, Text, Value};

/// What is said of data. A place that nothing is said of is read as it stands.
pub trait Shape {
    fn form(&self) -> Form;
    /// Of a map with fields: one of them.
    fn field(&self, name: &str) -> Option<&dyn Shape>;
    /// Of a list or another map: what each item or value is.
    fn item(&self) -> Option<&dyn Shape>;
    /// Whether `null` is a value, and not nothing.
    fn is_nullable(&self) -> bool;
    /// Of a list: what tells its items apart.
    fn uniqueness(&self) -> Uniqueness<'_>;
}

/// What something is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Whatever stands there.
    Any,
    /// A map whose fields are known.
    Fields,
    /// A map whose keys are the user's.
    Map,
    List,
    Text,
    Duration,
    Date,
    DateTime,
    Bytes,
    Integer,
    Number,
    Boolean,
    IntOrText,
    /// Nothing can be asked of it.
    Opaque,
}

/// What tells the items of a list apart; where something does, their order is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uniqueness<'s> {
    None,
    /// All of it: `x-kubernetes-list-type: set`.
    Whole,
    /// These fields: `x-kubernetes-list-type: map`.
    Keys(&'s [Box<str>]),
}

/// Data of which nothing is said.
pub struct Untold;

pub static UNTOLD: Untold = Untold;

impl Shape for Untold {
    fn form(&self) -> Form {
        Form::Any
    }

    fn field(&self, _: &str) -> Option<&dyn Shape> {
        None
    }

    fn item(&self) -> Option<&dyn Shape> {
        Some(&UNTOLD)
    }

    fn is_nullable(&self) -> bool {
        true
    }

    fn uniqueness(&self) -> Uniqueness<'_> {
        Uniqueness::None
    }
}

/// Reads data as a server's `UnstructuredToVal` does.
pub fn read<'a>(data: &'a Data, shape: &'a dyn Shape) -> Result<Value<'a>, Error> {
    let wrong = |expected: &str| Err(Error::failed(format!("invalid data, expected {expected}")));
    Ok(match (shape.form(), data) {
        (Form::Any, Data::Null) => Value::Null,
        (_, Data::Null) if shape.is_nullable() => Value::Null,
        (_, Data::Null) => return wrong("a value, got null"),
        (Form::Any, Data::Bool(flag)) | (Form::Boolean, Data::Bool(flag)) => Value::Bool(*flag),
        (Form::Any | Form::Integer | Form::IntOrText, Data::Int(number)) => Value::Int(*number),
        (Form::Integer, Data::Float(number)) if whole(*number).is_some() => {
            Value::Int(whole(*number).unwrap_or_default())
        }
        (Form::Any | Form::Number, Data::Float(number)) => Value::Double(*number),
        (Form::Number, Data::Int(number)) => Value::Double(*number as f64),
        (Form::Any | Form::Text | Form::IntOrText, Data::String(text)) => {
            Value::Text(Text::Given(text))
        }
        (Form::Duration, Data::String(text)) => match time::loose_duration(text) {
            Some(nanos) => Value::Duration(nanos),
            None => return wrong("a duration"),
        },
        (Form::Date | Form::DateTime, Data::String(text)) => match time::timestamp(text) {
            Some(timestamp) => Value::Timestamp(timestamp),
            // A server knows more notations.
            None => return Err(Error::Unsupported(format!("the date `{text}`"))),
        },
        (Form::Bytes, Data::String(text)) => match super::functions::base64(text) {
            Some(bytes) => Value::Bytes(bytes.into()),
            None => return wrong("base64"),
        },
        (Form::Any | Form::List, Data::List(items)) => Value::List(List::Given { items, shape }),
        (Form::Any | Form::Map | Form::Fields, Data::Map(map)) => {
            Value::Map(Map::Given { map, shape })
        }
        (Form::Opaque, _) => {
            let what = "data whose fields its definition does not list";
            return Err(Error::Unsupported(what.to_owned()));
        }
        (Form::Fields | Form::Map, _) => return wrong("a map"),
        (Form::List, _) => return wrong("a list"),
        (Form::Integer, _) => return wrong("a whole number"),
        (Form::Number, _) => return wrong("a number"),
        (Form::Boolean, _) => return wrong("a boolean"),
        (Form::IntOrText, _) => return wrong("a whole number or a string"),
        (Form::Text | Form::Duration | Form::Date | Form::DateTime | Form::Bytes, _) => {
            return wrong("a string");
        }
    })
}

/// A number without a fraction, as YAML's `1.0` is one.
fn whole(number: f64) -> Option<i64> {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    (number.fract() == 0.0 && (-BOUND..BOUND).contains(&number)).then_some(number as i64)
}

/// The field that an escaped name stands for: `__namespace__`, `a__dash__b`. Nothing
/// where a field must not be written so.
pub fn unescaped(name: &str) -> Option<std::borrow::Cow<'_, str>> {
    if !name.contains("__") {
        return (!is_reserved(name)).then_some(name.into());
    }
    let word = name.strip_prefix("__").and_then(|rest| rest.strip_suffix("__"));
    if let Some(word) = word.filter(|word| is_reserved(word)) {
        return Some(word.into());
    }
    let mut field = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("__") {
        let (plain, escape) = rest.split_at(at);
        field.push_str(plain);
        let known =
            [("__underscores__", "__"), ("__dot__", "."), ("__dash__", "-"), ("__slash__", "/")];
        let (written, meant) =
            known.into_iter().find(|(written, _)| escape.starts_with(written))?;
        field.push_str(meant);
        rest = escape.get(written.len()..).unwrap_or_default();
    }
    field.push_str(rest);
    Some(field.into())
}

/// A field as expressions write it.
pub fn escaped(field: &str) -> String {
    if is_reserved(field) {
        return format!("__{field}__");
    }
    let mut written = field.replace("__", "__underscores__");
    for (meant, escape) in [(".", "__dot__"), ("-", "__dash__"), ("/", "__slash__")] {
        written = written.replace(meant, escape);
    }
    written
}

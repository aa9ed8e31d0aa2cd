//! The values that expressions have.

use std::net::IpAddr;
use std::rc::Rc;

use crate::object::value::{Map as DataMap, Value as Data};
use crate::scalar::Quantity;

use super::network::Cidr;
use super::semver::Semver;
use super::shape::{Form, Shape, Uniqueness, read, unescaped};
use super::time::Timestamp;
use super::url::Url;

/// A value; it borrows from the data and the expression.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(Text<'a>),
    Bytes(Rc<[u8]>),
    List(List<'a>),
    Map(Map<'a>),
    /// In nanoseconds.
    Duration(i64),
    Timestamp(Timestamp),
    Type(&'static str),
    Optional(Option<Rc<Value<'a>>>),
    Url(Rc<Url>),
    Ip(IpAddr),
    Cidr(Cidr),
    Quantity(Rc<Quantity>),
    Semver(Rc<Semver>),
    /// A format by its name: `dns1123Label`.
    Format(&'static str),
}

#[derive(Clone, Debug)]
pub enum Text<'a> {
    Given(&'a str),
    Made(Rc<str>),
}

#[derive(Clone)]
pub enum List<'a> {
    Given {
        items: &'a [Data],
        shape: &'a dyn Shape,
    },
    Made(Rc<[Value<'a>]>),
    /// Made of one whose items are unique.
    Merged(Rc<[Value<'a>]>, Uniqueness<'a>),
}

#[derive(Clone)]
pub enum Map<'a> {
    Given { map: &'a DataMap, shape: &'a dyn Shape },
    Made(Rc<[(Value<'a>, Value<'a>)]>),
}

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A server cannot compute it either.
    Failed(String),
    /// It may well have one, but we cannot tell.
    Unsupported(String),
    /// It takes too long.
    TooCostly,
}

pub type Outcome<'a> = Result<Value<'a>, Error>;

impl Error {
    pub fn failed(message: impl Into<String>) -> Error {
        Error::Failed(message.into())
    }

    /// No function is for values of such types.
    pub fn no_overload() -> Error {
        Error::failed("no such overload")
    }

    pub fn no_key(key: &Value<'_>) -> Error {
        Error::failed(format!("no such key: {}", key.shown()))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::Failed(message) | Error::Unsupported(message) => f.write_str(message),
            Error::TooCostly => f.write_str("it takes too long"),
        }
    }
}

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Text::Given(text) => text,
            Text::Made(text) => text,
        }
    }
}

impl<'a> Value<'a> {
    pub fn text(text: impl Into<Rc<str>>) -> Value<'a> {
        Value::Text(Text::Made(text.into()))
    }

    pub fn list(items: Vec<Value<'a>>) -> Value<'a> {
        Value::List(List::Made(items.into()))
    }

    pub fn optional(value: Option<Value<'a>>) -> Value<'a> {
        Value::Optional(value.map(Rc::new))
    }

    /// What `type()` gives.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "null_type",
            Value::Bool(_) => "bool",
            Value::Int(_) => "int",
            Value::Uint(_) => "uint",
            Value::Double(_) => "double",
            Value::Text(_) => "string",
            Value::Bytes(_) => "bytes",
            Value::List(_) => "list",
            Value::Map(_) => "map",
            Value::Duration(_) => "google.protobuf.Duration",
            Value::Timestamp(_) => "google.protobuf.Timestamp",
            Value::Type(_) => "type",
            Value::Optional(_) => "optional_type",
            Value::Url(_) => "kubernetes.URL",
            Value::Ip(_) => "net.IP",
            Value::Cidr(_) => "net.CIDR",
            Value::Quantity(_) => "kubernetes.Quantity",
            Value::Semver(_) => "kubernetes.Semver",
            Value::Format(_) => "kubernetes.NamedFormat",
        }
    }

    /// As a message shows it.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) => text.to_string(),
            Value::Int(number) => number.to_string(),
            Value::Uint(number) => number.to_string(),
            Value::Double(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            other => other.type_name().to_owned(),
        }
    }

    /// Whether it is what a value of its type is where nobody set it.
    pub fn is_zero(&self) -> bool {
        match self {
            Value::Null | Value::Optional(None) => true,
            Value::Bool(flag) => !flag,
            Value::Int(number) | Value::Duration(number) => *number == 0,
            Value::Uint(number) => *number == 0,
            Value::Double(number) => *number == 0.0,
            Value::Text(text) => text.is_empty(),
            Value::Bytes(bytes) => bytes.is_empty(),
            Value::List(list) => list.is_empty(),
            Value::Map(map) => map.is_empty(),
            _ => false,
        }
    }
}

impl<'a> List<'a> {
    pub fn len(&self) -> usize {
        match self {
            List::Given { items, .. } => items.len(),
            List::Made(items) | List::Merged(items, _) => items.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, index: usize) -> Option<Outcome<'a>> {
        match self {
            List::Given { items, shape } => Some(read_item(items.get(index)?, *shape)),
            List::Made(items) | List::Merged(items, _) => items.get(index).cloned().map(Ok),
        }
    }

    /// What tells its items apart.
    pub fn uniqueness(&self) -> Uniqueness<'a> {
        match self {
            List::Given { shape, .. } => shape.uniqueness(),
            List::Made(_) => Uniqueness::None,
            List::Merged(_, uniqueness) => *uniqueness,
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = Outcome<'a>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

fn read_item<'a>(data: &'a Data, shape: &'a dyn Shape) -> Outcome<'a> {
    match shape.item() {
        Some(item) => read(data, item),
        None => Err(Error::Unsupported("data of which its definition says nothing".to_owned())),
    }
}

impl<'a> Map<'a> {
    pub fn len(&self) -> usize {
        match self {
            Map::Given { map, .. } => map.0.len(),
            Map::Made(entries) => entries.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key; nothing where there is none.
    pub fn get(&self, key: &Value<'_>) -> Result<Option<Value<'a>>, Error> {
        match (self, key) {
            (Map::Made(entries), _) => {
                let same = |(own, _): &&(Value<'a>, Value<'a>)| own.is_same_key(key);
                Ok(entries.iter().find(same).map(|(_, value)| value.clone()))
            }
            (Map::Given { .. }, Value::Text(text)) => self.field(text),
            (Map::Given { .. }, _) => Err(Error::no_overload()),
        }
    }

    /// The value of a key that is a text.
    pub fn field(&self, name: &str) -> Result<Option<Value<'a>>, Error> {
        let (map, shape) = match self {
            Map::Given { map, shape } => (*map, *shape),
            Map::Made(_) => return self.get(&Value::Text(Text::Made(name.into()))),
        };
        if shape.form() != Form::Fields {
            let Some(data) = map.get(name) else { return Ok(None) };
            return read_item(data, shape).map(Some);
        }
        let Some(field) = unescaped(name) else { return Ok(None) };
        // Of a map with fields, `null` is as if it were not there.
        match (map.get(&field), shape.field(&field)) {
            (None | Some(Data::Null), _) | (_, None) => Ok(None),
            (Some(data), Some(shape)) => read(data, shape).map(Some),
        }
    }

    /// Its keys, as expressions see them.
    pub fn keys(&self) -> Vec<Value<'a>> {
        match self {
            Map::Made(entries) => entries.iter().map(|(key, _)| key.clone()).collect(),
            Map::Given { map, shape } if shape.form() == Form::Fields => map
                .iter()
                .filter(|(key, _)| shape.field(key).is_some())
                .map(|(key, _)| Value::text(super::shape::escaped(key)))
                .collect(),
            Map::Given { map, .. } => {
                map.iter().map(|(key, _)| Value::Text(Text::Given(key))).collect()
            }
        }
    }

    /// Its keys and values.
    pub fn entries(&self) -> Result<Vec<(Value<'a>, Value<'a>)>, Error> {
        if let Map::Made(entries) = self {
            return Ok(entries.to_vec());
        }
        let mut entries = Vec::with_capacity(self.len());
        for key in self.keys() {
            if let Some(value) = self.get(&key)? {
                entries.push((key, value));
            }
        }
        Ok(entries)
    }
}

impl std::fmt::Debug for List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            List::Given { items, .. } => items.fmt(f),
            List::Made(items) | List::Merged(items, _) => items.fmt(f),
        }
    }
}

impl std::fmt::Debug for Map<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Map::Given { map, .. } => map.fmt(f),
            Map::Made(entries) => entries.fmt(f),
        }
    }
}

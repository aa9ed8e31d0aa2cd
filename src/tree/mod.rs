//! What a user wrote, as a tree in which every node knows its place. Layers
//! are merged as trees; only then are they read as types.

pub mod block;
mod json;
pub mod merge;
pub mod path;
pub mod plain;
pub mod read;
mod scan_error;

use indexmap::IndexMap;

use crate::object::from_value::Step;
use crate::object::value::{Key, Map, Value};
use crate::source::Place;

/// One node with the place where it was written.
#[derive(Clone, Debug)]
pub struct Node {
    pub place: Place,
    pub content: Content,
}

#[derive(Clone, Debug)]
pub enum Content {
    Null,
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Table),
}

/// A scalar as it was written. The text is kept beside its YAML meaning, so
/// that a tag `1.10` stays `1.10`.
#[derive(Clone, Debug)]
pub struct Scalar {
    pub text: String,
    pub kind: ScalarKind,
}

/// What YAML 1.2's core schema takes a scalar for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    String,
    /// A string without quotes.
    Plain,
    Bool(bool),
    Integer,
    Float,
}

impl ScalarKind {
    /// A scalar of this kind.
    pub fn of(self, text: &str) -> Content {
        Content::Scalar(Scalar { text: text.to_owned(), kind: self })
    }
}

/// Keys in the order in which they were written.
pub type Table = Ordered<String, Entry>;

/// A map in the order in which it was written. Most are small and looked into
/// often: a fast hash, seeded by chance so that nobody can write keys that
/// collide.
pub type Ordered<K, V> = IndexMap<K, V, foldhash::fast::RandomState>;

/// A value and the place of its key.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Place,
    pub value: Node,
}

impl Node {
    pub fn scalar(place: Place, text: impl Into<String>) -> Node {
        let scalar = Scalar { text: text.into(), kind: ScalarKind::String };
        Node { place, content: Content::Scalar(scalar) }
    }

    pub fn map(place: Place) -> Node {
        Node { place, content: Content::Map(Table::default()) }
    }

    pub fn as_map(&self) -> Option<&Table> {
        match &self.content {
            Content::Map(table) => Some(table),
            _ => None,
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The place a path leads to, as far as it goes.
    pub fn place_of(&self, path: &[Step]) -> Place {
        let mut node = self;
        let mut place = self.place;
        for step in path {
            let next = match (&node.content, step) {
                (Content::Map(table), Step::Key(key)) => {
                    table.get(key).map(|entry| (entry.key, &entry.value))
                }
                (Content::List(items), Step::Index(index)) => {
                    items.get(*index).map(|item| (item.place, item))
                }
                _ => None,
            };
            let Some((at, below)) = next else { break };
            (place, node) = (at, below);
        }
        place
    }

    pub fn is_null(&self) -> bool {
        matches!(self.content, Content::Null)
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key).map(|entry| &entry.value)
    }

    /// What a message calls it: `a map`, `a list`, `the string …`.
    pub fn describe(&self) -> &'static str {
        match &self.content {
            Content::Null => "nothing",
            Content::List(_) => "a list",
            Content::Map(_) => "a map",
            Content::Scalar(scalar) => match scalar.kind {
                ScalarKind::String | ScalarKind::Plain => "a string",
                ScalarKind::Bool(_) => "a boolean",
                ScalarKind::Integer => "a whole number",
                ScalarKind::Float => "a number",
            },
        }
    }

    /// The same tree without places, for what Kubernetes itself defines.
    pub fn to_value(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::Scalar(scalar) => scalar.to_value(),
            Content::List(items) => Value::List(items.iter().map(Node::to_value).collect()),
            Content::Map(table) => Value::Map(Map(table
                .iter()
                .map(|(key, entry)| (Key::Owned(key.clone()), entry.value.to_value()))
                .collect())),
        }
    }
}

impl Scalar {
    /// What YAML 1.2 takes it for.
    pub fn to_value(&self) -> Value {
        let number = || match self.text.parse::<f64>() {
            Ok(float) if float.is_finite() => Value::Float(float),
            _ => Value::String(self.text.clone()),
        };
        match self.kind {
            ScalarKind::String | ScalarKind::Plain => Value::String(self.text.clone()),
            ScalarKind::Bool(flag) => Value::Bool(flag),
            ScalarKind::Integer => plain::integer(&self.text).map_or_else(number, Value::Int),
            ScalarKind::Float => number(),
        }
    }
}

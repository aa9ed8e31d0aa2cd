//! What an expression consists of.

use std::sync::OnceLock;

use crate::re2::{Flaw, Regex};

use super::functions::Function;

/// A part of an expression.
#[derive(Clone, Debug)]
pub enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    Text(Box<str>),
    Bytes(Box<[u8]>),
    /// A variable, or a type with a simple name.
    Name(Box<str>),
    /// `google.protobuf.Duration`.
    Type(&'static str),
    /// `of.field`, or `of.?field`.
    Select {
        of: Box<Node>,
        field: Box<str>,
        optional: bool,
    },
    /// `has(of.field)`.
    Has {
        of: Box<Node>,
        field: Box<str>,
    },
    /// `of[index]`, or `of[?index]`.
    Index {
        of: Box<Node>,
        index: Box<Node>,
        optional: bool,
    },
    Call(Box<Call>),
    List(Vec<Element>),
    Map(Vec<Entry>),
    /// `Type{field: value}`, which no definition of custom resources can use.
    Message(Box<str>),
    /// True if all are, whatever goes wrong in the others if one is false.
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Negative(Box<Node>),
    Binary(Operator, Box<[Node; 2]>),
    /// `if ? then : else`.
    If(Box<[Node; 3]>),
    Fold(Box<Fold>),
    OptionalMap(Box<OptionalMap>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    Unequal,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// `function(arguments)` or `target.function(arguments)`.
#[derive(Clone, Debug)]
pub struct Call {
    pub function: Function,
    pub target: Option<Node>,
    pub arguments: Vec<Node>,
    /// The pattern that stands in it, read once.
    pub pattern: OnceLock<Result<Regex, Flaw>>,
}

/// An item of a list that is written out.
#[derive(Clone, Debug)]
pub struct Element {
    pub value: Node,
    /// `[?item]`: left out where there is none.
    pub optional: bool,
}

/// An entry of a map that is written out.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Node,
    pub value: Node,
    pub optional: bool,
}

/// A macro that goes through a list or map.
#[derive(Clone, Debug)]
pub struct Fold {
    pub kind: FoldKind,
    pub over: Node,
    /// What an item is called; with two names, its index or key.
    pub name: Box<str>,
    /// What an item is called beside its index or key.
    pub value_name: Option<Box<str>>,
    /// Which items are taken; all where there is none.
    pub filter: Option<Node>,
    /// What is asked of an item, or made of it.
    pub body: Node,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    All,
    Exists,
    ExistsOne,
    Filter,
    /// `map`, and `transformList`.
    List,
    /// `transformMap`: the keys stay.
    Map,
    /// `transformMapEntry`: each item gives entries.
    Entries,
}

/// `target.optMap(name, body)`, or `optFlatMap`.
#[derive(Clone, Debug)]
pub struct OptionalMap {
    pub target: Node,
    pub name: Box<str>,
    pub body: Node,
    /// Whether the body is optional itself.
    pub flat: bool,
}

impl Node {
    /// Whether its value stands there as it is.
    pub fn is_literal(&self) -> bool {
        use Node::{Bool, Bytes, Double, Int, Null, Text, Uint};
        matches!(self, Null | Bool(_) | Int(_) | Uint(_) | Double(_) | Text(_) | Bytes(_))
    }

    /// Calls `visit` with each name that is used, and not given by a macro.
    pub fn free_names<'n>(&'n self, visit: &mut impl FnMut(&'n str)) {
        self.names(&mut Vec::new(), visit);
    }

    fn names<'n>(&'n self, bound: &mut Vec<&'n str>, visit: &mut impl FnMut(&'n str)) {
        match self {
            Node::Name(name) if !bound.contains(&&**name) => visit(name),
            Node::Null
            | Node::Bool(_)
            | Node::Int(_)
            | Node::Uint(_)
            | Node::Double(_)
            | Node::Text(_)
            | Node::Bytes(_)
            | Node::Name(_)
            | Node::Type(_)
            | Node::Message(_) => {}
            Node::Select { of, .. } | Node::Has { of, .. } => of.names(bound, visit),
            Node::Not(of) | Node::Negative(of) => of.names(bound, visit),
            Node::Index { of, index, .. } => {
                of.names(bound, visit);
                index.names(bound, visit);
            }
            Node::Call(call) => {
                call.target.iter().chain(&call.arguments).for_each(|n| n.names(bound, visit));
            }
            Node::List(items) => items.iter().for_each(|item| item.value.names(bound, visit)),
            Node::Map(entries) => entries.iter().for_each(|entry| {
                entry.key.names(bound, visit);
                entry.value.names(bound, visit);
            }),
            Node::And(all) | Node::Or(all) => all.iter().for_each(|n| n.names(bound, visit)),
            Node::Binary(_, sides) => sides.iter().for_each(|n| n.names(bound, visit)),
            Node::If(parts) => parts.iter().for_each(|n| n.names(bound, visit)),
            Node::Fold(fold) => {
                fold.over.names(bound, visit);
                let before = bound.len();
                bound.push(&fold.name);
                bound.extend(fold.value_name.as_deref());
                fold.filter.iter().for_each(|n| n.names(bound, visit));
                fold.body.names(bound, visit);
                bound.truncate(before);
            }
            Node::OptionalMap(map) => {
                map.target.names(bound, visit);
                bound.push(&map.name);
                map.body.names(bound, visit);
                bound.pop();
            }
        }
    }
}

//! The value of each part of an expression.

use std::rc::Rc;

use crate::re2::TooLong;

use super::STEPS_OF_SEARCH;
use super::arithmetic;
use super::functions;
use super::shape::Uniqueness;
use super::syntax::{Element, Entry, Node, Operator, OptionalMap};
use super::value::{Error, List, Map, Outcome, Text, Value};

/// Walks an expression. Each step it takes is counted.
pub struct Evaluator<'a> {
    /// What names stand for, the innermost last.
    scope: Vec<(&'a str, Value<'a>)>,
    steps: u64,
}

impl<'a> Evaluator<'a> {
    pub fn new(variables: &[(&'a str, Value<'a>)], steps: u64) -> Evaluator<'a> {
        Evaluator { scope: variables.to_vec(), steps }
    }

    pub fn steps_left(&self) -> u64 {
        self.steps
    }

    /// Takes some steps, if there are so many left.
    pub fn spend(&mut self, steps: usize) -> Result<(), Error> {
        self.steps = self.steps.saturating_sub(steps as u64);
        if self.steps == 0 { Err(Error::TooCostly) } else { Ok(()) }
    }

    /// Searches for a pattern: what that takes is counted.
    pub fn search<T>(
        &mut self,
        find: impl FnOnce(&mut u64) -> Result<T, TooLong>,
    ) -> Result<T, Error> {
        let mut steps = self.steps.saturating_mul(STEPS_OF_SEARCH);
        let found = find(&mut steps);
        self.steps = if found.is_err() { 0 } else { steps / STEPS_OF_SEARCH };
        found.map_err(|TooLong| Error::TooCostly)
    }

    /// Evaluates with a name that stands for a value.
    pub fn with(&mut self, name: &'a str, value: Value<'a>, node: &'a Node) -> Outcome<'a> {
        self.scope.push((name, value));
        let outcome = self.evaluate(node);
        self.scope.pop();
        outcome
    }

    pub fn with_both(
        &mut self,
        (first, index): (&'a str, Value<'a>),
        (second, value): (&'a str, Value<'a>),
        node: &'a Node,
    ) -> Outcome<'a> {
        self.scope.push((first, index));
        let outcome = self.with(second, value, node);
        self.scope.pop();
        outcome
    }

    pub fn evaluate(&mut self, node: &'a Node) -> Outcome<'a> {
        self.spend(1)?;
        match node {
            Node::Null => Ok(Value::Null),
            Node::Bool(flag) => Ok(Value::Bool(*flag)),
            Node::Int(number) => Ok(Value::Int(*number)),
            Node::Uint(number) => Ok(Value::Uint(*number)),
            Node::Double(number) => Ok(Value::Double(*number)),
            Node::Text(text) => Ok(Value::Text(Text::Given(text))),
            Node::Bytes(bytes) => Ok(Value::Bytes(bytes.as_ref().into())),
            Node::Name(name) => self.name(name),
            Node::Type(name) => Ok(Value::Type(name)),
            Node::Select { of, field, optional } => self.select(of, field, *optional),
            Node::Has { of, field } => self.has(of, field),
            Node::Index { of, index, optional } => self.index(of, index, *optional),
            Node::Call(call) => functions::call(self, call),
            Node::List(items) => self.list(items),
            Node::Map(entries) => self.map(entries),
            Node::Message(name) => Err(Error::Unsupported(format!("a message `{name}`"))),
            Node::And(all) => self.row(all, false),
            Node::Or(all) => self.row(all, true),
            Node::Not(of) => match self.evaluate(of)? {
                Value::Bool(flag) => Ok(Value::Bool(!flag)),
                _ => Err(Error::no_overload()),
            },
            Node::Negative(of) => {
                let value = self.evaluate(of)?;
                arithmetic::negative(&value)
            }
            Node::Binary(operator, sides) => self.binary(*operator, sides),
            Node::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                match self.evaluate(condition)? {
                    Value::Bool(true) => self.evaluate(then),
                    Value::Bool(false) => self.evaluate(otherwise),
                    _ => Err(Error::no_overload()),
                }
            }
            Node::Fold(fold) => self.fold(fold),
            Node::OptionalMap(map) => self.optional_map(map),
        }
    }

    /// `a && b` or `a || b`: one that settles it makes up for errors in the others.
    fn row(&mut self, all: &'a [Node], settles: bool) -> Outcome<'a> {
        let mut error = None;
        for node in all {
            match self.evaluate(node) {
                Ok(Value::Bool(flag)) if flag == settles => return Ok(Value::Bool(flag)),
                Ok(Value::Bool(_)) => {}
                Err(Error::TooCostly) => return Err(Error::TooCostly),
                Ok(_) => error = error.or_else(|| Some(Error::no_overload())),
                Err(found) => error = worse(error, found),
            }
        }
        match error {
            Some(error) => Err(error),
            None => Ok(Value::Bool(!settles)),
        }
    }

    fn name(&self, name: &str) -> Outcome<'a> {
        if let Some((_, value)) = self.scope.iter().rev().find(|(known, _)| *known == name) {
            return Ok(value.clone());
        }
        match functions::type_of_name(name) {
            Some(name) => Ok(Value::Type(name)),
            None => Err(Error::Unsupported(format!("the name `{name}`"))),
        }
    }

    fn select(&mut self, of: &'a Node, field: &'a str, optional: bool) -> Outcome<'a> {
        let (value, was_optional) = match self.evaluate(of)? {
            Value::Optional(None) => return Ok(Value::Optional(None)),
            Value::Optional(Some(value)) => (value.as_ref().clone(), true),
            value => (value, false),
        };
        let Value::Map(map) = value else { return Err(Error::no_overload()) };
        let found = map.field(field)?;
        match (found, optional, was_optional) {
            (found, true, _) => Ok(Value::optional(found)),
            // What is behind something optional is optional itself.
            (found, false, true) => Ok(Value::optional(found)),
            (Some(found), false, false) => Ok(found),
            (None, false, false) => Err(Error::failed(format!("no such key: {field}"))),
        }
    }

    fn has(&mut self, of: &'a Node, field: &'a str) -> Outcome<'a> {
        let value = match self.evaluate(of)? {
            Value::Optional(None) => return Ok(Value::Bool(false)),
            Value::Optional(Some(value)) => value.as_ref().clone(),
            value => value,
        };
        let Value::Map(map) = value else { return Err(Error::no_overload()) };
        Ok(Value::Bool(map.field(field)?.is_some()))
    }

    fn index(&mut self, of: &'a Node, index: &'a Node, optional: bool) -> Outcome<'a> {
        let (value, was_optional) = match self.evaluate(of)? {
            Value::Optional(None) => return Ok(Value::Optional(None)),
            Value::Optional(Some(value)) => (value.as_ref().clone(), true),
            value => (value, false),
        };
        let index = self.evaluate(index)?;
        let found = match &value {
            Value::List(list) => item(list, &index)?,
            Value::Map(map) => {
                self.spend(map.len() / 8)?;
                map.get(&index)?
            }
            _ => return Err(Error::no_overload()),
        };
        match (found, optional, was_optional) {
            (found, true, _) => Ok(Value::optional(found)),
            (found, false, true) => Ok(Value::optional(found)),
            (Some(found), false, false) => Ok(found),
            (None, false, false) => Err(match value {
                Value::List(_) => Error::failed(format!("index out of bounds: {}", index.shown())),
                _ => Error::no_key(&index),
            }),
        }
    }

    fn list(&mut self, items: &'a [Element]) -> Outcome<'a> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            match (self.evaluate(&item.value)?, item.optional) {
                (value, false) => values.push(value),
                (Value::Optional(value), true) => {
                    values.extend(value.map(|value| value.as_ref().clone()));
                }
                (_, true) => return Err(Error::no_overload()),
            }
        }
        Ok(Value::list(values))
    }

    fn map(&mut self, entries: &'a [Entry]) -> Outcome<'a> {
        let mut made = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = self.evaluate(&entry.key)?;
            let value = match (self.evaluate(&entry.value)?, entry.optional) {
                (value, false) => value,
                (Value::Optional(Some(value)), true) => value.as_ref().clone(),
                (Value::Optional(None), true) => continue,
                (_, true) => return Err(Error::no_overload()),
            };
            self.add_entry(&mut made, key, value)?;
        }
        Ok(Value::Map(Map::Made(made.into())))
    }

    /// Adds an entry whose key must be a new one.
    pub fn add_entry(
        &mut self,
        made: &mut Vec<(Value<'a>, Value<'a>)>,
        key: Value<'a>,
        value: Value<'a>,
    ) -> Result<(), Error> {
        self.spend(1 + made.len() / 8)?;
        let is_key =
            matches!(key, Value::Text(_) | Value::Int(_) | Value::Uint(_) | Value::Bool(_));
        if !is_key {
            return Err(Error::failed("unsupported key type"));
        }
        if made.iter().any(|(own, _)| own.is_same_key(&key)) {
            return Err(Error::failed(format!("repeated key: {}", key.shown())));
        }
        made.push((key, value));
        Ok(())
    }

    fn binary(&mut self, operator: Operator, sides: &'a [Node; 2]) -> Outcome<'a> {
        let [left, right] = sides;
        if let (Operator::In, Node::List(words)) = (operator, right)
            && words.iter().all(|word| !word.optional && word.value.is_literal())
        {
            let left = self.evaluate(left)?;
            return self.is_among(&left, words);
        }
        let (left, right) = (self.evaluate(left)?, self.evaluate(right)?);
        match operator {
            Operator::Equal => Ok(Value::Bool(self.are_equal(&left, &right)?)),
            Operator::Unequal => Ok(Value::Bool(!self.are_equal(&left, &right)?)),
            Operator::Less => order(&left, &right, |order| order.is_lt()),
            Operator::LessOrEqual => order(&left, &right, |order| order.is_le()),
            Operator::Greater => order(&left, &right, |order| order.is_gt()),
            Operator::GreaterOrEqual => order(&left, &right, |order| order.is_ge()),
            Operator::In => self.is_in(&left, &right),
            Operator::Add => {
                self.spend(arithmetic::size(&left) + arithmetic::size(&right))?;
                if let (Value::List(one), Value::List(two)) = (&left, &right) {
                    self.spend(many(one, two))?;
                }
                arithmetic::sum(&left, &right)
            }
            Operator::Subtract => arithmetic::difference(&left, &right),
            Operator::Multiply => arithmetic::product(&left, &right),
            Operator::Divide => arithmetic::quotient(&left, &right),
            Operator::Remainder => arithmetic::remainder(&left, &right),
        }
    }

    /// Whether two values are equal, at a cost.
    pub fn are_equal(&mut self, one: &Value<'a>, two: &Value<'a>) -> Result<bool, Error> {
        if let (Value::List(one), Value::List(two)) = (one, two) {
            self.spend(many(one, two))?;
        }
        if let (Value::Map(one), Value::Map(two)) = (one, two) {
            self.spend(one.len().saturating_mul(two.len()) / 8)?;
        }
        one.equals(two)
    }

    /// `item in ['a', 'b']`: the list need not be made.
    fn is_among(&mut self, wanted: &Value<'a>, words: &'a [Element]) -> Outcome<'a> {
        for word in words {
            let word = self.evaluate(&word.value)?;
            if self.are_equal(wanted, &word)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }

    /// `item in list`, or `key in map`.
    fn is_in(&mut self, wanted: &Value<'a>, all: &Value<'a>) -> Outcome<'a> {
        match all {
            Value::List(list) => {
                self.spend(list.len())?;
                let mut error = None;
                for item in list.iter() {
                    match item.and_then(|item| wanted.equals(&item)) {
                        Ok(true) => return Ok(Value::Bool(true)),
                        Ok(false) => {}
                        Err(found) => error = worse(error, found),
                    }
                }
                error.map_or(Ok(Value::Bool(false)), Err)
            }
            Value::Map(map) => {
                self.spend(map.len() / 8)?;
                Ok(Value::Bool(map.get(wanted)?.is_some()))
            }
            _ => Err(Error::no_overload()),
        }
    }

    fn optional_map(&mut self, map: &'a OptionalMap) -> Outcome<'a> {
        match self.evaluate(&map.target)? {
            Value::Optional(None) => Ok(Value::Optional(None)),
            Value::Optional(Some(value)) => {
                let made = self.with(&map.name, value.as_ref().clone(), &map.body)?;
                match (map.flat, made) {
                    (false, made) => Ok(Value::Optional(Some(Rc::new(made)))),
                    (true, made @ Value::Optional(_)) => Ok(made),
                    (true, _) => Err(Error::no_overload()),
                }
            }
            _ => Err(Error::no_overload()),
        }
    }
}

/// How many comparisons two lists may take.
fn many(one: &List<'_>, two: &List<'_>) -> usize {
    match one.uniqueness() {
        Uniqueness::None => one.len(),
        Uniqueness::Whole | Uniqueness::Keys(_) => one.len().saturating_mul(two.len()),
    }
}

/// Of two errors the one that leaves open what a server would say.
pub fn worse(one: Option<Error>, two: Error) -> Option<Error> {
    match (one, two) {
        (None, two) => Some(two),
        (Some(Error::Failed(_)), two @ (Error::Unsupported(_) | Error::TooCostly)) => Some(two),
        (one, _) => one,
    }
}

fn order<'a>(
    left: &Value<'a>,
    right: &Value<'a>,
    holds: fn(std::cmp::Ordering) -> bool,
) -> Outcome<'a> {
    Ok(Value::Bool(left.order(right)?.is_some_and(holds)))
}

/// The item of an index, which may be any number that is whole.
fn item<'a>(list: &List<'a>, index: &Value<'a>) -> Result<Option<Value<'a>>, Error> {
    let index = match index {
        Value::Int(index) => usize::try_from(*index).ok(),
        Value::Uint(index) => usize::try_from(*index).ok(),
        Value::Double(index) if index.fract() == 0.0 && *index >= 0.0 => Some(*index as usize),
        Value::Double(_) => None,
        _ => return Err(Error::no_overload()),
    };
    index.and_then(|index| list.get(index)).transpose()
}

//! Values that may be missing.

use super::super::evaluate::Evaluator;
use super::super::syntax::Node;
use super::super::value::{Error, Outcome, Value};
use super::Function;

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    match (function, values) {
        (Function::OptionalNone, []) => Ok(Value::Optional(None)),
        (Function::OptionalOf, [value]) => Ok(Value::optional(Some(value.clone()))),
        (Function::OptionalOfNonZero, [value]) => {
            Ok(Value::optional(Some(value.clone()).filter(|value| !value.is_zero())))
        }
        (Function::HasValue, [Value::Optional(value)]) => Ok(Value::Bool(value.is_some())),
        (Function::ValueOf, [Value::Optional(Some(value))]) => Ok(value.as_ref().clone()),
        (Function::ValueOf, [Value::Optional(None)]) => {
            Err(Error::failed("optional.none() dereference"))
        }
        _ => Err(Error::no_overload()),
    }
}

/// `a.or(b)` and `a.orValue(b)`: `b` is looked at only where `a` has no value.
pub fn or<'a>(
    evaluator: &mut Evaluator<'a>,
    function: &Function,
    target: &'a Node,
    other: &'a Node,
) -> Outcome<'a> {
    match (evaluator.evaluate(target)?, function) {
        (Value::Optional(Some(value)), Function::OrValue) => Ok(value.as_ref().clone()),
        (Value::Optional(None), Function::OrValue) => evaluator.evaluate(other),
        (value @ Value::Optional(Some(_)), _) => Ok(value),
        (Value::Optional(None), _) => match evaluator.evaluate(other)? {
            value @ Value::Optional(_) => Ok(value),
            _ => Err(Error::no_overload()),
        },
        _ => Err(Error::no_overload()),
    }
}

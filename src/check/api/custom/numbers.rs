//! Numbers against the limits of their schema.

use crate::object::value::Value;

use super::place::Place;
use super::schema::{Bound, Kind, Limits, NumberFormat, Schema};
use super::values::Verdict;

impl Verdict {
    pub fn number(
        &mut self,
        value: &Value,
        schema: &Schema,
        limits: &Limits,
        of_kind: bool,
        place: &Place<'_>,
    ) {
        let number = match value {
            Value::Int(number) => *number as f64,
            Value::Float(number) => *number,
            _ => return,
        };
        self.passed += 2;
        let integer = schema.kind == Some(Kind::Integer);
        let range = match limits.number_format {
            Some(NumberFormat::Int32) if integer => {
                Some((f64::from(i32::MIN), f64::from(i32::MAX)))
            }
            _ if integer => Some((i64::MIN as f64, i64::MAX as f64)),
            _ => None,
        };
        if let Some((least, most)) = range.filter(|_| of_kind)
            && !(least..=most).contains(&number)
        {
            let bits = if most > 1e10 { 64 } else { 32 };
            self.light(place, format!("{number} does not fit into {bits} bits"));
        }
        if let Some(factor) = limits.multiple_of.filter(|factor| !is_multiple(value, *factor)) {
            self.light(place, format!("{number} is not a multiple of {factor}"));
        }
        if let Some(bound) = limits.maximum.filter(|bound| !bound.is_at_least(value)) {
            let less = if bound.exclusive { "less than" } else { "at most" };
            self.light(place, format!("must be {less} {}, and is {number}", bound.at));
        }
        if let Some(bound) = limits.minimum.filter(|bound| !bound.is_at_most(value)) {
            let more = if bound.exclusive { "more than" } else { "at least" };
            self.light(place, format!("must be {more} {}, and is {number}", bound.at));
        }
    }
}

impl Bound {
    /// Whether it is no less than a number. Whole numbers are compared as such.
    fn is_at_least(self, value: &Value) -> bool {
        match value {
            Value::Int(number) if self.exclusive => *number < self.at as i64,
            Value::Int(number) => *number <= self.at as i64,
            Value::Float(number) if self.exclusive => *number < self.at,
            Value::Float(number) => *number <= self.at,
            _ => true,
        }
    }

    fn is_at_most(self, value: &Value) -> bool {
        match value {
            Value::Int(number) if self.exclusive => *number > self.at as i64,
            Value::Int(number) => *number >= self.at as i64,
            Value::Float(number) if self.exclusive => *number > self.at,
            Value::Float(number) => *number >= self.at,
            _ => true,
        }
    }
}

fn is_multiple(value: &Value, factor: f64) -> bool {
    match value {
        Value::Int(number) if factor.fract() == 0.0 => match factor as i64 {
            0 => true,
            factor => number.checked_rem(factor) == Some(0),
        },
        Value::Int(number) => is_whole(*number as f64 / factor),
        Value::Float(number) => is_whole(number / factor),
        _ => true,
    }
}

/// Whole but for what floating-point numbers cannot tell.
fn is_whole(number: f64) -> bool {
    let off = (number - number.round()).abs();
    off == 0.0 || off < 1e-9 || off < number.abs() * 1e-9
}

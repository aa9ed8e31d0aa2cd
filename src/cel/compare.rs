//! What is equal, and what comes before what.

use std::cmp::Ordering;

use crate::object::value::{Map as DataMap, Value as Data};

use super::shape::{Form, Shape, Uniqueness, read};
use super::value::{Error, List, Map, Value};

impl<'a> Value<'a> {
    /// Whether it equals another. Values of different types do not, but for numbers.
    pub fn equals(&self, other: &Value<'a>) -> Result<bool, Error> {
        Ok(match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(two)) => one == two,
            (Value::Text(one), Value::Text(two)) => **one == **two,
            (Value::Bytes(one), Value::Bytes(two)) => one == two,
            (Value::List(one), Value::List(two)) => lists_are_equal(one, two)?,
            (Value::Map(one), Value::Map(two)) => maps_are_equal(one, two)?,
            (Value::Duration(one), Value::Duration(two)) => one == two,
            (Value::Timestamp(one), Value::Timestamp(two)) => one == two,
            (Value::Type(one), Value::Type(two)) => one == two,
            (Value::Optional(Some(one)), Value::Optional(Some(two))) => one.equals(two)?,
            (Value::Optional(None), Value::Optional(None)) => true,
            (Value::Url(one), Value::Url(two)) => one == two,
            (Value::Ip(one), Value::Ip(two)) => one == two,
            (Value::Cidr(one), Value::Cidr(two)) => one == two,
            (Value::Quantity(one), Value::Quantity(two)) => one.nanos() == two.nanos(),
            (Value::Semver(one), Value::Semver(two)) => one.cmp_precedence(two).is_eq(),
            (Value::Format(one), Value::Format(two)) => one == two,
            _ => self.number_order(other) == Some(Ordering::Equal),
        })
    }

    /// Whether two keys of maps are one.
    pub fn is_same_key(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Value::Text(one), Value::Text(two)) => **one == **two,
            (Value::Bool(one), Value::Bool(two)) => one == two,
            _ => self.number_order(other) == Some(Ordering::Equal),
        }
    }

    /// How it stands to another; an error where they cannot be compared.
    pub fn order(&self, other: &Value<'_>) -> Result<Option<Ordering>, Error> {
        Ok(Some(match (self, other) {
            (Value::Bool(one), Value::Bool(two)) => one.cmp(two),
            (Value::Text(one), Value::Text(two)) => (**one).cmp(&**two),
            (Value::Bytes(one), Value::Bytes(two)) => one.cmp(two),
            (Value::Duration(one), Value::Duration(two)) => one.cmp(two),
            (Value::Timestamp(one), Value::Timestamp(two)) => one.cmp(two),
            _ if self.is_number() && other.is_number() => return Ok(self.number_order(other)),
            _ => return Err(Error::no_overload()),
        }))
    }

    fn is_number(&self) -> bool {
        matches!(self, Value::Int(_) | Value::Uint(_) | Value::Double(_))
    }

    /// How two numbers stand to each other, of whatever types.
    fn number_order(&self, other: &Value<'_>) -> Option<Ordering> {
        match (self, other) {
            (Value::Int(one), Value::Int(two)) => Some(one.cmp(two)),
            (Value::Uint(one), Value::Uint(two)) => Some(one.cmp(two)),
            (Value::Int(one), Value::Uint(two)) => Some(i128::from(*one).cmp(&i128::from(*two))),
            (Value::Uint(one), Value::Int(two)) => Some(i128::from(*one).cmp(&i128::from(*two))),
            (Value::Double(one), Value::Double(two)) => one.partial_cmp(two),
            (Value::Double(one), Value::Int(two)) => double_order(*one, i128::from(*two)),
            (Value::Double(one), Value::Uint(two)) => double_order(*one, i128::from(*two)),
            (Value::Int(one), Value::Double(two)) => {
                double_order(*two, i128::from(*one)).map(Ordering::reverse)
            }
            (Value::Uint(one), Value::Double(two)) => {
                double_order(*two, i128::from(*one)).map(Ordering::reverse)
            }
            _ => None,
        }
    }
}

fn double_order(double: f64, whole: i128) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    // What is beyond all whole numbers of 64 bits is cut to what still is.
    let floor = double.floor();
    Some((floor as i128).cmp(&whole).then(if double > floor {
        Ordering::Greater
    } else {
        Ordering::Equal
    }))
}

fn lists_are_equal<'a>(one: &List<'a>, two: &List<'a>) -> Result<bool, Error> {
    if one.len() != two.len() {
        return Ok(false);
    }
    if one.uniqueness() != Uniqueness::None {
        return unordered_are_equal(one, two);
    }
    for (one, two) in one.iter().zip(two.iter()) {
        if !one?.equals(&two?)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Lists whose items are told apart by something are equal in any order.
fn unordered_are_equal<'a>(own: &List<'a>, other: &List<'a>) -> Result<bool, Error> {
    for wanted in other.iter() {
        let wanted = wanted?;
        let mut found = false;
        for item in own.iter() {
            if item?.equals(&wanted)? {
                found = true;
                break;
            }
        }
        if !found {
            return Ok(false);
        }
    }
    Ok(true)
}

fn maps_are_equal<'a>(one: &Map<'a>, two: &Map<'a>) -> Result<bool, Error> {
    if one.len() != two.len() {
        return Ok(false);
    }
    if let (Map::Given { map: one, shape }, Map::Given { map: two, .. }) = (one, two)
        && shape.form() == Form::Fields
    {
        return fields_are_equal(one, two, *shape);
    }
    for (key, value) in one.entries()? {
        match two.get(&key)? {
            Some(other) if value.equals(&other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// Of fields that are not listed, rules see only whether they are the same.
fn fields_are_equal<'a>(
    one: &'a DataMap,
    two: &'a DataMap,
    shape: &'a dyn Shape,
) -> Result<bool, Error> {
    for (name, data) in one.iter() {
        let Some(other) = two.get(name) else { return Ok(false) };
        let known = shape.field(name).filter(|shape| shape.form() != Form::Opaque);
        let equal = match known {
            Some(shape) => read(data, shape)?.equals(&read(other, shape)?)?,
            None => is_same(data, other),
        };
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether data is the same, whatever order its fields are in.
fn is_same(one: &Data, two: &Data) -> bool {
    match (one, two) {
        (Data::List(one), Data::List(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(one, two)| is_same(one, two))
        }
        (Data::Map(one), Data::Map(two)) => {
            let has = |(key, value)| two.get(key).is_some_and(|other| is_same(value, other));
            one.0.len() == two.0.len() && one.iter().all(has)
        }
        _ => one == two,
    }
}

//! Sums and products. What does not fit into its type is an error, as in CEL.

use std::rc::Rc;

use super::shape::Uniqueness;
use super::value::{Error, List, Outcome, Value};

fn overflow<T>(fits: Option<T>) -> Result<T, Error> {
    fits.ok_or_else(|| Error::failed("integer overflow"))
}

fn out_of_range<T>(fits: Option<T>) -> Result<T, Error> {
    fits.ok_or_else(|| Error::failed("a duration or timestamp is out of range"))
}

pub fn negative<'a>(value: &Value<'a>) -> Outcome<'a> {
    Ok(match value {
        Value::Int(number) => Value::Int(overflow(number.checked_neg())?),
        Value::Double(number) => Value::Double(-number),
        Value::Duration(nanos) => Value::Duration(out_of_range(nanos.checked_neg())?),
        _ => return Err(Error::no_overload()),
    })
}

/// How much a sum has to copy.
pub fn size(value: &Value<'_>) -> usize {
    match value {
        Value::Text(text) => text.len() / 10,
        Value::Bytes(bytes) => bytes.len() / 10,
        Value::List(list) => list.len(),
        _ => 0,
    }
}

pub fn sum<'a>(one: &Value<'a>, two: &Value<'a>) -> Outcome<'a> {
    Ok(match (one, two) {
        (Value::Int(one), Value::Int(two)) => Value::Int(overflow(one.checked_add(*two))?),
        (Value::Uint(one), Value::Uint(two)) => Value::Uint(overflow(one.checked_add(*two))?),
        (Value::Double(one), Value::Double(two)) => Value::Double(one + two),
        (Value::Text(one), Value::Text(two)) => {
            let mut text = String::with_capacity(one.len() + two.len());
            text.push_str(one);
            text.push_str(two);
            Value::text(text)
        }
        (Value::Bytes(one), Value::Bytes(two)) => Value::Bytes(Rc::from([&**one, two].concat())),
        (Value::List(one), Value::List(two)) => joined(one, two)?,
        (Value::Duration(one), Value::Duration(two)) => {
            Value::Duration(out_of_range(one.checked_add(*two))?)
        }
        (Value::Timestamp(time), Value::Duration(nanos))
        | (Value::Duration(nanos), Value::Timestamp(time)) => {
            Value::Timestamp(out_of_range(time.plus(i128::from(*nanos)))?)
        }
        _ => return Err(Error::no_overload()),
    })
}

/// One list behind another. Where items are unique, what is there already is not added,
/// or takes the place of what has its keys.
fn joined<'a>(one: &List<'a>, two: &List<'a>) -> Outcome<'a> {
    let mut items: Vec<Value<'a>> = one.iter().collect::<Result<_, _>>()?;
    let uniqueness = one.uniqueness();
    if uniqueness == Uniqueness::None {
        for item in two.iter() {
            items.push(item?);
        }
        return Ok(Value::list(items));
    }
    for item in two.iter() {
        let item = item?;
        let mut place = None;
        for (index, own) in items.iter().enumerate() {
            if is_one(own, &item, uniqueness)? {
                place = Some(index);
                break;
            }
        }
        match place.and_then(|index| items.get_mut(index)) {
            Some(own) => *own = item,
            None => items.push(item),
        }
    }
    Ok(Value::List(List::Merged(items.into(), uniqueness)))
}

/// Whether two items stand for one.
fn is_one<'a>(own: &Value<'a>, item: &Value<'a>, by: Uniqueness<'a>) -> Result<bool, Error> {
    let (Uniqueness::Keys(keys), Value::Map(own), Value::Map(item)) = (by, own, item) else {
        return own.equals(item);
    };
    for key in keys {
        let key = super::shape::escaped(key);
        let same = match (own.field(&key)?, item.field(&key)?) {
            (Some(own), Some(item)) => own.equals(&item)?,
            (own, item) => own.is_none() && item.is_none(),
        };
        if !same {
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn difference<'a>(one: &Value<'a>, two: &Value<'a>) -> Outcome<'a> {
    Ok(match (one, two) {
        (Value::Int(one), Value::Int(two)) => Value::Int(overflow(one.checked_sub(*two))?),
        (Value::Uint(one), Value::Uint(two)) => Value::Uint(overflow(one.checked_sub(*two))?),
        (Value::Double(one), Value::Double(two)) => Value::Double(one - two),
        (Value::Duration(one), Value::Duration(two)) => {
            Value::Duration(out_of_range(one.checked_sub(*two))?)
        }
        (Value::Timestamp(one), Value::Timestamp(two)) => {
            Value::Duration(out_of_range(one.since(*two))?)
        }
        (Value::Timestamp(time), Value::Duration(nanos)) => {
            Value::Timestamp(out_of_range(time.plus(-i128::from(*nanos)))?)
        }
        _ => return Err(Error::no_overload()),
    })
}

pub fn product<'a>(one: &Value<'a>, two: &Value<'a>) -> Outcome<'a> {
    Ok(match (one, two) {
        (Value::Int(one), Value::Int(two)) => Value::Int(overflow(one.checked_mul(*two))?),
        (Value::Uint(one), Value::Uint(two)) => Value::Uint(overflow(one.checked_mul(*two))?),
        (Value::Double(one), Value::Double(two)) => Value::Double(one * two),
        _ => return Err(Error::no_overload()),
    })
}

pub fn quotient<'a>(one: &Value<'a>, two: &Value<'a>) -> Outcome<'a> {
    Ok(match (one, two) {
        (Value::Int(_), Value::Int(0)) | (Value::Uint(_), Value::Uint(0)) => {
            return Err(Error::failed("division by zero"));
        }
        (Value::Int(one), Value::Int(two)) => Value::Int(overflow(one.checked_div(*two))?),
        (Value::Uint(one), Value::Uint(two)) => Value::Uint(overflow(one.checked_div(*two))?),
        (Value::Double(one), Value::Double(two)) => Value::Double(one / two),
        _ => return Err(Error::no_overload()),
    })
}

pub fn remainder<'a>(one: &Value<'a>, two: &Value<'a>) -> Outcome<'a> {
    Ok(match (one, two) {
        (Value::Int(_), Value::Int(0)) | (Value::Uint(_), Value::Uint(0)) => {
            return Err(Error::failed("modulus by zero"));
        }
        (Value::Int(one), Value::Int(two)) => Value::Int(overflow(one.checked_rem(*two))?),
        (Value::Uint(one), Value::Uint(two)) => Value::Uint(overflow(one.checked_rem(*two))?),
        _ => return Err(Error::no_overload()),
    })
}

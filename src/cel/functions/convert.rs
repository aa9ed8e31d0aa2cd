//! From one type to another, and types themselves.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::super::syntax::Node;
use super::super::time::{self, Timestamp};
use super::super::value::{Error, Outcome, Value};
use super::{Function, format};

/// The types that have simple names.
static TYPES: [&str; 10] =
    ["bool", "int", "uint", "double", "string", "bytes", "list", "map", "null_type", "type"];

/// Those whose names have dots in them, and optional values.
static LONG_TYPES: [&str; 8] = [
    "google.protobuf.Duration",
    "google.protobuf.Timestamp",
    "kubernetes.URL",
    "net.IP",
    "net.CIDR",
    "kubernetes.Quantity",
    "kubernetes.Semver",
    "kubernetes.NamedFormat",
];

pub fn type_of_name(name: &str) -> Option<&'static str> {
    TYPES.into_iter().chain(["optional_type"]).find(|known| *known == name)
}

/// `google.protobuf.Duration`, which reads like fields of a variable.
pub fn type_of_path(of: &Node, field: &str) -> Option<&'static str> {
    let known = LONG_TYPES.into_iter().find(|known| known.rsplit('.').next() == Some(field))?;
    let mut node = of;
    let mut parts = known.rsplit('.').skip(1);
    loop {
        let part = parts.next()?;
        match node {
            Node::Select { of, field, .. } if **field == *part => node = of,
            Node::Name(name) => {
                return (**name == *part && parts.next().is_none()).then_some(known);
            }
            _ => return None,
        }
    }
}

/// Base64 in either of its alphabets.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    let [value] = values else { return Err(Error::no_overload()) };
    match function {
        Function::Int => int(value),
        Function::Uint => uint(value),
        Function::Double => double(value),
        Function::ToString => string(value),
        Function::Bytes => match value {
            Value::Bytes(_) => Ok(value.clone()),
            Value::Text(text) => Ok(Value::Bytes(text.as_bytes().into())),
            _ => Err(Error::no_overload()),
        },
        Function::Bool => match value {
            Value::Bool(_) => Ok(value.clone()),
            Value::Text(text) => match &**text {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(Value::Bool(true)),
                "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(Value::Bool(false)),
                _ => Err(malformed("bool", text)),
            },
            _ => Err(Error::no_overload()),
        },
        Function::Duration => match value {
            Value::Duration(_) => Ok(value.clone()),
            Value::Int(nanos) => Ok(Value::Duration(*nanos)),
            Value::Text(text) => {
                time::duration(text).map(Value::Duration).ok_or_else(|| malformed("duration", text))
            }
            _ => Err(Error::no_overload()),
        },
        Function::Timestamp => timestamp(value),
        Function::TypeOf => Ok(Value::Type(value.type_name())),
        _ => Ok(value.clone()),
    }
}

fn malformed(what: &str, text: &str) -> Error {
    Error::failed(format!("`{text}` is no {what}"))
}

fn out_of_range() -> Error {
    Error::failed("a number is out of range")
}

fn timestamp<'a>(value: &Value<'a>) -> Outcome<'a> {
    match value {
        Value::Timestamp(_) => Ok(value.clone()),
        Value::Int(seconds) => {
            Timestamp::from_seconds(*seconds).map(Value::Timestamp).ok_or_else(out_of_range)
        }
        Value::Text(text) => match time::timestamp(text).filter(|_| text.len() > 10) {
            Some(timestamp) if timestamp.plus(0).is_none() => Err(out_of_range()),
            Some(timestamp) => Ok(Value::Timestamp(timestamp)),
            None => Err(malformed("timestamp", text)),
        },
        _ => Err(Error::no_overload()),
    }
}

fn int<'a>(value: &Value<'a>) -> Outcome<'a> {
    const BOUND: f64 = 9_223_372_036_854_775_808.0;
    Ok(Value::Int(match value {
        Value::Int(number) => *number,
        Value::Uint(number) => i64::try_from(*number).map_err(|_| out_of_range())?,
        Value::Double(number) if *number > -BOUND && *number < BOUND => *number as i64,
        Value::Double(_) => return Err(out_of_range()),
        Value::Text(text) => text.parse().map_err(|_| malformed("int", text))?,
        Value::Timestamp(timestamp) => timestamp.seconds,
        Value::Duration(nanos) => *nanos,
        _ => return Err(Error::no_overload()),
    }))
}

fn uint<'a>(value: &Value<'a>) -> Outcome<'a> {
    const BOUND: f64 = 18_446_744_073_709_551_616.0;
    Ok(Value::Uint(match value {
        Value::Uint(number) => *number,
        Value::Int(number) => u64::try_from(*number).map_err(|_| out_of_range())?,
        Value::Double(number) if *number > -1.0 && *number < BOUND => *number as u64,
        Value::Double(_) => return Err(out_of_range()),
        Value::Text(text) => text.parse().map_err(|_| malformed("uint", text))?,
        _ => return Err(Error::no_overload()),
    }))
}

fn double<'a>(value: &Value<'a>) -> Outcome<'a> {
    Ok(Value::Double(match value {
        Value::Double(number) => *number,
        Value::Int(number) => *number as f64,
        Value::Uint(number) => *number as f64,
        Value::Text(text) => text.parse().map_err(|_| malformed("double", text))?,
        _ => return Err(Error::no_overload()),
    }))
}

fn string<'a>(value: &Value<'a>) -> Outcome<'a> {
    Ok(Value::text(match value {
        Value::Text(_) => return Ok(value.clone()),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Double(number) => format::double(*number),
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => return Err(Error::failed("bytes are no text in UTF-8")),
        },
        Value::Duration(nanos) => time::duration_text(*nanos),
        Value::Timestamp(timestamp) => timestamp.text(),
        Value::Ip(address) => address.to_string(),
        Value::Cidr(cidr) => format!("{}/{}", cidr.address, cidr.bits),
        Value::Quantity(_) => return Err(Error::Unsupported("a quantity as a text".to_owned())),
        _ => return Err(Error::no_overload()),
    }))
}

//! Amounts as they stand in a manifest, and what was meant by those that are far too small.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::object::value::Value;

/// No process starts in less memory, and no file system fits into less storage.
const LEAST_BYTES: i64 = 1 << 20;

/// Whether there are some bytes, and too few for anything.
pub fn is_too_little(at: At<'_>) -> bool {
    at.quantity().is_some_and(|bytes| {
        !bytes.is_zero() && !bytes.is_negative() && bytes.units() < LEAST_BYTES
    })
}

/// An amount in quotes.
pub fn written(at: At<'_>) -> String {
    shown(&text(at))
}

fn text(at: At<'_>) -> String {
    match at.value() {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::Float(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The number as it stands there, with the unit that was meant, or how else to write it.
pub fn suggestion(at: At<'_>, unit: &str, otherwise: &str) -> String {
    let text = text(at);
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match number.bytes().all(|byte| byte.is_ascii_digit()) {
        true => format!("did you mean `{number}{unit}`?"),
        false => otherwise.to_owned(),
    }
}

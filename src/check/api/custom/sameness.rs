//! Which values are the same, whatever order their fields are in.

use std::fmt::Write;

use crate::object::value::Value;

/// A text that two values share if they are the same, and no others do.
pub fn key(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    // Writing to a text cannot fail.
    let _ = match value {
        Value::Null => write!(text, "~"),
        Value::Bool(flag) => write!(text, "{flag}"),
        Value::Int(number) => write!(text, "{number}"),
        Value::Float(number) => write!(text, "{number:?}"),
        Value::String(string) => write!(text, "{string:?}"),
        Value::List(items) => {
            text.push('[');
            for item in items {
                write(item, text);
                text.push(',');
            }
            write!(text, "]")
        }
        Value::Map(map) => {
            let mut entries: Vec<(&str, &Value)> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in entries {
                let _ = write!(text, "{key:?}:");
                write(value, text);
                text.push(',');
            }
            write!(text, "}}")
        }
    };
}

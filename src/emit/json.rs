//! JSON, indented by two, for one object or for a `List` as kubectl prints it.

use super::number::{write_float, write_int};
use crate::object::value::Value;

/// Writes one object and a final newline.
pub fn write_document(value: &Value, out: &mut Vec<u8>) {
    write_value(value, 0, out);
    out.push(b'\n');
}

/// Writes objects as the items of one `List`, which `kubectl apply` takes apart
/// again, and a final newline.
pub fn write_list<'a>(values: impl IntoIterator<Item = &'a Value>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [");
    let mut empty = true;
    for value in values {
        out.extend_from_slice(if empty { b"\n    " } else { b",\n    " });
        write_value(value, 4, out);
        empty = false;
    }
    out.extend_from_slice(if empty { b"]\n}\n" } else { b"\n  ]\n}\n" });
}

/// Writes a value whose first line starts at the cursor and whose other lines
/// start at `column` or right of it.
fn write_value(value: &Value, column: usize, out: &mut Vec<u8>) {
    match value {
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Int(number) => write_int(*number, out),
        Value::Float(number) if number.is_finite() => write_float(*number, out),
        // JSON has no word for an infinite number; `serde_json` and JavaScript
        // write `null` too.
        Value::Null | Value::Float(_) => out.extend_from_slice(b"null"),
        Value::String(text) => write_string(text, out),
        Value::List(items) if items.is_empty() => out.extend_from_slice(b"[]"),
        Value::List(items) => {
            out.push(b'[');
            for (position, item) in items.iter().enumerate() {
                start_line(position, column + 2, out);
                write_value(item, column + 2, out);
            }
            end_lines(column, b']', out);
        }
        Value::Map(map) if map.is_empty() => out.extend_from_slice(b"{}"),
        Value::Map(map) => {
            out.push(b'{');
            for (position, (key, value)) in map.iter().enumerate() {
                start_line(position, column + 2, out);
                write_string(key, out);
                out.extend_from_slice(b": ");
                write_value(value, column + 2, out);
            }
            end_lines(column, b'}', out);
        }
    }
}

fn start_line(position: usize, column: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(if position > 0 { b",\n" } else { b"\n" });
    out.resize(out.len() + column, b' ');
}

fn end_lines(column: usize, bracket: u8, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.resize(out.len() + column, b' ');
    out.push(bracket);
}

fn write_string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.push(b'"');
    let mut written = 0;
    for (position, &byte) in bytes.iter().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.extend_from_slice(&bytes[written..position]);
        written = position + 1;
        write_escape(u32::from(byte), out);
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

/// Writes a character of the basic plane as an escape that JSON and YAML share.
pub(super) fn write_escape(character: u32, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let short = match character {
        0x22 => b'"',
        0x5C => b'\\',
        0x0A => b'n',
        0x0D => b'r',
        0x09 => b't',
        _ => {
            out.extend_from_slice(b"\\u");
            for shift in [12, 8, 4, 0] {
                out.push(DIGITS[(character >> shift) as usize & 0xF]);
            }
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::value::Map;

    fn written(value: &Value) -> String {
        let mut out = Vec::new();
        write_document(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
        Value::Map(Map(entries.map(|(k, v)| (k.into(), v)).into()))
    }

    #[test]
    fn a_service_reads_as_kubectl_prints_it() {
        let service = map([
            ("kind", Value::String("Service".into())),
            ("metadata", map([("labels", map([])), ("finalizers", Value::List(vec![]))])),
            ("spec", map([("ports", Value::List(vec![map([("port", Value::Int(80))])]))])),
        ]);
        assert_eq!(
            written(&service),
            r#"{
  "kind": "Service",
  "metadata": {
    "labels": {},
    "finalizers": []
  },
  "spec": {
    "ports": [
      {
        "port": 80
      }
    ]
  }
}
"#
        );
    }

    #[test]
    fn a_list_of_nothing_is_a_list() {
        let mut out = Vec::new();
        write_list([], &mut out);
        let list: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(list["items"], serde_json::json!([]));
    }

    #[test]
    fn strings_are_escaped_where_json_asks_for_it() {
        let text = Value::String("\"\\/\n\r\t\u{0}\u{1f}\u{7f}é😀".into());
        assert_eq!(written(&text), "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\u{7f}é😀\"\n");
    }

    #[test]
    fn numbers_without_an_end_are_null() {
        assert_eq!(written(&Value::Float(f64::NAN)), "null\n");
        assert_eq!(written(&Value::Float(f64::INFINITY)), "null\n");
    }
}

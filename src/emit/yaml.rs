//! YAML as a person writes a manifest: block style, lists at the column of
//! their key, no anchors, no folding. How a string is quoted is decided in
//! `scalar`.

use super::json::write_escape;
use super::number::{write_float, write_int};
use super::scalar::{self, Style};
use crate::object::value::{Map, Value};

const INDENT: usize = 2;

/// A key longer than this has to be introduced by `?`: readers look for the
/// colon no further than 1024 characters (YAML 1.2, 7.4.2; go-yaml's
/// `yaml_simple_key_is_valid`).
const LONGEST_SIMPLE_KEY: usize = 1024;

/// Writes one document and a final newline, without a `---` line.
pub fn write_document(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Map(map) if !map.is_empty() => write_entries(map, 0, out),
        Value::List(items) if !items.is_empty() => write_items(items, 0, out),
        // Readers disagree about the indentation of a block scalar that has no parent.
        Value::String(text) => {
            write_line(text, scalar::line_style(text), out);
            out.push(b'\n');
        }
        _ => {
            write_scalar(value, INDENT, out);
            out.push(b'\n');
        }
    }
}

/// Writes the entries of a map at `column`, where the cursor already stands.
fn write_entries(map: &Map, column: usize, out: &mut Vec<u8>) {
    for (position, (key, value)) in map.iter().enumerate() {
        if position > 0 {
            indent(column, out);
        }
        write_key(key, column, out);
        match value {
            Value::Map(map) if !map.is_empty() => {
                out.push(b'\n');
                indent(column + INDENT, out);
                write_entries(map, column + INDENT, out);
            }
            Value::List(items) if !items.is_empty() => {
                out.push(b'\n');
                indent(column, out);
                write_items(items, column, out);
            }
            _ => {
                out.push(b' ');
                write_scalar(value, column + INDENT, out);
                out.push(b'\n');
            }
        }
    }
}

/// Writes the items of a list at `column`, where the cursor already stands.
fn write_items(items: &[Value], column: usize, out: &mut Vec<u8>) {
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            indent(column, out);
        }
        out.extend_from_slice(b"- ");
        match item {
            Value::Map(map) if !map.is_empty() => write_entries(map, column + INDENT, out),
            Value::List(items) if !items.is_empty() => write_items(items, column + INDENT, out),
            _ => {
                write_scalar(item, column + INDENT, out);
                out.push(b'\n');
            }
        }
    }
}

/// Writes a key and its colon.
fn write_key(key: &str, column: usize, out: &mut Vec<u8>) {
    let style = scalar::line_style(key);
    let start = out.len();
    write_line(key, style, out);
    if out.len() - start > LONGEST_SIMPLE_KEY {
        out.truncate(start);
        out.extend_from_slice(b"? ");
        write_line(key, style, out);
        out.push(b'\n');
        indent(column, out);
    }
    out.push(b':');
}

/// Writes what needs no line of its own, without a newline behind it. The lines
/// of a block scalar stand at `column`.
fn write_scalar(value: &Value, column: usize, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => match scalar::style(text) {
            Style::Block => write_block(text, column, out),
            style => write_line(text, style, out),
        },
        Value::Int(number) => write_int(*number, out),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Null => out.extend_from_slice(b"null"),
        Value::Float(number) if number.is_finite() => write_float(*number, out),
        Value::Float(number) if number.is_nan() => out.extend_from_slice(b".nan"),
        Value::Float(number) if *number > 0.0 => out.extend_from_slice(b".inf"),
        Value::Float(_) => out.extend_from_slice(b"-.inf"),
        Value::List(_) => out.extend_from_slice(b"[]"),
        Value::Map(_) => out.extend_from_slice(b"{}"),
    }
}

fn write_line(text: &str, style: Style, out: &mut Vec<u8>) {
    match style {
        Style::Plain => out.extend_from_slice(text.as_bytes()),
        Style::Single => {
            out.push(b'\'');
            for (position, part) in text.split('\'').enumerate() {
                if position > 0 {
                    out.extend_from_slice(b"''");
                }
                out.extend_from_slice(part.as_bytes());
            }
            out.push(b'\'');
        }
        Style::Double | Style::Block => write_double_quoted(text, out),
    }
}

fn write_double_quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut written = 0;
    for (position, character) in text.char_indices() {
        if scalar::is_unprintable(character) || matches!(character, '"' | '\\') {
            out.extend_from_slice(&text.as_bytes()[written..position]);
            written = position + character.len_utf8();
            // No unprintable character lies outside the basic plane.
            write_escape(character.into(), out);
        }
    }
    out.extend_from_slice(&text.as_bytes()[written..]);
    out.push(b'"');
}

/// Writes a literal block scalar; the caller ends its last line.
fn write_block(text: &str, column: usize, out: &mut Vec<u8>) {
    out.push(b'|');
    // A reader takes the indentation of the first line that is not empty; if that
    // starts with a blank, say how deep it is.
    if text.trim_start_matches('\n').starts_with(' ') {
        write_int(INDENT as i64, out);
    }
    let (lines, chomping) = match text.strip_suffix('\n') {
        None => (text, &b"-"[..]),
        Some(lines) if lines.ends_with('\n') => (lines, &b"+"[..]),
        Some(lines) => (lines, &b""[..]),
    };
    out.extend_from_slice(chomping);
    for line in lines.split('\n') {
        out.push(b'\n');
        if !line.is_empty() {
            indent(column, out);
            out.extend_from_slice(line.as_bytes());
        }
    }
}

fn indent(column: usize, out: &mut Vec<u8>) {
    out.resize(out.len() + column, b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value) -> String {
        let mut out = Vec::new();
        write_document(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
        Value::Map(Map(entries.map(|(k, v)| (k.into(), v)).into()))
    }

    fn list<const N: usize>(items: [Value; N]) -> Value {
        Value::List(items.into())
    }

    fn text(text: &str) -> Value {
        Value::String(text.into())
    }

    #[test]
    fn a_deployment_reads_as_a_person_writes_it() {
        let container = map([
            ("name", text("miner")),
            ("image", text("redis:7-alpine")),
            ("command", list([text("sh"), text("-c"), text("set -e\nexec redis\n")])),
            ("ports", list([map([("name", text("p2p")), ("containerPort", Value::Int(2001))])])),
            (
                "env",
                list([
                    map([("name", text("NODE_IS_MINER")), ("value", text("yes"))]),
                    map([("name", text("WORKERS")), ("value", text("2"))]),
                ]),
            ),
            ("resources", map([("limits", map([("cpu", text("2")), ("memory", text("2Gi"))]))])),
        ]);
        let deployment = map([
            ("apiVersion", text("apps/v1")),
            ("kind", text("Deployment")),
            (
                "metadata",
                map([
                    ("name", text("miner")),
                    (
                        "annotations",
                        map([("checksum/config", text("12e4")), ("note", text("a: b"))]),
                    ),
                ]),
            ),
            (
                "spec",
                map([
                    ("replicas", Value::Int(3)),
                    ("paused", Value::Bool(false)),
                    (
                        "template",
                        map([(
                            "spec",
                            map([
                                ("securityContext", map([])),
                                ("containers", list([container])),
                                ("volumes", list([])),
                                ("nodeName", Value::Null),
                            ]),
                        )]),
                    ),
                ]),
            ),
        ]);
        assert_eq!(
            written(&deployment),
            r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: miner
  annotations:
    checksum/config: "12e4"
    note: "a: b"
spec:
  replicas: 3
  paused: false
  template:
    spec:
      securityContext: {}
      containers:
      - name: miner
        image: redis:7-alpine
        command:
        - sh
        - -c
        - |
          set -e
          exec redis
        ports:
        - name: p2p
          containerPort: 2001
        env:
        - name: NODE_IS_MINER
          value: "yes"
        - name: WORKERS
          value: "2"
        resources:
          limits:
            cpu: "2"
            memory: 2Gi
      volumes: []
      nodeName: null
"#
        );
    }

    #[test]
    fn blocks_keep_every_line_break_and_no_other() {
        let value = map([
            ("keep", text("a\n\n b\n\n")),
            ("strip", text("a\nb")),
            ("clip", text("a\n")),
            ("deep", text("\n  a\nb\n")),
        ]);
        assert_eq!(
            written(&value),
            "keep: |+\n  a\n\n   b\n\nstrip: |-\n  a\n  b\nclip: |\n  a\n\
             deep: |2\n\n    a\n  b\n"
        );
    }

    #[test]
    fn quotes() {
        assert_eq!(written(&text("{\"it's\": 1}")), "'{\"it''s\": 1}'\n");
        assert_eq!(
            written(&text("\"\\\t\r\n\0\u{7}\u{85}\u{2028}\u{feff}é")),
            "\"\\\"\\\\\\t\\r\\n\\u0000\\u0007\\u0085\\u2028\\ufeffé\"\n"
        );
        assert_eq!(written(&map([("on", text("on"))])), "\"on\": \"on\"\n");
    }

    #[test]
    fn lists_in_lists_share_a_line() {
        let value =
            list([list([text("a"), map([("b", list([Value::Int(1)]))])]), list([]), map([])]);
        assert_eq!(written(&value), "- - a\n  - b:\n    - 1\n- []\n- {}\n");
    }

    #[test]
    fn a_very_long_key_is_introduced_by_a_question_mark() {
        for (length, start) in [(1024, "- kkkk"), (1025, "- ? kkkk")] {
            let key = "k".repeat(length);
            let value = list([Value::Map(Map(vec![(key.into(), text("v"))]))]);
            let written = written(&value);
            assert!(written.starts_with(start));
            assert_eq!(written.contains("\n  : v\n"), length == 1025);
        }
    }
}

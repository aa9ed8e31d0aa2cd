//! The laws of the emitters: what is written reads back as the same value, no
//! line ends with a blank. YAML is read by two readers that share no code.

use std::collections::HashSet;
use std::io::Write as _;

use proptest::prelude::*;

use super::readers::{from_events, from_serde_json, from_serde_yaml};
use super::{json, yaml};
use crate::object::value::{Map, Value};

fn yaml_of(value: &Value) -> String {
    let mut out = Vec::new();
    yaml::write_document(value, &mut out);
    String::from_utf8(out).unwrap()
}

fn json_of(value: &Value) -> String {
    let mut out = Vec::new();
    json::write_document(value, &mut out);
    String::from_utf8(out).unwrap()
}

fn assert_reads_back(value: &Value) {
    let yaml = yaml_of(value);
    assert_eq!(yaml, yaml_of(value));
    assert!(yaml.ends_with('\n') && !yaml.starts_with("---"));
    for text in [&yaml, &json_of(value)] {
        for line in text.split('\n') {
            assert!(!line.ends_with(char::is_whitespace), "{line:?} in {text}");
        }
    }
    let read = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{error}: {yaml:?}"));
    assert_eq!(&from_serde_yaml(read), value, "{yaml:?}");
    assert_eq!(&from_events(&yaml), value, "{yaml:?}");
    let read: serde_json::Value = serde_json::from_str(&json_of(value)).unwrap();
    assert_eq!(sorted(from_serde_json(read)), sorted(value.clone()));
}

/// `serde_json` does not keep the order of keys.
fn sorted(value: Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.into_iter().map(sorted).collect()),
        Value::Map(Map(entries)) => {
            let mut entries: Vec<_> =
                entries.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Map(Map(entries))
        }
        scalar => scalar,
    }
}

/// Strings of pieces that mean something to some reader.
fn hazard() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    const PIECES: [&str; 64] = [
        "a", "B", "e", "E", "x", "o", "b", "0", "1", "7", "9", "12", "2001-01-01", ".", "..", "_",
        "+", "-", ":", ",", "yes", "No", "ON", "off", "true", "Null", "~", "=", "<<", "inf",
        "NaN", " ", "  ", "\n", "\n\n", "\n ", "\t", "\r", "#", " #", ": ", "- ", "? ", "---",
        "'", "\"", "\\", "|", ">", "{", "}", "[", "]", "&", "*", "!", "%", "@", "`", "\0",
        "\u{85}", "\u{2028}", "\u{feff}", "é",
    ];
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..7)
        .prop_map(|pieces| pieces.concat())
}

fn lines() -> impl Strategy<Value = String> {
    const LINES: [&str; 14] =
        ["a", "", "", " b", "  c", "\td", "# e", "- f", "g: h", "---", "...", "i\tj", "key:", "😀"];
    prop::collection::vec(prop::sample::select(&LINES[..]), 0..7).prop_map(|lines| lines.join("\n"))
}

fn string() -> impl Strategy<Value = String> {
    prop_oneof![hazard(), lines(), any::<String>()]
}

/// `serde_json` reads a float of more than 17 digits or 22 powers one bit off.
fn short_float() -> impl Strategy<Value = f64> {
    (any::<i32>(), -20..12).prop_map(|(digits, power)| format!("{digits}e{power}").parse().unwrap())
}

fn value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::Int),
        1 => short_float().prop_map(Value::Float),
        6 => string().prop_map(Value::String),
    ];
    scalar.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::List),
            prop::collection::vec((string(), inner), 0..5).prop_map(|mut entries| {
                let mut seen = HashSet::new();
                entries.retain(|(key, _)| seen.insert(key.clone()));
                Value::Map(Map(entries.into_iter().map(|(k, v)| (k.into(), v)).collect()))
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_value_reads_back(value in value()) {
        assert_reads_back(&value);
    }

    #[test]
    fn every_finite_float_reads_back(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
        let value = Value::Float(number);
        assert_eq!(from_serde_yaml(serde_yaml::from_str(&yaml_of(&value)).unwrap()), value);
        assert_eq!(json_of(&value).trim_end().parse::<f64>().unwrap(), number);
    }

    #[test]
    fn a_string_reads_back_wherever_it_stands(text in string()) {
        assert_reads_back(&everywhere(&text));
    }
}

/// As a value, as an item, as a key; first, last and in between.
fn everywhere(text: &str) -> Value {
    let string = || Value::String(text.to_owned());
    let keyed = |value| Value::Map(Map(vec![(text.to_owned().into(), value)]));
    Value::Map(Map(vec![
        ("value".into(), string()),
        ("items".into(), Value::List(vec![string(), string(), keyed(string())])),
        ("nested".into(), Value::List(vec![Value::List(vec![string()])])),
        ("key".into(), keyed(keyed(Value::List(vec![string()])))),
        ("last".into(), string()),
    ]))
}

#[test]
fn every_hazard_reads_back_wherever_it_stands() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/yaml-hazards.json");
    let Ok(file) = std::fs::read(path) else {
        // Not `eprintln!`, which a test that passes does not show.
        let line = format!("skipped: {path} not found\n");
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        return;
    };
    let hazards: Vec<String> = serde_json::from_slice(&file).unwrap();
    for text in hazards {
        assert_reads_back(&Value::String(text.clone()));
        assert_reads_back(&everywhere(&text));
    }
}

#[test]
fn a_key_of_any_length_reads_back() {
    for length in [1000, 1022, 1023, 1024, 1025, 5000] {
        assert_reads_back(&everywhere(&"k".repeat(length)));
        assert_reads_back(&everywhere(&": ".repeat(length / 2)));
    }
}

#[test]
fn a_deep_value_is_written() {
    let deep = (0..200).fold(Value::Int(1), |value, depth| match depth % 2 {
        0 => Value::List(vec![value]),
        _ => Value::Map(Map(vec![("k".into(), value)])),
    });
    // `serde_yaml` stops at 128 levels.
    assert_eq!(from_events(&yaml_of(&deep)), deep);
}

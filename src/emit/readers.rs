//! Readers that the tests of the emitters trust: `serde_yaml`, the events of
//! `saphyr-parser`, and `serde_json`.

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::object::value::{Map, Value};

pub(super) fn from_serde_yaml(value: serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(bool) => Value::Bool(bool),
        serde_yaml::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap()),
        },
        serde_yaml::Value::String(text) => Value::String(text),
        serde_yaml::Value::Sequence(items) => {
            Value::List(items.into_iter().map(from_serde_yaml).collect())
        }
        serde_yaml::Value::Mapping(entries) => Value::Map(Map(entries
            .into_iter()
            .map(|(key, value)| (key.as_str().unwrap().to_owned().into(), from_serde_yaml(value)))
            .collect())),
        serde_yaml::Value::Tagged(tagged) => panic!("a tag: {tagged:?}"),
    }
}

pub(super) fn from_serde_json(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(bool) => Value::Bool(bool),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap()),
        },
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(items) => {
            Value::List(items.into_iter().map(from_serde_json).collect())
        }
        serde_json::Value::Object(entries) => Value::Map(Map(entries
            .into_iter()
            .map(|(key, value)| (key.into(), from_serde_json(value)))
            .collect())),
    }
}

/// The second reader: builds a value from parser events, and refuses a
/// string that stands unquoted where any reader resolves it.
pub(super) fn from_events(yaml: &str) -> Value {
    let mut events = Parser::new_from_str(yaml)
        .map(|event| event.unwrap_or_else(|error| panic!("{error}: {yaml:?}")).0)
        .filter(|event| !matches!(event, Event::StreamStart | Event::DocumentStart(_)));
    let first = events.next().unwrap();
    node(first, &mut events)
}

fn node<'a>(event: Event<'a>, events: &mut dyn Iterator<Item = Event<'a>>) -> Value {
    match event {
        Event::Scalar(text, ScalarStyle::Plain, ..) => plain(&text),
        Event::Scalar(text, ..) => Value::String(text.into_owned()),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            loop {
                match events.next().unwrap() {
                    Event::SequenceEnd => return Value::List(items),
                    event => items.push(node(event, events)),
                }
            }
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            loop {
                let key = match events.next().unwrap() {
                    Event::MappingEnd => return Value::Map(Map(entries)),
                    event => node(event, events),
                };
                let Value::String(key) = key else { panic!("no string: {key:?}") };
                let value = events.next().unwrap();
                entries.push((key.into(), node(value, events)));
            }
        }
        event => panic!("{event:?}"),
    }
}

fn plain(text: &str) -> Value {
    match text {
        "null" => return Value::Null,
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    if let Ok(number) = text.parse::<i64>()
        && number.to_string() == text
    {
        return Value::Int(number);
    }
    if text.contains('.')
        && let Ok(number) = text.parse()
    {
        return Value::Float(number);
    }
    assert!(!is_resolved_somewhere(text), "{text} stands unquoted");
    Value::String(text.to_owned())
}

/// The union of go-yaml's, PyYAML's, Psych's and YAML 1.2's rules, by other
/// means than the writer's.
fn is_resolved_somewhere(text: &str) -> bool {
    const WORDS: [&str; 15] = [
        "", "~", "=", "<<", "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan",
        "inf",
    ];
    let word = text.to_lowercase();
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(&word);
    let digits = unsigned.replace(['_', ','], "");
    let radix = |prefix, radix| {
        let digits = digits.strip_prefix(prefix);
        digits.is_some_and(|digits| i64::from_str_radix(digits, radix).is_ok())
    };
    let is_positional = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            && part.parse::<f64>().is_ok()
    };
    WORDS.contains(&&*word)
        || ["inf", "nan", "infinity"].contains(&unsigned.strip_prefix('.').unwrap_or(unsigned))
        || is_positional(&digits)
        || digits.contains(':') && digits.split(':').all(is_positional)
        || radix("0x", 16)
        || radix("0o", 8)
        || radix("0b", 2)
        || is_date(text.split(['T', 't', ' ']).next().unwrap())
}

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    parts.len() == 3
        && parts[0].len() == 4
        && parts[1..].iter().all(|part| matches!(part.len(), 1 | 2))
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

//! Lists whose items must differ: sets, and maps by some of their fields. An API
//! server's `ValidateListSetsAndMaps`.

use std::collections::HashMap;

use crate::check::api::formats::shown;
use crate::object::value::{Key, Map, Value};

use super::place::Place;
use super::sameness;
use super::schema::{Others, Schema, Unique};

/// Tells of each item that is there before.
pub fn validate(
    value: &Value,
    schema: &Schema,
    place: &Place<'_>,
    tell: &mut impl FnMut(&Place<'_>, String),
) {
    match value {
        Value::Map(map) => {
            for (key, value) in map.iter() {
                if let Some(field) = schema.field(key) {
                    validate(value, field, &place.field(key), tell);
                } else if let Others::Of(below) = &schema.others {
                    validate(value, below, &place.key(key), tell);
                }
            }
        }
        Value::List(items) => {
            match &schema.unique {
                Unique::No => {}
                Unique::Whole => set(items, place, tell),
                Unique::Keys(keys) => map(items, keys, place, tell),
            }
            if let Some(below) = &schema.items {
                for (index, item) in items.iter().enumerate() {
                    validate(item, below, &place.index(index), tell);
                }
            }
        }
        _ => {}
    }
}

fn set(items: &[Value], place: &Place<'_>, tell: &mut impl FnMut(&Place<'_>, String)) {
    if items.len() < 2 {
        return;
    }
    for index in repeated(items.iter().map(sameness::key)) {
        let what = match items.get(index) {
            Some(Value::String(text)) => shown(text),
            _ => "it".to_owned(),
        };
        tell(&place.index(index), format!("{what} is there twice"));
    }
}

fn map(
    items: &[Value],
    keys: &[Box<str>],
    place: &Place<'_>,
    tell: &mut impl FnMut(&Place<'_>, String),
) {
    let other = items.iter().position(|item| !matches!(item, Value::Map(_) | Value::Null));
    if let Some(index) = other {
        tell(&place.index(index), "must be a map: the list is one by the keys of its items".into());
        return;
    }
    if items.len() < 2 {
        return;
    }
    let own = |item: &Value| {
        let field = |key: &str| Some((Key::Owned(key.to_owned()), item.get(key)?.clone()));
        Value::Map(Map(keys.iter().filter_map(|key| field(key)).collect()))
    };
    for index in repeated(items.iter().map(|item| sameness::key(&own(item)))) {
        let names: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
        let message = format!("another item before it has the same {}", names.join(" and "));
        tell(&place.index(index), message);
    }
}

/// The index at which each text that is repeated stands for the second time.
fn repeated(texts: impl Iterator<Item = String>) -> Vec<usize> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut second = Vec::new();
    for (index, text) in texts.enumerate() {
        let times = seen.entry(text).or_default();
        *times += 1;
        if *times == 2 {
            second.push(index);
        }
    }
    second
}

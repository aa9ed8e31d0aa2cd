//! What environments share of one object: the base that makes the least
//! difference to all of them.

use crate::object::value::{Map, Value};

/// What tells the items of a list apart: a name of their own, or of the object
/// that they are.
pub fn name_of(item: &Value) -> Option<&Value> {
    const NAMES: [&str; 6] = ["name", "mountPath", "containerPort", "port", "alert", "record"];
    let own = NAMES.iter().find_map(|name| item.get(name));
    own.or_else(|| item.get("metadata")?.get("name"))
}

/// What most of the values say, field by field. Of several answers that are as
/// common it is the first one's.
pub fn consensus(values: &[&Value]) -> Value {
    let Some((first, others)) = values.split_first() else { return Value::Null };
    if others.iter().all(|other| other == first) {
        return (*first).clone();
    }
    let maps: Option<Vec<&Map>> = values.iter().map(|value| value.as_map()).collect();
    if let Some(maps) = maps {
        return Value::Map(common_fields(&maps));
    }
    let lists: Option<Vec<&[Value]>> = values.iter().map(|value| items(value)).collect();
    if let Some(lists) = lists
        && same_names(&lists)
    {
        let item = |at: usize| consensus(&lists.iter().map(|list| &list[at]).collect::<Vec<_>>());
        return Value::List((0..lists[0].len()).map(item).collect());
    }
    most_common(values).clone()
}

fn items(value: &Value) -> Option<&[Value]> {
    match value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

/// The fields that more than half have.
fn common_fields(maps: &[&Map]) -> Map {
    let mut keys: Vec<&str> = Vec::new();
    for map in maps {
        let mut before = None;
        for (key, _) in map.iter() {
            let at = keys.iter().position(|known| *known == key).unwrap_or_else(|| {
                let at = before.map_or(0, |before| before + 1);
                keys.insert(at, key);
                at
            });
            before = Some(at);
        }
    }
    let mut common = Map::default();
    for key in keys {
        let found: Vec<&Value> = maps.iter().filter_map(|map| map.get(key)).collect();
        if 2 * found.len() <= maps.len() {
            continue;
        }
        let value = consensus(&found);
        // A map of which nothing is shared is not shared itself.
        let emptied = value.as_map().is_some_and(Map::is_empty)
            && !found.iter().any(|value| value.as_map().is_some_and(Map::is_empty));
        if !emptied {
            common.0.push((key.to_owned().into(), value));
        }
    }
    common
}

/// Whether lists have the same items by name, each once, in the same order.
fn same_names(lists: &[&[Value]]) -> bool {
    let names = |list: &'_ [Value]| -> Option<Vec<Value>> {
        list.iter().map(|item| name_of(item).cloned()).collect()
    };
    let Some(first) = names(lists[0]).filter(|names| !names.is_empty()) else { return false };
    let unique = first.iter().enumerate().all(|(at, name)| !first[..at].contains(name));
    unique && lists[1..].iter().all(|list| names(list).as_ref() == Some(&first))
}

fn most_common<'v>(values: &[&'v Value]) -> &'v Value {
    let count = |value: &Value| values.iter().filter(|other| **other == value).count();
    let mut best = (values[0], count(values[0]));
    for value in &values[1..] {
        let count = count(value);
        if count > best.1 {
            best = (value, count);
        }
    }
    best.0
}

/// Whether two values are the same, whatever the order of keys.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Map(one), Value::Map(other)) => {
            one.0.len() == other.0.len()
                && one.iter().zip(other.iter()).all(|((key, value), (beside, fellow))| {
                    // Most often they stand side by side.
                    let fellow = if key == beside { Some(fellow) } else { other.get(key) };
                    fellow.is_some_and(|fellow| same(value, fellow))
                })
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        _ => one == other,
    }
}

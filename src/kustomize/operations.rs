//! What turns one tree of values into another, as JSON patch operations
//! (RFC 6902).

use crate::object::value::{Map, Value};

use super::shared::name_of;

/// One operation. Where it works is a JSON pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    Add { path: String, value: Value },
    Replace { path: String, value: Value },
    Remove { path: String },
}

/// Lists with more pairs of items than this are not compared item by item.
const MOST_PAIRS: usize = 1 << 20;

/// What makes `to` of `from`.
pub fn between(from: &Value, to: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    values(from, to, &mut String::new(), &mut operations);
    operations
}

fn values(from: &Value, to: &Value, path: &mut String, operations: &mut Vec<Operation>) {
    if from == to {
        return;
    }
    let begun = operations.len();
    match (from, to) {
        (Value::Map(from), Value::Map(to)) => maps(from, to, path, operations),
        (Value::List(from), Value::List(to)) if from.len() * to.len() <= MOST_PAIRS => {
            lists(from, to, path, operations);
        }
        _ => return operations.push(Operation::Replace { path: path.clone(), value: to.clone() }),
    }
    // Where hardly anything is kept, the new value alone is shorter by far. The
    // object itself is never replaced: a patch of the whole says nothing.
    let cost: usize = operations[begun..].iter().map(cost).sum();
    if !path.is_empty() && cost > 4 + 2 * weight(to) {
        operations.truncate(begun);
        operations.push(Operation::Replace { path: path.clone(), value: to.clone() });
    }
}

/// About how many lines an operation takes.
fn cost(operation: &Operation) -> usize {
    match operation {
        Operation::Add { value, .. } | Operation::Replace { value, .. } => 2 + weight(value),
        Operation::Remove { .. } => 2,
    }
}

fn weight(value: &Value) -> usize {
    match value {
        Value::Map(map) => map.iter().map(|(_, value)| weight(value)).sum::<usize>().max(1),
        Value::List(items) => items.iter().map(weight).sum::<usize>().max(1),
        Value::String(text) => 1 + text.matches('\n').count(),
        _ => 1,
    }
}

fn maps(from: &Map, to: &Map, path: &mut String, operations: &mut Vec<Operation>) {
    for (key, value) in from.iter() {
        within(path, key, |path| match to.get(key) {
            Some(wanted) => values(value, wanted, path, operations),
            None => operations.push(Operation::Remove { path: path.clone() }),
        });
    }
    for (key, value) in to.iter().filter(|(key, _)| from.get(key).is_none()) {
        within(path, key, |path| {
            operations.push(Operation::Add { path: path.clone(), value: value.clone() });
        });
    }
}

/// From the end to the start, so that what stands before keeps its index.
fn lists(from: &[Value], to: &[Value], path: &mut String, operations: &mut Vec<Operation>) {
    let kept = common(from, to);
    let (mut before_from, mut before_to) = (from.len(), to.len());
    let start = std::iter::once(None);
    for pair in kept.into_iter().map(Some).rev().chain(start) {
        let (next_from, next_to) = pair.map_or((0, 0), |(from, to)| (from + 1, to + 1));
        for index in (next_from..before_from).rev() {
            operations.push(Operation::Remove { path: format!("{path}/{index}") });
        }
        for value in to[next_to..before_to].iter().rev() {
            let path = format!("{path}/{next_from}");
            operations.push(Operation::Add { path, value: value.clone() });
        }
        if let Some((one, other)) = pair {
            within(path, &one.to_string(), |path| values(&from[one], &to[other], path, operations));
            (before_from, before_to) = (one, other);
        }
    }
}

/// The longest run of items that both lists have, in both orders: by name where
/// they have names, otherwise whole.
fn common(from: &[Value], to: &[Value]) -> Vec<(usize, usize)> {
    let named = from.iter().chain(to).all(|item| name_of(item).is_some());
    let same = |one: &Value, other: &Value| match named {
        true => name_of(one) == name_of(other),
        false => one == other,
    };
    // lengths[i][j]: the longest run of from[i..] and to[j..].
    let width = to.len() + 1;
    let mut lengths = vec![0u32; (from.len() + 1) * width];
    for (i, one) in from.iter().enumerate().rev() {
        for (j, other) in to.iter().enumerate().rev() {
            lengths[i * width + j] = match same(one, other) {
                true => lengths[(i + 1) * width + j + 1] + 1,
                false => lengths[(i + 1) * width + j].max(lengths[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < from.len() && j < to.len() {
        if same(&from[i], &to[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Goes one step down for a moment.
fn within(path: &mut String, step: &str, then: impl FnOnce(&mut String)) {
    let length = path.len();
    path.push('/');
    path.push_str(&step.replace('~', "~0").replace('/', "~1"));
    then(path);
    path.truncate(length);
}

impl Operation {
    /// As it stands in a patch.
    pub fn to_value(&self) -> Value {
        let text = |text: &str| Value::String(text.to_owned());
        let (op, path, value) = match self {
            Operation::Add { path, value } => ("add", path, Some(value)),
            Operation::Replace { path, value } => ("replace", path, Some(value)),
            Operation::Remove { path } => ("remove", path, None),
        };
        let mut map = Map::default();
        map.insert("op", text(op));
        map.insert("path", text(path));
        if let Some(value) = value {
            map.insert("value", value.clone());
        }
        Value::Map(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Number(number) => Value::Int(number.as_i64().unwrap()),
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Bool(flag) => Value::Bool(flag),
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Array(items) => Value::List(items.into_iter().map(value).collect()),
            serde_json::Value::Object(map) => {
                Value::Map(Map(map.into_iter().map(|(k, v)| (k.into(), value(v))).collect()))
            }
        }
    }

    /// As `op path`, in their order.
    fn said(from: serde_json::Value, to: serde_json::Value) -> Vec<String> {
        let operations = between(&value(from), &value(to));
        let said = operations.iter().map(|operation| match operation {
            Operation::Add { path, .. } => format!("add {path}"),
            Operation::Replace { path, .. } => format!("replace {path}"),
            Operation::Remove { path } => format!("remove {path}"),
        });
        said.collect()
    }

    #[test]
    fn items_come_and_go_from_the_end() {
        let env = |names: &[&str]| {
            let items = names.iter().map(|name| serde_json::json!({"name": name, "value": "a"}));
            serde_json::json!({"keep": [1, 2, 3, 4, 5, 6, 7, 8, 9], "env": items.collect::<Vec<_>>()})
        };
        assert_eq!(
            said(env(&["a", "b", "c", "d"]), env(&["new", "a", "c", "e", "d"])),
            ["add /env/3", "remove /env/1", "add /env/0"]
        );
        assert_eq!(said(env(&["a", "b"]), env(&["b", "a"])), ["add /env/2", "remove /env/0"]);
    }

    #[test]
    fn keys_are_escaped() {
        let map = |value: i64| serde_json::json!({"metadata": {"a/b~c": value, "d": 1, "e": 1}});
        assert_eq!(said(map(1), map(2)), ["replace /metadata/a~1b~0c"]);
    }

    #[test]
    fn where_little_is_kept_all_is_new() {
        let from = serde_json::json!({"spec": {"a": 1, "b": 1, "c": 1}});
        let to = serde_json::json!({"spec": {"d": 1}});
        assert_eq!(said(from, to), ["replace /spec"]);
    }
}

//! What `kubectl scale` reads of a custom resource: a server's `ValidateScaleSpec` and
//! `ValidateScaleStatus`.

use crate::object::value::Value;

use super::place::Place;

/// Where the parts stand, as the definition says: `.spec.replicas`.
#[derive(Debug)]
pub struct Scale {
    replicas: Vec<Vec<String>>,
    selector: Option<Vec<String>>,
}

const MOST_STEPS: usize = 50;

impl Scale {
    pub fn read(subresource: &Value) -> Scale {
        let steps = |name| {
            let path = subresource.get(name)?.as_str()?.strip_prefix('.')?;
            let steps: Vec<String> = path.split('.').map(str::to_owned).collect();
            (steps.len() <= MOST_STEPS).then_some(steps)
        };
        Scale {
            replicas: ["specReplicasPath", "statusReplicasPath"]
                .into_iter()
                .filter_map(steps)
                .collect(),
            selector: steps("labelSelectorPath"),
        }
    }

    pub fn validate(&self, content: &Value, say: &mut dyn FnMut(&Place<'_>, String)) {
        for path in &self.replicas {
            walk(content, path, &Place::OBJECT, say, &wrong_number);
        }
        if let Some(path) = &self.selector {
            walk(content, path, &Place::OBJECT, say, &wrong_text);
        }
    }
}

/// Goes to the end of a path. What is not there is not looked at; what stands in the way is
/// found at the end, as a server has it.
fn walk(
    value: &Value,
    path: &[String],
    place: &Place<'_>,
    say: &mut dyn FnMut(&Place<'_>, String),
    wrong: &dyn Fn(&Value) -> Option<String>,
) {
    let Some((first, rest)) = path.split_first() else {
        if let Some(message) = wrong(value) {
            say(place, message);
        }
        return;
    };
    match value {
        Value::Map(map) => {
            if let Some(value) = map.get(first) {
                walk(value, rest, &place.field(first), say, wrong);
            }
        }
        Value::Null => {}
        _ => say_behind(path, place, say),
    }
}

fn say_behind(path: &[String], place: &Place<'_>, say: &mut dyn FnMut(&Place<'_>, String)) {
    match path.split_first() {
        Some((first, rest)) => say_behind(rest, &place.field(first), say),
        None => say(place, "cannot be read, since what it should stand in is no map".to_owned()),
    }
}

fn wrong_number(value: &Value) -> Option<String> {
    match value {
        Value::Int(number) if *number < 0 => Some(format!("must not be negative, and is {number}")),
        Value::Int(number) if *number > i64::from(i32::MAX) => {
            Some(format!("{number} does not fit into 32 bits"))
        }
        Value::Int(_) => None,
        // As JSON, what ends in `.0` is written without it.
        Value::Float(number) if number.fract() == 0.0 => None,
        _ => Some("`kubectl scale` needs a whole number".to_owned()),
    }
}

fn wrong_text(value: &Value) -> Option<String> {
    let wrong = !matches!(value, Value::String(_));
    wrong.then(|| "`kubectl scale` needs a selector as text".to_owned())
}

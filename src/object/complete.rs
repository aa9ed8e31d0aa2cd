//! Whether content is a whole object of its type: no field too many, none of
//! the wrong type, and none missing.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::from_value::{Fault, Step, from_value};
use super::to_value::to_value;
use super::value::Value;

/// The type of content, and the content again with its fields in order.
pub fn complete<T: DeserializeOwned + Serialize>(
    written: &Value,
) -> Result<(T, Value), Vec<Fault>> {
    let typed: T = from_value(written)?;
    let ordered = to_value(&typed)
        .map_err(|error| vec![Fault { path: vec![], message: error.to_string(), hint: None }])?;
    let faults = missing(written, &ordered);
    if faults.is_empty() { Ok((typed, ordered)) } else { Err(faults) }
}

fn missing(written: &Value, typed: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    missing_fields(written, typed, &mut Vec::new(), &mut faults);
    faults
}

/// Types fill in the fields that they need: what is in `typed` and not in
/// `written` is missing.
fn missing_fields(written: &Value, typed: &Value, path: &mut Vec<Step>, faults: &mut Vec<Fault>) {
    match (written, typed) {
        (Value::Map(written), Value::Map(typed)) => {
            for (key, value) in typed.iter() {
                match written.get(key) {
                    Some(below) => {
                        path.push(Step::Key(key.to_owned()));
                        missing_fields(below, value, path, faults);
                        path.pop();
                    }
                    // A claim inside a StatefulSet is an object whose kind is known.
                    None if !path.is_empty() && matches!(key, "apiVersion" | "kind") => {}
                    None => faults.push(Fault {
                        path: path.clone(),
                        message: format!("`{key}` is missing"),
                        hint: None,
                    }),
                }
            }
        }
        (Value::List(written), Value::List(typed)) => {
            for (index, (below, value)) in written.iter().zip(typed).enumerate() {
                path.push(Step::Index(index));
                missing_fields(below, value, path, faults);
                path.pop();
            }
        }
        _ => {}
    }
}

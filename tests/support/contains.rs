//! Whether one YAML value is a part of another.

use serde_yaml::Value;

/// Maps may have more keys than asked for; all else is the same. The error
/// says where they differ.
pub fn contains(whole: &Value, part: &Value) -> Result<(), String> {
    at("", whole, part)
}

fn at(path: &str, whole: &Value, part: &Value) -> Result<(), String> {
    match (whole, part) {
        (Value::Mapping(whole), Value::Mapping(part)) if !part.is_empty() => {
            for (key, value) in part {
                let path = format!("{path}.{}", key.as_str().unwrap_or("?"));
                match whole.get(key) {
                    Some(own) => at(&path, own, value)?,
                    // `key: null` asks for its absence.
                    None if value.is_null() => {}
                    None => return Err(format!("there is no {path}")),
                }
            }
            Ok(())
        }
        (Value::Sequence(whole), Value::Sequence(part)) if whole.len() == part.len() => {
            let mut pairs = whole.iter().zip(part).enumerate();
            pairs
                .try_for_each(|(index, (whole, part))| at(&format!("{path}[{index}]"), whole, part))
        }
        (whole, part) if whole == part => Ok(()),
        (whole, part) => Err(format!("{path} is\n{}and not\n{}", shown(whole), shown(part))),
    }
}

fn shown(value: &Value) -> String {
    let text = serde_yaml::to_string(value).unwrap();
    text.lines().map(|line| format!("    {line}\n")).collect()
}

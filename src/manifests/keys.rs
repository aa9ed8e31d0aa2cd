//! Keys without quotes that YAML 1.1 takes for a boolean or a number: kubectl, which turns
//! all of them into text, writes them its own way.

use crate::tree::{Content, Node, ScalarKind, Table, plain};

use super::number_of_yaml_1_1;

/// Gives the keys of a document the names that a server gets: `on: x` is `true: x`.
pub fn name_as_kubectl_does(node: &mut Node) {
    match &mut node.content {
        Content::Map(table) => {
            if table.iter().any(|(key, entry)| name(key, entry.key.length).is_some()) {
                rename(table);
            }
            table.values_mut().for_each(|entry| name_as_kubectl_does(&mut entry.value));
        }
        Content::List(items) => items.iter_mut().for_each(name_as_kubectl_does),
        Content::Scalar(_) | Content::Null => {}
    }
}

fn rename(table: &mut Table) {
    let mut renamed = Table::default();
    for (key, entry) in std::mem::take(table) {
        let key = name(&key, entry.key.length).unwrap_or(key);
        renamed.entry(key).or_insert(entry);
    }
    *table = renamed;
}

/// The other name of a key that is so long in its text: quotes make it longer.
fn name(key: &str, length: u16) -> Option<String> {
    // Nearly all keys are longer words.
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    let may_be = match key.as_bytes() {
        [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => true,
        short => short.len() <= 5 && WORDS.iter().any(|word| key.eq_ignore_ascii_case(word)),
    };
    if !may_be || usize::from(length) != key.len() {
        return None;
    }
    let name = match plain::plain_kind(key)? {
        ScalarKind::Bool(truth) => truth.to_string(),
        ScalarKind::Plain if plain::read_otherwise(key, ScalarKind::Plain).is_none() => {
            return None;
        }
        ScalarKind::Plain => match key.to_ascii_lowercase().as_str() {
            "y" | "yes" | "on" => "true".to_owned(),
            "n" | "no" | "off" => "false".to_owned(),
            _ => number_of_yaml_1_1(key)?.to_string(),
        },
        ScalarKind::Integer => match number_of_yaml_1_1(key) {
            Some(number) => number.to_string(),
            None => plain::integer(key)?.to_string(),
        },
        // Go writes what is very large or small with an exponent.
        #[allow(clippy::cast_possible_truncation)]
        ScalarKind::Float => {
            let number = key.parse::<f64>().ok()? as f32;
            (1e-4..1e20).contains(&number.abs()).then(|| number.to_string())?
        }
        ScalarKind::String => return None,
    };
    (name != key).then_some(name)
}

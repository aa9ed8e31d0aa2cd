//! Nothing is ignored: without any one written key, or with another value, the
//! output is another, or there is an error.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use crate::fragments::{
    BASE, Fragment, IGNORED, KINDS, ODD_SYSTEM, ODD_WORKLOAD, SYSTEM, WORKLOAD, workload,
};
use crate::rendering::config;
use crate::rendering::rendered;
use crate::support::Scratch;
use crate::systems::{alone, project, system, text, tree};

/// Keys that by their nature leave no trace: what is done, to which keys (`*`
/// stands for any one), and why.
const EXCEPTIONS: &[(Change, &str, &str)] = &[
    (Change::Rename, "patches *", "a name of the user's choice, for overlays"),
    (Change::Rename, "objects *", "a name of the user's choice, for overlays"),
    (Change::Rename, "workloads * scale metrics *", "a name of the user's choice, for overlays"),
    (Change::Rename, "routes * parents *", "a name of the user's choice, for overlays"),
    (Change::Rename, "routes * rules * matches *", "a name of the user's choice, for overlays"),
    (Change::Rename, "issuers * acme solvers *", "a name of the user's choice, for overlays"),
    (Change::Rename, "workloads * outside *", "a name of the user's choice, for overlays"),
    (Change::Rename, "workloads * accepts *", "a name of the user's choice, for overlays"),
    (Change::Rename, "workloads * scrape endpoints *", "a name of the user's choice, for overlays"),
    (Change::Remove, "config outside keys", "a promise: without it, any key may be there"),
    (Change::Value, "secrets * from", "`existing` and `true` are two words for one thing"),
    (Change::Value, "secrets * from existing", "the same"),
    (Change::Remove, "services * type", "`externalName` says it too"),
    (Change::Value, "workloads * replicas", "with an autoscaler it is only compared"),
    (Change::Remove, "workloads * replicas", "with an autoscaler it is only compared"),
];

#[derive(Clone, Copy, PartialEq)]
enum Change {
    Remove,
    Rename,
    Value,
}

/// A step from a node to one below it.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Key(String),
    Item(usize),
}

/// The paths of all keys of all maps.
fn keys(tree: &Value, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    match tree {
        Value::Mapping(map) => {
            for (key, value) in map {
                path.push(Step::Key(key.as_str().map_or_else(|| text(key), str::to_owned)));
                found.push(path.clone());
                keys(value, path, found);
                path.pop();
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Item(index));
                keys(item, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn at<'a>(tree: &'a mut Value, path: &[Step]) -> &'a mut Value {
    path.iter().fold(tree, |node, step| match step {
        Step::Key(key) => node.get_mut(key.as_str()).unwrap(),
        Step::Item(index) => node.get_mut(*index).unwrap(),
    })
}

fn shown(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(index) => index.to_string(),
    });
    steps.collect::<Vec<_>>().join(" ")
}

fn without(tree: &Value, path: &[Step]) -> Value {
    let mut tree = tree.clone();
    let (Step::Key(key), parent) = path.split_last().unwrap() else { unreachable!() };
    at(&mut tree, parent).as_mapping_mut().unwrap().shift_remove(key.as_str());
    tree
}

fn renamed(tree: &Value, path: &[Step]) -> Value {
    let mut tree = tree.clone();
    let (Step::Key(key), parent) = path.split_last().unwrap() else { unreachable!() };
    let map = at(&mut tree, parent).as_mapping_mut().unwrap();
    let entries = map.iter().map(|(own, value)| match own.as_str() == Some(key) {
        true => (format!("{key}x").into(), value.clone()),
        false => (own.clone(), value.clone()),
    });
    *map = entries.collect::<Mapping>();
    tree
}

/// Other values for a scalar that may be valid too.
fn others(value: &Value, words: &[Vec<String>]) -> Vec<Value> {
    match value {
        Value::Bool(flag) => vec![(!flag).into()],
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            vec![(number + 1).into(), (number - 1).into()]
        }
        Value::String(own) => {
            let siblings = words.iter().filter(|words| words.contains(own)).flatten();
            let mut others: Vec<Value> =
                siblings.filter(|word| *word != own).map(|word| word.as_str().into()).collect();
            // `30s` becomes `40s`.
            if let Some(digit) = own.find(|c: char| c.is_ascii_digit()) {
                let mut other = own.clone();
                let next = if &own[digit..=digit] == "9" { "8" } else { "9" };
                other.replace_range(digit..=digit, next);
                others.push(other.into());
            }
            others.push(format!("{own}x").into());
            others.push(format!("x{own}").into());
            others
        }
        _ => Vec::new(),
    }
}

/// The sets of words that a key may be one of, by the schema.
fn words() -> Vec<Vec<String>> {
    fn collect(schema: &serde_json::Value, found: &mut BTreeSet<Vec<String>>) {
        if let Some(words) = schema.get("enum").and_then(|words| words.as_array()) {
            found
                .insert(words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect());
        }
        match schema {
            serde_json::Value::Object(map) => map.values().for_each(|part| collect(part, found)),
            serde_json::Value::Array(items) => items.iter().for_each(|part| collect(part, found)),
            _ => {}
        }
    }
    let printed = Scratch::new().run(&["schema"]).succeeds().stdout;
    let mut found = BTreeSet::new();
    collect(&serde_json::from_str(&printed).unwrap(), &mut found);
    found.into_iter().collect()
}

fn excepted(change: Change, path: &[Step]) -> bool {
    EXCEPTIONS.iter().any(|(what, pattern, _)| {
        let pattern: Vec<&str> = pattern.split(' ').collect();
        *what == change
            && pattern.len() == path.len()
            && pattern.iter().zip(path).all(|(word, step)| match step {
                Step::Key(key) => *word == "*" || word == key,
                Step::Item(_) => *word == "*",
            })
    })
}

/// The keys that could be taken away, renamed or changed without a trace.
fn ignored(system: &Value, words: &[Vec<String>], skip: &dyn Fn(&[Step]) -> bool) -> Vec<String> {
    let scratch = project(system);
    let before = rendered(&scratch);
    let Ok(before) = before else { return Vec::new() };
    // Whether another profile is valid and gives the same.
    let same = |other: &Value| {
        scratch.write("k8sgen.yaml", text(other));
        rendered(&scratch).ok().map(|after| after == before)
    };
    let mut found = Vec::new();
    keys(system, &mut Vec::new(), &mut found);
    let mut ignored = Vec::new();
    for path in found.iter().filter(|path| !skip(path)) {
        let removed = same(&without(system, path)) == Some(true);
        if removed && !excepted(Change::Remove, path) {
            ignored.push(format!("{} can be left out", shown(path)));
            continue;
        }
        if same(&renamed(system, path)) == Some(true) && !excepted(Change::Rename, path) {
            ignored.push(format!("{} can be renamed", shown(path)));
        }
        let mut system = system.clone();
        let value = at(&mut system, path).clone();
        // Of the other values, the first that is valid must show.
        let valid = others(&value, words).into_iter().find_map(|other| {
            *at(&mut system, path) = other.clone();
            Some((other, same(&system)?))
        });
        if let Some((other, true)) = valid
            && !excepted(Change::Value, path)
        {
            ignored.push(format!("{} can be {}", shown(path), text(&other).trim()));
        }
    }
    ignored
}

/// The keys without effect of the base with each part alone, but for those of
/// the base itself, which are looked at once.
fn ignored_alone(parts: &[&'static str], fragments: &[Fragment], valid: bool) -> Vec<String> {
    let words = words();
    let mut known = Vec::new();
    keys(&tree(BASE), &mut Vec::new(), &mut known);
    for kind in KINDS {
        let mut system = tree("workloads: {web: {}}");
        system["workloads"]["web"] = tree(workload(kind));
        keys(&system, &mut Vec::new(), &mut known);
    }
    let mut faults = Vec::new();
    for (name, system) in alone(parts, fragments) {
        if valid && let Err(errors) = rendered(&project(&system)) {
            faults.push(format!("  {name}\n{errors}"));
        }
        let found = ignored(&system, &words, &|path| known.contains(&path.to_vec()));
        faults.extend(found.iter().map(|fault| format!("  {fault}, in {name}")));
    }
    faults
}

#[test]
fn every_key_of_the_base_matters() {
    let faults = ignored(&tree(BASE), &words(), &|_| false);
    assert!(faults.is_empty(), "keys without effect:\n{}", faults.join("\n"));
}

#[test]
fn every_key_of_every_fragment_matters() {
    let faults = ignored_alone(SYSTEM, WORKLOAD, true);
    assert!(faults.is_empty(), "keys without effect:\n{}", faults.join("\n"));
}

#[test]
fn what_makes_no_sense_is_refused_or_matters() {
    let faults = ignored_alone(ODD_SYSTEM, ODD_WORKLOAD, false);
    assert!(faults.is_empty(), "keys without effect:\n{}", faults.join("\n"));
}

#[test]
fn settings_without_effect_are_refused() {
    let parts: Vec<&str> = IGNORED.to_vec();
    let silent: Vec<&str> =
        parts.into_iter().filter(|part| !ignored_alone(&[part], &[], false).is_empty()).collect();
    assert!(silent.is_empty(), "without effect:\n{}", silent.join("\n"));
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn every_key_of_a_system_matters(system in system()) {
        let words: Vec<Vec<String>> = Vec::new();
        let ignored = ignored(&system.0, &words, &may_say_what_all_do);
        prop_assert!(ignored.is_empty(), "{}", ignored.join("\n"));
    }
}

/// By chance a workload is scraped in the very way that the system says for all.
fn may_say_what_all_do(path: &[Step]) -> bool {
    let keys: Vec<&str> = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.as_str(),
            Step::Item(_) => "",
        })
        .collect();
    matches!(keys[..], ["workloads", _, "scrape", "by"])
}

/// The fragments say every key that the schema has, so that the law above holds
/// for all of them.
#[test]
fn every_key_there_is_stands_in_a_fragment() {
    fn collect(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
        let properties = schema.get("properties").and_then(|properties| properties.as_object());
        found.extend(properties.into_iter().flat_map(|map| map.keys().cloned()));
        match schema {
            serde_json::Value::Object(map) => map.values().for_each(|part| collect(part, found)),
            serde_json::Value::Array(items) => items.iter().for_each(|part| collect(part, found)),
            _ => {}
        }
    }
    let printed = Scratch::new().run(&["schema"]).succeeds().stdout;
    let mut known = BTreeSet::new();
    collect(&serde_json::from_str(&printed).unwrap(), &mut known);
    let mut written = vec![BASE.to_owned()];
    written.extend(SYSTEM.iter().map(|part| (*part).to_owned()));
    written.extend(WORKLOAD.iter().map(|(_, part)| (*part).to_owned()));
    let mut paths = Vec::new();
    written.iter().for_each(|part| keys(&tree(part), &mut Vec::new(), &mut paths));
    let own = |path: &Vec<Step>| match path.last() {
        Some(Step::Key(key)) => key.clone(),
        _ => String::new(),
    };
    let said: BTreeSet<String> = paths.iter().map(own).collect();
    // Said by the overlay, or by other tests.
    let elsewhere = [
        ["tier", "extends", "abstract", "kubernetes", "kind", "tolerance", "waiver", "enabled"]
            .as_slice(),
        // What is checked changes no output.
        &["checks", "elsewhere", "waivers", "rule", "reason", "until"],
    ]
    .concat();
    let missing: Vec<&String> = known
        .iter()
        .filter(|key| !said.contains(*key) && !elsewhere.contains(&key.as_str()))
        .collect();
    assert!(missing.is_empty(), "no fragment has {missing:?}");
}

//! Generated systems: a base, some workloads, and some fragments of each.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_yaml::{Mapping, Value};

use crate::fragments::{BASE, Fragment, KINDS, SYSTEM, WORKLOAD, workload};
use crate::support::Scratch;

/// A system as the tree of its `k8sgen.yaml`.
#[derive(Clone)]
pub struct System(pub Value);

impl std::fmt::Debug for System {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&text(&self.0))
    }
}

pub fn tree(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub fn text(tree: &Value) -> String {
    serde_yaml::to_string(tree).unwrap()
}

/// A project on disk with these layers and the files that fragments name.
pub fn project(system: &Value) -> Scratch {
    Scratch::new()
        .file("k8sgen.yaml", text(system))
        .file("overlays/dev.yaml", "tier: development\n")
        .file("files/a.txt", "plain text\n")
        .file("files/b.bin", b"\xff\x00")
        .file("dashboards/a.json", r#"{"title": "A", "panels": [{"id": 1}]}"#)
        .file("templates/b.json", r#"{"title": "<%= env.name %>", "panels": []}"#)
        .file("templates/a.txt", "<%= env.name %>\n")
}

/// Lays one tree on another as layers do, without nulls.
pub fn lay(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Mapping(base), Value::Mapping(over)) => {
            for (key, value) in over {
                match base.get_mut(&key) {
                    Some(below) => lay(below, value),
                    None => drop(base.insert(key, value)),
                }
            }
        }
        (base, over) => *base = over,
    }
}

/// One workload of a kind with some fragments.
pub fn with_workload(system: &mut Value, name: &str, kind: &str, fragments: &[&str]) {
    let mut own = tree(workload(kind));
    for fragment in fragments {
        lay(&mut own, tree(&renamed(fragment, name)));
    }
    let workloads = Mapping::from_iter([(name.into(), own)]);
    lay(system, Mapping::from_iter([("workloads".into(), workloads.into())]).into());
}

/// The fragment with the workload's name where it has `W`.
fn renamed(fragment: &str, name: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    let mut rest = fragment.chars().peekable();
    while let Some(c) = rest.next() {
        let alone = !before.is_alphanumeric() && !rest.peek().is_some_and(|c| c.is_alphanumeric());
        if c == 'W' && alone {
            out.push_str(name);
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

fn fragments_for(kind: &str) -> Vec<&'static str> {
    WORKLOAD.iter().filter(|(kinds, _)| kinds.contains(&kind)).map(|(_, text)| *text).collect()
}

/// A system of one to three workloads. Not every mixture of fragments is valid:
/// laws hold for errors too.
pub fn system() -> impl Strategy<Value = System> {
    let workload = select(&KINDS[..]).prop_flat_map(|kind| {
        let fragments = fragments_for(kind);
        (Just(kind), subsequence(fragments, 0..=6))
    });
    let workloads = prop::collection::vec(workload, 1..=3);
    (subsequence(SYSTEM, 0..=4), workloads).prop_map(|(parts, workloads)| {
        let mut system = tree(BASE);
        parts.iter().for_each(|part| lay(&mut system, tree(part)));
        for (index, (kind, fragments)) in workloads.iter().enumerate() {
            with_workload(&mut system, &format!("w{index}"), kind, fragments);
        }
        System(system)
    })
}

/// The base with each of these parts alone, for every kind that it is for.
pub fn alone<'a>(
    parts: &'a [&'static str],
    fragments: &'a [Fragment],
) -> impl Iterator<Item = (String, Value)> + 'a {
    let parts = parts.iter().map(|part| {
        let mut system = tree(BASE);
        lay(&mut system, tree(part));
        ((*part).to_owned(), system)
    });
    let workloads = fragments.iter().flat_map(|(kinds, fragment)| {
        kinds.iter().map(move |kind| {
            let mut system = tree(BASE);
            with_workload(&mut system, "web", kind, &[fragment]);
            (format!("{kind}: {fragment}"), system)
        })
    });
    parts.chain(workloads)
}

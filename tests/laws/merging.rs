//! Layers: maps merge, everything else replaces, `null` removes. Held against
//! a merge that is too plain to be wrong.

use k8sgen::diagnostic::Report;
use k8sgen::source::{SourceId, Sources};
use k8sgen::tree::{Node, merge, read};
use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

use crate::rendering::config;
use crate::rendering::rendered;
use crate::systems::{project, system, text};

/// A tree of few names, so that layers meet.
fn layer(nulls: bool) -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        4 => prop::sample::select(&["a", "b", "yes"][..]).prop_map(Value::from),
        2 => (0..3i64).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        if nulls { 3 } else { 0 } => Just(Value::Null),
    ];
    let name = || prop::sample::select(&["a", "b", "c", "d"][..]);
    let tree = scalar.prop_recursive(3, 24, 4, move |inner| {
        let map = prop::collection::vec((name(), inner.clone()), 0..4);
        let list = prop::collection::vec(inner.prop_filter("no null", |item| !item.is_null()), 0..3);
        prop_oneof![
            4 => map.prop_map(|entries| {
                entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>().into()
            }),
            1 => list.prop_map(Value::Sequence),
        ]
    });
    prop::collection::vec((name(), tree), 0..5).prop_map(|entries| {
        entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Mapping>().into()
    })
}

fn node(layer: &Value, id: u16) -> Node {
    let source = SourceId::overlay(id);
    let mut sources = Sources::default();
    sources.add(source, "layer", text(layer));
    let mut report = Report::default();
    let node = read::read(source, &sources, &mut report).unwrap();
    assert!(report.is_empty());
    node
}

/// The layers laid on each other, and how many nulls had nothing to remove.
fn merged(layers: &[Value]) -> (Value, usize) {
    let mut report = Report::default();
    let mut layers = layers.iter();
    let mut base = node(layers.next().unwrap(), 64);
    merge::settle(&mut base, &mut report);
    for (index, layer) in layers.enumerate() {
        merge::merge(&mut base, node(layer, 63 - u16::try_from(index).unwrap()), &mut report);
    }
    (plain(&base.to_value()), report.len())
}

fn plain(value: &k8sgen::object::value::Value) -> Value {
    let mut out = Vec::new();
    k8sgen::emit::json::write_document(value, &mut out);
    serde_json::from_slice(&out).unwrap()
}

/// The rule itself. Counts the nulls that have nothing to remove.
fn by_the_rule(base: Option<Value>, over: &Value, idle: &mut usize) -> Option<Value> {
    match (base, over) {
        (base, Value::Null) => {
            *idle += usize::from(base.is_none());
            None
        }
        (base, Value::Mapping(over)) => {
            let mut map = match base {
                Some(Value::Mapping(map)) => map,
                _ => Mapping::new(),
            };
            for (key, value) in over {
                let below = map.get(key).cloned();
                match by_the_rule(below, value, idle) {
                    Some(value) => drop(map.insert(key.clone(), value)),
                    None => drop(map.shift_remove(key)),
                }
            }
            Some(map.into())
        }
        (_, Value::Sequence(items)) => {
            let items = items.iter().filter_map(|item| by_the_rule(None, item, idle));
            Some(Value::Sequence(items.collect()))
        }
        (_, over) => Some(over.clone()),
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn layers_merge_by_the_rule(layers in prop::collection::vec(layer(true), 1..4)) {
        let mut idle = 0;
        let mut expected = Value::Mapping(Mapping::new());
        for layer in &layers {
            expected = by_the_rule(Some(expected), layer, &mut idle).unwrap();
        }
        prop_assert_eq!(merged(&layers), (expected, idle));
    }

    #[test]
    fn an_empty_layer_changes_nothing(layer in layer(false)) {
        let empty = Value::Mapping(Mapping::new());
        prop_assert_eq!(&merged(&[layer.clone(), empty.clone()]).0, &layer);
        prop_assert_eq!(&merged(&[empty, layer.clone()]).0, &layer);
    }

    #[test]
    fn a_layer_twice_is_a_layer_once(base in layer(false), over in layer(false)) {
        let once = merged(&[base.clone(), over.clone()]);
        prop_assert_eq!(merged(&[base, over.clone(), over]), once);
    }

    #[test]
    fn what_null_removes_is_gone(base in layer(false), over in layer(false)) {
        let Value::Mapping(map) = &over else { unreachable!() };
        let nulls: Mapping = map.keys().map(|key| (key.clone(), Value::Null)).collect();
        let (after, _) = merged(&[base.clone(), over.clone(), nulls.into()]);
        let Value::Mapping(mut rest) = base else { unreachable!() };
        map.keys().for_each(|key| drop(rest.shift_remove(key)));
        prop_assert_eq!(after, Value::Mapping(rest));
    }
}

proptest! {
    #![proptest_config(config(32))]

    /// It does not matter in which layer a key of a workload stands.
    #[test]
    fn a_key_may_stand_in_any_layer(system in system(), moved in any::<u64>()) {
        let whole = project(&system.0);
        let mut base = system.0;
        let mut over = Mapping::new();
        let mut bits = moved;
        for (name, workload) in base["workloads"].as_mapping_mut().unwrap() {
            let mut own = Mapping::new();
            workload.as_mapping_mut().unwrap().retain(|key, value| {
                bits = bits.rotate_left(1);
                let stays = bits & 1 == 0;
                if !stays {
                    own.insert(key.clone(), value.clone());
                }
                stays
            });
            over.insert(name.clone(), own.into());
        }
        let split = project(&base);
        let overlay = Mapping::from_iter([
            ("tier".into(), "development".into()),
            ("workloads".into(), over.into()),
        ]);
        split.write("overlays/dev.yaml", text(&overlay.into()));
        match (rendered(&whole), rendered(&split)) {
            (Ok(whole), Ok(split)) => prop_assert_eq!(whole, split),
            (whole, split) => prop_assert_eq!(whole.is_ok(), split.is_ok()),
        }
    }
}

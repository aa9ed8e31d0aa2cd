//! Raw manifests against an API server's word: what it could not even decode
//! is refused, and what it took is taken. Stricter than the server we are in
//! two things only: a list has no `null` in it, and fields that the API's own
//! definitions require are there. (What it decodes and then refuses by a rule
//! is not judged here.)

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::Path;

use k8sgen::object::from_value::Fault;
use k8sgen::object::kinds;
use k8sgen::object::value::{Key, Map, Value};

fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(number) => Value::Int(number),
            None => Value::Float(number.as_f64().unwrap()),
        },
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(value).collect()),
        serde_json::Value::Object(map) => {
            Value::Map(Map(map.iter().map(|(k, v)| (Key::Owned(k.clone()), value(v))).collect()))
        }
    }
}

#[test]
fn manifests_are_read_as_strictly_as_a_server_reads_them() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/apiserver-verdicts/verdicts.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/apiserver-verdicts is not here");
        return;
    };
    let (mut judged, mut wrong, mut stricter) = (0, Vec::new(), 0);
    for line in text.lines() {
        let verdict: serde_json::Value = serde_json::from_str(line).unwrap();
        let object = &verdict["object"];
        let word = |key: &str| object[key].as_str().unwrap_or_default();
        let known = kinds::find(word("apiVersion"), word("kind"));
        let Some(retype) = known.and_then(|known| known.retype) else { continue };
        let accepted = verdict["accepted"].as_bool().unwrap();
        let undecodable = verdict["reason"].as_str() == Some("BadRequest");
        if !accepted && !undecodable {
            continue;
        }
        judged += 1;
        match (retype(&value(object)), accepted) {
            (Ok(_), true) | (Err(_), false) => {}
            (Err(faults), true) if faults.iter().all(is_stricter_by_choice) => stricter += 1,
            (ours, _) => wrong.push(format!(
                "{} {}: the server said {accepted}, we {:?}",
                verdict["id"],
                verdict["change"],
                ours.err()
            )),
        }
    }
    println!("{judged} judged, {} disagree, {stricter} stricter by choice", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(stricter < 20);
}

fn is_stricter_by_choice(fault: &Fault) -> bool {
    fault.message.ends_with("found nothing") || fault.message.ends_with("is missing")
}

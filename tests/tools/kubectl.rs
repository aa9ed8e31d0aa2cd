//! kubectl reads our output back, and means the same by it. Every version on
//! this machine is asked: they carry different YAML readers.

use crate::support::environments::every;
use crate::support::tools::{kubectls, read_by_kubectl};
use crate::support::{objects_of, run_in};

#[test]
fn every_document_is_read_back_as_it_was_meant() {
    let kubectls = kubectls();
    for environment in every() {
        let yaml = environment.rendered();
        let run = run_in(
            &environment.directory(),
            &["render", "-o", "json", "--env", environment.environment],
        );
        let json = run.succeeds().stdout;
        let list: serde_json::Value = serde_json::from_str(&json).unwrap();
        let mut meant = list["items"].as_array().unwrap().clone();
        assert_eq!(meant.len(), objects_of(&yaml).len());
        // kubectl was asked for a label, to have something to do.
        for object in &mut meant {
            object["metadata"]["labels"]["x"] = "y".into();
        }
        for kubectl in &kubectls {
            for input in [&yaml, &json] {
                let read = read_by_kubectl(kubectl, input.as_bytes());
                assert_eq!(read.len(), meant.len(), "{} {}", kubectl.display(), environment.name);
                for (read, meant) in read.iter().zip(&meant) {
                    let place = format!("{} {}", kubectl.display(), environment.name);
                    assert_part(&place, read, meant);
                }
            }
        }
    }
}

/// kubectl writes some of Kubernetes' own empty fields beside what it read
/// (`status: {}`, `creationTimestamp: null`), so ours is a part of its.
#[track_caller]
fn assert_part(place: &str, read: &serde_json::Value, meant: &serde_json::Value) {
    use serde_json::Value;
    match (read, meant) {
        (Value::Object(read), Value::Object(meant)) => {
            for (key, meant) in meant {
                let read = read.get(key).unwrap_or(&Value::Null);
                assert_part(&format!("{place}.{key}"), read, meant);
            }
        }
        (Value::Array(read), Value::Array(meant)) if read.len() == meant.len() => {
            for (index, (read, meant)) in read.iter().zip(meant).enumerate() {
                assert_part(&format!("{place}[{index}]"), read, meant);
            }
        }
        _ => assert_eq!(read, meant, "{place}"),
    }
}

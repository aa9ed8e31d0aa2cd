//! What the emitters write, kubectl reads back as the same strings. Every
//! version of kubectl on this machine is asked: they carry different go-yaml.
#![allow(clippy::unwrap_used)]

#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use k8sgen::emit::{Format, stream};
use k8sgen::object::value::{Map, Value};
use serde_json::Value as Json;

use support::tools::{kubectls, read_by_kubectl};
use support::{run, say};

fn written(objects: &[Value], format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    stream(objects, format, &mut out);
    out
}

fn hazards() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/yaml-hazards.json");
    match std::fs::read(&path) {
        Ok(file) => serde_json::from_slice(&file).unwrap(),
        Err(error) => {
            say(&format!("skipped: {}: {error}", path.display()));
            Vec::new()
        }
    }
}

/// Met in a search through all strings of three characters and many longer ones.
const FOUND: [&str; 6] = ["0_X1", "0_X7e", "7e_+29", "-_1", "\ta\nb", "\n\ta\n"];

/// The hazards and as many random strings, the same in every run.
fn strings(random: usize) -> Vec<String> {
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "a", "e", "E", "x", "X", "o", "b", "p", "0", "1", "7", "12", "2001-1-01", "10.0.0.1", "T",
        "Z", ".", "_", "+", "-", ":", ",", "/", "yes", "No", "ON", "off", "y", "N", "true",
        "Null", "~", "=", "<<", "<", "inf", "NaN", " ", "  ", "\n", "\n", "\n\n", "\n  ", "\t",
        "\r", "#", " #", ": ", "- ", "? ", "---", "\n---\n", "...", "'", "\"", "\\", "|", ">",
        "{", "}", "[", "]", "&", "*", "!", "%", "@", "`", "$", "(", ")", "word", "two words",
        "\0", "\u{1b}", "\u{7f}", "\u{85}", "\u{a0}", "\u{2028}", "\u{2029}", "\u{200b}",
        "\u{feff}", "\u{fffe}", "\u{e000}", "é", "日本", "😀", "\u{10ffff}",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |bound: usize| {
        // xorshift64
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as usize % bound
    };
    let mut strings: BTreeSet<String> = hazards().into_iter().collect();
    strings.extend(FOUND.map(str::to_owned));
    let target = strings.len() + random;
    while strings.len() < target {
        let pieces = below(7);
        strings.insert((0..=pieces).map(|_| PIECES[below(PIECES.len())]).collect());
    }
    strings.into_iter().collect()
}

fn map(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Map(Map(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn config_map(name: &str, annotations: Value, data: Value) -> Value {
    let metadata = [("name".into(), text(name)), ("annotations".into(), annotations)];
    map([
        ("apiVersion".into(), text("v1")),
        ("kind".into(), text("ConfigMap")),
        ("metadata".into(), map(metadata)),
        ("data".into(), data),
    ])
}

/// Strings under keys that Kubernetes allows.
fn numbered(strings: &[String]) -> Value {
    let entries = strings.iter().enumerate();
    map(entries.map(|(number, string)| (format!("k{number:04}"), text(string))))
}

/// One object with all the data and annotations, and one per datum where the
/// datum ends the document and a reader may cut it short.
fn objects(data: &[String], annotations: &[String]) -> Vec<Value> {
    let last = data.iter().enumerate().map(|(number, string)| {
        let data = [("k".to_owned(), text(string))];
        config_map(&format!("c{number:04}"), map([]), map(data))
    });
    let all = config_map("all", numbered(annotations), numbered(data));
    [all].into_iter().chain(last).collect()
}

fn assert_same(read: &[Json], data: &[String], annotations: &[String], reader: &Path) {
    let reader = reader.display();
    assert_eq!(read.len(), data.len() + 1, "{reader}");
    for (number, string) in data.iter().enumerate() {
        let value = &read[0]["data"][format!("k{number:04}")];
        assert_eq!(value, string, "datum read by {reader}");
        let value = &read[number + 1]["data"]["k"];
        assert_eq!(value, string, "last datum read by {reader}");
    }
    for (number, string) in annotations.iter().enumerate() {
        let value = &read[0]["metadata"]["annotations"][format!("k{number:04}")];
        assert_eq!(value, string, "annotation read by {reader}");
    }
}

#[test]
fn every_string_is_the_same_to_kubectl() {
    let strings = strings(2000);
    let objects = objects(&strings, &strings);
    for kubectl in kubectls() {
        for format in [Format::Yaml, Format::Json] {
            let read = read_by_kubectl(&kubectl, &written(&objects, format));
            assert_same(&read, &strings, &strings, &kubectl);
        }
    }
}

/// Kustomize reads with another go-yaml than `kubectl apply`, and cuts a file
/// into documents by another rule. What it then writes is not always what it
/// read, however that was quoted: it loses blanks beside LS and PS, makes a blank
/// of NEL, fails on DEL and U+FFFE, and on a leading tab in an annotation of
/// several lines.
#[test]
fn every_string_is_the_same_to_kustomize() {
    const LOST: [char; 5] = ['\u{7f}', '\u{85}', '\u{2028}', '\u{2029}', '\u{fffe}'];
    let mut data = strings(500);
    data.retain(|text| !text.contains(LOST));
    let mut annotations = data.clone();
    annotations.retain(|text| !text.trim_start_matches('\n').starts_with('\t'));
    let input = written(&objects(&data, &annotations), Format::Yaml);

    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emit_kubectl");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("all.yaml"), input).unwrap();
    std::fs::write(directory.join("kustomization.yaml"), "resources: [all.yaml]\n").unwrap();
    for kubectl in kubectls() {
        let built = run(Command::new(&kubectl).arg("kustomize").arg(&directory)).succeeds().stdout;
        assert_same(&read_by_kubectl(&kubectl, built.as_bytes()), &data, &annotations, &kubectl);
    }
}

/// kubectl reads an object of a kind it does not know as it stands.
#[test]
fn every_string_is_the_same_as_an_item_and_as_a_key() {
    let strings = strings(1000);
    let probe = map([
        ("apiVersion".into(), text("example.org/v1")),
        ("kind".into(), text("Probe")),
        ("metadata".into(), map([("name".into(), text("probe"))])),
        ("strings".into(), Value::List(strings.iter().map(|item| text(item)).collect())),
        ("keys".into(), map(strings.iter().map(|key| (key.clone(), text(key))))),
    ]);
    for kubectl in kubectls() {
        let read = read_by_kubectl(&kubectl, &written(std::slice::from_ref(&probe), Format::Yaml));
        assert_eq!(read[0]["strings"], Json::from(strings.clone()));
        let keys = read[0]["keys"].as_object().unwrap();
        assert_eq!(keys.len(), strings.len());
        assert!(keys.iter().all(|(key, value)| key == value));
    }
}

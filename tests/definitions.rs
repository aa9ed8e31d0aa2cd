//! k8sgen's own definitions of custom resources are those of their projects, made
//! small: without descriptions, and each part that is repeated written once.
//! `UPDATE_SNAPSHOTS=1 cargo test --test definitions` makes them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use k8sgen::check::api::custom::builtin;
use k8sgen::diagnostic::Report;
use k8sgen::manifests;
use k8sgen::object::value::{Map, Value};
use k8sgen::source::Sources;
use support::snapshot;

const FOLDER: &str = "src/check/api/custom/builtin";

/// Parts that are longer get a line of their own.
const LONG: usize = 500;
/// Parts that are repeated, and longer, are written once.
const WORTH_A_NAME: usize = 60;

/// What says nothing of what a server refuses.
const SILENT: [&str; 6] =
    ["description", "title", "example", "externalDocs", "x-kubernetes-map-type", "$schema"];

#[test]
fn own_definitions_are_those_of_their_projects() {
    let upstream = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/crds");
    let Ok(files) = fs::read_dir(&upstream) else {
        eprintln!("skipped: ../shared/crds is not here");
        return;
    };
    let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut made: HashMap<(String, String), String> = HashMap::new();
    for content in files.iter().flat_map(|file| definitions(file)) {
        let (group, kind) = subject(&content);
        made.insert((group, kind), compact(&content));
    }
    for own in &builtin::OWN {
        let text = &made[&(own.group.to_owned(), own.kind.to_owned())];
        match own.like {
            // Of two kinds with one schema the second has no file.
            Some(like) => {
                let other = &made[&(own.group.to_owned(), like.to_owned())];
                let renamed = text
                    .replacen(&format!("\"{}\"", own.kind), &format!("\"{like}\""), 1)
                    .replacen("\"scope\":\"Cluster\"", "\"scope\":\"Namespaced\"", 1);
                assert_eq!(&renamed, other, "{}", own.kind);
            }
            None => {
                let path = format!("{FOLDER}/{}/{}.json", own.group, own.kind);
                snapshot::assert_same(&path, text);
            }
        }
    }
}

#[test]
fn each_own_definition_can_be_read() {
    for own in &builtin::OWN {
        let found = builtin::find(own.group, own.kind).unwrap();
        assert_eq!((&*found.group, &*found.kind), (own.group, own.kind));
        assert!(found.versions.iter().any(|version| version.schema.is_some()), "{}", own.kind);
    }
    assert!(builtin::find("example.com", "Widget").is_none());
}

fn definitions(file: &Path) -> Vec<Value> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let Ok(text) = fs::read_to_string(file) else { return Vec::new() };
    if file.extension().is_none_or(|end| end != "yaml") {
        return Vec::new();
    }
    let source = sources.add_file(file.to_string_lossy(), text);
    let manifests = manifests::read(source, &sources, &mut report);
    manifests.into_iter().map(|manifest| manifest.content).collect()
}

fn subject(content: &Value) -> (String, String) {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap().to_owned();
    let spec = content.get("spec").unwrap();
    (text(spec.get("group")), text(spec.get("names").unwrap().get("kind")))
}

/// A definition on few lines: what it is, its versions, and its parts.
fn compact(content: &Value) -> String {
    let (group, kind) = subject(content);
    let spec = content.get("spec").unwrap();
    let Some(Value::List(versions)) = spec.get("versions") else { panic!("no versions") };
    let schemas: Vec<Value> = versions.iter().map(stripped_schema).collect();
    let mut parts = Parts::default();
    schemas.iter().for_each(|schema| parts.count(schema));
    let lines: Vec<String> = versions
        .iter()
        .zip(&schemas)
        .map(|(version, schema)| {
            let text = |key| version.get(key).map(json);
            let mut line = format!("{{\"name\":{}", text("name").unwrap());
            for key in ["served", "deprecated", "deprecationWarning", "subresources"] {
                if let Some(value) = text(key).filter(|text| text != "{}") {
                    line += &format!(",\"{key}\":{value}");
                }
            }
            if version.get("served") == Some(&Value::Bool(true)) {
                let schema = parts.written(schema, "object");
                line += &format!(",\"schema\":{{\"openAPIV3Schema\":{schema}}}");
            }
            line + "}"
        })
        .collect();
    let scope = spec.get("scope").and_then(Value::as_str).unwrap();
    let named: Vec<String> =
        parts.named.iter().map(|(name, text)| format!("{}:{text}", quoted(name))).collect();
    format!(
        "{{\"spec\":{{\"group\":\"{group}\",\"names\":{{\"kind\":\"{kind}\"}},\"scope\":\"{scope}\",\"versions\":[\n{}\n]}},\n\"parts\":{{\n{}\n}}}}\n",
        lines.join(",\n"),
        named.join(",\n")
    )
}

/// The schema of a version, without what need not be known of it.
fn stripped_schema(version: &Value) -> Value {
    let schema = version.get("schema").unwrap().get("openAPIV3Schema").unwrap();
    let mut schema = stripped(schema);
    let Value::Map(root) = &mut schema else { panic!("no schema") };
    if let Some(Value::Map(fields)) = root.get_mut("properties") {
        // Of what each object has, it says nothing that is not so of each.
        for own in ["apiVersion", "kind", "metadata"] {
            let plain = fields.get(own).and_then(Value::as_map).is_some_and(|map| map.0.len() == 1);
            if plain {
                fields.remove(own);
            }
        }
        // What users send of it is dropped, or they do not send it.
        let apart = version.get("subresources").and_then(|all| all.get("status")).is_some();
        if apart && fields.get("status").is_some() {
            let mut open = Map::default();
            open.insert("type", Value::String("object".to_owned()));
            open.insert("x-kubernetes-preserve-unknown-fields", Value::Bool(true));
            fields.insert("status", Value::Map(open));
        }
    }
    schema
}

fn stripped(value: &Value) -> Value {
    let Value::Map(map) = value else { return value.clone() };
    let mut kept = Map::default();
    for (key, value) in map.iter() {
        let default = key == "x-kubernetes-list-type" && value.as_str() == Some("atomic")
            || key == "nullable" && *value == Value::Bool(false);
        if SILENT.contains(&key) || default {
            continue;
        }
        let value = match (key, value) {
            ("properties", Value::Map(fields)) => Value::Map(Map(fields
                .0
                .iter()
                .map(|(name, schema)| (name.clone(), stripped(schema)))
                .collect())),
            ("items" | "additionalProperties" | "not", schema) => stripped(schema),
            ("allOf" | "anyOf" | "oneOf", Value::List(all)) => {
                Value::List(all.iter().map(stripped).collect())
            }
            (_, value) => value.clone(),
        };
        kept.insert(key.to_owned(), value);
    }
    Value::Map(kept)
}

/// The parts of a definition that have names.
#[derive(Default)]
struct Parts {
    /// How often each stands there.
    times: HashMap<String, usize>,
    names: HashMap<String, String>,
    named: Vec<(String, String)>,
}

impl Parts {
    fn count(&mut self, schema: &Value) {
        let times = self.times.entry(json(schema)).or_default();
        *times += 1;
        if *times == 1 {
            below(schema).into_iter().for_each(|(_, part)| self.count(part));
        }
    }

    /// A schema as it is written: itself, or the name under which it is.
    fn written(&mut self, schema: &Value, name: &str) -> String {
        let whole = json(schema);
        if let Some(name) = self.names.get(&whole) {
            return reference(name);
        }
        let text = self.with_parts(schema, name);
        let repeated = self.times.get(&whole).is_some_and(|times| *times > 1);
        if text.len() <= LONG && !(repeated && whole.len() > WORTH_A_NAME) {
            return text;
        }
        let taken = |name: &String| self.named.iter().any(|(known, _)| known == name);
        let name = std::iter::once(name.to_owned())
            .chain((2..).map(|number| format!("{name}{number}")))
            .find(|name| !taken(name))
            .unwrap();
        self.names.insert(whole, name.clone());
        self.named.push((name.clone(), text));
        reference(&name)
    }

    fn with_parts(&mut self, schema: &Value, name: &str) -> String {
        let Value::Map(map) = schema else { return json(schema) };
        let mut entries = Vec::new();
        for (key, value) in map.iter() {
            let written = match (key, value) {
                ("properties", Value::Map(fields)) => {
                    let fields = fields.iter().map(|(field, schema)| {
                        format!("{}:{}", quoted(field), self.written(schema, field))
                    });
                    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
                }
                ("items", schema) => self.written(schema, &format!("{name}[]")),
                ("additionalProperties", Value::Map(_)) => {
                    self.written(value, &format!("{name}{{}}"))
                }
                ("not", schema) => self.written(schema, name),
                ("allOf" | "anyOf" | "oneOf", Value::List(all)) => {
                    let all = all.iter().map(|schema| self.written(schema, name));
                    format!("[{}]", all.collect::<Vec<_>>().join(","))
                }
                (_, value) => json(value),
            };
            entries.push(format!("{}:{written}", quoted(key)));
        }
        format!("{{{}}}", entries.join(","))
    }
}

fn reference(name: &str) -> String {
    format!("{{\"$ref\":{}}}", quoted(name))
}

fn below(schema: &Value) -> Vec<(&str, &Value)> {
    let Value::Map(map) = schema else { return Vec::new() };
    let mut all = Vec::new();
    for (key, value) in map.iter() {
        match (key, value) {
            ("properties", Value::Map(fields)) => all.extend(fields.iter()),
            ("items" | "additionalProperties" | "not", schema) => all.push((key, schema)),
            ("allOf" | "anyOf" | "oneOf", Value::List(list)) => {
                all.extend(list.iter().map(|schema| (key, schema)));
            }
            _ => {}
        }
    }
    all
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => quoted(text),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Map(map) => {
            let entries = map.iter().map(|(key, value)| format!("{}:{}", quoted(key), json(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

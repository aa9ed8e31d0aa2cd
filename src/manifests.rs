//! Manifests that somebody else wrote: YAML or JSON, several documents, Lists. They
//! are read as kubectl reads them, and every node keeps its place.

mod documents;
mod files;
mod json;
mod keys;
mod loose;
mod parsed;

use std::borrow::Cow;
use std::path::PathBuf;

use anyhow::Result;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Identity;
use crate::object::value::{Key, Map, Value};
use crate::shares;
use crate::source::{Place, SourceId, Sources};
use crate::tree::{Content, Entry, Node, Scalar, ScalarKind, plain};

pub use documents::{Document, documents};
pub use files::add_all;

use json::json_as_yaml;
use keys::name_as_kubectl_does;
use parsed::{each_place, parsed};

/// Below it every whole number is one of floating point.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;
/// Fewer documents than this are read sooner than a thread is started.
const WORTH_A_THREAD: usize = 100;
/// Of so many documents of a text it is said why they cannot be read; others are counted.
const MOST_UNREADABLE: usize = 20;

/// One object of a text.
#[derive(Debug)]
pub struct Manifest {
    pub identity: Identity,
    pub content: Value,
    pub node: Node,
    pub source: SourceId,
    /// Which document of its text it stands in, from 0.
    pub document: usize,
    /// What is odd about its text, though it can be read: a key that is written twice.
    pub oddities: Vec<Diagnostic>,
}

/// Reads all objects of files and directories; `-` is standard input.
pub fn read_all(
    paths: &[PathBuf],
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Vec<Manifest>> {
    let added = add_all(paths, sources, report.threads())?;
    Ok(read_each(&added, sources, report))
}

/// Reads all objects of a source. Texts that cannot be read are reported.
pub fn read(source: SourceId, sources: &Sources, report: &mut Report) -> Vec<Manifest> {
    read_each(&[source], sources, report)
}

/// Reads all objects of sources. Whether they are few large ones or many small ones, the
/// threads share them.
fn read_each(given: &[SourceId], sources: &Sources, report: &mut Report) -> Vec<Manifest> {
    let text = |source: &SourceId| sources.get(*source).map_or("", |source| &source.text);
    let texts: Vec<Cow<'_, str>> = given.iter().map(|source| json_as_yaml(text(source))).collect();
    let documents: Vec<(SourceId, Document<'_>)> = given
        .iter()
        .zip(&texts)
        .flat_map(|(source, text)| documents(text).into_iter().map(|one| (*source, one)))
        .collect();
    let threads = report.threads().min(documents.len() / WORTH_A_THREAD).max(1);
    let read = shares::each(&shares::even(&documents, threads), |share| {
        share.iter().map(|(source, one)| objects(one, *source, sources)).collect::<Vec<_>>()
    });
    let mut manifests = Vec::with_capacity(documents.len());
    let mut unreadable: Vec<&(SourceId, Document<'_>)> = Vec::new();
    for (document, objects) in documents.iter().zip(read.into_iter().flatten()) {
        match objects {
            Some(objects) => manifests.extend(objects),
            None => unreadable.push(document),
        }
    }
    for of_source in unreadable.chunk_by(|one, other| one.0 == other.0) {
        for (source, document) in of_source.iter().take(MOST_UNREADABLE) {
            report.append(why_unreadable(document, *source, sources));
        }
        if let (Some((source, _)), Some(more)) = (
            of_source.first(),
            of_source.len().checked_sub(MOST_UNREADABLE).filter(|more| *more > 0),
        ) {
            report.error(Place::start_of(*source), format!("{more} more documents cannot be read"));
        }
    }
    manifests
}

/// The objects of a document, if it can be read.
fn objects(document: &Document<'_>, source: SourceId, sources: &Sources) -> Option<Vec<Manifest>> {
    let mut found = Report::default();
    let mut node = parsed(document.text, source, sources, &mut found)?;
    let mut oddities = found.into_sorted();
    if document.line > 0 || document.column > 0 {
        each_place(&mut node, &|place| document.put_in_text(place));
        for odd in &mut oddities {
            let related = odd.related.iter_mut().map(|(place, _)| place);
            odd.place.iter_mut().chain(related).for_each(|place| document.put_in_text(place));
        }
    }
    let mut objects = Vec::with_capacity(1);
    add(node, source, document.number, oddities, &mut objects);
    Some(objects)
}

/// What is wrong with a document that cannot be read. It is read again where it stands:
/// what is said quotes the whole text.
fn why_unreadable(document: &Document<'_>, source: SourceId, sources: &Sources) -> Report {
    let (line, column) = (document.line as usize, document.column as usize);
    let text = "\n".repeat(line) + &" ".repeat(column) + document.text;
    let mut report = Report::default();
    parsed(&text, source, sources, &mut report);
    report
}

/// The object of a document, or those of a List.
fn add(
    mut node: Node,
    source: SourceId,
    document: usize,
    oddities: Vec<Diagnostic>,
    manifests: &mut Vec<Manifest>,
) {
    if let Some((kind, items)) = items(&mut node) {
        // kubectl knows no List within a List: it is an object of a kind that is not there.
        for mut item in items {
            kind.complete(&mut item);
            add_object(item, source, document, Vec::new(), manifests);
        }
        if let Some(first) = manifests.last_mut() {
            first.oddities.extend(oddities);
        }
        return;
    }
    add_object(node, source, document, oddities, manifests);
}

fn add_object(
    mut node: Node,
    source: SourceId,
    document: usize,
    oddities: Vec<Diagnostic>,
    manifests: &mut Vec<Manifest>,
) {
    if node.is_null() {
        return;
    }
    name_as_kubectl_does(&mut node);
    let content = value(&node);
    let identity = identity(&content);
    manifests.push(Manifest { identity, content, node, source, document, oddities });
}

/// What the items of a typed list need not say: `kind: ConfigMapList` is one of ConfigMaps.
struct ItemKind(Vec<(&'static str, Node)>);

impl ItemKind {
    fn complete(&self, item: &mut Node) {
        if let Content::Map(table) = &mut item.content
            && !table.contains_key("kind")
        {
            for (key, value) in &self.0 {
                let entry = Entry { key: value.place, value: value.clone() };
                table.entry((*key).to_owned()).or_insert(entry);
            }
        }
    }
}

/// The items of a List, where a document is one.
fn items(node: &mut Node) -> Option<(ItemKind, Vec<Node>)> {
    let kind = node.get("kind")?.as_text()?.strip_suffix("List")?.to_owned();
    let (kind_place, version) = (node.get("kind")?.place, node.get("apiVersion").cloned());
    let Content::Map(table) = &mut node.content else { return None };
    let items = match table.get_mut("items").map(|entry| &mut entry.value.content) {
        Some(Content::List(items)) => std::mem::take(items),
        Some(Content::Null) | None if kind.is_empty() => Vec::new(),
        _ => return None,
    };
    let mut own = Vec::new();
    if !kind.is_empty() {
        own.push(("kind", Node::scalar(kind_place, kind)));
        own.extend(version.map(|version| ("apiVersion", version)));
    }
    Some((ItemKind(own), items))
}

/// What an object calls itself; what it does not say is empty.
pub fn identity(content: &Value) -> Identity {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let metadata = content.get("metadata");
    let of_metadata = |key| text(metadata.and_then(|metadata| metadata.get(key)));
    Identity {
        api_version: Cow::Owned(text(content.get("apiVersion"))),
        kind: Cow::Owned(text(content.get("kind"))),
        namespace: Some(of_metadata("namespace")).filter(|namespace| !namespace.is_empty()),
        name: of_metadata("name"),
    }
}

/// A node as kubectl reads it, which goes by YAML 1.1.
fn value(node: &Node) -> Value {
    match &node.content {
        Content::Null => Value::Null,
        Content::Scalar(scalar) => scalar_value(scalar),
        Content::List(items) => Value::List(items.iter().map(value).collect()),
        Content::Map(table) => Value::Map(Map(table
            .iter()
            .map(|(key, entry)| (Key::Owned(key.clone()), value(&entry.value)))
            .collect())),
    }
}

fn scalar_value(scalar: &Scalar) -> Value {
    match scalar.kind {
        ScalarKind::Plain => match scalar.text.as_str() {
            "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Value::Bool(true),
            "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Value::Bool(false),
            text => match number_of_yaml_1_1(text) {
                Some(number) => Value::Int(number),
                None => scalar.to_value(),
            },
        },
        ScalarKind::Integer => match number_of_yaml_1_1(&scalar.text) {
            Some(number) => Value::Int(number),
            None => scalar.to_value(),
        },
        _ => match scalar.to_value() {
            // kubectl turns YAML into JSON, where such a number has no fraction.
            #[allow(clippy::cast_possible_truncation)]
            Value::Float(number) if number.fract() == 0.0 && number.abs() < LARGEST_WHOLE => {
                Value::Int(number as i64)
            }
            value => value,
        },
    }
}

/// Numbers that YAML 1.2 reads otherwise: `0644` in base 8, `0b11` in base 2, `1_000`.
pub fn number_of_yaml_1_1(text: &str) -> Option<i64> {
    plain::read_otherwise(text, plain::plain_kind(text)?)?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.replace('_', "");
    let number = if let Some(digits) = digits.strip_prefix("0b") {
        i64::from_str_radix(digits, 2)
    } else if let Some(digits) = digits.strip_prefix("0x") {
        i64::from_str_radix(digits, 16)
    } else if let Some(digits) = digits.strip_prefix("0o") {
        i64::from_str_radix(digits, 8)
    } else if let Some(digits) = digits.strip_prefix('0').filter(|rest| !rest.is_empty()) {
        i64::from_str_radix(digits, 8)
    } else {
        digits.parse()
    };
    number.ok().map(|number| sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifests(text: &str) -> Vec<Manifest> {
        let mut sources = Sources::default();
        let source = sources.add_file("x.yaml", text.to_owned());
        let mut report = Report::default();
        let manifests = read(source, &sources, &mut report);
        assert!(report.is_empty());
        manifests
    }

    fn named(text: &str) -> Vec<(usize, u32, String)> {
        let of = |one: Manifest| (one.document, one.node.place.line, one.identity.name);
        manifests(text).into_iter().map(of).collect()
    }

    #[test]
    fn documents_are_numbered_as_yaml_counts_them() {
        let text = "# first\n---\nmetadata: {name: a}\n---\n# nothing\n---\nmetadata: {name: b}\n";
        assert_eq!(named(text), [(0, 3, "a".to_owned()), (2, 7, "b".to_owned())]);
        let text = "---\nmetadata: {name: a}\n--- # again\nmetadata: {name: b}\n---\n";
        assert_eq!(named(text), [(0, 2, "a".to_owned()), (1, 4, "b".to_owned())]);
        let text = "kind: PodList\nitems:\n- metadata: {name: a}\n";
        assert_eq!(manifests(text)[0].identity.kind, "Pod");
        let text = "kind: List\nitems:\n- metadata: {name: a}\n- metadata: {name: b}\n";
        assert_eq!(named(text), [(0, 3, "a".to_owned()), (0, 4, "b".to_owned())]);
        assert_eq!(named("text: |\n  ---\n  x\nmetadata: {name: a}\n").len(), 1);
        assert_eq!(named("metadata: {name: a}\n---# x\nmetadata: {name: b}\n").len(), 2);
        let within = "kind: List\nitems:\n- kind: List\n  items: [{metadata: {name: a}}]\n";
        assert_eq!(manifests(within)[0].identity.kind, "List");
        assert!(named("kind: List\nitems:\n").is_empty() && named("kind: List\n").is_empty());
        assert!(named("").is_empty() && named("---\n# x\n---\n").is_empty());
    }

    #[test]
    fn json_objects_stand_one_after_the_other() {
        let text = "{\"metadata\": {\"name\": \"a\"}}{\"metadata\": {\"name\": \"b}{\"}} {\"metadata\":\n{\"name\": \"c\"}}\n{}\n";
        let found = manifests(text);
        let name_places: Vec<(u32, u32)> = found
            .iter()
            .filter_map(|one| one.node.get("metadata")?.get("name"))
            .map(|name| (name.place.line, name.place.column))
            .collect();
        assert_eq!(name_places, [(1, 23), (1, 50), (2, 10)]);
        assert_eq!(found[1].identity.name, "b}{");
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn nothing_is_left_out_however_much_is_odd() {
        let text = "kind: A\nkind: B\n---\n".repeat(100);
        let found = manifests(&text);
        assert_eq!(found.len(), 100);
        let line = |one: &Manifest| one.oddities[0].place.map(|place| place.line);
        assert_eq!(line(&found[99]), Some(99 * 3 + 2));
        let mut sources = Sources::default();
        let source = sources.add_file("x.yaml", "a: [\n---\n".repeat(30) + "kind: A\n");
        let mut report = Report::default();
        assert_eq!(read(source, &sources, &mut report).len(), 1);
        assert_eq!(report.len(), MOST_UNREADABLE + 1);
    }

    #[test]
    fn scalars_are_what_kubectl_takes_them_for() {
        let text = "a: yes\nb: 0644\nc: 1_000\nd: \"yes\"\ne: 0b11\nf: 08\ng: off\nh: 1.0\n";
        let content = &manifests(text)[0].content;
        for (key, value) in [
            ("a", Value::Bool(true)),
            ("b", Value::Int(420)),
            ("c", Value::Int(1000)),
            ("d", Value::String("yes".to_owned())),
            ("e", Value::Int(3)),
            ("g", Value::Bool(false)),
            ("h", Value::Int(1)),
        ] {
            assert_eq!(content.get(key), Some(&value), "{key}");
        }
    }

    #[test]
    fn json_is_read_as_json() {
        let text =
            "{\n\t\"a\": \"x\\/y \\ud83d\\ude00 \\\\ud83d \\ud83d\",\n\t\"b\": \"\\u00e9\"\n}\n";
        let content = &manifests(text)[0].content;
        assert_eq!(content.get("a").and_then(Value::as_str), Some("x/y 😀 \\ud83d \u{fffd}"));
        assert_eq!(content.get("b").and_then(Value::as_str), Some("é"));
    }

    #[test]
    fn keys_are_what_kubectl_takes_them_for() {
        let text = "on: a\n010: b\n1.50: c\n'no': d\n0x1F: e\nname: f\n";
        let Value::Map(content) = &manifests(text)[0].content else { panic!("no map") };
        let keys: Vec<&str> = content.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["true", "8", "1.5", "no", "31", "name"]);
    }

    #[test]
    fn objects_of_json_may_stand_one_after_the_other() {
        let text = "{\"metadata\": {\"name\": \"}{\"}}\n{\n  \"metadata\": {\"name\": \"b\"}\n}\n";
        assert_eq!(named(text), [(0, 1, "}{".to_owned()), (1, 2, "b".to_owned())]);
        let text = "{metadata: {name: a}}\n---\n{metadata: {name: b}}\n";
        assert_eq!(named(text), [(0, 1, "a".to_owned()), (1, 3, "b".to_owned())]);
    }

    #[test]
    fn control_characters_stand_in_no_manifest() {
        let mut sources = Sources::default();
        let source = sources.add_file("x.yaml", "a: b\n---\na: é\u{1b}[0m\n".to_owned());
        let mut report = Report::default();
        assert_eq!(read(source, &sources, &mut report).len(), 1);
        let found = report.into_sorted();
        assert_eq!(found[0].message, "a control character");
        assert_eq!(found[0].place.map(|place| (place.line, place.column)), Some((3, 5)));
    }

    #[test]
    fn keys_that_are_written_twice_are_odd() {
        let found = manifests("kind: A\n---\nkind: B\nkind: C\n");
        assert!(found[0].oddities.is_empty());
        assert_eq!(found[1].oddities[0].place.map(|place| place.line), Some(4));
    }
}

//! Manifests that somebody else wrote: YAML or JSON, several documents, Lists. They
//! are read as kubectl reads them, and every node keeps its place.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Identity;
use crate::object::value::{Key, Map, Value};
use crate::source::{SourceId, Sources};
use crate::tree::{Content, Node, Scalar, ScalarKind, plain, read};

/// Past so many broken documents of one text the others are not tried.
const MOST_BROKEN: usize = 20;

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

/// Reads all objects of a source. Texts that cannot be read are reported.
pub fn read(source: SourceId, sources: &Sources, report: &mut Report) -> Vec<Manifest> {
    let text = sources.get(source).map_or("", |source| &source.text);
    let mut manifests = Vec::new();
    let mut broken = 0;
    for (number, (first_line, document)) in documents(text).enumerate() {
        let mut found = Report::default();
        match node(document, first_line, source, sources, &mut found) {
            None => {
                report.append(found);
                broken += 1;
                if broken == MOST_BROKEN {
                    break;
                }
            }
            Some(node) => add(node, source, number, found.into_sorted(), &mut manifests),
        }
    }
    manifests
}

/// The documents of a text that hold anything, each with the number of lines before it.
/// A mark at the start of a line ends a document wherever it stands.
pub(crate) fn documents(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut starts = vec![(0, 0)];
    let (mut at, mut line) = (0, 0);
    for piece in text.split_inclusive('\n') {
        let mark = piece
            .strip_prefix("---")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']));
        if mark && at > 0 {
            starts.push((at, line));
        }
        at += piece.len();
        line += 1;
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(move |((start, line), end)| (line, &text[start..end])).filter(
        |(_, document)| {
            document.lines().any(|line| {
                let line = line.strip_prefix("---").unwrap_or(line).trim_start();
                !line.is_empty() && !line.starts_with('#')
            })
        },
    )
}

/// One document with its places in the whole text.
fn node(
    document: &str,
    first_line: u32,
    source: SourceId,
    sources: &Sources,
    report: &mut Report,
) -> Option<Node> {
    let mut found = Report::default();
    if let Some(mut node) = read::read_text(document, source, sources, &mut found)
        && found.is_empty()
    {
        if first_line > 0 {
            shift(&mut node, first_line);
        }
        return Some(node);
    }
    // What is said of it must name its line in the whole text.
    let before = usize::try_from(first_line).unwrap_or_default();
    read::read_text(&("\n".repeat(before) + document), source, sources, report)
}

fn shift(node: &mut Node, lines: u32) {
    node.place.line += lines;
    match &mut node.content {
        Content::Map(table) => {
            for entry in table.values_mut() {
                entry.key.line += lines;
                shift(&mut entry.value, lines);
            }
        }
        Content::List(items) => items.iter_mut().for_each(|item| shift(item, lines)),
        Content::Scalar(_) | Content::Null => {}
    }
}

/// The object of a document, or those of a List.
fn add(
    mut node: Node,
    source: SourceId,
    document: usize,
    oddities: Vec<Diagnostic>,
    manifests: &mut Vec<Manifest>,
) {
    let word = |key| node.get(key).and_then(Node::as_text);
    let is_list = word("apiVersion") == Some("v1")
        && word("kind").is_some_and(|kind| kind.ends_with("List"))
        || word("kind").is_some_and(|kind| kind.ends_with("List") && node.get("items").is_some());
    if is_list
        && let Content::Map(table) = &mut node.content
        && let Some(items) = table.get_mut("items")
        && let Content::List(items) = std::mem::replace(&mut items.value.content, Content::Null)
    {
        items.into_iter().for_each(|item| add(item, source, document, Vec::new(), manifests));
        if let Some(first) = manifests.last_mut() {
            first.oddities.extend(oddities);
        }
        return;
    }
    if node.is_null() {
        return;
    }
    let content = value(&node);
    let identity = identity(&content);
    manifests.push(Manifest { identity, content, node, source, document, oddities });
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
        _ => scalar.to_value(),
    }
}

/// Numbers that YAML 1.2 reads otherwise: `0644` in base 8, `0b11` in base 2, `1_000`.
fn number_of_yaml_1_1(text: &str) -> Option<i64> {
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

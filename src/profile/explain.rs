//! Where values come from: every layer that speaks of one, the last first.

use crate::diagnostic::Report;
use crate::source::Place;
use crate::tree::path::TreePath;
use crate::tree::{Content, Node};

use super::decode::Decode;
use super::layers::Layers;
use super::secret::{self, Secret};
use super::shape::Shape;
use super::system::System;

/// One value with all that was said of it.
pub struct Explained {
    pub path: TreePath,
    pub text: String,
    /// What holds comes first, then what it overrode.
    pub origins: Vec<Origin>,
}

/// One layer's word.
pub struct Origin {
    /// None for a named default.
    pub place: Option<Place>,
    pub default_name: String,
    pub text: String,
    pub removes: bool,
}

/// A path that leads nowhere: the key where it ends, and those that are there.
pub type Nowhere = (String, Vec<String>);

/// The values at and below a path.
pub fn values(
    layers: Layers,
    path: &TreePath,
    report: &mut Report,
) -> Result<Vec<Explained>, Nowhere> {
    let spoken = layers.spoken();
    let merged = layers.merge(report);
    let mut node = Some(&merged);
    let mut shape = System::shape();
    for (depth, key) in path.0.iter().enumerate() {
        let below = node.and_then(|node| node.get(key));
        let default = default_of(shape, key);
        if below.is_none() && default.is_none() {
            if let Some(removed) = removed(path, &spoken) {
                return Ok(vec![removed]);
            }
            let known = node.and_then(Node::as_map).map(|table| table.keys().cloned().collect());
            return Err((key.clone(), known.unwrap_or_default()));
        }
        shape = shape.below(key).unwrap_or(Shape::Kubernetes);
        node = below;
        if let (None, Some(text)) = (below, default) {
            let last = depth + 1 == path.0.len();
            if !last {
                return Err((path.0[depth + 1].clone(), Vec::new()));
            }
            let origins = vec![default_origin(path, text)];
            return Ok(vec![Explained { path: path.clone(), text: text.to_owned(), origins }]);
        }
    }
    let mut found = Vec::new();
    if let Some(node) = node {
        collect(node, path.clone(), &spoken, &mut found);
    }
    Ok(found)
}

/// A value that a layer set and a later one removed.
fn removed(path: &TreePath, spoken: &[Node]) -> Option<Explained> {
    let origins: Vec<Origin> =
        spoken.iter().rev().filter_map(|layer| origin(layer, path)).collect();
    let is_there = !path.0.is_empty() && !origins.is_empty();
    is_there.then(|| Explained { path: path.clone(), text: "(removed)".to_owned(), origins })
}

/// All leaves below a node.
fn collect(node: &Node, path: TreePath, spoken: &[Node], found: &mut Vec<Explained>) {
    if let Content::Map(table) = &node.content
        && !table.is_empty()
    {
        for (key, entry) in table {
            let mut below = path.clone();
            below.0.push(key.clone());
            collect(&entry.value, below, spoken, found);
        }
        return;
    }
    let mut origins: Vec<Origin> =
        spoken.iter().rev().filter_map(|layer| origin(layer, &path)).collect();
    origins.extend(written_default(&path).map(|text| default_origin(&path, text)));
    found.push(Explained { text: text_of(node, &path), path, origins });
}

/// What a layer says of a path. A layer that sets something above it that is no
/// map, or removes it, speaks of it too.
fn origin(layer: &Node, path: &TreePath) -> Option<Origin> {
    let mut node = layer;
    let mut place = layer.place;
    for key in &path.0 {
        match &node.content {
            Content::Map(table) => {
                let entry = table.get(key)?;
                node = &entry.value;
                place = if node.is_null() { entry.key } else { node.place };
            }
            _ => break,
        }
    }
    Some(Origin {
        place: Some(place),
        default_name: String::new(),
        text: text_of(node, path),
        removes: node.is_null(),
    })
}

fn default_origin(path: &TreePath, text: &str) -> Origin {
    let name = path.0.last().cloned().unwrap_or_default();
    Origin { place: None, default_name: format!("`{name}`"), text: text.to_owned(), removes: false }
}

/// The named default of a path, where it is a value that can be overridden.
fn written_default(path: &TreePath) -> Option<&'static str> {
    let (last, above) = path.0.split_last()?;
    match above.iter().try_fold(System::shape(), |shape, key| shape.below(key))? {
        Shape::Record(record) => record.field(last)?.default,
        _ => None,
    }
}

fn default_of(shape: Shape, key: &str) -> Option<&'static str> {
    match shape {
        Shape::Record(record) => {
            let field = record.field(key)?;
            field.default.or(field.derived)
        }
        _ => None,
    }
}

/// A value on one line. Plaintext secrets are not shown.
fn text_of(node: &Node, path: &TreePath) -> String {
    if is_secret(path) {
        return "(hidden)".to_owned();
    }
    match &node.content {
        Content::Null => "null".to_owned(),
        // A value where the word `existing` belongs.
        Content::Scalar(scalar) if is_misplaced(path, &scalar.text) => "(hidden)".to_owned(),
        Content::Scalar(scalar) => one_line(&scalar.text),
        Content::List(items) => {
            let items: Vec<String> = items.iter().map(|item| text_of(item, path)).collect();
            format!("[{}]", items.join(", "))
        }
        Content::Map(table) if table.is_empty() => "{}".to_owned(),
        Content::Map(table) => {
            let entries = table.iter().map(|(key, entry)| {
                let mut below = path.clone();
                below.0.push(key.clone());
                format!("{key}: {}", text_of(&entry.value, &below))
            });
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn is_secret(path: &TreePath) -> bool {
    match &path.0[..] {
        // A key that is no key of a Secret may be where one was put by mistake.
        [top, _, field] if top == "secrets" => Secret::SHAPE.field(field).is_none(),
        [top, _, field, kind, ..] if top == "secrets" => match field.as_str() {
            "from" => !secret::SHOWN.contains(&kind.as_str()),
            field => Secret::SHAPE.field(field).is_none(),
        },
        // What a manifest of a Secret holds; of another kind it is hidden too.
        [top, _, field, ..] if top == "objects" => matches!(field.as_str(), "data" | "stringData"),
        _ => false,
    }
}

fn is_misplaced(path: &TreePath, text: &str) -> bool {
    let of_source = path.0.first().is_some_and(|top| top == "secrets")
        && path.0.get(2).is_some_and(|field| field == "from");
    let value = path.0.len() == 3 || path.0.last().is_some_and(|last| last == "existing");
    of_source && path.0.len() <= 4 && value && !matches!(text, "existing" | "true")
}

fn one_line(text: &str) -> String {
    const WIDEST: usize = 80;
    let first = text.lines().next().unwrap_or("");
    let shown: String = first.chars().take(WIDEST).collect();
    let shown: String =
        shown.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let whole = shown.len() == text.trim_end_matches('\n').len();
    match (text.is_empty(), whole) {
        (true, _) => "\"\"".to_owned(),
        (_, true) => shown,
        (_, false) => format!("{shown} …"),
    }
}

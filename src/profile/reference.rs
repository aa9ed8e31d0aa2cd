//! The reference of every key, in Markdown, made from the same declarations
//! that read a profile: it cannot say anything else than the code does.

use std::collections::{BTreeMap, HashSet};

use super::shape::{ChoiceShape, FieldShape, RecordShape, ScalarShape, Shape};
use super::system::System;

/// The whole page.
pub fn reference() -> String {
    let mut page = Page::default();
    page.text.push_str(
        "# Reference\n\n\
         Every key of `k8sgen.yaml` and of the overlays. Both take the same keys; an overlay\n\
         says only what differs. This page is made from the code (`k8sgen schema --markdown`).\n\n",
    );
    page.visit(System::SHAPE);
    while let Some(next) = page.waiting.pop() {
        page.visit(next);
    }
    page.scalars();
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    seen: HashSet<&'static str>,
    waiting: Vec<&'static RecordShape>,
    scalars: BTreeMap<&'static str, ScalarShape>,
}

impl Page {
    fn visit(&mut self, record: &'static RecordShape) {
        if !self.seen.insert(record.name) {
            return;
        }
        self.text.push_str(&format!("## {}\n\n{}\n\n", record.name, flat(record.doc)));
        if let Some(short) = record.short {
            self.text.push_str(&format!("A bare value stands for `{short}`.\n\n"));
        }
        for group in record.groups {
            let names: Vec<String> = group.iter().map(|key| format!("`{key}`")).collect();
            let how = if record.one_of_needed.is_some() { "Exactly one" } else { "At most one" };
            self.text.push_str(&format!("{how} of {}.\n\n", names.join(", ")));
        }
        if !record.fields.is_empty() {
            self.text.push_str("| key | value | what it is |\n|---|---|---|\n");
        }
        let mut below = Vec::new();
        for field in record.fields {
            self.row(field, &mut below);
        }
        if let Some(included) = record.include {
            let (name, anchor) = (included.name, anchor(included.name));
            self.text.push_str(&format!("\nBesides these, the keys of [{name}](#{anchor}).\n"));
            below.push(included);
        }
        self.text.push('\n');
        // Depth first, in the order of the keys.
        below.reverse();
        self.waiting.extend(below);
    }

    fn row(&mut self, field: &FieldShape, below: &mut Vec<&'static RecordShape>) {
        let kind = self.kind((field.shape)(), below);
        let mut doc = flat(field.doc);
        if let Some(default) = field.default {
            doc.push_str(&format!(" Default: `{default}`."));
        } else if let Some(derived) = field.derived {
            doc.push_str(&format!(" Otherwise {derived}."));
        } else if (field.required)() {
            doc.push_str(" **Needed.**");
        }
        if !field.examples.is_empty() {
            let examples: Vec<String> = field.examples.iter().map(|e| format!("`{e}`")).collect();
            doc.push_str(&format!(" For example {}.", examples.join(" or ")));
        }
        if let Shape::Choice(choice) = (field.shape)() {
            doc.push_str(&choices(choice));
        }
        let doc = doc.replace('|', "\\|");
        self.text.push_str(&format!(
            "| `{}` | {} | {doc} |\n",
            field.key,
            kind.replace('|', "\\|")
        ));
    }

    fn kind(&mut self, shape: Shape, below: &mut Vec<&'static RecordShape>) -> String {
        match shape {
            Shape::Record(record) => {
                below.push(record);
                format!("[{}](#{})", record.name, anchor(record.name))
            }
            Shape::Map(key, inner) => {
                let key = self.scalar(key);
                format!("map of {key} to {}", self.kind(inner(), below))
            }
            Shape::Names(key, inner) => {
                let name = self.scalar(key);
                format!("list of {name}, or map of them to {}", self.kind(inner(), below))
            }
            Shape::List(inner) => format!("list of {}", self.kind(inner(), below)),
            Shape::Choice(choice) => {
                let names: Vec<String> =
                    choice.choices.iter().map(|one| format!("`{}`", one.name)).collect();
                names.join(", ")
            }
            Shape::Scalar(scalar) => self.scalar(scalar),
            Shape::Bool => "`true` or `false`".to_owned(),
            Shape::Integer { .. } => "whole number".to_owned(),
            Shape::Text => "text".to_owned(),
            Shape::OneOf(shapes) => {
                let names: Vec<String> =
                    shapes.iter().map(|shape| self.kind(shape(), below)).collect();
                names.join(", or ")
            }
            Shape::Kubernetes => "as Kubernetes defines it".to_owned(),
        }
    }

    fn scalar(&mut self, scalar: ScalarShape) -> String {
        self.scalars.insert(scalar.name, scalar);
        format!("[{}](#value-{})", scalar.name, anchor(scalar.name))
    }

    fn scalars(&mut self) {
        self.text.push_str("# Values\n\n");
        for scalar in std::mem::take(&mut self.scalars).into_values() {
            let examples: Vec<String> = scalar.examples.iter().map(|e| format!("`{e}`")).collect();
            self.text.push_str(&format!(
                "## Value: {}\n\n{} For example {}.\n\n",
                scalar.name,
                flat(scalar.doc),
                examples.join(", ")
            ));
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
    }
}

fn choices(choice: &ChoiceShape) -> String {
    let one = |(name, doc): (&str, &str)| format!(" `{name}`: {}", flat(doc));
    choice.choices.iter().map(|choice| one((choice.name, choice.doc))).collect()
}

/// Documentation on one line.
fn flat(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How Markdown links to a heading.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

//! Reading a record: a map with known keys, or the bare value that stands for
//! one of them.

use std::cell::Cell;

use crate::diagnostic::{Diagnostic, Report, choices, nearest};
use crate::source::Place;
use crate::tree::plain::plain_kind;
use crate::tree::{Content, Node, Scalar as Written, ScalarKind, Table};

use super::decode::{Decode, with_article, wrong_type};
use super::shape::RecordShape;

/// The fields of a record while it is read.
pub struct Fields<'n> {
    table: Option<&'n Table>,
    /// What was written for each field, in their order.
    written: Vec<Option<&'n Node>>,
    /// Which field is read next.
    next: Cell<usize>,
    shape: &'static RecordShape,
    place: Place,
}

/// What messages call a record: `workload `miner``, or `a probe`.
fn title(shape: &RecordShape, place: Place, report: &Report) -> String {
    match report.item_at(place) {
        Some(name) => format!("{} `{name}`", shape.title),
        None => with_article(shape.title),
    }
}

impl<'n> Fields<'n> {
    /// Opens a record: reports what it is not, and every key it does not have.
    pub fn open(
        node: &'n Node,
        shape: &'static RecordShape,
        report: &mut Report,
    ) -> Option<Fields<'n>> {
        let count = (shape.index)().count();
        let mut fields = Fields {
            table: None,
            written: vec![None; count],
            next: Cell::new(0),
            shape,
            place: node.place,
        };
        match (&node.content, shape.short) {
            (Content::Map(table), _) => {
                for (key, entry) in table {
                    if let Some(known) = shape.known(key) {
                        fields.written[known.position] = Some(&entry.value);
                    } else {
                        let title = title(shape, node.place, report);
                        report.add(unknown_key(key, entry.key, shape, &title));
                        // It may be what seems to be missing now.
                        report.broken(key, &entry.value);
                    }
                }
                Some(Fields { table: Some(table), ..fields })
            }
            (Content::List(_), Some(short)) if !shape.short_takes_list() => {
                report.add(wrong_type(node, &format!("a map or `{short}` alone")));
                None
            }
            (_, Some(short)) => {
                let known = shape.known(short)?;
                fields.written[known.position] = Some(node);
                Some(fields)
            }
            (_, None) => {
                let keys = every(shape.all_fields().map(|field| field.key));
                report.add(wrong_type(node, "a map").help(format!("its keys are {keys}")));
                None
            }
        }
    }

    /// Reads the next field, or its named default. Fields are read in their
    /// order. It is there once for each type: one copy for each field would be
    /// half of the program.
    #[inline(never)]
    pub fn read<T: Decode>(
        &self,
        key: &'static str,
        default: Option<&'static str>,
        report: &mut Report,
    ) -> Option<T> {
        let mut written = self.next();
        loop {
            let made;
            let node = match (written, default) {
                (Some(node), _) => node,
                (None, Some(text)) => {
                    made = default_node(text, self.place);
                    &made
                }
                (None, None) => {
                    let absent = T::absent();
                    if absent.is_none() {
                        self.report_missing(key, report);
                    }
                    return absent;
                }
            };
            let value = T::decode(node, report);
            match written.take() {
                Some(node) if value.is_none() => report.broken(key, node),
                _ => return value,
            }
            // Reading goes on as if it had not been written.
            if default.is_none() {
                return T::absent();
            }
        }
    }

    /// What was written for the next field.
    fn next(&self) -> Option<&'n Node> {
        let position = self.next.replace(self.next.get() + 1);
        self.written.get(position).copied().flatten()
    }

    #[cold]
    fn report_missing(&self, key: &str, report: &mut Report) {
        let field = self.shape.field(key);
        let title = title(self.shape, self.place, report);
        let missing = Diagnostic::missing(format!("{title} needs `{key}`")).at(self.place);
        report.add(match field {
            Some(field) => missing.help(format!("`{key}`: {}", field.doc.trim())),
            None => missing,
        });
    }

    /// Reports two of a group, and none where one is needed.
    pub fn check_groups(&self, shape: &RecordShape, report: &mut Report) -> Option<()> {
        let Some(table) = self.table else { return Some(()) };
        let mut sound = Some(());
        for group in shape.groups {
            let chosen: Vec<&str> =
                group.iter().copied().filter(|key| table.contains_key(*key)).collect();
            if let [first, second, ..] = chosen[..] {
                let at = |key: &str| table.get(key).map_or(self.place, |entry| entry.key);
                report.add(
                    Diagnostic::new(format!("`{first}` and `{second}` exclude each other"))
                        .at(at(second))
                        .related(at(first), "and this")
                        .help(format!("choose one of {}", choices(group.iter().copied()))),
                );
                sound = None;
            }
            if let (true, Some(what)) = (chosen.is_empty(), shape.one_of_needed) {
                let title = title(shape, self.place, report);
                report.add(
                    Diagnostic::missing(format!("{title} needs {what}"))
                        .at(self.place)
                        .help(format!("write one of {}", every(group.iter().copied()))),
                );
                sound = None;
            }
        }
        sound
    }
}

/// A named default as if it had been written where its record stands.
fn default_node(text: &str, place: Place) -> Node {
    let kind = plain_kind(text).unwrap_or(ScalarKind::String);
    let content = Content::Scalar(Written { text: text.to_owned(), kind });
    // A default stands nowhere: its place is a point.
    Node { place: Place { length: 0, ..place }, content }
}

/// More keys than this are not read in a message.
const MOST_LISTED: usize = 30;

fn unknown_key(key: &str, place: Place, shape: &RecordShape, title: &str) -> Diagnostic {
    let known = || shape.all_fields().map(|field| field.key);
    let shown: String = key.chars().take(60).collect();
    let unknown = Diagnostic::new(format!("unknown key `{shown}` in {title}")).at(place);
    let hints = shape.hints.iter().chain(shape.include.map_or(&[][..], |own| own.hints));
    if let Some(hint) = hints.clone().find(|(wrong, _)| *wrong == key) {
        return unknown.label(hint.1);
    }
    match nearest(key, known()) {
        Some(name) => unknown.label(format!("did you mean `{name}`?")),
        None if known().count() > MOST_LISTED => unknown.help(format!(
            "`k8sgen schema --markdown` lists its {} keys under `{}`",
            known().count(),
            shape.name
        )),
        None => unknown.help(format!("its keys are {}", every(known()))),
    }
}

/// All keys: a reader with a wrong one wants the whole list.
fn every<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

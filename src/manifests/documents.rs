//! Where one text holds several documents.

use crate::source::Place;

use super::json::{JsonObjects, is_json};

/// A document of a text.
pub struct Document<'t> {
    /// From 0, empty documents counted.
    pub number: usize,
    /// How many lines stand before it.
    pub line: u32,
    /// How many characters stand before it in its first line: other objects in JSON.
    pub column: u32,
    pub text: &'t str,
}

impl Document<'_> {
    /// From a place in the document to one in the whole text.
    pub fn put_in_text(&self, place: &mut Place) {
        if place.line == 1 {
            place.column += self.column;
        }
        place.line += self.line;
    }
}

/// The documents of a text that hold anything. A mark at the start of a line ends a
/// document wherever it stands; of JSON, so does the next object.
pub fn documents(text: &str) -> Vec<Document<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut starts = if is_json(text) { starts_in_json(text) } else { starts(text) };
    // Comments before the first mark are no document of their own.
    if starts.len() > 1 && !text.starts_with("---") && !holds_anything(&text[..starts[1].at]) {
        starts.remove(0);
    }
    let ends: Vec<usize> =
        starts.iter().skip(1).map(|start| start.at).chain([text.len()]).collect();
    let documents = starts.into_iter().zip(ends).enumerate();
    documents
        .map(|(number, (Start { at, line, column }, end))| Document {
            number,
            line,
            column,
            text: &text[at..end],
        })
        .filter(|document| holds_anything(document.text))
        .collect()
}

/// Where a document starts, in bytes and as a `Document` has it.
struct Start {
    at: usize,
    line: u32,
    column: u32,
}

/// Large files are many small documents: lines are counted, and not looked at.
fn starts(text: &str) -> Vec<Start> {
    let mut starts = vec![Start { at: 0, line: 0, column: 0 }];
    let (mut counted, mut line) = (0, 0);
    for (end, _) in text.match_indices("\n---") {
        let at = end + 1;
        if is_mark(text[at..].split_inclusive('\n').next().unwrap_or_default()) {
            let breaks = text[counted..at].bytes().filter(|byte| *byte == b'\n').count();
            line += u32::try_from(breaks).unwrap_or(u32::MAX);
            counted = at;
            starts.push(Start { at, line, column: 0 });
        }
    }
    starts
}

fn starts_in_json(text: &str) -> Vec<Start> {
    let mut starts = vec![Start { at: 0, line: 0, column: 0 }];
    let (mut at, mut line) = (0, 0);
    let mut objects = JsonObjects::default();
    for piece in text.split_inclusive('\n') {
        if at > 0 && is_mark(piece) {
            starts.push(Start { at, line, column: 0 });
        }
        for begin in objects.beginnings(piece) {
            let column = u32::try_from(piece[..begin].chars().count()).unwrap_or(u32::MAX);
            starts.push(Start { at: at + begin, line, column });
        }
        at += piece.len();
        line += 1;
    }
    starts
}

pub fn is_mark(line: &str) -> bool {
    let rest = line.strip_prefix("---");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n', '#']))
}

fn holds_anything(document: &str) -> bool {
    document.lines().any(|line| {
        let line = if is_mark(line) { &line[3..] } else { line }.trim_start();
        !line.is_empty() && !line.starts_with('#')
    })
}

//! One document of a text as a tree: what YAML has, and what kubectl takes besides.

use super::loose;
use crate::diagnostic::{Diagnostic, Report};
use crate::source::{Place, SourceId, Sources};
use crate::tree::{Content, Node, read};

/// A document as YAML has it, or else as kubectl takes it all the same.
pub fn parsed(
    text: &str,
    source: SourceId,
    sources: &Sources,
    report: &mut Report,
) -> Option<Node> {
    if let Some(diagnostic) = control_character(text, source) {
        report.add(diagnostic);
        return None;
    }
    let mut strict = Report::default();
    let read = read::read_text(text, source, sources, &mut strict);
    if read.is_some() {
        report.append(strict);
        return read;
    }
    let mut found = Report::default();
    let loose = loose::rewrite(text).and_then(|loose| {
        let node = read::read_text(&loose.text, source, sources, &mut found)?;
        Some((loose, node))
    });
    let Some((loose, mut node)) = loose else {
        report.append(strict);
        return None;
    };
    each_place(&mut node, &|place| *place = loose.original(*place));
    for mut oddity in found.into_sorted() {
        oddity.place = oddity.place.map(|place| loose.original(place));
        report.add(oddity);
    }
    Some(node)
}

/// A character that kubectl's reader takes nowhere, not even in quotes.
fn control_character(text: &str, source: SourceId) -> Option<Diagnostic> {
    let stray = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r');
    // Nearly no text has one: asking all of it without a branch costs a seventh.
    if !text.bytes().fold(false, |found, b| found | stray(b)) {
        return None;
    }
    let at = text.bytes().position(stray)?;
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let place = Place {
        source,
        line: narrow(text[..start].matches('\n').count() + 1),
        column: narrow(text[start..at].chars().count() + 1),
        length: 1,
    };
    let code = text.as_bytes()[at];
    let diagnostic = Diagnostic::new("a control character").at(place);
    Some(diagnostic.help(format!("write it as `\\x{code:02x}` in double quotes, or leave it out")))
}

pub fn each_place(node: &mut Node, change: &impl Fn(&mut Place)) {
    change(&mut node.place);
    match &mut node.content {
        Content::Map(table) => {
            for entry in table.values_mut() {
                change(&mut entry.key);
                each_place(&mut entry.value, change);
            }
        }
        Content::List(items) => items.iter_mut().for_each(|item| each_place(item, change)),
        Content::Scalar(_) | Content::Null => {}
    }
}

//! Reading a large text with several threads. A block map at the top of a text,
//! and the block maps right below it, can be cut between their keys: whatever
//! belongs to a key is indented deeper than the key. Where anything is unusual
//! or wrong, nothing is said here, and the whole text is read in one piece.

use crate::diagnostic::Report;
use crate::shares;
use crate::source::{Place, SourceId};

use super::read::{Origin, read_part};
use super::{Content, Entry, Node, Table};

/// Smaller texts are read sooner than they are cut.
const WORTH_CUTTING: usize = 128 << 10;
/// Pieces for each thread, so that all have work to the end.
const PIECES_PER_THREAD: usize = 4;

/// Some lines of a text: whole entries of one map.
#[derive(Debug, PartialEq)]
struct Piece<'t> {
    /// The key at the top that these entries stand below, and its line; none
    /// for entries of the top itself.
    parent: Option<(&'t str, u32)>,
    text: &'t str,
    first_line: u32,
}

/// Reads a text in pieces, if it can be cut.
pub fn read(text: &str, source: SourceId, threads: usize) -> Option<Node> {
    if threads < 2 || text.len() < WORTH_CUTTING {
        return None;
    }
    let pieces = cut(text, text.len() / (threads * PIECES_PER_THREAD))?;
    let read = shares::each(&runs(&pieces, text.len().div_ceil(threads)), |run| {
        run.iter().map(|piece| read_piece(piece, source)).collect::<Option<Vec<Node>>>()
    });
    let nodes = read.into_iter().collect::<Option<Vec<_>>>()?;
    assemble(&pieces, nodes.into_iter().flatten(), source)
}

fn read_piece(piece: &Piece<'_>, source: SourceId) -> Option<Node> {
    let mut report = Report::default();
    let levels = usize::from(piece.parent.is_some());
    let origin = Origin { source, lines_above: piece.first_line - 1, levels_above: levels };
    let node = read_part(piece.text, origin, &mut report)?;
    report.is_empty().then_some(node)
}

/// The pieces in runs of about the same size.
fn runs<'p, 't>(pieces: &'p [Piece<'t>], size: usize) -> Vec<&'p [Piece<'t>]> {
    let mut runs = Vec::new();
    let (mut start, mut held) = (0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        held += piece.text.len();
        if held >= size {
            runs.push(&pieces[start..=at]);
            (start, held) = (at + 1, 0);
        }
    }
    if start < pieces.len() {
        runs.push(&pieces[start..]);
    }
    runs
}

/// One map of the maps that were read.
fn assemble(
    pieces: &[Piece<'_>],
    nodes: impl Iterator<Item = Node>,
    source: SourceId,
) -> Option<Node> {
    let mut root: Option<Node> = None;
    for (piece, node) in pieces.iter().zip(nodes) {
        let Content::Map(entries) = node.content else { return None };
        let start =
            Place { line: piece.parent.map_or(node.place.line, |(_, line)| line), ..node.place };
        let start = Place { column: 1, ..start };
        let root = root.get_or_insert_with(|| Node::map(start));
        let Content::Map(top) = &mut root.content else { return None };
        let Some((key, line)) = piece.parent else {
            add(top, entries)?;
            continue;
        };
        // The same line of the same key: another one is a duplicate.
        let last = top.last_mut().filter(|(known, entry)| *known == key && entry.key.line == line);
        if let Some((_, Entry { value: Node { content: Content::Map(table), .. }, .. })) = last {
            add(table, entries)?;
        } else if top.contains_key(key) {
            return None;
        } else {
            let length = u16::try_from(key.chars().count()).ok()?;
            let place = Place { source, line, column: 1, length };
            let value = Node { place: node.place, content: Content::Map(entries) };
            top.insert(key.to_owned(), Entry { key: place, value });
        }
    }
    root
}

/// Adds entries to a map, unless a key stands there already.
fn add(table: &mut Table, entries: Table) -> Option<()> {
    table.reserve(entries.len());
    for (key, entry) in entries {
        if table.insert(key, entry).is_some() {
            return None;
        }
    }
    Some(())
}

/// A line and where it begins.
struct Line<'t> {
    start: usize,
    number: u32,
    text: &'t str,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').zip(1..).map(move |(line, number)| {
        let here = Line { start, number, text: line };
        start += line.len();
        here
    })
}

impl Line<'_> {
    /// How far it is indented; none for a blank line or a comment.
    fn indentation(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let indentation = bytes.iter().take_while(|b| **b == b' ').count();
        match bytes.get(indentation) {
            None | Some(b'#' | b'\n' | b'\r') => None,
            Some(_) => Some(indentation),
        }
    }

    /// Whether it begins with a plain or quoted key: with none of YAML's signs.
    fn begins_with_word(&self, indentation: usize) -> bool {
        let first = self.text.as_bytes().get(indentation);
        first.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'/' | b'"' | b'\''))
    }

    /// The key, where the line holds nothing but a plain one.
    fn lone_key(&self) -> Option<&str> {
        let (key, rest) = self.text.split_once(':')?;
        let rest = rest.trim();
        let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        (plain && !key.is_empty() && rest.is_empty()).then_some(key)
    }
}

/// Cuts a text into pieces of at least `size` bytes where it can.
fn cut(text: &str, size: usize) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut section: Option<(usize, u32)> = None;
    for line in lines(text).chain([Line { start: text.len(), number: u32::MAX, text: "end" }]) {
        match line.indentation() {
            Some(0) => {}
            // Something indented that nothing is above.
            Some(_) if section.is_none() => return None,
            _ => continue,
        }
        // A sign at the top may open anything: a document, a list, a tag.
        if !line.begins_with_word(0) {
            return None;
        }
        if let Some((start, number)) = section.replace((line.start, line.number)) {
            cut_section(&text[start..line.start], number, size, &mut pieces);
        }
    }
    Some(pieces)
}

/// Cuts one key of the top and what belongs to it.
fn cut_section<'t>(text: &'t str, number: u32, size: usize, pieces: &mut Vec<Piece<'t>>) {
    let whole = Piece { parent: None, text, first_line: number };
    if text.len() <= size {
        pieces.push(whole);
        return;
    }
    match cut_children(text, number, size) {
        Some(children) => pieces.extend(children),
        None => pieces.push(whole),
    }
}

fn cut_children(text: &str, number: u32, size: usize) -> Option<Vec<Piece<'_>>> {
    let mut lines = lines(text);
    let head = lines.next()?;
    let key = text.get(..head.text.len())?;
    let key = Line { start: 0, number, text: key }.lone_key().map(str::len)?;
    let parent = Some((&text[..key], number));
    let mut indentation = None;
    let mut open: Option<(usize, u32)> = None;
    let mut pieces = Vec::new();
    for line in lines {
        let Some(own) = line.indentation() else { continue };
        let wanted = *indentation.get_or_insert(own);
        if own > wanted {
            continue;
        }
        if own < wanted || !line.begins_with_word(own) {
            return None;
        }
        match open {
            Some((start, _)) if line.start - start < size => {}
            _ => {
                let here = (line.start, number + line.number - 1);
                if let Some((start, first_line)) = open.replace(here) {
                    pieces.push(Piece { parent, text: &text[start..line.start], first_line });
                }
            }
        }
    }
    let (start, first_line) = open?;
    pieces.push(Piece { parent, text: &text[start..], first_line });
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn whole(text: &str) -> Option<Node> {
        let mut sources = Sources::default();
        sources.add(SourceId::SYSTEM, "k8sgen.yaml", text.to_owned());
        let mut report = Report::default();
        let node = crate::tree::read::read(SourceId::SYSTEM, &sources, &mut report)?;
        report.is_empty().then_some(node)
    }

    fn in_pieces(text: &str, size: usize) -> Option<Node> {
        let pieces = cut(text, size)?;
        let nodes: Option<Vec<Node>> =
            pieces.iter().map(|piece| read_piece(piece, SourceId::SYSTEM)).collect();
        assemble(&pieces, nodes?.into_iter(), SourceId::SYSTEM)
    }

    /// Content and places. An empty block has no line of its own, and the
    /// scanner places it at whatever comes next.
    fn shown(node: &Node) -> String {
        match &node.content {
            Content::Map(table) => {
                let entries = table
                    .iter()
                    .map(|(key, entry)| format!("{key} {:?}: {}", entry.key, shown(&entry.value)));
                format!("{:?} {{{}}}", node.place, entries.collect::<Vec<_>>().join(", "))
            }
            Content::List(items) => format!("{:?} {:?}", node.place, items),
            Content::Scalar(scalar) if scalar.text.trim().is_empty() => {
                format!("{:?}", scalar.text)
            }
            content => format!("{:?} {content:?}", node.place),
        }
    }

    #[track_caller]
    fn same(text: &str) {
        let whole = whole(text).map(|node| shown(&node));
        for size in [0, 1, 40, 400] {
            if let Some(parts) = in_pieces(text, size) {
                assert_eq!(Some(shown(&parts)), whole, "{text}");
            }
        }
    }

    const TEXTS: &[&str] = &[
        include_str!("../../k8sgen.yaml"),
        include_str!("../../overlays/dev.yaml"),
        include_str!("../../overlays/staging.yaml"),
        include_str!("../../overlays/prod.yaml"),
        include_str!("../../examples/web/k8sgen.yaml"),
        "a:\n  b: |+\n    x\n\n\n  c: >\n    y\n\nd: 1\n",
        "a:\n  b: \"x\n    y\"\n  c: [1,\n    2]\nd: 'p\n  q'\n",
        "a: &x {k: 1}\nb: *x\n",
        "a:\n  b: &x 1\n  c: *x\n",
        "a:\n- 1\n- 2\nb: 1\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: 1\na: 2\n",
        "a:\n  b: 1\n  b: 2\n",
        "a:\n  b: 1\nc: 2\na:\n  d: 3\n",
        "--- \na: 1\n",
        "a: 1\n---\nb: 2\n",
        "'a':\n  b: 1\n",
        "a: # comment\n  b: 1\n",
        "# only\n",
        "a:\n  ? b\n  : 1\n",
        "a:\n\n  # c\n  b:\n  c:\n",
        "a: |\n x\nb: 1\n",
        "\u{feff}a:\n  b: 1\n",
        "a:\r\n  b: 1\r\n  c: |\r\n    x\r\nd: 2\r\n",
    ];

    #[test]
    fn pieces_give_what_the_whole_gives() {
        TEXTS.iter().for_each(|text| same(text));
    }

    #[test]
    fn examples_are_cut() {
        assert!(in_pieces(TEXTS[0], 100).is_some());
        assert!(cut(TEXTS[0], 100).is_some_and(|pieces| pieces.len() > 5));
    }

    #[test]
    fn whatever_is_broken_gives_the_same_or_nothing() {
        // Every text with one line taken away, doubled, or moved to the left.
        for text in TEXTS {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            for at in 0..lines.len() {
                let without = [&lines[..at], &lines[at + 1..]].concat().concat();
                let doubled = [&lines[..at], &[lines[at]], &lines[at..]].concat().concat();
                let moved =
                    [&lines[..at], &[lines[at].trim_start()], &lines[at + 1..]].concat().concat();
                for broken in [without, doubled, moved] {
                    same(&broken);
                }
            }
        }
    }
}

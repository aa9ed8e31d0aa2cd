//! YAML text to a tree: one document, no duplicate keys, aliases expanded
//! within limits. The YAML grammar itself is `saphyr-parser`'s.

use std::collections::HashMap;

use indexmap::map::Entry as Slot;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use crate::diagnostic::{Diagnostic, Report};
use crate::source::{Place, SourceId, Sources};

use super::block;
use super::json;
use super::plain::plain_kind;
use super::scan_error::{RENDER_FIRST, is_template, scan_error};
use super::{Content, Entry, Node, Scalar, ScalarKind, Table};

/// Deeper trees are refused: nothing in Kubernetes comes near, and whoever
/// walks a tree may recurse.
pub const DEEPEST: usize = 100;
/// How many nodes the aliases of one file may stand for in all.
const MOST_ALIASED: usize = 200_000;
/// How much text counts as one node more.
const TEXT_OF_A_NODE: usize = 64;
/// How many nodes the anchors of one file may hold in all.
const MOST_ANCHORED: usize = 1_000_000;

/// Reads one document. `None` means that the report says why; an empty text is
/// an empty map.
pub fn read(source: SourceId, sources: &Sources, report: &mut Report) -> Option<Node> {
    let text = sources.get(source).map_or("", |source| &source.text);
    let root = read_text(text, source, sources, report)?;
    Some(if root.is_null() { Node::map(Place::start_of(source)) } else { root })
}

/// Reads a text whose lines and columns are those of a source. An empty one is
/// null.
pub fn read_text(
    text: &str,
    source: SourceId,
    sources: &Sources,
    report: &mut Report,
) -> Option<Node> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let plain = json::read(text, source).or_else(|| block::read(text, source));
    plain.or_else(|| read_whole(text, source, sources, report))
}

/// The same with the whole grammar from the start.
pub fn read_whole(
    text: &str,
    source: SourceId,
    sources: &Sources,
    report: &mut Report,
) -> Option<Node> {
    let mut reader = Reader::new(text, source, report);
    for event in Parser::new_from_str(text) {
        let step = match event {
            Ok((event, span)) => reader.take(event, span),
            Err(error) => Err(scan_error(&error, source, sources)),
        };
        if let Err(diagnostic) = step {
            reader.report.add(diagnostic);
            return None;
        }
    }
    Some(reader.finish())
}

/// A fault after which the rest of the text cannot be understood.
type Fatal = Diagnostic;

struct Reader<'r> {
    source: SourceId,
    lines: Vec<&'r str>,
    report: &'r mut Report,
    /// Collections that are open, outermost first.
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    anchors: HashMap<usize, Anchored>,
    anchored: usize,
    aliased: usize,
    reached: Option<Reached>,
}

/// Where a place is in its line, in bytes.
#[derive(Clone, Copy)]
struct Reached {
    place: Place,
    byte: usize,
}

/// A collection that is being read.
struct Open {
    anchor: usize,
    place: Place,
    /// Nodes read in it so far: what an alias to it costs.
    size: usize,
    /// Levels below it so far.
    height: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { table: Table, merged: Vec<Node>, key: Option<Key> },
}

/// A key whose value is still to come.
struct Key {
    text: String,
    place: Place,
    plain: bool,
}

struct Anchored {
    node: Node,
    size: usize,
    height: usize,
}

impl<'r> Reader<'r> {
    fn new(text: &'r str, source: SourceId, report: &'r mut Report) -> Reader<'r> {
        Reader {
            source,
            lines: text.lines().collect(),
            report,
            open: Vec::new(),
            root: None,
            documents: 0,
            anchors: HashMap::new(),
            anchored: 0,
            aliased: 0,
            reached: None,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fatal> {
        let place = place_of(self.source, span);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let help = "one file holds one document; move the rest to a file of its own";
                    return Err(fatal(place, "a second document in one file").help(help));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let place = self.without_trailer(place, style);
                if let Some(expected_key) = self.key_slot() {
                    return self.take_key(expected_key, &text, style, place, anchor);
                }
                let content = scalar(&text, style, tag.as_deref(), place)?;
                self.close(Node { place, content }, anchor, 1 + text.len() / TEXT_OF_A_NODE, 0)
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), "seq", place)?;
                self.push(anchor, place, OpenKind::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse_tag(tag.as_deref(), "map", place)?;
                let kind = OpenKind::Map { table: Table::default(), merged: Vec::new(), key: None };
                self.push(anchor, place, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let content = match open.kind {
                    OpenKind::List(items) => Content::List(items),
                    OpenKind::Map { mut table, merged, .. } => {
                        // Tables begin with room for four, and most hold less.
                        table.shrink_to_fit();
                        Content::Map(with_merged(table, merged))
                    }
                };
                let node = Node { place: open.place, content };
                self.close(node, open.anchor, open.size + 1, open.height + 1)
            }
            Event::Alias(id) => self.take_alias(id, place),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    /// The scanner counts what follows a quoted scalar on its line as part of it.
    fn without_trailer(&mut self, place: Place, style: ScalarStyle) -> Place {
        let quote = match style {
            ScalarStyle::SingleQuoted => '\'',
            ScalarStyle::DoubleQuoted => '"',
            _ => return place,
        };
        let mut chars = self.from(place).chars().peekable();
        let (first, mut length) = (chars.next(), 1u16);
        while let Some(c) = chars.next() {
            length = length.saturating_add(1);
            let pair = c == '\\' && quote == '"' || c == '\'' && chars.peek() == Some(&'\'');
            if pair {
                length = length.saturating_add(u16::from(chars.next().is_some()));
            } else if c == quote {
                break;
            }
        }
        let quoted = first == Some(quote) && length < place.length;
        Place { length: if quoted { length } else { place.length }, ..place }
    }

    /// The rest of a line from a place on. Places come in their order: of a line that
    /// holds a whole file, each character is counted once.
    fn from(&mut self, place: Place) -> &'r str {
        let line = usize::try_from(place.line).unwrap_or_default().saturating_sub(1);
        let text = self.lines.get(line).copied().unwrap_or_default();
        let known = self
            .reached
            .filter(|known| known.place.line == place.line && known.place.column <= place.column);
        let (column, byte) = known.map_or((1, 0), |known| (known.place.column, known.byte));
        let ahead = usize::try_from(place.column - column).unwrap_or_default();
        let rest = &text[byte..];
        let skipped = rest.char_indices().nth(ahead).map_or(rest.len(), |(at, _)| at);
        self.reached = Some(Reached { place, byte: byte + skipped });
        &rest[skipped..]
    }

    /// How deep the next node stands.
    fn levels(&self) -> usize {
        self.open.len()
    }

    /// Whether the next node is a key of the innermost map.
    fn key_slot(&self) -> Option<Place> {
        match self.open.last() {
            Some(Open { kind: OpenKind::Map { key: None, .. }, place, .. }) => Some(*place),
            _ => None,
        }
    }

    fn take_key(
        &mut self,
        map: Place,
        text: &str,
        style: ScalarStyle,
        place: Place,
        anchor: usize,
    ) -> Result<(), Fatal> {
        // An empty plain key stands nowhere; the map's own place is the nearest.
        let place = if text.is_empty() && style == ScalarStyle::Plain { map } else { place };
        if anchor != 0 {
            self.anchors
                .insert(anchor, Anchored { node: Node::scalar(place, text), size: 1, height: 0 });
        }
        if let Some(Open { kind: OpenKind::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(Key { text: text.to_owned(), place, plain: style == ScalarStyle::Plain });
        }
        Ok(())
    }

    fn take_alias(&mut self, id: usize, place: Place) -> Result<(), Fatal> {
        let Some(anchored) = self.anchors.get(&id) else {
            return Err(fatal(place, "an alias inside the node that it stands for"));
        };
        self.aliased += anchored.size;
        if self.aliased > MOST_ALIASED {
            return Err(fatal(place, "the aliases of this file expand to too many nodes")
                .label(format!("more than {MOST_ALIASED} nodes with this one"))
                .help("write the repeated parts out, or split the project"));
        }
        if self.levels() + anchored.height > DEEPEST {
            return Err(too_deep(place));
        }
        let (node, size, height) = (anchored.node.clone(), anchored.size, anchored.height);
        if self.key_slot().is_some() {
            return match node.content {
                Content::Scalar(scalar) => {
                    self.take_key(place, &scalar.text, ScalarStyle::Plain, place, 0)
                }
                _ => Err(fatal(place, "a key must be a string")),
            };
        }
        self.close(node, 0, size, height)
    }

    fn push(&mut self, anchor: usize, place: Place, kind: OpenKind) -> Result<(), Fatal> {
        if self.levels() >= DEEPEST {
            return Err(too_deep(place));
        }
        if self.key_slot().is_some() {
            let line = usize::try_from(place.line).unwrap_or_default().saturating_sub(1);
            let help = match self.lines.get(line) {
                Some(line) if is_template(line) => RENDER_FIRST,
                _ => "text that starts with `{` or `[` needs quotes",
            };
            return Err(fatal(place, "a key must be a string").help(help));
        }
        // The scanner counts the blanks behind a bracket as part of it.
        let place = Place { length: place.length.min(1), ..place };
        self.open.push(Open { anchor, place, size: 0, height: 0, kind });
        Ok(())
    }

    /// Puts a finished node, `height` levels high, where it belongs.
    fn close(
        &mut self,
        node: Node,
        anchor: usize,
        size: usize,
        height: usize,
    ) -> Result<(), Fatal> {
        if anchor != 0 {
            // Anchors within anchors keep their nodes once a level.
            self.anchored += size;
            if self.anchored > MOST_ANCHORED {
                return Err(fatal(node.place, "the anchors of this file hold too much"));
            }
            self.anchors.insert(anchor, Anchored { node: node.clone(), size, height });
        }
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        parent.size += size;
        parent.height = parent.height.max(height);
        match &mut parent.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map { table, merged, key } => {
                let Some(Key { text: key, place: at, plain }) = key.take() else { return Ok(()) };
                if key == "<<" && plain {
                    return take_merged(merged, node);
                }
                match table.entry(key) {
                    Slot::Vacant(slot) => {
                        slot.insert(Entry { key: at, value: node });
                    }
                    Slot::Occupied(slot) => {
                        let message = format!("the key `{}` is written twice", slot.key());
                        self.report.add(
                            Diagnostic::new(message)
                                .at(at)
                                .label("second time")
                                .related(slot.get().key, "first time"),
                        );
                    }
                }
            }
        }
        Ok(())
    }

    fn refuse_tag(&self, tag: Option<&Tag>, own: &str, place: Place) -> Result<(), Fatal> {
        match tag {
            Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == own) => {
                Err(strange_tag(place))
            }
            _ => Ok(()),
        }
    }

    fn finish(self) -> Node {
        let place = Place::start_of(self.source);
        self.root.unwrap_or(Node { place, content: Content::Null })
    }
}

/// What stands at YAML 1.1's `<<`: a map, or a list of maps.
fn take_merged(merged: &mut Vec<Node>, node: Node) -> Result<(), Fatal> {
    let maps = match node.content {
        Content::List(items) => items,
        content => vec![Node { place: node.place, content }],
    };
    for map in maps {
        if map.as_map().is_none() {
            let help = "the key `<<` lays maps below this one; in quotes it is a key like others";
            return Err(fatal(map.place, "only a map can be merged").help(help));
        }
        merged.push(map);
    }
    Ok(())
}

/// Keys of the merged maps, where the map has none itself.
fn with_merged(mut table: Table, merged: Vec<Node>) -> Table {
    for map in merged {
        if let Content::Map(entries) = map.content {
            for (key, entry) in entries {
                table.entry(key).or_insert(entry);
            }
        }
    }
    table
}

fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
    place: Place,
) -> Result<Content, Fatal> {
    let kind = match tag {
        None if style == ScalarStyle::Plain => plain_kind(text),
        None => Some(ScalarKind::String),
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => Some(ScalarKind::String),
        Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Some(ScalarKind::String),
        Some(tag)
            if tag.is_yaml_core_schema()
                && matches!(tag.suffix.as_str(), "int" | "float" | "bool" | "null") =>
        {
            match (plain_kind(text), tag.suffix.as_str()) {
                (None, "null") => None,
                (Some(kind @ ScalarKind::Bool(_)), "bool")
                | (Some(kind @ ScalarKind::Integer), "int" | "float")
                | (Some(kind @ ScalarKind::Float), "float") => Some(kind),
                _ => return Err(fatal(place, "this is not what its tag says")),
            }
        }
        Some(_) => return Err(strange_tag(place)),
    };
    Ok(kind.map_or(Content::Null, |kind| Content::Scalar(Scalar { text: text.to_owned(), kind })))
}

pub fn place_of(source: SourceId, span: Span) -> Place {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let length = if span.end.line() == span.start.line() {
        span.end.col().saturating_sub(span.start.col())
    } else {
        // Of what spans lines, the first character marks the place.
        1
    };
    Place {
        source,
        line: narrow(span.start.line()),
        column: narrow(span.start.col()).saturating_add(1),
        length: u16::try_from(length).unwrap_or(u16::MAX),
    }
}

fn fatal(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new(message).at(place)
}

pub fn too_deep(place: Place) -> Fatal {
    fatal(place, "nested too deep").label(format!("more than {DEEPEST} levels"))
}

fn strange_tag(place: Place) -> Fatal {
    let help = "k8sgen reads plain YAML; quote text that starts with `!`";
    fatal(place, "a tag that k8sgen does not know").help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let source = SourceId::SYSTEM;
        sources.add(source, "test.yaml", text.to_owned());
        let mut report = Report::default();
        let node = read(source, &sources, &mut report);
        (node, report.into_sorted())
    }

    fn error(text: &str) -> (String, u32, u32) {
        let (_, errors) = parse(text);
        let place = errors[0].place.unwrap();
        (errors[0].message.clone(), place.line, place.column)
    }

    #[test]
    fn keeps_text_and_place_of_scalars() {
        let (node, errors) = parse("a:\n  tag: 1.10\n  on: yes\n");
        assert!(errors.is_empty());
        let tag = node.as_ref().unwrap().get("a").unwrap().get("tag").unwrap();
        assert_eq!(tag.as_text(), Some("1.10"));
        assert_eq!((tag.place.line, tag.place.column, tag.place.length), (2, 8, 4));
        let on = node.as_ref().unwrap().get("a").unwrap().get("on").unwrap();
        assert_eq!(on.describe(), "a string");
    }

    #[test]
    fn names_the_place_of_what_is_wrong() {
        assert_eq!(error("a: 1\nb: 2\na: 3\n"), ("the key `a` is written twice".into(), 3, 1));
        assert_eq!(error("a: 1\n---\nb: 2\n"), ("a second document in one file".into(), 2, 1));
        assert_eq!(error("a:\n\tb: 1\n"), ("a tab indents this line".into(), 2, 1));
        assert_eq!(error("a: !vault x\n").0, "a tag that k8sgen does not know");
        assert_eq!(error("? [a]\n: b\n").0, "a key must be a string");
        assert_eq!(error("a: &x [*x]\n").0, "an alias inside the node that it stands for");
        assert_eq!(error(&"[".repeat(5000)).0, "nested too deep");
        assert_eq!(error(&format!("{}x", "- ".repeat(101))).0, "nested too deep");
    }

    #[test]
    fn a_template_is_known_by_its_braces() {
        for text in ["a: {{ .Values.x }}\n", "{%- if x %}\na: b\n", "a: b\n{{- end }}\n"] {
            let (_, errors) = parse(text);
            assert_eq!(errors[0].help.as_deref(), Some(RENDER_FIRST), "{text}");
        }
    }

    #[test]
    fn aliases_expand_within_limits() {
        let (node, errors) = parse("a: &a {x: 1}\nb: *a\nc: {<<: *a, y: 2}\n");
        assert!(errors.is_empty());
        let node = node.unwrap();
        assert_eq!(node.get("b").unwrap().get("x").unwrap().as_text(), Some("1"));
        assert_eq!(node.get("c").unwrap().get("x").unwrap().as_text(), Some("1"));

        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        assert_eq!(error(&bomb).0, "the aliases of this file expand to too many nodes");
    }

    #[test]
    fn byte_order_mark_and_crlf_are_no_fault() {
        let (node, errors) = parse("\u{feff}a: 1\r\nb: |\r\n  x\r\n  y\r\n");
        assert!(errors.is_empty());
        assert_eq!(node.unwrap().get("b").unwrap().as_text(), Some("x\ny\n"));
    }

    #[test]
    fn empty_text_is_an_empty_map() {
        for text in ["", "# nothing\n", "---\n", "~\n"] {
            let (node, errors) = parse(text);
            assert!(errors.is_empty());
            assert!(node.unwrap().as_map().unwrap().is_empty());
        }
    }
}

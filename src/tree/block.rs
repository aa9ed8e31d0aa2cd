//! Reading the plain YAML that nearly every profile is written in: block maps
//! and lists, flow collections, scalars on one line, literal blocks. It is
//! several times as fast as the whole grammar, and reading is the largest share
//! of a run. Whatever else a text holds (anchors, tags, folded text, nothing
//! behind a key, anything wrong), nothing is said here: the whole grammar reads
//! the text again. What is read here, it reads equally; tests and a fuzz target
//! hold that.

use std::borrow::Cow;

use crate::source::{Place, SourceId};

use super::plain::plain_kind;
use super::{Content, Entry, Node, Scalar, ScalarKind, Table};

/// Deeper ones are left to the whole grammar, which counts levels for itself.
const DEEPEST: usize = 40;
/// YAML ends the search for the `:` of a key after 1024 characters.
const LONGEST_KEY: usize = 1000;

/// Reads a map, if the text is one of plain YAML.
pub fn read(text: &str, source: SourceId) -> Option<Node> {
    if !text.ends_with('\n') || !text.chars().all(is_plain_char) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        ascii: text.is_ascii(),
        source,
        line: Line { number: 0, start: 0, content: 0, end: 0 },
        next: 0,
        pending: Vec::new(),
    };
    reader.advance()?;
    if reader.indentation() == Some(0) && reader.rest() == "---" {
        reader.advance()?;
    }
    if reader.indentation()? != 0 || reader.at_mark() {
        return None;
    }
    let root = reader.map(reader.line.content, 0, 0)?;
    reader.indentation().is_none().then_some(root)
}

/// Characters that every version of YAML takes for what they are.
pub(super) fn is_plain_char(c: char) -> bool {
    match c {
        ' '..='~' | '\n' | '\t' => true,
        '\u{2028}' | '\u{2029}' | '\u{feff}' => false,
        '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => true,
        _ => false,
    }
}

/// One line with content, or the end of the text, where the content is empty.
#[derive(Clone, Copy)]
struct Line {
    /// From 1.
    number: u32,
    start: usize,
    /// Where the first character stands that is no blank.
    content: usize,
    /// Where its line break stands.
    end: usize,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    ascii: bool,
    source: SourceId,
    line: Line,
    /// Where the line behind this one starts.
    next: usize,
    /// Entries of the maps that are not whole yet, the innermost one's last.
    pending: Vec<(String, Entry)>,
}

/// A scalar on one line.
struct Token<'t> {
    text: Cow<'t, str>,
    plain: bool,
    start: usize,
    end: usize,
}

impl<'t> Reader<'t> {
    /// Goes to the next line with content.
    fn advance(&mut self) -> Option<()> {
        while self.next < self.bytes.len() {
            self.take_line();
            match self.bytes.get(self.line.content) {
                Some(b'\n' | b'#') => {}
                Some(b'\t') => return None,
                _ => return Some(()),
            }
        }
        let end = self.bytes.len();
        self.line = Line { number: self.line.number, start: end, content: end, end };
        Some(())
    }

    fn take_line(&mut self) {
        let start = self.next;
        let rest = &self.bytes[start..];
        let length = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        let blanks = rest.iter().take_while(|b| **b == b' ').count();
        let (content, end) = (start + blanks, start + length);
        self.line = Line { number: self.line.number + 1, start, content, end };
        self.next = end + 1;
    }

    /// How far the line is indented; none at the end of the text.
    fn indentation(&self) -> Option<usize> {
        (self.line.content < self.bytes.len()).then_some(self.line.content - self.line.start)
    }

    fn rest(&self) -> &'t str {
        &self.text[self.line.content..self.line.end]
    }

    /// Whether the line begins or ends a document.
    fn at_mark(&self) -> bool {
        self.line.content == self.line.start
            && (self.rest().starts_with("---") || self.rest().starts_with("..."))
    }

    fn byte(&self, at: usize) -> u8 {
        // The text ends with a line break, and no reading goes beyond one.
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    fn place(&self, start: usize, end: usize) -> Place {
        let width = |from: usize, to: usize| {
            if self.ascii { to - from } else { self.text[from..to].chars().count() }
        };
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place {
            source: self.source,
            line: self.line.number,
            column: narrow(width(self.line.start, start)).saturating_add(1),
            length: u16::try_from(width(start, end)).unwrap_or(u16::MAX),
        }
    }

    /// Where the next character stands on this line that is no blank. A comment
    /// counts as the end of the line.
    fn skip_blanks(&self, from: usize) -> Option<usize> {
        let mut at = from;
        while self.byte(at) == b' ' {
            at += 1;
        }
        match self.byte(at) {
            b'\t' => None,
            b'#' if at > from => Some(self.line.end),
            b'#' => None,
            _ => Some(at),
        }
    }

    /// A block map whose first key stands at `start` and all others at this
    /// indentation.
    fn map(&mut self, start: usize, indentation: usize, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let place = self.place(start, start);
        let first = self.pending.len();
        let mut at = start;
        loop {
            let key = self.token(at, false)?;
            if self.byte(key.end) != b':' || !matches!(self.byte(key.end + 1), b' ' | b'\n') {
                return None;
            }
            let key_place = self.key_place(&key)?;
            let behind = self.skip_blanks(key.end + 1)?;
            let value = if behind == self.line.end {
                self.advance()?;
                self.below(indentation, depth)?
            } else {
                self.value(behind, indentation, depth)?
            };
            self.pending.push((key.text.into_owned(), Entry { key: key_place, value }));
            match self.indentation() {
                Some(own) if own == indentation && !self.at_mark() => at = self.line.content,
                Some(own) if own >= indentation => return None,
                _ => break,
            }
            // What stands beside the keys of a map can only be another one.
            if self.at_dash(at) {
                break;
            }
        }
        Some(Node { place, content: Content::Map(self.table(first)?) })
    }

    /// A table with room for just the entries from `first` on, unless a key
    /// stands twice among them.
    fn table(&mut self, first: usize) -> Option<Table> {
        let count = self.pending.len() - first;
        let mut table = Table::with_capacity_and_hasher(count, Default::default());
        table.extend(self.pending.drain(first..));
        (table.len() == count).then_some(table)
    }

    fn key_place(&self, key: &Token<'_>) -> Option<Place> {
        let merges = key.plain && key.text == "<<";
        let sound = !merges && key.end - key.start <= LONGEST_KEY;
        sound.then(|| self.place(key.start, key.end))
    }

    fn at_dash(&self, at: usize) -> bool {
        self.byte(at) == b'-' && matches!(self.byte(at + 1), b' ' | b'\n')
    }

    /// What stands on the lines below a key at this indentation.
    fn below(&mut self, indentation: usize, depth: usize) -> Option<Node> {
        let own = self.indentation()?;
        let start = self.line.content;
        if own >= indentation && self.at_dash(start) {
            // Where the dashes stand below their key itself, the parser has no sign
            // for where the list begins but its first item.
            let begin = if own == indentation { self.skip_blanks(start + 1)? } else { start };
            let place = self.place(begin, begin);
            return self.list(place, own, depth + 1);
        }
        if own <= indentation {
            return None;
        }
        self.map(start, own, depth + 1)
    }

    /// A block list whose dashes stand at this indentation.
    fn list(&mut self, place: Place, indentation: usize, depth: usize) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let mut items = Vec::new();
        while self.indentation() == Some(indentation) && self.at_dash(self.line.content) {
            let start = self.skip_blanks(self.line.content + 1)?;
            if start == self.line.end || self.at_dash(start) {
                return None;
            }
            items.push(if self.begins_map(start) {
                self.map(start, start - self.line.start, depth + 1)?
            } else {
                self.value(start, indentation, depth)?
            });
        }
        match self.indentation() {
            Some(own) if own > indentation => None,
            _ => Some(Node { place, content: Content::List(items) }),
        }
    }

    /// Whether the item at `start` is a map that begins on the dash's line.
    fn begins_map(&self, start: usize) -> bool {
        if matches!(self.byte(start), b'[' | b'{' | b'|') {
            return false;
        }
        self.token(start, false).is_some_and(|token| self.byte(token.end) == b':')
    }

    /// A value on the line of its key or dash, which stands at this indentation.
    fn value(&mut self, start: usize, indentation: usize, depth: usize) -> Option<Node> {
        let node = match self.byte(start) {
            b'|' => return self.literal(start, indentation),
            b'{' | b'[' => {
                let (node, end) = self.flow(start, indentation, depth + 1)?;
                self.end_line(end)?;
                node
            }
            _ => {
                let token = self.token(start, false)?;
                let node = self.scalar(&token);
                self.end_line(token.end)?;
                node
            }
        };
        self.advance()?;
        // What is indented deeper would go on with this value.
        match self.indentation() {
            Some(own) if own > indentation => None,
            _ => Some(node),
        }
    }

    fn end_line(&self, at: usize) -> Option<()> {
        (self.skip_blanks(at)? == self.line.end).then_some(())
    }

    fn scalar(&self, token: &Token<'_>) -> Node {
        let place = self.place(token.start, token.end);
        let kind = if token.plain { plain_kind(&token.text) } else { Some(ScalarKind::String) };
        let content = match kind {
            None => Content::Null,
            Some(kind) => Content::Scalar(Scalar { text: token.text.clone().into_owned(), kind }),
        };
        Node { place, content }
    }

    /// A scalar that begins and ends on this line. A plain one ends before a
    /// `:` that makes it a key, before a comment, and in a flow collection
    /// before the collection's own signs.
    fn token(&self, start: usize, in_flow: bool) -> Option<Token<'t>> {
        match self.byte(start) {
            b'\'' => self.single_quoted(start),
            b'"' => self.double_quoted(start),
            first => {
                let second = self.byte(start + 1);
                let begins = match first {
                    b'-' => second.is_ascii_alphanumeric() || matches!(second, b'-' | b'.' | b'/'),
                    b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!'
                    | b'|' | b'>' | b'%' | b'@' | b'`' | b'\n' | b'\t' | b' ' => false,
                    _ => true,
                };
                if begins { self.plain(start, in_flow) } else { None }
            }
        }
    }

    fn plain(&self, start: usize, in_flow: bool) -> Option<Token<'t>> {
        let mut at = start;
        // Behind the last character that is no blank.
        let mut end = start;
        loop {
            let byte = self.byte(at);
            match byte {
                b'\n' => break,
                b'\t' => return None,
                b' ' => {
                    at += 1;
                    continue;
                }
                b'#' if end < at => break,
                b':' => match self.byte(at + 1) {
                    // Blanks before the sign are left to the whole grammar.
                    b' ' | b'\n' if end < at => return None,
                    b' ' | b'\n' => break,
                    b',' | b'[' | b']' | b'{' | b'}' if in_flow => return None,
                    _ => {}
                },
                b',' | b'[' | b']' | b'{' | b'}' if in_flow => break,
                _ => {}
            }
            at += 1;
            end = at;
        }
        let text = Cow::Borrowed(&self.text[start..end]);
        Some(Token { text, plain: true, start, end })
    }

    fn single_quoted(&self, start: usize) -> Option<Token<'t>> {
        let mut doubled = false;
        let mut at = start + 1;
        loop {
            match (self.byte(at), self.byte(at + 1)) {
                (b'\'', b'\'') => {
                    doubled = true;
                    at += 2;
                }
                (b'\'', _) => break,
                (b'\n' | b'\t', _) => return None,
                _ => at += 1,
            }
        }
        let inner = &self.text[start + 1..at];
        let text = if doubled { inner.replace("''", "'").into() } else { inner.into() };
        Some(Token { text, plain: false, start, end: at + 1 })
    }

    fn double_quoted(&self, start: usize) -> Option<Token<'t>> {
        let mut unescaped: Option<String> = None;
        let mut at = start + 1;
        // Where the text begins that is not taken over yet.
        let mut from = at;
        loop {
            match self.byte(at) {
                b'"' => break,
                b'\\' => {
                    let text = unescaped.get_or_insert_default();
                    text.push_str(&self.text[from..at]);
                    text.push(match self.byte(at + 1) {
                        b'n' => '\n',
                        b'"' => '"',
                        b'\\' => '\\',
                        _ => return None,
                    });
                    at += 2;
                    from = at;
                }
                b'\n' | b'\t' => return None,
                _ => at += 1,
            }
        }
        let last = &self.text[from..at];
        let text = match unescaped {
            Some(text) => Cow::Owned(text + last),
            None => Cow::Borrowed(last),
        };
        Some(Token { text, plain: false, start, end: at + 1 })
    }

    /// A flow collection, and where it ends. It may go on over lines that are
    /// indented deeper than what it is the value of.
    fn flow(&mut self, start: usize, indentation: usize, depth: usize) -> Option<(Node, usize)> {
        if depth > DEEPEST {
            return None;
        }
        let place = self.place(start, start + 1);
        let is_map = self.byte(start) == b'{';
        let close = if is_map { b'}' } else { b']' };
        let first = self.pending.len();
        let mut items = Vec::new();
        let mut at = self.skip_in_flow(start + 1, indentation)?;
        while self.byte(at) != close || self.pending.len() > first || !items.is_empty() {
            if is_map {
                let key = self.token(at, true)?;
                if self.byte(key.end) != b':' || self.byte(key.end + 1) != b' ' {
                    return None;
                }
                let key_place = self.key_place(&key)?;
                let behind = self.skip_in_flow(key.end + 1, indentation)?;
                let (value, end) = self.flow_value(behind, indentation, depth)?;
                self.pending.push((key.text.into_owned(), Entry { key: key_place, value }));
                at = end;
            } else {
                let (item, end) = self.flow_value(at, indentation, depth)?;
                items.push(item);
                at = end;
            }
            at = self.skip_in_flow(at, indentation)?;
            match self.byte(at) {
                b',' => at = self.skip_in_flow(at + 1, indentation)?,
                byte if byte == close => break,
                _ => return None,
            }
        }
        let content = if is_map { Content::Map(self.table(first)?) } else { Content::List(items) };
        Some((Node { place, content }, at + 1))
    }

    fn flow_value(
        &mut self,
        start: usize,
        indentation: usize,
        depth: usize,
    ) -> Option<(Node, usize)> {
        if matches!(self.byte(start), b'{' | b'[') {
            return self.flow(start, indentation, depth + 1);
        }
        let token = self.token(start, true)?;
        if self.byte(token.end) == b':' {
            return None;
        }
        Some((self.scalar(&token), token.end))
    }

    /// Where the next sign of a flow collection stands, on this line or below.
    fn skip_in_flow(&mut self, from: usize, indentation: usize) -> Option<usize> {
        let at = self.skip_blanks(from)?;
        if at != self.line.end {
            return Some(at);
        }
        self.advance()?;
        (self.indentation()? > indentation).then_some(self.line.content)
    }

    /// A literal block below the `|` at `start`.
    fn literal(&mut self, start: usize, indentation: usize) -> Option<Node> {
        let (keep, strip) = (self.byte(start + 1) == b'+', self.byte(start + 1) == b'-');
        self.end_line(start + 1 + usize::from(keep || strip))?;
        let mut text = String::new();
        let mut place = None;
        // Line breaks that belong to the text only if more of it follows.
        let mut breaks = 0;
        let mut block = 0;
        while self.next < self.bytes.len() {
            let before = (self.line, self.next);
            self.take_line();
            let own = self.line.content - self.line.start;
            if self.byte(self.line.content) == b'\n' {
                if own > block {
                    return None;
                }
                breaks += 1;
                continue;
            }
            if place.is_none() {
                if own <= indentation || self.byte(self.line.content) == b'\t' {
                    return None;
                }
                block = own;
                place = Some(self.place(self.line.content, self.line.content));
            } else if own < block {
                (self.line, self.next) = before;
                break;
            }
            let line = &self.text[self.line.start + block..self.line.end];
            if line.starts_with('\t') {
                return None;
            }
            text.extend(std::iter::repeat_n('\n', breaks));
            text.push_str(line);
            breaks = 1;
        }
        let place = Place { length: 1, ..place? };
        text.extend(std::iter::repeat_n('\n', if keep { breaks } else { usize::from(!strip) }));
        self.advance()?;
        let content = Content::Scalar(Scalar { text, kind: ScalarKind::String });
        Some(Node { place, content })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Sources;
    use crate::tree::read::read_whole;

    /// What the whole grammar makes of a text, if it finds nothing wrong.
    fn whole(text: &str) -> Option<Node> {
        let mut report = Report::default();
        let node = read_whole(text, SourceId::SYSTEM, &Sources::default(), &mut report)?;
        report.is_empty().then_some(node)
    }

    /// Whether a text is read here; if so, the whole grammar must agree.
    #[track_caller]
    fn is_read(text: &str) -> bool {
        let Some(node) = read(text, SourceId::SYSTEM) else { return false };
        assert_eq!(format!("{:#?}", Some(node)), format!("{:#?}", whole(text)), "{text}");
        true
    }

    const READ: &[&str] = &[
        "a: 1\n",
        "---\na: x y  # c\nb:\n  c: 'it''s'\n  \"d e\": \"q\\n\\\"\\\\\"   # z\n",
        "# c\n\na:\n  # cc\n- one\n- k: v\n  w: 2\n-   m: 1\n    n: 2\nb: 1\n",
        "a:\n  - one # c\n\n  - k: v\n    w:\n      - x\n  - |\n    t\n  - [1, {a: b}]\n",
        "f: {a: 1, \"b\": [x, 'y', {}], c: []}\ng: {}\n",
        "t: |\n  line\n\n    two\n  # three\nu: |-\n\n  x\n# comment\nv: |+ # c\n  y\n\nw: null\ne: \"\"\n",
        "a: |\n  x\n\n\n# c\n\nb: |+\n  x\n\n\n",
        "a: [1,\n  2, # c\n  # d\n  {b: c,\n   d: e}\n  ]\nb: 1\n",
        "a: -1\nb: -x\nc: [--d, \"e\", -.f, -/g]\n",
        "url: http://x/y#z?a=b&c\nk:v: w\n/app/data: {claim: data}\n",
        "ä: ö ü\nb: \"…\" # ß\nc: 'é'\nd: {é: à, b: c}\ne: |\n  ü\n",
        "~: 1\nnull: ~\n0x1: 0o7\n1.5: .inf\n",
        "a: b:c\nd: x[y]{z},w\n",
    ];

    const LEFT: &[&str] = &[
        "",
        "# only\n",
        "a: 1",
        "a:\n",
        "a:\nb: 1\n",
        "a: &x 1\n",
        "a: *x\n",
        "a: !!str 1\n",
        "a: >\n  b\n",
        "a: b\n  c\n",
        "a: 'b\n  c'\n",
        "a: {b, c}\n",
        "a: [b: c]\n",
        "a: [b,]\n",
        "a: [b\n  c]\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: b: c\n",
        "a: |2\n   x\n",
        "a: |\n   x\n  y\nb: 1\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: 1\n  b: 2\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "--- a: 1\n",
        "- a\n",
        "? a\n: b\n",
        "<<: {a: 1}\n",
        "a:\n\tb: 1\n",
        "a:\tb\n",
        "a: b\tc\n",
        "a: 1\r\n",
        "\u{feff}a: 1\n",
        "a: \"\\u0041\"\n",
        "a : 1\n",
        "'a' : 1\n",
        "a: b #c\nd: e#f\n g: h\n",
        "- a: 1\nb: 2\n",
        "a:\n- b\nc\n",
        "a:\n- b\n  - c\n",
        "a:\n- - b\n",
        "a:\n-\n  b\n",
        "a: @b\n",
        "a: %b\n",
        "a: [b]c\n",
        "a: 'b'c\n",
        "a: 'b'#c\n",
    ];

    #[test]
    fn plain_texts_are_read() {
        for text in READ {
            assert!(is_read(text), "{text}");
        }
        for text in [
            include_str!("../../k8sgen.yaml"),
            include_str!("../../overlays/dev.yaml"),
            include_str!("../../overlays/staging.yaml"),
            include_str!("../../overlays/prod.yaml"),
            include_str!("../../examples/web/k8sgen.yaml"),
        ] {
            assert!(is_read(text), "{text}");
        }
    }

    #[test]
    fn others_are_left() {
        for text in LEFT {
            assert!(!is_read(text), "{text}");
        }
    }

    #[test]
    fn whatever_is_broken_is_read_equally_or_left() {
        let signs = [
            "", " ", "  ", "\n", "\n  ", "-", "- ", ":", ": ", "#", " #", ",", "'", "\"", "{", "}",
            "[", "]", "|", "\\", "&a ", "*a", "! ", "? ", "\t", "~", "é",
        ];
        for text in READ.iter().chain(LEFT) {
            let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            for from in &cuts {
                for width in [0, 1, 2, 5] {
                    let Some(behind) = text.get((from + width).min(text.len())..) else { continue };
                    for sign in signs {
                        is_read(&format!("{}{sign}{behind}", &text[..*from]));
                    }
                }
            }
        }
    }
}

//! A reader of JSON, which is YAML as well: `kubectl get -o json` prints megabytes of it.
//! What it gives is what the whole grammar makes of the text, places included; what is
//! not plain JSON is left to that.

use std::borrow::Cow;

use crate::source::{Place, SourceId};

use super::block::is_plain_char;
use super::plain::plain_kind;
use super::{Content, Entry, Node, Scalar, ScalarKind, Table};

/// Deeper than JSON is written by anybody.
const DEEPEST: usize = 40;
/// Longer keys are no keys to YAML.
const LONGEST_KEY: usize = 1000;

/// The tree of a text, or nothing where it is not plain JSON.
pub fn read(text: &str, source: SourceId) -> Option<Node> {
    if !text.trim_start_matches([' ', '\n']).starts_with('{') {
        return None;
    }
    if !(text.is_ascii() || text.chars().all(is_plain_char)) {
        return None;
    }
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        source,
        at: 0,
        line: 1,
        counted: 0,
        column: 1,
        pending: Vec::new(),
    };
    reader.skip_blanks();
    let root = reader.value(0)?;
    reader.skip_blanks();
    (reader.at == text.len()).then_some(root)
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    source: SourceId,
    at: usize,
    line: u32,
    /// Up to here the characters of the line are counted.
    counted: usize,
    column: u32,
    /// Entries of the maps that are not whole yet, the innermost one's last.
    pending: Vec<(String, Entry)>,
}

impl<'t> Reader<'t> {
    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        loop {
            match self.byte() {
                b' ' => self.at += 1,
                b'\n' => {
                    self.at += 1;
                    self.line = self.line.saturating_add(1);
                    (self.counted, self.column) = (self.at, 1);
                }
                _ => return,
            }
        }
    }

    /// The stretch from a place on this line to where the reader is.
    fn place(&mut self, start: usize) -> Option<Place> {
        let width = |text: &str| u32::try_from(text.chars().count()).ok();
        self.column = self.column.checked_add(width(self.text.get(self.counted..start)?)?)?;
        self.counted = start;
        let length = u16::try_from(width(self.text.get(start..self.at)?)?).unwrap_or(u16::MAX);
        Some(Place { source: self.source, line: self.line, column: self.column, length })
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        match self.byte() {
            b'{' | b'[' if depth == DEEPEST => None,
            b'{' => self.map(depth),
            b'[' => self.list(depth),
            b'"' => {
                let start = self.at;
                let text = self.string()?.into_owned();
                let place = self.place(start)?;
                let content = Content::Scalar(Scalar { text, kind: ScalarKind::String });
                Some(Node { place, content })
            }
            _ => self.word(),
        }
    }

    fn map(&mut self, depth: usize) -> Option<Node> {
        let place = self.open()?;
        let first = self.pending.len();
        while self.byte() != b'}' {
            let start = self.at;
            let key = self.string()?.into_owned();
            if self.at - start > LONGEST_KEY {
                return None;
            }
            let key_place = self.place(start)?;
            while self.byte() == b' ' {
                self.at += 1;
            }
            if self.byte() != b':' {
                return None;
            }
            self.at += 1;
            self.skip_blanks();
            let value = self.value(depth + 1)?;
            self.pending.push((key, Entry { key: key_place, value }));
            self.separator(b'}')?;
        }
        self.at += 1;
        let count = self.pending.len() - first;
        let mut table = Table::with_capacity_and_hasher(count, Default::default());
        table.extend(self.pending.drain(first..));
        (table.len() == count).then_some(Node { place, content: Content::Map(table) })
    }

    fn list(&mut self, depth: usize) -> Option<Node> {
        let place = self.open()?;
        let mut items = Vec::new();
        while self.byte() != b']' {
            items.push(self.value(depth + 1)?);
            self.separator(b']')?;
        }
        self.at += 1;
        Some(Node { place, content: Content::List(items) })
    }

    fn open(&mut self) -> Option<Place> {
        self.at += 1;
        let place = self.place(self.at - 1);
        self.skip_blanks();
        place
    }

    /// Goes on to the next item, or to the end.
    fn separator(&mut self, close: u8) -> Option<()> {
        self.skip_blanks();
        if self.byte() == b',' {
            self.at += 1;
            self.skip_blanks();
            return (self.byte() != close).then_some(());
        }
        (self.byte() == close).then_some(())
    }

    /// A number, a truth or nothing.
    fn word(&mut self) -> Option<Node> {
        let start = self.at;
        while self.byte().is_ascii_alphanumeric() || matches!(self.byte(), b'-' | b'+' | b'.') {
            self.at += 1;
        }
        let text = self.text.get(start..self.at)?;
        let is_ended = matches!(self.byte(), b',' | b']' | b'}' | b' ' | b'\n');
        let is_word = matches!(text, "true" | "false" | "null") || is_number(text);
        if !(is_word && is_ended) {
            return None;
        }
        let place = self.place(start)?;
        let content = plain_kind(text).map_or(Content::Null, |kind| kind.of(text));
        Some(Node { place, content })
    }

    /// A text in quotes.
    fn string(&mut self) -> Option<Cow<'t, str>> {
        if self.byte() != b'"' {
            return None;
        }
        self.at += 1;
        let start = self.at;
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
        let plain = self.text.get(start..self.at)?;
        if self.byte() == b'"' {
            self.at += 1;
            return Some(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        loop {
            match self.byte() {
                b'"' => break,
                b'\\' => text.push(self.escaped()?),
                ..b' ' => return None,
                _ => {
                    let rest = &self.bytes[self.at..];
                    let run = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
                    text.push_str(self.text.get(self.at..self.at + run)?);
                    self.at += run;
                }
            }
        }
        self.at += 1;
        Some(Cow::Owned(text))
    }

    fn escaped(&mut self) -> Option<char> {
        self.at += 2;
        let code = |length: usize| {
            let digits = self.text.get(self.at..self.at + length)?;
            let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            is_hex.then(|| char::from_u32(u32::from_str_radix(digits, 16).ok()?))?
        };
        let (c, length) = match self.bytes.get(self.at - 1)? {
            b'"' => ('"', 0),
            b'\\' => ('\\', 0),
            b'/' => ('/', 0),
            b'b' => ('\u{8}', 0),
            b'f' => ('\u{c}', 0),
            b'n' => ('\n', 0),
            b'r' => ('\r', 0),
            b't' => ('\t', 0),
            b'u' => (code(4)?, 4),
            // What pairs of surrogates were turned into.
            b'U' => (code(8)?, 8),
            _ => return None,
        };
        self.at += length;
        Some(c)
    }
}

/// Whether JSON has such a number.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|text| digits(text.strip_prefix(['-', '+']).unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Sources;
    use crate::tree::read::read_whole;

    /// Whether a text is read here; if so, the whole grammar must agree.
    #[track_caller]
    fn is_read(text: &str) -> bool {
        let Some(node) = read(text, SourceId::SYSTEM) else { return false };
        let mut report = Report::default();
        let whole = read_whole(text, SourceId::SYSTEM, &Sources::default(), &mut report);
        let whole = whole.filter(|_| report.is_empty());
        assert_eq!(format!("{:#?}", Some(node)), format!("{whole:#?}"), "{text}");
        true
    }

    const READ: &[&str] = &[
        "{}",
        "{ \"a\" : 1 , \"b\" :[ 2 ] }",
        "{\"a\": 1}\n",
        "\n {\"a\": {\"b\": [1, \"c\", null, true, {}], \"d\": []},\n  \"e\": -1.5e3}\n",
        "{\n    \"ä\": \"ö \\u00e9 \\\" \\\\ \\/ \\n\",\n    \"é\": \"\", \"c\": \"x: y # z\"\n}\n",
        "{\"a\": \"\\U0001F600\", \"b\": 0, \"c\": 1.10, \"d\": \"1\"}",
    ];

    #[test]
    fn plain_json_is_read() {
        for text in READ {
            assert!(is_read(text), "{text}");
        }
    }

    #[test]
    fn others_are_left() {
        for text in [
            "",
            "[1]",
            "{a: 1}",
            "{'a': 1}",
            "{\"a\":1,}",
            "{\"a\": 01}",
            "{\"a\": 1} # c",
            "{\"a\": 1}\n---\n{}",
            "{\"a\": 1, \"a\": 2}",
            "{\"a\": \"b\n\"}",
            "{\"a\": \"\\x41\"}",
            "{\"a\": nul}",
            "{\"a\": .5}",
            "{\"a\": \"\\ud83d\"}",
            "{\"a\": 1",
        ] {
            assert!(!is_read(text), "{text}");
        }
    }

    #[test]
    fn whatever_is_broken_is_read_equally_or_left() {
        let signs = [
            "", " ", "\n", ":", ",", "\"", "{", "}", "[", "]", "\\", "\\n", "0", "-", "e", "#",
            "é", "null", "\t",
        ];
        for text in READ {
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

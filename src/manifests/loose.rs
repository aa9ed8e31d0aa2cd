//! Text that kubectl's reader takes though YAML 1.2 does not, written so that both take
//! it: what goes on at the margin within brackets or quotes, and a few signs.

use crate::source::Place;

/// A text that was rewritten, and what was put into it.
pub struct Loose {
    pub text: String,
    inserted: Vec<Inserted>,
}

struct Inserted {
    line: u32,
    /// The first column behind it.
    column: u32,
    length: u32,
}

impl Loose {
    /// Where a place of this text is in the text that it was made of.
    pub fn original(&self, place: Place) -> Place {
        let first = self.inserted.partition_point(|inserted| inserted.line < place.line);
        let before = self.inserted[first..]
            .iter()
            .take_while(|inserted| inserted.line == place.line && inserted.column <= place.column)
            .map(|inserted| inserted.length)
            .sum::<u32>();
        Place { column: place.column - before, ..place }
    }
}

/// The same document as YAML 1.2 has it. `None` where there is nothing to rewrite.
pub fn rewrite(text: &str) -> Option<Loose> {
    let mut scan = Scan::default();
    for line in text.split_inclusive('\n') {
        scan.line += 1;
        scan.column = 0;
        scan.take_line(line);
    }
    (scan.text != text).then_some(Loose { text: scan.text, inserted: scan.inserted })
}

/// How far a text was read: just enough of YAML to know what stands in quotes, in
/// brackets, in a block or in a plain text of several lines.
#[derive(Default)]
struct Scan {
    text: String,
    inserted: Vec<Inserted>,
    line: u32,
    /// How many characters of this line are written.
    column: usize,
    quote: Option<char>,
    brackets: usize,
    /// Where text that begins with a quote or a bracket may go on: behind that.
    margin: usize,
    /// Lines that are indented more than this belong to the text above.
    text_below: Option<usize>,
}

impl Scan {
    fn take_line(&mut self, line: &str) {
        // A file that was put behind another may bring a byte order mark along.
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if let Some(comment) = line.strip_prefix("---#") {
            self.text.push_str("--- #");
            self.text.push_str(comment);
            return;
        }
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        if content.trim().is_empty() {
            self.text.push_str(line);
        } else if self.quote.is_some() || self.brackets > 0 {
            // Within brackets a tab at the margin is one to kubectl too.
            if indent < self.margin && (self.quote.is_some() || !content.starts_with('\t')) {
                self.insert(&" ".repeat(self.margin - indent));
            }
            self.take_rest(line);
        } else if self.text_below.is_some_and(|above| indent > above) {
            self.text.push_str(line);
        } else {
            self.text_below = None;
            self.take_rest(line);
        }
    }

    fn take_rest(&mut self, line: &str) {
        // Whether a node may begin here, where this one began, and what it is part of.
        let (mut begins, mut start, mut parent) = (true, 0, None);
        let mut plain = false;
        let mut before = ' ';
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().unwrap_or('\n');
            let at = self.column;
            if let Some(quote) = self.quote {
                if quote == '"' && c == '\\' && next == '\'' {
                    chars.next();
                    self.push_all("\\x27");
                    self.note(2);
                } else if quote == '"' && c == '\\' || c == '\'' && quote == c && next == c {
                    self.push(c);
                    chars.next().into_iter().for_each(|c| self.push(c));
                } else {
                    self.push(c);
                    if c == quote {
                        self.quote = None;
                        self.part_comment(next);
                    }
                }
                (begins, plain, before) = (false, false, c);
                continue;
            }
            self.push(c);
            match c {
                '#' if before.is_whitespace() => {
                    self.text.extend(chars);
                    break;
                }
                ' ' | '\t' | '\r' | '\n' => {}
                '"' | '\'' if begins => {
                    self.open(at);
                    self.quote = Some(c);
                    start = at;
                }
                '[' | '{' if begins || self.brackets > 0 => {
                    self.open(at);
                    self.brackets += 1;
                    begins = true;
                    plain = false;
                }
                ']' | '}' if self.brackets > 0 => {
                    self.brackets -= 1;
                    self.part_comment(next);
                    begins = false;
                }
                ',' if self.brackets > 0 => begins = true,
                ':' if next.is_whitespace()
                    || self.brackets > 0 && matches!(before, '"' | '\'') =>
                {
                    if next == '\t' && self.brackets == 0 {
                        self.push(' ');
                        chars.next();
                    }
                    (begins, plain, parent) = (true, false, Some(start));
                }
                '-' | '?' if begins && next.is_whitespace() => parent = Some(at),
                '&' | '!' if begins => {
                    while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
                        self.push(c);
                    }
                }
                '|' | '>' if begins && self.brackets == 0 => {
                    self.text_below = parent;
                    self.text.extend(chars);
                    return;
                }
                _ => {
                    if begins {
                        (begins, plain, start) = (false, true, at);
                    }
                }
            }
            before = c;
        }
        if plain && self.brackets == 0 && self.quote.is_none() {
            self.text_below = parent;
        }
    }

    fn open(&mut self, at: usize) {
        if self.brackets == 0 {
            self.margin = at + 1;
        }
    }

    /// kubectl takes a comment right behind a quote or a bracket.
    fn part_comment(&mut self, next: char) {
        if next == '#' && self.brackets == 0 {
            self.push(' ');
        }
    }

    fn push(&mut self, c: char) {
        self.text.push(c);
        self.column += 1;
    }

    fn push_all(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c));
    }

    fn insert(&mut self, spaces: &str) {
        self.push_all(spaces);
        self.note(spaces.len());
    }

    /// Of what was just written so much was not there before.
    fn note(&mut self, length: usize) {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (line, column) = (self.line, narrow(self.column) + 1);
        self.inserted.push(Inserted { line, column, length: narrow(length) });
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Report;
    use crate::manifests::{Manifest, read};
    use crate::object::value::Value;
    use crate::source::Sources;
    use crate::tree::{Content, Node};

    fn manifest(text: &str) -> Manifest {
        let mut sources = Sources::default();
        let source = sources.add_file("x.yaml", text.to_owned());
        let mut report = Report::default();
        let mut manifests = read(source, &sources, &mut report);
        assert!(report.is_empty(), "{text}");
        manifests.remove(0)
    }

    #[test]
    fn brackets_and_quotes_go_on_at_the_margin() {
        for (loose, strict) in [
            ("a:\n  b: [\n    x,\n  'y'\n  ]\n", "a: {b: [x, 'y']}"),
            ("a: {\n  b: {\nc: d },\n e: [ f\n]}\n", "a: {b: {c: d}, e: [f]}"),
            ("a:\n- {b: \"[\",\nc: 'it''s'}\n- d\n", "a: [{b: '[', c: it's}, d]"),
            ("a:\n  b: \"x\ny \\\nz\n\tw\"\n", "a: {b: x y z w}"),
            ("a:\n  b: 'x\n\ny'\n", "a: {b: \"x\\ny\"}"),
        ] {
            assert_eq!(manifest(loose).content, manifest(strict).content, "{loose}");
        }
    }

    #[test]
    fn what_only_looks_like_brackets_or_quotes_is_left_alone() {
        for text in [
            "a: |\n  [\"\nb: {\nc: d}\n",
            "a: don't [\n  [or\nb: {\nc: d}\n",
            "# it's [\na: x # \"\nb: {\nc: d}\n",
            "- &x |-\n  [\n- {\nc: d}\n",
        ] {
            let content = manifest(text).content;
            let last = match &content {
                Value::List(items) => &items[1],
                content => content.get("b").unwrap(),
            };
            assert_eq!(last.get("c").and_then(Value::as_str), Some("d"), "{text}");
        }
    }

    #[test]
    fn signs_that_yaml_1_2_does_not_have() {
        let text = "a:\t\"it\\'s\"#c\n\u{feff}b: c\n";
        let content = manifest(text).content;
        assert_eq!(content.get("a").and_then(Value::as_str), Some("it's"));
        assert_eq!(content.get("b").and_then(Value::as_str), Some("c"));
    }

    #[test]
    fn places_are_those_of_the_text() {
        let node = manifest("a:\n  b: {c: \"\\'\", d: [\n x, y\n  ]}\n").node;
        let flow = node.get("a").and_then(|a| a.get("b")).unwrap();
        let place = |node: &Node| (node.place.line, node.place.column);
        let list = flow.get("d").unwrap();
        assert_eq!((place(flow), place(list)), ((2, 6), (2, 19)));
        let Content::List(items) = &list.content else { panic!("no list") };
        assert_eq!((place(&items[0]), place(&items[1])), ((3, 2), (3, 5)));
    }
}

//! Labels and annotations of alerts. They are templates of Prometheus' own,
//! which k8sgen leaves as they are; it looks only for what Prometheus would
//! refuse to load.

use crate::diagnostic::nearest;
use crate::scalar::{Scalar, kept_text};

use super::shape::scalars;

kept_text! {
    /// The text of a label or annotation, as it was written.
    AlertText
}

impl Scalar for AlertText {
    const NAME: &'static str = "text of an alert";
    const DOC: &'static str = "Text, in which `{{ … }}` is filled in by Prometheus.";
    const EXAMPLES: &'static [&'static str] = &["{{ $labels.pod }} has {{ $value }} peers"];
    const PATTERN: &'static str = "^[\\s\\S]*$";

    fn parse(text: &str) -> Result<AlertText, String> {
        let mut blocks = Blocks::default();
        let mut rest = text;
        while let Some(start) = rest.find("{{") {
            rest = blocks.action(&rest[start + 2..])?;
        }
        match blocks.open.last() {
            Some(word) => Err(format!("`{{{{ {word} … }}}}` has no `{{{{ end }}}}`")),
            None => Ok(AlertText(text.into())),
        }
    }
}

/// The functions of Go's templates and Prometheus' own.
const FUNCTIONS: &[&str] = &[
    "and",
    "or",
    "not",
    "len",
    "index",
    "slice",
    "print",
    "printf",
    "println",
    "html",
    "js",
    "call",
    "urlquery",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "query",
    "first",
    "label",
    "value",
    "strvalue",
    "sortByLabel",
    "args",
    "reReplaceAll",
    "safeHtml",
    "match",
    "title",
    "toUpper",
    "toLower",
    "graphLink",
    "tableLink",
    "stripPort",
    "stripDomain",
    "humanize",
    "humanize1024",
    "humanizeDuration",
    "humanizePercentage",
    "humanizeTimestamp",
    "toTime",
    "toDuration",
    "now",
    "pathPrefix",
    "externalURL",
    "parseDuration",
    "urlQueryEscape",
    "true",
    "false",
    "nil",
];

/// Words that open a block, which `end` closes.
const OPENING: &[&str] = &["if", "range", "with", "define", "block"];
/// Words that stand in a block or alone.
const OTHER: &[&str] = &["else", "end", "template", "break", "continue"];
/// Variables that Prometheus sets.
const VARIABLES: &[&str] = &["labels", "value", "externalLabels", "externalURL"];

#[derive(Default)]
struct Blocks {
    /// The words that opened them; `else` once that was said.
    open: Vec<String>,
    /// Variables that the text sets itself.
    own: Vec<String>,
    /// How many `range` there were.
    in_range: usize,
}

fn needs_value(word: &str, has_one: bool) -> Result<(), String> {
    match has_one {
        true => Ok(()),
        false => Err(format!("`{{{{ {word} … }}}}` needs a value")),
    }
}

impl Blocks {
    /// Reads one action, from behind its `{{`; gives what follows its `}}`.
    fn action<'t>(&mut self, text: &'t str) -> Result<&'t str, String> {
        let inner = text.strip_prefix("- ").unwrap_or(text);
        if let Some(comment) = inner.strip_prefix("/*") {
            let end = comment.find("*/").ok_or("a comment is never closed with `*/`")?;
            let after = &comment[end + 2..];
            let after = after.strip_prefix(" -").unwrap_or(after);
            return after
                .strip_prefix("}}")
                .ok_or_else(|| "a comment fills its `{{ … }}` alone".to_owned());
        }
        let (words, rest) = words(inner)?;
        let mut words = words.iter().map(String::as_str).peekable();
        let Some(first) = words.peek().copied() else {
            return Err("`{{ }}` is empty".to_owned());
        };
        match first {
            "end" => {
                words.next();
                self.open.pop().ok_or("`{{ end }}` closes nothing")?;
            }
            "else" => {
                words.next();
                let open = self.open.last_mut().filter(|open| *open != "else");
                let Some(open) = open else {
                    return Err("`{{ else }}` belongs to an `{{ if … }}`".to_owned());
                };
                match words.next_if(|word| OPENING.contains(word)) {
                    Some(word) => needs_value(word, words.peek().is_some())?,
                    None => *open = "else".to_owned(),
                }
            }
            word if OPENING.contains(&word) => {
                words.next();
                needs_value(word, words.peek().is_some())?;
                self.in_range += usize::from(word == "range");
                self.open.push(word.to_owned());
            }
            "break" | "continue" if self.in_range == 0 => {
                return Err(format!("`{{{{ {first} }}}}` belongs to a `{{{{ range … }}}}`"));
            }
            word if OTHER.contains(&word) => drop(words.next()),
            _ => {}
        }
        let words: Vec<&str> = words.collect();
        // `$x := …`, and `range $i, $x := …`.
        if let Some(at) = words.iter().position(|word| *word == ":=") {
            let set = words[..at].iter().filter_map(|word| word.strip_prefix('$'));
            self.own.extend(set.map(str::to_owned));
        }
        words.iter().try_for_each(|word| self.check(word))?;
        Ok(rest)
    }

    fn check(&self, word: &str) -> Result<(), String> {
        if let Some(path) = word.strip_prefix('$') {
            let name = path.split('.').next().unwrap_or_default();
            let known = name.is_empty()
                || VARIABLES.contains(&name)
                || self.own.iter().any(|own| own == name);
            return match known {
                true => Ok(()),
                false => Err(unknown("variable", name, VARIABLES, "$")),
            };
        }
        if word.starts_with(['-', '+']) && word.parse::<f64>().is_err() {
            return Err(
                "Prometheus' templates do not calculate; `-` has a blank beside `{{`".to_owned()
            );
        }
        let name = word.split('.').next().unwrap_or_default();
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if is_name && !FUNCTIONS.contains(&name) {
            return Err(unknown("function", name, FUNCTIONS, ""));
        }
        Ok(())
    }
}

fn unknown(what: &str, name: &str, known: &[&str], sign: &str) -> String {
    let name: String = name.chars().take(40).collect();
    let unknown = format!("Prometheus' templates have no {what} `{sign}{name}`");
    match nearest(&name, known.iter().copied()) {
        Some(near) => format!("{unknown}; did you mean `{sign}{near}`?"),
        None => unknown,
    }
}

/// The words of an action up to its `}}`, and what follows. Strings are left
/// out: they may hold anything.
fn words(text: &str) -> Result<(Vec<String>, &str), String> {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = &text[at..];
        match c {
            '}' if rest.starts_with("}}") => {
                return match depth {
                    0 => Ok((words, &rest[2..])),
                    _ => Err("`(` is never closed".to_owned()),
                };
            }
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or("`)` closes nothing")?,
            '"' | '`' | '\'' => {
                skip_string(&mut chars, c)?;
                // A string is an operand: `{{ "a" }}` is not empty.
                words.push(String::new());
            }
            ':' if rest.starts_with(":=") => {
                chars.next();
                words.push(":=".to_owned());
            }
            // `-}}` trims what follows.
            '-' if rest.starts_with("-}}") => {}
            '|' | ',' | '=' => {}
            c if c.is_whitespace() => {}
            c if is_word(c) => {
                let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                words.push(rest[..end].to_owned());
                while chars.next_if(|(next, _)| *next < at + end).is_some() {}
            }
            c => return Err(format!("`{c}` means nothing to Prometheus' templates")),
        }
    }
    Err("`{{` is never closed with `}}`".to_owned())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '-' | '+')
}

fn skip_string(
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    quote: char,
) -> Result<(), String> {
    while let Some((_, c)) = chars.next() {
        match c {
            '\\' if quote != '`' => drop(chars.next()),
            '\n' if quote != '`' => break,
            c if c == quote => return Ok(()),
            _ => {}
        }
    }
    Err(format!("a string is never closed with `{quote}`"))
}

scalars!(AlertText);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for text in [
            "",
            "no template } at { all",
            "{{ $labels.pod }} has {{ $value }} peers",
            "{{ $value | humanizePercentage }}",
            "{{printf \"%.2f }}\" $value}}",
            "{{ if gt $value 3.0 }}many{{ else if eq $value 1.0 }}one{{ else }}few{{ end }}",
            "{{ range query \"up{job='x'}\" }}{{ .Labels.instance }} {{ end }}",
            "{{ with $x := query \"up\" }}{{ $x | first | value }}{{ end }}",
            "{{- /* why */ -}}{{ . }}",
            "{{ (index $labels \"pod\") | toUpper -}} x",
            "{{ $externalURL }}{{ $externalLabels.cluster }}",
            "{{ $x := 3 }}{{ $x }}{{ -1 }}",
        ] {
            assert!(AlertText::parse(text).is_ok(), "{text}: {:?}", AlertText::parse(text));
        }
        for (text, reason) in [
            ("{{ $labels.pod }", "`}` means nothing to Prometheus' templates"),
            ("{{ $labels.pod", "`{{` is never closed with `}}`"),
            ("{{ }}", "`{{ }}` is empty"),
            ("{{ end }}", "`{{ end }}` closes nothing"),
            ("{{ if true }}", "`{{ if … }}` has no `{{ end }}`"),
            ("{{ (print 1 }}", "`(` is never closed"),
            (
                "{{ $label.pod }}",
                "Prometheus' templates have no variable `$label`; did you mean `$labels`?",
            ),
            (
                "{{ $value | humanise }}",
                "Prometheus' templates have no function `humanise`; did you mean `humanize`?",
            ),
            ("{{ \"a }}", "a string is never closed with `\"`"),
        ] {
            assert_eq!(AlertText::parse(text).unwrap_err(), reason, "{text}");
        }
    }
}

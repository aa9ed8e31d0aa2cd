//! How a string is written in YAML: plain where every reader takes it for the
//! same string, else quoted, and in a block where it has lines. It decides and
//! writes nothing.

use super::resolved::{is_number, is_reserved_word};

/// How a string stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    /// A literal block scalar, `|`.
    Block,
}

// What a byte means for the decision. One pass over a string ORs these.
const NEWLINE: u8 = 1;
/// Never stands as itself in YAML text, or not at all on one line (CR).
const CONTROL: u8 = 1 << 1;
const TAB: u8 = 1 << 2;
/// Part of a character outside ASCII, which may be unprintable.
const WIDE: u8 = 1 << 3;
const COLON: u8 = 1 << 4;
const HASH: u8 = 1 << 5;
const SPACE: u8 = 1 << 6;
/// Would need a backslash between double quotes.
const QUOTE: u8 = 1 << 7;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\n' => NEWLINE,
            b'\t' => TAB,
            0..0x20 | 0x7F => CONTROL,
            0x80.. => WIDE,
            b':' => COLON,
            b'#' => HASH,
            b' ' => SPACE,
            b'"' | b'\\' => QUOTE,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// What the first byte of a plain scalar would start.
#[derive(Clone, Copy)]
enum Opening {
    Text,
    /// Perhaps a word that stands for a boolean, null or a number.
    Word,
    Number,
    /// An indicator (YAML 1.2, 5.3) or a blank.
    Indicator,
}

static OPENING: [Opening; 256] = {
    let mut table = [Opening::Text; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            // `?` and `:` may open a plain scalar where no blank follows; quoted
            // they need no second look.
            b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|'
            | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' | b' ' => Opening::Indicator,
            b'0'..=b'9' | b'+' | b'-' | b'.' | b'_' => Opening::Number,
            b'y' | b'Y' | b'n' | b'N' | b'o' | b'O' | b't' | b'T' | b'f' | b'F' | b'i' | b'I'
            | b'~' | b'=' | b'<' => Opening::Word,
            _ => Opening::Text,
        };
        byte += 1;
    }
    table
};

/// The style of a value inside a map or a list.
pub(super) fn style(text: &str) -> Style {
    let classes = classes(text);
    if classes & NEWLINE != 0 && fits_block(text, classes) {
        return Style::Block;
    }
    style_of_line(text, classes)
}

/// The style of a string that has to stand on one line, as a key does.
pub(super) fn line_style(text: &str) -> Style {
    style_of_line(text, classes(text))
}

/// Whether a character has to be escaped: go-yaml refuses what YAML calls
/// unprintable, and YAML 1.1 takes NEL, LS and PS for line breaks. A byte order
/// mark is invisible and go-yaml drops it at the start of a stream.
pub(super) fn is_unprintable(character: char) -> bool {
    matches!(character,
        '\0'..='\x1F' | '\x7F'..='\u{9F}'
        | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

fn classes(text: &str) -> u8 {
    text.bytes().fold(0, |classes, byte| classes | CLASS[usize::from(byte)])
}

fn style_of_line(text: &str, classes: u8) -> Style {
    if classes & (NEWLINE | TAB | CONTROL) != 0
        || classes & WIDE != 0 && text.chars().any(is_unprintable)
    {
        Style::Double
    } else if is_plain(text, classes) {
        Style::Plain
    } else if classes & QUOTE != 0 {
        Style::Single
    } else {
        Style::Double
    }
}

/// Whether a block scalar gives back exactly this text and puts no blank at the
/// end of a line, where an editor would take it away and nobody would see it.
fn fits_block(text: &str, classes: u8) -> bool {
    if classes & CONTROL != 0 {
        return false;
    }
    let mut empty = true;
    for line in text.split('\n') {
        if let Some(last) = line.as_bytes().last() {
            empty = false;
            if matches!(last, b' ' | b'\t') {
                return false;
            }
        }
    }
    // go-yaml refuses a tab where it looks for the indentation, and Kustomize
    // leaves out the digit that would tell it.
    if text.trim_start_matches('\n').starts_with('\t') {
        return false;
    }
    // Line breaks alone could be kept by `|+`, but nobody would see how many.
    if empty {
        return false;
    }
    classes & WIDE == 0
        || !text
            .split('\n')
            .any(|line| line.ends_with(char::is_whitespace) || line.chars().any(is_unprintable))
}

/// Whether one printable line, unquoted, is this string and nothing else.
fn is_plain(text: &str, classes: u8) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    // `: ` and a final `:` end a key, ` #` starts a comment (YAML 1.2, 7.3.3).
    if *last == b':' {
        return false;
    }
    if classes & SPACE != 0
        && (*last == b' '
            || classes & COLON != 0 && text.contains(": ")
            || classes & HASH != 0 && text.contains(" #"))
    {
        return false;
    }
    // Unquoted, a no-break space at either end would be invisible.
    if classes & WIDE != 0 && text.trim().len() != text.len() {
        return false;
    }
    match OPENING[usize::from(*first)] {
        Opening::Text => true,
        Opening::Word => !is_reserved_word(bytes),
        Opening::Number => !is_marker(bytes) && !is_number(bytes),
        Opening::Indicator => false,
    }
}

/// A list entry `- `, or what starts with a document marker `---` or `...`.
fn is_marker(bytes: &[u8]) -> bool {
    matches!(bytes, [b'-'] | [b'-', b' ', ..] | [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_writes_plain_is_plain() {
        #[rustfmt::skip]
        const PLAIN: &[&str] = &[
            "name", "nginx:1.25", "registry.k8s.io/pause@sha256:0a", "500m", "1Gi", "10.0.0.1",
            "10.0.0.0/8", "1.2.3", "7-alpine", "--config=/etc/x", "-v", "/healthz", "$(POD_IP)",
            "$HOME", "a:b", "a#b", "http://x:80/y?z=1", "two words", "it's", "say \"x\"", "C:\\x",
            "~/.kube", "=x", "<x>", "é", "日本", "😀", "nope", "Yesterday", "2001-01-01-build",
            "80%", "5m30s", ".env", "apps/v1", "-n", "e1",
        ];
        for text in PLAIN {
            assert_eq!(style(text), Style::Plain, "{text}");
        }
    }

    #[test]
    fn what_some_reader_resolves_is_quoted() {
        #[rustfmt::skip]
        const QUOTED: &[&str] = &[
            "", "yes", "No", "ON", "y", "N", "null", "~", "=", "<<", "True", "0777", "0o17",
            "0x1F", "-0b11", "0x1p-2", "1e3", "1e", "+1", "1_000", "_0", "0_X1", "7e_+9", "1,000",
            "12:30:45", "8080:80", ".5", "1.", ".", "+", "-", ".inf", "-.INF", "+.nan", "-Inf",
            "Infinity", "2001-1-1", "2001-12-14 21:59:43.10 -5", "2001-12-14t21:59:43Z", "---",
            "...", "- a", "--- x", " a", "a ", "a:", "a: b", "a #b", "#", "?x", "\u{a0}x",
            "x\u{3000}",
        ];
        for text in QUOTED {
            assert_eq!(style(text), Style::Double, "{text}");
        }
    }

    #[test]
    fn single_quotes_save_backslashes() {
        assert_eq!(style("{\"a\": 1}"), Style::Single);
        assert_eq!(style("\\d+: x"), Style::Single);
        assert_eq!(style("{\"a\":\t1}"), Style::Double);
    }

    #[test]
    fn lines_stand_in_a_block_unless_a_reader_or_an_editor_would_change_them() {
        for text in ["a\nb", "a\n", "\n\na\n\n", " a\nb", "a\n\tb", "é\n", "yes\n"] {
            assert_eq!(style(text), Style::Block, "{text:?}");
            assert_eq!(line_style(text), Style::Double, "{text:?}");
        }
        for text in [
            "\n",
            "\n\n",
            "a \nb",
            "a\nb\t",
            "a\n \nb",
            "a\r\nb",
            "a\n\0",
            "a\n\u{85}",
            "a\n\u{2028}b",
            "\u{feff}a\n",
            "a\n\u{7f}",
            "a\u{a0}\nb",
            "\ta\n",
            "\n\ta",
        ] {
            assert_eq!(style(text), Style::Double, "{text:?}");
        }
    }
}

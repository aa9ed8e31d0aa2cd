//! JSON among manifests: where its objects begin, and what it writes otherwise than YAML.

use std::borrow::Cow;

use super::documents::is_mark;

/// JSON, which kubectl knows by its first character, as YAML reads it: two things are
/// not the same there. Every character keeps its place but for pairs of surrogates.
pub fn json_as_yaml(text: &str) -> Cow<'_, str> {
    if !is_json(text) || !(text.contains('\t') || text.contains("\\u")) {
        return Cow::Borrowed(text);
    }
    let mut yaml = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\t', '\\']) {
        let (before, from) = rest.split_at(at);
        yaml.push_str(before);
        let length = match surrogate(from) {
            _ if from.starts_with('\t') => {
                yaml.push(' ');
                1
            }
            // YAML has no pairs, and what stands alone is no character to Go either.
            Some(high) => {
                let low = from.get(6..).and_then(surrogate).filter(|low| *low >= 0xdc00);
                let pair = low.filter(|_| high < 0xdc00);
                let code = pair.map(|low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
                yaml.push_str(&format!("\\U{:08X}", code.unwrap_or(0xfffd)));
                if pair.is_some() { 12 } else { 6 }
            }
            None => {
                let length = 1 + from[1..].chars().next().map_or(0, char::len_utf8);
                yaml.push_str(&from[..length]);
                length
            }
        };
        rest = &from[length..];
    }
    yaml.push_str(rest);
    Cow::Owned(yaml)
}

pub fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('{')
}

/// The half of a pair that a text begins with: `\ud83d`.
fn surrogate(text: &str) -> Option<u32> {
    let code = u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xd800..0xe000).contains(&code).then_some(code)
}

/// How far objects were read that stand one after the other, as `jq` prints them.
#[derive(Default)]
pub struct JsonObjects {
    open: usize,
    in_string: bool,
    /// One was read up to its end.
    is_closed: bool,
    /// Something stands outside of objects: it is YAML, up to the next mark.
    is_yaml: bool,
}

impl JsonObjects {
    /// Where in a line other objects than the first begin, in bytes.
    pub fn beginnings(&mut self, line: &str) -> Vec<usize> {
        let mut beginnings = Vec::new();
        let bytes = line.as_bytes();
        let mut at = 0;
        if is_mark(line) {
            *self = JsonObjects::default();
            at = 3;
        }
        while let Some(byte) = bytes.get(at) {
            if self.in_string {
                let rest = &bytes[at..];
                let Some(run) = rest.iter().position(|b| matches!(b, b'"' | b'\\')) else { break };
                self.in_string = rest[run] == b'\\';
                at += run + if self.in_string { 2 } else { 1 };
                continue;
            }
            match byte {
                b'"' if self.open > 0 => self.in_string = true,
                b'{' | b'[' => {
                    if self.is_closed && !self.is_yaml && self.open == 0 {
                        let is_first = line[..at].trim_start().is_empty();
                        beginnings.push(if is_first { 0 } else { at });
                    }
                    self.open += 1;
                }
                b'}' | b']' => {
                    self.open = self.open.saturating_sub(1);
                    self.is_closed |= self.open == 0;
                }
                b'\'' | b'#' => self.is_yaml = true,
                _ => self.is_yaml |= self.open == 0 && !byte.is_ascii_whitespace(),
            }
            at += 1;
        }
        beginnings
    }
}

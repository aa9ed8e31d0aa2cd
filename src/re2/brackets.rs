//! Sets of characters in a pattern: within brackets, and as escapes.

use super::Flaw;
use super::class::Ranges;
use super::parse::{Parser, syntax};

const DIGITS: &[(char, char)] = &[('0', '9')];
const SPACES: &[(char, char)] = &[('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

type Named = (&'static str, &'static [(char, char)]);

/// `[:alpha:]`, which stands within brackets.
static POSIX: [Named; 14] = [
    ("alnum", &[('0', '9'), ('A', 'Z'), ('a', 'z')]),
    ("alpha", &[('A', 'Z'), ('a', 'z')]),
    ("ascii", &[('\0', '\u{7f}')]),
    ("blank", &[('\t', '\t'), (' ', ' ')]),
    ("cntrl", &[('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')]),
    ("digit", DIGITS),
    ("graph", &[('!', '~')]),
    ("lower", &[('a', 'z')]),
    ("print", &[(' ', '~')]),
    ("punct", &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
    ("space", &[('\t', '\r'), (' ', ' ')]),
    ("upper", &[('A', 'Z')]),
    ("word", WORD),
    ("xdigit", &[('0', '9'), ('A', 'F'), ('a', 'f')]),
];

impl Parser<'_> {
    /// Behind an opening bracket.
    pub fn brackets(&mut self) -> Result<Ranges, Flaw> {
        let negated = self.takes("^");
        let mut ranges = Ranges::default();
        let mut first = true;
        loop {
            if !first && self.takes("]") {
                break;
            }
            first = false;
            if let Some(named) = self.posix()? {
                ranges.add_all(&named);
                continue;
            }
            let (low, single) = self.member()?;
            let Some(from) = single else {
                ranges.add_all(&low);
                continue;
            };
            let to = if self.rest.starts_with('-') && !self.rest.starts_with("-]") {
                self.next();
                match self.member()? {
                    (_, Some(to)) if to >= from => to,
                    _ => return Err(syntax("a range within brackets ends before it begins")),
                }
            } else {
                from
            };
            ranges.add(from, to);
        }
        let ranges = if self.flags.any_case { ranges.in_any_case() } else { ranges };
        Ok(if negated { ranges.negated() } else { ranges })
    }

    /// What stands within brackets at once: a set, or the one character that it is.
    fn member(&mut self) -> Result<(Ranges, Option<char>), Flaw> {
        match self.next() {
            None => Err(syntax("there is a `[` without its `]`")),
            Some('\\') => self.escape(),
            Some(literal) => Ok((Ranges::one(literal), Some(literal))),
        }
    }

    /// `[:alpha:]` or `[:^alpha:]`.
    fn posix(&mut self) -> Result<Option<Ranges>, Flaw> {
        let Some(inner) = self.rest.strip_prefix("[:") else { return Ok(None) };
        let Some((name, rest)) = inner.split_once(":]") else { return Ok(None) };
        let (negated, plain) = match name.strip_prefix('^') {
            Some(plain) => (true, plain),
            None => (false, name),
        };
        let Some((_, ranges)) = POSIX.iter().find(|(known, _)| *known == plain) else {
            return Err(syntax(format!("there is no class `[:{name}:]`")));
        };
        self.rest = rest;
        let ranges = Ranges::of(ranges);
        Ok(Some(if negated { ranges.negated() } else { ranges }))
    }

    /// Behind a backslash: a set, or the one character that it is.
    pub fn escape(&mut self) -> Result<(Ranges, Option<char>), Flaw> {
        let Some(next) = self.next() else { return Err(syntax("it ends in a backslash")) };
        let set = |ranges: &[(char, char)]| Ok((Ranges::of(ranges), None));
        let no_set = |ranges: &[(char, char)]| Ok((Ranges::of(ranges).negated(), None));
        let one = |single: char| Ok((Ranges::one(single), Some(single)));
        match next {
            'd' => set(DIGITS),
            'D' => no_set(DIGITS),
            's' => set(SPACES),
            'S' => no_set(SPACES),
            'w' => set(WORD),
            'W' => no_set(WORD),
            'a' => one('\u{7}'),
            'f' => one('\u{c}'),
            'n' => one('\n'),
            'r' => one('\r'),
            't' => one('\t'),
            'v' => one('\u{b}'),
            'x' => one(self.hexadecimal()?),
            '0' => one(self.octal(0)),
            '1'..='7' if self.peek().is_some_and(|next| ('0'..='7').contains(&next)) => {
                one(self.octal(u32::from(next) - u32::from('0')))
            }
            'p' | 'P' => {
                Err(Flaw::Unsupported(format!("Unicode classes (`\\{next}`) are not known here")))
            }
            punctuation if punctuation.is_ascii() && !punctuation.is_ascii_alphanumeric() => {
                one(punctuation)
            }
            other => Err(syntax(format!("Go has no escape `\\{other}`"))),
        }
    }

    /// Up to two octal digits more.
    fn octal(&mut self, first: u32) -> char {
        let mut code = first;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) else { break };
            self.next();
            code = code * 8 + digit;
        }
        char::from_u32(code).unwrap_or_default()
    }

    /// `7F` or `{10FFFF}`.
    fn hexadecimal(&mut self) -> Result<char, Flaw> {
        let (digits, length) = match self.rest.strip_prefix('{') {
            Some(inner) => {
                let end = inner.find('}').unwrap_or_default();
                (&inner[..end], end + 2)
            }
            None => (self.rest.get(..2).unwrap_or_default(), 2),
        };
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| plain);
        let Some(found) = code.and_then(char::from_u32) else {
            return Err(syntax("`\\x` needs two hexadecimal digits, or more within braces"));
        };
        self.rest = self.rest.get(length..).unwrap_or_default();
        Ok(found)
    }
}

//! From the text of an expression to its tokens.

use super::SyntaxError;
use super::literal::{self, Quotes};

/// A token, and where it starts and ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Token<'t> {
    pub kind: Kind<'t>,
    pub start: usize,
    pub end: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'t> {
    Name(&'t str),
    /// `` `a-b` ``: a field whose name is no name.
    Quoted(&'t str),
    /// Without its sign.
    Int(u64),
    Uint(u64),
    Double(f64),
    Text(String),
    Bytes(Vec<u8>),
    /// An operator, or another mark.
    Mark(&'static str),
    End,
}

/// The longer before the shorter.
static MARKS: [&str; 24] = [
    "==", "!=", "<=", ">=", "&&", "||", "<", ">", "=", "!", "+", "-", "*", "/", "%", "?", ":", ".",
    ",", "(", ")", "[", "]", "{",
];

pub struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    pub fn new(text: &'t str) -> Tokens<'t> {
        Tokens { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn next(&mut self) -> Result<Token<'t>, SyntaxError> {
        self.skip_space();
        let start = self.at;
        let kind = self.kind()?;
        Ok(Token { kind, start, end: self.at })
    }

    /// Goes past blanks and comments.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let blank = [' ', '\t', '\r', '\n', '\u{c}'];
            let trimmed = rest.trim_start_matches(blank);
            self.at += rest.len() - trimmed.len();
            if !trimmed.starts_with("//") {
                return;
            }
            self.at += trimmed.find('\n').unwrap_or(trimmed.len());
        }
    }

    fn kind(&mut self) -> Result<Kind<'t>, SyntaxError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(Kind::End) };
        if let Some(quotes) = Quotes::at(rest) {
            return self.literal(&quotes);
        }
        let digit = |at: usize| rest.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        if digit(0) || first == '.' && digit(1) {
            return self.number();
        }
        if first == '_' || first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
            let (name, _) = rest.split_at(end.unwrap_or(rest.len()));
            self.at += name.len();
            return Ok(Kind::Name(name));
        }
        if first == '`' {
            let inner = rest.get(1..).unwrap_or_default();
            let end = inner.find('`').filter(|end| *end > 0);
            let Some(end) = end else {
                return Err(self.error("a name in backquotes is not closed"));
            };
            self.at += end + 2;
            return Ok(Kind::Quoted(inner.get(..end).unwrap_or_default()));
        }
        let mark = MARKS.iter().copied().chain(["}"]).find(|mark| rest.starts_with(mark));
        match mark {
            Some("=") => Err(self.error("`=` is no operator: equality is `==`")),
            Some(mark) => {
                self.at += mark.len();
                Ok(Kind::Mark(mark))
            }
            None => Err(self.error(format!("`{first}` does not belong here"))),
        }
    }

    fn literal(&mut self, quotes: &Quotes<'t>) -> Result<Kind<'t>, SyntaxError> {
        let Some(inner) = quotes.inner() else { return Err(self.error("a text is not closed")) };
        let read = match (quotes.bytes, quotes.raw) {
            (false, true) => Ok(Kind::Text(inner.to_owned())),
            (true, true) => Ok(Kind::Bytes(inner.as_bytes().to_owned())),
            (false, false) => literal::text(inner).map(Kind::Text),
            (true, false) => literal::bytes(inner).map(Kind::Bytes),
        };
        let kind = read.map_err(|reason| self.error(reason))?;
        self.at += quotes.before + inner.len() + quotes.mark.len();
        Ok(kind)
    }

    fn number(&mut self) -> Result<Kind<'t>, SyntaxError> {
        let rest = self.rest();
        if let Some(digits) = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")) {
            let length = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
            let number = u64::from_str_radix(digits.get(..length).unwrap_or_default(), 16);
            return self.whole(number.ok(), length + 2);
        }
        let digits = |from: usize| {
            let tail = rest.get(from..).unwrap_or_default();
            tail.bytes().take_while(u8::is_ascii_digit).count()
        };
        let mut length = digits(0);
        let mut whole = true;
        if rest.get(length..).is_some_and(|tail| tail.starts_with('.')) && digits(length + 1) > 0 {
            whole = false;
            length += 1 + digits(length + 1);
        }
        if rest.get(length..).is_some_and(|tail| tail.starts_with(['e', 'E'])) {
            let signed = rest.get(length + 1..).is_some_and(|tail| tail.starts_with(['+', '-']));
            let sign = length + 1 + usize::from(signed);
            if digits(sign) > 0 {
                whole = false;
                length = sign + digits(sign);
            }
        }
        let number = rest.get(..length).unwrap_or_default();
        if whole {
            return self.whole(number.parse().ok(), length);
        }
        let Ok(double) = number.parse() else { return Err(self.error("a number is malformed")) };
        self.at += length;
        Ok(Kind::Double(double))
    }

    fn whole(&mut self, number: Option<u64>, length: usize) -> Result<Kind<'t>, SyntaxError> {
        let Some(number) = number else {
            return Err(self.error("a number is malformed, or too large"));
        };
        self.at += length;
        if self.rest().starts_with(['u', 'U']) {
            self.at += 1;
            return Ok(Kind::Uint(number));
        }
        Ok(Kind::Int(number))
    }

    fn error(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError { message: message.into(), at: self.at, is_limit: false }
    }
}

//! Texts and bytes as they are written: `'a'`, `r"""b"""`, `b'\x00'`.

/// How a literal is quoted.
pub struct Quotes<'t> {
    rest: &'t str,
    pub raw: bool,
    pub bytes: bool,
    /// How much stands before what is quoted.
    pub before: usize,
    /// What closes it.
    pub mark: &'static str,
}

impl<'t> Quotes<'t> {
    /// How the literal is quoted that a text starts with, if it does.
    pub fn at(rest: &'t str) -> Option<Quotes<'t>> {
        let prefix = rest.len() - rest.trim_start_matches(['r', 'R', 'b', 'B']).len();
        let (prefix, quoted) = rest.split_at(prefix);
        let has = |letter: char| prefix.chars().filter(|c| c.eq_ignore_ascii_case(&letter)).count();
        let (raw, bytes) = (has('r'), has('b'));
        let mark = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|m| quoted.starts_with(m))?;
        let before = prefix.len() + mark.len();
        let fits = raw <= 1 && bytes <= 1;
        fits.then_some(Quotes { rest, raw: raw == 1, bytes: bytes == 1, before, mark })
    }

    /// What is quoted; nothing where it is not closed.
    pub fn inner(&self) -> Option<&'t str> {
        let inner = self.rest.get(self.before..)?;
        let mut at = 0;
        loop {
            let next = inner.get(at..)?.find(['\\', '\'', '"', '\n', '\r'])?;
            at += next;
            let rest = inner.get(at..)?;
            if rest.starts_with(self.mark) {
                return inner.get(..at);
            }
            if rest.starts_with(['\n', '\r']) && self.mark.len() == 1 {
                return None;
            }
            at += 1;
            if rest.starts_with('\\') && !self.raw {
                at += rest.get(1..)?.chars().next()?.len_utf8();
            }
        }
    }
}

/// A text with its escapes read.
pub fn text(inner: &str) -> Result<String, String> {
    let mut text = String::with_capacity(inner.len());
    pieces(inner, |piece| match piece {
        Piece::Plain(plain) => text.push_str(plain),
        Piece::Char(single) => text.push(single),
        Piece::Byte(byte) => text.push(char::from(byte)),
    })?;
    Ok(text)
}

/// Bytes with their escapes read.
pub fn bytes(inner: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(inner.len());
    pieces(inner, |piece| match piece {
        Piece::Plain(plain) => bytes.extend_from_slice(plain.as_bytes()),
        Piece::Char(single) => bytes.extend_from_slice(single.encode_utf8(&mut [0; 4]).as_bytes()),
        Piece::Byte(byte) => bytes.push(byte),
    })?;
    Ok(bytes)
}

enum Piece<'t> {
    Plain(&'t str),
    Char(char),
    /// By its number: a byte, or in a text a character.
    Byte(u8),
}

fn pieces<'t>(inner: &'t str, mut each: impl FnMut(Piece<'t>)) -> Result<(), String> {
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        each(Piece::Plain(rest.get(..at).unwrap_or_default()));
        let behind = rest.get(at + 1..).unwrap_or_default();
        let letter = behind.chars().next().unwrap_or_default();
        let number = |from: usize, length: usize, base: u32| {
            let digits = behind.get(from..from + length)?;
            let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
            plain.then(|| u32::from_str_radix(digits, base).ok()).flatten()
        };
        let (piece, length) = match letter {
            'a' => (Some(Piece::Char('\u{7}')), 1),
            'b' => (Some(Piece::Char('\u{8}')), 1),
            'f' => (Some(Piece::Char('\u{c}')), 1),
            'n' => (Some(Piece::Char('\n')), 1),
            'r' => (Some(Piece::Char('\r')), 1),
            't' => (Some(Piece::Char('\t')), 1),
            'v' => (Some(Piece::Char('\u{b}')), 1),
            '\\' | '\'' | '"' | '`' | '?' => (Some(Piece::Char(letter)), 1),
            'x' | 'X' => (number(1, 2, 16).and_then(|n| n.try_into().ok()).map(Piece::Byte), 3),
            '0'..='3' => (number(0, 3, 8).and_then(|n| n.try_into().ok()).map(Piece::Byte), 3),
            'u' => (number(1, 4, 16).and_then(char::from_u32).map(Piece::Char), 5),
            'U' => (number(1, 8, 16).and_then(char::from_u32).map(Piece::Char), 9),
            _ => (None, 0),
        };
        let Some(piece) = piece else { return Err(format!("there is no escape `\\{letter}`")) };
        each(piece);
        rest = behind.get(length..).unwrap_or_default();
    }
    each(Piece::Plain(rest));
    Ok(())
}

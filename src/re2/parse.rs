//! From the text of a pattern to its parts.

use super::Flaw;
use super::class::Ranges;
use super::syntax::{Part, Place, Repeat};

/// How often something may be repeated, as Go has it.
const MOST_REPEATS: u32 = 1000;
/// How deep groups may stand in each other.
const DEEPEST: usize = 200;

#[derive(Clone, Copy, Default)]
pub struct Flags {
    pub any_case: bool,
    lines: bool,
    dot_is_all: bool,
    lazy: bool,
}

pub struct Parser<'p> {
    pub rest: &'p str,
    pub flags: Flags,
    depth: usize,
}

pub fn parse(pattern: &str) -> Result<Part, Flaw> {
    let mut parser = Parser { rest: pattern, flags: Flags::default(), depth: 0 };
    let part = parser.alternatives()?;
    match parser.peek() {
        None => Ok(part),
        Some(_) => Err(syntax("there is a `)` without its `(`")),
    }
}

pub fn syntax(reason: impl Into<String>) -> Flaw {
    Flaw::Syntax(reason.into())
}

impl Parser<'_> {
    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = self.rest.get(next.len_utf8()..).unwrap_or_default();
        Some(next)
    }

    pub fn takes(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// `a|b|c`, up to the end or a closing parenthesis.
    fn alternatives(&mut self) -> Result<Part, Flaw> {
        let mut all = vec![self.sequence()?];
        while self.takes("|") {
            all.push(self.sequence()?);
        }
        Ok(match all.len() {
            1 => all.pop().unwrap_or_else(Part::empty),
            _ => Part::Any(all),
        })
    }

    fn sequence(&mut self) -> Result<Part, Flaw> {
        let mut parts = Vec::new();
        while let Some(next) = self.peek().filter(|next| !matches!(next, '|' | ')')) {
            if matches!(next, '*' | '+' | '?') || next == '{' && self.bounds().is_some() {
                let before = parts.pop();
                let Some(part) = before else {
                    return Err(syntax(format!("there is nothing before `{next}` to repeat")));
                };
                parts.push(self.repeated(part)?);
            } else if self.takes(r"\Q") {
                let end = self.rest.find(r"\E").unwrap_or(self.rest.len());
                let (literal, rest) = self.rest.split_at(end);
                self.rest = rest.strip_prefix(r"\E").unwrap_or(rest);
                parts.extend(literal.chars().map(|one| self.one(Ranges::one(one))));
            } else if let Some(part) = self.single()? {
                parts.push(part);
            }
        }
        Ok(Part::All(parts))
    }

    /// What stands there once; nothing where it only sets flags.
    fn single(&mut self) -> Result<Option<Part>, Flaw> {
        let Some(next) = self.next() else { return Ok(None) };
        let lines = self.flags.lines;
        Ok(Some(match next {
            '(' => return self.group(),
            '[' => {
                let ranges = self.brackets()?;
                Part::One(ranges)
            }
            '.' if self.flags.dot_is_all => Part::One(Ranges::any()),
            '.' => Part::One(Ranges::any_but_newline()),
            '^' => Part::At(if lines { Place::LineStart } else { Place::TextStart }),
            '$' => Part::At(if lines { Place::LineEnd } else { Place::TextEnd }),
            '\\' => match self.place() {
                Some(place) => Part::At(place),
                None => {
                    let (ranges, _) = self.escape()?;
                    self.one(ranges)
                }
            },
            literal => self.one(Ranges::one(literal)),
        }))
    }

    fn one(&self, ranges: Ranges) -> Part {
        Part::One(if self.flags.any_case { ranges.in_any_case() } else { ranges })
    }

    /// `\A`, `\z`, `\b` and `\B`, behind the backslash.
    fn place(&mut self) -> Option<Place> {
        let place = match self.peek()? {
            'A' => Place::TextStart,
            'z' => Place::TextEnd,
            'b' => Place::WordEdge,
            'B' => Place::NoWordEdge,
            _ => return None,
        };
        self.next();
        Some(place)
    }

    /// Behind an opening parenthesis.
    fn group(&mut self) -> Result<Option<Part>, Flaw> {
        let outer = self.flags;
        if self.takes("?") {
            if self.takes("P<") || self.takes("<") {
                let end = self.rest.find('>').unwrap_or_default();
                let name = self.rest.get(..end).unwrap_or_default();
                if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
                    return Err(syntax("the name of a group is letters and digits within `<>`"));
                }
                self.rest = self.rest.get(end + 1..).unwrap_or_default();
            } else if !self.set_flags()? {
                return Ok(None);
            }
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Flaw::Unsupported("its groups stand too deep in each other".to_owned()));
        }
        let part = self.alternatives()?;
        self.depth -= 1;
        self.flags = outer;
        if !self.takes(")") {
            return Err(syntax("there is a `(` without its `)`"));
        }
        Ok(Some(part))
    }

    /// `(?i)` or `(?i:`: whether a group follows.
    fn set_flags(&mut self) -> Result<bool, Flaw> {
        let (mut on, mut any) = (true, false);
        while let Some(flag) = self.next() {
            match flag {
                'i' => self.flags.any_case = on,
                'm' => self.flags.lines = on,
                's' => self.flags.dot_is_all = on,
                'U' => self.flags.lazy = on,
                '-' if on => {
                    (on, any) = (false, false);
                    continue;
                }
                ':' | ')' if any || on => return Ok(flag == ':'),
                _ => break,
            }
            any = true;
        }
        Err(syntax("what follows `(?` is no flag, no name, and Go has no other groups"))
    }

    /// `*`, `+`, `?` or `{2,3}` behind a part.
    fn repeated(&mut self, part: Part) -> Result<Part, Flaw> {
        let (least, most) = match self.bounds() {
            Some((least, most, length)) => {
                self.rest = self.rest.get(length..).unwrap_or_default();
                (least, most)
            }
            None => match self.next() {
                Some('*') => (0, None),
                Some('+') => (1, None),
                _ => (0, Some(1)),
            },
        };
        if least > MOST_REPEATS || most.is_some_and(|most| most > MOST_REPEATS || most < least) {
            return Err(syntax(format!("a repetition is from 0 to {MOST_REPEATS} times")));
        }
        let lazy = self.takes("?");
        if matches!(self.peek(), Some('*' | '+' | '?')) || self.bounds().is_some() {
            return Err(syntax("a repetition is repeated: put it into parentheses"));
        }
        let times = u64::from(most.unwrap_or(least).max(1));
        if times * repeats_in(&part) > u64::from(MOST_REPEATS) {
            return Err(syntax(format!("repetitions in each other pass {MOST_REPEATS} times")));
        }
        let greedy = lazy == self.flags.lazy;
        Ok(Part::Repeat(Box::new(Repeat { part, least, most, greedy })))
    }

    /// `{2}`, `{2,}` or `{2,3}`, and how long it is; anything else in braces is text.
    fn bounds(&self) -> Option<(u32, Option<u32>, usize)> {
        let inner = self.rest.strip_prefix('{')?;
        let inner = &inner[..inner.find('}')?];
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let leading = digits.len() > 1 && digits.starts_with('0');
            (plain && !leading).then(|| digits.parse().unwrap_or(u32::MAX))
        };
        let (least, most) = match inner.split_once(',') {
            None => (number(inner)?, Some(number(inner)?)),
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        Some((least, most, inner.len() + 2))
    }
}

/// How often the most repeated part of a part stands there.
fn repeats_in(part: &Part) -> u64 {
    match part {
        Part::One(_) | Part::At(_) => 1,
        Part::All(parts) | Part::Any(parts) => parts.iter().map(repeats_in).max().unwrap_or(1),
        Part::Repeat(repeat) => {
            let times = repeat.most.unwrap_or(repeat.least).max(1);
            u64::from(times) * repeats_in(&repeat.part)
        }
    }
}

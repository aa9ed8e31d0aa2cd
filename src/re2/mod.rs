//! Regular expressions as Go's `regexp` reads them (RE2's syntax), which is what
//! patterns in definitions of custom resources and CEL's `matches` are. Matching takes
//! time linear in the text, though as many times more as the pattern is long: who
//! searches says how many steps it may take. What is missing: Unicode classes (`\pL`, `\p{Greek}`).

mod brackets;
mod class;
mod parse;
mod program;
mod syntax;

use program::Program;

/// A pattern, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Regex {
    program: Program,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Go does not read it either.
    Syntax(String),
    /// It may well be one, but not for us.
    Unsupported(String),
}

/// A search took more steps than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Regex {
    pub fn new(pattern: &str) -> Result<Regex, Flaw> {
        Ok(Regex { program: Program::of(&parse::parse(pattern)?)? })
    }

    /// How many steps making it took, roughly.
    pub fn size(&self) -> usize {
        self.program.size()
    }

    /// Whether it is found anywhere in a text.
    pub fn is_match(&self, text: &str, steps: &mut u64) -> Result<bool, TooLong> {
        Ok(self.program.search(text, 0, true, steps)?.is_some())
    }

    /// The first place at or after `from` where it is found: from its first byte to
    /// behind its last.
    pub fn find_at(
        &self,
        text: &str,
        from: usize,
        steps: &mut u64,
    ) -> Result<Option<(usize, usize)>, TooLong> {
        self.program.search(text, from, false, steps)
    }

    /// All places where it is found, none within another, at most so many.
    pub fn find_all<'t>(
        &self,
        text: &'t str,
        most: usize,
        steps: &mut u64,
    ) -> Result<Vec<&'t str>, TooLong> {
        let mut found = Vec::new();
        let (mut from, mut last_end) = (0, None);
        while found.len() < most
            && let Some((start, end)) = self.find_at(text, from, steps)?
        {
            // As Go does it, nothing is not found right behind something.
            if start != end || last_end != Some(start) {
                found.push(text.get(start..end).unwrap_or_default());
            }
            last_end = Some(end);
            from = if end > start { end } else { next_boundary(text, end) };
            if from > text.len() {
                break;
            }
        }
        Ok(found)
    }
}

/// A pattern as a message shows it: most are shorter.
pub fn shown(pattern: &str) -> String {
    const MOST: usize = 300;
    match pattern.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &pattern[..end]),
        None => format!("`{pattern}`"),
    }
}

/// Behind the character at a place; behind the text at its end.
fn next_boundary(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Flaw::Syntax(reason) | Flaw::Unsupported(reason) => f.write_str(reason),
        }
    }
}

#[cfg(test)]
mod tests;

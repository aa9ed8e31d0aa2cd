//! Words: text from a small alphabet, the grammar that names of all kinds
//! share, and how a fault in one is put. What a name means is not known here.

/// No suggestion is longer: a reason must not become a copy of the input.
const LONGEST_SUGGESTION: usize = 80;

/// What a kind of word may be made of. Lower-case letters and digits always
/// belong to it.
pub(super) struct Word {
    /// Upper-case letters belong to it too.
    pub upper: bool,
    /// The punctuation that belongs to it.
    pub marks: &'static str,
    /// It starts and ends with a letter or a digit.
    pub bounded: bool,
    /// The most characters it may have.
    pub longest: usize,
}

impl Word {
    fn may_have(&self, c: char) -> bool {
        c.is_ascii_lowercase()
            || c.is_ascii_digit()
            || (self.upper && c.is_ascii_uppercase())
            || self.marks.chars().any(|mark| mark == c)
    }

    /// Why the text is not such a word.
    pub fn fault(&self, text: &str) -> Option<String> {
        if text.is_empty() {
            return Some("is empty".into());
        }
        // All that belongs is ASCII, so the first byte that does not begins a character.
        let stray = text.bytes().position(|byte| !self.may_have(char::from(byte)));
        if let Some(c) = stray.and_then(|at| text[at..].chars().next()) {
            return Some(format!("has {}", described(c)));
        }
        if text.len() > self.longest {
            return Some(format!("has {} characters, the limit is {}", text.len(), self.longest));
        }
        if self.bounded { edge_fault(text) } else { None }
    }

    /// Keeps the text where `fault` finds nothing; otherwise says what it found
    /// and, where one can be made with `filler` in place of what is refused,
    /// gives a text that would do.
    pub fn keep(
        &self,
        text: &str,
        filler: char,
        fault: impl Fn(&str) -> Option<String>,
    ) -> Result<Box<str>, String> {
        let Some(reason) = fault(text) else {
            return Ok(text.into());
        };
        let better = self.repaired(text, filler);
        Err(advised(reason, better.filter(|t| fault(t).is_none())))
    }

    /// The text with everything that does not belong replaced by `filler`.
    pub fn repaired(&self, text: &str, filler: char) -> Option<String> {
        if text.len() > LONGEST_SUGGESTION {
            return None;
        }
        let mut better = String::with_capacity(text.len());
        for c in text.trim().chars() {
            let lower = c.to_ascii_lowercase();
            match (self.may_have(c), self.may_have(lower)) {
                (true, _) => better.push(c),
                (false, true) => better.push(lower),
                (false, false) if better.ends_with(filler) => {}
                (false, false) => better.push(filler),
            }
        }
        if self.bounded {
            better = better.trim_matches(|c| !is_alphanumeric(c)).into();
        }
        Some(better)
    }
}

/// The reason, with a text that would do where there is a short one.
pub(super) fn advised(reason: String, better: Option<String>) -> String {
    match better {
        Some(better) if !better.is_empty() && better.len() <= LONGEST_SUGGESTION => {
            format!("{reason}; use `{better}`")
        }
        _ => reason,
    }
}

/// Most names of Kubernetes start and end with a letter or a digit.
pub(super) fn edge_fault(text: &str) -> Option<String> {
    let refused = |c: &char| !is_alphanumeric(*c);
    if let Some(c) = text.chars().next().filter(refused) {
        return Some(format!("starts with {}", described(c)));
    }
    let last = text.chars().next_back().filter(refused)?;
    Some(format!("ends with {}", described(last)))
}

/// Keys and variables become file names, so a path upwards is refused:
/// `hasChDirPrefix` of Kubernetes.
pub(super) fn directory_fault(text: &str) -> Option<String> {
    match text {
        "." | ".." => Some("names a directory".into()),
        _ if text.starts_with("..") => Some("starts with `..`".into()),
        _ => None,
    }
}

/// What a message calls a character. Only punctuation is shown as it is, so that
/// no part of a value is repeated.
pub(super) fn described(c: char) -> String {
    match c {
        ' ' => "a space".into(),
        '\t' => "a tab".into(),
        '\n' | '\r' => "a line break".into(),
        '`' => "a backtick".into(),
        'A'..='Z' => "an upper-case letter".into(),
        'a'..='z' => "a letter".into(),
        '0'..='9' => "a digit".into(),
        _ if c.is_ascii_punctuation() => format!("`{c}`"),
        _ if c.is_control() => "a control character".into(),
        _ => "a character outside ASCII".into(),
    }
}

fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: Word = Word { upper: false, marks: "-", bounded: true, longest: 5 };

    #[test]
    fn faults_name_what_is_wrong() {
        for (text, fault) in [
            ("", "is empty"),
            ("a b", "has a space"),
            ("aB", "has an upper-case letter"),
            ("a_b", "has `_`"),
            ("a\u{0}", "has a control character"),
            ("é", "has a character outside ASCII"),
            ("abcdef", "has 6 characters, the limit is 5"),
            ("-a", "starts with `-`"),
            ("a-", "ends with `-`"),
        ] {
            assert_eq!(NAME.fault(text).as_deref(), Some(fault), "{text:?}");
        }
        assert_eq!(NAME.fault("a-1"), None);
    }

    #[test]
    fn suggestions_are_only_made_where_they_would_do() {
        let read = |text: &str| NAME.keep(text, '-', |t| NAME.fault(t));
        assert_eq!(read("A _b").unwrap_err(), "has an upper-case letter; use `a-b`");
        assert_eq!(read("_").unwrap_err(), "has `_`");
        assert_eq!(read(&"A".repeat(9)).unwrap_err(), "has an upper-case letter");
        assert_eq!(&*read("a-b").unwrap(), "a-b");
    }
}

//! Semantic versions (semver.org), as strictly as they are defined.

use std::cmp::Ordering;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Semver {
    pub major: u64,
    pub minor: u64,
    pub patch: u64,
    before: Vec<Identifier>,
}

/// What stands between dots behind the `-`. Numbers come before words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(u64),
    Word(String),
}

/// `1.2.3-rc.1+build.5`.
pub fn semver(text: &str) -> Option<Semver> {
    let (rest, build) = match text.split_once('+') {
        Some((rest, build)) => (rest, Some(build)),
        None => (text, None),
    };
    let (core, before) = match rest.split_once('-') {
        Some((core, before)) => (core, Some(before)),
        None => (rest, None),
    };
    let mut numbers = core.split('.');
    let (major, minor, patch) =
        (number(numbers.next()?)?, number(numbers.next()?)?, number(numbers.next()?)?);
    if numbers.next().is_some() || build.is_some_and(|build| !build.split('.').all(is_word)) {
        return None;
    }
    let before = match before {
        Some(before) => before.split('.').map(identifier).collect::<Option<Vec<_>>>()?,
        None => Vec::new(),
    };
    Some(Semver { major, minor, patch, before })
}

/// The same with a leading `v`, zeros before numbers and missing numbers mended.
pub fn normalized(text: &str) -> Option<Semver> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let mut parts: Vec<String> = text.splitn(3, '.').map(without_zeros).collect();
    if parts.len() < 3 && parts.last().is_some_and(|last| last.contains(['+', '-'])) {
        return None;
    }
    parts.resize(3, "0".to_owned());
    semver(&parts.join("."))
}

fn without_zeros(part: &str) -> String {
    let rest = part.trim_start_matches('0');
    match part.len() {
        0 | 1 => part.to_owned(),
        _ if rest.starts_with(|c: char| c.is_ascii_digit()) => rest.to_owned(),
        _ => format!("0{rest}"),
    }
}

fn number(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (plain && (text == "0" || !text.starts_with('0'))).then(|| text.parse().ok()).flatten()
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn identifier(text: &str) -> Option<Identifier> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return number(text).map(Identifier::Number);
    }
    is_word(text).then(|| Identifier::Word(text.to_owned()))
}

impl Semver {
    /// Which one is older. What was built of it does not count.
    pub fn cmp_precedence(&self, other: &Semver) -> Ordering {
        let numbers = |one: &Semver| (one.major, one.minor, one.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| {
            match (self.before.is_empty(), other.before.is_empty()) {
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                _ => self.before.cmp(&other.before),
            }
        })
    }
}

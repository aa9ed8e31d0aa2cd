//! What single values must be, in words that all validation shares.

use std::collections::HashSet;

use crate::check::at::At;
use crate::diagnostic::{choices, nearest};
use crate::object::value::Value;
use crate::scalar::{LabelKey, PortName, Scalar};

use super::metadata::names::fault_of_segment;

impl<'a> At<'a> {
    /// It must be there, and not be empty. Whether it is.
    pub fn required(self) -> bool {
        let there = !self.is_empty();
        if !there {
            self.missing();
        }
        there
    }

    /// It must be there, be it empty. Whether it is.
    pub fn must_be_set(self) -> bool {
        let there = self.is_set();
        if !there {
            self.missing();
        }
        there
    }

    /// Says that it is missing.
    pub fn missing(self) {
        let what = self.last_step();
        self.fault(format!("{what} is missing"));
    }

    /// Says that it must not be there.
    pub fn forbid(self, reason: &str) {
        if self.is_set() {
            let what = self.last_step();
            self.fault(format!("{what} must not be here: {reason}"));
        }
    }

    /// A text that is there must be such a scalar.
    pub fn must_be<T: Scalar>(self) {
        if let Some(text) = self.text() {
            self.must_be_text::<T>(text);
        }
    }

    /// A text that belongs here must be such a scalar.
    pub fn must_be_text<T: Scalar>(self, text: &str) {
        if let Some(reason) = not_a::<T>(text) {
            self.fault(reason);
        }
    }

    /// It must be there, and be such a scalar.
    pub fn required_as<T: Scalar>(self) {
        if self.required() {
            self.must_be::<T>();
        }
    }

    /// A text that is there, and not empty, must be such a scalar.
    pub fn may_be<T: Scalar>(self) {
        if !self.is_empty() {
            self.must_be::<T>();
        }
    }

    /// A text that is there, and not empty, must be one of these. Whether it is none
    /// else.
    pub fn may_be_one_of(self, words: &[&str]) -> bool {
        self.is_empty() || self.must_be_one_of(words)
    }

    /// A text that is there must be one of these; the empty one counts as one. Whether
    /// it is.
    pub fn must_be_one_of(self, words: &[&str]) -> bool {
        let Some(text) = self.text() else { return true };
        let known = words.contains(&text);
        if !known {
            let message = format!("{} is none of {}", shown(text), choices(words.iter().copied()));
            match nearest(text, words.iter().copied()) {
                Some(near) => self.fault_with(message, format!("did you mean `{near}`?")),
                None => self.fault(message),
            }
        }
        known
    }

    /// A number that is there must be within bounds.
    pub fn must_be_within(self, least: i64, most: i64) {
        if let Some(number) = self.int().filter(|number| !(least..=most).contains(number)) {
            self.fault(format!("must be from {least} to {most}, and is {number}"));
        }
    }

    /// A number that is there must be as large at least.
    pub fn must_be_at_least(self, least: i64) {
        if let Some(number) = self.int().filter(|number| *number < least) {
            self.fault(format!("must be at least {least}, and is {number}"));
        }
    }

    pub fn must_not_be_negative(self) {
        self.must_be_at_least(0);
    }

    /// A number that is there must be one of a port: `IsValidPortNum`.
    pub fn must_be_port(self) {
        self.must_be_within(1, u16::MAX.into());
    }

    /// The number of a port must be there.
    pub fn required_port(self) {
        match self.int() {
            Some(_) => self.must_be_port(),
            None => self.missing(),
        }
    }

    /// A port must be there, by its number or by its name: `ValidatePortNumOrName`.
    pub fn must_be_port_or_name(self) {
        match self.is_set() {
            true => self.may_be_port_or_name(),
            false => self.missing(),
        }
    }

    /// A port that is there must be a number or the name of one.
    pub fn may_be_port_or_name(self) {
        match self.text() {
            Some(_) => self.must_be::<PortName>(),
            None => self.must_be_port(),
        }
    }

    /// A text that is there must be a name with an optional domain before it:
    /// `IsQualifiedName`.
    pub fn must_be_qualified_name(self) {
        if let Some(text) = self.text()
            && let Err(reason) = LabelKey::parse(text)
        {
            self.fault_with(
                format!("{} is not a name: {}", shown(text), said_of(&reason)),
                "such as `mine` or `example.com/mine`",
            );
        }
    }

    /// A text that is there must be fit to stand in a path: `IsPathSegmentName`.
    pub fn must_be_path_segment(self) {
        if let Some(reason) = self.text().and_then(fault_of_segment) {
            self.fault(reason);
        }
    }

    /// A text must not be longer, in bytes.
    pub fn must_not_be_longer_than(self, most: usize) {
        if let Some(text) = self.text().filter(|text| text.len() > most) {
            self.fault(format!("has {} bytes, the limit is {most}", text.len()));
        }
    }

    /// A list must not hold more.
    pub fn must_not_have_more_than(self, most: usize) {
        let count = self.list().len();
        if count > most {
            self.fault(format!("has {count} items, the limit is {most}"));
        }
    }

    /// Each item of a list must have another key; items without one are left out.
    /// What is there twice is reported at the item's field.
    pub fn must_differ_in(self, field: &'static str) {
        let mut seen = HashSet::new();
        for item in self.items() {
            let at = item.field(field);
            if let Some(text) = at.text().filter(|text| !text.is_empty())
                && !seen.insert(text)
            {
                at.fault(format!("{} is there twice", shown(text)));
            }
        }
    }

    /// Exactly one of these fields must be there; `what` names what they are. Gives the
    /// first one.
    pub fn must_have_one_of(self, fields: &[&'static str], what: &str) -> Option<&'static str> {
        let mut first = None;
        for &name in fields {
            if self.field(name).is_set() {
                match first {
                    None => first = Some(name),
                    Some(first) => {
                        self.field(name)
                            .forbid(&format!("there is `{first}`, and {what} has one of them"));
                    }
                }
            }
        }
        if first.is_none() {
            self.fault(format!("{what} has one of {}", choices(fields.iter().copied())));
        }
        first
    }

    /// What its last step is called in a message: `` `image` ``.
    fn last_step(self) -> String {
        let field = self.field_text();
        let last = field.rsplit(['.', '[']).next().unwrap_or_default();
        match last {
            "" => "the object".to_owned(),
            last if last.ends_with(']') => "this".to_owned(),
            last => format!("`{last}`"),
        }
    }
}

/// Why a text is not such a scalar.
pub fn not_a<T: Scalar>(text: &str) -> Option<String> {
    let reason = T::parse(text).err()?;
    let article = if T::NAME.starts_with(['a', 'e', 'i', 'I', 'o']) { "an" } else { "a" };
    Some(format!("{} is not {article} {}: {}", shown(text), T::NAME, said_of(&reason)))
}

/// A reason with what it is said of: the text itself, or a part of it.
pub fn said_of(reason: &str) -> String {
    const PARTS: [&str; 11] = [
        "repository",
        "registry",
        "tag",
        "digest",
        "port",
        "prefix",
        "minute",
        "hour",
        "day",
        "month",
        "weekday",
    ];
    match reason.split(' ').next() {
        Some(part) if PARTS.contains(&part) => format!("its {reason}"),
        Some("leave" | "add") => reason.to_owned(),
        _ => format!("it {reason}"),
    }
}

/// A text as messages show it: quoted, and not longer than a line.
pub fn shown(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", text[..end].escape_debug()),
        None => format!("`{}`", text.escape_debug()),
    }
}

/// What is meant by a name that is none of these, or which there are. Of very many, only
/// the first are looked at: one mistake must not cost as much as there are names.
pub fn meant(wrong: &str, known: &[&str]) -> String {
    const MOST: usize = 100;
    let known = || known.iter().copied().take(MOST);
    match nearest(wrong, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", choices(known())),
    }
}

/// A whole number or a text: ports, and counts that may be percentages.
pub fn is_number_or_text(value: &Value) -> bool {
    matches!(value, Value::Int(_) | Value::String(_))
}

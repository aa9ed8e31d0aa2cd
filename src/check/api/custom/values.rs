//! Values against what their schema limits them to, as kube-openapi's validators do it.

use std::collections::HashSet;

use crate::cel::Budget;
use crate::check::api::formats::shown;
use crate::check::policy::{secret_by_name, secret_in};
use crate::diagnostic::choices;
use crate::object::from_value::Step;
use crate::object::value::{Map, Value};
use crate::re2::{self, Flaw, TooLong};

use super::place::Place;
use super::sameness;
use super::schema::{Kind, Limits, Others, Pattern, Schema};

/// What was found in a value.
#[derive(Default)]
pub struct Verdict {
    pub faults: Vec<Fault>,
    /// How many checks were passed: of alternatives, a server tells of the one with most.
    pub passed: u32,
}

/// What is wrong with a value.
pub struct Fault {
    pub path: Vec<Step>,
    pub field: String,
    pub message: String,
    pub weight: FaultWeight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultWeight {
    /// Rules in CEL are still evaluated.
    Light,
    /// They are not: what they ask about may not be there, or of another type.
    Blocking,
    /// It could not be told whether it is one.
    Unknown,
}

/// Validates a value, and what is in it.
pub fn validate(value: &Value, schema: &Schema, place: &Place<'_>, budget: &mut Budget) -> Verdict {
    let mut verdict = Verdict::default();
    let limits = schema.limits.as_deref();
    if *value == Value::Null {
        let kind = schema.kind.filter(|_| !schema.nullable);
        if let Some(kind) = kind {
            verdict.blocking(place, format!("expected {}, found nothing", kind.article_name()));
        }
        if let Some(limits) = limits {
            verdict.one_of_values(value, limits, place);
        }
        return verdict;
    }
    let of_kind = match has_kind(value, schema) {
        Ok(()) => true,
        Err(expected) => {
            let message = format!("expected {expected}, found {}", value.described());
            verdict.blocking(place, message);
            false
        }
    };
    verdict.passed += 1 + u32::from(of_kind);
    if let Some(limits) = limits {
        // Of another type it fits no alternative: what those say would be said thrice.
        if of_kind {
            verdict.alternatives(value, limits, place, budget);
        }
        verdict.passed += 2;
        match value {
            Value::String(text) => verdict.text(text, limits, place, budget),
            Value::Int(_) | Value::Float(_) => {
                verdict.number(value, schema, limits, of_kind, place);
            }
            _ => {}
        }
        verdict.one_of_values(value, limits, place);
    }
    match value {
        Value::List(items) => verdict.list(items, schema, place, budget),
        Value::Map(map) => verdict.map(map, schema, place, budget),
        _ => {}
    }
    verdict.passed += 2;
    verdict
}

impl Kind {
    /// `a string`.
    pub fn article_name(self) -> &'static str {
        match self {
            Kind::Object => "a map",
            Kind::Array => "a list",
            Kind::Text => "a string",
            Kind::Integer => "a whole number",
            Kind::Number => "a number",
            Kind::Boolean => "a boolean",
            Kind::IntOrText => "a whole number or a string",
        }
    }
}

/// Whether a value has its type, or what is expected.
fn has_kind(value: &Value, schema: &Schema) -> Result<(), &'static str> {
    let formatted = schema.limits.as_ref().is_some_and(|limits| limits.text_format.is_some());
    let Some(kind) = schema.kind else { return Ok(()) };
    let whole = matches!(value, Value::Float(number) if number.fract() == 0.0);
    let fits = match (kind, value) {
        (Kind::Object, Value::Map(_))
        | (Kind::Array, Value::List(_))
        | (Kind::Text | Kind::IntOrText, Value::String(_))
        | (Kind::Integer | Kind::Number | Kind::IntOrText, Value::Int(_))
        | (Kind::Number, Value::Float(_))
        | (Kind::Boolean, Value::Bool(_)) => true,
        (Kind::Integer | Kind::IntOrText, Value::Float(_)) => whole,
        // A server looks at neither where there is a format: `typeValidator.Validate`.
        (_, Value::List(_) | Value::String(_)) => formatted,
        _ => false,
    };
    if fits { Ok(()) } else { Err(kind.article_name()) }
}

impl Verdict {
    pub fn blocks(&self) -> bool {
        self.faults.iter().any(|fault| fault.weight == FaultWeight::Blocking)
    }

    pub fn is_good(&self) -> bool {
        self.faults.is_empty()
    }

    #[cold]
    fn fault(&mut self, place: &Place<'_>, message: String, weight: FaultWeight) {
        let (path, field) = (place.path(), place.text(super::place::Keys::Dotted));
        self.faults.push(Fault { path, field, message, weight });
    }

    #[cold]
    pub fn light(&mut self, place: &Place<'_>, message: String) {
        self.fault(place, message, FaultWeight::Light);
    }

    #[cold]
    fn blocking(&mut self, place: &Place<'_>, message: String) {
        self.fault(place, message, FaultWeight::Blocking);
    }

    pub fn add(&mut self, other: Verdict) {
        self.passed += other.passed;
        self.faults.extend(other.faults);
    }

    fn one_of_values(&mut self, value: &Value, limits: &Limits, place: &Place<'_>) {
        let values = &limits.one_of_values;
        if values.is_empty() || values.iter().any(|known| same_word(known, value)) {
            return;
        }
        let words: Vec<String> = values.iter().map(word).collect();
        let words = choices(words.iter().map(String::as_str));
        self.blocking(place, format!("{} is none of {words}", shown(&word(value))));
    }

    fn text(&mut self, text: &str, limits: &Limits, place: &Place<'_>, budget: &mut Budget) {
        self.passed += 1;
        // A server says one thing of a text.
        let length = || text.chars().count();
        let longest = limits.most_length.filter(|most| text.len() > *most && length() > *most);
        let shortest = limits.least_length.filter(|least| length() < *least);
        if let Some(most) = longest {
            let found = length();
            self.blocking(place, format!("has {found} characters, the limit is {most}"));
        } else if let Some(least) = shortest {
            let message = match least {
                1 => "must not be empty".to_owned(),
                _ => format!("{} is shorter than {least} characters", told(text, place)),
            };
            self.light(place, message);
        } else if let Some(pattern) = &limits.pattern {
            self.pattern(text, pattern, place, budget);
        }
        if let Some(format) = limits.text_format {
            self.passed += 1;
            if !format.fits(text) {
                let name = format.name();
                let article = if name.starts_with(['I', 'a', 'M', 'o']) { "an" } else { "a" };
                let article = if name.starts_with("MAC") { "a" } else { article };
                self.blocking(place, format!("{} is not {article} {name}", told(text, place)));
            }
        }
    }

    fn pattern(&mut self, text: &str, pattern: &Pattern, place: &Place<'_>, budget: &mut Budget) {
        let name = re2::shown(&pattern.text);
        match pattern.regex().as_ref().map(|regex| budget.is_match(regex, text)) {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => {
                self.light(place, format!("{} does not match {name}", told(text, place)));
            }
            Ok(Err(TooLong)) => {
                let message = format!("whether it matches {name} takes too long to find out");
                self.fault(place, message, FaultWeight::Unknown);
            }
            Err(Flaw::Syntax(reason) | Flaw::Unsupported(reason)) => {
                let message = format!("the pattern {name} cannot be read: {reason}");
                self.fault(place, message, FaultWeight::Unknown);
            }
        }
    }

    fn list(&mut self, items: &[Value], schema: &Schema, place: &Place<'_>, budget: &mut Budget) {
        self.passed += 2;
        if let Some(below) = &schema.items {
            for (index, item) in items.iter().enumerate() {
                self.add(validate(item, below, &place.index(index), budget));
            }
        }
        let Some(limits) = schema.limits.as_deref() else { return };
        let count = items.len();
        if let Some(least) = limits.least_items.filter(|least| count < *least) {
            self.light(place, format!("has {count} items, and needs {least} at least"));
        }
        if let Some(most) = limits.most_items.filter(|most| count > *most) {
            self.blocking(place, format!("has {count} items, the limit is {most}"));
        }
        let mut seen = HashSet::new();
        if limits.unique_items && !items.iter().all(|item| seen.insert(sameness::key(item))) {
            self.light(place, "two of its items are the same".to_owned());
        }
    }

    fn map(&mut self, map: &Map, schema: &Schema, place: &Place<'_>, budget: &mut Budget) {
        self.passed += 1;
        let limits = schema.limits.as_deref();
        let count = map.0.len();
        if let Some(least) = limits.and_then(|limits| limits.least_fields)
            && count < least
        {
            self.light(place, format!("has {count} fields, and needs {least} at least"));
            return;
        }
        if let Some(most) = limits.and_then(|limits| limits.most_fields)
            && count > most
        {
            self.blocking(place, format!("has {count} fields, the limit is {most}"));
            return;
        }
        for (key, value) in map.iter() {
            if let Some(field) = schema.field(key) {
                self.add(validate(value, field, &place.field(key), budget));
            } else if let Others::Of(below) = &schema.others {
                self.add(validate(value, below, &place.key(key), budget));
            }
        }
        for name in limits.into_iter().flat_map(|limits| &limits.required) {
            if map.get(name).is_none() {
                self.blocking(&place.field(name), format!("`{name}` is missing"));
            }
        }
    }
}

/// Whether a value is one that is listed.
fn same_word(known: &Value, value: &Value) -> bool {
    match (known, value) {
        // As Go compares them, `null` is none of them even where it is listed.
        (Value::Null, _) | (_, Value::Null) => false,
        (Value::Int(one), Value::Float(two)) | (Value::Float(two), Value::Int(one)) => {
            *one as f64 == *two
        }
        _ => known == value,
    }
}

/// A text as a message shows it, unless it looks like a secret.
fn told(text: &str, place: &Place<'_>) -> String {
    let path = place.path();
    let name = path.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    });
    let is_secret =
        secret_in(text).is_some() || name.is_some_and(|name| secret_by_name(name, text).is_some());
    if is_secret { "the value".to_owned() } else { shown(text) }
}

/// As a message shows it.
fn word(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        other => other.described().to_owned(),
    }
}

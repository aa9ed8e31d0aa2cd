//! Functions of texts, and of patterns in them.

use crate::re2::{self, Flaw, Regex};

use super::super::evaluate::Evaluator;
use super::super::syntax::Call;
use super::super::value::{Error, List, Outcome, Value};
use super::{Function, format, literal_pattern};

pub fn apply<'a>(function: &Function, values: &[Value<'a>]) -> Outcome<'a> {
    use Function as F;
    Ok(match (function, values) {
        (F::Contains, [Value::Text(text), Value::Text(part)]) => {
            Value::Bool(text.contains(&**part))
        }
        (F::StartsWith, [Value::Text(text), Value::Text(part)]) => {
            Value::Bool(text.starts_with(&**part))
        }
        (F::EndsWith, [Value::Text(text), Value::Text(part)]) => {
            Value::Bool(text.ends_with(&**part))
        }
        (F::CharAt, [Value::Text(text), Value::Int(index)]) => {
            let at = place(text, *index)?;
            let found: String = text.get(at..).unwrap_or_default().chars().take(1).collect();
            Value::text(found)
        }
        (F::LowerAscii, [Value::Text(text)]) => Value::text(text.to_ascii_lowercase()),
        (F::UpperAscii, [Value::Text(text)]) => Value::text(text.to_ascii_uppercase()),
        (F::Replace, [Value::Text(text), Value::Text(old), Value::Text(new)]) => {
            Value::text(bounded(replaced(text, old, new, usize::MAX))?)
        }
        (F::Replace, [Value::Text(text), Value::Text(old), Value::Text(new), Value::Int(most)]) => {
            // A negative number is all of them.
            let most = usize::try_from(*most).unwrap_or(usize::MAX);
            Value::text(bounded(replaced(text, old, new, most))?)
        }
        (F::Split, [Value::Text(text), Value::Text(by)]) => split(text, by, usize::MAX),
        (F::Split, [Value::Text(text), Value::Text(by), Value::Int(most)]) => {
            split(text, by, usize::try_from(*most).unwrap_or(usize::MAX))
        }
        (F::Join, [Value::List(list)]) => join(list, "")?,
        (F::Join, [Value::List(list), Value::Text(by)]) => join(list, by)?,
        (F::Substring, [Value::Text(text), Value::Int(start)]) => {
            Value::text(text.get(place(text, *start)?..).unwrap_or_default())
        }
        (F::Substring, [Value::Text(text), Value::Int(start), Value::Int(end)]) => {
            let range = place(text, *start)?..place(text, *end)?;
            match text.get(range) {
                Some(part) => Value::text(part),
                None => return Err(Error::failed("a substring ends before it starts")),
            }
        }
        (F::Trim, [Value::Text(text)]) => Value::text(text.trim()),
        (F::Quote, [Value::Text(text)]) => Value::text(format::quoted(text)),
        (F::Format, [Value::Text(form), Value::List(list)]) => {
            Value::text(bounded(format::format(form, list)?)?)
        }
        _ => return Err(Error::no_overload()),
    })
}

/// The byte at which a character of an index stands, from 0 to behind the last.
fn place(text: &str, index: i64) -> Result<usize, Error> {
    let out_of_range = || Error::failed(format!("index out of range: {index}"));
    let wanted = usize::try_from(index).map_err(|_| out_of_range())?;
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    places.nth(wanted).ok_or_else(out_of_range)
}

/// Texts that multiply must not take all memory.
fn bounded(text: String) -> Result<String, Error> {
    const MOST: usize = 1 << 20;
    if text.len() > MOST { Err(Error::TooCostly) } else { Ok(text) }
}

fn replaced(text: &str, old: &str, new: &str, most: usize) -> String {
    const ENOUGH: usize = 1 << 16;
    text.replacen(old, new, most.min(ENOUGH))
}

/// As Go's `strings.SplitN` splits: with 0 into nothing.
fn split<'a>(text: &str, by: &str, most: usize) -> Value<'a> {
    let parts: Vec<Value<'a>> = match (by, most) {
        (_, 0) => Vec::new(),
        ("", _) => {
            let mut rest = text.chars();
            let mut parts: Vec<Value<'a>> =
                rest.by_ref().take(most - 1).map(|one| Value::text(one.to_string())).collect();
            if !rest.as_str().is_empty() {
                parts.push(Value::text(rest.as_str()));
            }
            parts
        }
        _ => text.splitn(most, by).map(Value::text).collect(),
    };
    Value::list(parts)
}

fn join<'a>(list: &List<'a>, by: &str) -> Outcome<'a> {
    let mut text = String::new();
    for (number, item) in list.iter().enumerate() {
        let Value::Text(item) = item? else { return Err(Error::no_overload()) };
        if number > 0 {
            text.push_str(by);
        }
        text.push_str(&item);
    }
    bounded(text).map(Value::text)
}

/// Where a text stands in another, in characters; -1 where it does not.
pub fn index_of(text: &str, part: &str, from: i64) -> Result<i64, Error> {
    if part.is_empty() {
        return Ok(from);
    }
    let start = place(text, from)?;
    if start >= text.len() {
        return match from {
            0 => Ok(-1),
            _ => Err(Error::failed(format!("index out of range: {from}"))),
        };
    }
    let found = text.get(start..).and_then(|rest| rest.find(part));
    Ok(found.map_or(-1, |at| characters(text.get(..start + at).unwrap_or_default())))
}

/// The last such place that starts no later than `from`.
pub fn last_index_of(text: &str, part: &str, from: Option<i64>) -> Result<i64, Error> {
    let last = characters(text) - 1;
    let from = match from {
        None if part.is_empty() => return Ok(last + 1),
        Some(from) if part.is_empty() => return Ok(from),
        None => last,
        Some(from) if (0..=last).contains(&from) => from,
        Some(from) => return Err(Error::failed(format!("index out of range: {from}"))),
    };
    if from < 0 {
        return Ok(-1);
    }
    let end = (place(text, from)? + part.len()).min(text.len());
    let within = (end..=text.len()).find_map(|end| text.get(..end)).unwrap_or(text);
    let found = within.rmatch_indices(part).map(|(at, _)| characters(&text[..at]));
    // They come from the last to the first.
    Ok(found.into_iter().find(|at| *at <= from).unwrap_or(-1))
}

fn characters(text: &str) -> i64 {
    text.chars().count().try_into().unwrap_or(i64::MAX)
}

/// `matches`, `find` and `findAll`.
pub fn apply_pattern<'a>(
    evaluator: &mut Evaluator<'a>,
    call: &'a Call,
    values: &[Value<'a>],
) -> Outcome<'a> {
    let [Value::Text(text), Value::Text(pattern), rest @ ..] = values else {
        return Err(Error::no_overload());
    };
    let made;
    let regex = match literal_pattern(call) {
        Some(pattern) => call.pattern.get_or_init(|| Regex::new(pattern)),
        None => {
            made = Regex::new(pattern);
            // What is too large to be made was begun.
            const BEGUN: usize = 10_000;
            evaluator.spend(made.as_ref().map_or(BEGUN, |regex| regex.size() / 16))?;
            &made
        }
    };
    let regex = match regex {
        Ok(regex) => regex,
        Err(Flaw::Syntax(reason)) => return Err(Error::failed(format!("the pattern: {reason}"))),
        Err(Flaw::Unsupported(reason)) => {
            return Err(Error::Unsupported(format!(
                "the pattern {}: {reason}",
                re2::shown(pattern)
            )));
        }
    };
    match (&call.function, rest) {
        (Function::Matches, []) => {
            Ok(Value::Bool(evaluator.search(|steps| regex.is_match(text, steps))?))
        }
        (Function::Find, []) => {
            let found = evaluator.search(|steps| regex.find_at(text, 0, steps))?;
            let found = found.and_then(|(start, end)| text.get(start..end));
            Ok(Value::text(found.unwrap_or_default()))
        }
        (Function::FindAll, []) => all_found(evaluator, regex, text, usize::MAX),
        (Function::FindAll, [Value::Int(most)]) => {
            all_found(evaluator, regex, text, usize::try_from(*most).unwrap_or(usize::MAX))
        }
        _ => Err(Error::no_overload()),
    }
}

fn all_found<'a>(
    evaluator: &mut Evaluator<'a>,
    regex: &Regex,
    text: &str,
    most: usize,
) -> Outcome<'a> {
    let found = evaluator.search(|steps| regex.find_all(text, most, steps))?;
    Ok(Value::list(found.into_iter().map(Value::text).collect()))
}

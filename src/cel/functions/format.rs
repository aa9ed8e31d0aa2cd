//! Values written into texts: `"%d of %s".format([1, "a"])`.

use super::super::time;
use super::super::value::{Error, List, Map, Value};

/// How many places behind the point `%f` and `%e` write.
const PLACES: usize = 6;
const MOST_PLACES: usize = 100;
/// How deep lists and maps in each other are written.
const DEEPEST: usize = 30;

pub fn format(form: &str, list: &List<'_>) -> Result<String, Error> {
    let mut text = String::with_capacity(form.len());
    let mut rest = form;
    let mut next = 0;
    while let Some(at) = rest.find('%') {
        text.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(behind) = rest.strip_prefix('%') {
            text.push('%');
            rest = behind;
            continue;
        }
        let mut places = PLACES;
        if let Some(behind) = rest.strip_prefix('.') {
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let (number, behind) = behind.split_at(digits);
            let number = number.parse().ok().filter(|places| *places <= MOST_PLACES);
            places = number.ok_or_else(|| Error::failed("a precision of `format` is malformed"))?;
            rest = behind;
        }
        let Some(verb) = rest.chars().next() else {
            return Err(Error::failed("a text to format ends in `%`"));
        };
        rest = rest.get(verb.len_utf8()..).unwrap_or_default();
        let Some(value) = list.get(next) else {
            return Err(Error::failed(format!("index {next} out of range")));
        };
        next += 1;
        text.push_str(&one(verb, places, &value?)?);
    }
    text.push_str(rest);
    Ok(text)
}

fn one(verb: char, places: usize, value: &Value<'_>) -> Result<String, Error> {
    let wrong = || Error::failed(format!("`%{verb}` is not for a {}", value.type_name()));
    Ok(match (verb, value) {
        ('s', _) => plain(value, 0)?,
        ('d', Value::Int(number)) => number.to_string(),
        ('d', Value::Uint(number)) => number.to_string(),
        ('f', Value::Double(number)) if number.is_finite() => format!("{number:.places$}"),
        ('e', Value::Double(number)) if number.is_finite() => scientific(*number, places),
        ('f' | 'e', Value::Double(number)) => double(*number),
        ('f' | 'e', Value::Text(word)) if matches!(&**word, "NaN" | "Infinity" | "-Infinity") => {
            word.to_string()
        }
        ('b', Value::Bool(flag)) => u8::from(*flag).to_string(),
        ('b', Value::Int(number)) => signed(*number, |n| format!("{n:b}")),
        ('b', Value::Uint(number)) => format!("{number:b}"),
        ('o', Value::Int(number)) => signed(*number, |n| format!("{n:o}")),
        ('o', Value::Uint(number)) => format!("{number:o}"),
        ('x', Value::Int(number)) => signed(*number, |n| format!("{n:x}")),
        ('x', Value::Uint(number)) => format!("{number:x}"),
        ('X', Value::Int(number)) => signed(*number, |n| format!("{n:X}")),
        ('X', Value::Uint(number)) => format!("{number:X}"),
        ('x', Value::Text(text)) => hex(text.as_bytes(), |b| format!("{b:02x}")),
        ('X', Value::Text(text)) => hex(text.as_bytes(), |b| format!("{b:02X}")),
        ('x', Value::Bytes(bytes)) => hex(bytes, |b| format!("{b:02x}")),
        ('X', Value::Bytes(bytes)) => hex(bytes, |b| format!("{b:02X}")),
        ('d' | 'f' | 'e' | 'b' | 'o' | 'x' | 'X', _) => return Err(wrong()),
        _ => return Err(Error::failed(format!("`format` has no `%{verb}`"))),
    })
}

fn signed(number: i64, digits: fn(u64) -> String) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", digits(number.unsigned_abs()))
}

fn hex(bytes: &[u8], digits: fn(u8) -> String) -> String {
    bytes.iter().map(|byte| digits(*byte)).collect()
}

/// `1.500000e+03`, with two digits in its exponent at least.
fn scientific(number: f64, places: usize) -> String {
    let text = format!("{number:.places$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{digits}e{sign}{exponent:0>2}")
}

/// A double as Go writes it: with an exponent where it is very large or small.
pub fn double(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let exponent = format!("{number:e}");
    let power: i32 = exponent.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or_default();
    if (-4..21).contains(&power) || number == 0.0 {
        return format!("{number}");
    }
    let (digits, _) = exponent.split_once('e').unwrap_or((&exponent, ""));
    let sign = if power < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", power.unsigned_abs())
}

/// What `%s` writes.
fn plain(value: &Value<'_>, depth: usize) -> Result<String, Error> {
    Ok(match value {
        Value::Text(text) => text.to_string(),
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Uint(number) => number.to_string(),
        Value::Double(number) => double(*number),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Duration(nanos) => time::duration_text(*nanos),
        Value::Timestamp(timestamp) => timestamp.text(),
        Value::Type(name) => (*name).to_owned(),
        Value::List(list) => list_text(list, depth)?,
        Value::Map(map) => map_text(map, depth)?,
        _ => return Err(Error::failed(format!("`%s` is not for a {}", value.type_name()))),
    })
}

/// What is written within lists and maps: as an expression has it.
fn within(value: &Value<'_>, depth: usize) -> Result<String, Error> {
    if depth > DEEPEST {
        return Err(Error::TooCostly);
    }
    Ok(match value {
        Value::Text(text) => quoted(text),
        Value::Bytes(bytes) => format!("b{}", quoted(&String::from_utf8_lossy(bytes))),
        Value::Duration(nanos) => format!("duration({})", quoted(&time::duration_text(*nanos))),
        Value::Timestamp(timestamp) => format!("timestamp({})", quoted(&timestamp.text())),
        Value::Double(number) if number.is_finite() => format!("{number:.PLACES$}"),
        other => plain(other, depth)?,
    })
}

fn list_text(list: &List<'_>, depth: usize) -> Result<String, Error> {
    let items: Result<Vec<String>, Error> =
        list.iter().map(|item| within(&item?, depth + 1)).collect();
    Ok(format!("[{}]", items?.join(", ")))
}

fn map_text(map: &Map<'_>, depth: usize) -> Result<String, Error> {
    let mut entries = Vec::new();
    for (key, value) in map.entries()? {
        entries.push((within(&key, depth + 1)?, within(&value, depth + 1)?));
    }
    entries.sort_by(|one, two| one.0.cmp(&two.0));
    let entries: Vec<String> =
        entries.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
    Ok(format!("{{{}}}", entries.join(", ")))
}

/// A text as an expression writes it.
pub fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for letter in text.chars() {
        match letter {
            '\u{7}' => written.push_str(r"\a"),
            '\u{8}' => written.push_str(r"\b"),
            '\u{c}' => written.push_str(r"\f"),
            '\n' => written.push_str(r"\n"),
            '\r' => written.push_str(r"\r"),
            '\t' => written.push_str(r"\t"),
            '\u{b}' => written.push_str(r"\v"),
            '\\' => written.push_str(r"\\"),
            '"' => written.push_str("\\\""),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

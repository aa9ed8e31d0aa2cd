//! Filters that write a value in the language of the file around it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value};

use crate::digest;
use crate::emit;
use crate::object::value::{Key, Map, Value as Plain};

/// What they are called.
pub const NAMES: &[&str] = &["toml", "json", "yaml", "b64encode", "b64decode", "sha256"];

/// The widest indentation.
const WIDEST: usize = 200;
/// Values nest no deeper than profiles do.
const DEEPEST: usize = 100;

pub fn add(environment: &mut Environment<'_>) {
    // Jinja's own that write any number of characters for a few.
    environment.remove_filter("format");
    environment.add_filter("indent", indent);
    environment.add_filter("toml", |value: Value| toml(&plain(&value, 0)?));
    environment.add_filter("json", |value: Value| Ok::<_, Error>(json(&plain(&value, 0)?)));
    environment.add_filter("yaml", |value: Value| Ok::<_, Error>(yaml(&plain(&value, 0)?)));
    environment.add_filter("b64encode", |text: String| STANDARD.encode(text));
    environment.add_filter("b64decode", |text: String| {
        let bytes = STANDARD.decode(text.trim()).map_err(|_| fault("this is not base64"))?;
        String::from_utf8(bytes).map_err(|_| fault("this is not the base64 of a text"))
    });
    environment.add_filter("sha256", |text: String| digest::of_bytes(text.as_bytes()));
}

/// Indents every line but the first and blank ones; the first too, where that
/// is asked for.
fn indent(text: &str, width: usize, first: Option<bool>) -> Result<String, Error> {
    if width > WIDEST {
        return Err(fault(format!("a line is indented by at most {WIDEST} characters")));
    }
    let margin = " ".repeat(width);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let blank = line.trim_end_matches(['\r', '\n']).is_empty();
        if !blank && (number > 0 || first == Some(true)) {
            out.push_str(&margin);
        }
        out.push_str(line);
    }
    Ok(out)
}

fn fault(reason: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason.into())
}

/// The value as a plain tree.
fn plain(value: &Value, depth: usize) -> Result<Plain, Error> {
    if depth > DEEPEST {
        return Err(fault("this value nests too deep"));
    }
    Ok(match value.kind() {
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => Plain::Null,
        ValueKind::Bool => Plain::Bool(value.is_true()),
        ValueKind::Number => match value.as_i64().filter(|_| value.is_integer()) {
            Some(number) => Plain::Int(number),
            None => Plain::Float(f64::try_from(value.clone())?),
        },
        ValueKind::String => Plain::String(value.to_string()),
        ValueKind::Seq | ValueKind::Iterable => Plain::List(
            value.try_iter()?.map(|item| plain(&item, depth + 1)).collect::<Result<_, _>>()?,
        ),
        ValueKind::Map => {
            let entries = value.try_iter()?.map(|key| {
                let item = value.get_item(&key)?;
                Ok((Key::Owned(key.to_string()), plain(&item, depth + 1)?))
            });
            Plain::Map(Map(entries.collect::<Result<_, Error>>()?))
        }
        _ => Plain::String(value.to_string()),
    })
}

fn text_of(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    // The emitters write UTF-8.
    String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned()
}

fn json(value: &Plain) -> String {
    text_of(|out| emit::json::write_document(value, out))
}

fn yaml(value: &Plain) -> String {
    text_of(|out| emit::yaml::write_document(value, out))
}

/// A TOML value, on one line.
fn toml(value: &Plain) -> Result<String, Error> {
    Ok(match value {
        Plain::Null => return Err(fault("TOML has no word for nothing")),
        Plain::Bool(flag) => flag.to_string(),
        Plain::Int(number) => number.to_string(),
        Plain::Float(number) if number.is_finite() && number.fract() == 0.0 => {
            format!("{number:.1}")
        }
        Plain::Float(number) => number.to_string(),
        Plain::String(text) => toml_string(text),
        Plain::List(items) => {
            let items: Vec<String> = items.iter().map(toml).collect::<Result<_, _>>()?;
            format!("[{}]", items.join(", "))
        }
        Plain::Map(map) if map.is_empty() => "{}".to_owned(),
        Plain::Map(map) => {
            let entries: Vec<String> = map
                .iter()
                .map(|(key, value)| Ok(format!("{} = {}", toml_key(key), toml(value)?)))
                .collect::<Result<_, Error>>()?;
            format!("{{ {} }}", entries.join(", "))
        }
    })
}

fn toml_key(key: &str) -> String {
    let bare = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    if !key.is_empty() && key.bytes().all(bare) { key.to_owned() } else { toml_string(key) }
}

/// A basic string of TOML 1.0.
fn toml_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_indented() {
        assert_eq!(indent("a\n\nb\n", 2, None).unwrap(), "a\n\n  b\n");
        assert_eq!(indent("a\nb", 2, Some(true)).unwrap(), "  a\n  b");
        assert!(indent("a", usize::MAX, None).is_err());
    }

    #[test]
    fn toml_values() {
        let map = Map(vec![
            (Key::Borrowed("a"), Plain::Int(1)),
            (Key::Borrowed("b c"), Plain::List(vec![Plain::Bool(true), Plain::Float(2.0)])),
        ]);
        assert_eq!(toml(&Plain::Map(map)).unwrap(), r#"{ a = 1, "b c" = [true, 2.0] }"#);
        assert_eq!(toml_string("a\"b\\\n\u{7f}"), r#""a\"b\\\n\u007F""#);
        assert!(toml(&Plain::Null).is_err());
    }
}

//! Digests of what was written, as text.

use sha2::{Digest, Sha256};

use crate::object::value::Value;

/// The digest of some bytes.
pub fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The digest of keys and values. Lengths keep `ab`+`c` apart from `a`+`bc`.
pub fn of_entries<'a>(entries: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash = Sha256::new();
    for (key, value) in entries {
        for part in [key.as_bytes(), value] {
            hash.update(length(part.len()));
            hash.update(part);
        }
    }
    hex(&hash.finalize())
}

/// The digest of content, whatever the order of its keys.
pub fn of_value(value: &Value) -> String {
    let mut hash = Sha256::new();
    feed(value, &mut hash);
    hex(&hash.finalize())
}

fn feed(value: &Value, hash: &mut Sha256) {
    // What a value is and how long keeps different trees apart.
    let mut part = |kind: u8, bytes: &[u8]| {
        hash.update([kind]);
        hash.update(length(bytes.len()));
        hash.update(bytes);
    };
    match value {
        Value::Null => part(b'n', b""),
        Value::Bool(flag) => part(b'b', &[u8::from(*flag)]),
        Value::Int(number) => part(b'i', &number.to_be_bytes()),
        Value::Float(number) => part(b'f', &number.to_bits().to_be_bytes()),
        Value::String(text) => part(b's', text.as_bytes()),
        Value::List(items) => {
            part(b'l', &length(items.len()));
            for item in items {
                feed(item, hash);
            }
        }
        Value::Map(map) => {
            let mut entries: Vec<(&str, &Value)> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            part(b'm', &length(entries.len()));
            for (key, value) in entries {
                hash.update(length(key.len()));
                hash.update(key.as_bytes());
                feed(value, hash);
            }
        }
    }
}

fn length(length: usize) -> [u8; 8] {
    u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

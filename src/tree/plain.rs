//! What a plain scalar means: YAML 1.2's core schema.

use super::ScalarKind;

/// What YAML 1.2's core schema resolves a plain scalar to; `None` is null.
pub fn plain_kind(text: &str) -> Option<ScalarKind> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return None,
        "true" | "True" | "TRUE" => return Some(ScalarKind::Bool(true)),
        "false" | "False" | "FALSE" => return Some(ScalarKind::Bool(false)),
        _ => {}
    }
    let looks_numeric =
        text.bytes().next().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'));
    Some(if !looks_numeric {
        ScalarKind::Plain
    } else if is_integer(text) {
        ScalarKind::Integer
    } else if is_float(text) {
        ScalarKind::Float
    } else {
        ScalarKind::Plain
    })
}

/// Why kubectl, which reads YAML 1.1, would take a scalar for something else.
/// In a part that Kubernetes defines, people expect what kubectl does.
pub fn read_otherwise(text: &str, kind: ScalarKind) -> Option<&'static str> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match kind {
        ScalarKind::Plain => {
            // go-yaml's words, and the numbers that it reads with `_` or in base 2.
            let words = ["y", "n", "yes", "no", "on", "off"];
            let word = text.len() <= 3 && words.iter().any(|word| text.eq_ignore_ascii_case(word));
            let number = unsigned.starts_with(|c: char| c.is_ascii_digit())
                && (unsigned.starts_with("0b") || unsigned.contains('_'))
                && unsigned
                    .bytes()
                    .all(|b| b.is_ascii_hexdigit() || matches!(b, b'_' | b'x' | b'o' | b'.'));
            if word {
                Some("YAML 1.1 takes this for a boolean: write `true` or `false`, or quote it")
            } else if number {
                Some("YAML 1.1 takes this for a number: write it plainly, or quote it")
            } else {
                None
            }
        }
        ScalarKind::Integer
            if unsigned.len() > 1
                && unsigned.bytes().all(|b| b.is_ascii_digit())
                && unsigned.starts_with('0') =>
        {
            Some("YAML 1.1 takes this for an octal number: write `0o…`, or quote it")
        }
        ScalarKind::Integer if integer(text).is_none() => {
            Some("this number has more than 64 bits: quote it")
        }
        ScalarKind::Float if !text.parse::<f64>().is_ok_and(f64::is_finite) => {
            Some("JSON has no such number: quote it")
        }
        _ => None,
    }
}

fn is_integer(text: &str) -> bool {
    let all = |digits: &str, base| !digits.is_empty() && digits.chars().all(|c| c.is_digit(base));
    if let Some(octal) = text.strip_prefix("0o") {
        all(octal, 8)
    } else if let Some(hex) = text.strip_prefix("0x") {
        all(hex, 16)
    } else {
        all(text.strip_prefix(['-', '+']).unwrap_or(text), 10)
    }
}

fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| {
            let power = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !power.is_empty() && digits(power)
        })
}

/// The value of an integer as YAML 1.2 writes them.
pub fn integer(text: &str) -> Option<i64> {
    if let Some(octal) = text.strip_prefix("0o") {
        i64::from_str_radix(octal, 8).ok()
    } else if let Some(hex) = text.strip_prefix("0x") {
        i64::from_str_radix(hex, 16).ok()
    } else {
        text.parse().ok()
    }
}

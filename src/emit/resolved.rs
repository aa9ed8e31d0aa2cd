//! What a YAML reader takes for a boolean, null, a number or a time where it
//! stands unquoted.
//!
//! "A reader" is any of YAML 1.2 and YAML 1.1 with its dialects: kubectl and the
//! API server read with go-yaml v2, Kustomize with v3, users' scripts with PyYAML
//! or Ruby's Psych. Where a rule costs nothing, it is a little wider than what
//! these resolve today.

/// The words of YAML 1.1 for booleans, null, merge and default, and Go's and
/// YAML's for what is no finite number. In any mix of cases: nobody resolves
/// `yEs`, but a person would.
pub(super) fn is_reserved_word(bytes: &[u8]) -> bool {
    let words: &[&[u8]] = match bytes.len() {
        1 => &[b"y", b"n", b"~", b"="],
        2 => &[b"no", b"on", b"<<"],
        3 => &[b"yes", b"off", b"nan", b"inf"],
        4 => &[b"true", b"null"],
        5 => &[b"false"],
        8 => &[b"infinity"],
        _ => return false,
    };
    words.iter().any(|word| bytes.eq_ignore_ascii_case(word))
}

/// Whether a reader may take this for a number or a time. Wider than each grammar
/// (`1e`, `0b`, and `,` anywhere for Psych); yet `10.0.0.1`, `1.2.3`, `500m`,
/// `1Gi` and `7-alpine` stay plain, as a person writes them.
pub(super) fn is_number(bytes: &[u8]) -> bool {
    // go-yaml takes every `_` away before it looks: `0_X1` is 1, `7e_+9` a float.
    if bytes.contains(&b'_') && bytes.iter().any(u8::is_ascii_digit) {
        return bytes.iter().all(|byte| {
            is_of_hexadecimal(byte)
                || matches!(byte, b'x' | b'X' | b'o' | b'O' | b'_' | b',' | b':')
        });
    }
    let unsigned = match bytes {
        [b'+' | b'-', rest @ ..] => rest,
        _ => bytes,
    };
    // `0x1F`, `0o17`, `0b101`.
    if let [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', rest @ ..] = unsigned {
        return rest.iter().all(is_of_hexadecimal);
    }
    match skip_digits(unsigned) {
        [] => true,
        [b'.', fraction @ ..] => {
            is_exponent_or_nothing(skip_digits(fraction)) || is_not_finite(fraction)
        }
        // `190:20:30`: base 60 in YAML 1.1.
        [b':', rest @ ..] => rest.iter().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.')),
        [b'-', ..] => is_timestamp(bytes),
        rest if rest.len() == unsigned.len() => is_not_finite(rest),
        rest => is_exponent_or_nothing(rest),
    }
}

/// Also of the `0x1p-2` that Go's `ParseFloat` reads.
fn is_of_hexadecimal(byte: &u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b'p' | b'P' | b'.' | b'+' | b'-')
}

/// Behind a sign or a point; without either, these are reserved words.
fn is_not_finite(bytes: &[u8]) -> bool {
    [&b"inf"[..], b"nan", b"infinity"].iter().any(|word| bytes.eq_ignore_ascii_case(word))
}

fn skip_digits(bytes: &[u8]) -> &[u8] {
    let end =
        bytes.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b',')).unwrap_or(bytes.len());
    &bytes[end..]
}

fn is_exponent_or_nothing(bytes: &[u8]) -> bool {
    match bytes {
        [] => true,
        [b'e' | b'E', b'+' | b'-', digits @ ..] | [b'e' | b'E', digits @ ..] => {
            skip_digits(digits).is_empty()
        }
        _ => false,
    }
}

/// A date as `2001-1-01`, alone or with a time behind it.
fn is_timestamp(bytes: &[u8]) -> bool {
    let two_digits =
        |bytes: &[u8]| bytes.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
    let Some((year, [b'-', rest @ ..])) = bytes.split_at_checked(4) else {
        return false;
    };
    let Some((_, [b'-', day @ ..])) = rest.split_at_checked(two_digits(rest)) else {
        return false;
    };
    year.iter().all(u8::is_ascii_digit)
        && matches!(day.get(two_digits(day)), None | Some(b'T' | b't' | b' '))
}

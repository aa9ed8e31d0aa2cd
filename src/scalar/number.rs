//! Whole numbers as a user writes them: digits, and nothing that a YAML reader
//! could take for octal.

/// The number, up to `max`.
pub(super) fn whole(text: &str, max: u64) -> Result<u64, String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if text.is_empty() {
        return Err("is empty".into());
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err("is not a whole number".into());
    }
    if text.starts_with('-') {
        return Err("is negative".into());
    }
    if text.starts_with('+') {
        return Err("has a plus sign".into());
    }
    // YAML 1.1 reads `010` as eight.
    if digits.len() > 1 && digits.starts_with('0') {
        return Err("has a leading zero".into());
    }
    match digits.parse() {
        Ok(number) if number <= max => Ok(number),
        _ => Err(format!("is above {max}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_plain_digits_only() {
        assert_eq!(whole("0", 9), Ok(0));
        assert_eq!(whole("18446744073709551615", u64::MAX), Ok(u64::MAX));
        for (text, reason) in [
            ("", "is empty"),
            ("-", "is not a whole number"),
            ("1.5", "is not a whole number"),
            ("0x10", "is not a whole number"),
            ("1_000", "is not a whole number"),
            ("-1", "is negative"),
            ("+1", "has a plus sign"),
            ("010", "has a leading zero"),
            ("10", "is above 9"),
            ("99999999999999999999999", "is above 9"),
        ] {
            assert_eq!(whole(text, 9), Err(reason.into()), "{text:?}");
        }
    }
}

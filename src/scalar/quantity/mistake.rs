//! What somebody may have meant who wrote an amount that is none.

use super::super::word::described;
use super::notation::{Fault, read, split};

/// The suffixes that this one may have been meant for.
fn nearest_suffixes(suffix: &str) -> &'static [&'static str] {
    let lower = suffix.to_ascii_lowercase();
    match lower.trim_end_matches("ytes").trim_end_matches("yte").trim_end_matches('b') {
        "" => &[""],
        "mi" if suffix == "mi" => &["m", "Mi"],
        "k" => &["k", "Ki"],
        "m" => &["M", "Mi"],
        "g" => &["G", "Gi"],
        "t" => &["T", "Ti"],
        "p" => &["P", "Pi"],
        "e" => &["E", "Ei"],
        "ki" => &["Ki"],
        "mi" => &["Mi"],
        "gi" => &["Gi"],
        "ti" => &["Ti"],
        "pi" => &["Pi"],
        "ei" => &["Ei"],
        _ => &[],
    }
}

/// No suggestion is made of a longer text.
const LONGEST: usize = 40;

/// The reason why a text is no amount.
pub fn reason(text: &str, fault: &Fault) -> String {
    if text.len() <= LONGEST && text.contains(char::is_whitespace) {
        let joined: String = text.split_whitespace().collect();
        return match read(&joined) {
            Ok(_) => format!("leave out the space: `{joined}`"),
            Err(fault) => joined_reason(&joined, &fault),
        };
    }
    joined_reason(text, fault)
}

fn joined_reason(text: &str, fault: &Fault) -> String {
    match fault {
        Fault::Empty => "is empty".into(),
        Fault::NoNumber => "does not start with a number".into(),
        Fault::TwoPoints => "has two decimal points".into(),
        Fault::Suffix => suffix_reason(text),
    }
}

fn suffix_reason(text: &str) -> String {
    let (number, suffix) = split(text);
    let meant = if text.len() <= LONGEST { nearest_suffixes(suffix) } else { &[] };
    match (meant, suffix.chars().next()) {
        ([one], _) => format!("did you mean `{number}{one}`?"),
        ([one, other], _) => format!("did you mean `{number}{one}` or `{number}{other}`?"),
        (_, Some(c)) if !c.is_ascii_alphabetic() => {
            format!("has {} after the number", described(c))
        }
        _ => {
            "has an unknown suffix; use n, u, m, k, M, G, T, P, E, or Ki, Mi, Gi, Ti, Pi, Ei".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::table::refuses;
    use super::super::Quantity;

    #[test]
    fn mistakes_are_answered_with_what_was_meant() {
        refuses::<Quantity>(&[
            ("", "is empty"),
            ("100 m", "leave out the space: `100m`"),
            ("2 Gi", "leave out the space: `2Gi`"),
            (" 1Gi", "leave out the space: `1Gi`"),
            ("1K", "did you mean `1k` or `1Ki`?"),
            ("1mi", "did you mean `1m` or `1Mi`?"),
            ("500mi", "did you mean `500m` or `500Mi`?"),
            ("512MB", "did you mean `512M` or `512Mi`?"),
            ("512mb", "did you mean `512M` or `512Mi`?"),
            ("2 GB", "did you mean `2G` or `2Gi`?"),
            ("2gi", "did you mean `2Gi`?"),
            ("2GiB", "did you mean `2Gi`?"),
            ("512B", "did you mean `512`?"),
            ("512bytes", "did you mean `512`?"),
            ("1e", "did you mean `1E` or `1Ei`?"),
            ("1e1.5", "unknown suffix"),
            ("1e2147483648", "unknown suffix"),
            ("1m1", "unknown suffix"),
            ("two", "does not start with a number"),
            ("Gi", "does not start with a number"),
            (".", "does not start with a number"),
            ("-", "does not start with a number"),
            ("--1", "does not start with a number"),
            ("1.2.3", "has two decimal points"),
            ("1,5", "has `,` after the number"),
            ("1_000", "has `_` after the number"),
            ("50%", "has `%` after the number"),
        ]);
    }
}

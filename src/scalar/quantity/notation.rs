//! How amounts are written: apimachinery's notation, read and printed.

/// How the suffix was written, which a computed amount keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    DecimalSi,
    BinarySi,
    DecimalExponent,
}

/// Billionths in one, the finest that Kubernetes keeps.
pub const NANOS: i128 = 1_000_000_000;
/// Where apimachinery caps an amount with a binary suffix. Decimal ones have no
/// cap there; here they end where `i128` does, at 1.7e29.
const BINARY_CAP: i128 = i64::MAX as i128 * NANOS;

/// Powers of ten.
const DECIMAL: [(&str, i32); 10] = [
    ("n", -9),
    ("u", -6),
    ("m", -3),
    ("", 0),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
    ("E", 18),
];

/// Powers of two, ten apart.
const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// Why a text is no amount.
pub enum Fault {
    Empty,
    NoNumber,
    TwoPoints,
    Suffix,
}

/// The digits of an amount and what follows them.
pub fn split(text: &str) -> (&str, &str) {
    let sign = usize::from(text.starts_with(['+', '-']));
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let end =
        text.char_indices().skip(sign).find(|&(_, c)| !number(c)).map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

/// The value in billionths, and how it was written.
pub fn read(text: &str) -> Result<(i128, Format), Fault> {
    let (number, suffix) = split(text);
    let digits = number.trim_start_matches(['+', '-']);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if text.is_empty() {
        return Err(Fault::Empty);
    }
    // apimachinery reads a lone sign, point or suffix as zero, which nobody means.
    if whole.is_empty() && fraction.is_empty() {
        return Err(Fault::NoNumber);
    }
    if fraction.contains('.') {
        return Err(Fault::TwoPoints);
    }
    let (shift, twos, format) = scale(suffix).ok_or(Fault::Suffix)?;
    let point = shift.saturating_add(i64::try_from(whole.len()).unwrap_or(i64::MAX));
    let magnitude = magnitude(digits, point, twos);
    let limit = if format == Format::BinarySi { BINARY_CAP } else { i128::MAX };
    let nanos = i128::try_from(magnitude).unwrap_or(limit).min(limit);
    let sign = if number.starts_with('-') { -1 } else { 1 };
    Ok((sign * nanos, format))
}

/// What a suffix multiplies with: a power of ten, a power of two.
fn scale(suffix: &str) -> Option<(i64, u32, Format)> {
    if let Some((_, exponent)) = DECIMAL.iter().find(|(name, _)| *name == suffix) {
        return Some((i64::from(*exponent), 0, Format::DecimalSi));
    }
    if let Some((_, twos)) =
        BINARY.iter().zip([10, 20, 30, 40, 50, 60]).find(|(name, _)| **name == suffix)
    {
        return Some((0, twos, Format::BinarySi));
    }
    let exponent: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    Some((exponent.into(), 0, Format::DecimalExponent))
}

/// The billionths of an amount whose decimal point stands after `point` digits,
/// rounded up, times a power of two.
fn magnitude(digits: &str, point: i64, twos: u32) -> u128 {
    let multiplier = NANOS.unsigned_abs() << twos;
    let values = || digits.bytes().filter(u8::is_ascii_digit).map(|b| u128::from(b - b'0'));
    let before = usize::try_from(point).unwrap_or(0);
    let after = values().count().saturating_sub(before);

    let mut whole = 0_u128;
    for digit in values().take(before) {
        whole = whole.saturating_mul(10).saturating_add(digit);
    }
    for _ in values().count()..before {
        if whole == 0 || whole == u128::MAX {
            break;
        }
        whole = whole.saturating_mul(10);
    }
    // From the last digit to the first, so that rounding up at each is rounding
    // up once: ceil((a + b) / 10) is ceil((a + ceil(b)) / 10) for a whole a.
    let mut part = 0_u128;
    for digit in values().rev().take(after) {
        part = (digit * multiplier + part).div_ceil(10);
    }
    for _ in point..0 {
        if part <= 1 {
            break;
        }
        part = part.div_ceil(10);
    }
    whole.saturating_mul(multiplier).saturating_add(part)
}

/// `CanonicalizeBytes` of apimachinery: no fraction, and the largest suffix that
/// loses nothing. Below 1024 a binary amount is written as a decimal one.
pub fn canonical(nanos: i128, format: Format) -> String {
    if nanos == 0 {
        return "0".into();
    }
    let mut units = nanos / NANOS;
    if format == Format::BinarySi && nanos % NANOS == 0 && units.unsigned_abs() >= 1024 {
        let mut suffix = "";
        for larger in BINARY {
            if units % 1024 != 0 {
                break;
            }
            units /= 1024;
            suffix = larger;
        }
        return format!("{units}{suffix}");
    }
    let (mut amount, mut exponent) = (nanos, -9);
    while amount % 1000 == 0 && (exponent < 18 || format == Format::DecimalExponent) {
        amount /= 1000;
        exponent += 3;
    }
    if format == Format::DecimalExponent && exponent != 0 {
        return format!("{amount}e{exponent}");
    }
    let suffix = DECIMAL.iter().find(|(_, e)| *e == exponent);
    format!("{amount}{}", suffix.map_or("", |(suffix, _)| suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `kubectl create quota --hard=cpu=… --dry-run=client` prints.
    #[test]
    fn values_are_those_of_kubectl() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("0e400", "0"),
            ("1.5Gi", "1536Mi"),
            ("0.5", "500m"),
            (".5", "500m"),
            ("1.", "1"),
            ("+5", "5"),
            ("00012", "12"),
            ("-1.5", "-1500m"),
            ("-0.5Gi", "-512Mi"),
            ("1000000k", "1G"),
            ("1024Ki", "1Mi"),
            ("1000Ki", "1000Ki"),
            ("0.5Ki", "512"),
            ("1.5Ki", "1536"),
            ("0.1Ki", "102400m"),
            ("-0.0001Ki", "-102400u"),
            ("0.0000000001Gi", "107374183n"),
            ("7.99999999Ei", "9223372025325560761931530240n"),
            ("8Ei", "9223372036854775807"),
            ("99999999999999999999Ei", "9223372036854775807"),
            ("9223372036854775808", "9223372036854775808"),
            ("100E", "100E"),
            ("0.1n", "1n"),
            ("1.1n", "2n"),
            ("1.00000000001", "1000000001n"),
            ("1e-400", "1e-9"),
            ("-1e-20", "-1e-9"),
            ("1e-1", "100e-3"),
            ("100e-1", "10"),
            ("1E5", "100e3"),
            ("10e5", "1e6"),
            ("0.0000001e35", "10e27"),
        ] {
            let ours = read(text).map(|(nanos, format)| canonical(nanos, format)).ok();
            assert_eq!(ours.as_deref(), Some(expected), "{text}");
        }
    }
}

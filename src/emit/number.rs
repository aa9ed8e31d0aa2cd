//! Numbers as text that YAML 1.1, YAML 1.2 and JSON all read as the same number.

/// Writes an integer in decimal, without going through `fmt`.
pub(super) fn write_int(number: i64, out: &mut Vec<u8>) {
    // Longest: the 19 digits of `i64::MIN` and its sign.
    let mut text = [0; 20];
    let mut start = text.len();
    let mut rest = number.unsigned_abs();
    loop {
        start -= 1;
        text[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        start -= 1;
        text[start] = b'-';
    }
    out.extend_from_slice(&text[start..]);
}

/// Writes a finite number with a point always, and a sign in every exponent:
/// YAML 1.1 reads `1e+21` and `1.0e21` as strings, only `1.0e+21` as a number.
/// The digits are the shortest that read back as the same number.
pub(super) fn write_float(number: f64, out: &mut Vec<u8>) {
    let text = format!("{number:?}");
    let Some((mantissa, exponent)) = text.split_once('e') else {
        out.extend_from_slice(text.as_bytes());
        return;
    };
    out.extend_from_slice(mantissa.as_bytes());
    if !mantissa.contains('.') {
        out.extend_from_slice(b".0");
    }
    out.push(b'e');
    if !exponent.starts_with('-') {
        out.push(b'+');
    }
    out.extend_from_slice(exponent.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers() {
        for number in [0, 7, 10, -1, 443, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            write_int(number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), number.to_string());
        }
    }

    #[test]
    fn floats_have_a_point_and_a_signed_exponent() {
        for (number, text) in [
            (0.5, "0.5"),
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (1e21, "1.0e+21"),
            (1.5e300, "1.5e+300"),
            (-2e-9, "-2.0e-9"),
        ] {
            let mut out = Vec::new();
            write_float(number, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }
}

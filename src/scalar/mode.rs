//! File modes of mounted files, in octal.

use std::fmt;

use super::Scalar;

/// The permission bits, from 0 to 0777. Kubernetes' `defaultMode` and `mode`
/// take no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OctalMode(i32);

const HIGHEST: i32 = 0o777;

impl OctalMode {
    /// 420 for `0644`, as it stands in a manifest.
    pub fn value(self) -> i32 {
        self.0
    }
}

impl fmt::Display for OctalMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0{:03o}", self.0)
    }
}

/// Somebody wrote a number without the leading zero. A manifest that was read
/// back from a cluster has it in decimal, a person means octal.
fn without_zero(text: &str) -> String {
    let in_range = |n: &i32| (0..=HIGHEST).contains(n);
    let octal = i32::from_str_radix(text, 8).ok().filter(in_range);
    let decimal = text.parse().ok().filter(in_range);
    let advice = match (octal, decimal) {
        (Some(octal), None) => format!("`{}`", OctalMode(octal)),
        (None, Some(decimal)) => format!("`{}`", OctalMode(decimal)),
        (Some(octal), Some(decimal)) => {
            format!("`{}`, or `{}` if this is decimal", OctalMode(octal), OctalMode(decimal))
        }
        (None, None) => return "is above 0777".into(),
    };
    format!("write it in octal with a leading zero: {advice}")
}

impl Scalar for OctalMode {
    const NAME: &'static str = "file mode";
    const DOC: &'static str =
        "Permission bits in octal with a leading zero, from `0000` to `0777`.";
    const EXAMPLES: &'static [&'static str] = &["0644", "0400", "0o755"];
    const PATTERN: &'static str = "^0o?[0-7]*$";

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("is empty".into());
        }
        let (octal, digits) = match text.strip_prefix("0o") {
            Some(digits) => (true, digits),
            None => (text.starts_with('0'), text),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err("is not an octal number such as `0644`".into());
        }
        if !octal {
            return Err(without_zero(text));
        }
        if digits.contains(['8', '9']) {
            return Err("has a digit above 7".into());
        }
        match i32::from_str_radix(digits, 8) {
            Ok(mode) if mode <= HIGHEST => Ok(Self(mode)),
            _ => Err("is above 0777".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::refuses;
    use super::*;

    #[test]
    fn modes() {
        for (text, mode, shown) in [
            ("0644", 420, "0644"),
            ("0o644", 420, "0644"),
            ("0777", 511, "0777"),
            ("0400", 256, "0400"),
            ("00644", 420, "0644"),
            ("0", 0, "0000"),
            ("0o0", 0, "0000"),
        ] {
            let read = OctalMode::parse(text).unwrap();
            assert_eq!(read.value(), mode, "{text}");
            assert_eq!(read.to_string(), shown, "{text}");
        }
        refuses::<OctalMode>(&[
            ("", "is empty"),
            ("644", "write it in octal with a leading zero: `0644`"),
            ("420", "`0420`, or `0644` if this is decimal"),
            ("493", "leading zero: `0755`"),
            ("1777", "is above 0777"),
            ("01777", "is above 0777"),
            ("0o", "is not an octal number"),
            ("0x1ff", "is not an octal number"),
            ("rw-r--r--", "is not an octal number"),
            ("-0644", "is not an octal number"),
            ("0888", "has a digit above 7"),
        ]);
    }
}

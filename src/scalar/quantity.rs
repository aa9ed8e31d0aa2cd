//! Amounts of CPU, memory and storage, read as apimachinery's `resource.Quantity`
//! reads them, with exact arithmetic.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::Scalar;
use notation::{Format, NANOS, canonical, read};

mod mistake;
mod notation;

const NANOS_IN_MILLI: i128 = 1_000_000;

/// An amount. It is printed as it was written and compared by its value:
/// `1Gi` equals `1024Mi`. Beyond 1.7e29 all amounts are equal.
#[derive(Clone, Debug)]
pub struct Quantity {
    text: Box<str>,
    nanos: i128,
    format: Format,
}

impl Quantity {
    /// Nothing, as a sum starts.
    pub fn zero() -> Self {
        Self::computed(0, Format::DecimalSi)
    }

    /// Thousandths: 1500 gives `1500m`, 2000 gives `2`.
    pub fn from_millis(millis: i64) -> Self {
        Self::computed(i128::from(millis) * NANOS_IN_MILLI, Format::DecimalSi)
    }

    /// Bytes in binary units: 1048576 gives `1Mi`.
    pub fn from_bytes(bytes: i64) -> Self {
        Self::computed(i128::from(bytes) * NANOS, Format::BinarySi)
    }

    fn computed(nanos: i128, format: Format) -> Self {
        Self { text: canonical(nanos, format).into(), nanos, format }
    }

    /// The text as it was written, or the canonical one of a computed amount.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The amount as a server prints it: `1536Mi` for `1.5Gi`.
    pub fn canonical(&self) -> String {
        match self.nanos.checked_abs() {
            // Too large to be exact here.
            None | Some(i128::MAX) => self.text.to_string(),
            _ => canonical(self.nanos, self.format),
        }
    }

    /// The value in billionths, the smallest that Kubernetes knows.
    pub fn nanos(&self) -> i128 {
        self.nanos
    }

    /// The value in thousandths, rounded up: CPU in `m`.
    pub fn millis(&self) -> i64 {
        rounded_up(self.nanos, NANOS_IN_MILLI)
    }

    /// The value as a whole number, rounded up: bytes, or whole CPUs.
    pub fn units(&self) -> i64 {
        rounded_up(self.nanos, NANOS)
    }

    pub fn is_zero(&self) -> bool {
        self.nanos == 0
    }

    pub fn is_negative(&self) -> bool {
        self.nanos < 0
    }

    /// The sum, or nothing where it is too large. Like in apimachinery it is
    /// written as the first of the two, unless that is zero.
    pub fn add(&self, other: &Self) -> Option<Self> {
        let format = if self.is_zero() { other.format } else { self.format };
        let nanos = self.nanos.checked_add(other.nanos)?;
        Some(Self::computed(nanos, format))
    }

    /// As much as so many have together.
    pub fn times(&self, count: u32) -> Option<Self> {
        let nanos = self.nanos.checked_mul(count.into())?;
        Some(Self::computed(nanos, self.format))
    }
}

/// Away from zero, as `ScaledValue` of apimachinery does.
fn rounded_up(nanos: i128, unit: i128) -> i64 {
    let towards_zero = nanos / unit;
    let rest = if nanos % unit == 0 { 0 } else { nanos.signum() };
    let limit = if nanos < 0 { i64::MIN } else { i64::MAX };
    i64::try_from(towards_zero + rest).unwrap_or(limit)
}

impl Scalar for Quantity {
    const NAME: &'static str = "quantity";
    const DOC: &'static str = "A number with an optional suffix: `m`, `k`, `M`, `G`, `T`, `P`, `E`, or `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`.";
    const EXAMPLES: &'static [&'static str] = &["500m", "0.5", "512Mi", "1.5Gi", "2"];
    const PATTERN: &'static str =
        "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$";

    fn parse(text: &str) -> Result<Self, String> {
        let (nanos, format) = read(text).map_err(|fault| mistake::reason(text, &fault))?;
        Ok(Self { text: text.into(), nanos, format })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nanos == other.nanos
    }
}

impl Eq for Quantity {}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.nanos.hash(state);
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nanos.cmp(&other.nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::keeps;
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn the_text_is_kept() {
        keeps::<Quantity>(&[
            "500m",
            "1.5Gi",
            "0.50",
            "1E",
            "1e3",
            "1E+3",
            "+1",
            "5.",
            "1e2147483647",
        ]);
    }

    #[test]
    fn arithmetic_is_exact() {
        let sum = quantity("1Gi").add(&quantity("512Mi")).unwrap();
        assert_eq!(sum.as_str(), "1536Mi");
        assert_eq!(Quantity::zero().add(&quantity("1Gi")).unwrap().as_str(), "1Gi");
        assert_eq!(quantity("250m").times(6).unwrap().as_str(), "1500m");
        assert_eq!(quantity("0.1").times(10).unwrap(), quantity("1"));
        assert_eq!(quantity("1e99").times(2), None);
        assert_eq!(quantity("1e99").add(&quantity("1")), None);
        assert_eq!(quantity("+1e99").canonical(), "+1e99");
        assert!(quantity("1Gi") > quantity("1G"));
        assert!(quantity("-1").is_negative() && quantity("0.0").is_zero());
        assert_eq!(quantity("1.5").millis(), 1500);
        assert_eq!(quantity("1n").millis(), 1);
        assert_eq!(quantity("-1.5").units(), -2);
        assert_eq!(quantity("1e30").units(), i64::MAX);
        assert_eq!(Quantity::from_millis(1500).as_str(), "1500m");
        assert_eq!(Quantity::from_bytes(1 << 20).as_str(), "1Mi");
    }
}

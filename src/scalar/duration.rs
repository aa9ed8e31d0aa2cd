//! Spans of time: the user's own, and those that Go reads.

use std::fmt;

use super::Scalar;

/// A span of whole milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration {
    millis: u64,
}

const NANOS_IN_MILLI: u128 = 1_000_000;
/// Go keeps a duration in 63 bits of nanoseconds: 292 years.
const LONGEST: u128 = i64::MAX as u128;

type Unit = (&'static str, u128);

/// A unit and its nanoseconds, the larger before the smaller. Go begins at the
/// hour; the units above it are ours.
const UNITS: [Unit; 9] = [
    ("w", 7 * 86_400_000_000_000),
    ("d", 86_400_000_000_000),
    ("h", 3_600_000_000_000),
    ("m", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", NANOS_IN_MILLI),
    ("us", 1000),
    ("µs", 1000),
    ("ns", 1),
];
const OURS: &[Unit] = UNITS.split_at(6).0;
const SHARED: &[Unit] = OURS.split_at(2).1;
const GO: &[Unit] = UNITS.split_at(2).1;

impl Duration {
    pub fn as_millis(self) -> u64 {
        self.millis
    }

    /// The span in seconds, where it is a whole number of them.
    pub fn as_secs_exact(self) -> Option<u64> {
        self.millis.is_multiple_of(1000).then_some(self.millis / 1000)
    }

    pub fn is_zero(self) -> bool {
        self.millis == 0
    }

    /// The shortest text that Go and Prometheus read: `1h30m`, `1m30s`, `0s`.
    pub fn to_go(self) -> String {
        let mut text = String::new();
        let mut rest = u128::from(self.millis) * NANOS_IN_MILLI;
        for (unit, nanos) in SHARED.iter().copied() {
            if rest >= nanos {
                text += &format!("{}{unit}", rest / nanos);
                rest %= nanos;
            }
        }
        if text.is_empty() { "0s".into() } else { text }
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_go())
    }
}

/// Nanoseconds of what Go's `time.ParseDuration` reads. Go also takes units in
/// any order and repeated, which is a slip more often than a wish.
pub(super) fn go_nanos(text: &str) -> Result<u128, String> {
    total(text, GO)
}

/// Adds up numbers with units, from the largest unit to the smallest.
fn total(text: &str, units: &[Unit]) -> Result<u128, String> {
    if let Some(reason) = mistake(text) {
        return Err(reason);
    }
    let (mut rest, mut smaller, mut sum) = (text, units, 0_u128);
    while !rest.is_empty() {
        let (number, after) = split_at_first(rest, |c| !is_number(c));
        let (unit, next) = split_at_first(after, is_number);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return Err("is not a number with a unit, such as `30s`".into());
        }
        if unit.is_empty() {
            return Err("ends with a number that has no unit".into());
        }
        let Some(at) = smaller.iter().position(|(name, _)| *name == unit) else {
            return Err(unit_fault(unit, units));
        };
        let (upto, below) = smaller.split_at(at + 1);
        let worth = upto.last().map_or(0, |(_, nanos)| *nanos);
        sum = sum.saturating_add(worth_of(whole, fraction, worth));
        (rest, smaller) = (next, below);
    }
    if sum > LONGEST {
        return Err("is longer than 292 years".into());
    }
    Ok(sum)
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.'
}

fn split_at_first(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

fn worth_of(whole: &str, fraction: &str, unit: u128) -> u128 {
    let digit = |b: u8| u128::from(b.saturating_sub(b'0'));
    let whole = whole.bytes().fold(0_u128, |n, b| n.saturating_mul(10).saturating_add(digit(b)));
    // Nothing below a nanosecond counts, and a week has fewer than 10^15.
    let (part, of) =
        fraction.bytes().take(15).fold((0, 1), |(n, of), b| (n * 10 + digit(b), of * 10));
    whole.saturating_mul(unit).saturating_add(part * unit / of)
}

fn unit_fault(unit: &str, units: &[Unit]) -> String {
    if units.iter().any(|(name, _)| *name == unit) {
        return "has its units out of order; write it like `1h30m`".into();
    }
    let meant = match unit.to_ascii_lowercase().as_str() {
        "sec" | "secs" | "second" | "seconds" | "s" => "s",
        "min" | "mins" | "minute" | "minutes" | "m" => "m",
        "hr" | "hrs" | "hour" | "hours" | "h" => "h",
        "day" | "days" | "d" => "d",
        "week" | "weeks" | "w" => "w",
        "msec" | "millis" | "ms" => "ms",
        _ => "",
    };
    if units.iter().any(|(name, _)| *name == meant) {
        return format!("has an unknown unit; did you mean `{meant}`?");
    }
    let names: Vec<_> = units.iter().map(|(name, _)| *name).collect();
    format!("has an unknown unit; use {}", names.join(", "))
}

/// What is wrong with the text as a whole.
fn mistake(text: &str) -> Option<String> {
    if text.is_empty() {
        Some("is empty".into())
    } else if text.starts_with('-') {
        Some("is negative".into())
    } else if text.contains(char::is_whitespace) {
        Some("has a space".into())
    } else if !text.bytes().all(|b| b.is_ascii_digit()) {
        None
    } else if text.len() <= 20 {
        Some(format!("add a unit: `{text}s`"))
    } else {
        Some("has no unit".into())
    }
}

impl Scalar for Duration {
    const NAME: &'static str = "duration";
    const DOC: &'static str = "Numbers with the units `w`, `d`, `h`, `m`, `s` and `ms`, the larger before the smaller, or `0`.";
    const EXAMPLES: &'static [&'static str] = &["30s", "1h30m", "7d", "500ms"];
    const PATTERN: &'static str = "^(0|([0-9.]+(w|d|h|m|s|ms))+)$";

    fn parse(text: &str) -> Result<Self, String> {
        if text == "0" {
            return Ok(Self { millis: 0 });
        }
        let nanos = total(text, OURS)?;
        if !nanos.is_multiple_of(NANOS_IN_MILLI) {
            return Err("is finer than a millisecond".into());
        }
        match u64::try_from(nanos / NANOS_IN_MILLI) {
            Ok(millis) => Ok(Self { millis }),
            Err(_) => Err("is longer than 292 years".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::refuses;
    use super::*;

    #[test]
    fn durations() {
        for (text, millis, go) in [
            ("0", 0, "0s"),
            ("0s", 0, "0s"),
            ("30s", 30_000, "30s"),
            ("90s", 90_000, "1m30s"),
            ("1h30m", 5_400_000, "1h30m"),
            ("1.5h", 5_400_000, "1h30m"),
            ("1h0m5s", 3_605_000, "1h5s"),
            ("1d", 86_400_000, "24h"),
            ("1w2d", 777_600_000, "216h"),
            ("1500ms", 1500, "1s500ms"),
            ("0.25s", 250, "250ms"),
            ("106751d", 9_223_286_400_000, "2562024h"),
        ] {
            let read = Duration::parse(text).unwrap();
            assert_eq!(read.as_millis(), millis, "{text}");
            assert_eq!(read.to_string(), go, "{text}");
        }
        assert_eq!(Duration::parse("90s").unwrap().as_secs_exact(), Some(90));
        assert_eq!(Duration::parse("1500ms").unwrap().as_secs_exact(), None);
        refuses::<Duration>(&[
            ("", "is empty"),
            ("30", "add a unit: `30s`"),
            (&"9".repeat(99), "has no unit"),
            ("-5m", "is negative"),
            ("5 m", "has a space"),
            ("5M", "did you mean `m`?"),
            ("5min", "did you mean `m`?"),
            ("5y", "use w, d, h, m, s, ms"),
            ("5us", "use w, d, h, m, s, ms"),
            ("m", "is not a number with a unit"),
            ("+5m", "is not a number with a unit"),
            (".h", "is not a number with a unit"),
            ("1.2.3h", "is not a number with a unit"),
            ("1h30", "ends with a number that has no unit"),
            ("30m1h", "out of order"),
            ("1h1h", "out of order"),
            ("0.1ms", "is finer than a millisecond"),
            ("106752d", "is longer than 292 years"),
            ("99999999999999999999999999999999999999999w", "is longer than 292 years"),
        ]);
    }

    #[test]
    fn what_go_reads() {
        assert_eq!(go_nanos("1h1.5us"), Ok(3_600_000_001_500));
        assert_eq!(go_nanos("3ns"), Ok(3));
        assert!(go_nanos("1d").is_err());
    }
}

//! Spans and points of time, as Go reads and writes them.

/// A point of time.
#[derive(Clone, Copy, Debug)]
pub struct Timestamp {
    /// Since 1970.
    pub seconds: i64,
    pub nanos: u32,
    /// The seconds by which the clock was ahead where it was written down: it is written
    /// so again, and otherwise counts for nothing.
    pub offset: i64,
}

/// A day and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    pub year: i64,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
}

const DAY: i64 = 86_400;
const NANOS: i64 = 1_000_000_000;

type Unit = (&'static str, i64);

/// What Go's `time.ParseDuration` knows, the longer names before the shorter.
static GO_UNITS: [Unit; 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", NANOS),
    ("m", 60 * NANOS),
    ("h", 3600 * NANOS),
];

/// What kube-openapi's `strfmt` knows besides: names, the start of longer ones, and how
/// long they are.
static LOOSE_UNITS: [(&[&str], &str, i64); 8] = [
    (&["ns"], "nano", 1),
    (&["us", "µs"], "micro", 1_000),
    (&["ms"], "milli", 1_000_000),
    (&["s"], "sec", NANOS),
    (&["m"], "min", 60 * NANOS),
    (&["h", "hr"], "hour", 3600 * NANOS),
    (&["d"], "day", DAY * NANOS),
    (&["w", "wk"], "week", 7 * DAY * NANOS),
];

/// `1h30m` in nanoseconds, as Go's `time.ParseDuration` reads it.
pub fn duration(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, behind) = rest.split_at(digits(rest));
        let fraction = behind.strip_prefix('.');
        let behind = fraction.unwrap_or(behind);
        let (fraction, behind) = match fraction {
            Some(_) => behind.split_at(digits(behind)),
            None => ("", behind),
        };
        if whole.is_empty() && fraction.is_empty() || whole.len() > 20 {
            return None;
        }
        let end = behind.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(behind.len());
        let (name, behind) = behind.split_at(end);
        let (_, unit) = GO_UNITS.iter().find(|(known, _)| *known == name)?;
        let unit = i128::from(*unit);
        total += whole.parse::<i128>().unwrap_or_default() * unit;
        // Beyond that, digits are less than a nanosecond.
        let fraction = fraction.get(..fraction.len().min(15)).unwrap_or_default();
        let scale = 10_i128.pow(u32::try_from(fraction.len()).unwrap_or_default());
        total += fraction.parse::<i128>().unwrap_or_default() * unit / scale;
        rest = behind;
    }
    i64::try_from(if negative { -total } else { total }).ok()
}

/// The same, or `3 days 2 hours`, as a field of the format `duration` may hold.
pub fn loose_duration(text: &str) -> Option<i64> {
    if let Some(nanos) = duration(text) {
        return Some(nanos);
    }
    let (mut total, mut any) = (0_i64, false);
    let mut rest = text.trim_ascii_start();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = rest.split_at(digits);
        let behind = behind.trim_ascii_start();
        let letter = |c: char| c.is_ascii_alphabetic() || c == 'µ';
        let end = behind.find(|c| !letter(c)).unwrap_or(behind.len());
        let (name, behind) = behind.split_at(end);
        if name.is_empty() {
            return None;
        }
        let factor: i64 = number.parse().ok()?;
        let name = name.to_lowercase();
        let known = |(names, start, _): &&(&[&str], &str, i64)| {
            names.contains(&name.as_str()) || name.starts_with(start)
        };
        if let Some((_, _, unit)) = LOOSE_UNITS.iter().find(known) {
            any = true;
            total = total.wrapping_add(factor.wrapping_mul(*unit));
        }
        rest = behind.trim_ascii_start();
    }
    any.then_some(total)
}

/// As `string()` writes a duration: `5400s`.
pub fn duration_text(nanos: i64) -> String {
    let (sign, nanos) = (if nanos < 0 { "-" } else { "" }, nanos.unsigned_abs());
    let (whole, fraction) = (nanos / NANOS.unsigned_abs(), nanos % NANOS.unsigned_abs());
    let fraction = format!("{fraction:09}");
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{fraction}s")
}

/// A date, or a date and a time with its offset (RFC 3339).
pub fn timestamp(text: &str) -> Option<Timestamp> {
    let days = date(text.get(..10)?)?;
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return Some(Timestamp { seconds: days * DAY, nanos: 0, offset: 0 });
    }
    let time = rest.strip_prefix(['T', 't'])?;
    let (clock, rest) = time.split_at_checked(8)?;
    let mut parts = clock.split(':');
    let mut part = |most: i64| two_digits(parts.next()?).filter(|found| *found <= most);
    let (hour, minute, second) = (part(23)?, part(59)?, part(59)?);
    if parts.next().is_some() {
        return None;
    }
    let (nanos, zone) = match rest.strip_prefix('.') {
        Some(fraction) => {
            let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, zone) = fraction.split_at(length);
            let digits = digits.get(..length.min(9)).filter(|digits| !digits.is_empty())?;
            (format!("{digits:0<9}").parse().ok()?, zone)
        }
        None => (0, rest),
    };
    let offset = match zone {
        "Z" | "z" => 0,
        _ => offset(zone)?,
    };
    let seconds = days * DAY + hour * 3600 + minute * 60 + second - offset;
    Some(Timestamp { seconds, nanos, offset })
}

/// The seconds of `+02:00`.
pub fn offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    (hours <= 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The days since 1970 of `2024-05-31`.
pub fn date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year: i64 = year.parse().ok()?;
    let (month, day) = (two_digits(month)?, two_digits(day)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then(|| days_since_1970(year, month, day))
}

fn two_digits(text: &str) -> Option<i64> {
    let plain = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Counts in eras of 400 years, whose years begin in March.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl Timestamp {
    /// The least and the last second that Go and CEL know: the years 1 to 9999.
    const RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

    /// Later by some nanoseconds; nothing beyond the years that are known.
    pub fn plus(self, nanos: i128) -> Option<Timestamp> {
        let all = i128::from(self.seconds) * i128::from(NANOS) + i128::from(self.nanos) + nanos;
        let seconds = i64::try_from(all.div_euclid(i128::from(NANOS))).ok()?;
        let nanos = u32::try_from(all.rem_euclid(i128::from(NANOS))).ok()?;
        Self::RANGE.contains(&seconds).then_some(Timestamp { seconds, nanos, ..self })
    }

    /// The nanoseconds since another; nothing where they are too many.
    pub fn since(self, other: Timestamp) -> Option<i64> {
        let seconds = i128::from(self.seconds) - i128::from(other.seconds);
        let nanos = i128::from(self.nanos) - i128::from(other.nanos);
        i64::try_from(seconds * i128::from(NANOS) + nanos).ok()
    }

    /// From seconds since 1970.
    pub fn from_seconds(seconds: i64) -> Option<Timestamp> {
        Self::RANGE.contains(&seconds).then_some(Timestamp { seconds, nanos: 0, offset: 0 })
    }

    pub fn civil(self) -> Civil {
        let (days, rest) = (self.seconds.div_euclid(DAY), self.seconds.rem_euclid(DAY));
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let small = |number: i64| u32::try_from(number).unwrap_or_default();
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: small(month),
            day: small(day_of_year - (153 * from_march + 2) / 5 + 1),
            hour: small(rest / 3600),
            minute: small(rest / 60 % 60),
            second: small(rest % 60),
        }
    }

    /// From Sunday, which is 0.
    pub fn day_of_week(self) -> i64 {
        (self.seconds.div_euclid(DAY) + 4).rem_euclid(7)
    }

    /// From 0.
    pub fn day_of_year(self) -> i64 {
        self.seconds.div_euclid(DAY) - days_since_1970(self.civil().year, 1, 1)
    }

    /// As `string()` writes it: `2024-05-31T12:00:00.5Z`.
    pub fn text(self) -> String {
        let local = Timestamp { seconds: self.seconds + self.offset, ..self };
        let Civil { year, month, day, hour, minute, second } = local.civil();
        let fraction = format!("{:09}", self.nanos);
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        let zone = match self.offset {
            0 => "Z".to_owned(),
            offset => {
                let (sign, offset) = (if offset < 0 { '-' } else { '+' }, offset.unsigned_abs());
                format!("{sign}{:02}:{:02}", offset / 3600, offset / 60 % 60)
            }
        };
        let day = format!("{year:04}-{month:02}-{day:02}");
        format!("{day}T{hour:02}:{minute:02}:{second:02}{point}{fraction}{zone}")
    }

    fn instant(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Timestamp) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for Timestamp {}

impl Ord for Timestamp {
    fn cmp(&self, other: &Timestamp) -> std::cmp::Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Timestamp) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, nanos) in [
            ("0", Some(0)),
            ("1h30m", Some(5400 * NANOS)),
            ("-1.5s", Some(-1_500_000_000)),
            (".5ms", Some(500_000)),
            ("1.s", Some(NANOS)),
            ("3µs", Some(3000)),
            ("", None),
            ("5", None),
            ("1d", None),
            ("1h 5m", None),
            (".s", None),
            ("9999999h", None),
        ] {
            assert_eq!(duration(text), nanos, "{text}");
        }
        assert_eq!(loose_duration("3 days 2 hours"), Some(74 * 3600 * NANOS));
        assert_eq!(loose_duration("1w"), Some(7 * DAY * NANOS));
        assert_eq!(loose_duration("soon"), None);
        assert_eq!(loose_duration("1 moon"), None);
    }

    #[test]
    fn timestamps_are_read_and_written() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2024-02-29T12:30:00+02:00", Some(1_709_202_600)),
            ("2000-01-01", Some(946_684_800)),
            ("1969-12-31T23:59:59Z", Some(-1)),
            ("2023-02-29T00:00:00Z", None),
            ("2024-13-01", None),
            ("2024-01-01T24:00:00Z", None),
            ("2024-01-01T10:00Z", None),
            ("2024-01-01T10:00:00", None),
            ("soon", None),
        ] {
            assert_eq!(timestamp(text).map(|t| t.seconds), seconds, "{text}");
        }
        let leap = timestamp("2024-02-29T12:30:15.250Z").unwrap();
        assert_eq!(leap.text(), "2024-02-29T12:30:15.25Z");
        let there = timestamp("2011-08-18T19:03:37.01-01:30").unwrap();
        assert_eq!(there.text(), "2011-08-18T19:03:37.01-01:30");
        assert_eq!(there, timestamp("2011-08-18T20:33:37.01Z").unwrap());
        assert_eq!((leap.day_of_week(), leap.day_of_year()), (4, 59));
        assert_eq!(duration_text(-1_500_000_000), "-1.5s");
    }
}

//! Days, as ISO 8601 writes them.

use std::fmt;

use super::Scalar;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day (UTC) of a moment, in seconds since 1970.
    pub fn of_seconds(seconds: u64) -> Date {
        let mut days = seconds / 86_400;
        let mut year = 1970;
        while days >= days_of_year(year) && year < u16::MAX {
            days -= days_of_year(year);
            year += 1;
        }
        let mut month = 1;
        while month < 12 && days >= u64::from(days_of(year, month)) {
            days -= u64::from(days_of(year, month));
            month += 1;
        }
        Date { year, month, day: u8::try_from(days + 1).unwrap_or(31) }
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Scalar for Date {
    const NAME: &'static str = "date";
    const DOC: &'static str = "A day: `YEAR-MONTH-DAY`.";
    const EXAMPLES: &'static [&'static str] = &["2027-03-31"];
    const PATTERN: &'static str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    fn parse(text: &str) -> Result<Date, String> {
        let malformed = || "is not a date such as `2027-03-31`".to_owned();
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let digits = parts
                .next()
                .filter(|part| part.len() == length && part.bytes().all(|b| b.is_ascii_digit()));
            digits.and_then(|digits| digits.parse::<u16>().ok()).ok_or_else(malformed)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let (Ok(month), Ok(day), None) = (u8::try_from(month), u8::try_from(day), parts.next())
        else {
            return Err(malformed());
        };
        if !(1..=12).contains(&month) || day == 0 || day > days_of(year, month) {
            return Err("is no day of the calendar".to_owned());
        }
        Ok(Date { year, month, day })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn dates() {
        keeps::<Date>(&["2027-03-31", "2024-02-29", "1970-01-01", "9999-12-31"]);
        refuses::<Date>(&[
            ("", "such as"),
            ("2027-3-31", "such as"),
            ("31.03.2027", "such as"),
            ("2027-03-31T00:00:00Z", "such as"),
            ("2027-13-01", "no day"),
            ("2027-02-29", "no day"),
            ("2027-00-10", "no day"),
        ]);
    }

    #[test]
    fn days_of_moments() {
        for (seconds, day) in [
            (0, "1970-01-01"),
            (86_399, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_767_225_599, "2025-12-31"),
            (1_767_225_600, "2026-01-01"),
        ] {
            assert_eq!(Date::of_seconds(seconds).to_string(), day);
        }
    }
}

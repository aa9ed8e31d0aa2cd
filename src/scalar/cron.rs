//! Schedules of CronJobs, read as robfig/cron's `ParseStandard` reads them in
//! Kubernetes.

use super::Scalar;
use super::duration::go_nanos;
use super::kept_text::kept_text;

kept_text! {
    /// When a CronJob starts: five fields, or a descriptor such as `@daily`.
    CronSchedule
}

struct Field {
    name: &'static str,
    lowest: u64,
    highest: u64,
    /// Names of the values from `lowest` on.
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    field("minute", 0, 59, &[]),
    field("hour", 0, 23, &[]),
    field("day of month", 1, 31, &[]),
    field(
        "month",
        1,
        12,
        &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ),
    field("weekday", 0, 6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

const fn field(
    name: &'static str,
    lowest: u64,
    highest: u64,
    names: &'static [&'static str],
) -> Field {
    Field { name, lowest, highest, names }
}

const DESCRIPTORS: [&str; 7] =
    ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];

impl Field {
    /// Lists, steps and ranges. An empty item of a list is refused, though the
    /// library skips it: it is a slip.
    fn check(&self, text: &str) -> Result<(), String> {
        text.split(',').try_for_each(|item| self.check_item(item))
    }

    fn check_item(&self, item: &str) -> Result<(), String> {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (item, None),
        };
        if let Some(step) = step {
            self.check_step(step)?;
        }
        if range == "*" || range == "?" {
            return Ok(());
        }
        match range.split_once('-') {
            None => self.value(range).map(|_| ()),
            Some((from, to)) => {
                let (from, to) = (self.value(from)?, self.value(to)?);
                if from > to {
                    return Err(format!("{} range {from}-{to} runs backwards", self.name));
                }
                Ok(())
            }
        }
    }

    fn check_step(&self, step: &str) -> Result<(), String> {
        match small_number(step) {
            Some(0) => Err(format!("{} step is zero", self.name)),
            Some(_) => Ok(()),
            None => Err(format!("{} step is not a number", self.name)),
        }
    }

    fn value(&self, text: &str) -> Result<u64, String> {
        let Self { name, lowest, highest, names } = self;
        if text.is_empty() {
            return Err(format!("{name} has an empty part"));
        }
        let named = names.iter().zip(*lowest..).find(|(n, _)| n.eq_ignore_ascii_case(text));
        if let Some((_, value)) = named {
            return Ok(value);
        }
        match small_number(text) {
            // Other crons take 7 for Sunday, too.
            Some(7) if *highest == 6 => Err(format!("{name} 7 is above 6; use 0 for Sunday")),
            Some(value) if value > *highest => Err(format!("{name} {value} is above {highest}")),
            Some(value) if value < *lowest => Err(format!("{name} {value} is below {lowest}")),
            Some(value) => Ok(value),
            None => Err(match names {
                [first, .., last] => {
                    format!("{name} is neither {lowest} to {highest} nor {first} to {last}")
                }
                _ => format!("{name} is not a number from {lowest} to {highest}"),
            }),
        }
    }
}

/// Up to nine digits; more is no minute and no step of anything.
fn small_number(text: &str) -> Option<u64> {
    let plain = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn check_descriptor(text: &str) -> Result<(), String> {
    if let Some(span) = text.strip_prefix("@every ") {
        return match go_nanos(span).map_err(|reason| format!("`@every` {reason}"))? {
            // The library would make it a second without a word.
            ..1_000_000_000 => Err("`@every` is below one second".into()),
            _ => Ok(()),
        };
    }
    if DESCRIPTORS.contains(&text) {
        return Ok(());
    }
    Err(format!("has an unknown descriptor; use {} or `@every 1h30m`", DESCRIPTORS.join(", ")))
}

impl Scalar for CronSchedule {
    const NAME: &'static str = "cron schedule";
    const DOC: &'static str = "Minute, hour, day of month, month and weekday, or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`, or `@every` and a duration.";
    const EXAMPLES: &'static [&'static str] = &["0 2 * * *", "*/15 8-18 * * MON-FRI", "@daily"];
    const PATTERN: &'static str = r"^(@(hourly|daily|midnight|weekly|monthly|yearly|annually)|@every [0-9.a-zµ]+|\s*([0-9A-Za-z*?,/-]+\s+){4}[0-9A-Za-z*?,/-]+\s*)$";

    fn parse(text: &str) -> Result<Self, String> {
        // Kubernetes refuses what the library would take.
        if text.contains("TZ=") {
            return Err("has a time zone; put it in `timeZone`".into());
        }
        if text.starts_with('@') {
            check_descriptor(text)?;
            return Ok(Self(text.into()));
        }
        match text.split_ascii_whitespace().count() {
            0 => return Err("is empty".into()),
            5 => {}
            6 => return Err("has 6 fields; Kubernetes has no seconds field".into()),
            n => {
                return Err(format!(
                    "has {n} field{}, not 5: minute, hour, day of month, month, weekday",
                    if n == 1 { "" } else { "s" }
                ));
            }
        }
        for (field, text) in FIELDS.iter().zip(text.split_ascii_whitespace()) {
            field.check(text)?;
        }
        Ok(Self(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn schedules() {
        keeps::<CronSchedule>(&[
            "0 2 * * *",
            "*/5 * * * *",
            " 0  2 * *\t* ",
            "59 23 31 12 6",
            "0 0 1 1 0",
            "? ? ? ? ?",
            "0,15,30-45/5 */2 1-15 JAN-mar,Dec MON-FRI",
            "5/15 * * * sun",
            "00 02 * * *",
            "* * * * */9999",
            "@hourly",
            "@annually",
            "@every 1h30m",
            "@every 1.5h",
        ]);
    }

    #[test]
    fn reasons_name_the_field() {
        refuses::<CronSchedule>(&[
            ("", "is empty"),
            ("   ", "is empty"),
            ("* * * *", "has 4 fields, not 5: minute,"),
            ("daily", "has 1 field, not 5"),
            ("0 0 2 * * *", "has 6 fields; Kubernetes has no seconds field"),
            ("60 * * * *", "minute 60 is above 59"),
            ("* 25 * * *", "hour 25 is above 23"),
            ("* * 0 * *", "day of month 0 is below 1"),
            ("* * * 13 *", "month 13 is above 12"),
            ("* * * * 7", "weekday 7 is above 6; use 0 for Sunday"),
            ("* * * * 1-7", "use 0 for Sunday"),
            ("* * * * 8", "weekday 8 is above 6"),
            ("* 5-3 * * *", "hour range 5-3 runs backwards"),
            ("* * * * fri-mon", "weekday range 5-1 runs backwards"),
            ("*/0 * * * *", "minute step is zero"),
            ("*/x * * * *", "minute step is not a number"),
            ("1/2/3 * * * *", "minute step is not a number"),
            ("1-2-3 * * * *", "minute is not a number from 0 to 59"),
            ("-1 * * * *", "minute has an empty part"),
            ("1,,2 * * * *", "minute has an empty part"),
            ("H * * * *", "minute is not a number from 0 to 59"),
            ("mon * * * *", "minute is not a number"),
            ("* * * foo *", "month is neither 1 to 12 nor jan to dec"),
            ("* * * * monday", "weekday is neither 0 to 6 nor sun to sat"),
            ("* * L * *", "day of month is not a number"),
            ("99999999999999999999 * * * *", "minute is not a number"),
            ("TZ=UTC 0 2 * * *", "put it in `timeZone`"),
            ("CRON_TZ=Asia/Tokyo 0 2 * * *", "put it in `timeZone`"),
            ("@reboot", "has an unknown descriptor; use @hourly"),
            ("@Daily", "has an unknown descriptor"),
            ("@daily ", "has an unknown descriptor"),
            ("@every", "has an unknown descriptor"),
            ("@every 1d", "`@every` has an unknown unit; use h, m"),
            ("@every 5", "`@every` add a unit"),
            ("@every 500ms", "`@every` is below one second"),
        ]);
    }
}

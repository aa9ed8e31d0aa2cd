//! Percentages, such as the utilisation that autoscaling aims at.

use std::fmt;

use super::Scalar;
use super::number::whole;

/// Whole percent. More than a hundred is meaningful: usage is measured against
/// requests, and may exceed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentage(u32);

impl Percentage {
    /// 80 for `80%`.
    pub fn value(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.0)
    }
}

/// The number before the `%`, up to `max`.
pub(super) fn percent(text: &str, max: u32) -> Result<u32, String> {
    let Some(number) = text.strip_suffix('%') else {
        return Err(match whole(text, max.into()) {
            Ok(number) => format!("add a percent sign: `{number}%`"),
            Err(_) if text.starts_with("0.") && text[2..].parse::<u32>().is_ok() => {
                let share = text.parse::<f64>().unwrap_or_default();
                format!("did you mean `{:.0}%`?", share * 100.0)
            }
            Err(_) => "is not a whole percentage".into(),
        });
    };
    if number.ends_with(' ') {
        return Err("has a space before the percent sign".into());
    }
    let number =
        whole(number, max.into()).map_err(|reason| match reason.strip_prefix("is above") {
            Some(_) => format!("is above {max}%"),
            None if number.is_empty() => "has no number before the percent sign".into(),
            None => reason,
        })?;
    u32::try_from(number).map_err(|_| format!("is above {max}%"))
}

impl Scalar for Percentage {
    const NAME: &'static str = "percentage";
    const DOC: &'static str = "A whole number from 0 to 10000 and a percent sign.";
    const EXAMPLES: &'static [&'static str] = &["80%", "150%"];
    const PATTERN: &'static str = "^(0|[1-9][0-9]{0,4})%$";

    fn parse(text: &str) -> Result<Self, String> {
        percent(text, 10_000).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn percentages() {
        assert_eq!(Percentage::parse("80%").unwrap().value(), 80);
        keeps::<Percentage>(&["0%", "80%", "150%", "10000%"]);
        refuses::<Percentage>(&[
            ("", "is not a whole percentage"),
            ("80", "add a percent sign: `80%`"),
            ("0.8", "did you mean `80%`?"),
            ("12.5%", "is not a whole number"),
            ("80 %", "has a space"),
            ("%", "has no number"),
            ("-1%", "is negative"),
            ("080%", "has a leading zero"),
            ("10001%", "is above 10000%"),
        ]);
    }
}

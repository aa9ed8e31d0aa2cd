//! How many pods there may be too few or too many while they are replaced.

use crate::check::api::formats::shown;
use crate::check::at::At;

impl At<'_> {
    /// A number that is not negative, or a percentage: `ValidatePositiveIntOrPercent`.
    pub fn must_be_count_or_share(self) {
        match self.text() {
            Some(text) if share(text).is_none() => {
                let help = match text.parse::<u32>() {
                    Ok(_) => format!("drop the quotes, or use `{text}%`"),
                    Err(_) => "such as `1` or `25%`".to_owned(),
                };
                self.fault_with(format!("{} is not a percentage", shown(text)), help);
            }
            Some(_) => {}
            None => self.must_not_be_negative(),
        }
    }

    /// `IsNotMoreThan100Percent`.
    pub fn must_not_be_more_than_all(self) {
        if self.text().and_then(share).is_some_and(|share| share > 100) {
            self.fault(format!("must be at most 100%, and is {}", self.text_or_empty()));
        }
    }

    /// The number before the percent sign, or the number; another one where there is
    /// none. `getIntOrPercentValue`.
    pub fn count_or_share(self, default: i64) -> i64 {
        match self.text() {
            Some(text) => share(text).or_else(|| text.parse().ok()).unwrap_or(0),
            None => self.int().unwrap_or(default),
        }
    }
}

/// Digits and a percent sign: `IsValidPercent`.
fn share(text: &str) -> Option<i64> {
    let digits = text.strip_suffix('%').filter(|digits| !digits.is_empty())?;
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().unwrap_or(i64::MAX))
}

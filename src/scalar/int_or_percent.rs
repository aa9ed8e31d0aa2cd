//! A count, or a share of one: `maxSurge`, `maxUnavailable`, `minAvailable`.

use std::fmt;

use super::Scalar;
use super::number::whole;
use super::percentage::percent;

/// How many pods, or which share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntOrPercent {
    /// Zero or more.
    Int(i32),
    /// From 0 to 100.
    Percent(u32),
}

impl fmt::Display for IntOrPercent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::Percent(share) => write!(f, "{share}%"),
        }
    }
}

impl Scalar for IntOrPercent {
    const NAME: &'static str = "number or percentage";
    const DOC: &'static str = "A whole number from 0, or a percentage from 0% to 100%.";
    const EXAMPLES: &'static [&'static str] = &["1", "25%"];
    const PATTERN: &'static str = "^(0|[1-9][0-9]{0,9}|(0|[1-9][0-9]?|100)%)$";

    fn parse(text: &str) -> Result<Self, String> {
        if text.ends_with('%') {
            return percent(text, 100).map(Self::Percent);
        }
        let too_large = |_| format!("is above {}", i32::MAX);
        let number = whole(text, i32::MAX.unsigned_abs().into())?;
        i32::try_from(number).map(Self::Int).map_err(too_large)
    }
}

/// How many pods more there may be while new ones replace old ones: more than
/// there are at all, where somebody is in a hurry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Surge(IntOrPercent);

impl std::ops::Deref for Surge {
    type Target = IntOrPercent;

    fn deref(&self) -> &IntOrPercent {
        &self.0
    }
}

impl fmt::Display for Surge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Scalar for Surge {
    const NAME: &'static str = "number or percentage of more pods";
    const DOC: &'static str = "A whole number from 0, or a percentage from 0% to 10000%.";
    const EXAMPLES: &'static [&'static str] = &["1", "25%", "200%"];
    const PATTERN: &'static str = "^(0|[1-9][0-9]{0,9}|(0|[1-9][0-9]{0,4})%)$";

    fn parse(text: &str) -> Result<Self, String> {
        match text.ends_with('%') {
            true => percent(text, 10_000).map(IntOrPercent::Percent).map(Self),
            false => IntOrPercent::parse(text).map(Self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn a_surge_may_be_more_than_all() {
        keeps::<Surge>(&["0", "3", "25%", "200%", "10000%"]);
        refuses::<Surge>(&[("10001%", "is above 10000%"), ("-1", "is negative")]);
    }

    #[test]
    fn counts_and_shares() {
        assert_eq!(IntOrPercent::parse("3"), Ok(IntOrPercent::Int(3)));
        assert_eq!(IntOrPercent::parse("25%"), Ok(IntOrPercent::Percent(25)));
        keeps::<IntOrPercent>(&["0", "1", "2147483647", "0%", "100%"]);
        refuses::<IntOrPercent>(&[
            ("", "is empty"),
            ("-1", "is negative"),
            ("1.5", "is not a whole number"),
            ("2147483648", "is above 2147483647"),
            ("101%", "is above 100%"),
            ("-1%", "is negative"),
            ("all", "is not a whole number"),
        ]);
    }
}

//! A count of pods, or a share of them in percent, as Kubernetes rounds it.

use crate::object::value::Value;
use crate::scalar::{IntOrPercent, Scalar, Surge};

/// What `maxSurge`, `maxUnavailable` and `minAvailable` say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(IntOrPercent);

impl Share {
    /// What rollouts take where nothing is said.
    pub const QUARTER: Share = Share(IntOrPercent::Percent(25));

    /// Nothing where there is none, or one that a server refuses.
    pub fn read(value: Option<&Value>) -> Option<Share> {
        match value? {
            Value::Int(count) => i32::try_from(*count).ok().map(IntOrPercent::Int).map(Share),
            Value::String(text) => Surge::parse(text).ok().map(|surge| Share(*surge)),
            _ => None,
        }
    }

    /// So many of a total, rounded up.
    pub fn up(self, total: i64) -> i64 {
        match self.0 {
            IntOrPercent::Int(count) => count.into(),
            IntOrPercent::Percent(share) => {
                total.saturating_mul(share.into()).saturating_add(99) / 100
            }
        }
    }

    /// So many of a total, rounded down.
    pub fn down(self, total: i64) -> i64 {
        match self.0 {
            IntOrPercent::Int(count) => count.into(),
            IntOrPercent::Percent(share) => total.saturating_mul(share.into()) / 100,
        }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(text: &str) -> Share {
        Share::read(Some(&Value::String(text.to_owned()))).unwrap()
    }

    #[test]
    fn shares_are_rounded_as_asked() {
        assert_eq!((share("50%").up(3), share("50%").down(3)), (2, 1));
        assert_eq!((share("1%").up(1), share("99%").down(1)), (1, 0));
        assert_eq!((share("0%").up(9), share("100%").down(9)), (0, 9));
        assert_eq!(Share::read(Some(&Value::Int(2))).map(|two| two.up(9)), Some(2));
        assert_eq!(share("10000%").up(i64::MAX), i64::MAX / 100);
        assert_eq!(Share::read(Some(&Value::String("half".into()))), None);
    }
}

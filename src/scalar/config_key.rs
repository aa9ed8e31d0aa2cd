//! Keys of ConfigMaps and Secrets, which become file names where they are mounted.

use super::Scalar;
use super::kept_text::kept_text;
use super::word::{Word, directory_fault};

kept_text! {
    /// A key under `data` of a ConfigMap or a Secret.
    ConfigKey
}

const KEY: Word = Word { upper: true, marks: "-._", bounded: false, longest: 253 };

/// `IsConfigMapKey` of Kubernetes.
fn fault(text: &str) -> Option<String> {
    KEY.fault(text).or_else(|| directory_fault(text))
}

impl Scalar for ConfigKey {
    const NAME: &'static str = "configuration key";
    const DOC: &'static str = "Up to 253 letters, digits, `_`, `-` and `.`, other than `.`, `..` and what starts with `..`.";
    const EXAMPLES: &'static [&'static str] = &["Settings.toml", "LOG_LEVEL"];
    const PATTERN: &'static str = "^[A-Za-z0-9_.-]{1,253}$";

    fn parse(text: &str) -> Result<Self, String> {
        KEY.keep(text, '_', fault).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn keys() {
        keeps::<ConfigKey>(&["a", ".env", "Settings.toml", "1", "a..b", &"k".repeat(253)]);
        refuses::<ConfigKey>(&[
            ("", "is empty"),
            ("a/b", "has `/`; use `a_b`"),
            ("my key", "has a space; use `my_key`"),
            (".", "names a directory"),
            ("..", "names a directory"),
            ("..data", "starts with `..`"),
            (&"k".repeat(254), "has 254 characters, the limit is 253"),
        ]);
    }
}

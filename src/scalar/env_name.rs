//! Names of environment variables.

use super::Scalar;
use super::kept_text::kept_text;
use super::word::{Word, directory_fault};

kept_text! {
    /// A name that every supported version of Kubernetes takes. The relaxed rule
    /// of newer ones (anything printable but `=`) is left out on purpose.
    EnvName
}

const NAME: Word = Word { upper: true, marks: "-._", bounded: false, longest: usize::MAX };

/// `IsEnvVarName` of Kubernetes.
fn fault(text: &str) -> Option<String> {
    NAME.fault(text)
        .or_else(|| {
            text.starts_with(|c: char| c.is_ascii_digit()).then(|| "starts with a digit".into())
        })
        .or_else(|| directory_fault(text))
}

impl Scalar for EnvName {
    const NAME: &'static str = "environment variable name";
    const DOC: &'static str =
        "Letters, digits, `_`, `-` and `.`, not starting with a digit or with `..`.";
    const EXAMPLES: &'static [&'static str] = &["REDIS_URL", "my.env-name"];
    const PATTERN: &'static str = "^[A-Za-z_.-][A-Za-z0-9_.-]*$";

    fn parse(text: &str) -> Result<Self, String> {
        NAME.keep(text, '_', fault).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn names() {
        keeps::<EnvName>(&["A", "_", "-", "a.b-c_D1", ".a", "_1", &"A".repeat(300)]);
        refuses::<EnvName>(&[
            ("", "is empty"),
            ("1A", "starts with a digit"),
            ("MY VAR", "has a space; use `MY_VAR`"),
            ("A=B", "has `=`; use `A_B`"),
            ("É", "has a character outside ASCII"),
            (".", "names a directory"),
            ("..", "names a directory"),
            ("..a", "starts with `..`"),
        ]);
    }
}

//! Versions of Kubernetes that manifests are written for.

use std::fmt;

use super::Scalar;
use super::number::whole;

/// A minor version of Kubernetes 1. A patch version changes no API and is
/// not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KubernetesVersion {
    minor: u8,
}

impl KubernetesVersion {
    pub const OLDEST: Self = Self { minor: 27 };
    pub const NEWEST: Self = Self { minor: 37 };
    /// The version whose types and rules are built in.
    pub const NEWEST_KNOWN: Self = Self { minor: 36 };

    /// 33 for `1.33`.
    pub fn minor(self) -> u8 {
        self.minor
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

impl Scalar for KubernetesVersion {
    const NAME: &'static str = "Kubernetes version";
    const DOC: &'static str =
        "A version from 1.27 to 1.37, with or without `v` and a patch number.";
    const EXAMPLES: &'static [&'static str] = &["1.34", "v1.33", "1.33.1"];
    const PATTERN: &'static str = "^v?1[.](2[7-9]|3[0-7])([.][0-9]+)?$";

    fn parse(text: &str) -> Result<Self, String> {
        let malformed = || "is not a version such as `1.34`".to_string();
        let (major, rest) =
            text.strip_prefix('v').unwrap_or(text).split_once('.').ok_or_else(malformed)?;
        let (minor, patch) = rest.split_once('.').unwrap_or((rest, "0"));
        for part in [major, minor, patch] {
            whole(part, u64::MAX).map_err(|_| malformed())?;
        }
        let supported = Self::OLDEST.minor..=Self::NEWEST.minor;
        match minor.parse() {
            Ok(minor) if major == "1" && supported.contains(&minor) => Ok(Self { minor }),
            _ => Err(format!(
                "is outside {} to {}, the versions that k8sgen writes for",
                Self::OLDEST,
                Self::NEWEST
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::refuses;
    use super::*;

    #[test]
    fn versions() {
        for (text, minor) in
            [("1.27", 27), ("v1.33", 33), ("1.33.1", 33), ("1.30", 30), ("1.37", 37)]
        {
            assert_eq!(KubernetesVersion::parse(text).unwrap().minor(), minor, "{text}");
        }
        assert!(KubernetesVersion::parse("1.30").unwrap() > KubernetesVersion::OLDEST);
        assert_eq!(KubernetesVersion::NEWEST.to_string(), "1.37");
        refuses::<KubernetesVersion>(&[
            ("1.26", "is outside 1.27 to 1.37"),
            ("1.38", "is outside 1.27 to 1.37"),
            ("1.3", "is outside 1.27 to 1.37"),
            ("2.30", "is outside 1.27 to 1.37"),
            ("1.99999999999999999999", "is not a version"),
            ("1", "is not a version"),
            ("", "is not a version"),
            ("1.33.", "is not a version"),
            ("1.33.1+k3s1", "is not a version"),
            ("latest", "is not a version"),
            ("1.033", "is not a version"),
        ]);
    }
}

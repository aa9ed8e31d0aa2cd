//! How an environment is checked: rules that count otherwise, what lives elsewhere,
//! and what is waived for a while.

use std::fmt;

use crate::scalar::{Date, DnsLabel, Scalar, kept_text};

use super::decode::{At, Named};
use super::shape::{choice, record, scalars};

record! {
    /// How the objects of an environment are checked. `k8sgen check --list` shows all rules.
    "set of checks" pub struct Checks {
        /// Rules that count otherwise than their tier has it: by name, or by family.
        rules "rules": Named<RuleName, Weight>, eg "{policy/latest-tag: error}";
        /// Objects that are there without this system, and where they come from.
        elsewhere "elsewhere": Named<ObjectPattern, String>, eg "{Secret/cloud-keys: made by the platform team}";
        /// Findings that are accepted for a while, each under a name of your choice.
        waivers "waivers": Named<DnsLabel, Waiver>;
    }
    hint "waiver" => "did you mean `waivers`?";
    hint "skip" => "a rule is left out with `rules: {policy/…: off}`";
}

record! {
    /// A finding that is accepted, by whom it concerns, why, and until when.
    "waiver" pub struct Waiver {
        /// The rule.
        rule "rule": At<RuleName>, eg "policy/single-replica";
        /// The objects; a name may have a `*`.
        object "object": At<ObjectPattern>, eg "Deployment/redis";
        /// Why it is accepted.
        reason "reason": Reason, eg "one writer by design";
        /// The last day on which it counts.
        until "until": Date, eg "2027-03-31";
    }
    hint "expires" => "did you mean `until`?";
}

choice! {
    /// How much a finding of a rule counts.
    "weight of a rule" pub enum Weight {
        /// It is not looked for.
        Off "off",
        /// It is said.
        Warning "warning",
        /// Nothing is written where there is one.
        Error "error",
    }
}

kept_text! {
    /// A rule, or a family of rules.
    RuleName
}

impl Scalar for RuleName {
    const NAME: &'static str = "rule";
    const DOC: &'static str =
        "A rule by its name, `FAMILY/RULE`, or all rules of a family: `policy`.";
    const EXAMPLES: &'static [&'static str] = &["policy/latest-tag", "refs"];
    const PATTERN: &'static str = "^[a-z]+(/[a-z0-9-]+)?$";

    fn parse(text: &str) -> Result<RuleName, String> {
        let (family, rule) = text.split_once('/').unwrap_or((text, "all"));
        let is_word = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !is_word(family) || !is_word(rule) {
            return Err("expected `FAMILY/RULE`, such as `policy/latest-tag`".to_owned());
        }
        Ok(RuleName(text.into()))
    }
}

kept_text! {
    /// Why something is accepted.
    Reason
}

impl Scalar for Reason {
    const NAME: &'static str = "reason";
    const DOC: &'static str = "Why, in a few words.";
    const EXAMPLES: &'static [&'static str] = &["one writer by design"];
    const PATTERN: &'static str = "^[\\s\\S]*\\S[\\s\\S]*$";

    fn parse(text: &str) -> Result<Reason, String> {
        match text.trim().is_empty() {
            true => Err("say why".to_owned()),
            false => Ok(Reason(text.into())),
        }
    }
}

/// Objects by kind and name, of one namespace or of all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectPattern {
    kind: String,
    namespace: Option<String>,
    name: String,
}

impl ObjectPattern {
    /// The objects of a kind and a name, in any namespace.
    pub fn of(kind: &str, name: &str) -> ObjectPattern {
        ObjectPattern { kind: kind.to_owned(), namespace: None, name: name.to_owned() }
    }

    pub fn matches(&self, kind: &str, namespace: &str, name: &str) -> bool {
        glob(&self.kind, kind)
            && self.namespace.as_ref().is_none_or(|pattern| glob(pattern, namespace))
            && glob(&self.name, name)
    }
}

/// Whether a text is as a pattern says, in which one `*` stands for anything.
fn glob(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, end)) => {
            text.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some()
        }
    }
}

impl Scalar for ObjectPattern {
    const NAME: &'static str = "object pattern";
    const DOC: &'static str = "Objects by kind and name, `KIND/NAME` or `KIND/NAMESPACE/NAME`, where one `*` in each part stands for anything.";
    const EXAMPLES: &'static [&'static str] =
        &["Deployment/web", "Secret/monitoring/grafana", "Job/migrate-*"];
    const PATTERN: &'static str = "^[A-Za-z0-9*]+(/[^/\\s]+){1,2}$";

    fn parse(text: &str) -> Result<ObjectPattern, String> {
        let expected = || "expected `KIND/NAME` or `KIND/NAMESPACE/NAME`".to_owned();
        let parts: Vec<&str> = text.split('/').take(4).collect();
        let (kind, namespace, name) = match parts[..] {
            [kind, name] => (kind, None, name),
            [kind, namespace, name] => (kind, Some(namespace), name),
            _ => return Err(expected()),
        };
        let kind_is_word = kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'*');
        if !kind_is_word || parts.iter().any(|part| part.is_empty() || part.contains(' ')) {
            return Err(expected());
        }
        if parts.iter().any(|part| part.matches('*').count() > 1) {
            return Err("has more than one `*` in a part".to_owned());
        }
        Ok(ObjectPattern {
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: name.to_owned(),
        })
    }
}

impl fmt::Display for ObjectPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        f.write_str(&self.name)
    }
}

scalars!(RuleName, Reason, ObjectPattern, Date);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_what_they_say() {
        let matches = |pattern: &str, kind, namespace, name| {
            ObjectPattern::parse(pattern).unwrap().matches(kind, namespace, name)
        };
        assert!(matches("Job/migrate-*", "Job", "shop", "migrate-1"));
        assert!(matches("Job/shop/*", "Job", "shop", "migrate-1"));
        assert!(matches("*/redis", "Service", "shop", "redis"));
        assert!(!matches("Job/other/*", "Job", "shop", "migrate-1"));
        assert!(!matches("Job/aba*aba", "Job", "shop", "aba"));
        for wrong in ["Job", "Job/", "/x", "Job/a/b/c", "Job/a b", "Job/**", "J-b/x"] {
            assert!(ObjectPattern::parse(wrong).is_err(), "{wrong}");
        }
    }
}

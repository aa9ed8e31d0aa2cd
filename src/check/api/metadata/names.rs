//! What the name of an object must be: most kinds want a DNS name, some another word.

use std::net::IpAddr;

use crate::check::api::formats::{not_a, shown};
use crate::check::at::At;
use crate::check::scene::Scene;
use crate::scalar::{DnsLabel, DnsName, ServiceName, mask_trailing_dash};

/// The kinds of names that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// `NameIsDNSSubdomain`.
    DnsName,
    /// `NameIsDNSLabel`.
    DnsLabel,
    /// `NameIsDNS1035Label`.
    ServiceName,
    /// `ValidatePathSegmentName`: what every kind must keep.
    PathSegment,
    /// `ValidateIPAddressName`.
    Address,
}

/// So much of a `generateName` is kept, and characters like these are put behind it:
/// `simpleNameGenerator`.
const MOST_OF_PREFIX: usize = 58;
const MADE_UP: &str = "x2x4b";

/// What a CronJob's name leaves for the Jobs that it makes: `validateCronJob`.
const LONGEST_OF_CRON_JOBS: usize = 52;

pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>, metadata: At<'a>) {
    let (name, prefix) = (metadata.field("name"), metadata.field("generateName"));
    let rule = rule(scene, object);
    if let Some(text) = prefix.text().filter(|text| !text.is_empty())
        && let Some(reason) = rule.fault_of_prefix(text)
    {
        prefix.fault(reason);
    }
    if name.is_empty() {
        if prefix.is_empty() && !is_made_up(object) {
            name.fault_with("`name` is missing", "an object has a `name`, or a `generateName`");
        }
    } else if let Some(reason) = rule.fault(name.text_or_empty()) {
        name.fault(reason);
    }
    of_kind(object, name, prefix);
}

fn rule<'a>(scene: &Scene<'a>, object: At<'a>) -> Rule {
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        // `RelaxedServiceNameValidation` is on from 1.36.
        ("", "Service") if scene.settings.kubernetes.minor() < 36 => Rule::ServiceName,
        ("", "Service" | "Namespace") | ("apps", "StatefulSet") => Rule::DnsLabel,
        ("", "Event" | "Binding")
        | ("authentication.k8s.io" | "authorization.k8s.io", _)
        | ("certificates.k8s.io", _)
        | ("rbac.authorization.k8s.io", _)
        | ("policy", "PodDisruptionBudget")
        | ("apiregistration.k8s.io", "APIService") => Rule::PathSegment,
        ("networking.k8s.io", "IPAddress") => Rule::Address,
        _ => Rule::DnsName,
    }
}

impl Rule {
    fn fault(self, name: &str) -> Option<String> {
        match self {
            Rule::DnsName => not_a::<DnsName>(name),
            Rule::DnsLabel => not_a::<DnsLabel>(name),
            Rule::ServiceName => not_a::<ServiceName>(name),
            Rule::PathSegment => fault_of_segment(name),
            Rule::Address => fault_of_address(name),
        }
    }

    /// What comes before made-up characters may end with a hyphen.
    fn fault_of_prefix(self, prefix: &str) -> Option<String> {
        if self == Rule::PathSegment {
            return fault_of_segment(prefix).filter(|_| !matches!(prefix, "." | ".."));
        }
        let masked = mask_trailing_dash(prefix);
        let start: String = prefix.chars().take(MOST_OF_PREFIX).collect();
        let made_up = format!("{start}{MADE_UP}");
        let wrong = self.fault(&masked).or_else(|| self.fault(&made_up))?;
        Some(self.fault(prefix).unwrap_or(wrong))
    }
}

/// `IsValidPathSegmentName`.
pub fn fault_of_segment(name: &str) -> Option<String> {
    let reason = match name {
        "." | ".." => "names a directory".to_owned(),
        _ => format!("has `{}`", name.chars().find(|c| matches!(c, '/' | '%'))?),
    };
    Some(format!("{} is not a name: it {reason}", shown(name)))
}

fn fault_of_address(name: &str) -> Option<String> {
    match name.parse::<IpAddr>() {
        Ok(address) if address.to_string() == name => None,
        Ok(address) => Some(format!("{} is written `{address}`", shown(name))),
        Err(_) => Some(format!("{} is not an IP address", shown(name))),
    }
}

/// Whether a server makes up a name where there is none: that of a LimitRange, and what
/// asks for an answer has none.
fn is_made_up(object: At<'_>) -> bool {
    let subject = object.subject();
    subject.is("", "LimitRange")
        || matches!(subject.group(), "authentication.k8s.io" | "authorization.k8s.io")
}

/// What some kinds ask besides.
fn of_kind<'a>(object: At<'a>, name: At<'a>, prefix: At<'a>) {
    let subject = object.subject();
    let text = name.text_or_empty();
    match (subject.group(), subject.kind()) {
        ("batch", "CronJob") => cron_job(name, prefix),
        ("apiextensions.k8s.io", "CustomResourceDefinition") if !text.is_empty() => {
            let spec = object.field("spec");
            let plural = spec.down(&["names", "plural"]).text_or_empty();
            must_be(name, &format!("{plural}.{}", spec.field("group").text_or_empty()));
        }
        ("apiregistration.k8s.io", "APIService") if !text.is_empty() => {
            let spec = object.field("spec");
            let (version, group) = (spec.field("version"), spec.field("group"));
            must_be(name, &format!("{}.{}", version.text_or_empty(), group.text_or_empty()));
        }
        _ => {}
    }
}

fn must_be(name: At<'_>, wanted: &str) {
    let text = name.text_or_empty();
    if text != wanted {
        let message = format!("the name is {}, and what it defines {}", shown(text), shown(wanted));
        name.fault_with(message, format!("call it {}", shown(wanted)));
    }
}

/// A name that is made up can be too long as well.
fn cron_job(name: At<'_>, prefix: At<'_>) {
    let kept = prefix.text_or_empty().len().min(MOST_OF_PREFIX);
    let length = kept + MADE_UP.len();
    if name.is_empty() && kept > 0 && length > LONGEST_OF_CRON_JOBS {
        prefix.fault(format!(
            "a name made of it has {length} characters, the limit is {LONGEST_OF_CRON_JOBS}"
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_of_paths() {
        for name in ["system:node", "a b", "ü", "UPPER", "dash-", ""] {
            assert_eq!(fault_of_segment(name), None, "{name}");
        }
        for name in [".", "..", "a/b", "100%"] {
            assert!(fault_of_segment(name).is_some(), "{name}");
        }
    }

    #[test]
    fn prefixes_may_end_with_a_hyphen() {
        for (rule, prefix, fine) in [
            (Rule::DnsName, "web-", true),
            (Rule::DnsName, "web.", false),
            (Rule::DnsName, "Web-", false),
            (Rule::DnsName, "-", false),
            (Rule::DnsLabel, "web-", true),
            (Rule::DnsLabel, "a.b-", false),
            (Rule::PathSegment, "system:", true),
            (Rule::PathSegment, "..", true),
            (Rule::PathSegment, "a/", false),
        ] {
            assert_eq!(rule.fault_of_prefix(prefix).is_none(), fine, "{rule:?} {prefix}");
        }
    }

    #[test]
    fn addresses_are_canonical() {
        assert_eq!(Rule::Address.fault("10.0.0.10"), None);
        assert_eq!(Rule::Address.fault("2001:db8::1"), None);
        assert!(Rule::Address.fault("2001:DB8::1").is_some());
        assert!(Rule::Address.fault("web").is_some());
    }
}

//! Names that must work in DNS, by the three rules that Kubernetes has for them.

use std::borrow::Cow;

use super::Scalar;
use super::kept_text::kept_text;
use super::word::{Word, edge_fault};

kept_text! {
    /// An RFC 1123 label, for namespaces, containers and volumes.
    DnsLabel
}

kept_text! {
    /// An RFC 1123 subdomain, for most objects, and for host names.
    DnsName
}

kept_text! {
    /// An RFC 1035 label, for Services.
    ServiceName
}

const LABEL: Word = Word { upper: false, marks: "-", bounded: true, longest: 63 };

/// Kubernetes sets no limit of its own for the labels within one.
pub(super) const SUBDOMAIN: Word = Word { upper: false, marks: "-.", bounded: true, longest: 253 };

/// `IsDNS1123Subdomain` of Kubernetes.
pub(super) fn subdomain_fault(text: &str) -> Option<String> {
    SUBDOMAIN.fault(text).or_else(|| text.split('.').find_map(part_fault))
}

fn part_fault(part: &str) -> Option<String> {
    if part.is_empty() {
        return Some("has two dots in a row".into());
    }
    edge_fault(part).map(|fault| format!("has a part that {fault}"))
}

/// `IsDNS1035Label` of Kubernetes. A server of 1.36 takes a digit in front as
/// well, older ones do not.
fn service_fault(text: &str) -> Option<String> {
    LABEL.fault(text).or_else(|| {
        text.starts_with(|c: char| c.is_ascii_digit())
            .then(|| "starts with a digit, not a letter".into())
    })
}

/// `maskTrailingDash` of Kubernetes: what only begins a name may end with a dash, and is
/// looked at with a letter in the place of its last two characters.
pub fn mask_trailing_dash(text: &str) -> Cow<'_, str> {
    match text.len().checked_sub(2).and_then(|end| text.get(..end)) {
        Some(start) if text.ends_with('-') => Cow::Owned(format!("{start}a")),
        _ => Cow::Borrowed(text),
    }
}

impl Scalar for DnsLabel {
    const NAME: &'static str = "DNS label";
    const DOC: &'static str = "Up to 63 lower-case letters, digits and `-`, starting and ending with a letter or a digit.";
    const EXAMPLES: &'static [&'static str] = &["my-app", "redis", "node-0"];
    const PATTERN: &'static str = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

    fn parse(text: &str) -> Result<Self, String> {
        LABEL.keep(text, '-', |t| LABEL.fault(t)).map(Self)
    }
}

impl Scalar for DnsName {
    const NAME: &'static str = "DNS name";
    const DOC: &'static str = "Up to 253 lower-case letters, digits, `-` and `.`, each part starting and ending with a letter or a digit.";
    const EXAMPLES: &'static [&'static str] = &["my-app", "api.example.com"];
    const PATTERN: &'static str =
        "^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)*$";

    fn parse(text: &str) -> Result<Self, String> {
        SUBDOMAIN.keep(text, '-', subdomain_fault).map(Self)
    }
}

impl Scalar for ServiceName {
    const NAME: &'static str = "Service name";
    const DOC: &'static str = "Up to 63 lower-case letters, digits and `-`, starting with a letter and ending with a letter or a digit.";
    const EXAMPLES: &'static [&'static str] = &["miner-service", "redis"];
    const PATTERN: &'static str = "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$";

    fn parse(text: &str) -> Result<Self, String> {
        LABEL.keep(text, '-', service_fault).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn labels() {
        keeps::<DnsLabel>(&["a", "0", "my-app", "a--b", "1-a", &"a".repeat(63)]);
        refuses::<DnsLabel>(&[
            ("", "is empty"),
            ("My-App", "has an upper-case letter; use `my-app`"),
            ("my_app", "has `_`; use `my-app`"),
            ("my app ", "has a space; use `my-app`"),
            ("my.app", "has `.`; use `my-app`"),
            ("-app", "starts with `-`; use `app`"),
            ("app-", "ends with `-`; use `app`"),
            ("app\n", "has a line break; use `app`"),
            ("ü", "has a character outside ASCII"),
            (&"a".repeat(64), "has 64 characters, the limit is 63"),
        ]);
    }

    #[test]
    fn names() {
        keeps::<DnsName>(&["a", "a.b", "1.2.3", "api.example.com", &"a".repeat(253)]);
        refuses::<DnsName>(&[
            ("a..b", "has two dots in a row"),
            (".a", "starts with `.`; use `a`"),
            ("a.", "ends with `.`; use `a`"),
            ("a.-b", "has a part that starts with `-`"),
            ("a-.b", "has a part that ends with `-`"),
            ("*.example.com", "has `*`"),
            ("API.example.com", "use `api.example.com`"),
            (&"a".repeat(254), "the limit is 253"),
        ]);
    }

    #[test]
    fn services() {
        keeps::<ServiceName>(&["a", "a1", "miner-service", &"a".repeat(63)]);
        refuses::<ServiceName>(&[
            ("1a", "starts with a digit"),
            ("My_Svc", "use `my-svc`"),
            ("a.b", "use `a-b`"),
            ("", "is empty"),
        ]);
    }

    #[test]
    fn starts_of_names() {
        for (text, masked) in
            [("web-", "wea"), ("a-", "a"), ("-", "-"), ("web", "web"), ("é-", "é-")]
        {
            assert_eq!(mask_trailing_dash(text), masked);
        }
        // The dash before it goes as well: `a--` begins no name that Kubernetes refuses.
        assert_eq!(mask_trailing_dash("a--"), "aa");
    }
}

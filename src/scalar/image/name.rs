//! Image names: a registry where there is one, and a repository.

use std::net::Ipv6Addr;

use super::super::Scalar;
use super::super::kept_text::kept_text;
use super::super::number::whole;
use super::super::word::{Word, advised};

kept_text! {
    /// A repository, with the registry before it where one is given.
    ImageName
}

/// Of the repository, without its registry.
const LONGEST_PATH: usize = 255;

const COMPONENT: Word = Word { upper: false, marks: "._-", bounded: true, longest: LONGEST_PATH };
const HOST_PART: Word = Word { upper: true, marks: "-", bounded: true, longest: LONGEST_PATH };

impl ImageName {
    /// The registry with its port, where the name has one: `ghcr.io`,
    /// `localhost:5000`.
    pub fn registry(&self) -> Option<&str> {
        split_registry(&self.0).0
    }

    /// The name without its registry.
    pub fn repository(&self) -> &str {
        split_registry(&self.0).1
    }
}

/// The first component is a registry where it looks like a host: `a/b` is a
/// repository of the default registry, `a.b/c` is not.
fn split_registry(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':', '[']) || first == "localhost" => {
            (Some(first), rest)
        }
        _ => (None, name),
    }
}

/// Why the text is no name, without tag and digest.
fn name_fault(text: &str) -> Option<String> {
    let (registry, path) = split_registry(text);
    if let Some(fault) = registry.and_then(registry_fault) {
        return Some(format!("registry {fault}"));
    }
    if path.len() > LONGEST_PATH {
        return Some(format!("has a repository of more than {LONGEST_PATH} characters"));
    }
    // Container runtimes take this for the id of an image.
    if text.len() == 64 && text.bytes().all(is_lower_hex) {
        return Some("is 64 hexadecimal digits, which is an id and not a name".into());
    }
    path.split('/').find_map(component_fault)
}

fn component_fault(component: &str) -> Option<String> {
    if component.is_empty() {
        return Some("has an empty component beside a `/`".into());
    }
    if let Some(fault) = COMPONENT.fault(component) {
        return Some(format!("repository {fault}"));
    }
    let runs = component.split(|c: char| c.is_ascii_alphanumeric());
    let separates =
        |run: &str| matches!(run, "" | "." | "_" | "__") || run.bytes().all(|b| b == b'-');
    let faulty = !runs.into_iter().all(separates);
    faulty.then(|| "repository has punctuation in a row other than `__` or `--`".into())
}

fn registry_fault(registry: &str) -> Option<String> {
    let (fault, port) = match registry.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((v6, port)) => (ipv6_fault(v6), port),
            None => return Some("has no closing `]`".into()),
        },
        None => {
            let (host, port) = registry.split_at(registry.find(':').unwrap_or(registry.len()));
            (host.split('.').find_map(host_part_fault), port)
        }
    };
    fault.or_else(|| port_fault(port))
}

fn host_part_fault(part: &str) -> Option<String> {
    match part {
        "" => Some("has an empty part beside a dot".into()),
        _ => HOST_PART.fault(part),
    }
}

/// The grammar leaves out IPv4 within IPv6.
fn ipv6_fault(text: &str) -> Option<String> {
    let valid = !text.contains('.') && text.parse::<Ipv6Addr>().is_ok();
    (!valid).then(|| "is not an IPv6 address in brackets".into())
}

fn port_fault(text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let Some(port) = text.strip_prefix(':') else {
        return Some("has text behind the `]`".into());
    };
    let reason = whole(port, u16::MAX.into()).err()?;
    Some(format!("port {reason}"))
}

pub fn is_lower_hex(b: u8) -> bool {
    matches!(b, b'0'..=b'9' | b'a'..=b'f')
}

/// What is wrong with the text before any part of it is looked at.
pub fn fault_as_a_whole(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.contains(char::is_whitespace) {
        Some("has a space")
    } else if text.contains("://") {
        Some("leave out the scheme, such as `https://`")
    } else {
        None
    }
}

/// A `:` before the last `/` belongs to the registry's port.
pub fn split_tag(text: &str) -> (&str, Option<&str>) {
    let last = text.rfind('/').map_or(0, |slash| slash + 1);
    match text.get(last..).and_then(|component| component.find(':')) {
        Some(colon) => {
            let (name, tag) = text.split_at(last + colon);
            (name, tag.strip_prefix(':'))
        }
        None => (text, None),
    }
}

/// The name that stands before tag and digest.
pub fn read_name(text: &str) -> Result<ImageName, String> {
    if text.is_empty() {
        return Err("has no name".into());
    }
    let Some(reason) = name_fault(text) else {
        return Ok(ImageName(text.into()));
    };
    let better = (text.len() <= LONGEST_PATH).then(|| text.to_ascii_lowercase());
    Err(advised(reason, better.filter(|t| name_fault(t).is_none())))
}

impl Scalar for ImageName {
    const NAME: &'static str = "image name";
    const DOC: &'static str =
        "A lower-case repository, after an optional registry and a `/`, without tag and digest.";
    const EXAMPLES: &'static [&'static str] = &["redis", "ghcr.io/acme/app", "localhost:5000/app"];
    const PATTERN: &'static str = r"^[A-Za-z0-9._:/\[\]-]+$";

    fn parse(text: &str) -> Result<Self, String> {
        if let Some(reason) = fault_as_a_whole(text) {
            return Err(reason.into());
        }
        if text.contains('@') {
            return Err("has a digest; put it in `digest:`".into());
        }
        if split_tag(text).1.is_some() {
            return Err("has a tag; put it in `tag:`".into());
        }
        read_name(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn names() {
        keeps::<ImageName>(&[
            "redis",
            "library/redis",
            "a/b/c",
            "foo.bar",
            "a.b/c_d/e__f/g---h",
            "localhost/app",
            "localhost:5000/app",
            "GHCR.io/acme/app",
            "10.0.0.1:443/x",
            "[2001:db8::1]:5000/x",
            "[::1]/x",
            &"a".repeat(LONGEST_PATH),
        ]);
        refuses::<ImageName>(&[
            ("", "is empty"),
            ("my app", "has a space"),
            ("redis:7", "has a tag; put it in `tag:`"),
            ("localhost:5000/app:1", "has a tag; put it in `tag:`"),
            ("redis@sha256:00", "has a digest; put it in `digest:`"),
            ("https://ghcr.io/a", "leave out the scheme"),
            ("Redis", "repository has an upper-case letter; use `redis`"),
            ("Acme/app", "repository has an upper-case letter; use `acme/app`"),
            ("ghcr.io/Acme/app", "use `ghcr.io/acme/app`"),
            ("a//b", "has an empty component"),
            ("/a", "has an empty component"),
            ("a/", "has an empty component"),
            ("a..b", "punctuation in a row"),
            ("a_-b", "punctuation in a row"),
            ("a___b", "punctuation in a row"),
            ("-a", "repository starts with `-`"),
            ("a-", "repository ends with `-`"),
            ("a+b", "repository has `+`"),
            ("a_b.c/d", "registry has `_`"),
            ("a..b/c", "registry has an empty part beside a dot"),
            ("a.-b/c", "registry starts with `-`"),
            (":5000/app", "registry has an empty part"),
            ("host:port/app", "registry port is not a whole number"),
            ("host:99999/app", "registry port is above 65535"),
            ("[::1/x", "registry has no closing `]`"),
            ("[::ffff:1.2.3.4]/x", "registry is not an IPv6 address"),
            ("[::1]5000/x", "registry has text behind"),
            (&"a".repeat(LONGEST_PATH + 1), "more than 255 characters"),
            (&"0".repeat(64), "is 64 hexadecimal digits"),
        ]);
    }

    #[test]
    fn parts_of_a_name() {
        for (text, registry, repository) in [
            ("redis", None, "redis"),
            ("acme/app", None, "acme/app"),
            ("ghcr.io/acme/app", Some("ghcr.io"), "acme/app"),
            ("localhost:5000/app", Some("localhost:5000"), "app"),
            ("localhost/app", Some("localhost"), "app"),
        ] {
            let name = ImageName::parse(text).unwrap();
            assert_eq!(name.registry(), registry, "{text}");
            assert_eq!(name.repository(), repository, "{text}");
        }
    }
}

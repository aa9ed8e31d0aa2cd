//! Scalars of the edge: hosts, paths, rates, origins, and where certificates
//! and sources come from.

use std::fmt;

use crate::scalar::{DnsName, Duration, Scalar, kept_text};

use super::shape::{choice, scalars};

/// The hosts that requests are for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostPattern {
    Any,
    /// Every name of one more part: `*.example.com`.
    Below(DnsName),
    One(DnsName),
}

impl HostPattern {
    /// The host as Kubernetes writes it; every host is none.
    pub fn to_field(&self) -> Option<String> {
        (*self != HostPattern::Any).then(|| self.to_string())
    }

    /// Whether a certificate for this is good for the other one.
    pub fn covers(&self, other: &HostPattern) -> bool {
        match (self, other) {
            (HostPattern::Below(domain), HostPattern::One(host)) => {
                host.as_str().split_once('.').is_some_and(|(_, rest)| rest == domain.as_str())
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HostPattern::Any => f.write_str("*"),
            HostPattern::Below(domain) => write!(f, "*.{domain}"),
            HostPattern::One(host) => host.fmt(f),
        }
    }
}

impl Scalar for HostPattern {
    const NAME: &'static str = "host";
    const DOC: &'static str =
        "A host, `\"*.DOMAIN\"` for all hosts right below a domain, or `\"*\"` for every host.";
    const EXAMPLES: &'static [&'static str] = &["api.example.com", "\"*.example.com\""];
    const PATTERN: &'static str = "^(\\*|(\\*\\.)?[a-z0-9.-]+)$";

    fn parse(text: &str) -> Result<HostPattern, String> {
        if text == "*" {
            return Ok(HostPattern::Any);
        }
        if let Some(domain) = text.strip_prefix("*.") {
            if text.len() > 253 {
                return Err("has more than 253 characters".to_owned());
            }
            return DnsName::parse(domain).map(HostPattern::Below);
        }
        let host = DnsName::parse(text)?;
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        // ValidateIngress: must be a DNS name, not an IP address.
        if text.split('.').count() == 4 && text.split('.').all(digits) {
            return Err("an address is no host; write its name".to_owned());
        }
        Ok(HostPattern::One(host))
    }
}

kept_text! {
    /// A path of requests.
    HttpPath
}

impl HttpPath {
    /// Why it cannot stand for itself or for what begins with it. As a pattern
    /// of a controller's own it may.
    pub fn fault(&self) -> Option<String> {
        plain_path_fault(&self.0)
    }
}

/// What the API refuses in a path that is compared as it is.
pub fn plain_path_fault(path: &str) -> Option<String> {
    const INSIDE: [&str; 5] = ["//", "/./", "/../", "%2f", "%2F"];
    const AT_END: [&str; 2] = ["/..", "/."];
    if !path.starts_with('/') {
        return Some("a path begins with `/`".to_owned());
    }
    let inside = INSIDE.iter().find(|part| path.contains(**part));
    let at_end = AT_END.iter().find(|part| path.ends_with(**part));
    match (inside, at_end) {
        (Some(part), _) => Some(format!("a path has no `{part}`")),
        (None, Some(part)) => Some(format!("a path does not end with `{part}`")),
        (None, None) => None,
    }
}

impl Scalar for HttpPath {
    const NAME: &'static str = "path";
    const DOC: &'static str = "A path of requests, from `/` on.";
    const EXAMPLES: &'static [&'static str] = &["/", "/api"];
    const PATTERN: &'static str = "^/[^\\s]*$";

    fn parse(text: &str) -> Result<HttpPath, String> {
        if !text.starts_with('/') {
            return Err("a path begins with `/`".to_owned());
        }
        if text.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err("a path has no blanks and no control characters".to_owned());
        }
        Ok(HttpPath(text.into()))
    }
}

/// How many requests in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    pub requests: u32,
    pub period: Duration,
}

impl Scalar for Rate {
    const NAME: &'static str = "rate";
    const DOC: &'static str = "How many requests in a period: `N per DURATION`.";
    const EXAMPLES: &'static [&'static str] = &["100 per 1s", "600 per 1m"];
    const PATTERN: &'static str = "^\\d+ per [0-9a-z.]+$";

    fn parse(text: &str) -> Result<Rate, String> {
        let (requests, period) = text.split_once(" per ").ok_or("expected `N per DURATION`")?;
        let requests = requests
            .parse::<u32>()
            .ok()
            .filter(|number| (1..=1_000_000).contains(number))
            .ok_or("the number is whole, from 1 to 1000000")?;
        let period = Duration::parse(period)?;
        if period.as_secs_exact().is_none_or(|secs| secs == 0) {
            return Err("the period is a whole number of seconds, at least 1s".to_owned());
        }
        Ok(Rate { requests, period })
    }
}

kept_text! {
    /// Whose scripts may ask, as a browser names it.
    Origin
}

impl Scalar for Origin {
    const NAME: &'static str = "origin";
    const DOC: &'static str = "A scheme, a host and perhaps a port, `https://*.DOMAIN` for all hosts right below a domain, or `\"*\"`.";
    const EXAMPLES: &'static [&'static str] = &["https://app.example.com", "http://localhost:3000"];
    const PATTERN: &'static str = "^(\\*|https?://(\\*\\.)?[a-z0-9.-]+(:\\d+)?)$";

    fn parse(text: &str) -> Result<Origin, String> {
        if text == "*" {
            return Ok(Origin(text.into()));
        }
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or("begins with `https://` or `http://`")?;
        let (host, port) = rest.split_once(':').map_or((rest, None), |(h, p)| (h, Some(p)));
        if host.contains('/') || port.is_some_and(|port| port.contains('/')) {
            return Err("an origin has no path".to_owned());
        }
        DnsName::parse(host.strip_prefix("*.").unwrap_or(host))?;
        if let Some(port) = port {
            crate::scalar::PortNumber::parse(port)?;
        }
        Ok(Origin(text.into()))
    }
}

kept_text! {
    /// A repository as git and its friends name it.
    RepositoryUrl
}

impl Scalar for RepositoryUrl {
    const NAME: &'static str = "repository";
    const DOC: &'static str = "The address of a repository.";
    const EXAMPLES: &'static [&'static str] =
        &["https://github.com/example/shop.git", "git@github.com:example/shop.git"];
    const PATTERN: &'static str = "^[^\\s]+:[^\\s]+$";

    fn parse(text: &str) -> Result<RepositoryUrl, String> {
        if text.contains(|c: char| c.is_control() || c.is_whitespace()) {
            return Err("an address has no blanks".to_owned());
        }
        let (before, after) = text.split_once(':').ok_or("expected `https://…` or `git@HOST:…`")?;
        if before.is_empty() || after.trim_start_matches('/').is_empty() {
            return Err("expected `https://…` or `git@HOST:…`".to_owned());
        }
        // `https://user:password@host`: what is deployed is no place for it.
        let authority = after.strip_prefix("//").and_then(|rest| rest.split('/').next());
        if authority
            .is_some_and(|part| part.split_once('@').is_some_and(|(user, _)| user.contains(':')))
        {
            return Err("no password stands in an address; the controller has it".to_owned());
        }
        Ok(RepositoryUrl(text.into()))
    }
}

/// Who gives certificates by ACME.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AcmeServer(String);

impl AcmeServer {
    /// Its directory.
    pub fn url(&self) -> &str {
        match self.0.as_str() {
            "letsencrypt" => "https://acme-v02.api.letsencrypt.org/directory",
            "letsencrypt-staging" => "https://acme-staging-v02.api.letsencrypt.org/directory",
            url => url,
        }
    }
}

impl Scalar for AcmeServer {
    const NAME: &'static str = "ACME server";
    const DOC: &'static str =
        "`letsencrypt`, `letsencrypt-staging`, or the address of a server's directory.";
    const EXAMPLES: &'static [&'static str] =
        &["letsencrypt", "https://ca.example.com/acme/directory"];
    const PATTERN: &'static str = "^(letsencrypt(-staging)?|https://[^\\s]+)$";

    fn parse(text: &str) -> Result<AcmeServer, String> {
        let known = matches!(text, "letsencrypt" | "letsencrypt-staging");
        let host = text.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        let blank = text.contains(|c: char| c.is_control() || c.is_whitespace());
        if known || (host.is_some_and(|host| !host.is_empty()) && !blank) {
            Ok(AcmeServer(text.to_owned()))
        } else {
            Err("expected `letsencrypt`, `letsencrypt-staging` or `https://…`".to_owned())
        }
    }
}

choice! {
    /// A method of requests.
    "method" pub enum HttpMethod {
        /// Read.
        Get "GET",
        /// Read the headers alone.
        Head "HEAD",
        /// Hand in.
        Post "POST",
        /// Replace.
        Put "PUT",
        /// Change a part.
        Patch "PATCH",
        /// Remove.
        Delete "DELETE",
        /// Ask what is possible.
        Options "OPTIONS",
        /// A tunnel.
        Connect "CONNECT",
        /// Send back.
        Trace "TRACE",
    }
}

scalars!(HostPattern, HttpPath, Rate, Origin, RepositoryUrl, AcmeServer);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for text in ["*", "*.example.com", "a.example.com", "localhost", "1.2.3"] {
            assert_eq!(HostPattern::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "*.", "*a.example.com", "a.*.com", "1.2.3.4", "A.example.com", "a..b"] {
            assert!(HostPattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_wildcard_covers_one_part() {
        let host = |text| HostPattern::parse(text).unwrap();
        assert!(host("*.a.b").covers(&host("x.a.b")));
        assert!(!host("*.a.b").covers(&host("x.y.a.b")));
        assert!(!host("*.a.b").covers(&host("a.b")));
        assert!(host("a.b").covers(&host("a.b")));
    }

    #[test]
    fn rates_and_origins() {
        assert_eq!(Rate::parse("100 per 1s").unwrap().requests, 100);
        for text in ["100", "0 per 1s", "1 per 0s", "1 per 1.5s", "x per 1s"] {
            assert!(Rate::parse(text).is_err(), "{text}");
        }
        for text in ["*", "https://a.b", "http://localhost:3000", "https://*.a.b:8080"] {
            assert!(Origin::parse(text).is_ok(), "{text}");
        }
        for text in ["a.b", "https://a.b/c", "ftp://a.b", "https://a:0", "https://"] {
            assert!(Origin::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn no_password_stands_in_an_address() {
        assert!(RepositoryUrl::parse("https://me:hidden@github.com/a/b").is_err());
        assert!(RepositoryUrl::parse("ssh://git@github.com:22/a/b").is_ok());
        assert!(RepositoryUrl::parse("git@github.com:a/b.git").is_ok());
    }
}

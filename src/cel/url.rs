//! Addresses on the web, as Go's `net/url` reads them.

/// The parts of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    pub scheme: String,
    /// With its port, without the user.
    pub host: String,
    pub escaped_path: String,
    pub query: Vec<(String, Vec<String>)>,
}

/// An absolute URL, or an absolute path, as `url.ParseRequestURI` takes it; its fragment
/// is left out.
pub fn url(text: &str) -> Option<Url> {
    if text.is_empty() || text.bytes().any(|b| b < b' ' || b == 0x7f) {
        return None;
    }
    if text == "*" {
        let none = String::new;
        return Some(Url { scheme: none(), host: none(), escaped_path: "*".into(), query: vec![] });
    }
    // Of the fragment it is first looked at as if it belonged to what stands before it.
    let (scheme, rest) = scheme(text)?;
    let before_query = rest.split_once('?').map_or(rest, |(before, _)| before);
    if !before_query.starts_with('/') {
        // `mailto:someone` has a scheme and no path.
        if scheme.is_empty() {
            return None;
        }
        let opaque =
            Url { scheme, host: String::new(), escaped_path: String::new(), query: query(rest) };
        return Some(opaque);
    }
    if !has_good_escapes(authority_and_path(before_query, &scheme).1, false) {
        return None;
    }
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let before_query = rest.split_once('?').map_or(rest, |(before, _)| before);
    let (authority, path) = authority_and_path(before_query, &scheme);
    let host = match authority {
        Some(authority) => host(authority)?,
        None => String::new(),
    };
    Some(Url { scheme, host, escaped_path: escaped(path), query: query(rest) })
}

/// The scheme in lower case, and what follows it.
fn scheme(text: &str) -> Option<(String, &str)> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' => return Some((String::new(), text)),
            b':' if at == 0 => return None,
            b':' => return Some((text.get(..at)?.to_ascii_lowercase(), text.get(at + 1..)?)),
            _ => return Some((String::new(), text)),
        }
    }
    Some((String::new(), text))
}

fn authority_and_path<'t>(rest: &'t str, scheme: &str) -> (Option<&'t str>, &'t str) {
    let after = rest.strip_prefix("//").filter(|_| !scheme.is_empty() || !rest.starts_with("///"));
    match after {
        Some(after) => {
            let end = after.find('/').unwrap_or(after.len());
            let (authority, path) = after.split_at(end);
            (Some(authority), path)
        }
        None => (None, rest),
    }
}

/// The host of `user:password@host:80`, if all of it is well formed.
fn host(authority: &str) -> Option<String> {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let user_byte = |b: u8| b.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&b);
    if user.is_some_and(|user| !user.bytes().all(user_byte) || !has_good_escapes(user, false)) {
        return None;
    }
    let (name, port) = match host.strip_prefix('[') {
        Some(inner) => {
            let (six, port) = inner.rsplit_once(']')?;
            let address = six.split_once("%25").map_or(six, |(address, _)| address);
            address.parse::<std::net::Ipv6Addr>().ok()?;
            (six, port)
        }
        None => {
            let colon = host.rfind(':').unwrap_or(host.len());
            let (name, port) = host.split_at(colon);
            // Only an address in brackets may have colons of its own.
            if name.contains(':') {
                return None;
            }
            (name, port)
        }
    };
    let good_port = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    let bad = |b: u8| b" \\^`{|}#?/".contains(&b);
    if !good_port || name.bytes().any(bad) || !has_good_escapes(name, true) {
        return None;
    }
    unescaped(host, false)
}

/// Whether each `%` is followed by two hexadecimal digits. In a host only bytes beyond
/// ASCII, and few others, may be escaped.
fn has_good_escapes(text: &str, in_host: bool) -> bool {
    text.split('%').skip(1).all(|behind| {
        let digits = behind.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
        digits.is_some_and(|two| {
            let high = two.bytes().next().is_some_and(|b| b >= b'8');
            !in_host || high || two == "25"
        })
    })
}

fn unescaped(text: &str, plus_is_blank: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            }
            b'+' if plus_is_blank => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A path with what must be escaped in it escaped.
fn escaped(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@!'()*%[]".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// The values of each key behind the `?`.
fn query(rest: &str) -> Vec<(String, Vec<String>)> {
    let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
    let Some((_, query)) = rest.split_once('?') else { return Vec::new() };
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty() && !pair.contains(';')) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (Some(key), Some(value)) = (unescaped(key, true), unescaped(value, true)) else {
            continue;
        };
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => all.push((key, vec![value])),
        }
    }
    all
}

impl Url {
    /// The host without its port and brackets.
    pub fn hostname(&self) -> &str {
        self.split_host().0
    }

    pub fn port(&self) -> &str {
        self.split_host().1
    }

    fn split_host(&self) -> (&str, &str) {
        let after_address = self.host.rfind(']').unwrap_or_default();
        let (name, port) = match self.host.rfind(':').filter(|at| *at >= after_address) {
            Some(at) => (&self.host[..at], &self.host[at + 1..]),
            None => (&*self.host, ""),
        };
        let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
        (inner.unwrap_or(name), port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_as_go_reads_them() {
        for (text, wanted) in [
            ("https://user:pass@example.com:80/path?query=val#fragment", true),
            ("/absolute-path", true),
            ("https://a:b:c/", false),
            ("../relative-path", false),
            ("https://[::1]:80/", true),
            ("https://[::1", false),
            ("https://example.com:port/", false),
            ("https://example.com/%zz", false),
            ("https://exa mple.com/", false),
            ("http://example.com/with space", true),
            ("mailto:someone@example.com", true),
            ("example.com", false),
            ("", false),
            ("://x", false),
        ] {
            assert_eq!(url(text).is_some(), wanted, "{text}");
        }
        let full = url("https://u@[::1]:8443/a b?k=1&k=2&x+y=%20#f").unwrap();
        assert_eq!((full.hostname(), full.port()), ("::1", "8443"));
        assert_eq!(full.host, "[::1]:8443");
        assert_eq!(full.escaped_path, "/a%20b");
        let two = vec!["1".to_owned(), "2".to_owned()];
        assert_eq!(full.query, [("k".into(), two), ("x y".into(), vec![" ".into()])]);
        assert_eq!(url("https://example.com").unwrap().escaped_path, "");
    }
}

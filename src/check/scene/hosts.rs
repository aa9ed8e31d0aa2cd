//! The names of Services in texts: arguments, environment variables, config files.

/// A host that a text names, with its port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host<'t> {
    /// One pod of the Service, or what stands for one.
    pub pod: Option<&'t str>,
    pub service: &'t str,
    /// Nothing where the text leaves it to whoever looks it up.
    pub namespace: Option<&'t str>,
    pub port: Option<u16>,
    pub form: Form,
}

/// How sure it is that a text means a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `web.shop.svc.cluster.local`.
    Full,
    /// `web.shop.svc`, where nothing else says that it is a host.
    Short,
    /// `http://web` or `http://web.shop`.
    Url,
    /// `web:80` or `web.shop:80`.
    Bare,
}

/// The hosts of a text that may be Services of a cluster with this domain.
pub fn hosts<'t>(text: &'t str, domain: &str) -> Vec<Host<'t>> {
    let mut found = Vec::new();
    let full = text.match_indices(".svc").filter_map(|(at, _)| full(text, at, domain));
    found.extend(full);
    for (at, _) in text.match_indices(':') {
        let after = text.get(at + 1..).unwrap_or_default();
        found.extend(match after.strip_prefix("//") {
            Some(rest) => url(text.get(..at).unwrap_or_default(), rest),
            None => bare(text, at),
        });
    }
    found
}

fn is_label_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// No name is longer, nor is the command that a name is an argument of.
const LONGEST: usize = 512;

/// What of a text stands directly before a place and could be a name, and the byte
/// before that.
fn word_before(text: &str, end: usize) -> (&str, Option<u8>) {
    let before = text.as_bytes().get(..end).unwrap_or_default();
    let letters = before.iter().rev().take(LONGEST).take_while(|byte| is_label_byte(**byte));
    let start = end - letters.count();
    if end - start == LONGEST {
        return ("", None);
    }
    let left = start.checked_sub(1).and_then(|at| before.get(at)).copied();
    (text.get(start..end).unwrap_or_default(), left)
}

/// Whether a name may begin behind this byte. Behind others it may be half of one:
/// `$(NAME).shop.svc`.
fn begins_after(left: Option<u8>) -> bool {
    left.is_none_or(|left| left.is_ascii_whitespace() || b"\"'`/@=,;([<:|{".contains(&left))
}

/// Whether a name or number ends before this byte.
fn ends_before(right: Option<u8>) -> bool {
    right.is_none_or(|right| right.is_ascii_whitespace() || b"\"'`/,;)]}>|?&#\\".contains(&right))
}

fn is_dns_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let (first, last) = (label.bytes().next(), label.bytes().last());
    label.len() <= 63
        && label.bytes().all(inner)
        && [first, last].iter().all(|edge| edge.is_some_and(|byte| byte != b'-'))
}

/// A port at the start of a text.
fn port_in(text: &str) -> Option<u16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let port = text.get(..digits)?.parse().ok().filter(|port| *port > 0)?;
    ends_before(text.as_bytes().get(digits).copied()).then_some(port)
}

/// `web.shop.svc` or `db-0.db.shop.svc.cluster.local`, with its `.svc` at this place.
fn full<'t>(text: &'t str, at: usize, domain: &str) -> Option<Host<'t>> {
    let (word, left) = word_before(text, at);
    let rest = text.get(at + ".svc".len()..)?;
    let of_domain = rest.strip_prefix('.').and_then(|rest| rest.strip_prefix(domain));
    let has_domain = of_domain.is_some();
    let rest = of_domain.unwrap_or(rest);
    // The dot of a name that is complete, or of a sentence.
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    if rest.bytes().next().is_some_and(is_label_byte) {
        return None;
    }
    let mut labels: Vec<&str> = word.split('.').collect();
    if !begins_after(left) || labels.first() == Some(&"") {
        labels.remove(0);
    }
    let namespace = labels.pop().filter(|label| is_dns_label(label))?;
    let service = labels.pop().filter(|label| is_dns_label(label))?;
    let pod = labels.pop().filter(|label| is_dns_label(label));
    let after_colon = rest.strip_prefix(':');
    let port = match after_colon {
        Some(port) => port_in(port),
        // `nc -z HOST PORT`
        None => {
            let port = rest.strip_prefix(' ').and_then(port_in);
            port.filter(|_| asks_netcat(text, at))
        }
    };
    let is_host = has_domain || after_colon.is_some() || left == Some(b'/') || left == Some(b'@');
    let form = if is_host { Form::Full } else { Form::Short };
    Some(Host { pod, service, namespace: Some(namespace), port, form })
}

fn asks_netcat(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(at.saturating_sub(LONGEST)..at).unwrap_or_default();
    let command = before.rsplit(|byte| b"\n;|&".contains(byte)).next().unwrap_or_default();
    command.split(u8::is_ascii_whitespace).any(|word| word == b"nc")
}

/// `http://web:80/`, from what stands before and behind `://`.
fn url<'t>(before: &str, rest: &'t str) -> Option<Host<'t>> {
    let (scheme, _) = word_before(before, before.len());
    let end = rest.bytes().position(|byte| ends_before(Some(byte))).unwrap_or(rest.len());
    let authority = rest.get(..end)?;
    let host = authority.rsplit('@').next()?;
    let (name, port) = match host.split_once(':') {
        Some((name, port)) => (name, port_in(port)),
        None => (
            host,
            match scheme {
                "http" => Some(80),
                "https" => Some(443),
                _ => None,
            },
        ),
    };
    short(name, port, Form::Url)
}

/// `web:80`, with its colon at this place.
fn bare(text: &str, colon: usize) -> Option<Host<'_>> {
    let port = port_in(text.get(colon + 1..)?)?;
    let (word, left) = word_before(text, colon);
    // Hosts of URLs are read as such.
    let is_in_url = matches!(left, Some(b'/' | b'@' | b':'));
    if is_in_url || !begins_after(left) {
        return None;
    }
    // What ends in `@` is a user and a password, and what is small a version: `redis:7`.
    let end = text.get(colon + 1..)?.bytes().position(|byte| !byte.is_ascii_digit());
    let right = end.and_then(|end| text.as_bytes().get(colon + 1 + end));
    if right == Some(&b'@') || port < 80 && ![22, 25, 53].contains(&port) {
        return None;
    }
    short(word, Some(port), Form::Bare)
}

/// A name that is not complete: of the same namespace, or with another one.
fn short(name: &str, port: Option<u16>, form: Form) -> Option<Host<'_>> {
    let (service, namespace) = match name.split_once('.') {
        Some((service, namespace)) => (service, Some(namespace)),
        None => (name, None),
    };
    let begins_as_name = service.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    (begins_as_name && is_dns_label(service) && namespace.is_none_or(is_dns_label))
        .then_some(Host { pod: None, service, namespace, port, form })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let show = |host: Host<'_>| {
            let Host { pod, service, namespace, port, form } = host;
            let pod = pod.map(|pod| format!("{pod}.")).unwrap_or_default();
            let namespace = namespace.map(|name| format!(".{name}")).unwrap_or_default();
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            format!("{form:?} {pod}{service}{namespace}{port}")
        };
        hosts(text, "cluster.local").into_iter().map(show).collect()
    }

    #[test]
    fn names_within_the_cluster() {
        for (text, host) in [
            ("web.shop.svc.cluster.local:80", "Full web.shop:80"),
            ("web.shop.svc", "Short web.shop"),
            ("web.shop.svc:80/path", "Full web.shop:80"),
            ("see web.shop.svc.cluster.local.", "Full web.shop"),
            ("db-0.db.shop.svc.cluster.local", "Full db-0.db.shop"),
            ("$(POD).db.shop.svc.cluster.local", "Full db.shop"),
            ("_web._tcp.web.shop.svc.cluster.local", "Full web.shop"),
            ("user:word@web.shop.svc:5432/x", "Full web.shop:5432"),
            ("until nc -z -w 2 web.shop.svc.cluster.local 80; do", "Full web.shop:80"),
            ("ping web.shop.svc.cluster.local 80", "Full web.shop"),
        ] {
            assert_eq!(read(text), [host], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one() {
        for text in [
            ".svc,.svc.cluster.local",
            "*.shop.svc.cluster.local",
            "$(NAME).shop.svc.cluster.local",
            "web.$(NAMESPACE).svc.cluster.local",
            "web-$(ENV).shop.svc",
            "${ENV}-web.shop.svc",
            "{{ .name }}.shop.svc",
            "api.svc.example.com",
            "web.shop.svc.other.local",
            "this.svcs",
            "1-2-3-4.shop.pod.cluster.local",
        ] {
            assert_eq!(read(text), [""; 0], "{text}");
        }
    }

    /// Who names a host ten thousand times on one line is not looked back over each time.
    #[test]
    fn long_texts() {
        const COUNT: usize = 50_000;
        assert_eq!(read(&"web.shop.svc 80 ".repeat(COUNT)).len(), COUNT);
        assert!(read(&".svc".repeat(COUNT)).is_empty());
        assert!(read(&"a.".repeat(COUNT).replace("a.a.a.a.", "a.a.a:90")).is_empty());
        let far = format!("nc {}é web.shop.svc 80", " ".repeat(LONGEST));
        assert_eq!(read(&far), ["Short web.shop"]);
    }

    #[test]
    fn urls_and_bare_names() {
        assert_eq!(read("http://web/x"), ["Url web:80"]);
        assert_eq!(read("https://web.shop"), ["Url web.shop:443"]);
        assert_eq!(read("redis://:sesame@redis:6379/0"), ["Url redis:6379"]);
        assert_eq!(read("postgres://u:123@db/x"), ["Url db"]);
        assert_eq!(read("web:8080"), ["Bare web:8080"]);
        assert_eq!(read("a=web:8080,b=api.shop:8081"), ["Bare web:8080", "Bare api.shop:8081"]);
        for text in [
            "redis:7",
            "redis:7-alpine",
            "redis:6379.1",
            "12:30",
            "localhost.localdomain.x:80",
            "\"port\":8080",
            "http://$HOST:80/",
            "http://a.example.com/",
            "10.0.0.1:80",
            "sha256:12345",
        ] {
            let read = read(text);
            assert!(read.is_empty() || text.starts_with("sha256"), "{text} {read:?}");
        }
    }
}

//! Kubernetes' types of Secrets: their short words, and the keys that each has.

use std::sync::LazyLock;

use crate::diagnostic::nearest;
use crate::scalar::{ConfigKey, Scalar, kept_text};

use super::shape::scalars;

/// A type, in full.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SecretType(String);

/// What Kubernetes demands of the keys of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    All,
    /// At least one of them.
    Any,
}

struct Known {
    word: Option<&'static str>,
    name: &'static str,
    keys: &'static [&'static str],
    needs: Needs,
}

const fn known(
    word: Option<&'static str>,
    name: &'static str,
    keys: &'static [&'static str],
) -> Known {
    Known { word, name, keys, needs: Needs::All }
}

/// ValidateSecret.
const KNOWN: &[Known] = &[
    known(Some("Opaque"), "Opaque", &[]),
    known(Some("tls"), "kubernetes.io/tls", &["tls.crt", "tls.key"]),
    known(Some("registry"), "kubernetes.io/dockerconfigjson", &[".dockerconfigjson"]),
    Known {
        needs: Needs::Any,
        ..known(Some("basicAuth"), "kubernetes.io/basic-auth", &["username", "password"])
    },
    known(Some("sshAuth"), "kubernetes.io/ssh-auth", &["ssh-privatekey"]),
    known(None, "kubernetes.io/dockercfg", &[".dockercfg"]),
];

/// The keys of each known type, as the profile's own type of them.
static KEYS: LazyLock<Vec<Vec<ConfigKey>>> = LazyLock::new(|| {
    let keys = |known: &Known| known.keys.iter().filter_map(|key| ConfigKey::parse(key).ok());
    KNOWN.iter().map(|known| keys(known).collect()).collect()
});

impl SecretType {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn known(&self) -> Option<(usize, &'static Known)> {
        KNOWN.iter().enumerate().find(|(_, known)| known.name == self.0)
    }

    /// The keys that a Secret of this type has.
    pub fn keys(&self) -> &'static [ConfigKey] {
        self.known().and_then(|(at, _)| KEYS.get(at)).map_or(&[], Vec::as_slice)
    }

    pub fn needs(&self) -> Needs {
        self.known().map_or(Needs::All, |(_, known)| known.needs)
    }

    pub fn is_opaque(&self) -> bool {
        self.0 == "Opaque"
    }

    /// Whether it holds passwords of registries.
    pub fn is_registry(&self) -> bool {
        self.0 == "kubernetes.io/dockerconfigjson"
    }

    /// Whether the value of its key is JSON.
    pub fn is_json(&self) -> bool {
        self.is_registry() || self.0 == "kubernetes.io/dockercfg"
    }
}

impl Scalar for SecretType {
    const NAME: &'static str = "type of Secret";
    const DOC: &'static str = "`Opaque`, `tls`, `registry` (`kubernetes.io/dockerconfigjson`), `basicAuth`, `sshAuth`, or a type in full.";
    const EXAMPLES: &'static [&'static str] = &["tls", "registry", "kubernetes.io/basic-auth"];
    const PATTERN: &'static str = "^[A-Za-z0-9._/-]+$";

    fn parse(text: &str) -> Result<SecretType, String> {
        let by_word = KNOWN.iter().find(|known| known.word == Some(text));
        if let Some(known) = by_word.or_else(|| KNOWN.iter().find(|known| known.name == text)) {
            return Ok(SecretType(known.name.to_owned()));
        }
        let all = KNOWN.iter().flat_map(|known| [known.word, Some(known.name)]).flatten();
        let near = |otherwise: &str| match nearest(text, all) {
            Some(name) => format!("did you mean `{name}`?"),
            None => otherwise.to_owned(),
        };
        if text == "kubernetes.io/service-account-token" {
            return Err("Kubernetes makes these itself, for an account".to_owned());
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
        match text.split_once('/') {
            None => Err(near("a type of your own has a domain: `example.com/keys`")),
            Some(("kubernetes.io", _)) => Err(near("Kubernetes has no such type")),
            Some(("", _) | (_, "")) => Err("a domain and a name: `example.com/keys`".to_owned()),
            Some(_) if !text.chars().all(allowed) => {
                Err("a type has letters, digits, `-`, `.` and `/`".to_owned())
            }
            Some(_) => Ok(SecretType(text.to_owned())),
        }
    }
}

kept_text! {
    /// A registry, as a client's settings name it.
    RegistryServer
}

impl Scalar for RegistryServer {
    const NAME: &'static str = "registry";
    const DOC: &'static str = "The host of a registry, with a port or a path where it has one. Docker Hub is `https://index.docker.io/v1/`.";
    const EXAMPLES: &'static [&'static str] = &["ghcr.io", "registry.example.com:5000"];
    const PATTERN: &'static str = "^[A-Za-z0-9][A-Za-z0-9.:/_-]{0,254}$";

    fn parse(text: &str) -> Result<RegistryServer, String> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._/:".contains(c);
        match text.chars().next() {
            None => Err("is empty".to_owned()),
            Some(first) if !first.is_ascii_alphanumeric() => Err("begins with a host".to_owned()),
            Some(_) if !text.chars().all(allowed) || text.len() > 255 => {
                Err("a host has letters, digits, `-` and `.`".to_owned())
            }
            Some(_) => Ok(RegistryServer(text.into())),
        }
    }
}

scalars!(SecretType, RegistryServer);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_full_types() {
        let full = |text: &str| SecretType::parse(text).map(|kind| kind.0);
        assert_eq!(full("tls").unwrap(), "kubernetes.io/tls");
        assert_eq!(full("kubernetes.io/tls").unwrap(), "kubernetes.io/tls");
        assert_eq!(full("example.com/a").unwrap(), "example.com/a");
        assert_eq!(full("tsl").unwrap_err(), "did you mean `tls`?");
        assert!(full("kubernetes.io/basic-auht").unwrap_err().contains("basic-auth"));
        assert!(full("a").is_err() && full("a/").is_err() && full("a/b c").is_err());
        let tls = SecretType::parse("tls").unwrap();
        assert_eq!(tls.keys().iter().map(|key| key.as_str()).collect::<Vec<_>>().len(), 2);
    }
}

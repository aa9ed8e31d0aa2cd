//! Scalars that name something else in the profile: `service/port`,
//! `config/key`, a port by name or number. They are read here and looked up in
//! `index`.

use std::fmt;

use crate::scalar::{
    ConfigKey, DnsLabel, DnsName, ImageReference, PortName, PortNumber, Scalar, kept_text,
};

use super::shape::scalars;

/// A port of a container, by name or number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PortRef {
    Name(PortName),
    Number(PortNumber),
}

impl Scalar for PortRef {
    const NAME: &'static str = "port";
    const DOC: &'static str = "A port by its name or its number.";
    const EXAMPLES: &'static [&'static str] = &["http", "8080"];
    const PATTERN: &'static str = "^[a-z0-9-]+$";

    fn parse(text: &str) -> Result<PortRef, String> {
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            PortNumber::parse(text).map(PortRef::Number)
        } else {
            PortName::parse(text).map(PortRef::Name)
        }
    }
}

impl fmt::Display for PortRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PortRef::Name(name) => name.fmt(f),
            PortRef::Number(number) => number.fmt(f),
        }
    }
}

/// A port of a Service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// Where several namespaces have a Service of the name.
    pub namespace: Option<DnsLabel>,
    pub service: DnsName,
    pub port: PortRef,
}

impl Scalar for Endpoint {
    const NAME: &'static str = "service port";
    const DOC: &'static str = "A port of a Service of this system: `SERVICE/PORT`, or `NAMESPACE/SERVICE/PORT` where several namespaces have a Service of the name.";
    const EXAMPLES: &'static [&'static str] = &["redis/redis", "web/8080"];
    const PATTERN: &'static str = "^([a-z0-9-]+/)?[a-z0-9.-]+/[a-z0-9-]+$";

    fn parse(text: &str) -> Result<Endpoint, String> {
        let (service, port) =
            text.rsplit_once('/').ok_or("expected a Service and its port: `SERVICE/PORT`")?;
        let (namespace, service) = match service.split_once('/') {
            Some((namespace, service)) => (Some(DnsLabel::parse(namespace)?), service),
            None => (None, service),
        };
        Ok(Endpoint { namespace, service: DnsName::parse(service)?, port: PortRef::parse(port)? })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        write!(f, "{}/{}", self.service, self.port)
    }
}

/// One key of a ConfigMap or Secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyRef {
    pub name: DnsName,
    pub key: ConfigKey,
}

impl Scalar for KeyRef {
    const NAME: &'static str = "key reference";
    const DOC: &'static str = "A key of a ConfigMap or Secret of this system: `NAME/KEY`.";
    const EXAMPLES: &'static [&'static str] = &["app-config/LOG_LEVEL"];
    const PATTERN: &'static str = "^[a-z0-9.-]+/[A-Za-z0-9._-]+$";

    fn parse(text: &str) -> Result<KeyRef, String> {
        let (name, key) = text.split_once('/').ok_or("expected a name and a key: `NAME/KEY`")?;
        Ok(KeyRef { name: DnsName::parse(name)?, key: ConfigKey::parse(key)? })
    }
}

/// A ConfigMap or Secret as a directory, or one key of it as a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileRef {
    pub name: DnsName,
    pub key: Option<ConfigKey>,
}

impl Scalar for FileRef {
    const NAME: &'static str = "file reference";
    const DOC: &'static str = "A ConfigMap or Secret of this system, as a directory (`NAME`) or one file of it (`NAME/KEY`).";
    const EXAMPLES: &'static [&'static str] = &["app-config", "app-config/settings.toml"];
    const PATTERN: &'static str = "^[a-z0-9.-]+(/[A-Za-z0-9._-]+)?$";

    fn parse(text: &str) -> Result<FileRef, String> {
        Ok(match text.split_once('/') {
            None => FileRef { name: DnsName::parse(text)?, key: None },
            Some((name, key)) => {
                FileRef { name: DnsName::parse(name)?, key: Some(ConfigKey::parse(key)?) }
            }
        })
    }
}

/// What an HTTP probe asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HttpTarget {
    pub port: PortRef,
    pub path: String,
}

impl Scalar for HttpTarget {
    const NAME: &'static str = "HTTP target";
    const DOC: &'static str = "A port and a path: `PORT/PATH`.";
    const EXAMPLES: &'static [&'static str] = &["http/healthz", "8080/api/health/ready"];
    const PATTERN: &'static str = "^[a-z0-9-]+(/.*)?$";

    fn parse(text: &str) -> Result<HttpTarget, String> {
        if text.starts_with('/') {
            return Err("the port comes first: `PORT/PATH`".to_owned());
        }
        let end = text.find('/').unwrap_or(text.len());
        let path = if end == text.len() { "/" } else { &text[end..] };
        if path.contains(|c: char| c.is_control() || c == ' ') {
            return Err("a path has no blanks and no control characters".to_owned());
        }
        Ok(HttpTarget { port: PortRef::parse(&text[..end])?, path: path.to_owned() })
    }
}

/// What a gRPC probe asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GrpcTarget {
    pub port: PortRef,
    pub service: Option<String>,
}

impl Scalar for GrpcTarget {
    const NAME: &'static str = "gRPC target";
    const DOC: &'static str =
        "A port, and the service to ask for if any: `PORT` or `PORT/SERVICE`.";
    const EXAMPLES: &'static [&'static str] = &["grpc", "9000/liveness"];
    const PATTERN: &'static str = "^[a-z0-9-]+(/.+)?$";

    fn parse(text: &str) -> Result<GrpcTarget, String> {
        Ok(match text.split_once('/') {
            None => GrpcTarget { port: PortRef::parse(text)?, service: None },
            Some((_, "")) => return Err("a service name is missing behind `/`".to_owned()),
            Some((port, service)) => {
                GrpcTarget { port: PortRef::parse(port)?, service: Some(service.to_owned()) }
            }
        })
    }
}

kept_text! {
    /// An image by its name under `images`, or a reference of its own.
    ImageUse
}

impl Scalar for ImageUse {
    const NAME: &'static str = "image";
    const DOC: &'static str = "An image: a name under `images`, or a reference.";
    const EXAMPLES: &'static [&'static str] = &["node", "redis:7-alpine"];
    const PATTERN: &'static str = "^[^\\s]+$";

    fn parse(text: &str) -> Result<ImageUse, String> {
        ImageReference::parse(text)?;
        Ok(ImageUse(text.into()))
    }
}

/// An object by kind and name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectRef {
    pub kind: String,
    pub name: String,
}

impl Scalar for ObjectRef {
    const NAME: &'static str = "object reference";
    const DOC: &'static str = "An object by kind and name: `KIND/NAME`.";
    const EXAMPLES: &'static [&'static str] = &["Deployment/web", "Ingress/main"];
    const PATTERN: &'static str = "^[A-Za-z0-9]+/.+$";

    fn parse(text: &str) -> Result<ObjectRef, String> {
        let (kind, name) = text.split_once('/').ok_or("expected `KIND/NAME`")?;
        if kind.is_empty() || !kind.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err("expected `KIND/NAME`".to_owned());
        }
        if name.is_empty() || name.contains(['/', ' ']) {
            return Err("the name behind `/` is not an object's name".to_owned());
        }
        Ok(ObjectRef { kind: kind.to_owned(), name: name.to_owned() })
    }
}

scalars!(PortRef, Endpoint, KeyRef, FileRef, HttpTarget, GrpcTarget, ImageUse, ObjectRef);

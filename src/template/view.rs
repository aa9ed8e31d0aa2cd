//! What a template sees of the profile: the tree with its named defaults, and
//! functions that look names up.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Object, ObjectRepr, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Value};

use crate::diagnostic::{choices, nearest};
use crate::profile::decode::Decode;
use crate::profile::index::Index;
use crate::profile::service_view::ServiceView;
use crate::profile::shape::{RecordShape, Shape};
use crate::profile::system::System;
use crate::tree::plain::{integer, plain_kind};
use crate::tree::{Content, Node, Scalar, ScalarKind};

/// The profile, converted when a template first looks at it.
#[derive(Debug)]
struct ProfileView {
    profile: Arc<Node>,
    value: OnceLock<Value>,
}

pub fn system(profile: Arc<Node>) -> Value {
    Value::from_object(ProfileView { profile, value: OnceLock::new() })
}

impl ProfileView {
    fn value(&self) -> &Value {
        self.value.get_or_init(|| converted(&self.profile, System::shape()))
    }
}

impl Object for ProfileView {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let found = self.value().get_item(key).ok()?;
        (!found.is_undefined()).then_some(found)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match self.value().try_iter() {
            Ok(keys) => Enumerator::Values(keys.collect()),
            Err(_) => Enumerator::Empty,
        }
    }
}

/// A node with the defaults of its shape. Plaintext secrets are left out: a
/// template writes ConfigMaps.
fn converted(node: &Node, shape: Shape) -> Value {
    match &node.content {
        Content::Null => Value::from(()),
        Content::Scalar(scalar) => match shape {
            Shape::Record(record) => match record.short {
                Some(short) => {
                    let inner = record.field(short).map_or(Shape::Text, |field| (field.shape)());
                    let own = (short.to_owned(), converted(node, inner));
                    Value::from_pairs(defaults(record, |key| key == short).chain([own]))
                }
                None => scalar_value(scalar),
            },
            Shape::Text | Shape::Scalar(_) => Value::from(scalar.text.clone()),
            _ => scalar_value(scalar),
        },
        Content::List(items) => {
            let inner = match shape {
                Shape::List(inner) => inner(),
                _ => Shape::Kubernetes,
            };
            items.iter().map(|item| converted(item, inner)).collect()
        }
        Content::Map(table) => {
            let below = |key: &str| shape.below(key).unwrap_or(Shape::Kubernetes);
            let is_source = matches!(shape, Shape::Record(record) if record.name == "SecretFrom");
            let own = table
                .iter()
                .filter(|(key, _)| !(is_source && matches!(key.as_str(), "literals" | "sealed")))
                .map(|(key, entry)| (key.clone(), converted(&entry.value, below(key))));
            match shape {
                Shape::Record(record) => {
                    let defaults = defaults(record, |key| table.contains_key(key));
                    Value::from_pairs(defaults.chain(own).collect::<Vec<_>>())
                }
                _ => Value::from_pairs(own.collect::<Vec<_>>()),
            }
        }
    }
}

/// The named defaults of a record, but for the keys that are written.
fn defaults<'a>(
    record: &'static RecordShape,
    written: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = (String, Value)> + 'a {
    record.all_fields().filter(move |field| !written(field.key)).filter_map(|field| {
        let text = field.default?.to_owned();
        let value = match (field.shape)() {
            Shape::Text | Shape::Scalar(_) => Value::from(text),
            _ => {
                let kind = plain_kind(&text).unwrap_or(ScalarKind::String);
                scalar_value(&Scalar { text, kind })
            }
        };
        Some((field.key.to_owned(), value))
    })
}

fn scalar_value(scalar: &Scalar) -> Value {
    match scalar.kind {
        ScalarKind::Bool(flag) => Value::from(flag),
        ScalarKind::Integer => match integer(&scalar.text) {
            Some(number) => Value::from(number),
            None => Value::from(scalar.text.clone()),
        },
        ScalarKind::Float => match scalar.text.parse::<f64>() {
            Ok(number) => Value::from(number),
            Err(_) => Value::from(scalar.text.clone()),
        },
        ScalarKind::String | ScalarKind::Plain => Value::from(scalar.text.clone()),
    }
}

/// Where a Service is reached. By itself it reads `host:port`.
#[derive(Clone, Debug)]
struct ServiceAddress {
    host: String,
    port: u16,
}

impl Object for ServiceAddress {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "host" => Some(Value::from(self.host.clone())),
            "port" => Some(Value::from(self.port)),
            _ => None,
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Why a value has no text of its own, if it has none: printed, it would be what
/// the engine's own language calls it.
pub fn without_text(value: &Value) -> Option<&'static str> {
    if value.downcast_object_ref::<ServiceAddress>().is_some() {
        return None;
    }
    match value.kind() {
        ValueKind::Plain => Some("this is a function: call it with `(…)`"),
        ValueKind::Map => Some(
            "this is a map: choose one of its keys, or write it with `| json`, `| yaml` or `| toml`",
        ),
        ValueKind::Seq | ValueKind::Iterable => {
            Some("this is a list: `| join(\", \")` makes a text of it, or `| json`")
        }
        _ => None,
    }
}

/// Adds `service(name, port)` and `image(name)`.
pub fn add_functions(environment: &mut Environment<'_>, index: &Index<'_>) {
    let services = Services::new(index);
    environment.add_function("service", move |name: String, port: Value| {
        services.find(&name, &port.to_string()).map(Value::from_object)
    });
    let images: BTreeMap<String, Option<String>> = index
        .system
        .images
        .iter()
        .map(|(name, image)| (name.to_string(), image.resolve().ok().map(|image| image.reference)))
        .collect();
    environment.add_function("image", move |name: String| match images.get(&name) {
        Some(Some(reference)) => Ok(Value::from(reference.clone())),
        // Its fault is reported where it stands.
        Some(None) => Ok(Value::from("")),
        None => Err(unknown("image", &name, images.keys().map(String::as_str))),
    });
}

/// Addresses by Service and port, without the profile they come from.
struct Services(HashMap<String, Vec<(String, u16, ServiceAddress)>>);

impl Services {
    fn new(index: &Index<'_>) -> Services {
        let ports_of = |service: &ServiceView<'_>| {
            let ports = service.ports.iter().map(|port| {
                let address = index.reached(service, port);
                let address = ServiceAddress { host: address.host, port: address.port };
                (port.name.to_string(), port.number, address)
            });
            ports.collect()
        };
        Services(index.services.iter().map(|s| (index.reference_to(s), ports_of(s))).collect())
    }

    fn find(&self, name: &str, port: &str) -> Result<ServiceAddress, Error> {
        let Some(ports) = self.0.get(name) else {
            return Err(unknown("Service", name, self.0.keys().map(String::as_str)));
        };
        let found = ports.iter().find(|(own, number, _)| own == port || number.to_string() == port);
        match found {
            Some((_, _, address)) => Ok(address.clone()),
            None => Err(unknown(
                &format!("port of the Service `{name}`"),
                port,
                ports.iter().map(|(own, _, _)| own.as_str()),
            )),
        }
    }
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    let hint = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there is {}", choices(known.iter().copied())),
    };
    Error::new(ErrorKind::InvalidOperation, format!("there is no {what} `{name}`; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::{SourceId, Sources};

    fn rendered(profile: &str, expression: &str) -> String {
        let mut sources = Sources::default();
        sources.add(SourceId::SYSTEM, "k8sgen.yaml", profile.to_owned());
        let node = crate::tree::read::read(SourceId::SYSTEM, &sources, &mut Report::default());
        let mut environment = Environment::new();
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        let context = minijinja::context! { system => system(Arc::new(node.unwrap())) };
        let template = format!("{{{{ {expression} }}}}");
        environment.render_str(&template, context).unwrap_or_else(|error| error.to_string())
    }

    const PROFILE: &str = "\
workloads: {web: {ports: {http: 8080}, replicas: 3}}
secrets: {s: {from: {literals: {A: hidden}}}}
";

    #[test]
    fn a_template_sees_the_profile_with_its_defaults() {
        assert_eq!(rendered(PROFILE, "system.workloads.web.replicas + 1"), "4");
        assert_eq!(rendered(PROFILE, "system.workloads.web.ports.http.port"), "8080");
        assert_eq!(rendered(PROFILE, "system.workloads.web.ports.http.protocol"), "TCP");
        assert_eq!(rendered(PROFILE, "system.workloads.web.kind"), "Deployment");
        assert_eq!(rendered(PROFILE, "system.workloads | length"), "1");
    }

    #[test]
    fn a_template_sees_no_plaintext_secret() {
        assert!(!rendered(PROFILE, "system.secrets").contains("hidden"));
    }
}

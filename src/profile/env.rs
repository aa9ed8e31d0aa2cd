//! Environment variables, and addresses wherever a value is wanted.

use crate::scalar::{DnsLabel, DnsName, EnvName, Quantity};

use super::decode::At;
use super::refs::{Endpoint, KeyRef};
use super::shape::{choice, record};
use super::words::{FieldPath, ResourceField};

record! {
    /// The address of a Service, checked: its name, namespace and port are looked
    /// up, so it follows them when they change.
    "address" pub struct Addressed {
        /// The Service and its port. A headless Service gives the pods' own port.
        address "address": Option<Box<At<Endpoint>>>, eg "redis/redis";
        /// Which part of it is wanted.
        part "part": Option<At<AddressPart>>, eg "host";
        /// One pod of a StatefulSet, by its number; the Service is headless.
        pod "pod": Option<At<u32>>, eg "0";
        /// Text before the address.
        prefix "prefix": Option<Box<At<String>>>, eg "redis://";
        /// Text behind the address.
        suffix "suffix": Option<Box<At<String>>>, eg "/0";
    }
    companions ["part", "pod", "prefix", "suffix"];
}

choice! {
    /// Which part of an address is wanted.
    "part of an address" pub enum AddressPart {
        /// `host:port`, unless said otherwise.
        HostPort "host:port",
        /// The DNS name alone.
        Host "host",
        /// The port alone.
        Port "port",
    }
}

record! {
    /// An environment variable. `$(NAME)` in a text is replaced by another variable
    /// of the same container, which is checked; `$$(NAME)` stays as it is.
    "variable" pub struct EnvValue {
        /// The text itself.
        value "value": Option<At<String>>, eg "info"|"8080";
        /// A key of a ConfigMap.
        config "config": Option<Box<At<KeyRef>>>, eg "app-config/LOG_LEVEL";
        /// A key of a Secret.
        secret "secret": Option<Box<At<KeyRef>>>, eg "app-secrets/API_KEY";
        /// Whether the pod starts where the key is missing. Optional keys of a Secret are optional here too.
        optional "optional": Option<At<bool>>;
        /// A field of the pod.
        field "field": Option<Box<At<FieldPath>>>, eg "metadata.name"|"status.podIP";
        /// A request or limit of a container.
        resource "resource": Option<Box<At<ResourceField>>>, eg "limits.memory";
        /// The container of that resource; this one where nothing is said.
        container "container": Option<Box<At<DnsLabel>>>;
        /// The unit of that resource.
        divisor "divisor": Option<Box<At<Quantity>>>, eg "1Mi";
    }
    include address: Addressed;
    short "value";
    one_of ["value", "config", "secret", "field", "resource", "address"];
    companions ["optional", "container", "divisor"];
    needs_one "a value";
    hint "valueFrom" => "write `config`, `secret`, `field` or `resource`";
}

record! {
    /// All keys of a ConfigMap or Secret as environment variables.
    "source of variables" pub struct EnvFrom {
        /// A ConfigMap.
        config "config": Option<At<DnsName>>, eg "app-config";
        /// A Secret.
        secret "secret": Option<At<DnsName>>, eg "app-secrets";
        /// Text before each name.
        prefix "prefix": Option<EnvName>, eg "APP_";
        /// Whether the pod starts where it is missing.
        optional "optional": Option<bool>;
    }
    one_of ["config", "secret"];
    needs_one "a ConfigMap or Secret";
}

//! Gateways of the Gateway API: where routes come in.

use crate::scalar::{DnsLabel, DnsName, PortNumber};

use super::decode::{At, Named};
use super::edge_words::HostPattern;
use super::shape::{choice, record};
use super::system::{Annotations, Labels};

record! {
    /// Where the requests of routes come in.
    "gateway" pub struct Gateway {
        /// The namespace it lives in.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "edge";
        /// Who makes it, by the name of a GatewayClass.
        class "class": DnsName, eg "istio";
        /// The ports it listens on, by name.
        listeners "listeners": Named<DnsName, Listener>, eg "{http: {port: 80}}";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    hint "gatewayClassName" => "did you mean `class`?";
}

record! {
    /// A port that a Gateway listens on: for HTTPS with `tls`, for HTTP without.
    "listener" pub struct Listener {
        /// The port.
        port "port": PortNumber, eg "443";
        /// The hosts it is for; all where nothing is said.
        host "host": Option<At<HostPattern>>, eg "\"*.example.com\"";
        /// The Secret with its certificate, of a certificate or under `secrets`.
        tls "tls": Option<At<DnsName>>, eg "web-tls";
        /// Whose routes it takes.
        routes "routes": RoutesFrom = "Same";
    }
    short "port";
    hint "hostname" => "did you mean `host`?";
    hint "protocol" => "it is HTTPS with `tls`, and HTTP without";
}

choice! {
    /// Whose routes a listener takes.
    "origin of routes" pub enum RoutesFrom {
        /// Those of the Gateway's own namespace.
        Same "Same",
        /// Those of all namespaces.
        All "All",
    }
}

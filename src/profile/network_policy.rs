//! Who may talk to whom: flows between workloads, and those that cross the
//! border of the system.

use crate::scalar::{Cidr, DnsLabel, LabelKey, LabelValue, PortNumber, Scalar};

use super::container::Protocol;
use super::decode::{At, Named};
use super::names::Names;
use super::refs::{Endpoint, PortRef};
use super::shape::{record, scalars};

record! {
    /// The network policies of an environment. They follow from the flows of the
    /// workloads: whoever says what it connects to sends nothing else, and whatever
    /// is connected to takes nothing else.
    "set of network policies" pub struct NetworkPolicies {
        /// Whether there are any in this environment.
        enabled "enabled": At<bool> = "true";
        /// Whether all pods send and take nothing but what a flow says.
        default_deny "defaultDeny": bool = "false";
        /// Who resolves names.
        dns "dns": Option<At<PodsElsewhere>>, else "the pods `k8s-app: kube-dns` of `kube-system`";
        /// Who scrapes metrics.
        monitoring "monitoring": Option<At<PodsElsewhere>>, else "all pods of the namespace `monitoring`", eg "observability";
        /// Who brings the requests that come through an Ingress or a route.
        ingress_controller "ingressController": Option<At<PodsElsewhere>>, else "all pods of the namespace that the controller usually has; for routes, those of the Gateway's namespace", eg "{namespace: traefik}";
        /// Where the API server is, for pods with a token (`automountToken`).
        api_server "apiServer": Option<At<ApiServer>>, eg "{to: [10.0.0.1/32], port: 6443}";
    }
}

record! {
    /// Pods that are none of this system's.
    "set of pods" pub struct PodsElsewhere {
        /// Their namespace.
        namespace "namespace": Option<At<DnsLabel>>, eg "monitoring";
        /// Their labels; all pods of the namespace where nothing is said.
        pods "pods": Pods, eg "{app.kubernetes.io/name: prometheus}";
        /// Their addresses, where they are on the nodes' network or outside.
        cidrs "cidrs": Vec<At<Cidr>>, eg "[10.0.0.0/16]";
    }
    short "namespace";
}

/// Labels that pods have.
pub type Pods = Named<LabelKey, LabelValue>;

record! {
    /// Where the API server is.
    "address" pub struct ApiServer {
        /// Its addresses, as `kubectl get endpoints kubernetes` shows them.
        to "to": Vec<At<Cidr>>, eg "[10.0.0.1/32]";
        /// Its port.
        port "port": PortNumber = "443", eg "6443";
    }
}

/// The Services (or workloads) and ports that a workload connects to.
pub type Connections = Names<Endpoint, Connection>;

record! {
    /// A flow from this workload to a Service of the system, or to a workload.
    "flow" pub struct Connection {
    }
}

record! {
    /// A flow from this workload out of the system: to addresses, or to pods of other
    /// namespaces that the profile does not know.
    "flow" pub struct Outside {
        /// The addresses.
        to "to": Option<At<Vec<At<Cidr>>>>, eg "[0.0.0.0/0]"|"[203.0.113.0/24]";
        /// Addresses among them that it does not reach.
        except "except": Option<At<Vec<At<Cidr>>>>, eg "[10.0.0.0/8]";
        /// The namespace of the pods.
        namespace "namespace": Option<At<DnsLabel>>, eg "logging";
        /// The labels of those pods; all of the namespace where nothing is said.
        pods "pods": Option<At<Pods>>, eg "{app: loki}";
        /// The ports; all of them where nothing is said.
        ports "ports": Vec<At<OutsidePort>>, eg "[443]"|"[\"53/UDP\", 8000-8100]";
        /// Whether it reaches the cloud's metadata service, which gives away the node's identity, where the addresses hold it.
        metadata_service "metadataService": Option<At<bool>>;
    }
    one_of ["to", "namespace"];
    companions ["except", "pods", "metadataService"];
    needs_one "where it goes";
}

record! {
    /// A flow to this workload from outside the system.
    "flow" pub struct Accepted {
        /// The addresses it comes from.
        from "from": Option<At<Vec<At<Cidr>>>>, eg "[0.0.0.0/0]";
        /// Addresses among them that it does not come from.
        except "except": Option<At<Vec<At<Cidr>>>>, eg "[10.0.0.0/8]";
        /// The namespace that its pods live in.
        namespace "namespace": Option<At<DnsLabel>>, eg "observability";
        /// The labels of those pods; all of the namespace where nothing is said.
        pods "pods": Option<At<Pods>>, eg "{app: prometheus}";
        /// The workload's ports; all of them where nothing is said.
        ports "ports": Vec<At<PortRef>>, eg "[p2p]";
    }
    one_of ["from", "namespace"];
    companions ["except", "pods"];
    needs_one "where it comes from";
}

/// A port or a range of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutsidePort {
    pub first: u16,
    pub last: Option<u16>,
    pub protocol: Protocol,
}

impl Scalar for OutsidePort {
    const NAME: &'static str = "port or range";
    const DOC: &'static str =
        "A port, or a range of them, of TCP unless another protocol stands behind a `/`.";
    const EXAMPLES: &'static [&'static str] = &["443", "53/UDP", "8000-8100"];
    const PATTERN: &'static str = "^[0-9]+(-[0-9]+)?(/(TCP|UDP|SCTP))?$";

    fn parse(text: &str) -> Result<OutsidePort, String> {
        let (ports, protocol) = match text.split_once('/') {
            None => (text, Protocol::Tcp),
            Some((ports, "TCP")) => (ports, Protocol::Tcp),
            Some((ports, "UDP")) => (ports, Protocol::Udp),
            Some((ports, "SCTP")) => (ports, Protocol::Sctp),
            Some(_) => return Err("the protocol is TCP, UDP or SCTP".to_owned()),
        };
        let (first, last) = match ports.split_once('-') {
            None => (PortNumber::parse(ports)?.get(), None),
            Some((first, last)) => {
                (PortNumber::parse(first)?.get(), Some(PortNumber::parse(last)?.get()))
            }
        };
        if last.is_some_and(|last| last < first) {
            return Err("the range ends before it begins".to_owned());
        }
        Ok(OutsidePort { first, last, protocol })
    }
}

scalars!(OutsidePort);

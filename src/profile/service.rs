//! Services: under which name and port pods are reached.

use std::fmt;

use crate::scalar::{
    Cidr, DnsLabel, DnsName, Duration, IpAddress, LabelKey, LabelValue, PortName, PortNumber,
    Scalar,
};

use super::container::Protocol;
use super::decode::{At, Named};
use super::names::Names;
use super::refs::PortRef;
use super::shape::{choice, record, scalars};
use super::system::{Annotations, Labels};

record! {
    /// A Service. In a workload it leads to that workload's pods.
    "service" pub struct Service {
        /// How it is reached.
        service_type "type": Option<At<ServiceType>>, else "ClusterIP", eg "NodePort";
        /// The namespace it lives in. Only for a Service that belongs to no workload.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "jobs";
        /// Whether its name leads to each pod instead of one address for all. A StatefulSet's pods get their names from one.
        headless "headless": Option<At<bool>>;
        /// The ports: names of the workload's ports, or a map of names to numbers. All ports of the workload where nothing is said.
        ports "ports": Option<At<ServicePorts>>, eg "[http]"|"{http: 80}";
        /// How long one client stays with one pod; `ClientIP` for Kubernetes' three hours.
        session_affinity "sessionAffinity": Option<SessionAffinity>, eg "3h";
        /// The address inside the cluster, where it must be a given one.
        cluster_ip "clusterIP": Option<At<IpAddress>>;
        /// The name that this one stands for, outside the cluster.
        external_name "externalName": Option<At<DnsName>>, eg "db.example.com";
        /// Addresses outside that lead to the nodes.
        external_ips "externalIPs": Vec<At<IpAddress>>;
        /// Whether requests from outside go to any node's pods or stay on the node.
        external_traffic_policy "externalTrafficPolicy": Option<At<TrafficPolicy>>;
        /// Whether requests from inside go to any node's pods or stay on the node.
        internal_traffic_policy "internalTrafficPolicy": Option<TrafficPolicy>;
        /// Where requests to nearer pods are preferred.
        traffic_distribution "trafficDistribution": Option<At<TrafficDistribution>>;
        /// Who may reach the load balancer.
        load_balancer_source_ranges "loadBalancerSourceRanges": Option<At<Vec<Cidr>>>, eg "[203.0.113.0/24]";
        /// Which implementation makes the load balancer.
        load_balancer_class "loadBalancerClass": Option<At<LabelKey>>;
        /// The address of the load balancer, where the cloud takes one.
        load_balancer_ip "loadBalancerIP": Option<At<IpAddress>>;
        /// Whether the load balancer needs ports of the nodes.
        allocate_node_ports "allocateLoadBalancerNodePorts": Option<At<bool>>;
        /// The node port for the load balancer's health check, with `externalTrafficPolicy: Local`.
        health_check_node_port "healthCheckNodePort": Option<At<PortNumber>>;
        /// How many address families it has.
        ip_family_policy "ipFamilyPolicy": Option<IpFamilyPolicy>;
        /// Which address families it has.
        ip_families "ipFamilies": Vec<At<IpFamily>>;
        /// Whether pods are published before they are ready.
        publish_not_ready "publishNotReadyAddresses": Option<bool>;
        /// The labels of its pods. Only for a Service that belongs to no workload.
        selector "selector": Option<At<Named<LabelKey, LabelValue>>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
}

impl Service {
    /// Its type; a name outside needs no saying twice.
    pub fn kind(&self) -> ServiceType {
        match &self.service_type {
            Some(kind) => kind.value,
            None if self.external_name.is_some() => ServiceType::ExternalName,
            None => ServiceType::ClusterIp,
        }
    }

    pub fn is_headless(&self) -> bool {
        self.headless.as_ref().is_some_and(|headless| headless.value)
    }
}

choice! {
    /// How a Service is reached.
    "type of service" pub enum ServiceType {
        /// From inside the cluster.
        ClusterIp "ClusterIP",
        /// On a port of every node.
        NodePort "NodePort",
        /// Through a load balancer of the cloud.
        LoadBalancer "LoadBalancer",
        /// It stands for a name outside.
        ExternalName "ExternalName",
    }
}

choice! {
    /// Which pods a request may go to.
    "traffic policy" pub enum TrafficPolicy {
        /// Any of the cluster.
        Cluster "Cluster",
        /// Those of the same node.
        Local "Local",
    }
}

choice! {
    /// Which pods are preferred.
    "traffic distribution" pub enum TrafficDistribution {
        /// Nearer ones.
        PreferClose "PreferClose",
        /// Those of the same zone.
        PreferSameZone "PreferSameZone",
        /// Those of the same node.
        PreferSameNode "PreferSameNode",
    }
}

choice! {
    /// How many address families a Service has.
    "address family policy" pub enum IpFamilyPolicy {
        /// One.
        SingleStack "SingleStack",
        /// Two where the cluster has two.
        PreferDualStack "PreferDualStack",
        /// Two.
        RequireDualStack "RequireDualStack",
    }
}

choice! {
    /// An address family.
    "address family" pub enum IpFamily {
        /// IPv4.
        V4 "IPv4",
        /// IPv6.
        V6 "IPv6",
    }
}

record! {
    /// A port of a Service.
    "service port" pub struct ServicePort {
        /// Its number; the container's where nothing is said.
        port "port": Option<At<PortNumber>>, eg "80";
        /// The port of the pods; the one of the same name where nothing is said.
        target "target": Option<At<PortRef>>, eg "http";
        /// The port of the nodes, with the types NodePort and LoadBalancer.
        node_port "nodePort": Option<At<PortNumber>>, eg "30080";
        /// Its protocol; the container port's where nothing is said.
        protocol "protocol": Option<At<Protocol>>;
        /// What is spoken on it, for whoever wants to know.
        app_protocol "appProtocol": Option<LabelKey>, eg "kubernetes.io/h2c";
    }
    short "port";
    hint "targetPort" => "did you mean `target`?";
}

/// The ports of a Service by name.
pub type ServicePorts = Names<PortName, ServicePort>;

/// How long one client stays with one pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionAffinity {
    None,
    /// For so many seconds; Kubernetes' default where it is `None`.
    ClientIp(Option<u32>),
}

impl Scalar for SessionAffinity {
    const NAME: &'static str = "session affinity";
    const DOC: &'static str =
        "A duration of at most one day, `ClientIP` for three hours, or `None`.";
    const EXAMPLES: &'static [&'static str] = &["3h", "ClientIP", "None"];
    const PATTERN: &'static str = "^(None|ClientIP|[0-9a-z.]+)$";

    fn parse(text: &str) -> Result<SessionAffinity, String> {
        match text {
            "None" => Ok(SessionAffinity::None),
            "ClientIP" => Ok(SessionAffinity::ClientIp(None)),
            _ => Duration::parse(text)?
                .as_secs_exact()
                .and_then(|secs| u32::try_from(secs).ok())
                // validateClientIPAffinityConfig: at most 86400 seconds.
                .filter(|secs| (1..=86_400).contains(secs))
                .map(|secs| SessionAffinity::ClientIp(Some(secs)))
                .ok_or_else(|| "1 second to 1 day, in whole seconds".to_owned()),
        }
    }
}

/// The ports of nodes that a cluster gives to Services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodePortRange {
    first: u16,
    last: u16,
}

impl NodePortRange {
    pub fn contains(self, port: u16) -> bool {
        (self.first..=self.last).contains(&port)
    }
}

impl fmt::Display for NodePortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

impl Scalar for NodePortRange {
    const NAME: &'static str = "range of ports";
    const DOC: &'static str = "Two ports and a `-` between them.";
    const EXAMPLES: &'static [&'static str] = &["30000-32767"];
    const PATTERN: &'static str = "^[0-9]+-[0-9]+$";

    fn parse(text: &str) -> Result<NodePortRange, String> {
        let (first, last) = text.split_once('-').ok_or("expected two ports: `30000-32767`")?;
        let (first, last) = (PortNumber::parse(first)?.get(), PortNumber::parse(last)?.get());
        match first <= last {
            true => Ok(NodePortRange { first, last }),
            false => Err("the range ends before it begins".to_owned()),
        }
    }
}

scalars!(SessionAffinity, NodePortRange);

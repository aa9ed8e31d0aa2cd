//! Flows that cross the border of the system: out to addresses, in from other
//! namespaces and from the world.

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::container::Protocol;
use crate::profile::decode::At;
use crate::profile::flows::{PodPort, pod_port};
use crate::profile::network_policy::{Accepted, Outside};
use crate::profile::refs::PortRef;
use crate::profile::service::{ServiceType, TrafficPolicy};
use crate::profile::service_view::{PortView, ServiceView, container_ports};
use crate::profile::workload::Workload;
use crate::scalar::{Cidr, DnsLabel, Scalar};

use super::context::Context;
use super::meta::Pairs;
use super::network_policy::{Peer, Port, Rules, addresses};

/// Where clouds give a node's identity away.
const METADATA: [&str; 2] = ["169.254.169.254/32", "fd00:ec2::254/128"];

/// The rules of one workload that no other workload gives.
pub fn add(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    rules: &mut Rules,
    report: &mut Report,
) {
    for outside in workload.outside.values() {
        let ports = outside.ports.iter().map(|port| Port {
            port: PodPort::Number(port.first),
            last: port.last,
            protocol: port.protocol,
        });
        let ports: Vec<Port> = ports.collect();
        for peer in outside_peers(outside, report) {
            rules.sends_to(peer, &ports);
        }
    }
    for accepted in workload.accepts.values() {
        let ports = accepted_ports(workload, accepted, report);
        for peer in accepted_peers(accepted, report) {
            rules.takes_from(peer, &ports);
        }
    }
    for service in context.index.services_of(name.as_str()) {
        let ports: Vec<Port> = service.ports.iter().map(own_port).collect();
        rules.takes_from_all(&callers(service), &ports);
    }
    let settings = context.index.system.network_policy.as_ref();
    if let Some(server) = settings.and_then(|own| own.api_server.as_ref())
        && workload.automount_token
    {
        let port = PodPort::Number(server.port.get());
        for cidr in &server.to {
            let port = Port { port: port.clone(), last: None, protocol: Protocol::Tcp };
            rules.sends_to(addresses(cidr, &[]), &[port]);
        }
    }
}

fn own_port(port: &PortView<'_>) -> Port {
    Port { port: pod_port(port), last: None, protocol: port.protocol }
}

/// Who reaches a Service that is open to the world. Nodes hide the callers'
/// addresses, unless requests stay on the node that they came to.
fn callers(service: &ServiceView<'_>) -> Vec<Peer> {
    let Some(written) = service.written else { return Vec::new() };
    let kind = written.kind();
    let open = matches!(kind, ServiceType::LoadBalancer | ServiceType::NodePort)
        || !written.external_ips.is_empty();
    if !open {
        return Vec::new();
    }
    let local = written.external_traffic_policy.as_ref();
    let seen = local.is_some_and(|policy| policy.value == TrafficPolicy::Local);
    match &written.load_balancer_source_ranges {
        Some(ranges) if seen => ranges.iter().map(|range| addresses(range, &[])).collect(),
        _ => vec![Peer::Anyone],
    }
}

fn outside_peers(outside: &Outside, report: &mut Report) -> Vec<Peer> {
    if outside.to.is_empty() {
        report.add(Diagnostic::missing("to which addresses?").at(outside.to.place));
    }
    check_within(&outside.to, &outside.except, report);
    let hidden = if outside.metadata_service { &[][..] } else { &METADATA };
    let hidden: Vec<Cidr> = hidden.iter().filter_map(|text| Cidr::parse(text).ok()).collect();
    outside.to.iter().map(|cidr| with_exceptions(cidr, &outside.except, &hidden)).collect()
}

fn accepted_peers(accepted: &Accepted, report: &mut Report) -> Vec<Peer> {
    if let Some(from) = &accepted.from {
        if from.is_empty() {
            report.add(Diagnostic::missing("from which addresses?").at(from.place));
        }
        if let Some(pods) = &accepted.pods {
            report.error(pods.place, "`pods` belongs to `namespace`");
        }
        let except = accepted.except.as_ref().map_or(&[][..], |list| &list.value);
        check_within(from, except, report);
        return from.iter().map(|cidr| with_exceptions(cidr, except, &[])).collect();
    }
    if let Some(except) = &accepted.except {
        report.error(except.place, "`except` belongs to `from`");
    }
    let namespace = accepted.namespace.as_ref().map(ToString::to_string);
    let labels = accepted.pods.iter().flat_map(|pods| pods.iter());
    let labels: Pairs = labels.map(|(key, value)| (key.to_string(), value.to_string())).collect();
    vec![Peer::Pods { namespace, labels }]
}

/// An exception lies strictly within what it is one of: ValidateIPBlock.
fn check_within(ranges: &[At<Cidr>], exceptions: &[At<Cidr>], report: &mut Report) {
    for exception in exceptions {
        let holds = |range: &At<Cidr>| range.contains(exception) && range.value != exception.value;
        if !ranges.iter().any(holds) {
            let message = format!("`{}` lies in none of the addresses", exception.value);
            report.error(exception.place, message);
        }
    }
}

fn with_exceptions(cidr: &Cidr, written: &[At<Cidr>], hidden: &[Cidr]) -> Peer {
    let all = written.iter().map(|own| &own.value).chain(hidden);
    let within = all.filter(|own| cidr.contains(own) && *own != cidr);
    let mut except: Vec<String> = within.map(ToString::to_string).collect();
    except.dedup();
    addresses(cidr, &except)
}

fn accepted_ports(workload: &Workload, accepted: &Accepted, report: &mut Report) -> Vec<Port> {
    let known = || container_ports(workload);
    let port = |number: u16, protocol| Port { port: PodPort::Number(number), last: None, protocol };
    if accepted.ports.is_empty() {
        return known().map(|(_, own)| port(own.port.get(), own.protocol)).collect();
    }
    let mut ports = Vec::new();
    for wanted in &accepted.ports {
        let found = known().find(|(name, own)| match &wanted.value {
            PortRef::Name(wanted) => *name == wanted,
            PortRef::Number(number) => own.port.get() == number.get(),
        });
        match (found, &wanted.value) {
            (Some((_, own)), _) => ports.push(port(own.port.get(), own.protocol)),
            (None, PortRef::Number(number)) => ports.push(port(number.get(), Protocol::Tcp)),
            (None, PortRef::Name(wrong)) => {
                let names = known().map(|(name, _)| name.as_str());
                let message = format!("the workload has no port `{wrong}`");
                report.add(Unknown::new(message, wrong.as_str(), names).at(wanted.place));
            }
        }
    }
    ports
}

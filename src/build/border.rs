//! Flows that cross the border of the system: out to addresses, in from other
//! namespaces and from the world.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::container::Protocol;
use crate::profile::decode::{At, place};
use crate::profile::flows::{PodPort, pod_port};
use crate::profile::ingress::Controller;
use crate::profile::network_policy::{Accepted, NetworkPolicies, Outside, Pods};
use crate::profile::refs::PortRef;
use crate::profile::scrape;
use crate::profile::service::{ServiceType, TrafficPolicy};
use crate::profile::service_view::{PortView, ServiceView, container_ports};
use crate::profile::workload::Workload;
use crate::scalar::{Cidr, DnsLabel, Scalar};
use crate::source::Place;

use super::context::Context;
use super::exposure::{Entrance, Exposed, Exposure};
use super::meta::Pairs;
use super::network_policy::{Peer, Port, Rules, addresses, dns, elsewhere, name_services};
use super::{access, snapshot, snapshot_schedule};

/// Where clouds give a node's identity away.
const METADATA: [&str; 2] = ["169.254.169.254/32", "fd00:ec2::254/128"];

/// The rules of one workload that no other workload gives.
pub fn add(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    rules: &mut Rules,
    deny: bool,
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
    let scraped = scrape::scraped_ports(context.index, name, workload);
    if !scraped.is_empty() {
        let ports: Vec<Port> = scraped.iter().map(|own| number(own.number, own.protocol)).collect();
        let usual = Peer::Pods { namespace: Some("monitoring".to_owned()), labels: Pairs::new() };
        let scrapers = elsewhere(settings.and_then(|own| own.monitoring.as_deref()), usual);
        rules.takes_from_all(&scrapers, &ports);
    }
    if workload.automount_token && !sends_to_api_server(settings, rules) && deny {
        report.add(no_api_server("these pods have a token for", workload.container.image.place));
    }
    if has_google_identity(context, workload) {
        // Where GKE's metadata server gives them out, on the pod's own node.
        for (cidr, port) in [("169.254.169.252/32", 988), ("169.254.169.254/32", 80)] {
            let peer = Peer::Addresses { cidr: cidr.to_owned(), except: Vec::new() };
            rules.sends_to(peer, &[number(port, Protocol::Tcp)]);
        }
    }
}

/// What makes snapshots talks to the API server, and to nobody else.
pub fn snapshot_schedules(
    context: &Context<'_>,
    settings: Option<&NetworkPolicies>,
    report: &mut Report,
) -> Vec<Object> {
    let mut objects = Vec::new();
    for (name, snapshot) in &context.index.system.snapshots {
        let Some(home) = snapshot::home_of_schedule(context, snapshot) else { continue };
        let mut rules = Rules::default();
        (rules.sends, rules.takes) = (true, true);
        if !sends_to_api_server(settings, &mut rules) {
            report.add(no_api_server("this asks for snapshots", snapshot.key));
        }
        rules.sends_to_all(&dns(settings), &name_services());
        let pods = snapshot_schedule::pod_labels(context, name);
        let mut labels = context.common_labels();
        labels.extend(pods.clone());
        let name = name.as_str();
        objects.extend(rules.policy(context, home, name, labels, &pods, snapshot.key, report));
    }
    objects
}

fn no_api_server(why: &str, place: Place) -> Diagnostic {
    Diagnostic::missing(format!("nobody says where the API server is that {why}"))
        .at(place)
        .help("where all is denied: `networkPolicy: {apiServer: {to: [10.0.0.1/32], port: 6443}}`")
}

/// Whether the pods get the rights of a Google account.
fn has_google_identity(context: &Context<'_>, workload: &Workload) -> bool {
    let own = workload.service_account.as_ref().and_then(|account| account.identity.as_ref());
    let shared = access::shared_account(context, workload);
    let shared = shared.and_then(|account| account.identity.as_ref());
    own.or(shared).is_some_and(|identity| identity.google.is_some())
}

/// Whether it is known where the API server is.
fn sends_to_api_server(settings: Option<&NetworkPolicies>, rules: &mut Rules) -> bool {
    let Some(server) = settings.and_then(|own| own.api_server.as_ref()) else { return false };
    let port = number(server.port.get(), Protocol::Tcp);
    for cidr in &server.to {
        rules.sends_to(addresses(cidr, &[]), std::slice::from_ref(&port));
    }
    true
}

fn number(number: u16, protocol: Protocol) -> Port {
    Port { port: PodPort::Number(number), last: None, protocol }
}

/// Who brings requests through an Ingress or a route.
pub fn callers_through(entrance: &Entrance<'_>, settings: Option<&NetworkPolicies>) -> Vec<Peer> {
    let all_of = |namespace: &str| Peer::Pods {
        namespace: Some(namespace.to_owned()),
        labels: Pairs::new(),
    };
    if let Some(written) = settings.and_then(|own| own.ingress_controller.as_deref()) {
        return elsewhere(Some(written), Peer::Anyone);
    }
    match entrance {
        // A load balancer outside of the cluster, by addresses of its own.
        Entrance::Route { outside: true, .. } => vec![Peer::Anyone],
        Entrance::Route { gateways, .. } => gateways.iter().map(|home| all_of(home)).collect(),
        Entrance::Ingress { controller, .. } => vec![match controller {
            Some(Controller::Nginx) | None => all_of("ingress-nginx"),
            Some(Controller::Traefik) => all_of("traefik"),
            Some(Controller::Haproxy) => all_of("haproxy-controller"),
            // It sends from addresses of the network that the cluster is in.
            Some(Controller::Alb) => Peer::Anyone,
        }],
    }
}

pub fn exposed_port(backend: &Exposed<'_>) -> Port {
    let port = match (backend.number, &backend.port) {
        (Some(number), _) => PodPort::Number(number),
        (None, PortRef::Number(number)) => PodPort::Number(number.get()),
        (None, PortRef::Name(name)) => PodPort::Name(name.to_string()),
    };
    Port { port, last: None, protocol: backend.protocol }
}

/// cert-manager answers an http01 challenge with a pod of its own beside the
/// Ingress: where all is denied, nobody could ask it.
pub fn acme_solvers(
    context: &Context<'_>,
    entrances: &[Exposure<'_>],
    settings: Option<&NetworkPolicies>,
    report: &mut Report,
) -> Vec<Object> {
    const PORT: u16 = 8089;
    let system = context.index.system;
    let solves = system.issuers.values().any(|issuer| {
        let solvers = issuer.acme.iter().flat_map(|acme| acme.solvers.values());
        solvers.filter(|solver| solver.http01.is_some()).count() > 0
    });
    let homes: BTreeMap<&str, &Exposure<'_>> =
        entrances.iter().rev().map(|entrance| (entrance.namespace, entrance)).collect();
    let homes = homes.into_iter().filter(|_| solves);
    homes
        .filter_map(|(home, entrance)| {
            let mut rules = Rules::default();
            rules.takes = true;
            let port = number(PORT, Protocol::Tcp);
            rules.takes_from_all(&callers_through(&entrance.entrance, settings), &[port]);
            let pods = [("acme.cert-manager.io/http01-solver".to_owned(), "true".to_owned())];
            let labels = context.common_labels();
            let name = "acme-http01-solver";
            rules.policy(context, home, name, labels, &pods.into(), entrance.place, report)
        })
        .collect()
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
    let except = outside.except.as_ref().map_or(&[][..], |list| &list.value);
    let Some(to) = &outside.to else {
        let alone = [place(&outside.except), place(&outside.metadata_service)];
        for place in alone.into_iter().flatten() {
            report.error(place, "this belongs to `to`");
        }
        return vec![pods_elsewhere(outside.namespace.as_ref(), outside.pods.as_ref())];
    };
    if let Some(pods) = &outside.pods {
        report.error(pods.place, "`pods` belongs to `namespace`");
    }
    if to.is_empty() {
        report.add(Diagnostic::missing("to which addresses?").at(to.place));
    }
    check_within(to, except, report);
    let reaches = outside.metadata_service.as_ref().is_some_and(|flag| flag.value);
    let hidden = if reaches { &[][..] } else { &METADATA };
    let hidden: Vec<Cidr> = hidden.iter().filter_map(|text| Cidr::parse(text).ok()).collect();
    to.iter().map(|cidr| with_exceptions(cidr, except, &hidden)).collect()
}

fn pods_elsewhere(namespace: Option<&At<DnsLabel>>, pods: Option<&At<Pods>>) -> Peer {
    let labels = pods.into_iter().flat_map(|pods| pods.iter());
    let labels = labels.map(|(key, value)| (key.to_string(), value.to_string()));
    Peer::Pods { namespace: namespace.map(ToString::to_string), labels: labels.collect() }
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
    vec![pods_elsewhere(accepted.namespace.as_ref(), accepted.pods.as_ref())]
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
    if accepted.ports.is_empty() {
        return known().map(|(_, own)| number(own.port.get(), own.protocol)).collect();
    }
    let mut ports = Vec::new();
    for wanted in &accepted.ports {
        let found = known().find(|(name, own)| match &wanted.value {
            PortRef::Name(wanted) => *name == wanted,
            PortRef::Number(number) => own.port.get() == number.get(),
        });
        match (found, &wanted.value) {
            (Some((_, own)), _) => ports.push(number(own.port.get(), own.protocol)),
            (None, PortRef::Number(other)) => ports.push(number(other.get(), Protocol::Tcp)),
            (None, PortRef::Name(wrong)) => {
                let names = known().map(|(name, _)| name.as_str());
                let message = format!("the workload has no port `{wrong}`");
                report.add(Unknown::new(message, wrong.as_str(), names).at(wanted.place));
            }
        }
    }
    ports
}

//! Layer 3: Services.

use std::net::IpAddr;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, place};
use crate::profile::refs::PortRef;
use crate::profile::service::{
    IpFamily, IpFamilyPolicy, Service, ServiceType, SessionAffinity, TrafficDistribution,
    TrafficPolicy,
};
use crate::profile::service_view::{PortView, ServiceView};
use crate::profile::system::{Annotations, Labels};
use crate::scalar::PortNumber;
use crate::source::Place;

use super::context::{Context, count};
use super::meta::{Pairs, extend, some, some_list};
use super::monitoring;

/// The Services that belong to no workload.
pub fn free_services(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let free = context.index.free_services();
    free.filter_map(|view| {
        let written = view.written?;
        let is_name = written.kind() == ServiceType::ExternalName;
        let selector = match (&written.selector, is_name) {
            (Some(selector), false) => {
                selector.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
            }
            (None, true) => Pairs::new(),
            (Some(selector), true) => {
                report.error(selector.place, "an external name has no pods to select");
                return None;
            }
            (None, false) => {
                report.add(
                    Diagnostic::new(format!("the Service `{}` leads nowhere", view.name))
                        .at(view.place)
                        .help("write it under a workload, or give it a `selector` or an `externalName`"),
                );
                return None;
            }
        };
        service(context, view, &context.common_labels(), selector, report)
    })
    .collect()
}

/// The Services of one workload.
pub fn services_of(
    context: &Context<'_>,
    workload: &str,
    labels: &Pairs,
    selector: &Pairs,
    report: &mut Report,
) -> Vec<Object> {
    let views = context.index.services_of(workload);
    views
        .iter()
        .filter_map(|view| {
            if let Some(given) = view.written.and_then(|written| written.selector.as_ref()) {
                report.error(given.place, "a workload's Service selects that workload's pods");
            }
            let labels = monitoring::labels_of_service(context.index, view, labels);
            service(context, view, &labels, selector.clone(), report)
        })
        .collect()
}

fn service(
    context: &Context<'_>,
    view: &ServiceView<'_>,
    labels: &Pairs,
    selector: Pairs,
    report: &mut Report,
) -> Option<Object> {
    let mut labels = labels.clone();
    let (no_labels, no_annotations) = (Labels::default(), Annotations::default());
    extend(&mut labels, view.written.map_or(&no_labels, |service| &service.labels));
    let annotations = view.written.map_or(&no_annotations, |service| &service.annotations);
    let kind = view.written.map_or(ServiceType::ClusterIp, Service::kind);
    let base = core::ServiceSpec {
        type_: (!view.headless).then(|| kind.as_str().to_owned()),
        cluster_ip: view.headless.then(|| "None".to_owned()),
        selector: some(selector),
        ports: some_list(
            view.ports
                .iter()
                .map(|port| service_port(context, port, kind, view.headless, report))
                .collect(),
        ),
        ..core::ServiceSpec::default()
    };
    let spec = match view.written {
        None => base,
        Some(written) => {
            check_type(context, kind, view, written, report);
            with_settings(context, base, written, report)
        }
    };
    let object = core::Service {
        metadata: context.namespaced(view.namespace, &view.name, labels, annotations),
        spec: Some(spec),
        status: None,
    };
    super::raw::object(&object, view.place, report)
}

fn with_settings(
    context: &Context<'_>,
    base: core::ServiceSpec,
    written: &Service,
    report: &mut Report,
) -> core::ServiceSpec {
    if let Some(distribution) = &written.traffic_distribution {
        let since = match distribution.value {
            TrafficDistribution::PreferClose => 31,
            TrafficDistribution::PreferSameZone | TrafficDistribution::PreferSameNode => 34,
        };
        context.since(since, "this traffic distribution", distribution.place, report);
    }
    let (affinity, affinity_seconds) = match &written.session_affinity {
        None => (None, None),
        Some(SessionAffinity::None) => (Some("None"), None),
        Some(SessionAffinity::ClientIp(secs)) => (Some("ClientIP"), *secs),
    };
    let text = |value: &dyn ToString| value.to_string();
    core::ServiceSpec {
        cluster_ip: base
            .cluster_ip
            .or_else(|| written.cluster_ip.as_ref().map(|address| text(&address.value))),
        external_name: written.external_name.as_ref().map(|name| text(&name.value)),
        external_ips: some_list(written.external_ips.iter().map(|address| text(address)).collect()),
        session_affinity: affinity.map(str::to_owned),
        session_affinity_config: affinity_seconds.map(|secs| core::SessionAffinityConfig {
            client_ip: Some(core::ClientIPConfig { timeout_seconds: Some(count(secs)) }),
        }),
        external_traffic_policy: written
            .external_traffic_policy
            .as_ref()
            .map(|policy| policy.as_str().to_owned()),
        internal_traffic_policy: written
            .internal_traffic_policy
            .map(|policy| policy.as_str().to_owned()),
        traffic_distribution: written
            .traffic_distribution
            .as_ref()
            .map(|distribution| distribution.as_str().to_owned()),
        load_balancer_source_ranges: written
            .load_balancer_source_ranges
            .as_ref()
            .map(|ranges| ranges.iter().map(|range| text(range)).collect()),
        load_balancer_class: written.load_balancer_class.as_ref().map(|class| text(&class.value)),
        load_balancer_ip: written.load_balancer_ip.as_ref().map(|address| text(&address.value)),
        allocate_load_balancer_node_ports: written.allocate_node_ports.as_ref().map(|flag| **flag),
        health_check_node_port: written
            .health_check_node_port
            .as_ref()
            .map(|port| i32::from(port.get())),
        ip_family_policy: written.ip_family_policy.map(|policy| policy.as_str().to_owned()),
        ip_families: some_list(
            written.ip_families.iter().map(|family| family.as_str().to_owned()).collect(),
        ),
        publish_not_ready_addresses: written.publish_not_ready,
        ..base
    }
}

fn service_port(
    context: &Context<'_>,
    port: &PortView<'_>,
    kind: ServiceType,
    headless: bool,
    report: &mut Report,
) -> core::ServicePort {
    let node_port = port.written.and_then(|written| written.node_port.as_ref());
    if let Some(node_port) = node_port
        && (headless || !matches!(kind, ServiceType::NodePort | ServiceType::LoadBalancer))
    {
        report.error(
            node_port.place,
            "only Services of the types NodePort and LoadBalancer have node ports",
        );
    }
    check_node_port(context, node_port, report);
    core::ServicePort {
        name: Some(port.name.to_string()),
        port: i32::from(port.number),
        target_port: Some(match &port.target {
            PortRef::Name(name) => IntOrString::String(name.to_string()),
            PortRef::Number(number) => IntOrString::Int(i32::from(number.get())),
        }),
        node_port: node_port.map(|number| i32::from(number.get())),
        protocol: Some(port.protocol.as_str().to_owned()),
        app_protocol: port
            .written
            .and_then(|written| written.app_protocol.as_ref())
            .map(ToString::to_string),
    }
}

/// What a server hands out, and nothing else.
fn check_node_port(context: &Context<'_>, port: Option<&At<PortNumber>>, report: &mut Report) {
    let range = &context.index.system.node_port_range;
    if let Some(port) = port.filter(|port| !range.contains(port.get())) {
        report.add(
            Diagnostic::new(format!("nodes give Services ports of {}", range.value))
                .at(port.place)
                .help("of a cluster with another range say so: `nodePortRange: 20000-32767`"),
        );
    }
}

/// What belongs to other types of Services than this one. The rules are
/// ValidateService's.
fn check_type(
    context: &Context<'_>,
    kind: ServiceType,
    view: &ServiceView<'_>,
    written: &Service,
    report: &mut Report,
) {
    let balanced = kind == ServiceType::LoadBalancer;
    let outside = balanced || kind == ServiceType::NodePort || !written.external_ips.is_empty();
    let is_name = kind == ServiceType::ExternalName;
    let local = written
        .external_traffic_policy
        .as_ref()
        .is_some_and(|policy| policy.value == TrafficPolicy::Local);
    let only_balanced = "only a Service of the type LoadBalancer has this";
    let rules: [(Option<Place>, bool, &str); 10] = [
        (
            place(&written.external_name),
            is_name,
            "only a Service of the type ExternalName has a name outside",
        ),
        (
            place(&written.external_traffic_policy),
            outside,
            "only a Service that is reached from outside has this",
        ),
        (place(&written.load_balancer_source_ranges), balanced, only_balanced),
        (place(&written.load_balancer_class), balanced, only_balanced),
        (place(&written.load_balancer_ip), balanced, only_balanced),
        (place(&written.allocate_node_ports), balanced, only_balanced),
        (
            place(&written.health_check_node_port),
            balanced && local,
            "this needs the type LoadBalancer and `externalTrafficPolicy: Local`",
        ),
        (
            place(&written.cluster_ip),
            !view.headless && !is_name,
            "a headless Service and an external name have no address",
        ),
        (
            written.headless.as_ref().filter(|flag| flag.value).map(|flag| flag.place),
            kind == ServiceType::ClusterIp,
            "only a Service of the type ClusterIP can be headless",
        ),
        (place(&written.traffic_distribution), !is_name, "an external name has no pods"),
    ];
    for (place, allowed, message) in rules {
        if let (Some(place), false) = (place, allowed) {
            report.error(place, message);
        }
    }
    if is_name && written.external_name.is_none() {
        report.error(view.place, "a Service of the type ExternalName needs `externalName`");
    }
    check_node_port(context, written.health_check_node_port.as_ref(), report);
    check_addresses(written, is_name, report);
    if is_name && view.workload.is_some() {
        report.add(
            Diagnostic::new("an external name leads to no workload")
                .at(view.place)
                .help("write it under the profile's own `services`"),
        );
    }
}

/// ValidateNonSpecialIP, and the rules for address families.
fn check_addresses(written: &Service, is_name: bool, report: &mut Report) {
    let given = written.cluster_ip.iter().chain(&written.external_ips);
    for address in given {
        let ip = address.value.value();
        let link_local = match ip {
            IpAddr::V4(ip) => ip.is_link_local(),
            IpAddr::V6(ip) => ip.is_unicast_link_local(),
        };
        if ip.is_unspecified() || ip.is_loopback() || ip.is_multicast() || link_local {
            report.error(address.place, "this address means something of its own to every machine");
        }
    }
    let families = &written.ip_families;
    let Some(first) = families.first() else { return };
    if is_name {
        report.error(first.place, "an external name has no addresses");
    }
    if let Some(second) = families.get(1) {
        if first.value == second.value || families.len() > 2 {
            report.error(second.place, "a Service has each address family once");
        }
        if written.ip_family_policy == Some(IpFamilyPolicy::SingleStack) {
            report.error(second.place, "with `SingleStack` a Service has one address family");
        }
    }
    if let Some(address) = &written.cluster_ip {
        let v4 = address.value.value().is_ipv4();
        if v4 != (first.value == IpFamily::V4) {
            report.error(address.place, "this address is not of the first address family");
        }
    }
}

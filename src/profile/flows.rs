//! The flows of a system: which workload sends to which pods, on which of their
//! ports.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::scalar::DnsLabel;
use crate::source::Place;

use super::container::Protocol;
use super::index::Index;
use super::refs::{Endpoint, PortRef};
use super::service::ServiceType;
use super::service_view::{PortView, ServiceView, container_ports};

/// One flow. Workloads are named by where they stand in the profile.
#[derive(Debug)]
pub struct Flow<'p> {
    pub from: usize,
    pub to: Target<'p>,
    pub port: PodPort,
    pub protocol: Protocol,
    /// Whether it closes its ends to others; a wait alone does not.
    pub isolates: bool,
}

#[derive(Debug)]
pub enum Target<'p> {
    Workload(usize),
    /// What a Service without a workload selects.
    Pods {
        namespace: &'p str,
        labels: BTreeMap<String, String>,
    },
}

/// A port of pods: not the Service's, which no policy knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PodPort {
    Number(u16),
    Name(String),
}

/// The flows that workloads say, and those to what they wait for.
pub fn all<'p>(index: &Index<'p>, report: &mut Report) -> Vec<Flow<'p>> {
    let mut flows = Vec::new();
    for (from, workload) in index.system.workloads.values().enumerate() {
        for (endpoint, connection) in &workload.connects.0 {
            match target(index, endpoint, connection.key) {
                Ok((to, port, protocol)) => {
                    flows.push(Flow { from, to, port, protocol, isolates: true });
                }
                Err(fault) => report.add(fault),
            }
        }
        for endpoint in &workload.wait_for {
            // What is wrong with it is said where it waits.
            if let Ok((to, port, protocol)) = target(index, endpoint, endpoint.place) {
                flows.push(Flow { from, to, port, protocol, isolates: false });
            }
        }
    }
    flows
}

type Found<'p> = (Target<'p>, PodPort, Protocol);

/// The pods behind `SERVICE/PORT`, or behind `WORKLOAD/PORT`.
fn target<'p>(
    index: &Index<'p>,
    endpoint: &Endpoint,
    place: Place,
) -> Result<Found<'p>, Diagnostic> {
    let unknown = match index.endpoint(endpoint) {
        Ok((service, port)) => return behind(index, service, port, place),
        Err(unknown) => unknown,
    };
    let workloads = &index.system.workloads;
    let name = endpoint.service.as_str();
    let found = workloads.get_full(name).filter(|_| endpoint.namespace.is_none());
    let Some((at, _, workload)) = found.filter(|_| index.service(endpoint).is_err()) else {
        return Err(unknown.at(place));
    };
    let port = container_ports(workload).find(|(own, spec)| match &endpoint.port {
        PortRef::Name(wanted) => *own == wanted,
        PortRef::Number(number) => spec.port.get() == number.get(),
    });
    let Some((_, port)) = port else {
        let known = container_ports(workload).map(|(name, _)| name.as_str());
        let wrong = endpoint.port.to_string();
        let message = format!("the workload `{name}` has no port `{wrong}`");
        return Err(Unknown::new(message, wrong, known).at(place));
    };
    Ok((Target::Workload(at), PodPort::Number(port.port.get()), port.protocol))
}

fn behind<'p>(
    index: &Index<'p>,
    service: &ServiceView<'p>,
    port: &PortView<'_>,
    place: Place,
) -> Result<Found<'p>, Diagnostic> {
    let pod_port = pod_port(port);
    if let Some((name, _)) = service.workload {
        let at = index.system.workloads.get_index_of(name);
        let target = at.map(Target::Workload).ok_or_else(|| nowhere(name, place))?;
        return Ok((target, pod_port, port.protocol));
    }
    let written = service.written.and_then(|written| written.selector.as_ref());
    let Some(selector) = written else {
        let is_name = service.written.is_some_and(|own| own.kind() == ServiceType::ExternalName);
        let what = if is_name { "stands for a name outside" } else { "selects no pods" };
        return Err(Diagnostic::new(format!("the Service `{}` {what}", service.name))
            .at(place)
            .help("a policy knows only addresses there: `outside: {NAME: {to: [203.0.113.0/24], ports: [443]}}`"));
    };
    let labels = selector.iter().map(|(key, value)| (key.to_string(), value.to_string()));
    let target = Target::Pods { namespace: service.namespace, labels: labels.collect() };
    Ok((target, pod_port, port.protocol))
}

fn nowhere(name: &DnsLabel, place: Place) -> Diagnostic {
    Diagnostic::new(format!("there is no workload `{name}`")).at(place)
}

/// The pods' own port behind a Service's.
pub fn pod_port(port: &PortView<'_>) -> PodPort {
    match (port.container_port, &port.target) {
        (Some(number), _) => PodPort::Number(number),
        (None, PortRef::Number(number)) => PodPort::Number(number.get()),
        (None, PortRef::Name(name)) => PodPort::Name(name.to_string()),
    }
}

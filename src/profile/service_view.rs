//! Services as they will be: those that are written, with their ports found,
//! and the one that a StatefulSet cannot do without.

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::scalar::{DnsLabel, PortName, Scalar, ServiceName};
use crate::source::Place;

use super::container::{ContainerPort, Protocol};
use super::decode::{At, Item};
use super::progressive::service_pair;
use super::refs::PortRef;
use super::service::{Service, ServicePort, ServiceType};
use super::workload::{Workload, WorkloadKind};

/// A Service as it will be, with nothing left to derive.
pub struct ServiceView<'p> {
    pub name: String,
    pub namespace: &'p str,
    pub place: Place,
    /// What the user wrote; none where the Service is derived.
    pub written: Option<&'p Service>,
    pub workload: Option<(&'p DnsLabel, &'p Workload)>,
    pub headless: bool,
    pub ports: Vec<PortView<'p>>,
}

/// A port of a Service.
#[derive(Clone)]
pub struct PortView<'p> {
    pub name: &'p PortName,
    /// The Service's own number.
    pub number: u16,
    pub target: PortRef,
    /// The number that the pods listen on, where the profile knows it.
    pub container_port: Option<u16>,
    pub protocol: Protocol,
    pub written: Option<&'p ServicePort>,
}

impl PortView<'_> {
    /// The port that clients use. A headless Service has no address of its
    /// own: its name leads to the pods, and so to the pods' port.
    pub fn reached_at(&self, service: &ServiceView<'_>) -> u16 {
        match self.container_port {
            Some(port) if service.headless => port,
            _ => self.number,
        }
    }
}

pub fn headless_services(workload: &Workload) -> impl Iterator<Item = &str> {
    workload
        .services
        .iter()
        .filter(|(_, service)| service.is_headless())
        .map(|(name, _)| name.as_str())
}

pub fn derived_governing_name(workload: &DnsLabel) -> String {
    format!("{workload}-headless")
}

/// The Services of a workload: those written, and the one that a StatefulSet
/// cannot do without.
pub fn workload_services<'p>(
    name: &'p DnsLabel,
    workload: &'p Item<Workload>,
    namespace: &'p str,
    report: &mut Report,
) -> Vec<ServiceView<'p>> {
    let mut views: Vec<ServiceView<'p>> = workload
        .services
        .iter()
        .map(|(service_name, service)| ServiceView {
            name: service_name.to_string(),
            namespace,
            place: service.key,
            written: Some(service),
            workload: Some((name, workload)),
            headless: service.is_headless(),
            ports: ports_of(service, Some(workload), service.key, report),
        })
        .collect();
    let needs_one = *workload.kind == WorkloadKind::StatefulSet
        && workload.governing_service.is_none()
        && headless_services(workload).next().is_none();
    if needs_one {
        if let Err(reason) = ServiceName::parse(&derived_governing_name(name)) {
            report.add(
                Diagnostic::new("no Service can be called after this StatefulSet")
                    .at(workload.key)
                    .label(reason)
                    .help("give it a headless Service with a name of its own"),
            );
        }
        let ports = container_ports(workload).map(|(name, port)| same_port(name, port)).collect();
        views.push(ServiceView {
            name: derived_governing_name(name),
            namespace,
            place: workload.key,
            written: None,
            workload: Some((name, workload)),
            headless: true,
            ports,
        });
    }
    if *workload.kind == WorkloadKind::Rollout {
        rollout_services(name, workload, namespace, &mut views, report);
    }
    views
}

/// The Services of a Rollout's two versions that nobody wrote.
fn rollout_services<'p>(
    name: &'p DnsLabel,
    workload: &'p Item<Workload>,
    namespace: &'p str,
    views: &mut Vec<ServiceView<'p>>,
    report: &mut Report,
) {
    // Which of several is meant, the builder asks.
    let Ok(pair) = service_pair(name.as_str(), workload) else { return };
    let named = |service: &Option<At<ServiceName>>| service.is_some();
    let (current_written, next_written) = match (&workload.canary, &workload.blue_green) {
        (Some(canary), _) => (named(&canary.stable_service), named(&canary.canary_service)),
        (None, Some(colours)) => (named(&colours.active_service), named(&colours.preview_service)),
        (None, None) => return,
    };
    let wanted = [(&pair.current, current_written), (&pair.next, next_written)];
    for (service, written) in wanted {
        let Some(service) = service else { continue };
        if written || views.iter().any(|view| view.name == *service) {
            continue;
        }
        if let Err(reason) = ServiceName::parse(service) {
            report.add(
                Diagnostic::new(format!("no Service can be called `{service}`"))
                    .at(workload.key)
                    .label(reason)
                    .help("give this Rollout two Services with names of their own"),
            );
            continue;
        }
        // The new version is reached as the one in use is.
        let like = views.iter().find(|view| Some(&view.name) == pair.current.as_ref());
        let ports: Vec<PortView> = match like {
            Some(view) => {
                let own = |port: &&'p ServicePort| port.node_port.is_none();
                let ports = view.ports.iter().cloned();
                ports.map(|port| PortView { written: port.written.filter(own), ..port }).collect()
            }
            None => container_ports(workload).map(|(name, port)| same_port(name, port)).collect(),
        };
        if ports.is_empty() {
            report.add(
                Diagnostic::missing(format!("the Service `{service}` would have no ports"))
                    .at(workload.key)
                    .help("give the workload `ports`: its versions are told apart by Services"),
            );
        }
        views.push(ServiceView {
            name: service.clone(),
            namespace,
            place: workload.key,
            written: None,
            workload: Some((name, workload)),
            headless: false,
            ports,
        });
    }
}

/// A Service without a workload: an external name, or a selector of its own.
pub fn free_service<'p>(
    name: &str,
    service: &'p Item<Service>,
    namespace: &'p str,
    report: &mut Report,
) -> Option<ServiceView<'p>> {
    Some(ServiceView {
        name: name.to_owned(),
        namespace,
        place: service.key,
        written: Some(service),
        workload: None,
        headless: service.is_headless(),
        ports: ports_of(service, None, service.key, report),
    })
}

/// The ports of all containers that run as long as the pod.
pub fn container_ports(workload: &Workload) -> impl Iterator<Item = (&PortName, &ContainerPort)> {
    let others = workload.sidecars.values().chain(workload.containers.values());
    workload
        .container
        .ports
        .iter()
        .chain(others.flat_map(|container| container.ports.iter()))
        .map(|(name, port)| (name, &port.value))
}

fn same_port<'p>(name: &'p PortName, port: &'p ContainerPort) -> PortView<'p> {
    PortView {
        name,
        number: port.port.get(),
        target: PortRef::Name(name.clone()),
        container_port: Some(port.port.get()),
        protocol: port.protocol,
        written: None,
    }
}

fn ports_of<'p>(
    service: &'p Service,
    workload: Option<&'p Workload>,
    place: Place,
    report: &mut Report,
) -> Vec<PortView<'p>> {
    let is_name = service.kind() == ServiceType::ExternalName;
    let headless = service.is_headless();
    let needed = !is_name && !headless;
    let no_ports = |at: Place| Diagnostic::missing("this Service has no ports").at(at);
    let Some(written) = &service.ports else {
        let ports: Vec<PortView> = workload
            .into_iter()
            .flat_map(container_ports)
            .map(|(name, port)| same_port(name, port))
            .collect();
        if ports.is_empty() && needed {
            report.add(no_ports(place).help("give the workload `ports`, or the Service its own"));
        }
        return ports;
    };
    if written.0.is_empty() && needed {
        report.add(no_ports(written.place).help("leave `ports` out for all of the workload's"));
    }
    let ports: Vec<PortView> = written
        .0
        .iter()
        .filter_map(|(name, port)| match resolve_port(name, port, workload) {
            Ok(view) => Some(view),
            Err(diagnostic) => {
                report.add(diagnostic);
                None
            }
        })
        .collect();
    for (at, port) in ports.iter().enumerate() {
        let taken =
            |other: &&PortView| (other.number, other.protocol) == (port.number, port.protocol);
        if let Some(other) = ports[..at].iter().find(taken) {
            let place = written.0.get(port.name).map_or(place, |item| item.key);
            report.error(
                place,
                format!(
                    "the ports `{}` and `{}` have one number, {}",
                    other.name, port.name, port.number
                ),
            );
        }
    }
    ports
}

fn resolve_port<'p>(
    name: &'p PortName,
    port: &'p Item<ServicePort>,
    workload: Option<&'p Workload>,
) -> Result<PortView<'p>, Diagnostic> {
    let Some(workload) = workload else {
        let Some(number) = &port.port else {
            let fault =
                Diagnostic::missing(format!("the port `{name}` needs a number")).at(port.key);
            return Err(fault.help(format!("for example `{{{name}: 8080}}`")));
        };
        let own_number = PortRef::Number(number.value);
        let number = number.get();
        let target = port.target.as_ref().map(|target| target.value.clone());
        let container_port = match &target {
            None => Some(number),
            Some(PortRef::Number(target)) => Some(target.get()),
            Some(PortRef::Name(_)) => None,
        };
        let protocol = port.protocol.as_ref().map_or(Protocol::Tcp, |protocol| protocol.value);
        let target = target.unwrap_or_else(|| own_number.clone());
        return Ok(PortView {
            name,
            number,
            target,
            container_port,
            protocol,
            written: Some(port),
        });
    };
    let wanted = port
        .target
        .as_ref()
        .map_or_else(|| PortRef::Name(name.clone()), |target| target.value.clone());
    let found = container_ports(workload).find(|(own, spec)| match &wanted {
        PortRef::Name(wanted) => *own == wanted,
        PortRef::Number(number) => spec.port.get() == number.get(),
    });
    let (target, container) = match (found, &wanted) {
        (Some((own, spec)), _) => (PortRef::Name(own.clone()), Some(spec)),
        // A number that no container names is still a port that may be open.
        (None, PortRef::Number(_)) => (wanted.clone(), None),
        (None, PortRef::Name(wrong)) => {
            let known = container_ports(workload).map(|(own, _)| own.as_str());
            let place = port.target.as_ref().map_or(port.key, |target| target.place);
            let message = format!("the workload has no port `{wrong}`");
            let fault = Unknown::new(message, wrong.as_str(), known).at(place);
            return Err(if port.target.is_none() {
                fault.help(format!("say where it leads: `{name}: {{port: 80, target: …}}`"))
            } else {
                fault
            });
        }
    };
    let container_port = match (&container, &wanted) {
        (Some(spec), _) => Some(spec.port.get()),
        (None, PortRef::Number(number)) => Some(number.get()),
        (None, PortRef::Name(_)) => None,
    };
    let number = port.port.as_ref().map(|number| number.get()).or(container_port).unwrap_or(0);
    let own = container.map(|spec| spec.protocol);
    if let (Some(written), Some(own)) = (&port.protocol, own)
        && written.value != own
    {
        let other = format!("the container's port is {}", own.as_str());
        return Err(Diagnostic::new("nobody listens on this protocol")
            .at(written.place)
            .label(other));
    }
    let written = port.protocol.as_ref().map(|protocol| protocol.value);
    let protocol = written.or(own).unwrap_or(Protocol::Tcp);
    Ok(PortView { name, number, target, container_port, protocol, written: Some(port) })
}

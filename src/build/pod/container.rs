//! One container.

use std::collections::{BTreeMap, HashMap};

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::container::{Container, Protocol, Resources};
use crate::profile::decode::{At, Named};
use crate::profile::image::PullPolicy;
use crate::profile::refs::ResourceName;
use crate::profile::scalar::{self, DnsLabel, PortName, PortNumber};
use crate::profile::workload::Workload;
use crate::source::Place;

use super::super::context::Context;
use super::super::meta::some_list;
use super::super::raw;
use super::{Gather, env, probe, volume};

pub fn container<'p>(
    gather: &mut Gather<'_, 'p>,
    name: &'p DnsLabel,
    container: &'p Container,
    report: &mut Report,
) -> core::Container {
    let image = match gather.context.index.image(&container.image) {
        Ok(image) => Some(image),
        Err(diagnostic) => {
            report.add(diagnostic);
            None
        }
    };
    let pull_policy = container.pull_policy.or(image.as_ref().and_then(|image| image.pull_policy));
    let list = |list: &Option<Vec<String>>| list.clone().filter(|list| !list.is_empty());
    let probes = container.probes.as_ref().map(|probes| &probes.value);
    core::Container {
        name: name.to_string(),
        image: image.map(|image| image.reference),
        image_pull_policy: pull_policy.map(PullPolicy::as_str).map(str::to_owned),
        command: list(&container.command),
        args: list(&container.args),
        working_dir: container.working_dir.as_ref().map(ToString::to_string),
        ports: some_list(ports(gather.workload, container, report)),
        env_from: some_list(env::sources(gather, container, report)),
        env: some_list(env::variables(gather, name, container, report)),
        resources: container.resources.as_ref().map(|resources| requirements(resources, report)),
        volume_mounts: some_list(volume::mounts(gather, container, report)),
        startup_probe: probes.and_then(|probes| {
            probe::probe(probe::Question::Startup, probes.startup.as_ref()?, container, report)
        }),
        liveness_probe: probes.and_then(|probes| {
            probe::probe(probe::Question::Liveness, probes.liveness.as_ref()?, container, report)
        }),
        readiness_probe: probes.and_then(|probes| {
            probe::probe(probe::Question::Readiness, probes.readiness.as_ref()?, container, report)
        }),
        lifecycle: container
            .lifecycle
            .as_ref()
            .map(|lifecycle| probe::lifecycle(gather.context, lifecycle, container, report)),
        security_context: container
            .security_context
            .as_ref()
            .and_then(|part| raw::part(part, report)),
        tty: container.tty,
        stdin: container.stdin,
        termination_message_policy: container
            .termination_message_policy
            .map(|policy| policy.as_str().to_owned()),
        ..core::Container::default()
    }
}

fn ports(
    workload: &Workload,
    container: &Container,
    report: &mut Report,
) -> Vec<core::ContainerPort> {
    let on_host = workload.host_network.as_ref().is_some_and(|flag| **flag);
    let mut seen: HashMap<(u16, Protocol), (&PortName, Place)> = HashMap::new();
    let mut ports = Vec::with_capacity(container.ports.len());
    for (name, port) in &container.ports {
        let number = port.port.get();
        if let Some((first, place)) = seen.insert((number, port.protocol), (name, port.key)) {
            report.add(
                Diagnostic::new(format!("the ports `{first}` and `{name}` have one number"))
                    .at(port.key)
                    .related(place, "the other one"),
            );
        }
        let host_port = port.host_port.map(PortNumber::get);
        if on_host && host_port.is_some_and(|host_port| host_port != number) {
            report.error(port.key, "on the node's network `hostPort` and `port` are one");
        }
        ports.push(core::ContainerPort {
            name: Some(name.to_string()),
            container_port: i32::from(number),
            host_port: host_port.map(i32::from),
            host_ip: port.host_ip.as_ref().map(ToString::to_string),
            protocol: Some(port.protocol.as_str().to_owned()),
        });
    }
    ports
}

fn requirements(resources: &Resources, report: &mut Report) -> core::ResourceRequirements {
    for (name, request) in &resources.requests {
        check_amount(name, request, report);
        let Some(limit) = resources.limits.get(name) else { continue };
        if request.value.value > limit.value.value {
            report.add(
                Diagnostic::new(format!("the request of `{}` is above its limit", name.as_str()))
                    .at(request.place)
                    .related(limit.place, "the limit"),
            );
        }
    }
    for (name, limit) in &resources.limits {
        check_amount(name, limit, report);
        // ValidateResourceRequirements: what is not shared is asked for whole.
        let request = resources.requests.get(name).map(|request| &request.value.value);
        let whole = name.as_str().contains('/') || name.as_str().starts_with("hugepages-");
        if whole && request.is_some_and(|request| *request != limit.value.value) {
            report.error(limit.place, "request and limit of this resource must be the same");
        }
    }
    core::ResourceRequirements {
        requests: amounts(&resources.requests),
        limits: amounts(&resources.limits),
        claims: None,
    }
}

type Amounts = Named<ResourceName, At<scalar::Quantity>>;

fn amounts(named: &Amounts) -> Option<BTreeMap<String, Quantity>> {
    let amounts: BTreeMap<String, Quantity> = named
        .iter()
        .map(|(name, amount)| (name.as_str().to_owned(), Quantity(amount.value.to_string())))
        .collect();
    (!amounts.is_empty()).then_some(amounts)
}

fn check_amount(name: &ResourceName, amount: &At<scalar::Quantity>, report: &mut Report) {
    if amount.is_negative() {
        report.error(amount.place, format!("an amount of `{}` is not below 0", name.as_str()));
    }
}

/// A container for each Service that must answer first. Host and port are
/// names that were checked, so no shell can read anything else into them.
pub fn waiting(
    context: &Context<'_>,
    workload: &Workload,
    report: &mut Report,
) -> Vec<core::Container> {
    if workload.wait_for.is_empty() {
        return Vec::new();
    }
    let image = match context.index.image(&context.index.system.wait_image) {
        Ok(image) => image,
        Err(diagnostic) => {
            report.add(diagnostic);
            return Vec::new();
        }
    };
    let mut containers: Vec<core::Container> = Vec::new();
    for endpoint in &workload.wait_for {
        let address = match context.index.address(endpoint) {
            Ok(address) => address,
            Err(unknown) => {
                report.add(unknown.at(endpoint.place));
                continue;
            }
        };
        if address.protocol != Protocol::Tcp {
            report.error(endpoint.place, "only a TCP port shows whether somebody answers");
        }
        let (host, port) = (&address.host, address.port);
        let name = waiting_name(endpoint.service.as_ref(), &endpoint.port.to_string());
        if containers.iter().any(|other| other.name == name) {
            report.error(endpoint.place, "this is waited for twice");
            continue;
        }
        containers.push(core::Container {
            name,
            image: Some(image.reference.clone()),
            image_pull_policy: image.pull_policy.map(PullPolicy::as_str).map(str::to_owned),
            command: Some(vec![
                "sh".to_owned(),
                "-c".to_owned(),
                format!("until nc -z -w 2 {host} {port}; do echo waiting for {host}:{port}; sleep 2; done"),
            ]),
            resources: Some(waiting_resources()),
            ..core::Container::default()
        });
    }
    containers
}

/// A container's name is a DNS label; the end of a long one is the telling one.
fn waiting_name(service: &str, port: &str) -> String {
    let whole = format!("wait-for-{service}-{port}").replace('.', "-");
    match whole.len() {
        0..=63 => whole,
        length => format!("w{}", &whole[length - 62..]),
    }
}

/// Waiting costs next to nothing, and a quota may ask for every container's
/// requests and limits.
fn waiting_resources() -> core::ResourceRequirements {
    let amounts = |cpu: &str, memory: &str| {
        Some(BTreeMap::from([
            ("cpu".to_owned(), Quantity(cpu.to_owned())),
            ("memory".to_owned(), Quantity(memory.to_owned())),
        ]))
    };
    core::ResourceRequirements {
        requests: amounts("10m", "16Mi"),
        limits: amounts("50m", "32Mi"),
        claims: None,
    }
}

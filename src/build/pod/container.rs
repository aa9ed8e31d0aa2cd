//! One container.

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::Report;
use crate::profile::container::{Container, ContainerPort};
use crate::profile::decode::Item;
use crate::profile::image::PullPolicy;
use crate::scalar::{DnsLabel, PortName};

use super::super::meta::some_list;
use super::{Gather, env, probe, resources, security, volume};

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
    security::ask_for_writes(gather.security.as_ref(), name.as_str(), container, report);
    let pull_policy = container.pull_policy.or(image.as_ref().and_then(|image| image.pull_policy));
    let grace = gather.workload.termination_grace_period.as_ref();
    let grace =
        grace.and_then(|time| time.as_secs_exact()).and_then(|secs| i64::try_from(secs).ok());
    let list = |list: &Option<Vec<String>>| list.clone().filter(|list| !list.is_empty());
    let probes = container.probes.as_ref().map(|probes| &probes.value);
    core::Container {
        name: name.to_string(),
        image: image.map(|image| image.reference),
        image_pull_policy: pull_policy.map(PullPolicy::as_str).map(str::to_owned),
        command: list(&container.command),
        args: list(&container.args),
        working_dir: container.working_dir.as_ref().map(ToString::to_string),
        ports: some_list(container.ports.iter().map(|(name, item)| port(name, item)).collect()),
        env_from: some_list(env::sources(gather, container, report)),
        env: some_list(env::variables(gather, name, container, report)),
        resources: container.resources.as_ref().map(|own| resources::requirements(own, report)),
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
            .map(|lifecycle| probe::lifecycle(gather.context, lifecycle, grace, container, report)),
        security_context: security::of_container(gather.security.as_ref(), container, report),
        tty: container.tty,
        stdin: container.stdin,
        termination_message_policy: container
            .termination_message_policy
            .map(|policy| policy.as_str().to_owned()),
        ..core::Container::default()
    }
}

fn port(name: &PortName, port: &Item<ContainerPort>) -> core::ContainerPort {
    core::ContainerPort {
        name: Some(name.to_string()),
        container_port: i32::from(port.port.get()),
        host_port: port.host_port.map(|port| i32::from(port.get())),
        host_ip: port.host_ip.as_ref().map(ToString::to_string),
        protocol: Some(port.protocol.as_str().to_owned()),
    }
}

//! The pod of a workload: its containers, what they mount, and where it runs.

pub mod checksum;
pub mod container;
pub mod env;
pub mod pod_security;
pub mod ports;
pub mod probe;
pub mod resources;
pub mod scheduling;
pub mod security;
pub mod volume;

use indexmap::IndexMap;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::container::Container;
use crate::profile::decode::{At, Item};
use crate::profile::hardening::Security;
use crate::profile::workload::{Dns, DnsPolicy, Workload, WorkloadKind};
use crate::scalar::DnsLabel;
use crate::source::Place;

use super::context::{Context, seconds};
use super::meta::{Pairs, WorkloadLabels, add, some, some_list};
use super::storage::Claims;
use super::{monitoring, waiting};
use checksum::Reads;
use volume::Volumes;

/// A pod template and the claims that its mounts call for.
pub struct Pod<'p> {
    pub template: core::PodTemplateSpec,
    pub claims: Claims<'p>,
}

/// What one pod gathers while its containers are built.
pub struct Gather<'a, 'p> {
    pub context: &'a Context<'p>,
    pub workload_name: &'p DnsLabel,
    pub workload: &'p Workload,
    pub volumes: Volumes,
    pub claims: Claims<'p>,
    pub reads: Reads<'p>,
    pub security: Option<Security>,
}

pub fn pod<'p>(
    context: &Context<'p>,
    name: &'p DnsLabel,
    workload: &'p Item<Workload>,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> Pod<'p> {
    let mut gather = Gather {
        context,
        workload_name: name,
        workload,
        volumes: Volumes::new(name, workload),
        claims: IndexMap::new(),
        reads: Reads::default(),
        security: security::of_workload(context, workload),
    };
    check_names(name, workload, report);
    ports::check(workload, report);
    let init_containers = init_containers(&mut gather, report);
    let main = workload.container_name.as_ref().unwrap_or(name);
    let mut containers = vec![container::container(&mut gather, main, &workload.container, report)];
    for (name, other) in &workload.containers {
        containers.push(container::container(&mut gather, name, other, report));
    }
    let spec = core::PodSpec {
        init_containers: some_list(init_containers),
        containers,
        security_context: security::of_pod(gather.security.as_ref(), workload, report),
        ..settings(context, name, workload, labels, report)
    };
    gather.volumes.refuse_unused(workload, report);
    let mut annotations = match workload.restart_on_change {
        true => gather.reads.annotations(context),
        false => Pairs::new(),
    };
    let digests = annotations.clone();
    annotations.extend(monitoring::scrape_annotations(context.index, workload, report));
    for (key, value) in &workload.pod_annotations {
        if digests.contains_key(key.as_str()) {
            report.add(
                Diagnostic::new(format!("`{key}` restarts the pods when what they read changes"))
                    .at(value.key)
                    .help("to do that another way, say `restartOnChange: false`"),
            );
        }
    }
    add(&mut annotations, &workload.pod_annotations);
    let spec = core::PodSpec { volumes: some_list(gather.volumes.list), ..spec };
    security::check(context, workload, gather.security.as_ref(), &spec, workload.key, report);
    let template = core::PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: some(labels.pod.clone()),
            annotations: some(annotations),
            ..ObjectMeta::default()
        }),
        spec: Some(spec),
    };
    Pod { template, claims: gather.claims }
}

/// Containers that wait come first, then the user's own, then those that stay.
fn init_containers<'p>(gather: &mut Gather<'_, 'p>, report: &mut Report) -> Vec<core::Container> {
    let workload = gather.workload;
    let mut list = waiting::containers(gather.context.index, workload, report);
    for (name, init) in &workload.init_containers {
        for (what, place) in [
            ("probes", init.probes.as_ref().map(|probes| probes.place)),
            ("lifecycle", init.lifecycle.as_ref().map(|_| init.key)),
        ] {
            if let Some(place) = place {
                report.add(
                    Diagnostic::new(format!("an init container has no `{what}`"))
                        .at(place)
                        .help("one that runs beside the others belongs under `sidecars`"),
                );
            }
        }
        list.push(container::container(gather, name, init, report));
    }
    for (name, sidecar) in &workload.sidecars {
        gather.context.since(29, "a sidecar", sidecar.key, report);
        let container = container::container(gather, name, sidecar, report);
        list.push(core::Container { restart_policy: Some("Always".to_owned()), ..container });
    }
    list
}

/// Containers of one pod have one name each.
fn check_names(name: &DnsLabel, workload: &Workload, report: &mut Report) {
    let main = workload.container_name.as_ref().unwrap_or(name);
    let mut seen: IndexMap<&DnsLabel, Option<Place>> = IndexMap::from([(main, None)]);
    let others = [&workload.containers, &workload.init_containers, &workload.sidecars];
    for (name, container) in others.into_iter().flatten() {
        if let Some(first) = seen.insert(name, Some(container.key)) {
            let twice =
                Diagnostic::new(format!("two containers are called `{name}`")).at(container.key);
            report.add(match first {
                Some(first) => twice.related(first, "the other one"),
                None => {
                    twice.help("the main container has the workload's name, or `containerName`")
                }
            });
        }
    }
}

/// All containers of a workload with their names.
pub fn all_containers<'p>(
    name: &'p DnsLabel,
    workload: &'p Workload,
) -> impl Iterator<Item = (&'p DnsLabel, &'p Container)> {
    let main = workload.container_name.as_ref().unwrap_or(name);
    let others = [&workload.containers, &workload.sidecars, &workload.init_containers];
    let others = others.into_iter().flatten().map(|(name, item)| (name, &item.value));
    std::iter::once((main, &workload.container)).chain(others)
}

/// The containers that run as long as the pod does.
pub fn lasting_containers<'p>(
    name: &'p DnsLabel,
    workload: &'p Workload,
) -> impl Iterator<Item = (&'p DnsLabel, &'p Container)> {
    let init = &workload.init_containers;
    all_containers(name, workload).filter(move |(name, _)| !init.contains_key(*name))
}

/// Everything of a pod but its containers and volumes.
fn settings(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> core::PodSpec {
    let restart_policy = match workload.kind.value {
        WorkloadKind::Job | WorkloadKind::CronJob => {
            let written = workload.job.as_ref().map(|job| job.restart_policy.as_str());
            Some(written.unwrap_or("OnFailure").to_owned())
        }
        _ => None,
    };
    if let (Some(true), Some(true)) =
        (workload.host_pid, workload.share_processes.as_ref().map(|flag| flag.value))
    {
        let place =
            workload.share_processes.as_ref().map_or(workload.kind.place, |flag| flag.place);
        report.error(place, "with `hostPID` the pods see the node's processes already");
    }
    for secret in &workload.image_pull_secrets {
        if let Err(unknown) = context.index.secret(&secret.value) {
            let help = "one that is made elsewhere is declared with `from: existing`";
            report.add(unknown.at(secret.place).help(help));
        }
    }
    let text = |value: &dyn ToString| value.to_string();
    let (dns_policy, dns_config) = dns(workload.dns.as_ref(), report);
    core::PodSpec {
        restart_policy,
        service_account_name: workload
            .service_account
            .as_ref()
            .map(|account| text(&account.name.value)),
        automount_service_account_token: Some(workload.automount_token),
        image_pull_secrets: some_list(
            workload
                .image_pull_secrets
                .iter()
                .map(|secret| core::LocalObjectReference { name: text(&secret.value) })
                .collect(),
        ),
        priority_class_name: workload.priority_class.as_ref().map(|class| text(class)),
        scheduler_name: workload.scheduler_name.as_ref().map(|name| text(name)),
        runtime_class_name: workload.runtime_class.as_ref().map(|class| text(class)),
        node_selector: some(
            workload
                .node_selector
                .iter()
                .map(|(key, value)| (text(key), text(&value.value)))
                .collect(),
        ),
        affinity: scheduling::affinity(context, name, workload, labels, report),
        topology_spread_constraints: scheduling::spread(workload, labels, report),
        tolerations: scheduling::tolerations(workload, report),
        host_network: workload.host_network.as_ref().map(|flag| **flag),
        host_pid: workload.host_pid,
        host_ipc: workload.host_ipc,
        hostname: workload.hostname.as_ref().map(|name| text(name)),
        subdomain: workload.subdomain.as_ref().map(|name| text(name)),
        set_hostname_as_fqdn: workload.hostname_as_fqdn,
        host_aliases: some_list(
            workload
                .host_aliases
                .iter()
                .map(|(ip, names)| core::HostAlias {
                    ip: text(ip),
                    hostnames: some_list(names.iter().map(|name| text(name)).collect()),
                })
                .collect(),
        ),
        dns_policy,
        dns_config,
        share_process_namespace: workload.share_processes.as_ref().map(|flag| flag.value),
        enable_service_links: workload.service_links,
        termination_grace_period_seconds: workload
            .termination_grace_period
            .as_ref()
            .and_then(|time| seconds(time, report))
            .map(i64::from),
        ..core::PodSpec::default()
    }
}

fn dns(dns: Option<&At<Dns>>, report: &mut Report) -> (Option<String>, Option<core::PodDNSConfig>) {
    let Some(dns) = dns else { return (None, None) };
    // validatePodDNSConfig.
    if dns.nameservers.len() > 3 {
        report.error(dns.place, "a pod has at most 3 name servers");
    }
    if dns.searches.len() > 32 {
        report.error(dns.place, "a pod has at most 32 search domains");
    }
    if let Some(policy) = dns.policy.as_ref().filter(|policy| policy.value == DnsPolicy::None)
        && dns.nameservers.is_empty()
    {
        report.error(policy.place, "the policy `None` needs `nameservers`");
    }
    let config = core::PodDNSConfig {
        nameservers: some_list(dns.nameservers.iter().map(ToString::to_string).collect()),
        searches: some_list(dns.searches.iter().map(ToString::to_string).collect()),
        options: some_list(
            dns.options
                .iter()
                .map(|(name, value)| core::PodDNSConfigOption {
                    name: Some(name.to_string()),
                    value: (!value.is_empty()).then(|| value.value.clone()),
                })
                .collect(),
        ),
    };
    let policy = dns.policy.as_ref().map(|policy| policy.as_str().to_owned());
    (policy, (config != core::PodDNSConfig::default()).then_some(config))
}

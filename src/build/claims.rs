//! Layer 5: claims by themselves, and what a reference to any claim leads to.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::decode::{At, place};
use crate::profile::index::lives_elsewhere;
use crate::profile::mount::{AccessMode, Mount};
use crate::profile::storage::{ClaimRef, StandaloneClaim, VolumeMode};
use crate::profile::words::StorageClassName;
use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::{self, DnsLabel, DnsName};

use super::context::Context;
use super::meta::{extend, selector};
use super::pod::all_containers;
use super::raw;
use super::storage::{access_modes, check_size, shared_name};

/// What a reference to a claim leads to.
pub struct Found<'p> {
    pub namespace: &'p str,
    pub name: ClaimName<'p>,
    pub size: &'p At<scalar::Quantity>,
    pub storage_class: Option<&'p At<StorageClassName>>,
    pub access_modes: Option<&'p At<Vec<AccessMode>>>,
    pub volume_mode: Option<&'p At<VolumeMode>>,
}

/// How a claim is called in the cluster.
pub enum ClaimName<'p> {
    One(String),
    /// Each pod of a StatefulSet has one: `CLAIM-WORKLOAD-NUMBER`.
    EachPod {
        prefix: String,
        workload: (&'p DnsLabel, &'p Workload),
        pods: u32,
    },
}

impl ClaimName<'_> {
    /// The claim of one pod, where each has one.
    pub fn of_pod(&self, pod: &At<u32>, report: &mut Report) -> Option<String> {
        match self {
            ClaimName::One(name) => {
                report.error(pod.place, format!("`{name}` is one claim for all pods"));
                None
            }
            ClaimName::EachPod { workload, pods, .. } if **pod >= *pods => {
                let (name, _) = workload;
                let message = format!("`{name}` has {pods} pods at most, numbered from 0");
                report.error(pod.place, message);
                None
            }
            ClaimName::EachPod { prefix, .. } => Some(format!("{prefix}{}", **pod)),
        }
    }
}

/// Looks a claim up, and says where it is not.
pub fn find<'p>(
    context: &Context<'p>,
    reference: &At<ClaimRef>,
    report: &mut Report,
) -> Option<Found<'p>> {
    let system = context.index.system;
    let (name, claim) = match &reference.value {
        ClaimRef::Alone(name) => {
            let Some(claim) = system.claims.get(name) else {
                let known = system.claims.keys().map(DnsName::as_str);
                let message = format!("there is no `{name}` under `claims`");
                let fault = Unknown::new(message, name.as_str(), known).at(reference.place);
                report.add(fault.help("a workload's claim is `WORKLOAD/CLAIM`"));
                return None;
            };
            return Some(Found {
                namespace: context.index.home(&claim.namespace),
                name: ClaimName::One(name.to_string()),
                size: &claim.size,
                storage_class: claim.storage_class.as_ref(),
                access_modes: claim.access_modes.as_ref(),
                volume_mode: claim.volume_mode.as_ref(),
            });
        }
        ClaimRef::Of { workload, claim } => (workload, claim),
    };
    let Some((name, workload)) = system.workloads.get_key_value(name) else {
        let known = system.workloads.keys().map(DnsLabel::as_str);
        let message = format!("there is no workload `{name}`");
        report.add(Unknown::new(message, name.as_str(), known).at(reference.place));
        return None;
    };
    let mounts = || all_containers(name, workload).flat_map(|(_, own)| own.mounts.values());
    let own = mounts().filter(|mount| mount.claim.as_ref().is_some_and(|own| own.value == *claim));
    let Some((mount, size)) = own.into_iter().find_map(|mount| described(mount)) else {
        let known = mounts().filter_map(|mount| Some(mount.claim.as_ref()?.as_str()));
        let message = format!("the workload `{name}` has no claim `{claim}`");
        report.add(Unknown::new(message, claim.as_str(), known).at(reference.place));
        return None;
    };
    let name = match *workload.kind {
        WorkloadKind::StatefulSet => ClaimName::EachPod {
            prefix: format!("{claim}-{name}-"),
            workload: (name, workload),
            pods: most_pods(workload),
        },
        _ => ClaimName::One(shared_name(name.as_str(), claim.as_str())),
    };
    Some(Found {
        namespace: context.index.home(&workload.namespace),
        name,
        size,
        storage_class: mount.storage_class.as_ref(),
        access_modes: mount.access_modes.as_ref(),
        volume_mode: None,
    })
}

fn described(mount: &Mount) -> Option<(&Mount, &At<scalar::Quantity>)> {
    Some((mount, mount.size.as_ref()?))
}

fn most_pods(workload: &Workload) -> u32 {
    match &workload.scale {
        Some(scale) => *scale.max,
        None => workload.replicas.as_ref().map_or(1, |replicas| **replicas),
    }
}

/// The claims that stand by themselves.
pub fn standalone(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = context.index.system.claims.iter();
    all.filter_map(|(name, claim)| {
        let home = context.index.home(&claim.namespace);
        let mut labels = context.common_labels();
        extend(&mut labels, &claim.labels);
        let object = core::PersistentVolumeClaim {
            metadata: context.namespaced(home, name.as_str(), labels, &claim.annotations),
            spec: Some(spec(context, home, claim, report)?),
            status: None,
        };
        raw::object(&object, claim.key, report)
    })
    .collect()
}

fn spec(
    context: &Context<'_>,
    home: &str,
    claim: &StandaloneClaim,
    report: &mut Report,
) -> Option<core::PersistentVolumeClaimSpec> {
    check_size(&claim.size, report);
    let mode = claim.volume_mode.as_ref();
    if let Some(labels) = claim.selector.as_ref().filter(|labels| labels.is_empty()) {
        report.error(labels.place, "a selector needs a label");
    }
    Some(core::PersistentVolumeClaimSpec {
        access_modes: Some(access_modes(&claim.access_modes, report)?),
        storage_class_name: claim.storage_class.as_ref().map(|class| class.to_string()),
        volume_mode: mode.map(|mode| mode.as_str().to_owned()),
        volume_name: claim.volume_name.as_ref().map(ToString::to_string),
        selector: claim.selector.as_ref().map(|labels| {
            selector(
                labels.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect(),
            )
        }),
        data_source: claim
            .restore_from
            .as_ref()
            .map(|snapshot| restored_from(context, home, snapshot, &claim.size, mode, report)),
        resources: Some(core::VolumeResourceRequirements {
            requests: Some([("storage".to_owned(), Quantity(claim.size.to_string()))].into()),
            limits: None,
        }),
        ..core::PersistentVolumeClaimSpec::default()
    })
}

/// A claim that starts from a snapshot. Most snapshots are made elsewhere, or
/// at some time; one that the profile makes must fit.
pub fn restored_from(
    context: &Context<'_>,
    home: &str,
    snapshot: &At<DnsName>,
    size: &At<scalar::Quantity>,
    mode: Option<&At<VolumeMode>>,
    report: &mut Report,
) -> core::TypedLocalObjectReference {
    if let Some(known) = context.index.system.snapshots.get(&snapshot.value) {
        if let Some(at) = place(&known.schedule) {
            report.add(
                Diagnostic::new("a schedule makes snapshots with names of their own")
                    .at(snapshot.place)
                    .related(at, "the schedule")
                    .help("name one of them: its claim and time"),
            );
        }
        // What is wrong with the snapshot itself is said there.
        let of = known.of.as_ref();
        let source = of.and_then(|of| find(context, of, &mut Report::default()));
        let own = match &source {
            Some(source) => source.namespace,
            None => context.index.home(&known.namespace),
        };
        if own != home {
            report.add(
                lives_elsewhere(snapshot, own, "this claim", home)
                    .at(snapshot.place)
                    .related(known.key, "it is made there"),
            );
        }
        if let Some(source) = source {
            if size.value < source.size.value {
                report.add(
                    Diagnostic::new("what the snapshot holds may need more room")
                        .at(size.place)
                        .related(source.size.place, "the claim that it is of"),
                );
            }
            let block = |mode: Option<&At<VolumeMode>>| {
                mode.is_some_and(|mode| mode.value == VolumeMode::Block)
            };
            if block(mode) != block(source.volume_mode) {
                report.add(
                    Diagnostic::new("a file system and a bare device do not become each other")
                        .at(snapshot.place)
                        .related(source.size.place, "the claim that it is of"),
                );
            }
        }
    }
    core::TypedLocalObjectReference {
        api_group: Some("snapshot.storage.k8s.io".to_owned()),
        kind: "VolumeSnapshot".to_owned(),
        name: snapshot.to_string(),
    }
}

/// A mounted claim that is one of the profile's own must be within reach.
pub fn check_mounted(
    context: &Context<'_>,
    workload: &Workload,
    name: &At<DnsName>,
    report: &mut Report,
) {
    let Some(claim) = context.index.system.claims.get(&name.value) else { return };
    let (own, home) =
        (context.index.home(&claim.namespace), context.index.home(&workload.namespace));
    if own != home {
        report.add(
            lives_elsewhere(name, own, "these pods", home)
                .at(name.place)
                .related(claim.key, "it is made there"),
        );
    }
    if let Some(mode) = claim.volume_mode.as_ref().filter(|mode| mode.value == VolumeMode::Block) {
        report.add(
            Diagnostic::new("a bare device cannot be mounted")
                .at(name.place)
                .related(mode.place, "the claim is for one"),
        );
    }
}

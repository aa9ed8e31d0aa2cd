//! PersistentVolumes that are made by hand: by themselves, for one claim, or
//! one for each pod of a StatefulSet. The rules are ValidatePersistentVolume's.

use std::collections::HashMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item, place};
use crate::profile::mount::AccessMode;
use crate::profile::storage::{PersistentVolume, VolumeMode};
use crate::scalar::{DnsName, LabelValue, Scalar};
use crate::source::Place;

use super::claims::{self, ClaimName, Found};
use super::context::Context;
use super::meta::extend;
use super::raw;
use super::storage::access_modes;

const HOST: &str = "kubernetes.io/hostname";

/// A volume and the claim that it is for: its namespace and name.
struct Wanted {
    name: String,
    claim: Option<(String, String)>,
    nodes: Vec<String>,
}

pub fn volumes(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let mut objects = Vec::new();
    let mut taken: HashMap<(String, String), Place> = HashMap::new();
    for (name, volume) in &context.index.system.persistent_volumes {
        let found = volume.for_claim.as_ref().map(|of| claims::find(context, of, report));
        // A claim that is not there was said to be missing.
        let Ok(found) = found.map_or(Ok(None), |found| found.map(Some).ok_or(())) else { continue };
        let Some(spec) = spec(volume, found.as_ref(), report) else { continue };
        for wanted in wanted(name, volume, found.as_ref(), report) {
            if let Some(claim) = &wanted.claim
                && let Some(first) = taken.insert(claim.clone(), volume.key)
            {
                report.add(
                    Diagnostic::new(format!("two volumes are for the claim `{}`", claim.1))
                        .at(volume.key)
                        .related(first, "the other one"),
                );
            }
            objects.extend(object(context, volume, &spec, wanted, report));
        }
    }
    objects
}

fn object(
    context: &Context<'_>,
    volume: &Item<PersistentVolume>,
    spec: &core::PersistentVolumeSpec,
    wanted: Wanted,
    report: &mut Report,
) -> Option<Object> {
    let mut labels = context.common_labels();
    extend(&mut labels, &volume.labels);
    let claim_ref = wanted.claim.map(|(namespace, name)| core::ObjectReference {
        api_version: Some("v1".to_owned()),
        kind: Some("PersistentVolumeClaim".to_owned()),
        namespace: Some(namespace),
        name: Some(name),
        ..core::ObjectReference::default()
    });
    let object = core::PersistentVolume {
        metadata: context.cluster_wide(&wanted.name, labels, &volume.annotations),
        spec: Some(core::PersistentVolumeSpec {
            claim_ref,
            node_affinity: match wanted.nodes.is_empty() {
                true => spec.node_affinity.clone(),
                false => Some(on_nodes(wanted.nodes)),
            },
            ..spec.clone()
        }),
        status: None,
    };
    raw::object(&object, volume.key, report)
}

/// The volumes that one entry stands for.
fn wanted(
    name: &DnsName,
    volume: &Item<PersistentVolume>,
    found: Option<&Found<'_>>,
    report: &mut Report,
) -> Vec<Wanted> {
    let nodes: Vec<String> =
        volume.nodes.iter().flat_map(|nodes| nodes.iter().map(ToString::to_string)).collect();
    let one = |claim: Option<String>| {
        let namespace = found.map_or("", |found| found.namespace);
        let claim = claim.map(|claim| (namespace.to_owned(), claim));
        vec![Wanted { name: name.to_string(), claim, nodes: nodes.clone() }]
    };
    let Some(found) = found else {
        if let Some(pod) = &volume.pod {
            report.error(pod.place, "`pod` belongs to `for`");
        }
        return one(None);
    };
    match (&found.name, &volume.pod) {
        (name, Some(pod)) => match name.of_pod(pod, report) {
            Some(claim) => one(Some(claim)),
            None => Vec::new(),
        },
        (ClaimName::One(claim), None) => one(Some(claim.clone())),
        (ClaimName::EachPod { prefix, workload: (workload, _), pods }, None) => {
            let of_nodes = volume.local.is_some() || volume.host_path.is_some();
            let Some(nodes) = volume.nodes.as_ref().filter(|_| of_nodes) else {
                report.add(
                    Diagnostic::new(format!("each pod of `{workload}` has a claim of its own"))
                        .at(place(&volume.for_claim).unwrap_or(volume.key))
                        .help("say which it is, `pod: 0`; or, with `local`, the `nodes` of all"),
                );
                return Vec::new();
            };
            check_nodes(nodes, *pods, workload.as_str(), report);
            if name.as_str().len() > 253 - "-2147483647".len() {
                report.error(volume.key, "this name leaves no room for the numbers of pods");
            }
            let each = (0..).zip(nodes.iter()).map(|(number, node): (u32, _)| Wanted {
                name: format!("{name}-{number}"),
                claim: Some((found.namespace.to_owned(), format!("{prefix}{number}"))),
                nodes: vec![node.to_string()],
            });
            each.collect()
        }
    }
}

/// More nodes than pods are fine: their volumes wait for pods to come.
fn check_nodes(nodes: &At<Vec<LabelValue>>, pods: u32, workload: &str, report: &mut Report) {
    let count = nodes.len();
    if u32::try_from(count).is_ok_and(|count| count < pods) {
        report.error(
            nodes.place,
            format!("`{workload}` has up to {pods} pods, and here are {count} nodes"),
        );
    }
    let mut sorted: Vec<&str> = nodes.iter().map(LabelValue::as_str).collect();
    sorted.sort_unstable();
    if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        report.error(nodes.place, format!("two pods would share one directory of `{}`", pair[0]));
    }
}

fn on_nodes(nodes: Vec<String>) -> core::VolumeNodeAffinity {
    let requirement = core::NodeSelectorRequirement {
        key: HOST.to_owned(),
        operator: "In".to_owned(),
        values: Some(nodes),
    };
    let term =
        core::NodeSelectorTerm { match_expressions: Some(vec![requirement]), match_fields: None };
    core::VolumeNodeAffinity {
        required: Some(core::NodeSelector { node_selector_terms: vec![term] }),
    }
}

/// What all volumes of one entry have in common.
fn spec(
    volume: &Item<PersistentVolume>,
    found: Option<&Found<'_>>,
    report: &mut Report,
) -> Option<core::PersistentVolumeSpec> {
    let claimed_modes = found.and_then(|found| found.access_modes);
    let modes = match (&volume.access_modes, claimed_modes) {
        (None, Some(modes)) => access_modes(&Some(modes.clone()), &mut Report::default()),
        (written, _) => access_modes(written, report),
    };
    if let Some(found) = found {
        check_fit(volume, found, report);
    }
    let capacity = volume.capacity.as_ref().or(found.map(|found| found.size));
    match capacity {
        None => report.add(
            Diagnostic::missing("nothing says how much the volume holds")
                .at(volume.key)
                .help("for example `capacity: 100Gi`"),
        ),
        Some(amount) if amount.is_zero() || amount.is_negative() => {
            report.error(amount.place, "a volume holds something");
        }
        Some(_) => {}
    }
    let mode = volume.volume_mode.as_ref().or(found.and_then(|found| found.volume_mode));
    if let (Some(options), Some(mode)) = (&volume.mount_options, mode)
        && mode.value == VolumeMode::Block
    {
        report.error(options.place, "a bare device is not mounted");
    }
    let class = volume.storage_class.as_ref().or(found.and_then(|found| found.storage_class));
    let spec = core::PersistentVolumeSpec {
        access_modes: Some(modes?),
        capacity: Some([("storage".to_owned(), Quantity(capacity?.to_string()))].into()),
        storage_class_name: class.map(|class| class.to_string()).filter(|class| !class.is_empty()),
        persistent_volume_reclaim_policy: volume.reclaim_policy.map(|p| p.as_str().to_owned()),
        volume_mode: mode.map(|mode| mode.as_str().to_owned()),
        mount_options: volume.mount_options.as_ref().map(|options| options.value.clone()),
        node_affinity: node_affinity(volume, report),
        ..core::PersistentVolumeSpec::default()
    };
    with_source(volume, spec, report)
}

/// What would keep the claim from being bound, for ever and without a word.
fn check_fit(volume: &PersistentVolume, found: &Found<'_>, report: &mut Report) {
    if let Some(capacity) = volume.capacity.as_ref().filter(|c| c.value < found.size.value) {
        report.add(
            Diagnostic::new("the claim asks for more")
                .at(capacity.place)
                .related(found.size.place, "the size of the claim"),
        );
    }
    let own = place(&volume.for_claim).unwrap_or(found.size.place);
    if found.storage_class.is_none() {
        report.add(
            Diagnostic::new("the claim names no class, and would get the cluster's default")
                .at(own)
                .related(found.size.place, "the claim")
                .help("say its `storageClassName`, or `storageClassName: \"\"` for none"),
        );
    }
    let taken_over = [
        ("storageClassName", place(&volume.storage_class)),
        ("volumeMode", place(&volume.volume_mode)),
    ];
    for (key, at) in taken_over {
        if let Some(at) = at {
            report.add(
                Diagnostic::new(format!("the `{key}` of a volume is that of its claim"))
                    .at(at)
                    .related(own, "it is for this one"),
            );
        }
    }
    let given = |modes: Option<&At<Vec<AccessMode>>>| {
        modes.map_or_else(|| vec![AccessMode::ReadWriteOnce], |modes| modes.value.clone())
    };
    if let Some(modes) = &volume.access_modes {
        let missing = given(found.access_modes).into_iter().find(|mode| !modes.contains(mode));
        if let Some(missing) = missing {
            report.add(
                Diagnostic::new(format!("the claim asks for `{}`", missing.as_str()))
                    .at(modes.place)
                    .related(found.access_modes.map_or(found.size.place, |m| m.place), "the claim"),
            );
        }
    }
}

fn node_affinity(
    volume: &PersistentVolume,
    report: &mut Report,
) -> Option<core::VolumeNodeAffinity> {
    if let Some(nodes) = volume.nodes.as_ref().filter(|nodes| nodes.is_empty()) {
        report.error(nodes.place, "at least one node");
    }
    let Some(written) = &volume.node_affinity else {
        if let (Some(local), None) = (&volume.local, &volume.nodes) {
            report.add(
                Diagnostic::missing("a directory of a node needs its node")
                    .at(local.place)
                    .help("for example `nodes: [node-a]`"),
            );
        }
        return None;
    };
    let affinity: core::VolumeNodeAffinity = raw::part(written, report)?;
    let terms = affinity.required.as_ref().map(|required| &required.node_selector_terms);
    match terms {
        Some(terms) if !terms.is_empty() => {
            let all = terms.iter().flat_map(|term| term.match_expressions.iter().flatten());
            for fault in all.filter_map(requirement_fault) {
                report.error(written.0.place, fault);
            }
        }
        _ => report.error(written.0.place, "a node affinity needs `required` and a term in it"),
    }
    Some(affinity)
}

/// ValidateNodeSelectorRequirement.
fn requirement_fault(requirement: &core::NodeSelectorRequirement) -> Option<String> {
    let count = requirement.values.as_ref().map_or(0, Vec::len);
    let (fits, expected) = match requirement.operator.as_str() {
        "In" | "NotIn" => (count > 0, "values"),
        "Exists" | "DoesNotExist" => (count == 0, "no values"),
        "Gt" | "Lt" => (count == 1, "one value"),
        other => return Some(format!("`{other}` is no operator")),
    };
    (!fits).then(|| format!("`{}` has {expected}", requirement.operator))
}

fn with_source(
    volume: &Item<PersistentVolume>,
    spec: core::PersistentVolumeSpec,
    report: &mut Report,
) -> Option<core::PersistentVolumeSpec> {
    if let Some(path) = &volume.local {
        let local = core::LocalVolumeSource { path: path.to_string(), fs_type: None };
        return Some(core::PersistentVolumeSpec { local: Some(local), ..spec });
    }
    if let Some(path) = &volume.host_path {
        let host_path = core::HostPathVolumeSource {
            path: path.path.to_string(),
            type_: path.path_type.map(|kind| kind.as_str().to_owned()),
        };
        return Some(core::PersistentVolumeSpec { host_path: Some(host_path), ..spec });
    }
    if let Some(nfs) = &volume.nfs {
        let nfs = core::NFSVolumeSource {
            server: nfs.server.to_string(),
            path: nfs.path.to_string(),
            read_only: nfs.read_only,
        };
        return Some(core::PersistentVolumeSpec { nfs: Some(nfs), ..spec });
    }
    let Some(written) = &volume.csi else {
        report.add(
            Diagnostic::missing("nothing says where the volume is")
                .at(volume.key)
                .help("`local: /path` with `nodes`, `hostPath`, `nfs` or `csi`"),
        );
        return None;
    };
    let csi: core::CSIPersistentVolumeSource = raw::part(written, report)?;
    // ValidateCSIDriverName.
    if csi.driver.len() > 63 || DnsName::parse(&csi.driver.to_lowercase()).is_err() {
        report.error(written.0.place, "the `driver` is a DNS name of at most 63 characters");
    }
    if csi.volume_handle.is_empty() {
        report.error(written.0.place, "the `volumeHandle` names the volume to the driver");
    }
    Some(core::PersistentVolumeSpec { csi: Some(csi), ..spec })
}

//! StorageClasses. The words for a cloud's disks become its driver's own.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::storage::v1 as storage;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item, Named, place};
use crate::profile::storage::{ParameterName, StorageClass};
use crate::profile::system::{Annotations, Labels};
use crate::scalar::DnsName;
use crate::source::Place;

use super::context::Context;
use super::meta::{Pairs, extend, some, some_list};
use super::raw;

const DEFAULT: &str = "storageclass.kubernetes.io/is-default-class";
/// What every CSI driver is told of the file system.
const FS_TYPE: &str = "csi.storage.k8s.io/fstype";

pub fn storage_classes(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let classes = &context.index.system.storage_classes;
    one_default(
        classes.values().filter_map(|class| class.default.as_ref()).filter(|flag| flag.value),
        report,
    );
    classes.iter().filter_map(|(name, class)| storage_class(context, name, class, report)).collect()
}

/// With two classes for claims that name none, one of them would win by
/// chance.
pub fn one_default<'p>(mut flags: impl Iterator<Item = &'p At<bool>>, report: &mut Report) {
    if let (Some(first), Some(second)) = (flags.next(), flags.next()) {
        report.add(
            Diagnostic::new("two classes are the default")
                .at(second.place)
                .related(first.place, "the other one"),
        );
    }
}

/// Metadata of a class. An annotation says whether those who name none get it.
pub fn metadata(
    context: &Context<'_>,
    name: &DnsName,
    own_labels: &Labels,
    annotations: &Annotations,
    default: Option<(&str, bool)>,
) -> ObjectMeta {
    let mut labels = context.common_labels();
    extend(&mut labels, own_labels);
    let mut metadata = context.cluster_wide(name.as_str(), labels, annotations);
    if let Some((annotation, flag)) = default {
        let annotations = metadata.annotations.get_or_insert_default();
        annotations.insert(annotation.to_owned(), flag.to_string());
    }
    metadata
}

fn storage_class(
    context: &Context<'_>,
    name: &DnsName,
    class: &Item<StorageClass>,
    report: &mut Report,
) -> Option<Object> {
    let word = class.provisioner.word();
    if word == Some("local") {
        refuse_for_local(class, report);
    }
    let default = class.default.as_ref().map(|flag| (DEFAULT, flag.value));
    let object = storage::StorageClass {
        metadata: metadata(context, name, &class.labels, &class.annotations, default),
        provisioner: class.provisioner.name().to_owned(),
        parameters: some(parameters(class, word, report)),
        reclaim_policy: class.reclaim_policy.as_ref().map(|policy| policy.as_str().to_owned()),
        volume_binding_mode: Some(class.binding_mode.as_str().to_owned()),
        allow_volume_expansion: class.allow_expansion,
        mount_options: class.mount_options.as_ref().map(|options| options.value.clone()),
        allowed_topologies: topologies(class, report),
    };
    raw::object(&object, class.key, report)
}

/// Nobody makes volumes of such a class, so there is nobody to tell how.
fn refuse_for_local(class: &StorageClass, report: &mut Report) {
    let first = class.parameters.values().next().map(|parameter| parameter.key);
    let rules: [(&str, Option<Place>); 8] = [
        ("type", place(&class.disk_type)),
        ("encrypted", place(&class.encrypted)),
        ("fsType", place(&class.fs_type)),
        ("parameters", first),
        ("reclaimPolicy", place(&class.reclaim_policy)),
        ("mountOptions", place(&class.mount_options)),
        ("zones", place(&class.zones)),
        ("allowedTopologies", class.allowed_topologies.as_ref().map(|part| part.0.place)),
    ];
    for (key, at) in rules {
        if let Some(at) = at {
            report.add(
                Diagnostic::new(format!("`{key}` is for volumes that are made when needed"))
                    .at(at)
                    .related(class.provisioner.place, "nobody makes volumes of this class")
                    .help("each volume under `persistentVolumes` says its own"),
            );
        }
    }
}

fn parameters(class: &StorageClass, word: Option<&str>, report: &mut Report) -> Pairs {
    let mut all = own_parameters(&class.parameters, class.provisioner.place, report);
    let mut add = |key: &str, value: String, at: Place, report: &mut Report| {
        if let Some(written) = class.parameters.get(key) {
            report.add(
                Diagnostic::new(format!("`{key}` stands among the parameters too"))
                    .at(at)
                    .related(written.key, "here"),
            );
        }
        all.insert(key.to_owned(), value);
    };
    if let Some(disk) = &class.disk_type {
        let key = match word {
            Some("azure-disk") => Some("skuName"),
            Some("aws-ebs" | "gce-pd") => Some("type"),
            _ => None,
        };
        match key {
            Some(key) => add(key, disk.value.clone(), disk.place, report),
            None if word == Some("local") => {}
            None => report.add(
                Diagnostic::new("nothing is known of this driver's disks")
                    .at(disk.place)
                    .help("write it under `parameters`, as the driver calls it"),
            ),
        }
    }
    if let Some(flag) = &class.encrypted {
        match word {
            Some("aws-ebs") => add("encrypted", flag.to_string(), flag.place, report),
            Some("local") => {}
            Some(cloud) => {
                report.error(flag.place, format!("`{cloud}` encrypts every disk"));
            }
            None => report.add(
                Diagnostic::new("nothing is known of this driver's disks")
                    .at(flag.place)
                    .help("write it under `parameters`, as the driver calls it"),
            ),
        }
    }
    if let Some(system) = &class.fs_type {
        add(FS_TYPE, system.to_string(), system.place, report);
    }
    all
}

/// ValidateStorageClass's validateParameters.
pub fn own_parameters(
    written: &Named<ParameterName, String>,
    at: Place,
    report: &mut Report,
) -> BTreeMap<String, String> {
    let size: usize = written.iter().map(|(key, value)| key.as_str().len() + value.len()).sum();
    if size > 256 << 10 || written.len() > 512 {
        report.error(at, "a class has at most 512 parameters, of 256 KiB in all");
    }
    written.iter().map(|(key, value)| (key.as_str().to_owned(), value.value.clone())).collect()
}

fn topologies(
    class: &StorageClass,
    report: &mut Report,
) -> Option<Vec<core::TopologySelectorTerm>> {
    if let Some(zones) = &class.zones {
        let mut values: Vec<String> = zones.iter().map(ToString::to_string).collect();
        values.sort();
        if zones.is_empty() || values.windows(2).any(|pair| pair[0] == pair[1]) {
            report.error(zones.place, "at least one zone, and each of them once");
        }
        let requirement = core::TopologySelectorLabelRequirement {
            key: class.provisioner.zone_label().to_owned(),
            values: zones.iter().map(ToString::to_string).collect(),
        };
        let term = core::TopologySelectorTerm { match_label_expressions: Some(vec![requirement]) };
        return Some(vec![term]);
    }
    let written = class.allowed_topologies.as_ref()?;
    let terms: Vec<core::TopologySelectorTerm> = raw::part(written, report)?;
    // ValidateTopologySelectorTerm.
    let requirements = terms.iter().flat_map(|term| term.match_label_expressions.iter().flatten());
    if requirements.clone().any(|requirement| requirement.values.is_empty()) {
        report.error(written.0.place, "each expression needs values");
    }
    some_list(terms)
}

//! Layer 5: claims. One mount gives the claim, its place in the workload, and
//! the volume.

use indexmap::IndexMap;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::At;
use crate::profile::mount::{AccessMode, Mount};
use crate::profile::system::Annotations;
use crate::profile::workload::Workload;
use crate::scalar::{self, DnsLabel};
use crate::source::Place;

use super::claims;
use super::context::Context;
use super::meta::{Pairs, some};

/// The claims of one workload by name. Several containers may mount one; one
/// of them says how large it is.
pub type Claims<'p> = IndexMap<&'p DnsLabel, Claim<'p>>;

pub struct Claim<'p> {
    pub place: Place,
    settings: Option<&'p Mount>,
}

/// Notes that a mount uses a claim.
pub fn use_claim<'p>(
    claims: &mut Claims<'p>,
    name: &'p DnsLabel,
    place: Place,
    mount: &'p Mount,
    report: &mut Report,
) {
    let claim = claims.entry(name).or_insert(Claim { place, settings: None });
    let Some(size) = &mount.size else {
        let others = [
            mount.storage_class.as_ref().map(|class| class.place),
            mount.access_modes.as_ref().map(|modes| modes.place),
            mount.restore_from.as_ref().map(|snapshot| snapshot.place),
        ];
        for other in others.into_iter().flatten() {
            let fault = Diagnostic::missing("this belongs where the claim's `size` stands");
            report.add(fault.at(other));
        }
        return;
    };
    match claim.settings.and_then(|settings| settings.size.as_ref()) {
        Some(first) => report.add(
            Diagnostic::new(format!("the claim `{name}` is described twice"))
                .at(size.place)
                .related(first.place, "here too")
                .help("describe it once; other containers mount it by name alone"),
        ),
        None => claim.settings = Some(mount),
    }
    check_size(size, report);
}

pub fn check_size(size: &At<scalar::Quantity>, report: &mut Report) {
    if size.is_zero() || size.is_negative() {
        report.error(size.place, "the size of a claim is above 0");
    }
}

/// The access modes of a claim or a volume.
pub fn access_modes(
    written: &Option<At<Vec<AccessMode>>>,
    report: &mut Report,
) -> Option<Vec<String>> {
    match written {
        Some(modes) if modes.is_empty() => {
            report.error(modes.place, "an access mode is needed");
            None
        }
        Some(modes) if modes.len() > 1 && modes.contains(&AccessMode::ReadWriteOncePod) => {
            report.error(modes.place, "`ReadWriteOncePod` stands alone");
            None
        }
        Some(modes) => Some(modes.iter().map(|mode| mode.as_str().to_owned()).collect()),
        None => Some(vec![AccessMode::ReadWriteOnce.as_str().to_owned()]),
    }
}

/// What a claim asks for.
fn spec(
    context: &Context<'_>,
    home: &str,
    name: &str,
    claim: &Claim<'_>,
    report: &mut Report,
) -> Option<core::PersistentVolumeClaimSpec> {
    let Some((mount, size)) = claim.settings.and_then(|mount| Some((mount, mount.size.as_ref()?)))
    else {
        report.add(
            Diagnostic::missing(format!("nothing says how large the claim `{name}` is"))
                .at(claim.place)
                .help(format!("`{{claim: {name}, size: 10Gi}}`, or `existingClaim` for one that is made elsewhere")),
        );
        return None;
    };
    let restored = mount.restore_from.as_ref();
    Some(core::PersistentVolumeClaimSpec {
        access_modes: Some(access_modes(&mount.access_modes, report)?),
        data_source: restored
            .map(|snapshot| claims::restored_from(context, home, snapshot, size, None, report)),
        storage_class_name: mount.storage_class.as_ref().map(|class| class.to_string()),
        resources: Some(core::VolumeResourceRequirements {
            requests: Some([("storage".to_owned(), Quantity(size.to_string()))].into()),
            limits: None,
        }),
        ..core::PersistentVolumeClaimSpec::default()
    })
}

/// One claim per pod of a StatefulSet.
pub fn templates(
    context: &Context<'_>,
    home: &str,
    claims: &Claims<'_>,
    selector: &Pairs,
    report: &mut Report,
) -> Vec<core::PersistentVolumeClaim> {
    claims
        .iter()
        .filter_map(|(name, claim)| {
            Some(core::PersistentVolumeClaim {
                metadata: ObjectMeta {
                    name: Some(name.to_string()),
                    // Templates never change in the cluster, so they bear
                    // only labels that never do.
                    labels: some(selector.clone()),
                    ..ObjectMeta::default()
                },
                spec: Some(spec(context, home, name.as_str(), claim, report)?),
                status: None,
            })
        })
        .collect()
}

/// The name of a claim that all pods of a workload share.
pub fn shared_name(workload: &str, claim: &str) -> String {
    format!("{workload}-{claim}")
}

/// One claim for all pods of a workload.
pub fn shared_claims(
    context: &Context<'_>,
    workload_name: &DnsLabel,
    workload: &Workload,
    claims: &Claims<'_>,
    labels: &Pairs,
    report: &mut Report,
) -> Vec<Object> {
    let home = context.index.home(&workload.namespace);
    claims
        .iter()
        .filter_map(|(name, claim)| {
            let full = shared_name(workload_name.as_str(), name.as_str());
            let object = core::PersistentVolumeClaim {
                metadata: context.namespaced(home, &full, labels.clone(), &Annotations::default()),
                spec: Some(spec(context, home, name.as_str(), claim, report)?),
                status: None,
            };
            super::raw::object(&object, claim.place, report)
        })
        .collect()
}

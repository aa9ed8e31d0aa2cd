//! Snapshots of claims: classes, and single ones. What makes them again and
//! again is built in `snapshot_schedule`.

use crate::crd::snapshot as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{Item, place};
use crate::profile::snapshot::{Snapshot, SnapshotClass};
use crate::scalar::DnsName;

use super::claims::{self, ClaimName};
use super::context::Context;
use super::meta::{extend, some};
use super::raw;
use super::snapshot_schedule;
use super::storage_class::{self, one_default, own_parameters};

const DEFAULT: &str = "snapshot.storage.kubernetes.io/is-default-class";

/// All VolumeSnapshotClasses.
pub fn classes(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let classes = &context.index.system.snapshot_classes;
    // One class may be the default for each driver.
    let mut drivers: Vec<&str> = classes.values().map(|class| class.driver.name()).collect();
    drivers.sort_unstable();
    drivers.dedup();
    for driver in drivers {
        let same = classes.values().filter(|class| class.driver.name() == driver);
        let flags = same.filter_map(|class| class.default.as_ref());
        one_default(flags.filter(|flag| flag.value), report);
    }
    classes.iter().filter_map(|(name, class)| self::class(context, name, class, report)).collect()
}

fn class(
    context: &Context<'_>,
    name: &DnsName,
    class: &Item<SnapshotClass>,
    report: &mut Report,
) -> Option<Object> {
    if class.driver.word() == Some("local") {
        report.error(class.driver.place, "nobody makes snapshots of volumes that are made by hand");
    }
    let default = class.default.as_ref().map(|flag| (DEFAULT, flag.value));
    let object = crd::VolumeSnapshotClass {
        metadata: storage_class::metadata(
            context,
            name,
            &class.labels,
            &class.annotations,
            default,
        ),
        driver: class.driver.name().to_owned(),
        deletion_policy: class.deletion_policy.as_str().to_owned(),
        parameters: some(own_parameters(&class.parameters, class.driver.place, report)),
    };
    raw::object(&object, class.key, report)
}

/// Whose claims a snapshot is of.
pub enum Source {
    /// One claim by name.
    Claim(String),
    /// Those of all pods of a StatefulSet: labels, and what their names begin with.
    EachPod { selector: super::meta::Pairs, prefix: String },
}

/// All snapshots, and what makes those of a schedule.
pub fn snapshots(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let mut objects = Vec::new();
    for (name, snapshot) in &context.index.system.snapshots {
        check_companions(snapshot, report);
        let Some((home, source)) = source(context, snapshot, report) else { continue };
        if snapshot.schedule.is_some() {
            objects
                .extend(snapshot_schedule::objects(context, name, snapshot, home, &source, report));
        } else if let Source::Claim(claim) = source {
            objects.extend(single(context, name, snapshot, home, claim, report));
        }
    }
    objects
}

/// Where the pods of a schedule run.
pub fn home_of_schedule<'p>(
    context: &Context<'p>,
    snapshot: &'p Item<Snapshot>,
) -> Option<&'p str> {
    snapshot.schedule.as_ref()?;
    // Its own faults are reported where it is built.
    source(context, snapshot, &mut Report::default()).map(|(home, _)| home)
}

fn single(
    context: &Context<'_>,
    name: &DnsName,
    snapshot: &Item<Snapshot>,
    home: &str,
    claim: String,
    report: &mut Report,
) -> Option<Object> {
    let mut labels = context.common_labels();
    extend(&mut labels, &snapshot.labels);
    let object = crd::VolumeSnapshot {
        metadata: context.namespaced(home, name.as_str(), labels, &snapshot.annotations),
        spec: crd::VolumeSnapshotSpec {
            volume_snapshot_class_name: snapshot.class.as_ref().map(ToString::to_string),
            source: crd::VolumeSnapshotSource { persistent_volume_claim_name: Some(claim) },
        },
    };
    raw::object(&object, snapshot.key, report)
}

/// The namespace and the claims of a snapshot.
fn source<'p>(
    context: &Context<'p>,
    snapshot: &'p Item<Snapshot>,
    report: &mut Report,
) -> Option<(&'p str, Source)> {
    if let Some(claim) = &snapshot.claim {
        if let Some(pod) = &snapshot.pod {
            report.error(pod.place, "`pod` belongs to `of`");
        }
        let home = context.index.home(&snapshot.namespace);
        return Some((home, Source::Claim(claim.to_string())));
    }
    let of = snapshot.of.as_ref()?;
    if let Some(namespace) = &snapshot.namespace {
        report.error(namespace.place, "a snapshot lies where its claim does");
    }
    let found = claims::find(context, of, report)?;
    let source = match (found.name, &snapshot.pod) {
        (name, Some(pod)) => Source::Claim(name.of_pod(pod, report)?),
        (ClaimName::One(claim), None) => Source::Claim(claim),
        (ClaimName::EachPod { prefix, workload: (name, workload), .. }, None) => {
            if snapshot.schedule.is_none() {
                report.add(
                    Diagnostic::new(format!("each pod of `{name}` has a claim of its own"))
                        .at(of.place)
                        .help("say which it is: `pod: 0`"),
                );
                return None;
            }
            let selector = super::meta::selector_labels(context, name, workload);
            Source::EachPod { selector, prefix }
        }
    };
    Some((found.namespace, source))
}

fn check_companions(snapshot: &Item<Snapshot>, report: &mut Report) {
    let needed = [("keep", place(&snapshot.keep)), ("image", place(&snapshot.image))];
    if let Some(schedule) = &snapshot.schedule {
        for (key, at) in needed {
            if at.is_none() {
                report.add(
                    Diagnostic::missing(format!("snapshots of a schedule need `{key}`"))
                        .at(schedule.place)
                        .help(
                            "for example `keep: 7` and `image: registry.example.com/kubectl:1.34`",
                        ),
                );
            }
        }
        if let Some(keep) = snapshot.keep.as_ref().filter(|keep| ***keep == 0) {
            report.error(keep.place, "at least one is kept");
        }
        return;
    }
    for (key, at) in needed.into_iter().chain([("resources", place(&snapshot.resources))]) {
        if let Some(at) = at {
            report.error(at, format!("`{key}` belongs to `schedule`"));
        }
    }
}

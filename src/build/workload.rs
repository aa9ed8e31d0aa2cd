//! Layer 2: workloads. One of them gives its controller, and with it all that
//! belongs to it: Services, claims, autoscaler, budget, account.

use k8s_openapi::api::apps::v1 as apps;
use k8s_openapi::api::batch::v1 as batch;

use crate::crd::argo;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{Item, place};
use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::DnsLabel;
use crate::source::Place;

use super::context::{Context, count, seconds, seconds_from};
use super::meta::{WorkloadLabels, some_list};
use super::{
    access, job, monitoring, network, pod, progressive, rollout, scaling, storage, vertical,
};

/// All objects of one workload.
pub fn objects(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Item<Workload>,
    report: &mut Report,
) -> Vec<Object> {
    check_kind(workload, report);
    check_name(name, workload, report);
    let version = context.index.image(&workload.container.image).ok().and_then(|image| image.tag);
    let labels = WorkloadLabels::new(context, name, workload, version.as_deref(), report);
    let pod = pod::pod(context, name, workload, &labels, report);
    let shared = !matches!(*workload.kind, WorkloadKind::StatefulSet);

    let mut objects =
        network::services_of(context, name.as_str(), &labels.object, &labels.selector, report);
    if shared {
        objects.extend(storage::shared_claims(
            context,
            name,
            workload,
            &pod.claims,
            &labels.object,
            report,
        ));
    }
    objects.extend(access::service_account(context, workload, report));
    objects.extend(scaling::autoscaler(context, name, workload, &labels.object, report));
    objects.extend(vertical::autoscaler(context, name, workload, &labels.object, report));
    objects.extend(scaling::disruption_budget(
        context,
        name.as_str(),
        workload,
        &labels.object,
        labels.selector(),
        report,
    ));
    objects.extend(monitoring::workload_objects(context, name, workload, &labels, report));
    objects.extend(controller(context, name, workload, &labels, pod, report));
    objects
}

fn controller(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Item<Workload>,
    labels: &WorkloadLabels,
    pod: pod::Pod<'_>,
    report: &mut Report,
) -> Option<Object> {
    let place = workload.key;
    let home = context.index.home(&workload.namespace);
    let own = labels.controller.clone();
    let metadata = context.namespaced(home, name.as_str(), own, &workload.annotations);
    let selector = labels.selector();
    let min_ready_seconds = workload.min_ready.as_ref().and_then(|time| seconds(time, report));
    let revision_history_limit =
        workload.revision_history_limit.as_ref().map(|limit| count(**limit));
    // With an autoscaler the number is its own: a number here would undo its
    // work at every apply.
    let replicas = match (&workload.scale, &workload.replicas) {
        (Some(_), _) => None,
        (None, None) => Some(1),
        (None, Some(replicas)) => Some(count(**replicas)),
    };
    let strategy = workload.strategy.as_ref();
    let progress_deadline_seconds =
        workload.progress_deadline.as_ref().and_then(|time| seconds_from(1, time, report));
    match workload.kind.value {
        WorkloadKind::Rollout => {
            check_deadline(workload, min_ready_seconds, progress_deadline_seconds, report);
            let object = argo::Rollout {
                metadata,
                spec: argo::RolloutSpec {
                    replicas,
                    selector,
                    strategy: progressive::strategy(context, name, workload, report),
                    min_ready_seconds,
                    revision_history_limit,
                    progress_deadline_seconds,
                    template: pod.template,
                },
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::Deployment => {
            check_deadline(workload, min_ready_seconds, progress_deadline_seconds, report);
            let object = apps::Deployment {
                metadata,
                spec: Some(apps::DeploymentSpec {
                    replicas,
                    selector,
                    strategy: strategy
                        .map(|strategy| rollout::deployment_strategy(strategy, report)),
                    min_ready_seconds,
                    revision_history_limit,
                    progress_deadline_seconds,
                    template: pod.template,
                    ..apps::DeploymentSpec::default()
                }),
                status: None,
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::StatefulSet => {
            check_governing_service(workload, report);
            let templates =
                storage::templates(context, home, &pod.claims, &labels.selector, report);
            let object = apps::StatefulSet {
                metadata,
                spec: Some(apps::StatefulSetSpec {
                    service_name: Some(context.index.governing_service(name, workload)),
                    replicas,
                    pod_management_policy: workload
                        .pod_management
                        .as_ref()
                        .map(|policy| policy.as_str().to_owned()),
                    selector,
                    update_strategy: strategy
                        .map(|strategy| rollout::stateful_strategy(context, strategy, report)),
                    min_ready_seconds,
                    revision_history_limit,
                    persistent_volume_claim_retention_policy: claim_retention(workload),
                    template: pod.template,
                    volume_claim_templates: some_list(templates),
                    ..apps::StatefulSetSpec::default()
                }),
                status: None,
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::DaemonSet => {
            let object = apps::DaemonSet {
                metadata,
                spec: Some(apps::DaemonSetSpec {
                    selector,
                    update_strategy: strategy
                        .map(|strategy| rollout::daemon_strategy(strategy, report)),
                    min_ready_seconds,
                    revision_history_limit,
                    template: pod.template,
                }),
                status: None,
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::Job => {
            let job = workload.job.as_deref();
            let mut object = batch::Job {
                metadata,
                spec: Some(job::job_spec(job, pod.template, report)),
                status: None,
            };
            if job.is_some_and(|job| job.new_name_on_change) {
                object.metadata.name = Some(job::versioned_name(name, &object));
            }
            super::raw::object(&object, place, report)
        }
        WorkloadKind::CronJob => {
            let spec = job::cron_spec(workload, labels, pod.template, report)?;
            let object = batch::CronJob { metadata, spec, status: None };
            super::raw::object(&object, place, report)
        }
    }
}

/// ValidateDeploymentSpec, and Argo's rule for Rollouts; the deadline is ten
/// minutes by default.
fn check_deadline(
    workload: &Workload,
    min_ready: Option<i32>,
    progress_deadline: Option<i32>,
    report: &mut Report,
) {
    let deadline = progress_deadline.unwrap_or(600);
    if let (Some(ready), Some(time)) = (min_ready, &workload.min_ready)
        && ready >= deadline
    {
        let message = format!("`progressDeadline` ({deadline}s) must be longer than this");
        report.error(time.place, message);
    }
}

/// Keys that the kind of a workload has no use for.
fn check_kind(workload: &Workload, report: &mut Report) {
    use WorkloadKind::{CronJob, DaemonSet, Deployment, Job, Rollout, StatefulSet};
    const LASTING: &[WorkloadKind] = &[Deployment, Rollout, StatefulSet, DaemonSet];
    let kind = workload.kind.value;
    let claims = place(&workload.claim_retention);
    let rules: [(&str, Option<Place>, &[WorkloadKind]); 13] = [
        ("replicas", place(&workload.replicas), &[Deployment, Rollout, StatefulSet]),
        ("strategy", place(&workload.strategy), &[Deployment, StatefulSet, DaemonSet]),
        ("disruption", place(&workload.disruption), LASTING),
        ("minReady", place(&workload.min_ready), LASTING),
        ("revisionHistoryLimit", place(&workload.revision_history_limit), LASTING),
        ("progressDeadline", place(&workload.progress_deadline), &[Deployment, Rollout]),
        ("canary", place(&workload.canary), &[Rollout]),
        ("blueGreen", place(&workload.blue_green), &[Rollout]),
        ("claimRetention", claims, &[StatefulSet]),
        ("podManagementPolicy", place(&workload.pod_management), &[StatefulSet]),
        ("governingService", place(&workload.governing_service), &[StatefulSet]),
        ("job", place(&workload.job), &[Job, CronJob]),
        ("schedule", place(&workload.schedule), &[CronJob]),
    ];
    for (key, at, kinds) in rules {
        if let Some(at) = at.filter(|_| !kinds.contains(&kind)) {
            let fault = Diagnostic::new(format!("a {} has no `{key}`", kind.as_str())).at(at);
            // A default stands nowhere.
            let fault = match workload.kind.place.length {
                0 => fault.label(format!("{} is what it is by default", kind.as_str())),
                _ => fault.related(workload.kind.place, "the kind of this workload"),
            };
            report.add(match (kind, kinds) {
                (Rollout, _) if key == "strategy" => fault.help("it has `canary` or `blueGreen`"),
                (_, [only]) => fault.help(format!("it belongs to `kind: {}`", only.as_str())),
                _ => fault,
            });
        }
    }
    if let (Job | CronJob, Some(selector)) = (kind, &workload.selector) {
        report.error(selector.place, "Kubernetes chooses the selector of a Job itself");
    }
    if kind == Rollout && workload.canary.is_none() && workload.blue_green.is_none() {
        report.add(
            Diagnostic::missing("a Rollout needs `canary` or `blueGreen`")
                .at(workload.kind.place)
                .help("for example `canary: [10%, pause 2m, 100%]`"),
        );
    }
    if kind == CronJob && workload.schedule.is_none() {
        report.add(
            Diagnostic::missing("a CronJob needs a `schedule`")
                .at(workload.kind.place)
                .help("for example `schedule: \"0 2 * * *\"`"),
        );
    }
}

/// Names that Kubernetes builds from this one must not become too long.
fn check_name(name: &DnsLabel, workload: &Item<Workload>, report: &mut Report) {
    let (most, why) = match *workload.kind {
        // ValidateCronJobCreate: room for the time in the name of each Job.
        WorkloadKind::CronJob => (52, "its Jobs add 11 characters of their own"),
        // The label `controller-revision-hash` has the name and a hash.
        WorkloadKind::StatefulSet => (52, "its revisions add 11 characters of their own"),
        WorkloadKind::Job if workload.job.as_ref().is_some_and(|job| job.new_name_on_change) => {
            (54, "each version adds 9 characters of its own")
        }
        WorkloadKind::Job if workload.job.as_ref().is_some_and(|job| job.is_indexed()) => {
            (56, "its pods add their number")
        }
        _ => return,
    };
    let length = name.as_str().len();
    if length > most {
        report.error(
            workload.key,
            format!(
                "the name of a {} has at most {most} characters: {why}; this has {length}",
                workload.kind.as_str()
            ),
        );
    }
}

fn check_governing_service(workload: &Workload, report: &mut Report) {
    let headless = |name: &str| {
        let service = workload.services.get(name);
        service.is_some_and(|service| service.headless.as_ref().is_some_and(|flag| **flag))
    };
    if let Some(chosen) = &workload.governing_service {
        if !headless(chosen.as_str()) {
            report.error(chosen.place, "this is not a headless Service of this workload");
        }
        return;
    }
    let mut all = workload.services.iter().filter(|(name, _)| headless(name.as_str()));
    if let (Some(_), Some((_, second))) = (all.next(), all.next()) {
        report.add(
            Diagnostic::new("several headless Services: which one names the pods?")
                .at(second.key)
                .help("say it with `governingService: NAME`"),
        );
    }
}

fn claim_retention(
    workload: &Workload,
) -> Option<apps::StatefulSetPersistentVolumeClaimRetentionPolicy> {
    let retention = workload.claim_retention.as_ref()?;
    Some(apps::StatefulSetPersistentVolumeClaimRetentionPolicy {
        when_deleted: retention.when_deleted.map(|what| what.as_str().to_owned()),
        when_scaled: retention.when_scaled.map(|what| what.as_str().to_owned()),
    })
}

//! Layer 2: workloads. One of them gives its controller, and with it all that
//! belongs to it: Services, claims, autoscaler, budget, account.

use k8s_openapi::api::apps::v1 as apps;
use k8s_openapi::api::batch::v1 as batch;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::scalar::{DnsLabel, IntOrPercent};
use crate::profile::workload::{Job, Strategy, StrategyType, Workload, WorkloadKind};
use crate::source::Place;

use super::context::{Context, count, seconds, seconds_from};
use super::meta::{WorkloadLabels, add, extend, some, some_list};
use super::{network, pod, scaling, storage};

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
            name.as_str(),
            &pod.claims,
            &labels.object,
            report,
        ));
    }
    objects.extend(service_account(context, workload, report));
    objects.extend(scaling::autoscaler(context, name.as_str(), workload, &labels.object, report));
    objects.extend(scaling::disruption_budget(
        context,
        name.as_str(),
        workload,
        &labels.object,
        labels.selector(),
        report,
    ));
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
    let metadata =
        context.namespaced(name.as_str(), labels.controller.clone(), &workload.annotations);
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
    match workload.kind.value {
        WorkloadKind::Deployment => {
            let object = apps::Deployment {
                metadata,
                spec: Some(apps::DeploymentSpec {
                    replicas,
                    selector,
                    strategy: strategy.map(|strategy| deployment_strategy(strategy, report)),
                    min_ready_seconds,
                    revision_history_limit,
                    progress_deadline_seconds: workload
                        .progress_deadline
                        .as_ref()
                        .and_then(|time| seconds_from(1, time, report)),
                    template: pod.template,
                    ..apps::DeploymentSpec::default()
                }),
                status: None,
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::StatefulSet => {
            check_governing_service(workload, report);
            let templates = storage::templates(&pod.claims, &labels.selector, report);
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
                        .map(|strategy| stateful_strategy(context, strategy, report)),
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
                    update_strategy: strategy.map(|strategy| daemon_strategy(strategy, report)),
                    min_ready_seconds,
                    revision_history_limit,
                    template: pod.template,
                }),
                status: None,
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::Job => {
            let object = batch::Job {
                metadata,
                spec: Some(job_spec(workload.job.as_deref(), pod.template, report)),
                status: None,
            };
            super::raw::object(&object, place, report)
        }
        WorkloadKind::CronJob => {
            let spec = cron_spec(workload, labels, pod.template, report)?;
            let object = batch::CronJob { metadata, spec, status: None };
            super::raw::object(&object, place, report)
        }
    }
}

/// Keys that the kind of a workload has no use for.
fn check_kind(workload: &Workload, report: &mut Report) {
    use WorkloadKind::{CronJob, DaemonSet, Deployment, Job, StatefulSet};
    let kind = workload.kind.value;
    let claims = workload.claim_retention.as_ref().map(|claims| claims.place);
    let rules: [(&str, Option<Place>, &[WorkloadKind]); 11] = [
        ("replicas", place(&workload.replicas), &[Deployment, StatefulSet]),
        ("strategy", place(&workload.strategy), &[Deployment, StatefulSet, DaemonSet]),
        ("disruption", place(&workload.disruption), &[Deployment, StatefulSet, DaemonSet]),
        ("minReady", place(&workload.min_ready), &[Deployment, StatefulSet, DaemonSet]),
        (
            "revisionHistoryLimit",
            place(&workload.revision_history_limit),
            &[Deployment, StatefulSet, DaemonSet],
        ),
        ("progressDeadline", place(&workload.progress_deadline), &[Deployment]),
        ("claimRetention", claims, &[StatefulSet]),
        ("podManagementPolicy", place(&workload.pod_management), &[StatefulSet]),
        ("governingService", place(&workload.governing_service), &[StatefulSet]),
        ("job", place(&workload.job), &[Job, CronJob]),
        ("schedule", place(&workload.schedule), &[CronJob]),
    ];
    for (key, at, kinds) in rules {
        if let Some(at) = at.filter(|_| !kinds.contains(&kind)) {
            report.add(
                Diagnostic::new(format!("a {} has no `{key}`", kind.as_str()))
                    .at(at)
                    .related(workload.kind.place, "the kind of this workload"),
            );
        }
    }
    if let (Job | CronJob, Some(selector)) = (kind, &workload.selector) {
        report.error(selector.place, "Kubernetes chooses the selector of a Job itself");
    }
    if kind == CronJob && workload.schedule.is_none() {
        report.add(
            Diagnostic::new("a CronJob needs a `schedule`")
                .at(workload.kind.place)
                .help("for example `schedule: \"0 2 * * *\"`"),
        );
    }
}

fn place<T>(setting: &Option<At<T>>) -> Option<Place> {
    setting.as_ref().map(|setting| setting.place)
}

/// Names that Kubernetes builds from this one must not become too long.
fn check_name(name: &DnsLabel, workload: &Item<Workload>, report: &mut Report) {
    let (most, why) = match *workload.kind {
        // ValidateCronJobCreate: room for the time in the name of each Job.
        WorkloadKind::CronJob => (52, "its Jobs add 11 characters of their own"),
        // The label `controller-revision-hash` has the name and a hash.
        WorkloadKind::StatefulSet => (52, "its revisions add 11 characters of their own"),
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

/// A strategy with what is wrong in it for a kind already said.
struct Rollout {
    kind: StrategyType,
    max_surge: Option<IntOrString>,
    max_unavailable: Option<IntOrString>,
}

fn rollout(
    strategy: &Strategy,
    allowed: [StrategyType; 2],
    has_surge: bool,
    has_partition: bool,
    report: &mut Report,
) -> Rollout {
    let kind =
        strategy.strategy_type.as_ref().map_or(StrategyType::RollingUpdate, |kind| kind.value);
    if let Some(written) = strategy.strategy_type.as_ref().filter(|_| !allowed.contains(&kind)) {
        let [first, second] = allowed.map(StrategyType::as_str);
        report.error(written.place, format!("this kind of workload has `{first}` and `{second}`"));
    }
    let rolling = kind == StrategyType::RollingUpdate;
    let fields = [
        ("maxSurge", place(&strategy.max_surge), has_surge),
        ("maxUnavailable", place(&strategy.max_unavailable), true),
        ("partition", place(&strategy.partition), has_partition),
    ];
    for (key, at, known) in fields {
        match at {
            Some(at) if !known => {
                report.error(at, format!("this kind of workload has no `{key}`"));
            }
            Some(at) if !rolling => {
                report.error(at, format!("`{key}` belongs to the type RollingUpdate"));
            }
            _ => {}
        }
    }
    let bound =
        |bound: &Option<At<IntOrPercent>>| bound.as_ref().map(|b| scaling::int_or_string(b));
    Rollout {
        kind,
        max_surge: bound(&strategy.max_surge),
        max_unavailable: bound(&strategy.max_unavailable),
    }
}

fn is_zero(bound: &IntOrPercent) -> bool {
    matches!(bound, IntOrPercent::Int(0) | IntOrPercent::Percent(0))
}

fn deployment_strategy(strategy: &At<Strategy>, report: &mut Report) -> apps::DeploymentStrategy {
    use StrategyType::{Recreate, RollingUpdate};
    let rollout = rollout(strategy, [RollingUpdate, Recreate], true, false, report);
    if let (Some(surge), Some(unavailable)) = (&strategy.max_surge, &strategy.max_unavailable)
        && is_zero(surge)
        && is_zero(unavailable)
    {
        report.add(
            Diagnostic::new("with both bounds at 0 no pod can be replaced")
                .at(unavailable.place)
                .related(surge.place, "the other bound"),
        );
    }
    let has_bounds = rollout.max_surge.is_some() || rollout.max_unavailable.is_some();
    apps::DeploymentStrategy {
        type_: Some(rollout.kind.as_str().to_owned()),
        rolling_update: has_bounds.then_some(apps::RollingUpdateDeployment {
            max_surge: rollout.max_surge,
            max_unavailable: rollout.max_unavailable,
        }),
    }
}

fn stateful_strategy(
    context: &Context<'_>,
    strategy: &At<Strategy>,
    report: &mut Report,
) -> apps::StatefulSetUpdateStrategy {
    use StrategyType::{OnDelete, RollingUpdate};
    let rollout = rollout(strategy, [RollingUpdate, OnDelete], false, true, report);
    if let Some(unavailable) = &strategy.max_unavailable {
        context.since(35, "`maxUnavailable` of a StatefulSet", unavailable.place, report);
        if is_zero(unavailable) {
            report.error(unavailable.place, "at least one pod must be replaceable");
        }
    }
    let partition = strategy.partition.as_ref().map(|partition| count(**partition));
    let has_bounds = partition.is_some() || rollout.max_unavailable.is_some();
    apps::StatefulSetUpdateStrategy {
        type_: Some(rollout.kind.as_str().to_owned()),
        rolling_update: has_bounds.then_some(apps::RollingUpdateStatefulSetStrategy {
            max_unavailable: rollout.max_unavailable,
            partition,
        }),
    }
}

fn daemon_strategy(strategy: &At<Strategy>, report: &mut Report) -> apps::DaemonSetUpdateStrategy {
    use StrategyType::{OnDelete, RollingUpdate};
    let rollout = rollout(strategy, [RollingUpdate, OnDelete], true, false, report);
    // ValidateRollingUpdateDaemonSet: exactly one of the two is above 0.
    let surges = strategy.max_surge.as_ref().is_some_and(|surge| !is_zero(surge));
    let max_unavailable = match (&strategy.max_unavailable, surges) {
        // Kubernetes' own default of 1 would contradict the surge.
        (None, true) => Some(IntOrString::Int(0)),
        (Some(unavailable), _) if is_zero(unavailable) != surges => {
            report.error(
                unavailable.place,
                "of `maxSurge` and `maxUnavailable` exactly one is above 0",
            );
            None
        }
        _ => rollout.max_unavailable,
    };
    let has_bounds = rollout.max_surge.is_some() || max_unavailable.is_some();
    apps::DaemonSetUpdateStrategy {
        type_: Some(rollout.kind.as_str().to_owned()),
        rolling_update: has_bounds.then_some(apps::RollingUpdateDaemonSet {
            max_surge: rollout.max_surge,
            max_unavailable,
        }),
    }
}

fn job_spec(
    job: Option<&Job>,
    template: core::PodTemplateSpec,
    report: &mut Report,
) -> batch::JobSpec {
    let Some(job) = job else {
        return batch::JobSpec { template, ..batch::JobSpec::default() };
    };
    if let (Some(mode), None) = (&job.completion_mode, &job.completions)
        && mode.as_str() == "Indexed"
    {
        report.error(mode.place, "an indexed Job needs `completions`");
    }
    let number = |number: &Option<At<u32>>| number.as_ref().map(|number| count(**number));
    batch::JobSpec {
        completions: number(&job.completions),
        parallelism: number(&job.parallelism),
        completion_mode: job.completion_mode.as_ref().map(|mode| mode.as_str().to_owned()),
        backoff_limit: number(&job.backoff_limit),
        active_deadline_seconds: job
            .deadline
            .as_ref()
            .and_then(|time| seconds_from(1, time, report))
            .map(i64::from),
        ttl_seconds_after_finished: job.ttl.as_ref().and_then(|time| seconds(time, report)),
        pod_failure_policy: job
            .pod_failure_policy
            .as_ref()
            .and_then(|policy| super::raw::part(policy, report)),
        suspend: job.suspend,
        template,
        ..batch::JobSpec::default()
    }
}

fn cron_spec(
    workload: &Workload,
    labels: &WorkloadLabels,
    template: core::PodTemplateSpec,
    report: &mut Report,
) -> Option<batch::CronJobSpec> {
    let schedule = workload.schedule.as_ref()?;
    let limit = |limit: Option<u32>| limit.map(count);
    let mut job_annotations = super::meta::Pairs::new();
    add(&mut job_annotations, &workload.annotations);
    Some(batch::CronJobSpec {
        schedule: schedule.cron.to_string(),
        time_zone: schedule.time_zone.as_ref().map(|zone| zone.value.clone()),
        concurrency_policy: schedule.concurrency_policy.map(|policy| policy.as_str().to_owned()),
        starting_deadline_seconds: schedule
            .starting_deadline
            .as_ref()
            .and_then(|time| seconds(time, report))
            .map(i64::from),
        successful_jobs_history_limit: limit(schedule.successful_history),
        failed_jobs_history_limit: limit(schedule.failed_history),
        suspend: schedule.suspend,
        job_template: batch::JobTemplateSpec {
            metadata: Some(ObjectMeta {
                labels: some(labels.controller.clone()),
                annotations: some(job_annotations),
                ..ObjectMeta::default()
            }),
            spec: Some(job_spec(workload.job.as_deref(), template, report)),
        },
    })
}

/// The account of a workload, where it is not made elsewhere.
fn service_account(
    context: &Context<'_>,
    workload: &Workload,
    report: &mut Report,
) -> Option<Object> {
    let account = workload.service_account.as_ref()?;
    if account.existing {
        let labels = account.labels.values().map(|item| item.key);
        let annotations = account.annotations.values().map(|item| item.key);
        for place in labels.chain(annotations) {
            report.error(place, "this account is made elsewhere; its labels are set there");
        }
        return None;
    }
    let mut labels = context.common_labels();
    extend(&mut labels, &account.labels);
    let object = core::ServiceAccount {
        metadata: context.namespaced(account.name.as_str(), labels, &account.annotations),
        // Pods that want a token ask for one themselves.
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::default()
    };
    super::raw::object(&object, account.name.place, report)
}

/// Workloads that share an account each bring it along; they must agree.
pub fn deduplicate_accounts(objects: &mut Vec<Object>, report: &mut Report) {
    let mut first: std::collections::HashMap<String, Object> = std::collections::HashMap::new();
    objects.retain(|object| {
        if object.identity.kind != "ServiceAccount" {
            return true;
        }
        match first.get(&object.identity.name) {
            None => {
                first.insert(object.identity.name.clone(), object.clone());
                true
            }
            Some(same) => {
                if same.content != object.content {
                    report.add(
                        Diagnostic::new(format!(
                            "two workloads describe the account `{}` differently",
                            object.identity.name
                        ))
                        .at(object.place)
                        .related(same.place, "the other one"),
                    );
                }
                false
            }
        }
    });
}

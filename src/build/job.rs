//! What runs to its end: once, or again and again.

use k8s_openapi::api::batch::v1 as batch;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::diagnostic::{Diagnostic, Report};
use crate::digest;
use crate::object::to_value::to_value;
use crate::object::value::Value;
use crate::profile::decode::At;
use crate::profile::workload::{Job, RestartPolicy, Schedule, Workload};
use crate::scalar::DnsLabel;

use super::context::{count, seconds, seconds_from};
use super::meta::{Pairs, WorkloadLabels, add, some};
use super::raw;

pub fn job_spec(
    job: Option<&Job>,
    template: core::PodTemplateSpec,
    report: &mut Report,
) -> batch::JobSpec {
    let Some(job) = job else {
        return batch::JobSpec { template, ..batch::JobSpec::default() };
    };
    if let (Some(mode), None, true) = (&job.completion_mode, &job.completions, job.is_indexed()) {
        report.error(mode.place, "an indexed Job needs `completions`");
    }
    if let Some(policy) = &job.pod_failure_policy
        && job.restart_policy != RestartPolicy::Never
    {
        report.add(
            Diagnostic::new("a policy for failed pods needs `restartPolicy: Never`")
                .at(policy.0.place)
                .help("a container that is restarted in its pod never makes the pod fail"),
        );
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
            .and_then(|policy| raw::part(policy, report)),
        suspend: job.suspend,
        template,
        ..batch::JobSpec::default()
    }
}

/// A name of its own for each version of a Job: Kubernetes never lets the pods
/// of one change, so a new version must be a new Job.
pub fn versioned_name(name: &DnsLabel, job: &batch::Job) -> String {
    // What cannot be written is reported where the object is made.
    let content = to_value(&job.spec).unwrap_or(Value::Null);
    let digest = digest::of_value(&content);
    let short: String = digest.chars().take(8).collect();
    format!("{name}-{short}")
}

pub fn cron_spec(
    workload: &Workload,
    labels: &WorkloadLabels,
    template: core::PodTemplateSpec,
    report: &mut Report,
) -> Option<batch::CronJobSpec> {
    let schedule = workload.schedule.as_ref()?;
    let mut job_annotations = Pairs::new();
    add(&mut job_annotations, &workload.annotations);
    let job_template = batch::JobTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: some(labels.controller.clone()),
            annotations: some(job_annotations),
            ..ObjectMeta::default()
        }),
        spec: Some(job_spec(workload.job.as_deref(), template, report)),
    };
    Some(times(schedule, job_template, report))
}

/// When a CronJob runs what.
pub fn times(
    schedule: &Schedule,
    job_template: batch::JobTemplateSpec,
    report: &mut Report,
) -> batch::CronJobSpec {
    let limit = |limit: Option<u32>| limit.map(count);
    batch::CronJobSpec {
        schedule: schedule.cron.to_string(),
        time_zone: schedule.time_zone.as_ref().map(ToString::to_string),
        concurrency_policy: schedule.concurrency_policy.map(|policy| policy.as_str().to_owned()),
        starting_deadline_seconds: schedule
            .starting_deadline
            .as_ref()
            .and_then(|time| seconds(time, report))
            .map(i64::from),
        successful_jobs_history_limit: limit(schedule.successful_history),
        failed_jobs_history_limit: limit(schedule.failed_history),
        suspend: schedule.suspend,
        job_template,
    }
}

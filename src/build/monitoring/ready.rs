//! Alerts of one workload: ready ones, with expressions for the metrics of
//! kube-state-metrics, cAdvisor and the kubelet, and the user's own.

use crate::crd::monitoring as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::alerts::{Alerts, ReadyName};
use crate::profile::decode::{At, Decode, Item};
use crate::profile::rules::{AlertSettings, Severity};
use crate::profile::workload::{RestartPolicy, Workload, WorkloadKind};
use crate::scalar::{DnsLabel, Duration, Percentage};
use crate::source::Place;
use crate::tree::Node;

use super::super::context::Context;
use super::super::meta::WorkloadLabels;
use super::rules::{Group, for_text, object, own_alert, with_settings};
use super::{scrape, series, span};

/// The PrometheusRule of a workload.
pub fn alerts(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Item<Workload>,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> Option<Object> {
    let alerts = workload.alerts.as_deref()?;
    let home = context.index.home(&workload.namespace);
    let ready = Ready { name, workload, home, alerts };
    let mut rules: Vec<crd::Rule> =
        ALL.iter().filter_map(|alert| ready.rule(*alert, report)).collect();
    ready.check_without(report);
    for (own, alert) in &alerts.own {
        if rules.iter().any(|rule| rule.alert.as_deref() == Some(own.as_str())) {
            report.error(alert.key, format!("a ready alert is called `{own}` too"));
        }
        rules.push(own_alert(own, alert, report));
    }
    if rules.is_empty() {
        report.add(
            Diagnostic::missing("no alert is left")
                .at(alerts.place)
                .help("`alerts: standard`, single ones by name, or your own under `own`"),
        );
    }
    let group = Group { name: name.as_str(), place: alerts.place, interval: None, rules };
    object(context, home, group, labels.object.clone(), report)
}

/// In the order in which they are written out.
const ALL: [ReadyName; 8] = [
    ReadyName::Down,
    ReadyName::Restarts,
    ReadyName::Memory,
    ReadyName::CpuThrottling,
    ReadyName::Disk,
    ReadyName::ReplicasUnavailable,
    ReadyName::Failed,
    ReadyName::NotScheduled,
];

struct Ready<'a> {
    name: &'a DnsLabel,
    workload: &'a Workload,
    home: &'a str,
    alerts: &'a At<Alerts>,
}

/// What a ready alert says by itself.
struct Said<'s> {
    /// What its name ends with.
    suffix: &'static str,
    expr: String,
    for_: Option<String>,
    severity: Severity,
    summary: String,
    description: String,
    settings: &'s AlertSettings,
}

impl Ready<'_> {
    fn is_job(&self) -> bool {
        matches!(*self.workload.kind, WorkloadKind::Job | WorkloadKind::CronJob)
    }

    /// Where an alert is asked for by its own name.
    fn written(&self, alert: ReadyName) -> Option<Place> {
        let alerts = self.alerts;
        match alert {
            ReadyName::Down => alerts.down.as_ref().map(|own| own.place),
            ReadyName::Restarts => alerts.restarts.as_ref().map(|own| own.place),
            ReadyName::Memory => alerts.memory.as_ref().map(|own| own.place),
            ReadyName::CpuThrottling => alerts.throttling.as_ref().map(|own| own.place),
            ReadyName::Disk => alerts.disk.as_ref().map(|own| own.place),
            ReadyName::ReplicasUnavailable => alerts.replicas.as_ref().map(|own| own.place),
            ReadyName::Failed => alerts.failed.as_ref().map(|own| own.place),
            ReadyName::NotScheduled => alerts.not_scheduled.as_ref().map(|own| own.place),
        }
    }

    /// Why an alert means nothing for this workload.
    fn nonsense(&self, alert: ReadyName) -> Option<String> {
        let workload = self.workload;
        let limited = |resource: &str| {
            let others = [&workload.sidecars, &workload.containers];
            let others = others.into_iter().flat_map(|all| all.values().map(|item| &item.value));
            let mut all = std::iter::once(&workload.container).chain(others);
            all.any(|container| {
                let limits = container.resources.iter().flat_map(|own| own.limits.keys());
                limits.into_iter().any(|name| name.as_str() == resource)
            })
        };
        let never_restarts =
            workload.job.as_ref().is_some_and(|job| job.restart_policy == RestartPolicy::Never);
        let kind = workload.kind.as_str();
        let reason = match alert {
            ReadyName::Down if self.is_job() => {
                format!(
                    "the pods of a {kind} end by themselves; `failed` says when they do so badly"
                )
            }
            ReadyName::ReplicasUnavailable if self.is_job() => {
                format!("a {kind} has no pods that are always there")
            }
            ReadyName::Failed if !self.is_job() => format!("a {kind} never ends"),
            ReadyName::NotScheduled if *workload.kind != WorkloadKind::CronJob => {
                format!("a {kind} has no schedule")
            }
            ReadyName::Restarts if never_restarts => {
                "with `restartPolicy: Never` no container restarts".to_owned()
            }
            ReadyName::Memory if !limited("memory") => "no container has a memory limit".to_owned(),
            ReadyName::CpuThrottling if !limited("cpu") => {
                "no container has a CPU limit".to_owned()
            }
            ReadyName::Disk if series::claim_matcher(self.name, workload).is_none() => {
                "nothing mounts a claim".to_owned()
            }
            _ => return None,
        };
        Some(reason)
    }

    /// Whether the standard set has an alert for this workload.
    fn in_set(&self, alert: ReadyName) -> bool {
        // That a Job's containers start again is how it gets along.
        let usual = !(alert == ReadyName::Restarts && self.is_job());
        self.alerts.set.is_some() && usual && self.nonsense(alert).is_none()
    }

    fn is_left_out(&self, alert: ReadyName) -> bool {
        self.alerts.without.iter().any(|out| out.value == alert)
    }

    /// What is left out must have been there.
    fn check_without(&self, report: &mut Report) {
        for (index, out) in self.alerts.without.iter().enumerate() {
            let alert = out.value;
            let twice = self.alerts.without[..index].iter().any(|other| other.value == alert);
            if let Some(place) = self.written(alert) {
                report.add(
                    Diagnostic::new(format!("`{}` is asked for and left out", alert.as_str()))
                        .at(out.place)
                        .related(place, "asked for here"),
                );
            } else if self.alerts.set.is_none() {
                report.error(out.place, "`without` belongs to `set`");
            } else if !self.in_set(alert) || twice {
                let fault = Diagnostic::new("the set would not have this anyway").at(out.place);
                report.add(match self.nonsense(alert) {
                    Some(reason) => fault.label(reason),
                    None => fault,
                });
            }
        }
    }

    fn rule(&self, alert: ReadyName, report: &mut Report) -> Option<crd::Rule> {
        let place = match self.written(alert) {
            Some(place) => {
                if let Some(reason) = self.nonsense(alert) {
                    let fault = format!("`{}` means nothing here: {reason}", alert.as_str());
                    report.add(
                        Diagnostic::new(fault)
                            .at(place)
                            .related(self.workload.kind.place, "the workload"),
                    );
                    return None;
                }
                place
            }
            None if self.in_set(alert) && !self.is_left_out(alert) => self.alerts.place,
            None => return None,
        };
        match alert {
            ReadyName::Down => self.down(place, report),
            ReadyName::Restarts => self.restarts(place, report),
            ReadyName::Memory => self.memory(place, report),
            ReadyName::CpuThrottling => self.throttling(place, report),
            ReadyName::Disk => self.disk(place, report),
            ReadyName::ReplicasUnavailable => self.replicas(place, report),
            ReadyName::Failed => self.failed(place, report),
            ReadyName::NotScheduled => self.not_scheduled(place, report),
        }
    }

    fn made(&self, said: Said<'_>, report: &mut Report) -> crd::Rule {
        let words = self.name.as_str().split('-').filter(|word| !word.is_empty());
        let camel: String = words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect();
        let annotations = [("summary", said.summary), ("description", said.description)];
        let annotations = annotations.map(|(key, text)| (key.to_owned(), text));
        let rule = crd::Rule {
            alert: Some(camel + said.suffix),
            expr: said.expr,
            for_: said.for_,
            annotations: Some(annotations.into()),
            ..crd::Rule::default()
        };
        with_settings(rule, Some(said.severity), said.settings, report)
    }

    /// `miner in blockchain`.
    fn title(&self) -> String {
        format!("{} in {}", self.name, self.home)
    }

    fn pods(&self) -> String {
        let pods = series::pods(self.name, self.workload);
        format!("namespace=\"{}\",pod=~\"{pods}\"", self.home)
    }

    fn down(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.down, place, report)?;
        let pods = self.pods();
        let (expr, all, how) = if scrape::is_scraped(self.workload) {
            (format!("up{{{pods}}} == 0"), format!("up{{{pods}}}"), "cannot be scraped")
        } else {
            let ready = format!("kube_pod_status_ready{{{pods},condition=\"true\"}}");
            let ended = format!("kube_pod_status_phase{{{pods},phase=~\"Succeeded|Failed\"}}");
            // Pods that were evicted stay as a record.
            let expr = format!(
                "max by (namespace, pod) ({ready}) == 0\n\
                 unless on (namespace, pod) max by (namespace, pod) ({ended}) == 1"
            );
            (expr, ready, "is not ready")
        };
        // A DaemonSet may have no nodes, and nobody misses what has no pods.
        let wanted = self.workload.replicas.as_ref().is_none_or(|replicas| **replicas > 0);
        let lasting = *self.workload.kind != WorkloadKind::DaemonSet && wanted;
        let expr = if lasting { format!("{expr}\nor absent({all})") } else { expr };
        let time = for_text(&own.for_);
        let description = match lasting {
            true => format!(
                "{{{{ if $labels.pod }}}}{{{{ $labels.pod }}}} {how} for {time}.{{{{ else }}}}There are no pods for {time}.{{{{ end }}}}"
            ),
            false => format!("{{{{ $labels.pod }}}} {how} for {time}."),
        };
        let said = Said {
            suffix: "Down",
            expr,
            for_: Some(time),
            severity: own.severity,
            summary: format!("{} is down", self.title()),
            description,
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    fn restarts(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.restarts, place, report)?;
        let (pods, within) = (self.pods(), span(&own.within, report));
        let restarts = format!("kube_pod_container_status_restarts_total{{{pods}}}[{within}]");
        let said = Said {
            suffix: "Restarting",
            expr: format!(
                "max by (namespace, pod, container) (increase({restarts})) > {}",
                *own.above
            ),
            for_: own.for_.as_ref().map(for_text),
            severity: own.severity,
            summary: format!("{} restarts again and again", self.title()),
            description: format!(
                "{{{{ $labels.container }}}} of {{{{ $labels.pod }}}} restarted {{{{ $value | humanize }}}} times in {within}."
            ),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    fn memory(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.memory, place, report)?;
        let pods = self.pods();
        let by = "max by (namespace, pod, container)";
        let said = Said {
            suffix: "MemoryHigh",
            // The series without a container is the whole pod.
            expr: format!(
                "{by} (container_memory_working_set_bytes{{{pods},container!=\"\"}})\n\
                 / {by} (kube_pod_container_resource_limits{{{pods},resource=\"memory\"}})\n\
                 > {}",
                share(&own.above, report)
            ),
            for_: Some(for_text(&own.for_)),
            severity: own.severity,
            summary: format!("{} is short of memory", self.title()),
            description: "{{ $labels.container }} of {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory limit.".to_owned(),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    fn throttling(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.throttling, place, report)?;
        let pods = self.pods();
        let sum = |metric: &str| {
            let series = format!("{metric}{{{pods},container!=\"\"}}[5m]");
            format!("sum by (namespace, pod, container) (increase({series}))")
        };
        let said = Said {
            suffix: "CpuThrottled",
            expr: format!(
                "{}\n/ {}\n> {}",
                sum("container_cpu_cfs_throttled_periods_total"),
                sum("container_cpu_cfs_periods_total"),
                share(&own.above, report)
            ),
            for_: Some(for_text(&own.for_)),
            severity: own.severity,
            summary: format!("{} is short of CPU", self.title()),
            description: "{{ $labels.container }} of {{ $labels.pod }} is held back by its CPU limit in {{ $value | humanizePercentage }} of the periods.".to_owned(),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    fn disk(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.disk, place, report)?;
        let claims = series::claim_matcher(self.name, self.workload)?;
        let scope = format!("namespace=\"{}\",{claims}", self.home);
        let said = Said {
            suffix: "DiskFull",
            expr: format!(
                "max by (namespace, persistentvolumeclaim) (\n  \
                 1 - kubelet_volume_stats_available_bytes{{{scope}}}\n  \
                 / kubelet_volume_stats_capacity_bytes{{{scope}}}\n) > {}",
                share(&own.above, report)
            ),
            for_: Some(for_text(&own.for_)),
            severity: own.severity,
            summary: format!("{} is short of disk", self.title()),
            description: "The claim {{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full.".to_owned(),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    fn replicas(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.replicas, place, report)?;
        let (label, available, wanted) = match *self.workload.kind {
            WorkloadKind::StatefulSet => (
                "statefulset",
                "kube_statefulset_status_replicas_ready",
                "kube_statefulset_replicas",
            ),
            WorkloadKind::DaemonSet => (
                "daemonset",
                "kube_daemonset_status_number_available",
                "kube_daemonset_status_desired_number_scheduled",
            ),
            _ => (
                "deployment",
                "kube_deployment_status_replicas_available",
                "kube_deployment_spec_replicas",
            ),
        };
        let series = |metric: &str| {
            let scope = format!("namespace=\"{}\",{label}=\"{}\"", self.home, self.name);
            format!("max by (namespace, {label}) ({metric}{{{scope}}})")
        };
        let (bound, than) = match &own.below {
            Some(below) => {
                self.check_below(below, report);
                (below.to_string(), format!("fewer than {}", **below))
            }
            None => (series(wanted), "fewer than wanted".to_owned()),
        };
        let said = Said {
            suffix: "ReplicasUnavailable",
            expr: format!("{}\n< {bound}", series(available)),
            for_: Some(for_text(&own.for_)),
            severity: own.severity,
            summary: format!("{} lacks pods", self.title()),
            description: format!("{{{{ $value }}}} pods are available, {than}."),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    /// A bound that is never reached, or always missed.
    fn check_below(&self, below: &At<u32>, report: &mut Report) {
        let workload = self.workload;
        let most = match (&workload.scale, &workload.replicas) {
            _ if *workload.kind == WorkloadKind::DaemonSet => None,
            (Some(scale), _) => Some(*scale.max),
            (None, replicas) => Some(replicas.as_ref().map_or(1, |replicas| **replicas)),
        };
        if **below == 0 {
            report.error(below.place, "there are never fewer than 0 pods");
        }
        if let Some(most) = most.filter(|most| **below > *most) {
            let fault = format!("there are never more than {most} pods: this would always fire");
            report.error(below.place, fault);
        }
    }

    fn failed(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.failed, place, report)?;
        let scope = format!(
            "namespace=\"{}\",{}",
            self.home,
            series::job_matcher(self.name, self.workload)
        );
        let failed = format!("kube_job_failed{{{scope},condition=\"true\"}}");
        let expr = match *self.workload.kind {
            // A failed Job stays as a record. It tells something as long as no
            // later one succeeded.
            WorkloadKind::CronJob => {
                let cron = format!("namespace=\"{}\",cronjob=\"{}\"", self.home, self.name);
                format!(
                    "max by (namespace) (\n  \
                     max by (namespace, job_name) (kube_job_status_start_time{{{scope}}})\n  \
                     * max by (namespace, job_name) ({failed})\n)\n\
                     > (\n  max by (namespace) (kube_cronjob_status_last_successful_time{{{cron}}})\n  \
                     or max by (namespace) (kube_cronjob_created{{{cron}}})\n)"
                )
            }
            _ => format!("max by (namespace, job_name) ({failed}) == 1"),
        };
        let description = match *self.workload.kind {
            WorkloadKind::CronJob => "Its last Job failed, and none succeeded since.".to_owned(),
            _ => "The Job {{ $labels.job_name }} failed.".to_owned(),
        };
        let said = Said {
            suffix: "Failed",
            expr,
            for_: own.for_.as_ref().map(for_text),
            severity: own.severity,
            summary: format!("{} failed", self.title()),
            description,
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    fn not_scheduled(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.not_scheduled, place, report)?;
        let scope = format!("namespace=\"{}\",cronjob=\"{}\"", self.home, self.name);
        let late = span(&own.late, report);
        // There is no next time where the CronJob is suspended.
        let next = format!("kube_cronjob_next_schedule_time{{{scope}}}");
        let said = Said {
            suffix: "NotScheduled",
            expr: format!(
                "time() - max by (namespace, cronjob) ({next}) > {}",
                in_seconds(&own.late, report)
            ),
            for_: own.for_.as_ref().map(for_text),
            severity: own.severity,
            summary: format!("{} did not run", self.title()),
            description: format!("It should have run more than {late} ago."),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }
}

/// What is written, or what holds where nothing is.
fn settled<T: Decode + Clone>(
    written: &Option<At<T>>,
    place: Place,
    report: &mut Report,
) -> Option<T> {
    match written {
        Some(own) => Some(own.value.clone()),
        None => T::decode(&Node::map(place), report),
    }
}

/// `0.9` for `90%`.
fn share(percent: &At<Percentage>, report: &mut Report) -> String {
    let value = percent.value.value();
    if !(1..=99).contains(&value) {
        report.error(percent.place, "a share of what there is: 1% to 99%");
    }
    let text = format!("0.{value:02}");
    text.trim_end_matches('0').to_owned()
}

fn in_seconds(duration: &At<Duration>, report: &mut Report) -> u64 {
    duration.as_secs_exact().unwrap_or_else(|| {
        report.error(duration.place, "whole seconds");
        0
    })
}

//! What ready alerts say: expressions for the metrics of kube-state-metrics,
//! cAdvisor and the kubelet, and the words that people read.

use crate::crd::monitoring as crd;
use crate::diagnostic::Report;
use crate::profile::decode::{At, Decode};
use crate::profile::rules::{AlertSettings, Severity};
use crate::profile::workload::WorkloadKind;
use crate::scalar::{Duration, Percentage};
use crate::source::Place;
use crate::tree::Node;

use super::ready::Ready;
use super::rules::{for_text, with_settings};
use super::{scrape, series, span};

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

    pub fn down(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

    pub fn restarts(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

    pub fn memory(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

    pub fn cpu(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
        let own = settled(&self.alerts.cpu, place, report)?;
        let pods = self.pods();
        let by = "by (namespace, pod, container)";
        let said = Said {
            suffix: "CpuHigh",
            expr: format!(
                "sum {by} (rate(container_cpu_usage_seconds_total{{{pods},container!=\"\"}}[5m]))\n\
                 / max {by} (kube_pod_container_resource_limits{{{pods},resource=\"cpu\"}})\n\
                 > {}",
                share(&own.above, report)
            ),
            for_: Some(for_text(&own.for_)),
            severity: own.severity,
            summary: format!("{} uses nearly all its CPU", self.title()),
            description: "{{ $labels.container }} of {{ $labels.pod }} uses {{ $value | humanizePercentage }} of its CPU limit.".to_owned(),
            settings: &own.settings,
        };
        Some(self.made(said, report))
    }

    pub fn throttling(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

    pub fn disk(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

    pub fn replicas(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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
            // As the controller of Argo Rollouts counts them.
            WorkloadKind::Rollout => {
                ("name", "rollout_info_replicas_available", "rollout_info_replicas_desired")
            }
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

    pub fn failed(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

    pub fn not_scheduled(&self, place: Place, report: &mut Report) -> Option<crd::Rule> {
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

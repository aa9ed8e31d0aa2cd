//! Alerts of one workload: which of the ready ones it gets, and the user's own.

use crate::crd::monitoring as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::alerts::{Alerts, ReadyName};
use crate::profile::decode::{At, Item};
use crate::profile::workload::{RestartPolicy, Workload, WorkloadKind};
use crate::scalar::DnsLabel;
use crate::source::Place;

use super::super::context::Context;
use super::super::meta::WorkloadLabels;
use super::rules::{Group, object, own_alert};
use super::series;

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
    let found_before = report.len();
    let mut rules: Vec<crd::Rule> =
        ALL.iter().filter_map(|alert| ready.rule(*alert, report)).collect();
    ready.check_without(report);
    for (own, alert) in &alerts.own {
        if rules.iter().any(|rule| rule.alert.as_deref() == Some(own.as_str())) {
            report.error(alert.key, format!("a ready alert is called `{own}` too"));
        }
        rules.push(own_alert(own, alert, report));
    }
    if rules.is_empty() && report.len() == found_before {
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
const ALL: [ReadyName; 9] = [
    ReadyName::Down,
    ReadyName::Restarts,
    ReadyName::Memory,
    ReadyName::Cpu,
    ReadyName::CpuThrottling,
    ReadyName::Disk,
    ReadyName::ReplicasUnavailable,
    ReadyName::Failed,
    ReadyName::NotScheduled,
];

/// A workload and what is asked of its alerts.
pub struct Ready<'a> {
    pub name: &'a DnsLabel,
    pub workload: &'a Workload,
    pub home: &'a str,
    pub alerts: &'a At<Alerts>,
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
            ReadyName::Cpu => alerts.cpu.as_ref().map(|own| own.place),
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
            // Of sidecars, which are init containers, the metrics have other names.
            let others = workload.containers.values().map(|item| &item.value);
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
            ReadyName::Cpu | ReadyName::CpuThrottling if !limited("cpu") => {
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
        let usual = match alert {
            ReadyName::Restarts => !self.is_job(),
            // Much used is well used, until it is held back.
            ReadyName::Cpu => false,
            _ => true,
        };
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
            ReadyName::Cpu => self.cpu(place, report),
            ReadyName::CpuThrottling => self.throttling(place, report),
            ReadyName::Disk => self.disk(place, report),
            ReadyName::ReplicasUnavailable => self.replicas(place, report),
            ReadyName::Failed => self.failed(place, report),
            ReadyName::NotScheduled => self.not_scheduled(place, report),
        }
    }
}

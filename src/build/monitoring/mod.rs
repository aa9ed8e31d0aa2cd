//! Layer 6: what the cluster's monitoring needs to know: monitors, rules,
//! dashboards.

mod dashboard;
mod dashboard_model;
mod expressions;
mod ready;
mod relabel;
mod rules;
mod scrape;
mod series;

pub use dashboard::config_maps as dashboards;
pub use scrape::{labels_of_service, scrape_annotations};

use crate::diagnostic::Report;
use crate::object::Object;
use crate::profile::decode::{At, Item, place};
use crate::profile::index::Index;
use crate::profile::monitoring::Monitoring;
use crate::profile::scrape::{ScrapeBy, way};
use crate::profile::workload::Workload;
use crate::scalar::{DnsLabel, Duration};

use super::context::Context;
use super::meta::{Pairs, WorkloadLabels, extend};

/// The rules of the system.
pub fn rules(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    if is_off(context.index) {
        return Vec::new();
    }
    if let Some(monitoring) = &context.index.system.monitoring {
        refuse_unused(context.index, monitoring, report);
    }
    rules::groups(context, report)
}

/// Whether the environment has no monitoring.
fn is_off(index: &Index<'_>) -> bool {
    index.system.monitoring.as_ref().is_some_and(|monitoring| !monitoring.enabled)
}

/// What belongs to a workload.
pub fn workload_objects(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Item<Workload>,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> Vec<Object> {
    if is_off(context.index) {
        return Vec::new();
    }
    let monitor = scrape::monitor(context, name, workload, labels, report);
    monitor.into_iter().chain(ready::alerts(context, name, workload, labels, report)).collect()
}

/// Where something lives and what it is called there. Many systems may share a
/// namespace of monitoring, so what lies there has its home in its name.
fn placed<'a>(
    written: Option<&'a At<DnsLabel>>,
    context: &'a Context<'_>,
    home: &'a str,
    name: &str,
) -> (&'a str, String) {
    let monitoring = context.index.system.monitoring.as_ref();
    let chosen = written.or_else(|| monitoring?.namespace.as_ref());
    match chosen.map_or(home, |chosen| chosen.as_str()) {
        own if own == home => (home, name.to_owned()),
        other => (other, format!("{home}-{name}")),
    }
}

/// The labels of a monitor or of rules: those by which Prometheus selects them
/// come last.
fn selected_labels(context: &Context<'_>, mut labels: Pairs) -> Pairs {
    if let Some(monitoring) = &context.index.system.monitoring {
        extend(&mut labels, &monitoring.labels);
    }
    labels
}

/// A span of time of Prometheus that is more than nothing.
fn span(duration: &At<Duration>, report: &mut Report) -> String {
    if duration.is_zero() {
        report.error(duration.place, "this must be longer than 0s");
    }
    duration.to_go()
}

/// Settings for all that no one of all uses.
fn refuse_unused(index: &Index<'_>, monitoring: &Monitoring, report: &mut Report) {
    let system = index.system;
    let workloads = || system.workloads.values();
    let scrapes = || workloads().filter_map(|workload| workload.scrape.as_ref());
    let monitors = || scrapes().filter(|scrape| way(index, scrape) != ScrapeBy::Annotations);
    let rules = !system.rules.is_empty() || workloads().any(|workload| workload.alerts.is_some());
    let dashboards = || system.dashboards.values();
    // What is there for an environment that does not use it yet is no fault.
    if scrapes().next().is_none() && !rules && dashboards().next().is_none() {
        return;
    }
    let monitored = monitors().next().is_some();
    if let Some(by) = place(&monitoring.by)
        && scrapes().next().is_some()
        && scrapes().all(|scrape| scrape.by.is_some())
    {
        report.error(by, "every `scrape` says `by` itself");
    }
    let without_interval = || {
        let views = monitors().flat_map(|scrape| scrape.views());
        views.filter(|view| view.settings.interval.is_none()).count()
    };
    if let Some(interval) = place(&monitoring.interval)
        && scrapes().next().is_some()
        && without_interval() == 0
    {
        let message = match monitored {
            true => "every endpoint says its own `interval`",
            false => "with `by: annotations` Prometheus' own settings say how often it scrapes",
        };
        report.error(interval, message);
    }
    if let Some(label) = monitoring.labels.values().next()
        && !monitored
        && !rules
    {
        report.error(label.key, "there are no monitors and no rules to bear these labels");
    }
    let in_general = dashboards().any(|dashboard| dashboard.namespace.is_none());
    if let Some(namespace) = place(&monitoring.namespace)
        && !monitored
        && !rules
        && !in_general
    {
        report.error(namespace, "there is nothing that would live there");
    }
    if let Some(settings) = &monitoring.dashboards
        && dashboards().next().is_some()
        && dashboards().all(|dashboard| dashboard.folder.is_none())
        && settings.folder_annotation.place.length > 0
    {
        report.error(settings.folder_annotation.place, "no dashboard says a `folder`");
    }
}

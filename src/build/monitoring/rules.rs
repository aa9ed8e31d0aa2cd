//! PrometheusRules: the user's groups, and what all alerts have in common.

use crate::crd::monitoring as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::rules::{Alert, AlertName, AlertSettings, RuleGroup, Severity};
use crate::profile::system::Annotations;
use crate::scalar::{DnsName, Duration};
use crate::source::Place;

use super::super::context::Context;
use super::super::meta::{Pairs, some};
use super::super::raw;
use super::{placed, selected_labels, span};

/// One PrometheusRule for each group of the system.
pub fn groups(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let groups = context.index.system.rules.iter();
    groups.filter_map(|(name, group)| self::group(context, name, group, report)).collect()
}

fn group(
    context: &Context<'_>,
    name: &DnsName,
    group: &Item<RuleGroup>,
    report: &mut Report,
) -> Option<Object> {
    let mut rules = Vec::with_capacity(group.records.len() + group.alerts.len());
    for (name, record) in &group.records {
        let labels = record.labels.iter();
        let labels = labels.map(|(name, value)| (name.to_string(), value.value.clone()));
        rules.push(crd::Rule {
            record: Some(name.to_string()),
            expr: record.expr.as_str().to_owned(),
            labels: some(labels.collect()),
            ..crd::Rule::default()
        });
    }
    rules.extend(group.alerts.iter().map(|(name, alert)| own_alert(name, alert, report)));
    if rules.is_empty() {
        report.add(
            Diagnostic::missing(format!("the rule group `{name}` has no rules"))
                .at(group.key)
                .help("write them under `alerts` and `records`"),
        );
    }
    let group = Group {
        name: name.as_str(),
        place: group.key,
        interval: group.interval.as_ref().map(|interval| span(interval, report)),
        rules,
    };
    object(context, context.index.namespace, group, context.common_labels(), report)
}

/// A group of rules that becomes an object.
pub struct Group<'a> {
    pub name: &'a str,
    pub place: Place,
    pub interval: Option<String>,
    pub rules: Vec<crd::Rule>,
}

/// The PrometheusRule of a group.
pub fn object(
    context: &Context<'_>,
    home: &str,
    group: Group<'_>,
    labels: Pairs,
    report: &mut Report,
) -> Option<Object> {
    let (namespace, full) = placed(None, context, home, group.name);
    let labels = selected_labels(context, labels);
    let spec = crd::PrometheusRuleSpec {
        groups: vec![crd::RuleGroup {
            name: group.name.to_owned(),
            interval: group.interval,
            rules: group.rules,
        }],
    };
    let metadata = context.namespaced(namespace, &full, labels, &Annotations::default());
    raw::object(&crd::PrometheusRule { metadata, spec }, group.place, report)
}

/// An alert that the user wrote.
pub fn own_alert(name: &AlertName, alert: &Item<Alert>, report: &mut Report) -> crd::Rule {
    let severity = alert.severity.as_ref().map(|severity| severity.value);
    let rule = crd::Rule {
        alert: Some(name.to_string()),
        expr: alert.expr.as_str().to_owned(),
        for_: alert.for_.as_ref().map(for_text),
        ..crd::Rule::default()
    };
    with_settings(rule, severity, &alert.settings, report)
}

pub fn for_text(duration: &At<Duration>) -> String {
    duration.to_go()
}

/// What every alert may say, laid on what it says by itself.
pub fn with_settings(
    rule: crd::Rule,
    severity: Option<Severity>,
    settings: &AlertSettings,
    report: &mut Report,
) -> crd::Rule {
    let mut labels = rule.labels.unwrap_or_default();
    let mut annotations = rule.annotations.unwrap_or_default();
    if let Some(severity) = severity {
        labels.insert("severity".to_owned(), severity.as_str().to_owned());
    }
    for (name, value) in &settings.labels {
        match name.as_str() {
            "severity" if severity.is_some() => {
                report.error(value.key, "`severity` says this already");
            }
            "alertname" => report.error(value.key, "Prometheus sets `alertname` itself"),
            _ => {}
        }
        labels.insert(name.to_string(), value.as_str().to_owned());
    }
    for (name, value) in &settings.annotations {
        if let ("runbook_url", Some(runbook)) = (name.as_str(), &settings.runbook) {
            report.add(
                Diagnostic::new("`runbook` says this already")
                    .at(value.key)
                    .related(runbook.place, "here"),
            );
        }
        annotations.insert(name.to_string(), value.as_str().to_owned());
    }
    if let Some(runbook) = &settings.runbook {
        annotations.insert("runbook_url".to_owned(), runbook.to_string());
    }
    crd::Rule {
        keep_firing_for: settings.keep_firing_for.as_ref().map(|time| span(time, report)),
        labels: some(labels),
        annotations: some(annotations),
        ..rule
    }
}

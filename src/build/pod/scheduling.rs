//! Where the pods of a workload run.

use std::collections::HashSet;

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Report, Unknown};
use crate::profile::scheduling::{Strength, TaintEffect, TolerationOperator, Unsatisfiable};
use crate::profile::words::Topology;
use crate::profile::workload::Workload;
use crate::scalar::DnsLabel;

use super::super::context::{Context, count, seconds};
use super::super::meta::{Pairs, WorkloadLabels, selector, some_list};
use super::super::raw;

pub fn affinity(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Workload,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> Option<core::Affinity> {
    let mut affinity: core::Affinity = match &workload.affinity {
        Some(written) => raw::part(written, report)?,
        None => core::Affinity::default(),
    };
    if let Some(apart) = &workload.anti_affinity {
        let rules = affinity.pod_anti_affinity.get_or_insert_default();
        let term = term(labels.selector.clone(), &apart.across);
        add(
            term,
            apart.strength,
            &mut rules.required_during_scheduling_ignored_during_execution,
            &mut rules.preferred_during_scheduling_ignored_during_execution,
        );
    }
    for (other, near) in &workload.near {
        let Some(target) = context.index.system.workloads.get(other) else {
            let known = context.index.system.workloads.keys().map(DnsLabel::as_str);
            let message = format!("there is no workload `{other}`");
            report.add(Unknown::new(message, other.as_str(), known).at(near.key));
            continue;
        };
        if other == name {
            report.error(near.key, "a workload is always near itself");
            continue;
        }
        // Its own faults are reported where it is built.
        let selected =
            WorkloadLabels::new(context, other, target, None, &mut Report::default()).selector;
        let mut term = term(selected, &near.across);
        let home = context.index.home(&target.namespace);
        if home != context.index.home(&workload.namespace) {
            term.namespaces = Some(vec![home.to_owned()]);
        }
        let rules = affinity.pod_affinity.get_or_insert_default();
        add(
            term,
            near.strength,
            &mut rules.required_during_scheduling_ignored_during_execution,
            &mut rules.preferred_during_scheduling_ignored_during_execution,
        );
    }
    (affinity != core::Affinity::default()).then_some(affinity)
}

/// Adds a term to the rules that must hold or to those that should.
fn add(
    term: core::PodAffinityTerm,
    strength: Strength,
    required: &mut Option<Vec<core::PodAffinityTerm>>,
    preferred: &mut Option<Vec<core::WeightedPodAffinityTerm>>,
) {
    match strength {
        Strength::Required => required.get_or_insert_default().push(term),
        Strength::Preferred => preferred
            .get_or_insert_default()
            .push(core::WeightedPodAffinityTerm { weight: 100, pod_affinity_term: term }),
    }
}

fn term(labels: Pairs, across: &Topology) -> core::PodAffinityTerm {
    core::PodAffinityTerm {
        label_selector: Some(selector(labels)),
        topology_key: across.key().to_owned(),
        ..core::PodAffinityTerm::default()
    }
}

pub fn spread(
    workload: &Workload,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> Option<Vec<core::TopologySpreadConstraint>> {
    let mut list: Vec<core::TopologySpreadConstraint> = match &workload.topology_spread {
        Some(written) => raw::part(written, report)?,
        None => Vec::new(),
    };
    for (topology, spread) in &workload.spread {
        let strict = spread.when_unsatisfiable == Unsatisfiable::DoNotSchedule;
        if *spread.max_skew == 0 {
            report
                .error(spread.max_skew.place, "one place may always have one pod more: at least 1");
        }
        if let Some(domains) =
            spread.min_domains.as_ref().filter(|number| !strict || ***number == 0)
        {
            report.error(
                domains.place,
                "this is at least 1, and needs `whenUnsatisfiable: DoNotSchedule`",
            );
        }
        list.push(core::TopologySpreadConstraint {
            max_skew: count(*spread.max_skew),
            min_domains: spread.min_domains.as_ref().map(|number| count(**number)),
            topology_key: topology.key().to_owned(),
            when_unsatisfiable: spread.when_unsatisfiable.as_str().to_owned(),
            label_selector: Some(labels.selector()),
            ..core::TopologySpreadConstraint::default()
        });
    }
    // ValidateTopologySpreadConstraints.
    let mut seen = HashSet::new();
    for constraint in &list {
        if !seen.insert((&constraint.topology_key, &constraint.when_unsatisfiable)) {
            let message = format!("the pods are spread over `{}` twice", constraint.topology_key);
            report.error(workload.kind.place, message);
        }
    }
    some_list(list)
}

pub fn tolerations(workload: &Workload, report: &mut Report) -> Option<Vec<core::Toleration>> {
    // ValidateTolerations.
    let list = workload.tolerations.iter().map(|toleration| {
        let exists = toleration
            .operator
            .as_ref()
            .is_some_and(|operator| operator.value == TolerationOperator::Exists);
        if let (true, Some(value)) = (exists, &toleration.value.value) {
            report.error(value.place, "with the operator `Exists` there is no value");
        }
        if toleration.key.is_none() && !exists {
            report.error(toleration.place, "without a `key` the operator is `Exists`");
        }
        let stays = toleration.duration.as_ref();
        let evicts =
            toleration.effect.as_ref().is_some_and(|effect| effect.value == TaintEffect::NoExecute);
        if let (Some(time), false) = (stays, evicts) {
            report.error(time.place, "only the effect `NoExecute` takes time");
        }
        core::Toleration {
            key: toleration.key.as_ref().map(ToString::to_string),
            operator: toleration.operator.as_ref().map(|operator| operator.as_str().to_owned()),
            value: toleration.value.value.as_ref().map(|value| value.value.to_string()),
            effect: toleration.effect.as_ref().map(|effect| effect.as_str().to_owned()),
            toleration_seconds: stays.and_then(|time| seconds(time, report)).map(i64::from),
        }
    });
    let list = list.collect();
    some_list(list)
}

//! Labels of nodes that have other names by now, and selectors that select nothing.

use crate::check::at::At;
use crate::scalar::{LabelValue, Scalar};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// What a label of nodes is called by now: `GetNodeLabelDeprecatedMessage`.
fn newer_label(key: &str) -> Option<&'static str> {
    Some(match key {
        "beta.kubernetes.io/arch" => "kubernetes.io/arch",
        "beta.kubernetes.io/os" => "kubernetes.io/os",
        "failure-domain.beta.kubernetes.io/region" => "topology.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone" => "topology.kubernetes.io/zone",
        "beta.kubernetes.io/instance-type" => "node.kubernetes.io/instance-type",
        _ => return None,
    })
}

pub fn warn(spec: At<'_>) {
    for (key, label) in spec.field("nodeSelector").entries() {
        warn_of_label(label, key);
    }
    let affinity = spec.field("affinity");
    if !affinity.is_empty() {
        warn_of_affinity(affinity);
    }
    for constraint in spec.field("topologySpreadConstraints").items() {
        let key = constraint.field("topologyKey");
        warn_of_label(key, key.text_or_empty());
        warn_of_missing(constraint.field("labelSelector"));
    }
}

fn warn_of_affinity(affinity: At<'_>) {
    let nodes = affinity.field("nodeAffinity");
    for term in nodes.field(REQUIRED).field("nodeSelectorTerms").items() {
        warn_of_node_term(term);
    }
    for term in nodes.field(PREFERRED).items().map(|term| term.field("preference")) {
        warn_of_node_term(term);
        // What a node must have is refused; what it had better have is not.
        let expressions = term.field("matchExpressions").items();
        for value in expressions.flat_map(|expression| expression.field("values").items()) {
            if let Err(reason) = LabelValue::parse(value.text_or_empty()) {
                value.warn(format!("no label has this value: it {reason}"));
            }
        }
    }
    for pods in ["podAffinity", "podAntiAffinity"].map(|name| affinity.field(name)) {
        let required = pods.field(REQUIRED).items();
        let preferred = pods.field(PREFERRED).items().map(|term| term.field("podAffinityTerm"));
        required.chain(preferred).for_each(|term| warn_of_missing(term.field("labelSelector")));
    }
}

pub fn warn_of_node_term(term: At<'_>) {
    for expression in term.field("matchExpressions").items() {
        let key = expression.field("key");
        warn_of_label(key, key.text_or_empty());
    }
}

pub fn warn_of_label(at: At<'_>, key: &str) {
    if let Some(newer) = newer_label(key) {
        at.warn_with(format!("`{key}` is deprecated"), format!("use `{newer}`"));
    }
}

/// Without a selector nothing is selected, not everything.
fn warn_of_missing(selector: At<'_>) {
    if !selector.is_set() {
        selector
            .warn_with("without it no pod is counted", "select the pods, such as by `matchLabels`");
    }
}

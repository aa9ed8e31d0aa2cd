//! Which nodes, and which other pods, a pod wants to be with or away from.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::selector::{must_be_label_key, validate_label_selector};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, LabelKey};

use super::node_selector;
use super::topology_spread::{must_have_selector, selected_keys};

pub static RULE: Rule = Rule {
    name: "api/affinity",
    weight: Weight::ERROR,
    summary: "an affinity that a server refuses",
    page: "Terms of affinity to other pods have a `topologyKey`, which is the label of nodes that says what counts as together. Preferred terms have a `weight` from 1 to 100. Terms for nodes select by `matchExpressions` with one of `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` and `Lt`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm: {labelSelector: {matchLabels: {app: web}}}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm: {labelSelector: {matchLabels: {app: web}}, topologyKey: kubernetes.io/hostname}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

const REQUIRED: &str = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED: &str = "preferredDuringSchedulingIgnoredDuringExecution";

/// `validateAffinity`.
pub fn validate(affinity: At<'_>, is_pod: bool) {
    if affinity.is_empty() {
        return;
    }
    let affinity = affinity.under(&RULE);
    let nodes = affinity.field("nodeAffinity");
    if nodes.field(REQUIRED).is_set() {
        node_selector::validate(nodes.field(REQUIRED));
    }
    for term in nodes.field(PREFERRED).items() {
        validate_weight(term);
        node_selector::validate_term(term.field("preference"));
    }
    for pods in ["podAffinity", "podAntiAffinity"].map(|name| affinity.field(name)) {
        pods.field(REQUIRED).items().for_each(|term| validate_pods(term, is_pod));
        for term in pods.field(PREFERRED).items() {
            validate_weight(term);
            validate_pods(term.field("podAffinityTerm"), is_pod);
        }
    }
}

fn validate_weight(term: At<'_>) {
    let weight = term.field("weight");
    match weight.int() {
        None => weight.missing(),
        Some(_) => weight.must_be_within(1, 100),
    }
}

/// `validatePodAffinityTerm`.
fn validate_pods(term: At<'_>, is_pod: bool) {
    let selector = term.field("labelSelector");
    validate_label_selector(selector);
    validate_label_selector(term.field("namespaceSelector"));
    for namespace in term.field("namespaces").items() {
        // A server speaks of one namespace where it has many.
        namespace.named(term.field("namespace")).required_as::<DnsLabel>();
    }
    validate_label_keys(term, selector, is_pod);
    term.field("topologyKey").required_as::<LabelKey>();
}

/// `validateMatchLabelKeysAndMismatchLabelKeys`.
fn validate_label_keys<'a>(term: At<'a>, selector: At<'a>, is_pod: bool) {
    let [same, other] = ["matchLabelKeys", "mismatchLabelKeys"].map(|name| term.field(name));
    for keys in [same, other].into_iter().filter(|keys| !keys.is_empty()) {
        must_have_selector(keys, selector);
        keys.items().for_each(must_be_label_key);
    }
    let others: HashSet<&str> = other.items().map(At::text_or_empty).collect();
    for key in same.items().filter(|key| others.contains(key.text_or_empty())) {
        key.fault("it is in `mismatchLabelKeys` as well");
    }
    // To a pod, a server adds the value of its label to the selector.
    if !is_pod || same.is_empty() {
        return;
    }
    let labels = term.object().field("metadata").field("labels");
    let labels: HashSet<&str> = labels.entries().map(|(key, _)| key).collect();
    let selected: HashSet<&str> = selected_keys(selector).collect();
    for (index, key) in same.items().enumerate() {
        let text = key.text_or_empty();
        if selected.contains(text) && labels.contains(text) {
            key.named(term.index(index))
                .fault(format!("`labelSelector` selects {} already", shown(text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(affinity: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web, labels: {{app: web}}}}\nspec:\n  containers: [{{name: a, image: 'a:1'}}]\n  affinity: {{{affinity}}}\n"
        )
    }

    fn term(fields: &str) -> String {
        with(&format!(
            "podAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{{topologyKey: zone, {fields}}}]}}"
        ))
    }

    #[test]
    fn terms_for_pods() {
        let start = "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]";
        none(&term("labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [version]"));
        none(&term("labelSelector: {matchLabels: {app: web}}, mismatchLabelKeys: [app]"));
        for (fields, field) in [
            ("matchLabelKeys: [app]", ".matchLabelKeys"),
            ("labelSelector: {matchLabels: {app: web}}, matchLabelKeys: [app]", "[0]"),
            (
                "labelSelector: {}, matchLabelKeys: [a], mismatchLabelKeys: [a]",
                ".matchLabelKeys[0]",
            ),
            ("namespaces: [a, A]", ".namespace"),
            (
                "namespaceSelector: {matchExpressions: [{key: a, operator: Gt, values: ['1']}]}",
                ".namespaceSelector.matchExpressions[0].operator",
            ),
        ] {
            assert_eq!(faults(&term(fields)), [format!("{start}{field}")], "{fields}");
        }
    }

    #[test]
    fn terms_for_nodes() {
        let nodes = |fields: &str| with(&format!("nodeAffinity: {{{fields}}}"));
        let required = "requiredDuringSchedulingIgnoredDuringExecution";
        let preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        none(&nodes(&format!("{required}: {{nodeSelectorTerms: [{{}}]}}")));
        // The value of a label that a node had better have is not looked at.
        none(&nodes(&format!(
            "{preferred}: [{{weight: 1, preference: {{matchExpressions: [{{key: a, operator: In, values: ['a b']}}]}}}}]"
        )));
        for (fields, field) in [
            (format!("{required}: {{}}"), format!("{required}.nodeSelectorTerms")),
            (format!("{preferred}: [{{preference: {{}}}}]"), format!("{preferred}[0].weight")),
            (
                format!(
                    "{required}: {{nodeSelectorTerms: [{{matchFields: [{{key: metadata.name, operator: In, values: [a, b]}}]}}]}}"
                ),
                format!("{required}.nodeSelectorTerms[0].matchFields[0].values"),
            ),
            (
                format!(
                    "{required}: {{nodeSelectorTerms: [{{matchFields: [{{key: zone, operator: In, values: [a]}}]}}]}}"
                ),
                format!("{required}.nodeSelectorTerms[0].matchFields[0].key"),
            ),
        ] {
            let wanted = format!("spec.affinity.nodeAffinity.{field}");
            assert_eq!(faults(&nodes(&fields)), [wanted], "{fields}");
        }
    }
}

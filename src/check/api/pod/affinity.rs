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
        namespace
            .named(term.field("namespace"))
            .must_be_text::<DnsLabel>(namespace.text_or_empty());
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
    let selected: HashSet<&str> = match is_pod {
        true => selected_keys(selector).collect(),
        false => HashSet::new(),
    };
    for (index, key) in same.items().enumerate() {
        let text = key.text_or_empty();
        let labels = key.object().field("metadata").field("labels");
        if selected.contains(text) && labels.key(text).is_set() {
            key.named(term.index(index))
                .fault(format!("`labelSelector` selects {} already", shown(text)));
        }
    }
}

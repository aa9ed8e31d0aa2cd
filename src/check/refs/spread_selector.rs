//! Pods that are to be spread or kept together by labels that they do not have.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene, Selector};

use super::lookup::services;

pub static RULE: Rule = Rule {
    name: "refs/spread-selector",
    weight: Weight::WARNING,
    summary: "a spread or affinity goes by labels that no pod has",
    page: "A spread constraint counts the pods that its `labelSelector` takes. Where it does not take the pod itself, the constraint sees none of the workload's pods and spreads nothing. An anti-affinity that takes no pod keeps nothing apart, and an affinity that is required and takes no pod lets none be scheduled.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: webserver}}
      containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector: {matchLabels: {app: web}}
      containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if pod.is_made() {
        return;
    }
    for constraint in spec.field("topologySpreadConstraints").items() {
        let at = constraint.field("labelSelector");
        if let Some(selector) = at.map()
            && !Selector::Full(selector).takes_pod(pod)
        {
            at.warn_with(
                "this does not take the pod itself",
                "spread pods by labels that they have",
            );
        }
    }
    for affinity in ["podAffinity", "podAntiAffinity"] {
        let affinity = spec.field("affinity").field(affinity);
        let required = affinity.field("requiredDuringSchedulingIgnoredDuringExecution").items();
        let preferred = affinity.field("preferredDuringSchedulingIgnoredDuringExecution").items();
        for term in required.chain(preferred.map(|one| one.field("podAffinityTerm"))) {
            let elsewhere =
                term.field("namespaces").is_set() || term.field("namespaceSelector").is_set();
            let at = term.field("labelSelector");
            if let Some(selector) = at.map().filter(|_| !elsewhere && scene.settings.complete)
                && !services::takes_any(scene, pod.namespace, Selector::Full(selector))
                && !scene.is_elsewhere("Pod", pod.namespace, pod.owner.name())
            {
                at.warn_with("no pod has these labels", "go by the labels of pods that are there");
            }
        }
    }
}

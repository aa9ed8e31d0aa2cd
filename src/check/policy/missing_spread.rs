//! Pods that may all be on one node.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene, Selector};

pub static RULE: Rule = Rule {
    name: "policy/missing-spread",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "several pods of a workload may all be on one node",
    page: "\
Several replicas help against the loss of a node only where they are on several nodes. The \
scheduler spreads them a little by itself, but a node with room enough may still get all of \
them, and nobody moves them later.

Add `topologySpreadConstraints`, such as `maxSkew: 1` over `topology.kubernetes.io/zone` with \
`whenUnsatisfiable: ScheduleAnyway`, or a `podAntiAffinity` over `kubernetes.io/hostname`. Its \
`labelSelector` must take the pod's own labels: one that takes others does nothing here.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app: web}}
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if scene.scale_of(pod).is_none_or(|range| range.most < 2) {
        return;
    }
    let constraints = spec.field("topologySpreadConstraints");
    let terms: Vec<At<'a>> = anti_affinity_terms(spec).chain(constraints.items()).collect();
    if terms.is_empty() {
        constraints.fault_with(
            "all pods of it may be on one node, and go down together",
            "add `topologySpreadConstraints`, or a `podAntiAffinity`",
        );
    } else if !terms.iter().any(|term| takes_itself(pod, *term)) {
        constraints.fault_with(
            "what spreads the pods selects others: no `labelSelector` takes the pod's own labels",
            "use the labels that the workload's own `selector` has",
        );
    }
}

/// What keeps a pod away from others, strictly or if possible.
fn anti_affinity_terms<'a>(spec: At<'a>) -> impl Iterator<Item = At<'a>> {
    let affinity = spec.field("affinity").field("podAntiAffinity");
    let preferred = affinity.field("preferredDuringSchedulingIgnoredDuringExecution");
    required_terms(spec).chain(preferred.items().map(|one| one.field("podAffinityTerm")))
}

/// What keeps a pod away from others whatever it costs.
pub fn required_terms<'a>(spec: At<'a>) -> impl Iterator<Item = At<'a>> {
    let affinity = spec.field("affinity").field("podAntiAffinity");
    affinity.field("requiredDuringSchedulingIgnoredDuringExecution").items()
}

/// Whether a term is about the pods of the workload itself. Without a selector it is
/// about none.
pub fn takes_itself<'a>(pod: &Pod<'a>, term: At<'a>) -> bool {
    let selector = term.field("labelSelector").map();
    selector.is_some_and(|selector| Selector::Full(selector).takes_pod(pod))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, workload};

    fn of(kind: &str, replicas: u8, spread: &str) -> usize {
        let spec = format!("{spread} containers: [{{name: a, image: 'a:v1'}}]");
        let manifest = workload(kind, &spec);
        fires(
            &RULE,
            &manifest.replacen(
                "spec: {selector",
                &format!("spec: {{replicas: {replicas}, selector"),
                1,
            ),
        )
    }

    #[test]
    fn who_is_spread() {
        assert_eq!(of("StatefulSet", 2, ""), 1);
        assert_eq!(of("Rollout", 2, ""), 1);
        assert_eq!(of("Deployment", 1, ""), 0);
        let preferred = "affinity: {podAntiAffinity: \
            {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, \
            podAffinityTerm: {topologyKey: kubernetes.io/hostname, \
            labelSelector: {matchLabels: {app: a}}}}]}},";
        assert_eq!(of("Deployment", 2, preferred), 0);
        assert_eq!(of("Deployment", 2, &preferred.replace("app: a", "app: b")), 1);
        let required = "affinity: {podAntiAffinity: \
            {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: \
            kubernetes.io/hostname, labelSelector: {matchExpressions: [{key: app, \
            operator: Exists}]}}]}},";
        assert_eq!(of("Deployment", 2, required), 0);
        let nobody = "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, \
            whenUnsatisfiable: ScheduleAnyway}],";
        assert_eq!(of("Deployment", 2, nobody), 1);
    }

    #[test]
    fn autoscalers_make_many_of_one() {
        let deployment = workload("Deployment", "containers: [{name: a, image: 'a:v1'}]");
        let scaler = "---\n{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, \
            metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, \
            name: a}, maxReplicas: 5}}\n";
        assert_eq!(fires(&RULE, &deployment), 0);
        assert_eq!(fires(&RULE, &format!("{deployment}{scaler}")), 1);
    }
}

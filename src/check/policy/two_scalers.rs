//! Workloads that two autoscalers scale.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::scale_range::target;

pub static RULE: Rule = Rule {
    name: "policy/two-scalers",
    weight: Weight::GRAVE,
    summary: "two autoscalers scale one workload",
    page: "A HorizontalPodAutoscaler that finds its pods under another one as well stops scaling (`AmbiguousSelector`), and where it does not, the two pull against each other. Put all metrics in one autoscaler: it takes the largest number that any of them asks for. A KEDA ScaledObject makes a HorizontalPodAutoscaler of its own, and is one too.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m, memory: 1Gi}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web-cpu}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web-memory}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
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
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m, memory: 1Gi}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let scales = subject.is("autoscaling", "HorizontalPodAutoscaler")
        || subject.is("keda.sh", "ScaledObject");
    let Some(pod) = target(scene, subject, "scaleTargetRef").filter(|_| scales) else { return };
    let Some(first) = scene.scalers_of(pod).next().filter(|_| !subject.is_controlled()) else {
        return;
    };
    // One that replaces the other is a twin, which is said elsewhere.
    let is_same = first.kind() == subject.kind() && first.name() == subject.name();
    if !is_same {
        object.field("spec").field("scaleTargetRef").fault_with(
            format!(
                "the {} `{}` scales {} as well",
                first.kind(),
                first.name(),
                pod.owner.identity
            ),
            "put all metrics in one autoscaler",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn the_second_is_to_blame() {
        assert_eq!(
            findings(&RULE, RULE.bad),
            [
                "error spec.scaleTargetRef: the HorizontalPodAutoscaler `web-cpu` scales Deployment/web as well"
            ]
        );
    }

    #[test]
    fn what_keda_made_is_keda() {
        let made = RULE.bad.replace("{name: web-memory}", "{name: keda-hpa-web, ownerReferences: [{kind: ScaledObject, name: web, controller: true}]}");
        assert!(findings(&RULE, &made).is_empty());
        let twins = RULE.bad.replace("web-memory", "web-cpu");
        assert!(findings(&RULE, &twins).is_empty());
    }
}

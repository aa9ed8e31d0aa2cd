//! Autoscalers that can only ever choose one number.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/scaler-without-range",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "an autoscaler has one number as minimum and maximum",
    page: "An autoscaler whose `minReplicas` is its `maxReplicas` scales nothing, and looks as if it did. Raise `maxReplicas`, or say the number as `replicas` and drop the autoscaler. Without `minReplicas` the minimum is 1.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 3
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
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 3
  maxReplicas: 6
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("autoscaling", "HorizontalPodAutoscaler") {
        return;
    }
    let spec = object.field("spec");
    let most = spec.field("maxReplicas");
    let least = spec.field("minReplicas").int().unwrap_or(1);
    if most.int() == Some(least) {
        most.fault_with(
            format!("the minimum is {least} as well: it scales nothing"),
            "raise it, or say `replicas` and drop the autoscaler",
        );
    }
}

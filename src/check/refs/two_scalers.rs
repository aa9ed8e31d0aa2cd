//! Workloads that two autoscalers are for.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, scale};

pub static RULE: Rule = Rule {
    name: "refs/two-scalers",
    weight: Weight::ERROR,
    summary: "two autoscalers are for one workload",
    page: "Two HorizontalPodAutoscalers for one workload work against each other: what one adds the other takes away, and pods come and go without end. Put the metrics of both into one, which takes the largest number of replicas that any of them asks for.",
    bad: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web-cpu}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 5}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web-memory}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 8}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    good: "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 8}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let scales = subject.is("autoscaling", "HorizontalPodAutoscaler")
        || subject.is("keda.sh", "ScaledObject");
    if !scales || subject.is_made() {
        return;
    }
    let right = scale(scene.namespace_of(subject), subject);
    let other = right.and_then(|right| scene.exclusive().first_other(&right, subject));
    if let Some(other) = other {
        object.field("spec").field("scaleTargetRef").fault_with(
            format!("{} is for this workload as well", other.identity),
            "put the metrics of both into one",
        );
    }
}

//! Workloads that say how many pods there are, though an autoscaler decides that.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::scale_range::is_scaled;

pub static RULE: Rule = Rule {
    name: "policy/replicas-of-scaled",
    weight: Weight::ADVICE,
    summary: "a workload has `replicas` though an autoscaler owns the number",
    page: "Each time the manifest is applied, `replicas` puts the workload back to that number, whatever the autoscaler had made of it: a deployment under load takes the pods away that the load needs. Leave `replicas` out; the autoscaler's `minReplicas` is where it starts.\n\nTaking it out of a workload that is running already needs one step of care: `kubectl apply` then sets it to 1 once. See the Kubernetes documentation on migrating to a HorizontalPodAutoscaler.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
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
  minReplicas: 2
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
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    // A server fills the number in, and somebody stops a workload with 0.
    if !is_scaled(pod.owner) || pod.owner.is_from_cluster() {
        return;
    }
    let replicas = spec.object().field("spec").field("replicas");
    if replicas.int().is_none_or(|count| count == 0) {
        return;
    }
    if let Some(scaler) = scene.autoscalers_of(pod).next() {
        replicas.fault_with(
            format!(
                "each apply undoes what the {} `{}` has made of it",
                scaler.kind(),
                scaler.name()
            ),
            "leave `replicas` out",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_a_server_filled_in_is_nobodys_fault() {
        let live = RULE
            .bad
            .replace("kind: Deployment\nmetadata: {", "kind: Deployment\nmetadata: {uid: 1-2-3, ");
        assert!(findings(&RULE, &live).is_empty());
        let stopped = RULE.bad.replace("replicas: 2\n", "replicas: 0\n");
        assert!(findings(&RULE, &stopped).is_empty());
    }

    #[test]
    fn keda_owns_the_number_too() {
        let keda = RULE
            .bad
            .replace("autoscaling/v2", "keda.sh/v1alpha1")
            .replace("HorizontalPodAutoscaler", "ScaledObject");
        assert_eq!(
            findings(&RULE, &keda),
            ["warning spec.replicas: each apply undoes what the ScaledObject `web` has made of it"]
        );
    }
}

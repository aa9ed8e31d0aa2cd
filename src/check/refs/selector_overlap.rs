//! Pods that two workloads take for their own.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "refs/selector-overlap",
    weight: Weight::ERROR,
    summary: "the selector of a workload takes the pods of another one",
    page: "A workload knows its pods by its selector. Where two of one namespace take the same pods they fight over those that nobody owns, autoscalers count both, and Services and budgets that use the same labels mix them up. Give each workload a label that no other has, in its selector and in its template. The selector cannot be changed later: the workload must be made anew.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: shop, part: api}}
  template:
    metadata: {labels: {app: shop, part: api}}
    spec: {containers: [{name: api, image: 'registry.example.com/api:v1.4.2'}]}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: shop, part: web}}
  template:
    metadata: {labels: {app: shop, part: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: shop, part: api}}
  template:
    metadata: {labels: {app: shop, part: api}}
    spec: {containers: [{name: api, image: 'registry.example.com/api:v1.4.2'}]}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let owner = pod.owner;
    let owns_pods = matches!(
        (owner.group(), owner.kind()),
        ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
            | ("argoproj.io", "Rollout")
            | ("batch", "Job" | "CronJob")
    );
    if !owns_pods || pod.is_made() {
        return;
    }
    let is_other = |taker: &&Subject<'_>| {
        (taker.kind(), taker.name()) != (owner.kind(), owner.name()) && !is_run_by(owner, taker)
    };
    if let Some(other) = scene.controllers().of(pod).find(is_other) {
        let labels = pod.holder(spec.object()).field("metadata").field("labels");
        let message = format!("{} takes these pods for its own", other.identity);
        let help = "give each workload a label that no other has, in selector and template";
        // What a Job makes nobody else adopts; it is counted, and gets traffic.
        if owner.group() == "batch" {
            labels.warn_with(message, help);
        } else {
            labels.fault_with(message, help);
        }
    }
}

/// A Rollout may run the pods of a Deployment that it names.
fn is_run_by(owner: &Subject<'_>, rollout: &Subject<'_>) -> bool {
    let reference = rollout.content.get("spec").and_then(|spec| spec.get("workloadRef"));
    reference.and_then(|reference| reference.get("name")).and_then(Value::as_str)
        == Some(owner.name())
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn workload(kind: &str, name: &str, namespace: &str) -> String {
        format!(
            "
apiVersion: apps/v1
kind: {kind}
metadata: {{name: {name}, namespace: {namespace}}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: web}}]}}
---
"
        )
    }

    #[test]
    fn only_within_a_namespace() {
        let two = workload("Deployment", "a", "x") + &workload("DaemonSet", "a", "z");
        assert!(said(RULE.name, &two).is_empty());
        let two = workload("Deployment", "a", "x") + &workload("DaemonSet", "a", "x");
        assert_eq!(said(RULE.name, &two).len(), 2);
    }

    #[test]
    fn a_rollout_may_run_the_pods_of_a_deployment() {
        let rollout = "
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web, namespace: x}
spec:
  selector: {matchLabels: {app: web}}
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: a}
";
        assert!(said(RULE.name, &(workload("Deployment", "a", "x") + rollout)).is_empty());
    }

    #[test]
    fn what_a_deployment_made_is_its_own() {
        let set = "
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: a-5d4f
  namespace: x
  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: a, uid: u, controller: true}]
spec:
  selector: {matchLabels: {app: web, pod-template-hash: 5d4f}}
  template:
    metadata: {labels: {app: web, pod-template-hash: 5d4f}}
    spec: {containers: [{name: web, image: web}]}
";
        assert!(said(RULE.name, &(workload("Deployment", "a", "x") + set)).is_empty());
    }
}

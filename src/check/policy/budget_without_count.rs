//! Disruption budgets over pods whose number nobody keeps.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

use super::budgets::selector;
use super::scale_range::is_scaled;

pub static RULE: Rule = Rule {
    name: "policy/budget-without-count",
    weight: Weight::ADVICE,
    summary: "a disruption budget counts from a total that its pods do not have",
    page: "`maxUnavailable`, and every percentage, is worked out from the number of pods that the workload wants. Single pods, Jobs and DaemonSets have no such number: while one of their pods is selected, the budget fails, and nothing it selects may be evicted. Often a selector is wider than it was meant to be, and takes the pods of a CronJob with those of a Deployment.\n\nSelect only the pods of a Deployment, StatefulSet, ReplicaSet or Rollout, or say `minAvailable` as a number.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: web}}
        spec:
          restartPolicy: Never
          containers: [{name: report, image: registry.example.com/web:v1}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    good: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app: report}}
        spec:
          restartPolicy: Never
          containers: [{name: report, image: registry.example.com/web:v1}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let Some(selector) = selector(subject).filter(|_| subject.is("policy", "PodDisruptionBudget"))
    else {
        return;
    };
    let spec = object.field("spec");
    let least = spec.field("minAvailable");
    if least.int().is_some() {
        return;
    }
    let namespace = scene.namespace_of(subject);
    let uncounted = scene.selected(namespace, Selector::Full(selector)).find(|pod| {
        let kind = pod.owner.kind();
        // Kinds of others may have a number that we know nothing of.
        let known = matches!(kind, "Pod" | "Job" | "CronJob" | "DaemonSet");
        known && !is_scaled(pod.owner) && !pod.owner.is_made()
    });
    if let Some(pod) = uncounted {
        let at = if least.is_set() { least } else { spec.field("maxUnavailable") };
        at.fault_with(
            format!(
                "it selects the pods of {}, which have no number to count from: then nothing may be evicted",
                pod.owner.identity
            ),
            "make the selector narrower, or say `minAvailable` as a number",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn a_plain_number_needs_no_total() {
        let number = RULE.bad.replace("maxUnavailable: 1", "minAvailable: 1");
        assert!(findings(&RULE, &number).is_empty());
        let percent = RULE.bad.replace("maxUnavailable: 1", "minAvailable: 50%");
        assert_eq!(findings(&RULE, &percent).len(), 1);
    }
}

//! Workloads of several pods that nothing protects while nodes are drained.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::scale_range::is_scaled;

pub static RULE: Rule = Rule {
    name: "policy/budget-missing",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "no disruption budget keeps pods of a workload when nodes are drained",
    page: "When nodes are drained or upgraded, all pods of a workload may be evicted at once, if nothing says otherwise. A PodDisruptionBudget says how many may go at a time: `maxUnavailable: 1` is right for most.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
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
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if !is_scaled(pod.owner) || scene.budgets().of(pod).next().is_some() {
        return;
    }
    let several = scene.scale_of(pod).is_some_and(|range| range.least > 1);
    if several && !scene.is_elsewhere("PodDisruptionBudget", pod.namespace, pod.owner.name()) {
        spec.object().fault_with(
            "no PodDisruptionBudget selects its pods: a drain may take all at once",
            "add one with `maxUnavailable: 1`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::{findings, findings_with};
    use crate::profile::checks::ObjectPattern;
    use crate::scalar::Scalar;

    #[test]
    fn one_pod_needs_none_and_neither_do_daemons() {
        assert!(findings(&RULE, &RULE.bad.replace("replicas: 3", "replicas: 1")).is_empty());
        let daemons = RULE.bad.replace("Deployment", "DaemonSet").replace("  replicas: 3\n", "");
        assert!(findings(&RULE, &daemons).is_empty());
        let rollout = RULE.bad.replace("apps/v1", "argoproj.io/v1alpha1");
        assert_eq!(findings(&RULE, &rollout.replace("Deployment", "Rollout")).len(), 1);
    }

    #[test]
    fn a_budget_of_another_namespace_does_not_count() {
        let other = RULE.good.replace(
            "kind: PodDisruptionBudget\nmetadata: {",
            "kind: PodDisruptionBudget\nmetadata: {namespace: b, ",
        );
        assert_eq!(findings(&RULE, &other).len(), 1);
        let elsewhere = findings_with(&RULE, RULE.bad, |settings| {
            settings.elsewhere.0.push(ObjectPattern::parse("PodDisruptionBudget/*").unwrap());
        });
        assert!(elsewhere.is_empty());
    }
}

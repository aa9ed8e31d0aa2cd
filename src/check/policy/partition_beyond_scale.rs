//! Partitions of a rollout that leave no pod to update.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "policy/partition-beyond-scale",
    weight: Weight::ADVICE,
    summary: "a rollout is partitioned so that no pod gets the new version",
    page: "Pods of a StatefulSet with a number below `partition` keep the old version. If all pods are below it, an applied change reaches none of them: mostly a partition that a staged rollout left behind. Lower it step by step, to 0 at the end.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  serviceName: db
  updateStrategy: {rollingUpdate: {partition: 3}}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: registry.example.com/db:v1}]}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  serviceName: db
  updateStrategy: {rollingUpdate: {partition: 2}}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: registry.example.com/db:v1}]}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if !pod.owner.is("apps", "StatefulSet") {
        return;
    }
    let workload = spec.object().field("spec");
    let partition = workload.down(&["updateStrategy", "rollingUpdate", "partition"]);
    let Some(first) = partition.int().filter(|first| *first > 0) else { return };
    let Some(range) = scene.scale_of(pod).filter(|range| range.most > 0) else { return };
    // Pods may be counted from another number than 0.
    let start = match workload.down(&["ordinals", "start"]).value() {
        Some(Value::Int(start)) => *start,
        _ => 0,
    };
    if first >= start.saturating_add(range.most) {
        partition.fault_with(
            format!("of at most {} pods none gets a new version", range.most),
            "lower it below the number of pods",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn the_largest_scale_counts() {
        let scaled = format!(
            "{}---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: db}}\nspec: {{scaleTargetRef: {{apiVersion: apps/v1, kind: StatefulSet, name: db}}, maxReplicas: 4}}\n",
            RULE.bad
        );
        assert!(findings(&RULE, &scaled).is_empty());
        let later = RULE.bad.replace("replicas: 3\n", "replicas: 3\n  ordinals: {start: 5}\n");
        assert!(findings(&RULE, &later).is_empty());
        assert!(findings(&RULE, &RULE.bad.replace("partition: 3", "partition: 0")).is_empty());
    }
}

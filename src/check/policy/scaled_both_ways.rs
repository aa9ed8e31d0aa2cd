//! Workloads that grow sideways and upwards on the same resource.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::diagnostic::all_of;
use crate::object::value::Value;

use super::scale_range::target;

pub static RULE: Rule = Rule {
    name: "policy/scaled-both-ways",
    weight: Weight::RISING,
    summary: "a vertical autoscaler changes the requests that a horizontal one measures against",
    page: "A HorizontalPodAutoscaler measures CPU and memory as a share of the requests, and a VerticalPodAutoscaler changes the requests: with both on one resource each answers the other, and the number of pods runs away. Let the vertical one only recommend (`updateMode: \"Off\"`) or only set new pods (`Initial`), keep it to the other resource (`controlledResources`), or scale out on another metric.",
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
  maxReplicas: 5
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
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
  maxReplicas: 5
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec:
  targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  resourcePolicy:
    containerPolicies:
      - {containerName: '*', controlledResources: [memory]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("autoscaling.k8s.io", "VerticalPodAutoscaler") {
        return;
    }
    let spec = object.field("spec");
    let mode = spec.field("updatePolicy").field("updateMode");
    if matches!(mode.text(), Some("Off" | "Initial")) {
        return;
    }
    let Some(pod) = target(scene, subject, "targetRef") else { return };
    let changed = changed_resources(spec);
    for scaler in scene.autoscalers_of(pod) {
        let measured = measured_resources(scaler);
        let both: Vec<&str> = ["cpu", "memory"]
            .into_iter()
            .filter(|r| changed.contains(r) && measured.contains(r))
            .collect();
        if !both.is_empty() {
            spec.field("targetRef").fault_with(
                format!(
                    "it changes the requests of {} for {}, and the {} `{}` scales by their use",
                    pod.owner.identity,
                    all_of(both),
                    scaler.kind(),
                    scaler.name()
                ),
                "say `updatePolicy: {updateMode: \"Off\"}`, or keep it to other resources with `controlledResources`",
            );
        }
    }
}

/// What a vertical autoscaler changes in any container: both, where it does not say.
fn changed_resources(spec: At<'_>) -> Vec<&'static str> {
    let policies = spec.field("resourcePolicy").field("containerPolicies");
    let changes = |policy: At<'_>, resource: &str| {
        let listed = policy.field("controlledResources");
        policy.field("mode").text() != Some("Off")
            && (!listed.is_set() || listed.list().iter().any(|one| one.as_str() == Some(resource)))
    };
    let all = policies.items().any(|policy| policy.field("containerName").text() == Some("*"));
    let changed =
        |resource: &&str| !all || policies.items().any(|policy| changes(policy, resource));
    ["cpu", "memory"].into_iter().filter(changed).collect()
}

fn measured_resources<'a>(scaler: &Subject<'a>) -> Vec<&'a str> {
    let spec = scaler.content.get("spec");
    let of = |key: &str| spec.and_then(|spec| spec.get(key));
    let list = |key: &str| match of(key) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    if scaler.kind() == "ScaledObject" {
        let kinds = list("triggers").iter().filter_map(|trigger| trigger.get("type")?.as_str());
        return kinds.collect();
    }
    let metrics = list("metrics");
    if metrics.is_empty() {
        return vec!["cpu"];
    }
    let named = |metric: &'a Value| {
        let source = metric.get("resource").or_else(|| metric.get("containerResource"));
        source?.get("name")?.as_str()
    };
    metrics.iter().filter_map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn modes() {
        for (mode, fires) in [
            ("Auto", true),
            ("Recreate", true),
            ("InPlaceOrRecreate", true),
            ("Initial", false),
            ("\"Off\"", false),
        ] {
            let text = format!("{}  updatePolicy: {{updateMode: {mode}}}\n", RULE.bad);
            assert_eq!(!findings(&RULE, &text).is_empty(), fires, "{mode}");
        }
    }

    #[test]
    fn resources() {
        let with = |policy: &str| {
            findings(
                &RULE,
                &format!("{}  resourcePolicy: {{containerPolicies: [{policy}]}}\n", RULE.bad),
            )
        };
        assert!(with("{containerName: '*', mode: \"Off\"}").is_empty());
        assert!(with("{containerName: '*', controlledResources: [memory]}").is_empty());
        assert_eq!(with("{containerName: '*', controlledResources: [cpu]}").len(), 1);
        // What no policy names is changed as a whole.
        assert_eq!(with("{containerName: proxy, mode: \"Off\"}").len(), 1);
    }

    #[test]
    fn the_words() {
        assert_eq!(
            findings(&RULE, RULE.bad),
            [
                "error spec.targetRef: it changes the requests of Deployment/web for `cpu`, and the HorizontalPodAutoscaler `web` scales by their use"
            ]
        );
        let other = RULE.bad.replace(
            "maxReplicas: 5",
            "maxReplicas: 5\n  metrics: [{type: Pods, pods: {metric: {name: queue}}}]",
        );
        assert!(findings(&RULE, &other).is_empty());
    }
}

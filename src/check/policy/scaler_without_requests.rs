//! Autoscalers that measure against requests which are not there.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::asked::{has_own_resources, of_container};
use super::scale_range::target;

pub static RULE: Rule = Rule {
    name: "policy/scaler-without-requests",
    weight: Weight::GRAVE,
    summary: "an autoscaler measures use against a request that a container does not have",
    page: "`averageUtilization` is a share of what the containers request. If one container of the pod requests none of that resource, the autoscaler gives up on the metric and never scales, also not for the other containers. Sidecars count; a limit counts as a request; so does the default of a LimitRange.\n\nGive each container a request, measure one container with `type: ContainerResource`, or use `averageValue`.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}}}
        - {name: proxy, image: registry.example.com/proxy:v1}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
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
      containers:
        - {name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}}}
        - {name: proxy, image: registry.example.com/proxy:v1, resources: {requests: {cpu: 10m}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 5
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("autoscaling", "HorizontalPodAutoscaler") || subject.is_made() {
        return;
    }
    let Some(pod) = target(scene, subject, "scaleTargetRef") else { return };
    if has_own_resources(pod) {
        return;
    }
    let spec = object.field("spec");
    let metrics = spec.field("metrics");
    for metric in metrics.items() {
        let (source, container) = match metric.field("type").text() {
            Some("Resource") => (metric.field("resource"), None),
            Some("ContainerResource") => {
                let source = metric.field("containerResource");
                (source, source.field("container").text())
            }
            _ => continue,
        };
        let target = source.field("target");
        if target.field("type").text() == Some("Utilization")
            || target.field("averageUtilization").is_set()
        {
            check(scene, pod, source.field("name").text_or_empty(), container, source);
        }
    }
    let cpu = spec.field("targetCPUUtilizationPercentage");
    if cpu.is_set() {
        check(scene, pod, "cpu", None, cpu);
    } else if metrics.is_empty() {
        // SetDefaults_HorizontalPodAutoscaler: 80% of the CPU.
        check(scene, pod, "cpu", None, spec);
    }
}

/// `calculatePodRequests` of the autoscaler: sidecars count, other init containers do not.
fn check<'a>(
    scene: &Scene<'a>,
    pod: &Pod<'a>,
    resource: &str,
    container: Option<&str>,
    at: At<'a>,
) {
    let bounds = scene.bounds_in(pod.namespace);
    let word = |value: &'a Value, key| value.word(key);
    let list = |key| match pod.spec.get(key) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let sidecars =
        list("initContainers").iter().filter(|init| word(init, "restartPolicy") == "Always");
    let lacking: Vec<String> = list("containers")
        .iter()
        .chain(sidecars)
        .filter(|one| container.is_none_or(|name| word(one, "name") == name))
        .filter(|one| !of_container(one, bounds).requests.contains_key(resource))
        .map(|one| format!("`{}`", word(one, "name")))
        .collect();
    if let Some((first, rest)) = lacking.split_first() {
        let more =
            if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let message = format!(
            "the container {first}{more} of {} requests no {resource}: this metric can never be worked out",
            pod.owner.identity
        );
        let help = format!("give it `resources: {{requests: {{{resource}: …}}}}`");
        match scene.may_have_other_bounds(pod.namespace) {
            true => at.warn_with(message, help),
            false => at.fault_with(message, help),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_counts_as_a_request() {
        let bare = "{name: proxy, image: registry.example.com/proxy:v1}";
        let with = |more: &str| {
            let own = format!("{{name: proxy, image: registry.example.com/proxy:v1, {more}}}");
            findings(&RULE, &RULE.bad.replace(bare, &own))
        };
        assert!(with("resources: {limits: {cpu: 1}}").is_empty());
        assert!(with("resources: {requests: {cpu: 0.5}}").is_empty());
        assert_eq!(with("resources: {requests: {memory: 1Gi}}").len(), 1);
        let range = |item: &str| {
            format!(
                "{}---\napiVersion: v1\nkind: LimitRange\nmetadata: {{name: l}}\nspec: {{limits: [{{type: Container, {item}}}]}}\n",
                RULE.bad
            )
        };
        assert!(findings(&RULE, &range("defaultRequest: {cpu: 50m}")).is_empty());
        assert!(findings(&RULE, &range("max: {cpu: 2}")).is_empty());
        assert_eq!(findings(&RULE, &range("default: {memory: 1Gi}")).len(), 1);
    }

    #[test]
    fn only_shares_need_one() {
        let value = RULE.bad.replace(
            "type: Utilization, averageUtilization: 70",
            "type: AverageValue, averageValue: 500m",
        );
        assert!(findings(&RULE, &value).is_empty());
        let one = RULE.bad.replace(
            "    - type: Resource\n      resource: {name: cpu,",
            "    - type: ContainerResource\n      containerResource: {name: cpu, container: web,",
        );
        assert!(findings(&RULE, &one).is_empty());
        assert_eq!(findings(&RULE, &one.replace("container: web", "container: proxy")).len(), 1);
        let pods = RULE.bad.replace("type: Resource", "type: Pods");
        assert!(findings(&RULE, &pods).is_empty());
    }

    #[test]
    fn without_metrics_it_is_the_cpu() {
        let (start, _) = RULE.bad.split_once("  metrics:").unwrap();
        assert_eq!(
            findings(&RULE, start),
            [
                "error spec: the container `proxy` of Deployment/web requests no cpu: this metric can never be worked out"
            ]
        );
        let old = format!("{start}  targetCPUUtilizationPercentage: 50\n");
        assert_eq!(findings(&RULE, &old).len(), 1);
    }
}

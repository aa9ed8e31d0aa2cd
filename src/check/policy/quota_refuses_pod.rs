//! Containers that do not say what a quota counts.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::diagnostic::all_of;

use super::asked::{Asked, has_own_resources, of_container, of_pod};
use super::quota_scope::Traits;

pub static RULE: Rule = Rule {
    name: "policy/quota-refuses-pod",
    weight: Weight::ERROR,
    summary: "a container says nothing of what a quota of its namespace counts",
    page: "Where a ResourceQuota counts `requests.cpu`, `limits.memory` and their like, a server takes only pods of which every container, also every init container, says that number. Others are refused, and only an event of their ReplicaSet or Job says so. A limit counts as a request, and a LimitRange may fill in what is missing (`defaultRequest`, `default`).",
    bad: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {requests.cpu: 4, limits.memory: 8Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}}}]
",
    good: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {requests.cpu: 4, limits.memory: 8Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}}]
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let required = scene.quotas().required(pod.namespace);
    // Requests of the pod as a whole free its containers (`Constraints`).
    if required.iter().all(|one| one.resources.is_empty())
        || pod.owner.is_made()
        || has_own_resources(pod)
    {
        return;
    }
    let bounds = scene.bounds_in(pod.namespace);
    let traits = match required.iter().all(|one| one.scopes.is_empty()) {
        true => Traits::default(),
        false => Traits::of(scene, pod, &of_pod(pod, bounds)),
    };
    let required: Vec<(&str, u32)> = required
        .iter()
        .filter(|one| one.scopes.iter().all(|scope| scope.takes(&traits)))
        .flat_map(|one| one.resources.iter().copied())
        .collect();
    let may_be_filled_in = scene.may_have_other_bounds(pod.namespace);
    for container in Pod::containers(spec) {
        let Some(value) = container.at.value() else { continue };
        let asked = of_container(value, bounds);
        let mut missing: Vec<&str> = Vec::new();
        let mut by = "";
        for (name, quota) in &required {
            if !says(&asked, name) && !missing.contains(name) {
                missing.push(name);
                by = scene.subjects.get(*quota as usize).map_or("", Subject::name);
            }
        }
        if !missing.is_empty() {
            let names = all_of(missing.iter().copied());
            let at = container.at.field("resources");
            let message = format!(
                "the ResourceQuota `{by}` counts {names}, and a container that does not say them is refused"
            );
            let help = "say them, or add a LimitRange with defaults";
            match may_be_filled_in {
                true => at.warn_with(message, help),
                false => at.fault_with(message, help),
            }
        }
    }
}

fn says(asked: &Asked<'_>, name: &str) -> bool {
    match name.split_once('.') {
        Some(("requests", resource)) => asked.requests.contains_key(resource),
        Some((_, resource)) => asked.limits.contains_key(resource),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(hard: &str, pod: &str, more: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: v1
kind: ResourceQuota
metadata: {{name: q}}
spec: {{{hard}}}
---
apiVersion: v1
kind: Pod
metadata: {{name: web}}
spec: {{{pod}}}
{more}"
            ),
        )
    }

    #[test]
    fn what_must_be_said() {
        let bare = "containers: [{name: a}]";
        assert_eq!(
            found("hard: {cpu: 1, limits.cpu: 1}", bare, ""),
            [
                "error spec.containers[0].resources: the ResourceQuota `q` counts `requests.cpu` and `limits.cpu`, and a container that does not say them is refused"
            ]
        );
        assert!(
            found(
                "hard: {pods: 5, requests.storage: 1Gi, requests.ephemeral-storage: 1Gi}",
                bare,
                ""
            )
            .is_empty()
        );
        let limited = "containers: [{name: a, resources: {limits: {cpu: 1}}}]";
        assert!(found("hard: {cpu: 1, limits.cpu: 1}", limited, "").is_empty());
        let init =
            "initContainers: [{name: i}], containers: [{name: a, resources: {requests: {cpu: 1}}}]";
        assert_eq!(found("hard: {cpu: 1}", init, "").len(), 1);
        let whole = "resources: {requests: {cpu: 1}}, containers: [{name: a}]";
        assert!(found("hard: {cpu: 1}", whole, "").is_empty());
    }

    #[test]
    fn who_is_counted() {
        let bare = "containers: [{name: a}]";
        assert!(found("scopes: [NotBestEffort], hard: {cpu: 1}", bare, "").is_empty());
        let high = "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [high]}]}, hard: {cpu: 1}";
        assert!(found(high, bare, "").is_empty());
        assert_eq!(found(high, "priorityClassName: high, containers: [{name: a}]", "").len(), 1);
        let default = "
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1
globalDefault: true
";
        assert_eq!(found(high, bare, default).len(), 1);
    }

    #[test]
    fn a_limit_range_fills_in() {
        let range = |item: &str| {
            format!(
                "
---
apiVersion: v1
kind: LimitRange
metadata: {{name: l}}
spec: {{limits: [{{type: Container, {item}}}]}}
"
            )
        };
        let of = |item: &str| {
            found(
                "hard: {requests.memory: 1Gi, limits.memory: 1Gi}",
                "containers: [{name: a}]",
                &range(item),
            )
            .len()
        };
        assert_eq!((of("default: {memory: 1Gi}"), of("max: {memory: 1Gi}")), (0, 0));
        assert_eq!((of("defaultRequest: {memory: 1Gi}"), of("min: {memory: 1Mi}")), (1, 1));
    }
}

//! Pods that two disruption budgets count.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

pub static RULE: Rule = Rule {
    name: "refs/two-budgets",
    weight: Weight::ERROR,
    summary: "two PodDisruptionBudgets count one pod",
    page: "A server evicts no pod that two PodDisruptionBudgets count: each eviction fails, whatever the numbers are, and a node that is drained waits for good. Let their selectors take different pods.",
    bad: "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: all}
spec: {maxUnavailable: 1, selector: {}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    good: "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("policy", "PodDisruptionBudget") {
        return;
    }
    let at = object.field("spec").field("selector");
    let Some(selector) = at.map() else { return };
    for pod in scene.selected(scene.namespace_of(subject), Selector::Full(selector)) {
        // The first one is not to blame.
        let Some(first) = scene.budgets().of(pod).min_by_key(|budget| std::ptr::from_ref(*budget))
        else {
            continue;
        };
        if first.name() != subject.name() {
            at.fault_with(
                format!("{} counts the pods of {} as well", first.identity, pod.owner.identity),
                "let the selectors of the two take different pods",
            );
            return;
        }
    }
}

//! Pods that two disruption budgets cover.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

use super::budgets::selector;

pub static RULE: Rule = Rule {
    name: "policy/two-budgets",
    weight: Weight::RISING,
    summary: "two disruption budgets cover one pod",
    page: "A server evicts no pod that more than one PodDisruptionBudget covers: it answers with an error, and every drain of that node fails. Make the selectors differ, or keep one of the budgets.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, tier: front}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: front}
spec: {minAvailable: 0, selector: {matchLabels: {tier: front}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 0, selector: {matchLabels: {app: web}}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, tier: front}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 0, selector: {matchLabels: {app: web}}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let Some(selector) = selector(subject).filter(|_| subject.is("policy", "PodDisruptionBudget"))
    else {
        return;
    };
    let namespace = scene.namespace_of(subject);
    let shared = scene.selected(namespace, Selector::Full(selector)).find_map(|pod| {
        let first = scene.budgets().first(scene, pod)?;
        // Two of one name are one: whichever is applied last.
        (first.name() != subject.name()).then_some((pod, first))
    });
    if let Some((pod, first)) = shared {
        object.field("spec").field("selector").fault_with(
            format!(
                "`{}` covers the pods of {} as well: then none of them can be evicted",
                first.name(),
                pod.owner.identity
            ),
            "make the selectors differ, or keep one of the two",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn the_second_is_to_blame() {
        assert_eq!(
            findings(&RULE, RULE.bad),
            [
                "error spec.selector: `front` covers the pods of Pod/web as well: then none of them can be evicted"
            ]
        );
    }

    #[test]
    fn an_empty_selector_takes_all_and_no_selector_none() {
        let all = RULE.bad.replace("{matchLabels: {tier: front}}", "{}");
        assert_eq!(findings(&RULE, &all).len(), 1);
        let none = RULE.bad.replace(", selector: {matchLabels: {tier: front}}", "");
        assert!(findings(&RULE, &none).is_empty());
        let twins = RULE.bad.replace("{name: front}", "{name: web}");
        assert!(findings(&RULE, &twins).is_empty());
    }
}

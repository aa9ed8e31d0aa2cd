//! Disruption budgets that protect nothing.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

use super::lookup::selecting::{Lack, must_take_pods};

pub static RULE: Rule = Rule {
    name: "refs/budget-selector",
    weight: Weight::ERROR,
    summary: "a PodDisruptionBudget selects no pod",
    page: "A PodDisruptionBudget counts the pods of its namespace that its `selector` takes. One that takes none protects nothing: when nodes are drained, all pods of the workload may go at once. One without a `selector` takes none, one with an empty one (`{}`) all of the namespace.",
    bad: "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: wbe}}}
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
    if !subject.is("policy", "PodDisruptionBudget") || subject.is_made() {
        return;
    }
    let at = object.field("spec").field("selector");
    match at.map() {
        Some(selector) => {
            let labels = at.field("matchLabels");
            let labels = if labels.is_set() { labels } else { at };
            let selector = Selector::Full(selector);
            must_take_pods(scene, scene.namespace_of(subject), selector, labels, Lack::Missed);
        }
        None => at.warn_with("a budget without a selector takes no pod", "select the pods"),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn labels_and_expressions() {
        let budget = |selector: &str| {
            let text = format!(
                "{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: web}}, spec: {{minAvailable: 1{selector}}}}}\n---\n{{apiVersion: v1, kind: Pod, metadata: {{name: web, labels: {{app: web}}}}, spec: {{containers: [{{name: web, image: web}}]}}}}"
            );
            said(RULE.name, &text)
        };
        assert!(budget(", selector: {}").is_empty());
        let expression =
            |text: &str| budget(&format!(", selector: {{matchExpressions: [{{{text}}}]}}"));
        assert!(expression("key: app, operator: In, values: [web, api]").is_empty());
        assert!(expression("key: tier, operator: DoesNotExist").is_empty());
        assert!(expression("key: tier, operator: NotIn, values: [x]").is_empty());
        assert_eq!(expression("key: app, operator: NotIn, values: [web]").len(), 1);
        assert_eq!(expression("key: tier, operator: Exists").len(), 1);
        assert!(budget("")[0].starts_with("warning "));
    }
}

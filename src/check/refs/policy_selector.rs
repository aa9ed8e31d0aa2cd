//! Network policies that are for no pod, or let in none.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

use super::lookup::selecting::{Lack, must_take_pods};

pub static RULE: Rule = Rule {
    name: "refs/policy-selector",
    weight: Weight::WARNING,
    summary: "a NetworkPolicy selects no pod, or allows none",
    page: "A policy whose `podSelector` takes no pod restricts nothing: the pods that it was meant for stay open, or under the other policies alone. A peer that takes no pod allows nothing. It may be meant for pods that something makes later; most often a label is mistyped.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: wbe}}, policyTypes: [Ingress]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
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
    if !subject.is("networking.k8s.io", "NetworkPolicy") || subject.is_made() {
        return;
    }
    let namespace = scene.namespace_of(subject);
    let spec = object.field("spec");
    must_take(scene, namespace, spec.field("podSelector"));
    for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
        for peer in spec.field(rules).items().flat_map(|rule| rule.field(peers).items()) {
            // What other namespaces have is theirs.
            if !peer.field("namespaceSelector").is_set() {
                must_take(scene, namespace, peer.field("podSelector"));
            }
        }
    }
}

fn must_take<'a>(scene: &Scene<'a>, namespace: &'a str, at: At<'a>) {
    let Some(selector) = at.map().map(Selector::Full).filter(|selector| !selector.is_empty())
    else {
        return;
    };
    let labels = at.field("matchLabels");
    let labels = if labels.is_set() { labels } else { at };
    must_take_pods(scene, namespace, selector, labels, Lack::Odd);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn policy(spec: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: web}}, spec: {{{spec}}}}}\n---\n{{apiVersion: v1, kind: Pod, metadata: {{name: web, labels: {{app: web}}}}, spec: {{containers: [{{name: web, image: web}}]}}}}"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn peers_of_the_same_namespace() {
        let peers = "podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: wbe}}}, {podSelector: {}}, {namespaceSelector: {}, podSelector: {matchLabels: {app: other}}}]}], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]";
        assert_eq!(
            policy(peers),
            [
                "warning NetworkPolicy/web spec.ingress[0].from[0].podSelector.matchLabels: no pod has these labels"
            ]
        );
    }

    /// cert-manager makes the pods that answer a challenge.
    #[test]
    fn labels_of_others() {
        let solver = "podSelector: {matchLabels: {acme.cert-manager.io/http01-solver: 'true'}}";
        assert!(policy(solver).is_empty());
    }
}

//! Network policies whose rules apply to nothing.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/policy-without-effect",
    weight: Weight::ERROR,
    summary: "a network policy has rules for a direction that it is not for",
    page: "`policyTypes` says which directions a policy is for. Rules of the other direction are kept, and never looked at: what they were to restrict stays open. Add the direction to `policyTypes`, or remove the rules. Without `policyTypes` a policy is for `Ingress`, and for `Egress` where it has such rules.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: edge}}}]}]
  egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]
",
    good: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress, Egress]
  ingress: [{from: [{podSelector: {matchLabels: {app: edge}}}]}]
  egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("networking.k8s.io", "NetworkPolicy") {
        return;
    }
    let spec = object.field("spec");
    let types = spec.field("policyTypes");
    for (rules, direction) in [("ingress", "Ingress"), ("egress", "Egress")] {
        let is_for_it = types.items().any(|one| one.text() == Some(direction));
        if !types.is_empty() && !is_for_it && !spec.field(rules).is_empty() {
            spec.field(rules).fault_with(
                format!("the policy is not for this direction: `policyTypes` lacks `{direction}`"),
                format!("add `{direction}` to `policyTypes`, or remove the rules"),
            );
        }
    }
}

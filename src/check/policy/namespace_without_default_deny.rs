//! Namespaces in which everything may connect to everything, if nothing says otherwise.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/namespace-without-default-deny",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "no network policy denies by default in a namespace",
    page: "Network policies allow; what none of them selects is open. A policy with an empty `podSelector` and no rules closes the whole namespace in both directions, and whatever is added tomorrow with it; others then open what is used. Begin where you can watch what is dropped, and do not forget DNS.\n\n```yaml\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: default-deny, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n```",
    bad: "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    good: "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let name = subject.name();
    if !subject.is("", "Namespace") || scene.pods_in(name).next().is_none() {
        return;
    }
    let isolation = scene.isolation();
    if isolation.may_be_elsewhere(scene, name) {
        return;
    }
    let directions = isolation.of_namespace(name);
    let open = match (directions.ingress, directions.egress) {
        (true, true) => return,
        (true, false) => "where its pods may connect to",
        (false, true) => "who may connect to its pods",
        (false, false) => "who may connect to its pods, nor where they may connect to",
    };
    object.field("metadata").field("name").fault_with(
        format!("no NetworkPolicy for all pods of `{name}` says {open}"),
        "deny by default: `podSelector: {}` with `policyTypes: [Ingress, Egress]`",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn directions() {
        let half = RULE.good.replace("[Ingress, Egress]", "[Ingress]");
        assert_eq!(
            findings(&RULE, &half),
            [
                "warning metadata.name: no NetworkPolicy for all pods of `shop` says where its pods may connect to"
            ]
        );
        let some = RULE.good.replace("{podSelector: {}", "{podSelector: {matchLabels: {app: web}}");
        assert_eq!(findings(&RULE, &some).len(), 1);
    }
}

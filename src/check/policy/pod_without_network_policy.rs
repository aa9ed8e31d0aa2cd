//! Pods that no network policy guards.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

pub static RULE: Rule = Rule {
    name: "policy/pod-without-network-policy",
    weight: Weight::ADVICE,
    summary: "no network policy selects a pod",
    page: "A pod that no NetworkPolicy selects takes connections from everywhere in the cluster, also from a pod of somebody else that was broken into, and opens connections to everywhere. Select it with a policy that names who may connect, or deny by default in the whole namespace and allow what is used. A policy guards only the directions in its `policyTypes`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    // Policies do not reach pods in the network of their node.
    if pod.owner.is_made() || spec.field("hostNetwork").is_true() {
        return;
    }
    let isolation = scene.isolation();
    let directions = isolation.of_pod(pod);
    if directions.ingress || directions.egress || isolation.may_be_elsewhere(scene, pod.namespace) {
        return;
    }
    // Of a namespace without any policy the namespace itself is told.
    let is_bare = scene.count_in("networking.k8s.io", "NetworkPolicy", pod.namespace) == 0;
    if is_bare && scene.find_in_cluster("", "Namespace", pod.namespace).is_some() {
        return;
    }
    spec.object().fault_with(
        "no NetworkPolicy selects its pods: everything in the cluster may connect to them",
        "select them with a policy, or deny by default in the namespace",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::{findings, findings_with};
    use crate::profile::checks::ObjectPattern;
    use crate::scalar::Scalar;

    fn with(policy: &str) -> usize {
        findings(&RULE, &format!("{}---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a}}\nspec: {{{policy}}}\n", RULE.bad)).len()
    }

    #[test]
    fn selectors() {
        assert_eq!(with("podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]"), 0);
        assert_eq!(with("podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress]"), 1);
        assert_eq!(
            with("podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}]}"),
            0
        );
        assert_eq!(with("policyTypes: [Egress]"), 0);
        assert_eq!(with("podSelector: {matchLabels: {}}"), 0);
    }

    #[test]
    fn who_needs_none() {
        let host = RULE.bad.replace("{containers", "{hostNetwork: true, containers");
        assert!(findings(&RULE, &host).is_empty());
        let cilium = format!(
            "{}---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {{name: a}}\n",
            RULE.bad
        );
        assert!(findings(&RULE, &cilium).is_empty());
        let elsewhere = findings_with(&RULE, RULE.bad, |settings| {
            settings.elsewhere.0.push(ObjectPattern::parse("NetworkPolicy/*").unwrap());
        });
        assert!(elsewhere.is_empty());
        // Its namespace is told.
        let told = format!(
            "{}---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: default}}\n",
            RULE.bad
        );
        assert!(findings(&RULE, &told).is_empty());
    }
}

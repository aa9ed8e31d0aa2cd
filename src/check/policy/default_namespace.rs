//! Pods in the namespace that everything lands in.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

pub static RULE: Rule = Rule {
    name: "policy/default-namespace",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a workload lives in the namespace `default`",
    page: "In `default` lands whatever somebody forgot to give a namespace: it has no owner, its rights and quotas are nobody's, and it cannot be deleted as a whole. Give the system a namespace of its own. What names no namespace at all is left alone: where it goes is said when it is applied.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: default}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    good: "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let is_said = pod.owner.identity.namespace.as_deref() == Some("default");
    if is_said && !pod.owner.is_made() {
        spec.object().field("metadata").field("namespace").fault_with(
            "in `default` lands what belongs nowhere",
            "give the system a namespace of its own",
        );
    }
}

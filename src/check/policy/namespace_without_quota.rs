//! Namespaces without a budget of resources.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/namespace-without-quota",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a namespace has neither a quota nor a limit range",
    page: "Without a ResourceQuota one namespace can take all that a cluster has: an autoscaler gone wild, or a loop that makes Jobs, starves everybody else. A ResourceQuota says what the namespace may use as a whole, and a LimitRange what a container gets that says nothing.",
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
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: shop}
spec: {hard: {pods: 20}}
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
    let governed = ["ResourceQuota", "LimitRange"]
        .iter()
        .any(|kind| scene.count_in("", kind, name) > 0 || scene.is_elsewhere(kind, name, ""));
    if !governed {
        object.field("metadata").field("name").fault_with(
            format!("`{name}` has neither a ResourceQuota nor a LimitRange: nothing bounds what it takes"),
            "say what it may use with a ResourceQuota",
        );
    }
}

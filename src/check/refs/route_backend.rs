//! Backends of routes that lead nowhere.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::value::Value;

use super::lookup::absent::{self, Wanted};
use super::lookup::service_port::{self, Port};

pub static RULE: Rule = Rule {
    name: "refs/route-backend",
    weight: Weight::ERROR,
    summary: "a route leads to a Service, or a port of it, that is not there or not open to it",
    page: "A route of a Gateway whose Service or port does not exist answers with 500. The port is that of the Service. A Service of another namespace is reached only where a ReferenceGrant of that namespace allows it.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {rules: [{backendRefs: [{name: wbe, port: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {rules: [{backendRefs: [{name: web, port: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
",
    look: Look::Object(look),
};

const GROUP: &str = "gateway.networking.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.group() != GROUP || !subject.kind().ends_with("Route") || subject.is_made() {
        return;
    }
    for rule in object.field("spec").field("rules").items() {
        rule.field("backendRefs").items().for_each(|reference| backend(scene, reference));
        for filters in rule.field("backendRefs").items().chain([rule]) {
            for filter in filters.field("filters").items() {
                let mirror = filter.field("requestMirror").field("backendRef");
                if mirror.is_set() {
                    backend(scene, mirror);
                }
            }
        }
    }
}

fn backend<'a>(scene: &Scene<'a>, reference: At<'a>) {
    let own = scene.namespace_of(reference.subject());
    let namespace = reference.field("namespace");
    let target = namespace.text_or(own);
    let group = reference.field("group").text_or_empty();
    let kind = reference.field("kind").text_or("Service");
    let name = reference.field("name");
    let wanted = Wanted::of(group, kind, target, name.text_or_empty());
    let Some(found) = absent::lead(scene, name, wanted) else { return };
    if (group, kind) == ("", "Service") {
        service_port::must_have(found, reference.field("port"), Port::Number);
    }
    if target != own && !is_granted(scene, reference, target, kind) {
        absent::missed(
            scene,
            namespace,
            format!("namespace {} does not let routes of {} in", shown(target), shown(own)),
            "add a ReferenceGrant there",
        );
    }
}

/// Whether a namespace lets routes of another one lead to what it has.
fn is_granted<'a>(scene: &Scene<'a>, reference: At<'a>, target: &'a str, kind: &str) -> bool {
    let route = reference.subject();
    let own = scene.namespace_of(route);
    let word = |value: &'a Value, key| value.word(key);
    let lists = |grant: &'a Value, key| match grant.get("spec").and_then(|spec| spec.get(key)) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    scene.in_namespace(GROUP, "ReferenceGrant", target).any(|grant| {
        let from = lists(grant.content, "from")
            .iter()
            .any(|from| word(from, "kind") == route.kind() && word(from, "namespace") == own);
        let to = lists(grant.content, "to").iter().any(|to| {
            let name = word(to, "name");
            word(to, "kind") == kind
                && (name.is_empty() || name == reference.field("name").text_or_empty())
        });
        from && to
    })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn led(reference: &str, grant: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: shop}}
spec:
  rules:
    - backendRefs: [{{{reference}}}]
---
apiVersion: v1
kind: Service
metadata: {{name: db, namespace: data}}
spec: {{ports: [{{port: 80}}]}}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {{name: g, namespace: data}}
spec: {{from: [{{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: {grant}}}], to: [{{group: '', kind: Service}}]}}
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn other_namespaces_must_let_it_in() {
        assert!(led("name: db, namespace: data, port: 80", "shop").is_empty());
        assert_eq!(
            led("name: db, namespace: data, port: 80", "other"),
            [
                "error HTTPRoute/web spec.rules[0].backendRefs[0].namespace: namespace `data` does not let routes of `shop` in"
            ]
        );
        assert_eq!(
            led("name: db, namespace: data, port: 8080", "shop"),
            [
                "error HTTPRoute/web spec.rules[0].backendRefs[0].port: Service `db` has no port 8080"
            ]
        );
        assert_eq!(led("name: db, port: 80", "shop").len(), 1);
    }
}

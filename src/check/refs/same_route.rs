//! Two that answer one request.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Right, Route, Scene, gateway_routes, ingress_class, routes};

pub static RULE: Rule = Rule {
    name: "refs/same-route",
    weight: Weight::ERROR,
    summary: "two Ingresses or routes have one host and path",
    page: "Which of two Ingresses of one class answers a request is up to the controller: some refuse the second, some take the older one, some mix both. Of two HTTPRoutes at one listener the older one has it, and the other gets nothing. Give each host and path to one of them; to split traffic, use weights or a canary.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules: [{host: www.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web-new}
spec:
  ingressClassName: nginx
  rules: [{host: www.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules: [{host: www.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web-new}
spec:
  ingressClassName: nginx
  rules: [{host: new.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() {
        return;
    }
    let spec = object.field("spec");
    if subject.is("networking.k8s.io", "Ingress") {
        let mut takes_part = false;
        routes(subject, |_| takes_part = true);
        if takes_part {
            of_ingress(scene, spec);
        }
    } else if subject.is("gateway.networking.k8s.io", "HTTPRoute") {
        let mut other = None;
        gateway_routes(scene.namespace_of(subject), subject, |right| {
            other = other.or_else(|| scene.exclusive().first_other(&right, subject));
        });
        if let Some(other) = other {
            spec.field("rules").warn_with(
                format!("{} answers the same hosts and paths of this Gateway", other.identity),
                "give each host and path to one of them",
            );
        }
    }
}

fn of_ingress<'a>(scene: &Scene<'a>, spec: At<'a>) {
    let subject = spec.subject();
    let class = ingress_class(subject);
    for rule in spec.field("rules").items() {
        let host = rule.field("host").text_or_empty();
        for path in rule.field("http").field("paths").items() {
            let at = path.field("path");
            let route = Route {
                class,
                host,
                path: at.text_or_empty(),
                path_type: path.field("pathType").text_or_empty(),
            };
            if let Some(other) = scene.exclusive().first_other(&Right::Route(route), subject) {
                let host = if host.is_empty() { "all hosts".to_owned() } else { shown(host) };
                at.fault_with(
                    format!("{} has this path of {host} too", other.identity),
                    "give each host and path to one of them",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn ingress(name: &str, metadata: &str, class: &str) -> String {
        format!(
            "---\n{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: {name}{metadata}}}, spec: {{ingressClassName: {class}, rules: [{{http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}}}]}}}}\n"
        )
    }

    #[test]
    fn classes_and_canaries() {
        let first = ingress("a", "", "nginx");
        assert_eq!(
            said(RULE.name, &(first.clone() + &ingress("b", ", namespace: other", "nginx"))),
            [
                "error Ingress/b spec.rules[0].http.paths[0].path: Ingress/a has this path of all hosts too"
            ]
        );
        assert!(said(RULE.name, &(first.clone() + &ingress("b", "", "alb"))).is_empty());
        let canary = ", annotations: {nginx.ingress.kubernetes.io/canary: 'true'}";
        assert!(said(RULE.name, &(first.clone() + &ingress("b", canary, "nginx"))).is_empty());
        assert!(said(RULE.name, &(ingress("b", canary, "nginx") + &first)).is_empty());
    }

    #[test]
    fn routes_of_a_gateway() {
        let route = |name: &str, gateway: &str, more: &str| {
            format!(
                "---\n{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: {name}}}, spec: {{parentRefs: [{{name: {gateway}}}], hostnames: [a.example.com], rules: [{{matches: [{{path: {{type: PathPrefix, value: /}}{more}}}]}}]}}}}\n"
            )
        };
        assert_eq!(said(RULE.name, &(route("a", "g", "") + &route("b", "g", ""))).len(), 1);
        assert!(said(RULE.name, &(route("a", "g", "") + &route("b", "h", ""))).is_empty());
        let post = ", method: POST";
        assert!(said(RULE.name, &(route("a", "g", "") + &route("b", "g", post))).is_empty());
    }
}

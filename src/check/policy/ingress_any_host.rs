//! Ingresses that answer to every host name.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/ingress-any-host",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "an Ingress answers to every host name",
    page: "A rule without `host`, and a `defaultBackend`, take every request that no other rule takes: by address, by names that somebody else points here, and in place of an Ingress that was deleted. No certificate fits such names. Say the hosts.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [www.example.com]}]
  rules:
    - http:
        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  tls: [{hosts: [www.example.com]}]
  rules:
    - host: www.example.com
      http:
        paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("networking.k8s.io", "Ingress") {
        return;
    }
    let spec = object.field("spec");
    for rule in spec.field("rules").items().filter(|rule| rule.field("host").is_empty()) {
        rule.fault_with("it takes requests for every host name", "say its `host`");
    }
    let default = spec.field("defaultBackend");
    if default.is_set() && spec.field("rules").is_empty() {
        default.fault_with("it takes requests for every host name", "say the hosts under `rules`");
    }
}

//! Ingresses that write into the configuration of their controller.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/ingress-snippet",
    weight: Weight::ADVICE,
    summary: "an Ingress writes its own text into the controller's configuration",
    page: "Snippets of ingress-nginx are copied into the configuration of the controller, which reads the Secrets of all namespaces: whoever may write an Ingress may read them all (CVE-2021-25742). The controller refuses snippets unless it is told otherwise. There are annotations for most of what snippets are used for.",
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
metadata: {name: web, annotations: {nginx.ingress.kubernetes.io/server-snippet: 'gzip on;'}}
spec:
  tls: [{hosts: [www.example.com]}]
  rules:
    - host: www.example.com
      http:
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

const SNIPPETS: [&str; 6] = [
    "nginx.ingress.kubernetes.io/auth-snippet",
    "nginx.ingress.kubernetes.io/configuration-snippet",
    "nginx.ingress.kubernetes.io/modsecurity-snippet",
    "nginx.ingress.kubernetes.io/server-snippet",
    "nginx.ingress.kubernetes.io/stream-snippet",
    "haproxy.org/backend-config-snippet",
];

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("networking.k8s.io", "Ingress") {
        return;
    }
    let annotations = object.field("metadata").field("annotations");
    for snippet in SNIPPETS {
        let at = annotations.key(snippet);
        if at.is_set() {
            at.fault_with(
                "this text goes into the configuration of the controller, which reads all Secrets",
                "use an annotation for what it does",
            );
        }
    }
}

//! Ingresses that speak plain HTTP.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;

pub static RULE: Rule = Rule {
    name: "policy/ingress-without-tls",
    weight: Weight::ADVICE,
    summary: "an Ingress serves plain HTTP",
    page: "Without `tls` whatever goes through the Ingress can be read and changed on its way: sessions, passwords, answers. Say the hosts and the Secret with their certificate; cert-manager gets one by itself (`cert-manager.io/cluster-issuer`). Certificates that annotations of the load balancers of clouds name count as well, and so does the `tls` of another Ingress for the same host.",
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

/// Annotations that have something else end TLS.
const ELSEWHERE: [&str; 8] = [
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/ssl-redirect",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/certmap",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "nginx.ingress.kubernetes.io/ssl-passthrough",
    "traefik.ingress.kubernetes.io/router.tls",
];

/// Classes of controllers that end TLS themselves.
const CLASSES: [&str; 4] = ["cloudflare", "ngrok", "openshift", "tailscale"];

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("networking.k8s.io", "Ingress") || subject.is_made() {
        return;
    }
    let spec = object.field("spec");
    if !spec.field("tls").is_empty() || is_ended_elsewhere(subject, spec) {
        return;
    }
    let mut rules = spec.field("rules").items().peekable();
    let has_host = rules.peek().is_some();
    let covered =
        |rule: At<'a>| rule.field("host").text().is_some_and(|host| scene.tls_hosts().cover(host));
    if !(has_host && rules.all(covered)) {
        spec.fault_with(
            "it has no `tls`: what goes through it can be read on its way",
            "say the hosts and the Secret of their certificate under `tls`",
        );
    }
}

fn is_ended_elsewhere(subject: &Subject<'_>, spec: At<'_>) -> bool {
    let annotation = |key: &str| subject.annotation(key);
    let class = spec.field("ingressClassName").text();
    let class = class.or(annotation("kubernetes.io/ingress.class")).unwrap_or_default();
    let listens = annotation("alb.ingress.kubernetes.io/listen-ports").unwrap_or_default();
    let entry = annotation("traefik.ingress.kubernetes.io/router.entrypoints").unwrap_or_default();
    ELSEWHERE.iter().any(|key| annotation(key).is_some_and(|value| value != "false"))
        || CLASSES.iter().any(|one| class.contains(one))
        || listens.contains("HTTPS")
        || entry == "websecure"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn where_tls_may_end_instead() {
        for (key, value, count) in [
            (
                "alb.ingress.kubernetes.io/certificate-arn",
                "arn:aws:acm:eu-west-1:1:certificate/a",
                0,
            ),
            ("alb.ingress.kubernetes.io/listen-ports", "'[{\"HTTPS\":443}]'", 0),
            ("alb.ingress.kubernetes.io/listen-ports", "'[{\"HTTP\":80}]'", 1),
            ("nginx.ingress.kubernetes.io/ssl-passthrough", "'true'", 0),
            ("nginx.ingress.kubernetes.io/ssl-passthrough", "'false'", 1),
            ("kubernetes.io/ingress.class", "tailscale", 0),
            ("kubernetes.io/ingress.class", "nginx", 1),
        ] {
            let name = format!("kind: Ingress\nmetadata: {{annotations: {{{key}: {value}}}, ");
            let text = RULE.bad.replace("kind: Ingress\nmetadata: {", &name);
            assert_eq!(findings(&RULE, &text).len(), count, "{key}: {value}");
        }
    }

    #[test]
    fn another_ingress_of_the_host_is_enough() {
        let other =
            format!("{}---\n{}", RULE.bad, RULE.good.replace("{name: web}", "{name: other}"));
        assert!(findings(&RULE, &other).is_empty());
        let wild = other.replace("[{hosts: [www.example.com]}]", "[{hosts: ['*.Example.com']}]");
        assert!(findings(&RULE, &wild).is_empty());
        let deeper = other.replace("[{hosts: [www.example.com]}]", "[{hosts: ['*.com']}]");
        assert_eq!(findings(&RULE, &deeper).len(), 1);
    }
}

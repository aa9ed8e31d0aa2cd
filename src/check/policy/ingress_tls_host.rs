//! Hosts of an Ingress that its certificates leave out.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/ingress-tls-host",
    weight: Weight::RISING,
    summary: "a host of an Ingress stands in none of its `tls` entries",
    page: "Where an Ingress has `tls`, a host that stands in none of the entries is served with a certificate of another name, or without any: browsers warn, and plain HTTP is not redirected. Mostly one of the two names is misspelt. A wildcard such as `*.example.com` stands for one part: it covers `www.example.com`, and neither `example.com` nor `a.b.example.com`.",
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
  tls: [{hosts: [example.com]}]
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

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("networking.k8s.io", "Ingress") {
        return;
    }
    let spec = object.field("spec");
    let tls = spec.field("tls");
    // An entry without hosts is for all of them.
    if tls.is_empty() || tls.items().any(|entry| entry.field("hosts").is_empty()) {
        return;
    }
    for rule in spec.field("rules").items() {
        let host = rule.field("host");
        let Some(name) = host.text().filter(|name| !name.is_empty()) else { continue };
        if !scene.tls_hosts().cover(name) {
            let message =
                format!("`{name}` stands under no `tls`: no certificate is served for it");
            let help = "add it to `tls`, or mend the name";
            // Another Ingress may have the certificate of the host.
            match scene.settings.complete {
                true => host.fault_with(message, help),
                false => host.warn_with(message, help),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(tls: &str, host: &str) -> usize {
        let text = RULE.good.replace("tls: [{hosts: [www.example.com]}]", &format!("tls: [{tls}]"));
        findings(&RULE, &text.replace("host: www.example.com", &format!("host: '{host}'"))).len()
    }

    #[test]
    fn names_and_wildcards() {
        for (tls, host, count) in [
            ("{hosts: [a.example.com, b.example.com]}", "b.example.com", 0),
            ("{hosts: [a.example.com]}, {hosts: [b.example.com]}", "b.example.com", 0),
            ("{hosts: ['*.example.com']}", "b.example.com", 0),
            ("{hosts: ['*.example.com']}", "example.com", 1),
            ("{hosts: ['*.example.com']}", "a.b.example.com", 1),
            ("{hosts: ['*.example.com']}", "*.example.com", 0),
            ("{hosts: [b.example.com]}", "*.example.com", 1),
            ("{secretName: all}", "b.example.com", 0),
            ("{hosts: [a.example.com]}, {hosts: []}", "b.example.com", 0),
            ("{hosts: [A.example.com]}", "a.example.com", 0),
            ("{hosts: [a.example.com]}", "", 0),
        ] {
            assert_eq!(found(tls, host), count, "{tls} {host}");
        }
    }
}

//! Pods that are opened to the outside, and let in only their own namespace.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;

use super::lookup::effort::Effort;
use super::lookup::{ports, reach, services};

pub static RULE: Rule = Rule {
    name: "refs/blocked-outside",
    weight: Weight::WARNING,
    summary: "an Ingress, route or load balancer leads to pods that let nobody in from outside",
    page: "Requests from outside come to the pods from the Ingress controller, which most often runs in a namespace of its own, or from the nodes. Pods that a policy with `Ingress` selects let in only what their policies allow: where all of these name pods of their own namespace, each request from outside times out. Allow the namespace of the controller by a `namespaceSelector`, or, behind a load balancer, the addresses that requests come from.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]}]
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let spec = object.field("spec");
    let namespace = scene.namespace_of(subject);
    let effort = &mut Effort::of_one(scene);
    match (subject.group(), subject.kind()) {
        ("", "Service") => {
            let kind = spec.field("type");
            if matches!(kind.text(), Some("LoadBalancer" | "NodePort")) {
                must_be_open(scene, kind, subject, effort);
            }
        }
        ("networking.k8s.io", "Ingress") if !subject.is_made() => {
            let rules = spec.field("rules").items();
            let paths = rules.flat_map(|rule| rule.field("http").field("paths").items());
            let backends = paths.map(|path| path.field("backend"));
            for backend in backends.chain([spec.field("defaultBackend")]) {
                of_service(scene, namespace, backend.field("service").field("name"), effort);
            }
        }
        ("gateway.networking.k8s.io", "HTTPRoute" | "GRPCRoute") => {
            for rule in spec.field("rules").items() {
                for backend in rule.field("backendRefs").items() {
                    let namespace = backend.field("namespace").text_or(namespace);
                    of_service(scene, namespace, backend.field("name"), effort);
                }
            }
        }
        _ => {}
    }
}

fn of_service<'a>(scene: &Scene<'a>, namespace: &'a str, at: At<'a>, effort: &mut Effort) {
    if let Some(service) = services::wanted(namespace, at.text_or_empty()).find(scene) {
        must_be_open(scene, at, service, effort);
    }
}

fn must_be_open<'a>(scene: &Scene<'a>, at: At<'a>, service: &'a Subject<'a>, effort: &mut Effort) {
    let Ok(pods) = services::pods_within(scene, service, effort) else { return };
    let mut closed = |port: ports::ServicePort<'a>| {
        pods.iter().all(|pod| {
            port.in_pod(pod).is_some_and(|number| {
                reach::may_come_from_outside(scene, pod, number, port.protocol, effort)
                    .is_ok_and(|may| !may)
            })
        })
    };
    let first = ports::of_service(service).next();
    let all_closed = first.is_some() && ports::of_service(service).all(&mut closed);
    if let Some(pod) = pods.first().filter(|_| all_closed && !reach::has_other_policies(scene)) {
        at.warn_with(
            format!("the policies of {} let nobody in from outside its namespace", pod.owner.identity),
            "allow the namespace of the Ingress controller, or the addresses that requests come from",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn whoever_may_be_outside() {
        let open = |policy: &str| {
            let text = format!(
                "
{{apiVersion: v1, kind: Service, metadata: {{name: web}}, spec: {{type: LoadBalancer, selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}}}
---
{{apiVersion: v1, kind: Pod, metadata: {{name: web, labels: {{app: web}}}}, spec: {{containers: [{{name: web, image: web}}]}}}}
---
{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: n}}, spec: {{podSelector: {{}}, ingress: [{policy}]}}}}
"
            );
            said(RULE.name, &text).is_empty()
        };
        assert!(open("{}"));
        assert!(open("{ports: [{port: 8080}]}"));
        assert!(open("{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}"));
        // The controller may be in the same namespace, and not among the objects.
        assert!(open("{from: [{podSelector: {matchLabels: {app: proxy}}}]}"));
        assert!(!open(""));
        assert!(!open("{ports: [{port: 80}]}"));
        assert!(!open("{from: [{podSelector: {matchLabels: {app: web}}}]}"));
    }
}

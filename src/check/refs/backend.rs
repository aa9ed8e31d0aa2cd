//! Backends of Ingresses that lead nowhere.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};
use super::lookup::service_port::{self, Port};
use super::lookup::services;

pub static RULE: Rule = Rule {
    name: "refs/backend",
    weight: Weight::ERROR,
    summary: "an Ingress leads to a Service, or a port of it, that is not there",
    page: "An Ingress whose Service or port does not exist answers with 503, or with the controller's default page. The Service must be in the namespace of the Ingress. The port is that of the Service, by `name` or `number`, not that of the container.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {defaultBackend: {service: {name: web, port: {number: 8080}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {ports: [{port: 80, targetPort: 8080}]}
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
spec: {ports: [{port: 80, targetPort: 8080}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("networking.k8s.io", "Ingress") || subject.is_made() {
        return;
    }
    let namespace = scene.namespace_of(subject);
    let spec = object.field("spec");
    backend(scene, namespace, spec.field("defaultBackend"));
    for rule in spec.field("rules").items() {
        for path in rule.field("http").field("paths").items() {
            backend(scene, namespace, path.field("backend"));
        }
    }
}

fn backend<'a>(scene: &Scene<'a>, namespace: &'a str, backend: At<'a>) {
    let resource = backend.field("resource");
    if resource.is_set() {
        let (group, kind) = (resource.field("apiGroup"), resource.field("kind"));
        let name = resource.field("name");
        let (group, kind) = (group.text_or_empty(), kind.text_or_empty());
        let wanted = Wanted::of(group, kind, namespace, name.text_or_empty());
        absent::lead(scene, name, wanted);
        return;
    }
    let service = backend.field("service");
    let port = service.field("port");
    let (name, by_name) = (service.field("name"), port.field("name"));
    // The load balancer controller of AWS takes the action of an annotation instead.
    if by_name.text() == Some("use-annotation") {
        return;
    }
    let wanted = services::wanted(namespace, name.text_or_empty());
    let Some(found) = absent::lead(scene, name, wanted) else { return };
    if by_name.is_empty() {
        service_port::must_have(found, port.field("number"), Port::Number);
    } else {
        service_port::must_have(found, by_name, Port::Name);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn led(backend: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: web, namespace: shop}}
spec: {{rules: [{{http: {{paths: [{{path: /, pathType: Prefix, backend: {{{backend}}}}}]}}}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web, namespace: shop}}
spec: {{ports: [{{name: http, port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: outside, namespace: shop}}
spec: {{type: ExternalName, externalName: a.example.com}}
---
apiVersion: v1
kind: Service
metadata: {{name: other, namespace: default}}
spec: {{ports: [{{port: 80}}]}}
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn services_and_their_ports() {
        assert!(led("service: {name: web, port: {name: http}}").is_empty());
        assert!(led("service: {name: web, port: {number: 80}}").is_empty());
        assert!(led("service: {name: outside, port: {number: 443}}").is_empty());
        assert!(led("service: {name: redirect, port: {name: use-annotation}}").is_empty());
        let path = "error Ingress/web spec.rules[0].http.paths[0].backend.service";
        assert_eq!(
            led("service: {name: web, port: {number: 8080}}"),
            [format!("{path}.port.number: Service `web` has no port 8080")]
        );
        assert_eq!(
            led("service: {name: web, port: {name: web}}"),
            [format!("{path}.port.name: Service `web` has no port `web`")]
        );
        assert_eq!(
            led("service: {name: other, port: {number: 80}}"),
            [format!("{path}.name: there is no Service `other` in namespace `shop`")]
        );
        assert_eq!(led("resource: {apiGroup: k8s.example.com, kind: Bucket, name: x}").len(), 1);
    }
}

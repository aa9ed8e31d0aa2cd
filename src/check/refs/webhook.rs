//! Services that a server itself is told to ask, and that are not there.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::service_port::lacks;
use super::lookup::{absent, services};

pub static RULE: Rule = Rule {
    name: "refs/webhook",
    weight: Weight::ERROR,
    summary: "a webhook, APIService or conversion is at a Service, or a port of it, that is not there",
    page: "A server asks the Service of a webhook about each object that the webhook is for. Where the Service does not exist it refuses all of them, unless `failurePolicy` is `Ignore`: a mistyped name can keep a whole cluster from making pods. An APIService without its Service makes discovery slow for everyone, and keeps namespaces from being deleted. Without a `port` it is 443.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
  - name: guard.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {service: {name: guard, namespace: default}}
    rules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
---
apiVersion: v1
kind: Service
metadata: {name: guard}
spec: {ports: [{port: 8443}]}
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
  - name: guard.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {service: {name: guard, namespace: default, port: 8443}}
    rules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
---
apiVersion: v1
kind: Service
metadata: {name: guard}
spec: {ports: [{port: 8443}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        (
            "admissionregistration.k8s.io",
            "ValidatingWebhookConfiguration" | "MutatingWebhookConfiguration",
        ) => {
            for webhook in object.field("webhooks").items() {
                ask(scene, webhook.field("clientConfig").field("service"));
            }
        }
        ("apiregistration.k8s.io", "APIService") => ask(scene, object.down(&["spec", "service"])),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            let webhook = object.down(&["spec", "conversion", "webhook", "clientConfig"]);
            ask(scene, webhook.field("service"));
        }
        _ => {}
    }
}

fn ask<'a>(scene: &Scene<'a>, reference: At<'a>) {
    let name = reference.field("name");
    let namespace = reference.field("namespace").text_or_empty();
    // `kubectl get` shows the server's own as well, which are in kube-system.
    if namespace.is_empty() || namespace == "kube-system" {
        return;
    }
    let wanted = services::wanted(namespace, name.text_or_empty());
    let Some(service) = absent::lead(scene, name, wanted) else { return };
    let port = reference.field("port");
    let number = port.int().unwrap_or(443);
    if services::is_external(service) {
        return;
    }
    if let Some(help) = lacks(service, number) {
        let at = if port.is_set() { port } else { name };
        at.fault_with(format!("Service `{}` has no port {number}", service.name()), help);
    }
}

//! Secrets of a type that does not serve.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::diagnostic::choices;

use super::lookup::kept::Reference;

pub static RULE: Rule = Rule {
    name: "refs/secret-type",
    weight: Weight::WARNING,
    summary: "a Secret is named whose type does not serve",
    page: "A kubelet takes credentials for a registry only from Secrets of type `kubernetes.io/dockerconfigjson` (or the older `kubernetes.io/dockercfg`): any other one is passed over, and the image is not pulled. The type of a Secret cannot be changed: make it anew.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: registry}]
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
stringData: {username: web, password: sesame}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  imagePullSecrets: [{name: registry}]
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: v1
kind: Secret
metadata: {name: registry}
type: kubernetes.io/dockerconfigjson
stringData: {.dockerconfigjson: '{\"auths\": {}}'}
",
    look: Look::Object(look),
};

/// What kubelets take as credentials for a registry.
const REGISTRY: [&str; 2] = ["kubernetes.io/dockerconfigjson", "kubernetes.io/dockercfg"];

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let holder = match scene.pod_of(subject) {
        Some(pod) => pod.holder(object).field("spec"),
        None if subject.is("", "ServiceAccount") => object,
        None => return,
    };
    let namespace = scene.namespace_of(subject);
    for name in holder.field("imagePullSecrets").items().map(|secret| secret.field("name")) {
        let reference = Reference::secret(namespace, name);
        let found = reference.find(scene).and_then(|holding| holding.secret_type());
        if let Some(found) = found.filter(|found| !REGISTRY.contains(found)) {
            name.fault_with(
                format!("Secret {} has the type {}", shown(name.text_or_empty()), shown(found)),
                format!("credentials for a registry have the type {}", choices(REGISTRY)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    /// Who makes a Secret may be one of several, and none of them is believed then.
    #[test]
    fn two_that_make_it_of_other_types() {
        const POD: &str = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {imagePullSecrets: [{name: s}], containers: [{name: a, image: a}]}}";
        let certificate = "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: c}, spec: {secretName: s}}";
        let external =
            "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: s}}";
        let found = |all: &[&str]| said(RULE.name, &all.join("\n---\n"));
        assert_eq!(
            found(&[POD, certificate]),
            [
                "warning Pod/a spec.imagePullSecrets[0].name: Secret `s` has the type `kubernetes.io/tls`"
            ]
        );
        assert_eq!(found(&[POD, certificate, certificate]).len(), 1);
        assert_eq!(found(&[POD, certificate, external]), [""; 0]);
        assert_eq!(found(&[POD, external, certificate, external]), [""; 0]);
    }
}

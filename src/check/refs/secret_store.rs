//! Stores of secrets that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/secret-store",
    weight: Weight::ERROR,
    summary: "an ExternalSecret takes from a store that is not there",
    page: "An ExternalSecret whose store does not exist makes no Secret, and no pod that needs it starts. A `SecretStore` is in the namespace of the ExternalSecret, a `ClusterSecretStore` in none; without `kind` a `SecretStore` is meant. Whoever runs the cluster most often defines the latter: declare it under `checks.elsewhere`.",
    bad: "
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web}
spec: {secretStoreRef: {name: vault}, data: [{secretKey: API_KEY, remoteRef: {key: web}}]}
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {fake: {data: [{key: web, value: x}]}}}
",
    good: "
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: web}
spec: {secretStoreRef: {kind: ClusterSecretStore, name: vault}, data: [{secretKey: API_KEY, remoteRef: {key: web}}]}
---
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: {name: vault}
spec: {provider: {fake: {data: [{key: web, value: x}]}}}
",
    look: Look::Object(look),
};

const GROUP: &str = "external-secrets.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.group() != GROUP || subject.is_made() {
        return;
    }
    let spec = object.field("spec");
    let namespace = scene.namespace_of(subject);
    match subject.kind() {
        "ExternalSecret" => of_secret(scene, Some(namespace), spec),
        // Its namespaces are found by their labels.
        "ClusterExternalSecret" => of_secret(scene, None, spec.field("externalSecretSpec")),
        "PushSecret" => {
            for store in spec.field("secretStoreRefs").items() {
                lead(scene, Some(namespace), store);
            }
        }
        _ => {}
    }
}

fn of_secret<'a>(scene: &Scene<'a>, namespace: Option<&'a str>, spec: At<'a>) {
    lead(scene, namespace, spec.field("secretStoreRef"));
    for from in ["data", "dataFrom"] {
        for one in spec.field(from).items() {
            lead(scene, namespace, one.field("sourceRef").field("storeRef"));
        }
    }
}

fn lead<'a>(scene: &Scene<'a>, namespace: Option<&'a str>, reference: At<'a>) {
    let name = reference.field("name");
    let wanted = match (reference.field("kind").text_or("SecretStore"), namespace) {
        ("ClusterSecretStore", _) => {
            Wanted::of_cluster(GROUP, "ClusterSecretStore", name.text_or_empty())
        }
        ("SecretStore", Some(namespace)) => {
            Wanted::of(GROUP, "SecretStore", namespace, name.text_or_empty())
        }
        _ => return,
    };
    absent::lead(scene, name, wanted);
}

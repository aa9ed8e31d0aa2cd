//! Pods that carry a key to the API server for nothing.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::accounts::{account, mounts_token};

pub static RULE: Rule = Rule {
    name: "policy/unneeded-token",
    weight: Weight::ADVICE,
    summary: "a pod gets a token of an account without any role",
    page: "\
Kubernetes puts a token of its account into every pod. Where no role is bound to the account the \
program has no use for it, but whoever breaks in has: it opens the API server's door, finds out \
what is there, and is worth more as soon as somebody binds a role to the account.

Set `automountServiceAccountToken: false` in the pod, or in the ServiceAccount for all its pods. \
Pods that show the token to others, such as Vault, need it; waive this rule for them.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  automountServiceAccountToken: false
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let account = account(scene, pod);
    let (name, namespace) = (account.name, pod.namespace);
    let (mounted, at) = mounts_token(pod, &account, spec);
    // Of what is not here nobody knows which roles it has.
    let known = account.object.is_some()
        || name == "default" && !scene.is_elsewhere("ServiceAccount", namespace, name);
    if !mounted || !known || !scene.settings.complete || scene.role_holders().has(namespace, name) {
        return;
    }
    if is_shown_to_others(pod) || account.object.is_some_and(stands_for_another) {
        return;
    }
    at.fault_with(
        format!("the pod gets a token of the account {}, which has no role", shown(name)),
        "set `automountServiceAccountToken: false`",
    );
}

/// Whether a sidecar that an annotation asks for logs in with the token.
fn is_shown_to_others(pod: &Pod<'_>) -> bool {
    let annotations = pod.metadata.and_then(|metadata| metadata.get("annotations"));
    let Some(annotations) = annotations.and_then(Value::as_map) else { return false };
    annotations.iter().any(|(key, _)| {
        key.starts_with("vault.hashicorp.com/") || key.starts_with("consul.hashicorp.com/")
    })
}

/// Whether an account stands for one of a cloud's: its rights are given there.
fn stands_for_another(account: &Subject<'_>) -> bool {
    let annotations = account.content.get("metadata").and_then(|meta| meta.get("annotations"));
    let Some(annotations) = annotations.and_then(Value::as_map) else { return false };
    annotations.iter().any(|(key, _)| {
        key.starts_with("eks.amazonaws.com/")
            || key.starts_with("iam.gke.io/")
            || key.starts_with("azure.workload.identity/")
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{findings_with, fires, pod};
    use crate::check::settings::Settings;

    const POD: &str = "{apiVersion: v1, kind: Pod, metadata: {name: a}, \
        spec: {serviceAccountName: b, containers: [{name: a, image: 'a:v1'}]}}\n";
    const ACCOUNT: &str = "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: b}}\n";

    fn bound(kind: &str, subject: &str) -> String {
        format!(
            "{POD}{ACCOUNT}---\n{{apiVersion: rbac.authorization.k8s.io/v1, kind: {kind}, \
            metadata: {{name: b}}, roleRef: {{apiGroup: rbac.authorization.k8s.io, \
            kind: ClusterRole, name: view}}, subjects: [{subject}]}}\n"
        )
    }

    #[test]
    fn roles_are_reasons() {
        assert_eq!(fires(&RULE, &format!("{POD}{ACCOUNT}")), 1);
        for (kind, subject, count) in [
            ("RoleBinding", "{kind: ServiceAccount, name: b, namespace: default}", 0),
            ("ClusterRoleBinding", "{kind: ServiceAccount, name: b, namespace: default}", 0),
            ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts:default'}", 0),
            ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts'}", 0),
            ("RoleBinding", "{kind: User, name: 'system:serviceaccount:default:b'}", 0),
            ("RoleBinding", "{kind: ServiceAccount, name: c, namespace: default}", 1),
            ("RoleBinding", "{kind: ServiceAccount, name: b, namespace: other}", 1),
        ] {
            assert_eq!(fires(&RULE, &bound(kind, subject)), count, "{kind} {subject}");
        }
    }

    #[test]
    fn who_is_left_alone() {
        // The account of old, and one that lives elsewhere.
        assert_eq!(fires(&RULE, &pod("containers: [{name: a, image: 'a:v1'}]")), 1);
        assert_eq!(fires(&RULE, POD), 0);
        let off = "automountServiceAccountToken: false, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(off)), 0);
        let account = ACCOUNT.replace("metadata", "automountServiceAccountToken: false, metadata");
        assert_eq!(fires(&RULE, &format!("{POD}{account}")), 0);
        let cloud = ACCOUNT
            .replace("{name: b}", "{name: b, annotations: {iam.gke.io/gcp-service-account: b@c}}");
        assert_eq!(fires(&RULE, &format!("{POD}{cloud}")), 0);
        let vault = POD.replace(
            "{name: a}, spec",
            "{name: a, annotations: {vault.hashicorp.com/agent-inject: 'true'}}, spec",
        );
        assert_eq!(fires(&RULE, &format!("{vault}{ACCOUNT}")), 0);
        let partial = Settings { complete: false, ..Settings::default() };
        assert!(findings_with(&RULE, &format!("{POD}{ACCOUNT}"), partial).is_empty());
    }
}

//! Pods that have rights because every pod of their namespace has.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::accounts::{account, mounts_token};

pub static RULE: Rule = Rule {
    name: "policy/shared-account",
    weight: Weight::ADVICE,
    summary: "a pod runs as the account `default`, which has a role",
    page: "\
A pod that names no account gets `default`, as all others do that name none. A role that is \
bound to `default` for the sake of one of them is every pod's: also that of the one that faces \
the internet.

Give the pod that needs the role an account of its own (`serviceAccountName`), and bind the role \
to that. Set `automountServiceAccountToken: false` for the others.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: view}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: default, namespace: default}]
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: view}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web, namespace: default}]
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let account = account(scene, pod);
    let (mounted, _) = mounts_token(pod, &account, spec);
    if mounted && account.name == "default" && scene.has_own_roles(pod.namespace, "default") {
        spec.field("serviceAccountName").fault_with(
            "the pod has the rights of the account `default`, as each pod that names none",
            "give it an account of its own, or set `automountServiceAccountToken: false`",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::fires;

    #[test]
    fn without_its_token_it_is_nobody() {
        let off = RULE.bad.replace("spec:\n", "spec:\n  automountServiceAccountToken: false\n");
        assert_eq!(fires(&RULE, &off), 0);
        let named = RULE.bad.replace("spec:\n", "spec:\n  serviceAccountName: default\n");
        assert_eq!(fires(&RULE, &named), 1);
    }
}

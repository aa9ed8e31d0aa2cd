//! Roles that read the Secrets of every namespace.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::rights::{is_for_cluster, rights};

pub static RULE: Rule = Rule {
    name: "policy/secrets-of-all",
    weight: Weight::ADVICE,
    summary: "a role reads the Secrets of all namespaces",
    page: "A ClusterRole that reads Secrets, given to somebody by a ClusterRoleBinding, reads those of every namespace, and with them the tokens and passwords of all that runs in the cluster. Bind it in the namespaces that need it with RoleBindings, or name the Secrets with `resourceNames`. `list` and `watch` give the content of Secrets as `get` does.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
  - {apiGroups: [''], resources: [configmaps, secrets], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: reader, namespace: default}]
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: reader}
rules:
  - {apiGroups: [''], resources: [configmaps, secrets], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
subjects: [{kind: ServiceAccount, name: reader, namespace: default}]
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !is_for_cluster(subject) {
        return;
    }
    for right in rights(object).filter(|right| !right.is_for_some()) {
        let reads = right.verb_on("", "secrets", &["get", "list", "watch"]).is_some();
        if reads && scene.cluster_wide().has(subject.name()) {
            right.item("resources", "secrets").fault_with(
                "it reads the Secrets of all namespaces: a ClusterRoleBinding gives it to somebody",
                "bind it with a RoleBinding where it is needed, or name the Secrets with `resourceNames`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn names_and_other_verbs() {
        assert!(findings(&RULE, &RULE.bad.replace("verbs: [list]", "verbs: [create]")).is_empty());
        let named = RULE.bad.replace("verbs: [list]", "verbs: [get], resourceNames: [tls]");
        assert!(findings(&RULE, &named).is_empty());
        assert_eq!(findings(&RULE, &RULE.bad.replace("verbs: [list]", "verbs: ['*']")).len(), 1);
    }
}

//! Bindings that make somebody master of the cluster.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::rights::is_kubernetes_own;

pub static RULE: Rule = Rule {
    name: "policy/cluster-admin",
    weight: Weight::RISING,
    summary: "a binding gives `cluster-admin`",
    page: "`cluster-admin` may do everything, also read every Secret and change these very rules. A service account with it makes each pod that runs under it a way to own the cluster. Write a role with what is used. In one namespace (a RoleBinding) it is a warning: `admin` or `edit` are mostly enough.",
    bad: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: deployer}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{kind: ServiceAccount, name: deployer, namespace: default}]
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: deployer, namespace: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: deployer, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
subjects: [{kind: ServiceAccount, name: deployer, namespace: default}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let is_binding = subject.is("rbac.authorization.k8s.io", "ClusterRoleBinding")
        || subject.is("rbac.authorization.k8s.io", "RoleBinding");
    let role = object.field("roleRef").field("name");
    if !is_binding || role.text() != Some("cluster-admin") || is_kubernetes_own(subject) {
        return;
    }
    // The masters are what they are without a binding.
    let given = object.field("subjects").items().any(|one| {
        one.field("kind").text() != Some("Group")
            || one.field("name").text() != Some("system:masters")
    });
    let help = "write a role with what is used";
    match subject.kind() {
        _ if !given => {}
        "ClusterRoleBinding" => role.fault_with("it gives every right in the cluster", help),
        _ => role.warn_with("it gives every right in the namespace", help),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn in_a_namespace_it_is_less_grave() {
        assert_eq!(
            findings(&RULE, &RULE.bad.replace("ClusterRoleBinding", "RoleBinding")),
            ["warning roleRef.name: it gives every right in the namespace"]
        );
    }

    #[test]
    fn the_masters_and_nobody() {
        let masters = RULE.bad.replace(
            "{kind: ServiceAccount, name: deployer, namespace: default}]",
            "{kind: Group, name: 'system:masters'}]",
        );
        assert!(findings(&RULE, &masters).is_empty());
        let nobody = RULE
            .bad
            .replace("subjects: [{kind: ServiceAccount, name: deployer, namespace: default}]", "");
        assert!(findings(&RULE, &nobody).is_empty());
    }
}

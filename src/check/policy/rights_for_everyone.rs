//! Bindings that give rights to everybody.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::rights::is_kubernetes_own;

pub static RULE: Rule = Rule {
    name: "policy/rights-for-everyone",
    weight: Weight::RISING,
    summary: "a binding gives rights to everybody",
    page: "`system:anonymous` and `system:unauthenticated` are whoever reaches the API server, without any login: what they may do, the world may do. `system:authenticated` is everybody with some login, and on some clouds that is every account of the cloud; `system:serviceaccounts` is every pod of the cluster. The last two are warnings. Name who needs the right.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:unauthenticated'}]
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: operators}]
",
    look: Look::Object(look),
};

/// Roles that are meant for everybody: they show versions, and the keys that tokens
/// are checked with.
const PUBLIC: [&str; 5] = [
    "system:basic-user",
    "system:discovery",
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
    "kubeadm:bootstrap-signer-clusterinfo",
];

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let is_binding = subject.is("rbac.authorization.k8s.io", "ClusterRoleBinding")
        || subject.is("rbac.authorization.k8s.io", "RoleBinding");
    if !is_binding || is_kubernetes_own(subject) {
        return;
    }
    let role = object.field("roleRef").field("name").text_or_empty();
    if PUBLIC.contains(&role) {
        return;
    }
    for one in object.field("subjects").items() {
        let name = one.field("name");
        match (one.field("kind").text(), name.text_or_empty()) {
            (Some("User"), who @ "system:anonymous")
            | (Some("Group"), who @ "system:unauthenticated") => name.fault_with(
                format!(
                    "`{who}` is everybody, without any login: they may do what `{role}` allows"
                ),
                "name who needs it",
            ),
            (Some("Group"), who @ "system:authenticated") => name.warn_with(
                format!("`{who}` is everybody with some login: they may do what `{role}` allows"),
                "name who needs it",
            ),
            (Some("Group"), who @ "system:serviceaccounts") => name.warn_with(
                format!("`{who}` is every pod of the cluster: they may do what `{role}` allows"),
                "name the service accounts that need it",
            ),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn who_everybody_is() {
        let of = |kind: &str, name: &str| {
            let text = RULE
                .good
                .replace("kind: Group, name: operators", &format!("kind: {kind}, name: '{name}'"));
            findings(&RULE, &text).first().map(|one| one.split(' ').next().unwrap().to_owned())
        };
        assert_eq!(of("User", "system:anonymous").as_deref(), Some("error"));
        assert_eq!(of("Group", "system:authenticated").as_deref(), Some("warning"));
        assert_eq!(of("Group", "system:serviceaccounts").as_deref(), Some("warning"));
        assert_eq!(of("Group", "system:serviceaccounts:web"), None);
        assert_eq!(of("Group", "system:nodes"), None);
        let public = RULE.bad.replace(
            "kind: Role, name: reader}",
            "kind: ClusterRole, name: 'system:service-account-issuer-discovery'}",
        );
        assert!(findings(&RULE, &public).is_empty());
    }
}

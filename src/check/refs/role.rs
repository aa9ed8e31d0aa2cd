//! Roles that are bound and that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/role",
    weight: Weight::ERROR,
    summary: "a role is bound that is not there",
    page: "A server takes a binding whose role does not exist, and whoever it is for may do nothing. Mend the name, or define the role: a Role in the namespace of the binding, or a ClusterRole. Each cluster has `cluster-admin`, `admin`, `edit`, `view` and those that begin with `system:`. What a binding refers to cannot be changed: it must be made anew.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web-reader}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: web}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web-readers}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web-readers}
subjects: [{kind: Group, apiGroup: rbac.authorization.k8s.io, name: web}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: web-readers}
rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]
",
    look: Look::Object(look),
};

const GROUP: &str = "rbac.authorization.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.group() != GROUP || !subject.kind().ends_with("RoleBinding") {
        return;
    }
    let role = object.field("roleRef");
    let name = role.field("name");
    let wanted = match (role.field("kind").text_or_empty(), name.text_or_empty()) {
        ("ClusterRole", "cluster-admin" | "admin" | "edit" | "view") => return,
        ("ClusterRole", own) if own.starts_with("system:") => return,
        ("ClusterRole", own) => Wanted::of_cluster(GROUP, "ClusterRole", own),
        // Adapters of all kinds are bound to it, to know who asks them.
        ("Role", "extension-apiserver-authentication-reader") => return,
        ("Role", own) if own.starts_with("system:") || own.starts_with("kubeadm:") => return,
        ("Role", own) => Wanted::of(GROUP, "Role", scene.namespace_of(subject), own),
        _ => return,
    };
    absent::lead(scene, name, wanted);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn cluster_roles_are_found_from_anywhere() {
        let binding = |role: &str| {
            let text = format!(
                "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: web, namespace: shop}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {role}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: web, namespace: other}}
"
            );
            said(RULE.name, &text)
        };
        for role in ["view", "cluster-admin", "'system:auth-delegator'", "web"] {
            assert!(binding(role).is_empty(), "{role}");
        }
        assert_eq!(
            binding("viewer"),
            ["error RoleBinding/web roleRef.name: there is no ClusterRole `viewer`"]
        );
    }
}

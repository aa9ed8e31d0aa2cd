//! Who has a role.

use crate::check::api::formats::shown;
use crate::check::api::metadata::fault_of_segment;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsName;

use super::GROUP;

pub static RULE: Rule = Rule {
    name: "api/role-binding",
    weight: Weight::ERROR,
    summary: "a RoleBinding or ClusterRoleBinding that a server refuses",
    page: "A binding names one role (`roleRef`) and who has it (`subjects`). The role is of the API group `rbac.authorization.k8s.io`, and so are Users and Groups; ServiceAccounts have no `apiGroup`, but in a ClusterRoleBinding a `namespace`.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
  - {kind: serviceaccount, name: web}
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
  - {kind: ServiceAccount, name: web}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
  - {apiGroups: [''], resources: [pods], verbs: [get]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
",
    look: Look::Validation,
};

/// `ValidateRoleBinding`.
pub fn validate_role_binding(object: At<'_>) {
    validate(object.under(&RULE), &["Role", "ClusterRole"], true);
}

/// `ValidateClusterRoleBinding`.
pub fn validate_cluster_role_binding(object: At<'_>) {
    validate(object.under(&RULE), &["ClusterRole"], false);
}

fn validate(object: At<'_>, kinds: &[&str], is_namespaced: bool) {
    let role = object.field("roleRef");
    // `SetDefaults_RoleBinding` fills in the group.
    let group = role.field("apiGroup");
    if !group.is_empty() {
        group.must_be_one_of(&[GROUP]);
    }
    let kind = role.field("kind");
    if kind.required() {
        kind.must_be_one_of(kinds);
    }
    let name = role.field("name");
    if name.required()
        && let Some(reason) = fault_of_segment(name.text_or_empty())
    {
        name.fault(reason);
    }
    object.field("subjects").items().for_each(|subject| validate_subject(subject, is_namespaced));
}

/// `ValidateRoleBindingSubject`, after `SetDefaults_Subject`.
fn validate_subject(subject: At<'_>, is_namespaced: bool) {
    let [kind, name, group, namespace] =
        ["kind", "name", "apiGroup", "namespace"].map(|field| subject.field(field));
    let is_named = name.required();
    match kind.text_or_empty() {
        "ServiceAccount" => {
            if is_named {
                name.must_be::<DnsName>();
            }
            if !group.is_empty() {
                group.fault_with("a ServiceAccount is of the group without a name", "leave it out");
            }
            if !is_namespaced && namespace.is_empty() {
                namespace.fault_with(
                    "the namespace of the ServiceAccount is missing",
                    "a ClusterRoleBinding lives in none",
                );
            }
        }
        "User" | "Group" => {
            if !group.is_empty() {
                group.must_be_one_of(&[GROUP]);
            }
        }
        other => {
            let help = "use `ServiceAccount`, `User` or `Group`";
            kind.fault_with(format!("there is no subject of the kind {}", shown(other)), help);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn binding(kind: &str, role: &str, subject: &str) -> Vec<String> {
        refused(&format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a}}\nroleRef: {role}\nsubjects: [{subject}]\n"
        ))
    }

    #[test]
    fn roles() {
        let account = "{kind: ServiceAccount, name: a, namespace: b}";
        for (kind, role, fields) in [
            ("RoleBinding", "{kind: Role, name: a}", vec![]),
            ("RoleBinding", "{kind: ClusterRole, name: 'system:x'}", vec![]),
            ("RoleBinding", "{kind: Role, name: a/b}", vec!["roleRef.name"]),
            ("RoleBinding", "{kind: Role, name: a, apiGroup: b}", vec!["roleRef.apiGroup"]),
            ("RoleBinding", "{}", vec!["roleRef.kind", "roleRef.name"]),
            ("ClusterRoleBinding", "{kind: Role, name: a}", vec!["roleRef.kind"]),
        ] {
            assert_eq!(binding(kind, role, account), fields, "{kind} {role}");
        }
    }

    #[test]
    fn subjects() {
        for (kind, subject, fields) in [
            ("RoleBinding", "{kind: ServiceAccount, name: a}", vec![]),
            ("ClusterRoleBinding", "{kind: ServiceAccount, name: a}", vec!["namespace"]),
            ("RoleBinding", "{kind: ServiceAccount, name: A_b}", vec!["name"]),
            ("RoleBinding", "{kind: ServiceAccount, name: a, apiGroup: b}", vec!["apiGroup"]),
            ("RoleBinding", "{kind: ServiceAccount, name: a, apiGroup: ''}", vec![]),
            ("RoleBinding", "{kind: User, name: 'Jane Doe'}", vec![]),
            ("RoleBinding", "{kind: User, name: a, apiGroup: b}", vec!["apiGroup"]),
            ("RoleBinding", "{kind: Group, name: ''}", vec!["name"]),
            ("RoleBinding", "{kind: Pod, name: a}", vec!["kind"]),
            ("RoleBinding", "null", vec!["name", "kind"]),
        ] {
            let found = binding(kind, "{kind: ClusterRole, name: a}", subject);
            let short: Vec<_> =
                found.iter().map(|field| field.replace("subjects[0].", "")).collect();
            assert_eq!(short, fields, "{kind} {subject}");
        }
    }
}

//! Bindings that give rights to whatever names no service account.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/default-account-rights",
    weight: Weight::ADVICE,
    summary: "a binding gives rights to the service account `default`",
    page: "Every pod that names no service account runs as `default`, also those that somebody adds tomorrow: rights of `default` are rights of all of them. Make a service account for the pod that needs the right, and name it in `serviceAccountName`.",
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
subjects: [{kind: ServiceAccount, name: default, namespace: default}]
",
    good: "
apiVersion: v1
kind: ServiceAccount
metadata: {name: reader, namespace: default}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: default}
rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: default}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: reader, namespace: default}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is("rbac.authorization.k8s.io", "ClusterRoleBinding")
        || subject.is("rbac.authorization.k8s.io", "RoleBinding")
    {
        for one in object.field("subjects").items() {
            let name = one.field("name");
            if one.field("kind").text() == Some("ServiceAccount") && name.text() == Some("default")
            {
                name.fault_with(
                    "`default` is every pod that names no service account",
                    "make a service account for the pod that needs it",
                );
            }
        }
    }
}

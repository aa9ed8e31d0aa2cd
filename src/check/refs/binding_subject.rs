//! Service accounts that roles are bound to and that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/binding-subject",
    weight: Weight::ERROR,
    summary: "a role is bound to a service account that is not there",
    page: "A server takes a binding whatever its subjects are. Where the account does not exist, what runs under another name may do nothing, and whoever makes an account of this name later has the rights. Most often the namespace is the wrong one: a subject's namespace is that of the account, not that of the binding.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: wbe, namespace: default}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: ServiceAccount, name: web, namespace: default}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.group() != "rbac.authorization.k8s.io" || !subject.kind().ends_with("RoleBinding") {
        return;
    }
    // An account is of the binding's namespace where it names none.
    let own = match subject.kind() {
        "RoleBinding" => scene.namespace_of(subject),
        _ => "",
    };
    for one in object.field("subjects").items() {
        let (name, namespace) = (one.field("name"), one.field("namespace").text_or(own));
        // Each namespace has a default account, and kube-system those of the controllers.
        let is_account = one.field("kind").text() == Some("ServiceAccount");
        let is_built_in = name.text() == Some("default") || namespace == "kube-system";
        if is_account && !is_built_in && !namespace.is_empty() {
            let wanted = Wanted::of("", "ServiceAccount", namespace, name.text_or_empty());
            absent::lead(scene, name, wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{said, said_under, some_files};

    use super::*;

    const BINDING: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: web}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects:
  - {kind: ServiceAccount, name: default, namespace: shop}
  - {kind: ServiceAccount, name: prometheus, namespace: monitoring}
  - {kind: ServiceAccount, name: job-controller, namespace: kube-system}
  - {kind: User, name: somebody, apiGroup: rbac.authorization.k8s.io}
";

    #[test]
    fn what_a_namespace_of_others_has_is_theirs_to_know() {
        assert_eq!(
            said(RULE.name, BINDING),
            [
                "warning ClusterRoleBinding/web subjects[1].name: there is no ServiceAccount `prometheus` in namespace `monitoring`"
            ]
        );
        assert!(said_under(&some_files(), RULE.name, BINDING).is_empty());
    }

    #[test]
    fn of_the_namespace_of_the_binding() {
        let binding = BINDING.replace("ClusterRoleBinding", "RoleBinding");
        let own = format!("{binding}  - {{kind: ServiceAccount, name: gone}}\n");
        let found = said(RULE.name, &own);
        assert!(found[1].starts_with("error RoleBinding/web subjects[4].name"), "{found:?}");
    }

    #[test]
    fn a_mistyped_namespace() {
        let account = "---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: prometheus, namespace: monitorin}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: monitorin}}";
        assert!(said(RULE.name, &format!("{BINDING}{account}"))[0].starts_with("error "));
    }
}

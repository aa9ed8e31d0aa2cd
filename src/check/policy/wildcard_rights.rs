//! Roles with `*` in Kubernetes' own API groups.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::rights::{Right, rights};

pub static RULE: Rule = Rule {
    name: "policy/wildcard-rights",
    weight: Weight::ADVICE,
    summary: "a role says `*` where it could name what it allows",
    page: "`*` allows what nobody thought of: `verbs: ['*']` on roles includes `escalate` and `bind`, `resources: ['*']` includes Secrets and `pods/exec`, and both take in whatever a later version of Kubernetes adds. Name what is used. In an API group of one's own custom resources `*` says no more than it seems to, and is left alone.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: viewer}
rules:
  - {apiGroups: ['', apps], resources: ['*'], verbs: [get, list]}
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: viewer}
rules:
  - {apiGroups: ['', apps], resources: [pods, services, deployments], verbs: [get, list]}
  - {apiGroups: [example.com], resources: ['*'], verbs: ['*']}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    for right in rights(object).filter(|right| !right.is_for_all()) {
        if !right.words("apiGroups").any(is_of_kubernetes) || right.is_for_some() {
            continue;
        }
        for (list, what) in [
            ("verbs", "every verb, also those that nobody thought of"),
            ("resources", "every resource of these groups, Secrets and `pods/exec` among them"),
            ("apiGroups", "every API group, also those that are added later"),
        ] {
            if right.has(list, "*") && says_much(right, list) {
                right.item(list, "*").fault_with(format!("it allows {what}"), "name what is used");
            }
        }
    }
}

/// Only the first group has Secrets and a way into pods.
fn says_much(right: Right<'_>, list: &str) -> bool {
    list != "resources"
        || right.has("apiGroups", "")
        || right.has("apiGroups", "*")
        || right.has("verbs", "*")
}

/// Whether Kubernetes itself has the group.
fn is_of_kubernetes(group: &str) -> bool {
    !group.contains('.') || group.ends_with(".k8s.io")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(rule: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: a}}
rules: [{{{rule}}}]
"
            ),
        )
    }

    #[test]
    fn lists() {
        assert_eq!(found("apiGroups: ['*'], resources: [pods], verbs: [get]").len(), 1);
        assert_eq!(found("apiGroups: [apps], resources: [deployments], verbs: ['*']").len(), 1);
        assert_eq!(found("apiGroups: [''], resources: ['*'], verbs: ['*']").len(), 2);
        assert!(found("apiGroups: [apps], resources: ['*'], verbs: [get]").is_empty());
        assert!(found("apiGroups: [argoproj.io], resources: ['*'], verbs: ['*']").is_empty());
        assert!(
            found("apiGroups: [''], resources: [secrets], verbs: ['*'], resourceNames: [a]")
                .is_empty()
        );
        // What allows everything is another rule's.
        assert!(found("apiGroups: ['*'], resources: ['*'], verbs: ['*']").is_empty());
        assert!(found("nonResourceURLs: ['*'], verbs: ['*']").is_empty());
    }
}

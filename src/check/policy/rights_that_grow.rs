//! Rights with which somebody gets more rights.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::rights::{is_for_cluster, rights};

pub static RULE: Rule = Rule {
    name: "policy/rights-that-grow",
    weight: Weight::RISING,
    summary: "a role has rights with which one gets more rights",
    page: "Some rights are worth more than they say. `escalate` writes roles with more rights than one has, `bind` gives any role to anybody, `impersonate` acts as anybody: each of them, in a ClusterRole and not kept to some names, is as good as `cluster-admin`, and an error. Others open a way and are warnings: tokens of any service account, a shell in any pod (`pods/exec`, `pods/attach`, `pods/ephemeralcontainers`), the kubelet behind `nodes/proxy`, webhooks that change what others write, the approval of certificates.\n\nLeave them out; where a controller truly needs one, keep it to some objects with `resourceNames`, or waive this rule for that role.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: installer}
rules:
  - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [get, bind]}
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: installer}
rules:
  - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind], resourceNames: [view]}
",
    look: Look::Object(look),
};

/// A right, and what it gives.
struct Growing {
    group: &'static str,
    resource: &'static str,
    verbs: &'static [&'static str],
    gives: &'static str,
    /// Whether it is as good as all rights.
    is_grave: bool,
}

const fn grave(
    group: &'static str,
    resource: &'static str,
    verbs: &'static [&'static str],
    gives: &'static str,
) -> Growing {
    Growing { group, resource, verbs, gives, is_grave: true }
}

const fn odd(
    group: &'static str,
    resource: &'static str,
    verbs: &'static [&'static str],
    gives: &'static str,
) -> Growing {
    Growing { group, resource, verbs, gives, is_grave: false }
}

const RBAC: &str = "rbac.authorization.k8s.io";
const ADMISSION: &str = "admissionregistration.k8s.io";
const CHANGE: &[&str] = &["create", "update", "patch"];
const ANYBODY: &str = "it acts as anybody";
const SHELL: &str = "it opens a shell in any pod";
const WEBHOOK: &str = "it changes what everybody else writes";

static GROWING: &[Growing] = &[
    grave(RBAC, "clusterroles", &["escalate", "bind"], "it gives anybody any right"),
    grave(RBAC, "roles", &["escalate", "bind"], "it gives anybody any right"),
    grave("", "users", &["impersonate"], ANYBODY),
    grave("", "groups", &["impersonate"], ANYBODY),
    grave("", "serviceaccounts", &["impersonate"], "it acts as any service account"),
    odd("", "serviceaccounts/token", &["create"], "it makes tokens of any service account"),
    odd("", "pods/exec", &["create", "get"], SHELL),
    odd("", "pods/attach", &["create", "get"], SHELL),
    odd("", "pods/ephemeralcontainers", &["update", "patch"], SHELL),
    odd("", "nodes/proxy", &["get", "create"], "it runs commands in any pod, through the kubelet"),
    odd(ADMISSION, "mutatingwebhookconfigurations", CHANGE, WEBHOOK),
    odd(
        ADMISSION,
        "validatingwebhookconfigurations",
        CHANGE,
        "it sees and stops what everybody else writes",
    ),
    odd(
        "certificates.k8s.io",
        "certificatesigningrequests/approval",
        &["update", "patch"],
        "it approves certificates, with which one is anybody",
    ),
];

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let for_cluster = is_for_cluster(object.subject());
    for right in rights(object).filter(|right| !right.is_for_some()) {
        for Growing { group, resource, verbs, gives, is_grave } in GROWING {
            let Some(verb) = right.verb_on(group, resource, verbs) else { continue };
            let at = match verb {
                "*" => right.item("resources", resource),
                verb => right.item("verbs", verb),
            };
            let message = format!("`{verb}` on {resource}: {gives}");
            let help = "leave it out, or keep it to some objects with `resourceNames`";
            match *is_grave && for_cluster && verb != "*" {
                true => at.fault_with(message, help),
                false => at.warn_with(message, help),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(kind: &str, rule: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: rbac.authorization.k8s.io/v1
kind: {kind}
metadata: {{name: a}}
rules: [{{{rule}}}]
"
            ),
        )
    }

    #[test]
    fn what_is_grave_and_what_is_odd() {
        assert_eq!(
            found("ClusterRole", "apiGroups: [''], resources: [users], verbs: [impersonate]"),
            ["error rules[0].verbs[0]: `impersonate` on users: it acts as anybody"]
        );
        assert_eq!(
            found(
                "Role",
                "apiGroups: [''], resources: [serviceaccounts], verbs: [get, impersonate]"
            ),
            [
                "warning rules[0].verbs[1]: `impersonate` on serviceaccounts: it acts as any service account"
            ]
        );
        assert_eq!(
            found("Role", "apiGroups: [''], resources: [pods, pods/exec], verbs: [create]"),
            ["warning rules[0].verbs[0]: `create` on pods/exec: it opens a shell in any pod"]
        );
        assert_eq!(
            found(
                "ClusterRole",
                "apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: ['*']"
            ),
            ["warning rules[0].resources[0]: `*` on roles: it gives anybody any right"]
        );
    }

    #[test]
    fn what_is_neither() {
        for rule in [
            "apiGroups: [''], resources: [pods], verbs: [create]",
            "apiGroups: [''], resources: [pods/log], verbs: [get]",
            "apiGroups: [apps], resources: [pods/exec], verbs: [create]",
            "apiGroups: [rbac.authorization.k8s.io], resources: [roles, rolebindings], verbs: [get, create]",
            "apiGroups: [''], resources: [serviceaccounts/token], verbs: [create], resourceNames: [web]",
            "apiGroups: [''], resources: [nodes, nodes/metrics], verbs: [get]",
        ] {
            assert!(found("ClusterRole", rule).is_empty(), "{rule}");
        }
    }
}

//! What roles allow.

use crate::check::api::selector::validate_label_selector;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/role",
    weight: Weight::ERROR,
    summary: "a rule of a Role or ClusterRole that a server refuses",
    page: "A rule has `verbs`, and either `apiGroups` with `resources`, or, in a ClusterRole alone, `nonResourceURLs`. The group of Pods, Services and the like has no name: it is written `\"\"`, and must be there.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
  - resources: [pods]
    verbs: [get, list]
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
  - apiGroups: ['']
    resources: [pods]
    verbs: [get, list]
",
    look: Look::Validation,
};

/// `ValidateRole`.
pub fn validate_role(object: At<'_>) {
    object.under(&RULE).field("rules").items().for_each(|rule| validate_rule(rule, true));
}

/// `ValidateClusterRole`.
pub fn validate_cluster_role(object: At<'_>) {
    let object = object.under(&RULE);
    object.field("rules").items().for_each(|rule| validate_rule(rule, false));
    let selectors = object.down(&["aggregationRule", "clusterRoleSelectors"]);
    if object.field("aggregationRule").is_set() {
        selectors.required();
    }
    selectors.items().for_each(|selector| {
        validate_label_selector(selector);
    });
}

/// `ValidatePolicyRule`.
fn validate_rule(rule: At<'_>, is_namespaced: bool) {
    rule.field("verbs").required();
    let urls = rule.field("nonResourceURLs");
    let [groups, resources, names] =
        ["apiGroups", "resources", "resourceNames"].map(|field| rule.field(field));
    if !urls.is_empty() {
        if is_namespaced {
            urls.fault_with(
                "a Role allows nothing outside its namespace",
                "put it into a ClusterRole",
            );
        }
        if ![groups, resources, names].iter().all(|at| at.is_empty()) {
            urls.fault_with(
                "a rule is of URLs or of resources, not of both",
                "make two rules of it",
            );
        }
        return;
    }
    if groups.is_empty() {
        groups.fault_with(
            "`apiGroups` is missing",
            "such as `[apps]`; the group of Pods and Services is `[\"\"]`",
        );
    }
    resources.required();
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn role(kind: &str, rest: &str) -> Vec<String> {
        refused(&format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a}}\n{rest}\n"
        ))
    }

    #[test]
    fn rules() {
        for (kind, rules, fields) in [
            ("Role", "null", vec![]),
            ("Role", "[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]", vec![]),
            ("Role", "[{apiGroups: [''], resources: [pods], verbs: []}]", vec!["verbs"]),
            ("Role", "[{}]", vec!["verbs", "apiGroups", "resources"]),
            ("Role", "[{verbs: [get], nonResourceURLs: [/x]}]", vec!["nonResourceURLs"]),
            ("ClusterRole", "[{verbs: [get], nonResourceURLs: [/x]}]", vec![]),
            (
                "ClusterRole",
                "[{verbs: [get], nonResourceURLs: [/x], apiGroups: ['']}]",
                vec!["nonResourceURLs"],
            ),
        ] {
            let found = role(kind, &format!("rules: {rules}"));
            let short: Vec<_> = found.iter().map(|field| field.replace("rules[0].", "")).collect();
            assert_eq!(short, fields, "{kind} {rules}");
        }
        let selectors =
            "aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\nrules: []";
        assert_eq!(role("ClusterRole", selectors), [""; 0]);
        let none = "aggregationRule: {}\nrules: []";
        assert_eq!(role("ClusterRole", none), ["aggregationRule.clusterRoleSelectors"]);
    }
}

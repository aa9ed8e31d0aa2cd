//! FlowSchemas: `ValidateFlowSchema`.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName};

pub static RULE: Rule = Rule {
    name: "api/flow-schema",
    weight: Weight::ERROR,
    summary: "a FlowSchema that a server refuses",
    page: "A FlowSchema says which requests to the server wait in which queue. Each rule names who asks (`subjects`) and what for (`resourceRules`, `nonResourceRules`); rules about resources name namespaces, or say `clusterScope: true`.",
    bad: "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: operators}
spec:
  priorityLevelConfiguration: {name: workload-high}
  rules:
    - subjects: [{kind: ServiceAccount, serviceAccount: {name: operator, namespace: tools}}]
      resourceRules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]
",
    good: "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: operators}
spec:
  priorityLevelConfiguration: {name: workload-high}
  rules:
    - subjects: [{kind: ServiceAccount, serviceAccount: {name: operator, namespace: tools}}]
      resourceRules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*'], namespaces: ['*']}]
",
    look: Look::Validation,
};

const LAST: i64 = 10_000;

const VERBS: [&str; 9] =
    ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let precedence = spec.field("matchingPrecedence");
    // A server fills it in where it is missing or nothing.
    if precedence.int() != Some(0) {
        precedence.must_be_within(1, LAST);
    }
    if precedence.int() == Some(1) && object.subject().name() != "exempt" {
        precedence.fault("only the FlowSchema `exempt` may be the first");
    }
    let method = spec.field("distinguisherMethod");
    if method.is_set() && method.field("type").required() {
        method.field("type").must_be_one_of(&["ByNamespace", "ByUser"]);
    }
    spec.field("priorityLevelConfiguration").field("name").required_as::<DnsName>();
    spec.field("rules").items().for_each(validate_rule);
}

fn validate_rule(rule: At<'_>) {
    let subjects = rule.field("subjects");
    subjects.required();
    subjects.items().for_each(validate_subject);
    let (resources, others) = (rule.field("resourceRules"), rule.field("nonResourceRules"));
    if resources.is_empty() && others.is_empty() {
        rule.fault("it has neither `resourceRules` nor `nonResourceRules`");
    }
    resources.items().for_each(validate_resource_rule);
    others.items().for_each(validate_other_rule);
}

/// `ValidateFlowSchemaSubject`.
fn validate_subject(subject: At<'_>) {
    const KINDS: [(&str, &str); 3] =
        [("Group", "group"), ("ServiceAccount", "serviceAccount"), ("User", "user")];
    let kind = subject.field("kind");
    let Some((name, field)) = KINDS.iter().find(|(name, _)| kind.text() == Some(name)) else {
        if kind.required() {
            kind.must_be_one_of(&KINDS.map(|(name, _)| name));
        }
        return;
    };
    for (_, other) in KINDS.iter().filter(|(_, other)| other != field) {
        subject.field(other).forbid(&format!("the subject is a {name}"));
    }
    let who = subject.field(field);
    if who.must_be_set() && who.field("name").required() && *field == "serviceAccount" {
        let name = who.field("name");
        if name.text() != Some("*") {
            name.must_be::<DnsName>();
        }
    }
    if who.is_set() && *field == "serviceAccount" {
        who.field("namespace").required_as::<DnsLabel>();
    }
}

fn validate_resource_rule(rule: At<'_>) {
    validate_verbs(rule.field("verbs"));
    for list in ["apiGroups", "resources"].map(|list| rule.field(list)) {
        list.required();
        has_all(list);
    }
    let namespaces = rule.field("namespaces");
    if namespaces.is_empty() && !rule.field("clusterScope").is_true() {
        namespaces.fault_with("`namespaces` is missing", "`['*']` stands for all of them");
    } else if !has_all(namespaces) {
        for namespace in namespaces.items() {
            namespace.must_be_text::<DnsLabel>(namespace.text_or_empty());
        }
    }
}

fn validate_other_rule(rule: At<'_>) {
    validate_verbs(rule.field("verbs"));
    let urls = rule.field("nonResourceURLs");
    urls.required();
    if !has_all(urls) {
        urls.items().for_each(validate_url);
    }
}

fn validate_verbs(verbs: At<'_>) {
    verbs.required();
    if has_all(verbs) {
        return;
    }
    let unknown = verbs.list().iter().filter_map(|verb| verb.as_str()).find(|v| !VERBS.contains(v));
    if let Some(verb) = unknown {
        verbs.fault(format!("{} is not a verb of the server", shown(verb)));
    }
}

/// Whether a list has `*`, which must stand alone.
fn has_all(list: At<'_>) -> bool {
    let all = list.list().iter().any(|item| item.as_str() == Some("*"));
    if all && list.list().len() > 1 {
        list.fault("`*` stands for all, and there are others beside it");
    }
    all
}

/// `ValidateNonResourceURLPath`.
fn validate_url(url: At<'_>) {
    let text = url.text_or_empty();
    let fault = if text.is_empty() {
        "is empty"
    } else if !text.starts_with('/') {
        "does not start with `/`"
    } else if text.contains(' ') {
        "has a space"
    } else if text.contains("//") {
        "has two `/` in a row"
    } else if text.strip_suffix("/*").unwrap_or(text).contains('*') {
        "has `*` elsewhere than as its last part"
    } else {
        return;
    };
    url.fault(format!("{} {fault}", shown(text)));
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn rules(rules: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema, metadata: {{name: a}}, spec: {{priorityLevelConfiguration: {{name: b}}, rules: [{rules}]}}}}"
        ))
    }

    #[test]
    fn rules_name_who_asks_and_what_for() {
        let urls = |urls: &str| {
            rules(&format!(
                "{{subjects: [{{kind: User, user: {{name: a}}}}], nonResourceRules: [{{verbs: [get], nonResourceURLs: {urls}}}]}}"
            ))
        };
        for good in ["['*']", "[/]", "[/healthz, '/apis/*']"] {
            assert_eq!(urls(good), <[&str; 0]>::default(), "{good}");
        }
        for bad in ["[healthz]", "['/a*']", "['/*/a']", "[/a//b]"] {
            assert_eq!(
                urls(bad),
                ["spec.rules[0].nonResourceRules[0].nonResourceURLs[0]"],
                "{bad}"
            );
        }
        assert_eq!(
            rules(
                "{subjects: [{kind: User, group: {name: a}}, {kind: Group}], nonResourceRules: [{verbs: [read], nonResourceURLs: [/]}]}"
            ),
            [
                "spec.rules[0].subjects[0].group",
                "spec.rules[0].subjects[0].user",
                "spec.rules[0].subjects[1].group",
                "spec.rules[0].nonResourceRules[0].verbs",
            ]
        );
    }
}

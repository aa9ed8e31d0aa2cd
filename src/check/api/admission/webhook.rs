//! ValidatingWebhookConfigurations and MutatingWebhookConfigurations:
//! `ValidateValidatingWebhookConfiguration` and its like.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::selector::validate_label_selector;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsName, Scalar, ServiceName};

use super::environment::Environment;
use super::{client, expression, rules};

pub static RULE: Rule = Rule {
    name: "api/webhook",
    weight: Weight::ERROR,
    summary: "a webhook configuration that a server refuses",
    page: "A webhook is asked before an object is stored. A server wants to know which requests it is asked about, where it is (a Service or a URL, one of them), which versions of the question it understands, and that asking it changes nothing elsewhere: `sideEffects` is `None` or `NoneOnDryRun`.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: images}
webhooks:
  - name: images.example.com
    clientConfig: {service: {name: images, namespace: policy}}
    admissionReviewVersions: [v1]
    rules:
      - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: images}
webhooks:
  - name: images.example.com
    clientConfig: {service: {name: images, namespace: policy}}
    admissionReviewVersions: [v1]
    sideEffects: None
    rules:
      - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}
",
    look: Look::Validation,
};

const LONGEST_WAIT: i64 = 30;

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let hooks = object.field("webhooks");
    hooks.items().for_each(validate_hook);
    hooks.must_differ_in("name");
}

/// What only one of the two kinds has is not there in the other.
fn validate_hook(hook: At<'_>) {
    validate_name(hook.field("name"));
    hook.field("rules").items().for_each(rules::validate);
    hook.field("failurePolicy").must_be_one_of(&["Ignore", "Fail"]);
    hook.field("matchPolicy").must_be_one_of(&["Exact", "Equivalent"]);
    hook.field("reinvocationPolicy").must_be_one_of(&["Never", "IfNeeded"]);
    let effects = hook.field("sideEffects");
    match effects.text() {
        None => effects.fault_with(
            "`sideEffects` is missing",
            "set it to `None`, if being asked changes nothing elsewhere",
        ),
        Some(_) => {
            effects.must_be_one_of(&["None", "NoneOnDryRun"]);
        }
    }
    hook.field("timeoutSeconds").must_be_within(1, LONGEST_WAIT);
    validate_label_selector(hook.field("namespaceSelector"));
    validate_label_selector(hook.field("objectSelector"));
    client::validate(hook.field("clientConfig"));
    let environment = Environment { has_authorizer: true, ..Environment::default() };
    expression::validate_conditions(hook.field("matchConditions"), &environment);
    validate_versions(hook.field("admissionReviewVersions"));
}

/// `IsFullyQualifiedName`.
fn validate_name(name: At<'_>) {
    let text = name.text_or_empty();
    if !name.required() {
        return;
    }
    if DnsName::parse(text).is_err() {
        name.must_be::<DnsName>();
    } else if text.split('.').count() < 3 {
        name.fault_with(
            format!("{} has less than three parts", shown(text)),
            "put a domain behind it, such as `images.example.com`",
        );
    }
}

/// `validateAdmissionReviewVersions`.
fn validate_versions(versions: At<'_>) {
    let help = "such as `[v1]`";
    if versions.is_empty() {
        versions.fault_with("`admissionReviewVersions` is missing", help);
        return;
    }
    let mut seen = HashSet::new();
    for version in versions.items() {
        let text = version.text_or_empty();
        if !seen.insert(text) {
            version.fault(format!("{} is there twice", shown(text)));
        } else if let Err(reason) = ServiceName::parse(text) {
            version.fault(format!("{} is not a version: it {reason}", shown(text)));
        }
    }
    if !seen.contains("v1") && !seen.contains("v1beta1") {
        versions.fault_with("a server asks in `v1` or `v1beta1`, and neither is here", help);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    const CLIENT: &str = "clientConfig: {url: 'https://example.com/check'}";
    const REST: &str = "sideEffects: None, admissionReviewVersions: [v1]";

    fn hooks(hooks: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: admissionregistration.k8s.io/v1, kind: MutatingWebhookConfiguration, metadata: {{name: web}}, webhooks: [{hooks}]}}"
        ))
    }

    #[test]
    fn names() {
        let name = |name: &str| hooks(&format!("{{name: '{name}', {CLIENT}, {REST}}}"));
        assert_eq!(name("a.b.c"), <[&str; 0]>::default());
        for bad in ["", "a.b", "A.b.c", "a.b..c"] {
            assert_eq!(name(bad), ["webhooks[0].name"], "{bad}");
        }
        let one = format!("{{name: a.b.c, {CLIENT}, {REST}}}");
        assert_eq!(hooks(&format!("{one}, {one}")), ["webhooks[1].name"]);
    }

    #[test]
    fn clients() {
        let client =
            |client: &str| hooks(&format!("{{name: a.b.c, clientConfig: {client}, {REST}}}"));
        for good in [
            "{service: {name: a, namespace: b}}",
            "{service: {name: a, namespace: b, path: /, port: 8443}}",
            "{service: {name: a, namespace: b, path: /a/b.c/}}",
            "{url: 'https://10.0.0.1:8443/a?'}",
            "{url: 'HTTPS://[::1]/a b'}",
        ] {
            assert_eq!(client(good), <[&str; 0]>::default(), "{good}");
        }
        let at = "webhooks[0].clientConfig";
        for (bad, field) in [
            ("{}", ""),
            ("{url: 'https://a', service: {name: a, namespace: b}}", ""),
            // A server means the namespace.
            ("{service: {name: a}}", ".service.name"),
            ("{service: {name: a, namespace: b, port: 0}}", ".service.port"),
            ("{service: {name: a, namespace: b, path: a}}", ".service.path"),
            ("{service: {name: a, namespace: b, path: //}}", ".service.path"),
            ("{service: {name: a, namespace: b, path: /a//b}}", ".service.path"),
            ("{service: {name: a, namespace: b, path: /A}}", ".service.path"),
            ("{url: 'http://a'}", ".url"),
            ("{url: 'https:///a'}", ".url"),
            ("{url: 'https://u@a'}", ".url"),
            ("{url: 'https://a/#b'}", ".url"),
            ("{url: 'https://a/?b'}", ".url"),
            ("{url: 'https://a:b/'}", ".url"),
            ("{url: ''}", ".url"),
        ] {
            assert_eq!(client(bad), [format!("{at}{field}")], "{bad}");
        }
    }

    #[test]
    fn conditions_compile() {
        let condition = |expression: &str| {
            hooks(&format!(
                "{{name: a.b.c, {CLIENT}, {REST}, matchConditions: [{{name: a, expression: \"{expression}\"}}]}}"
            ))
        };
        for good in ["request.userInfo.username != 'x'", "!('a' in object.metadata.labels)"] {
            assert_eq!(condition(good), <[&str; 0]>::default(), "{good}");
        }
        for bad in ["params.a == 1", "request.userName != 'x'", "object.a", "request.name ="] {
            let found = condition(bad);
            assert_eq!(found, ["webhooks[0].matchConditions[0].expression"], "{bad}");
        }
    }

    #[test]
    fn rules() {
        let rule =
            |rule: &str| hooks(&format!("{{name: a.b.c, {CLIENT}, {REST}, rules: [{rule}]}}"));
        let of = |resources: &str| {
            rule(&format!(
                "{{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: {resources}}}"
            ))
        };
        for good in ["['*/*']", "['*', '*/scale']", "[pods, pods/log]", "['pods/*', pods]", "['*']"]
        {
            assert_eq!(of(good), <[&str; 0]>::default(), "{good}");
        }
        let at = "webhooks[0].rules[0].resources";
        for (bad, field) in [
            ("[]", ""),
            ("['*/*', pods]", ""),
            ("['*', pods]", ""),
            ("['']", "[0]"),
            ("['pods/*', pods/log]", "[1]"),
            ("['*/log', pods/log]", "[1]"),
        ] {
            assert_eq!(of(bad), [format!("{at}{field}")], "{bad}");
        }
        assert_eq!(
            rule(
                "{apiGroups: [''], apiVersions: ['*', v1], operations: [READ], resources: [a], scope: All}"
            ),
            [
                "webhooks[0].rules[0].operations[0]",
                "webhooks[0].rules[0].apiVersions",
                "webhooks[0].rules[0].scope"
            ]
        );
    }

    #[test]
    fn versions() {
        let versions = |versions: &str| {
            hooks(&format!(
                "{{name: a.b.c, {CLIENT}, sideEffects: None, admissionReviewVersions: {versions}}}"
            ))
        };
        let at = "webhooks[0].admissionReviewVersions";
        assert_eq!(versions("[v2, v1beta1]"), <[&str; 0]>::default());
        assert_eq!(versions("[]"), [at]);
        assert_eq!(versions("[v2]"), [at]);
        assert_eq!(versions("[v1, v1]"), [format!("{at}[1]")]);
        assert_eq!(versions("[v1, 1v]"), [format!("{at}[1]")]);
    }
}

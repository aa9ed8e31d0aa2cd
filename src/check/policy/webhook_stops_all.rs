//! Webhooks without which no pod starts.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "policy/webhook-stops-all",
    weight: Weight::ADVICE,
    summary: "while a webhook is down no pod starts in the whole cluster",
    page: "A webhook that is asked for every pod, and that must answer (`failurePolicy: Fail`, the default), stops the cluster while it is down: also its own pods, and those of the system, cannot be made anew. Leave out `kube-system` and the namespace of the webhook with `namespaceSelector`, or say `failurePolicy: Ignore`.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
  - name: guard.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {url: 'https://guard.example.com/validate'}
    rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: guard}
webhooks:
  - name: guard.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {url: 'https://guard.example.com/validate'}
    namespaceSelector:
      matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}]
    rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let group = "admissionregistration.k8s.io";
    if !(subject.is(group, "ValidatingWebhookConfiguration")
        || subject.is(group, "MutatingWebhookConfiguration"))
    {
        return;
    }
    for webhook in object.field("webhooks").items() {
        let is_narrow = ["matchConditions", "namespaceSelector", "objectSelector"]
            .into_iter()
            .any(|key| !webhook.field(key).is_empty());
        if is_narrow || webhook.field("failurePolicy").text() == Some("Ignore") {
            continue;
        }
        if webhook.field("rules").items().any(takes_new_pods) {
            webhook.fault_with(
                "while it is down no pod starts, in no namespace",
                "leave out `kube-system` with `namespaceSelector`, or say `failurePolicy: Ignore`",
            );
        }
    }
}

fn takes_new_pods(rule: At<'_>) -> bool {
    let has = |key, words: &[&str]| {
        let texts = rule.field(key);
        texts.list().iter().filter_map(Value::as_str).any(|one| words.contains(&one))
    };
    has("apiGroups", &["", "*"])
        && has("resources", &["pods", "*", "*/*"])
        && has("operations", &["CREATE", "*"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_it_is_asked_for() {
        for (from, to, count) in [
            ("[pods]", "[configmaps]", 0),
            ("[pods]", "['*']", 1),
            ("[CREATE]", "[UPDATE]", 0),
            ("['']", "[apps]", 0),
            ("    sideEffects", "    failurePolicy: Ignore\n    sideEffects", 0),
            ("    sideEffects", "    failurePolicy: Fail\n    sideEffects", 1),
            ("    sideEffects", "    namespaceSelector: {}\n    sideEffects", 1),
        ] {
            assert_eq!(findings(&RULE, &RULE.bad.replace(from, to)).len(), count, "{to}");
        }
    }
}

//! When one container is restarted, where that is not as its pod has it.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/container-restart",
    weight: Weight::ERROR,
    summary: "a restart policy of a container that a server refuses",
    page: "A container may have a `restartPolicy` of its own, and `restartPolicyRules` that depend on the exit code; rules need the policy beside them. An init container with `restartPolicy: Always` is a sidecar.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: work}
spec:
  restartPolicy: Never
  containers:
    - name: work
      image: registry.example.com/work:v1.4.2
      restartPolicyRules:
        - {action: Restart, exitCodes: {operator: In, values: [42]}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: work}
spec:
  restartPolicy: Never
  containers:
    - name: work
      image: registry.example.com/work:v1.4.2
      restartPolicy: Never
      restartPolicyRules:
        - {action: Restart, exitCodes: {operator: In, values: [42]}}
",
    look: Look::Validation,
};

/// `validateContainerRestartPolicy`.
pub fn validate(container: At<'_>) {
    let container = container.under(&RULE);
    let (policy, rules) = (container.field("restartPolicy"), container.field("restartPolicyRules"));
    if policy.is_set() {
        policy.must_be_one_of(&["Always", "OnFailure", "Never"]);
    } else if !rules.is_empty() {
        policy.fault_with(
            "`restartPolicyRules` need a `restartPolicy`",
            "it holds where no rule does",
        );
    }
    rules.must_not_have_more_than(20);
    for rule in rules.items() {
        let action = rule.field("action");
        if action.required() {
            action.must_be_one_of(&["Restart", "RestartAllContainers"]);
        }
        validate_exit_codes(rule.field("exitCodes"));
    }
}

fn validate_exit_codes(codes: At<'_>) {
    if !codes.must_be_set() {
        return;
    }
    let operator = codes.field("operator");
    let word = operator.text_or_empty();
    if !["In", "NotIn"].contains(&word) {
        operator.fault_with(format!("there is no operator {}", shown(word)), "use `In` or `NotIn`");
    }
    codes.field("values").must_not_have_more_than(255);
}

//! What a Job makes of pods that fail.

use std::collections::HashSet;

use crate::check::api::formats::{meant, shown};
use crate::check::api::selector::must_be_label_key;
use crate::check::at::At;

const ACTIONS: [&str; 4] = ["FailJob", "FailIndex", "Ignore", "Count"];
const MOST_RULES: usize = 20;
const MOST_CODES: usize = 255;

/// `validatePodFailurePolicy`.
pub fn validate(job: At<'_>) {
    let rules = job.field("podFailurePolicy").field("rules");
    if rules.is_empty() {
        return;
    }
    rules.must_not_have_more_than(MOST_RULES);
    let pod = job.field("template").field("spec");
    let containers = ["containers", "initContainers"].map(|list| pod.field(list));
    let containers: Vec<&str> = containers
        .into_iter()
        .flat_map(At::items)
        .map(|container| container.field("name").text_or_empty())
        .collect();
    let names: HashSet<&str> = containers.iter().copied().collect();
    for rule in rules.items() {
        let action = rule.field("action");
        if action.required() {
            action.must_be_one_of(&ACTIONS);
        }
        if action.text() == Some("FailIndex") && !job.field("backoffLimitPerIndex").is_set() {
            action.fault("`FailIndex` needs a `backoffLimitPerIndex`");
        }
        let (codes, conditions) = (rule.field("onExitCodes"), rule.field("onPodConditions"));
        match (codes.is_set(), !conditions.is_empty()) {
            (true, true) => rule.fault("`onExitCodes` and `onPodConditions` do not go together"),
            (false, false) => rule.fault("it needs `onExitCodes` or `onPodConditions`"),
            _ => {}
        }
        if codes.is_set() {
            validate_exit_codes(codes);
            let name = codes.field("containerName");
            if let Some(text) = name.text().filter(|text| !names.contains(text)) {
                let message = format!("the pod has no container {}", shown(text));
                name.fault_with(message, meant(text, &containers));
            }
        }
        validate_conditions(conditions);
    }
}

/// `validatePodFailurePolicyRuleOnExitCodes`.
fn validate_exit_codes(at: At<'_>) {
    let [operator, values] = ["operator", "values"].map(|field| at.field(field));
    if operator.required() {
        operator.must_be_one_of(&["In", "NotIn"]);
    }
    if values.is_empty() {
        values.fault("it needs an exit code");
    }
    values.must_not_have_more_than(MOST_CODES);
    let (mut seen, mut last, mut in_order) = (HashSet::new(), i64::MIN, true);
    for value in values.items() {
        let code = value.int().unwrap_or(0);
        if code == 0 && operator.text() == Some("In") {
            value.fault("0 is success");
        }
        if !seen.insert(code) {
            value.fault(format!("{code} is there twice"));
        }
        in_order &= last <= code;
        last = code;
    }
    if !in_order {
        values.fault_with("the exit codes are not in order", "list the smallest one first");
    }
}

/// `validatePodFailurePolicyRuleOnPodConditions`.
fn validate_conditions(conditions: At<'_>) {
    conditions.must_not_have_more_than(MOST_RULES);
    for condition in conditions.items() {
        must_be_label_key(condition.field("type"));
        condition.field("status").may_be_one_of(&["True", "False", "Unknown"]);
    }
}

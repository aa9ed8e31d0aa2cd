//! How fast an autoscaler acts: `validateScalingRules`.

use crate::check::at::At;

const LONGEST_PERIOD: i64 = 1_800;
const LONGEST_WINDOW: i64 = 3_600;

pub fn validate(behavior: At<'_>) {
    for rules in ["scaleUp", "scaleDown"].map(|way| behavior.field(way)) {
        if rules.is_set() {
            validate_rules(rules);
        }
    }
}

fn validate_rules(rules: At<'_>) {
    rules.field("stabilizationWindowSeconds").must_be_within(0, LONGEST_WINDOW);
    rules.field("selectPolicy").must_be_one_of(&["Max", "Min", "Disabled"]);
    let policies = rules.field("policies");
    // A server fills in its own where the list is not there, but not where it is empty.
    if policies.is_set() && policies.is_empty() {
        policies.fault_with("it is empty", "leave it out for the usual ones");
    }
    policies.items().for_each(validate_policy);
    rules.field("tolerance").must_not_be_less_than_nothing();
}

fn validate_policy(policy: At<'_>) {
    let (kind, value, period) =
        (policy.field("type"), policy.field("value"), policy.field("periodSeconds"));
    if kind.required() {
        kind.must_be_one_of(&["Pods", "Percent"]);
    }
    for number in [value, period] {
        match number.int() {
            None => number.missing(),
            Some(_) => number.must_be_at_least(1),
        }
    }
    if period.int().is_some_and(|seconds| seconds > LONGEST_PERIOD) {
        period.must_be_within(1, LONGEST_PERIOD);
    }
}

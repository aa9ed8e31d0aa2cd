//! PodDisruptionBudgets: `ValidatePodDisruptionBudgetSpec`.

use crate::check::api::formats::shown;
use crate::check::api::selector::validate_label_selector;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/disruption-budget",
    weight: Weight::ERROR,
    summary: "a PodDisruptionBudget that a server refuses",
    page: "A PodDisruptionBudget says how many pods must stay while nodes are emptied: `minAvailable` or `maxUnavailable`, one of them, as a number or as a percentage up to 100%.",
    bad: "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 1
  maxUnavailable: 1
  selector: {matchLabels: {app: web}}
",
    good: "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  minAvailable: 1
  selector: {matchLabels: {app: web}}
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let counts = [spec.field("minAvailable"), spec.field("maxUnavailable")];
    if counts.iter().all(|count| count.is_set()) {
        spec.fault_with("it has both `minAvailable` and `maxUnavailable`", "drop one of them");
    }
    counts.into_iter().for_each(validate_count);
    validate_label_selector(spec.field("selector"));
    let policies = ["IfHealthyBudget", "AlwaysAllow"];
    spec.field("unhealthyPodEvictionPolicy").must_be_one_of(&policies);
}

/// `ValidatePositiveIntOrPercent` and `IsNotMoreThan100Percent`.
fn validate_count(count: At<'_>) {
    count.must_not_be_negative();
    let Some(text) = count.text() else { return };
    let digits = text.strip_suffix('%').unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        count.fault_with(
            format!("{} is not a percentage", shown(text)),
            "such as `50%`; a number of pods stands without quotes",
        );
    } else if matches!(digits.trim_start_matches('0'), more if more.len() > 2 && more != "100") {
        count.fault(format!("{} is more than all", shown(text)));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    #[test]
    fn counts() {
        let budget = |count: &str| {
            refused(&format!(
                "{{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {{name: web}}, spec: {{maxUnavailable: {count}}}}}"
            ))
        };
        for good in ["0", "3", "0%", "100%", "'007%'"] {
            assert_eq!(budget(good), <[&str; 0]>::default(), "{good}");
        }
        for bad in ["-1", "'1'", "'%'", "101%", "'99999999999999999999%'", "1.5%", "-1%"] {
            assert_eq!(budget(bad), ["spec.maxUnavailable"], "{bad}");
        }
    }
}

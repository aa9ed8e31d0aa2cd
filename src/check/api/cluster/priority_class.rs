//! How important pods are.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/priority-class",
    weight: Weight::ERROR,
    summary: "a PriorityClass that a server refuses",
    page: "`value` is 1,000,000,000 at most: what is above, and all names that start with `system-`, belong to Kubernetes itself. `preemptionPolicy` is `PreemptLowerPriority` or `Never`.",
    bad: "
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: critical}
value: 2000000000
",
    good: "
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: critical}
value: 1000000000
",
    look: Look::Validation,
};

/// `HighestUserDefinablePriority`.
const HIGHEST: i64 = 1_000_000_000;

/// `SystemPriorityClasses`.
const OWN: [(&str, i64); 2] =
    [("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000)];

/// `ValidatePriorityClass`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let name = object.down(&["metadata", "name"]);
    let value = object.field("value").int().unwrap_or_default();
    if name.text_or_empty().starts_with("system-") {
        let own = OWN.contains(&(name.text_or_empty(), value));
        if !own || object.field("globalDefault").is_true() {
            name.fault_with("names with `system-` belong to Kubernetes", "call it otherwise");
        }
    } else if value > HIGHEST {
        object.field("value").fault(format!("must be {HIGHEST} at most, and is {value}"));
    }
    object.field("preemptionPolicy").must_be_one_of(&["PreemptLowerPriority", "Never"]);
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn priority_classes() {
        let class = |fields: &str| {
            format!("apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {fields}\n")
        };
        none(&class("{name: a}\nvalue: -5\npreemptionPolicy: Never"));
        none(&class("{name: system-node-critical}\nvalue: 2000001000"));
        for (fields, field) in [
            ("{name: system-mine}\nvalue: 1", "metadata.name"),
            ("{name: a}\nvalue: 1000000001", "value"),
            ("{name: a}\nvalue: 1\npreemptionPolicy: ''", "preemptionPolicy"),
        ] {
            assert_eq!(faults(&class(fields)), [field], "{fields}");
        }
    }
}

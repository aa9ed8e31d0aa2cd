//! Label selectors, and maps of labels wherever they stand.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{LabelKey, LabelValue};

use super::formats::{meant, shown};

pub static RULE: Rule = Rule {
    name: "api/selector",
    weight: Weight::ERROR,
    summary: "a label selector that is not one",
    page: "A selector is `matchLabels`, which are labels with their values, and `matchExpressions`, each with a `key`, an `operator` (`In`, `NotIn`, `Exists` or `DoesNotExist`) and, for the first two alone, `values`. Keys and values must be such as labels can have: others could never match.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector:
    matchExpressions:
      - {key: app, operator: Equals, values: [web]}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector:
    matchExpressions:
      - {key: app, operator: In, values: [web]}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

const OPERATORS: [&str; 4] = ["In", "NotIn", "Exists", "DoesNotExist"];

/// `matchLabels` and `matchExpressions`, as `ValidateLabelSelector` has them; nothing is
/// fine as well. Whether it can select at all.
pub fn validate_label_selector(at: At<'_>) -> bool {
    let at = at.under(&RULE);
    let found = at.found();
    validate_labels(at.field("matchLabels"));
    for expression in at.field("matchExpressions").items() {
        let values = expression.field("values");
        operator_goes_with(expression.field("operator"), values, &OPERATORS);
        must_be_label_key(expression.field("key"));
        values.items().for_each(must_be_label_value);
    }
    at.found() == found
}

/// Labels, or labels that are selected. What is wrong with one is named by the whole map.
pub fn validate_labels(at: At<'_>) {
    for (key, value) in at.entries() {
        let label = value.named(at);
        label.must_be_text::<LabelKey>(key);
        label.must_be_text::<LabelValue>(value.text_or_empty());
    }
}

/// The operator of an expression is one of these, and has as many values as it takes.
pub fn operator_goes_with(operator: At<'_>, values: At<'_>, operators: &[&str]) {
    let word = operator.text_or_empty();
    match word {
        _ if !operators.contains(&word) => {
            let help = meant(word, operators);
            match word {
                "" => operator.fault_with("`operator` is missing", help),
                _ => operator.fault_with(format!("there is no operator {}", shown(word)), help),
            }
        }
        "In" | "NotIn" if values.is_empty() => {
            values.fault_with(format!("`{word}` needs values"), "list one at least");
        }
        "Exists" | "DoesNotExist" if !values.is_empty() => {
            values.fault_with(
                format!("`{word}` looks at the key alone, and has no values"),
                "drop them, or use `In` or `NotIn`",
            );
        }
        "Gt" | "Lt" if values.list().len() != 1 => {
            values.fault_with(format!("`{word}` compares with one value"), "list exactly one");
        }
        _ => {}
    }
}

pub fn must_be_label_key(at: At<'_>) {
    at.required_as::<LabelKey>();
}

pub fn must_be_label_value(at: At<'_>) {
    at.must_be_text::<LabelValue>(at.text_or_empty());
}

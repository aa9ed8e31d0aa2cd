//! Labels and label selectors, wherever they stand in an object.

use crate::check::at::At;
use crate::scalar::{LabelKey, LabelValue, Scalar};

use super::formats::shown;

/// A map of labels, such as `metadata.labels` or the selector of a Service:
/// `ValidateLabels`. A server names the map, not the label.
pub fn validate_labels(labels: At<'_>) {
    for (key, value) in labels.entries() {
        if let Err(reason) = LabelKey::parse(key) {
            labels.fault(format!("{} is not a label key: it {reason}", shown(key)));
        }
        let text = value.text_or_empty();
        if let Err(reason) = LabelValue::parse(text) {
            labels.fault(format!(
                "{} is not a label value for {}: it {reason}",
                shown(text),
                shown(key)
            ));
        }
    }
}

/// `matchLabels` and `matchExpressions`: `ValidateLabelSelector`.
pub fn validate_label_selector(selector: At<'_>) {
    validate_labels(selector.field("matchLabels"));
    for expression in selector.field("matchExpressions").items() {
        validate_expression(expression);
    }
}

fn validate_expression(expression: At<'_>) {
    let (operator, values) = (expression.field("operator"), expression.field("values"));
    match operator.text_or_empty() {
        word @ ("In" | "NotIn") if values.is_empty() => {
            values.fault_with("`values` is missing", format!("`{word}` needs one at least"));
        }
        "In" | "NotIn" => {}
        word @ ("Exists" | "DoesNotExist") if !values.is_empty() => {
            values.fault(format!("`values` must not be here: `{word}` looks at the key alone"));
        }
        "Exists" | "DoesNotExist" => {}
        "" => operator.missing(),
        _ => {
            operator.must_be_one_of(&["In", "NotIn", "Exists", "DoesNotExist"]);
        }
    }
    let key = expression.field("key");
    key.must_be_text::<LabelKey>(key.text_or_empty());
    for value in values.items() {
        value.must_be_text::<LabelValue>(value.text_or_empty());
    }
}

/// Whether a selector takes everything there is.
pub fn is_empty(selector: At<'_>) -> bool {
    ["matchLabels", "matchExpressions"].iter().all(|part| selector.field(part).is_empty())
}

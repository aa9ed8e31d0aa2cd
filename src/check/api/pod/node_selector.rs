//! Which nodes will do: for pods, and for volumes that are not everywhere.

use crate::check::api::formats::shown;
use crate::check::api::selector::{must_be_label_key, must_be_label_value, operator_goes_with};
use crate::check::at::At;
use crate::scalar::DnsName;

const OPERATORS: [&str; 6] = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

/// `ValidateNodeSelector`: one term at least.
pub fn validate(selector: At<'_>) {
    let terms = selector.field("nodeSelectorTerms");
    if terms.is_empty() {
        terms.fault_with("it needs a term", "add `matchExpressions` or `matchFields`");
    }
    for term in terms.items() {
        validate_term(term);
        for expression in term.field("matchExpressions").items() {
            expression.field("values").items().for_each(must_be_label_value);
        }
    }
}

/// `ValidateNodeSelectorTerm`, but for the values of labels: a server looks at them
/// only where a node must have them.
pub fn validate_term(term: At<'_>) {
    for expression in term.field("matchExpressions").items() {
        operator_goes_with(expression.field("operator"), expression.field("values"), &OPERATORS);
        must_be_label_key(expression.field("key"));
    }
    for field in term.field("matchFields").items() {
        validate_field(field);
    }
}

/// `ValidateNodeFieldSelectorRequirement`: only the name of a node can be asked for.
fn validate_field(requirement: At<'_>) {
    let [key, operator, values] = ["key", "operator", "values"].map(|name| requirement.field(name));
    match operator.text_or_empty() {
        "In" | "NotIn" if values.list().len() == 1 => {}
        "In" | "NotIn" => values.fault("it compares with exactly one value"),
        other => operator
            .fault_with(format!("there is no operator {}", shown(other)), "use `In` or `NotIn`"),
    }
    if key.text_or_empty() == "metadata.name" {
        values.items().for_each(At::required_as::<DnsName>);
    } else {
        key.fault_with(
            format!("nodes cannot be selected by {}", shown(key.text_or_empty())),
            "use `metadata.name`",
        );
    }
}

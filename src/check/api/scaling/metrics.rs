//! What an autoscaler looks at: `validateMetricSpec`.

use crate::check::api::pod::resources::must_be_of_containers;
use crate::check::at::At;
use crate::scalar::DnsLabel;

use super::autoscaler::validate_reference;

/// The types of metrics, each with the field that holds it, in the order in which a
/// server looks.
const SOURCES: [(&str, &str); 5] = [
    ("Object", "object"),
    ("External", "external"),
    ("Pods", "pods"),
    ("Resource", "resource"),
    ("ContainerResource", "containerResource"),
];

pub fn validate(metrics: At<'_>) {
    metrics.items().for_each(validate_metric);
}

fn validate_metric(metric: At<'_>) {
    let kind = metric.field("type");
    let wanted = SOURCES.iter().find(|(name, _)| kind.text() == Some(name));
    if wanted.is_none() && kind.required() {
        kind.must_be_one_of(&SOURCES.map(|(name, _)| name));
    }
    let given: Vec<(&str, At<'_>)> = SOURCES
        .iter()
        .map(|(_, field)| (*field, metric.field(field)))
        .filter(|(_, source)| source.is_set())
        .collect();
    // Only the first is looked into: more than one are too many anyway.
    if let Some((field, source)) = given.first() {
        validate_source(field, *source);
    }
    if let Some((name, field)) = wanted {
        let source = metric.field(field);
        if !source.is_set() {
            source.fault(format!("`{field}` is missing: the metric is of type `{name}`"));
        }
    }
    if given.len() > 1 {
        for (field, source) in given {
            if wanted.is_none_or(|(_, wanted)| *wanted != field) {
                source.forbid("a metric has one source, that of its type");
            }
        }
    }
}

fn validate_source(field: &str, source: At<'_>) {
    let target = source.field("target");
    match field {
        "object" => {
            validate_reference(source.field("describedObject"));
            validate_identifier(source.field("metric"));
            validate_target(target);
            one_of(target, ["value", "averageValue"], "averageValue");
        }
        "external" => {
            validate_identifier(source.field("metric"));
            validate_target(target);
            one_of(target, ["value", "averageValue"], "averageValue");
            if target.field("averageValue").is_set() {
                target.field("value").forbid("there is `averageValue`, and the target is one");
            }
        }
        "pods" => {
            validate_identifier(source.field("metric"));
            validate_target(target);
            one_of(target, ["averageValue"], "averageValue");
        }
        _ => validate_resource(field, source, target),
    }
}

/// `validateResourceSource` and `validateContainerResourceSource`.
fn validate_resource(field: &str, source: At<'_>, target: At<'_>) {
    let name = source.field("name");
    let named = name.required();
    if field == "containerResource" {
        if named {
            must_be_of_containers(name.text_or_empty(), name);
        }
        source.field("container").required_as::<DnsLabel>();
    }
    validate_target(target);
    one_of(target, ["averageUtilization", "averageValue"], "averageUtilization");
    if target.field("averageUtilization").is_set() {
        target.field("averageValue").forbid("there is `averageUtilization`, and the target is one");
    }
}

/// One of these must be there; what is missing is said of one of them.
fn one_of<const N: usize>(target: At<'_>, fields: [&'static str; N], of: &'static str) {
    if !fields.iter().any(|field| target.field(field).is_set()) {
        let all = fields.map(|field| format!("`{field}`")).join(" or ");
        target.field(of).fault(format!("the target is missing: give {all}"));
    }
}

/// `validateMetricTarget`.
fn validate_target(target: At<'_>) {
    let kind = target.field("type");
    if kind.required() {
        kind.must_be_one_of(&["Utilization", "Value", "AverageValue"]);
    }
    for amount in ["value", "averageValue"].map(|field| target.field(field)) {
        amount.must_be_more_than_nothing();
    }
    target.field("averageUtilization").must_be_at_least(1);
}

/// Which labels its selector names a server does not look at.
fn validate_identifier(metric: At<'_>) {
    let name = metric.field("name");
    if name.required() {
        name.must_be_path_segment();
    }
}

//! RuntimeClasses: `ValidateRuntimeClass`.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::resource_name::validate_container_resource_name;
use crate::check::api::selector::validate_labels;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, LabelKey, LabelValue, Scalar};

pub static RULE: Rule = Rule {
    name: "api/runtime-class",
    weight: Weight::ERROR,
    summary: "a RuntimeClass that a server refuses",
    page: "A RuntimeClass says which program runs the containers of a pod. `handler` is what nodes call that program: a DNS label.",
    bad: "
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: sandboxed}
handler: my_runtime
",
    good: "
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: sandboxed}
handler: my-runtime
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let handler = object.field("handler");
    if handler.required() {
        handler.must_be::<DnsLabel>();
    }
    let overhead = object.field("overhead");
    // A server calls it as it calls the limits of containers.
    for (resource, amount) in overhead.field("podFixed").named(overhead.field("limits")).entries() {
        validate_container_resource_name(amount, resource);
        amount.must_be_amount_of(resource);
    }
    let scheduling = object.field("scheduling");
    validate_labels(scheduling.field("nodeSelector"));
    let mut seen = HashSet::new();
    for toleration in scheduling.field("tolerations").items() {
        validate_toleration(toleration);
        let parts = ["key", "operator", "value", "effect"];
        if !seen.insert(parts.map(|part| toleration.field(part).text_or_empty())) {
            toleration.fault("it is there twice");
        }
    }
}

/// `ValidateTolerations`.
fn validate_toleration(toleration: At<'_>) {
    let (key, operator) = (toleration.field("key"), toleration.field("operator"));
    let (value, effect) = (toleration.field("value"), toleration.field("effect"));
    if !key.is_empty() {
        key.must_be::<LabelKey>();
    } else if operator.text() != Some("Exists") {
        operator.fault_with("`key` is missing", "without one the operator is `Exists`");
    }
    if toleration.field("tolerationSeconds").is_set() && effect.text() != Some("NoExecute") {
        effect.fault("`tolerationSeconds` needs the effect `NoExecute`");
    }
    match operator.text_or("Equal") {
        "Equal" => {
            let text = value.text_or_empty();
            if let Err(reason) = LabelValue::parse(text) {
                operator.fault(format!("{} is not a label value: it {reason}", shown(text)));
            }
        }
        "Exists" if !value.is_empty() => {
            operator.fault("there is `value`, and `Exists` looks at the key alone");
        }
        "Exists" => {}
        _ => {
            operator.must_be_one_of(&["Equal", "Exists"]);
        }
    }
    if !effect.is_empty() {
        effect.must_be_one_of(&["NoSchedule", "PreferNoSchedule", "NoExecute"]);
    }
}

//! RuntimeClasses: `ValidateRuntimeClass`.

use std::collections::HashSet;

use crate::check::api::pod::resources::must_be_of_containers;
use crate::check::api::pod::toleration;
use crate::check::api::selector::validate_labels;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsLabel;

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
    object.field("handler").required_as::<DnsLabel>();
    let overhead = object.field("overhead");
    // A server calls it as it calls the limits of containers.
    for (resource, amount) in overhead.field("podFixed").named(overhead.field("limits")).entries() {
        must_be_of_containers(resource, amount);
        amount.must_be_amount_of(resource);
        if matches!(resource, "memory" | "ephemeral-storage") {
            server_warning::must_be_whole_bytes(amount);
        }
    }
    let scheduling = object.field("scheduling");
    validate_labels(scheduling.field("nodeSelector"));
    server_warning::nodes::warn(scheduling.under(&server_warning::RULE));
    toleration::validate(scheduling.field("tolerations"));
    let mut seen = HashSet::new();
    for toleration in scheduling.field("tolerations").items() {
        let parts = ["key", "operator", "value", "effect"];
        if !seen.insert(parts.map(|part| toleration.field(part).text_or_empty())) {
            toleration.fault("it is there twice");
        }
    }
}

//! Bindings, which put a pod on a node.

use crate::check::at::At;

use super::RULE;

/// `ValidatePodBinding`.
pub fn validate(object: At<'_>) {
    let target = object.under(&RULE).field("target");
    let kind = target.field("kind");
    if !kind.is_empty() {
        kind.must_be_one_of(&["Node"]);
    }
    target.field("name").required();
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn bindings() {
        let binding = |target: &str| {
            format!("{{apiVersion: v1, kind: Binding, metadata: {{name: web}}, target: {target}}}")
        };
        none(&binding("{name: node-1}"));
        none(&binding("{kind: Node, name: node-1}"));
        assert_eq!(faults(&binding("{kind: Pod}")), ["target.kind", "target.name"]);
    }
}

//! ReplicaSets and, before them, ReplicationControllers.

use crate::check::api::selector::validate_labels;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Selector;

use super::{must_be_selected, validate_running_template, validate_selector};

pub static RULE: Rule = Rule {
    name: "api/replica-set",
    weight: Weight::ERROR,
    summary: "a ReplicaSet or ReplicationController that a server refuses",
    page: "The selector takes the pods that the template makes. A Deployment is what you write in place of either.",
    bad: "
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// `ValidateReplicaSetSpec`.
pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    spec.field("replicas").must_not_be_negative();
    spec.field("minReadySeconds").must_not_be_negative();
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    if validate_selector(selector) {
        must_be_selected(template, selector);
        validate_running_template(template, None);
    }
    server_warning::of_name_of_hosts(object);
}

/// `ValidateReplicationControllerSpec`. Its selector is a map of labels, which are those
/// of the template where it is missing.
pub fn validate_controller(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    spec.field("replicas").must_not_be_negative();
    spec.field("minReadySeconds").must_not_be_negative();
    let (selector, template) = (spec.field("selector"), spec.field("template"));
    let labels = template.field("metadata").field("labels");
    if selector.is_empty() && labels.is_empty() {
        selector.missing();
    }
    if !template.must_be_set() {
        return;
    }
    let wanted = selector.map().filter(|wanted| !wanted.is_empty());
    if wanted.is_some_and(|wanted| !Selector::Labels(wanted).takes(labels.map())) {
        labels.fault_with(
            "the selector does not take pods with these labels",
            "give the template the labels of `selector`",
        );
    }
    validate_running_template(template, None);
    let own = object.field("metadata").field("labels").under(&RULE);
    if own.is_empty() {
        // They are the controller's own as well.
        validate_labels(labels.named(own));
    }
    server_warning::of_name_of_hosts(object);
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn controller(selector: &str, labels: &str) -> String {
        format!(
            "apiVersion: v1\nkind: ReplicationController\nmetadata: {{name: web}}\nspec:\n  selector: {selector}\n  template:\n    metadata: {{labels: {labels}}}\n    spec: {{containers: [{{name: a, image: 'a:1'}}]}}\n"
        )
    }

    #[test]
    fn a_controller_selects_the_labels_of_its_template() {
        none(&controller("{app: web}", "{app: web, tier: front}"));
        none(&controller("null", "{app: web}"));
        assert_eq!(faults(&controller("null", "{}")), ["spec.selector"]);
        assert_eq!(
            faults(&controller("{app: web}", "{app: api}")),
            ["spec.template.metadata.labels"]
        );
    }
}

//! What could not be checked is said, and not passed over.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/unchecked",
    weight: Weight::WARNING,
    summary: "a custom resource, or a rule for it, that could not be checked",
    page: "Of a kind that k8sgen has no definition of, nothing can be said: a mistyped field would only be found by the cluster. Give it the CustomResourceDefinitions that your cluster has with `--crds`; `kubectl get crds -o yaml` writes them down. Where a definition is at hand, but one of its rules asks for what only a cluster can tell, the rule is named.",
    bad: "
apiVersion: example.com/v1
kind: Widget
metadata: {name: web}
spec: {size: 3}
",
    good: "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, listKind: WidgetList, plural: widgets, singular: widget}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer}}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: web}
spec: {size: 3}
",
    look: Look::Validation,
};

/// Says that there is no definition.
pub fn undefined(object: At<'_>) {
    let kind = object.subject().kind();
    let at = object.under(&RULE).field("kind");
    at.fault_with(
        format!("there is no definition of {kind} at hand: its fields are not checked"),
        "give the CustomResourceDefinition with `--crds`",
    );
}

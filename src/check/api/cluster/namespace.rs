//! Namespaces, and the levels of Pod Security that they ask for.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{LabelKey, LabelValue};

use crate::check::api::formats::{not_a, shown};
use crate::check::api::pod_security::{Level, Version};

pub static RULE: Rule = Rule {
    name: "api/namespace",
    weight: Weight::ERROR,
    summary: "a Namespace with a label of Pod Security that a server refuses",
    page: "The labels `pod-security.kubernetes.io/enforce`, `audit` and `warn` are `privileged`, `baseline` or `restricted`. Those with `-version` behind it are `latest` or a version of Kubernetes, such as `v1.34`. A server refuses a Namespace with any other value.",
    bad: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: strict}
",
    good: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
",
    look: Look::Validation,
};

/// `ValidateNamespace`, and what Pod Security admission has against its labels:
/// `PolicyToEvaluate`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    // A server puts the name on it as a label as well.
    let metadata = object.field("metadata");
    let name = metadata.field("name").named(metadata.field("labels"));
    name.must_be::<LabelValue>();
    let finalizers = object.down(&["spec", "finalizers"]);
    for finalizer in finalizers.items() {
        let text = finalizer.text_or_empty();
        let at = finalizer.named(finalizers);
        if let Some(reason) = not_a::<LabelKey>(text) {
            at.fault(reason);
        } else if !text.contains('/')
            && !matches!(text, "kubernetes" | "orphan" | "foregroundDeletion")
        {
            at.fault_with(
                format!("{} has no domain", shown(text)),
                "write it as `example.com/name`",
            );
        }
    }
    for (label, value) in object.down(&["metadata", "labels"]).entries() {
        let Some(mode) = label.strip_prefix("pod-security.kubernetes.io/") else { continue };
        let text = value.text_or_empty();
        match mode {
            "enforce" | "audit" | "warn" if Level::parse(text).is_none() => {
                value.must_be_one_of(&["privileged", "baseline", "restricted"]);
            }
            "enforce-version" | "audit-version" | "warn-version"
                if Version::parse(text).is_none() =>
            {
                value.fault_with(
                    format!("{} is not a version", shown(text)),
                    "such as `latest` or `v1.34`",
                );
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn labels_of_pod_security() {
        let namespace = |labels: &str| {
            format!(
                "apiVersion: v1\nkind: Namespace\nmetadata: {{name: a, labels: {{{labels}}}}}\n"
            )
        };
        let label = |mode: &str, value: &str| {
            namespace(&format!("pod-security.kubernetes.io/{mode}: '{value}'"))
        };
        none(&label("enforce", "privileged"));
        none(&label("enforce-version", "latest"));
        none(&label("warn-version", "v1.34"));
        none(&label("other", "x"));
        for (mode, value) in [
            ("enforce", ""),
            ("warn", "Restricted"),
            ("audit-version", "1.34"),
            ("enforce-version", "v1.034"),
            ("enforce-version", "v2.0"),
        ] {
            let field = format!("metadata.labels[pod-security.kubernetes.io/{mode}]");
            assert_eq!(faults(&label(mode, value)), [field]);
        }
    }

    #[test]
    fn its_name_is_a_label() {
        let text = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a/b}\n";
        assert_eq!(faults(text), ["metadata.name", "metadata.labels"]);
    }

    #[test]
    fn finalizers() {
        let namespace = |names: &str| {
            format!(
                "apiVersion: v1\nkind: Namespace\nmetadata: {{name: a}}\nspec: {{finalizers: [{names}]}}\n"
            )
        };
        none(&namespace("kubernetes, example.com/a"));
        assert_eq!(faults(&namespace("mine")), ["spec.finalizers"]);
    }
}

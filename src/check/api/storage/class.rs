//! Classes of volumes, and of what they can do.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::check::api::formats::shown;
use crate::check::api::selector::must_be_label_key;
use crate::check::api::server_warning::{self, nodes::warn_of_label};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{must_be_provisioner, validate_parameters};

pub static RULE: Rule = Rule {
    name: "api/storage-class",
    weight: Weight::ERROR,
    summary: "a StorageClass or VolumeAttributesClass that a server refuses",
    page: "A StorageClass names who makes its volumes (`provisioner`). `reclaimPolicy` is `Delete` or `Retain`, and `volumeBindingMode` is `Immediate` or `WaitForFirstConsumer`.",
    bad: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
reclaimPolicy: Recycle
",
    good: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
reclaimPolicy: Retain
",
    look: Look::Validation,
};

/// `ValidateStorageClass`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    must_be_provisioner(object.field("provisioner"));
    validate_parameters(object.field("parameters"));
    let policy = object.field("reclaimPolicy");
    if !policy.is_empty() {
        policy.must_be_one_of(&["Delete", "Retain"]);
    }
    object.field("volumeBindingMode").must_be_one_of(&["Immediate", "WaitForFirstConsumer"]);
    let mut seen = HashSet::new();
    for term in object.field("allowedTopologies").items() {
        let values = validate_topology(term);
        // A server takes one without expressions for one that is there twice.
        if values.is_empty() || !seen.insert(values) {
            let expressions = term.field("matchLabelExpressions");
            expressions.fault("the same topology is there already, or it is empty");
        }
    }
}

/// `ValidateTopologySelectorTerm`. Gives the values of each label.
fn validate_topology<'a>(term: At<'a>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    let mut labels = BTreeMap::new();
    for expression in term.field("matchLabelExpressions").items() {
        let (key, values) = (expression.field("key"), expression.field("values"));
        let mut set = BTreeSet::new();
        values.required();
        for value in values.items() {
            if !set.insert(value.text_or_empty()) {
                value.fault(format!("{} is there twice", shown(value.text_or_empty())));
            }
        }
        must_be_label_key(key);
        warn_of_label(key.under(&server_warning::RULE), key.text_or_empty());
        if labels.insert(key.text_or_empty(), set).is_some() {
            key.fault(format!("{} is there twice", shown(key.text_or_empty())));
        }
    }
    labels
}

/// `ValidateVolumeAttributesClass`.
pub fn validate_attributes(object: At<'_>) {
    let object = object.under(&RULE);
    must_be_provisioner(object.field("driverName"));
    let parameters = object.field("parameters");
    if parameters.required() {
        validate_parameters(parameters);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::server_warning;
    use crate::check::api::trial::{faults, none};
    use crate::check::rule::Severity;
    use crate::check::settings::Settings;
    use crate::check::testing::found_by;

    fn class(fields: &str) -> String {
        format!(
            "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: a}}\n{fields}\n"
        )
    }

    #[test]
    fn storage_classes() {
        none(&class("provisioner: kubernetes.io/no-provisioner"));
        none(&class("provisioner: Ebs.CSI\nreclaimPolicy: ''\nparameters: {a: ''}"));
        let zone = "{matchLabelExpressions: [{key: zone, values: [a, b]}]}";
        none(&class(&format!("provisioner: a\nallowedTopologies: [{zone}]")));
        for (fields, field) in [
            ("provisioner: ''", "provisioner"),
            ("provisioner: a b", "provisioner"),
            ("provisioner: a\nvolumeBindingMode: ''", "volumeBindingMode"),
            ("provisioner: a\nreclaimPolicy: Recycle", "reclaimPolicy"),
            ("provisioner: a\nparameters: {'': a}", "parameters"),
            (
                "provisioner: a\nallowedTopologies: [{}]",
                "allowedTopologies[0].matchLabelExpressions",
            ),
            (
                &format!("provisioner: a\nallowedTopologies: [{zone}, {zone}]"),
                "allowedTopologies[1].matchLabelExpressions",
            ),
            (
                "provisioner: a\nallowedTopologies: [{matchLabelExpressions: [{key: zone}]}]",
                "allowedTopologies[0].matchLabelExpressions[0].values",
            ),
        ] {
            assert_eq!(faults(&class(fields)), [field], "{fields}");
        }
    }

    #[test]
    fn labels_have_other_names_by_now() {
        let topology = "{key: failure-domain.beta.kubernetes.io/zone, values: [a]}";
        let class = class(&format!(
            "provisioner: a\nallowedTopologies: [{{matchLabelExpressions: [{topology}]}}]"
        ));
        let found = found_by(server_warning::RULE.name, &class, &Settings::default());
        let field = "allowedTopologies[0].matchLabelExpressions[0].key";
        assert_eq!(found, [(Severity::Warning, field.to_owned())]);
    }

    #[test]
    fn attributes_classes() {
        let class = |fields: &str| {
            format!(
                "apiVersion: storage.k8s.io/v1\nkind: VolumeAttributesClass\nmetadata: {{name: a}}\n{fields}\n"
            )
        };
        none(&class("driverName: a.b\nparameters: {iops: '3000'}"));
        assert_eq!(faults(&class("driverName: a.b")), ["parameters"]);
    }
}

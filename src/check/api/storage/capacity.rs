//! How much room a driver has.

use crate::check::api::selector::validate_label_selector;
use crate::check::api::server_warning::{self, nodes::warn_of_node_term};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsName;

pub static RULE: Rule = Rule {
    name: "api/storage-capacity",
    weight: Weight::ERROR,
    summary: "a CSIStorageCapacity that a server refuses",
    page: "It says how much room there is for volumes of a class on some nodes: `storageClassName` must be there, and `capacity` is not negative.",
    bad: "
apiVersion: storage.k8s.io/v1
kind: CSIStorageCapacity
metadata: {name: fast}
storageClassName: ''
",
    good: "
apiVersion: storage.k8s.io/v1
kind: CSIStorageCapacity
metadata: {name: fast}
storageClassName: fast
",
    look: Look::Validation,
};

/// `ValidateCSIStorageCapacity`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let topology = object.field("nodeTopology");
    validate_label_selector(topology);
    warn_of_node_term(topology.under(&server_warning::RULE));
    let class = object.field("storageClassName");
    class.must_be_text::<DnsName>(class.text_or_empty());
    object.field("capacity").must_not_be_less_than_nothing();
}

//! Leases: `ValidateLeaseSpec`.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/lease",
    weight: Weight::ERROR,
    summary: "a Lease that a server refuses",
    page: "A Lease says which one of several programs leads, and until when. It lasts for a second at least.",
    bad: "
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: leader}
spec: {leaseDurationSeconds: 0}
",
    good: "
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: leader}
spec: {leaseDurationSeconds: 15}
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    spec.field("leaseDurationSeconds").must_be_at_least(1);
    spec.field("leaseTransitions").must_not_be_negative();
}

//! ControllerRevisions: what a StatefulSet or DaemonSet was before.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/controller-revision",
    weight: Weight::ERROR,
    summary: "a ControllerRevision that a server refuses",
    page: "Controllers keep their history in ControllerRevisions: each has its `data`, and a `revision` that is not negative. Nobody else makes them.",
    bad: "
apiVersion: apps/v1
kind: ControllerRevision
metadata: {name: redis-1}
data: {spec: {}}
revision: -1
",
    good: "
apiVersion: apps/v1
kind: ControllerRevision
metadata: {name: redis-1}
data: {spec: {}}
revision: 1
",
    look: Look::Validation,
};

/// `ValidateControllerRevisionCreate`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let data = object.field("data");
    if data.must_be_set() && data.map().is_none() {
        data.fault("must be a map");
    }
    object.field("revision").must_not_be_negative();
}

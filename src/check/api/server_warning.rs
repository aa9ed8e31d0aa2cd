//! What a server takes, but warns of.

use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/server-warning",
    weight: Weight::WARNING,
    summary: "a server would take it with a warning",
    page: "A server takes some fields though they do nothing where they stand, or will be gone in a later version, and says so when the object is applied. Few people read what it says there; here it can be seen before.",
    bad: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec:
  hard: {requests.cpu: '10', limits.cpu: '5'}
",
    good: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec:
  hard: {requests.cpu: '5', limits.cpu: '10'}
",
    look: Look::Validation,
};

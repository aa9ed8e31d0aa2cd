//! What every object is called and labelled.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/metadata",
    weight: Weight::ERROR,
    summary: "a name, namespace, label, annotation, owner or finalizer that a server refuses",
    page: "Names end up in host names, file paths and URLs, and labels in indexes: a server takes only what works in all of them. What a name may hold depends on the kind: most are DNS names, Services DNS labels, roles path segments.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: Web_Settings}
data: {MODE: fast}
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {MODE: fast}
",
    look: Look::Validation,
};

pub fn validate(_: At<'_>) {}

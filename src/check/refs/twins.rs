//! Two objects of one identity.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "refs/twins",
    weight: Weight::ERROR,
    summary: "two objects have one kind, namespace and name",
    page: "A cluster keeps one object of a kind, namespace and name: whichever is applied last overwrites the others, and which one that is depends on the order of files. Rename one of them, or drop it.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: fast}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: safe}
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {MODE: fast}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: safe-settings}
data: {MODE: safe}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let (group, kind, name) = (subject.group(), subject.kind(), subject.name());
    // A server makes up the names of those that have none.
    if name.is_empty() {
        return;
    }
    let first = scene.find(group, kind, scene.namespace_of(subject), name);
    if first.is_some_and(|first| !std::ptr::eq(first.content, subject.content)) {
        object.field("metadata").field("name").fault_with(
            format!("there is another {kind} `{name}` before it"),
            "rename or drop one: whichever is applied last would overwrite the other",
        );
    }
}

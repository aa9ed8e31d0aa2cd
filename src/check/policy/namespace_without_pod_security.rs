//! Namespaces that take any pod.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/namespace-without-pod-security",
    weight: Weight::ADVICE,
    summary: "a namespace takes pods that may do anything to their node",
    page: "Without the label `pod-security.kubernetes.io/enforce` a namespace takes every pod, also one that is privileged, mounts the disk of the node or shares its network: whoever may make pods there owns the nodes. `baseline` refuses what is dangerous and seldom needed; `restricted` asks for what a well-kept pod does anyway. Try it first with `warn` and `audit`.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
",
    good: "
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: restricted}}
",
    look: Look::Object(look),
};

const LABEL: &str = "pod-security.kubernetes.io/enforce";

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    // Of the system's own, many pods must do such things.
    if !subject.is("", "Namespace") || subject.name().starts_with("kube-") {
        return;
    }
    let help = "enforce `baseline` at least, better `restricted`";
    let labels = object.field("metadata").field("labels");
    match subject.label(LABEL) {
        None => object
            .field("metadata")
            .field("name")
            .fault_with(format!("without the label `{LABEL}` it takes any pod"), help),
        Some("privileged") => labels.key(LABEL).fault_with("`privileged` takes any pod", help),
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn levels() {
        for (level, count) in [("baseline", 0), ("restricted", 0), ("privileged", 1)] {
            assert_eq!(
                findings(&RULE, &RULE.good.replace("restricted", level)).len(),
                count,
                "{level}"
            );
        }
        assert!(findings(&RULE, &RULE.bad.replace("shop", "kube-system")).is_empty());
    }
}

//! Objects in namespaces that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/namespace",
    weight: Weight::WARNING,
    summary: "an object is in a namespace that is not there, while others are defined",
    page: "A server refuses objects of a namespace that does not exist. Where Namespaces are among the objects, one that is not is most often mistyped. One that lives elsewhere, such as that of the monitoring, is declared under `checks.elsewhere` as `Namespace/NAME`.",
    bad: "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shopp}
data: {MODE: fast}
",
    good: "
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {MODE: fast}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let Some(namespace) = subject.identity.namespace.as_deref() else { return };
    let namespaces = scene.namespaces();
    if !namespaces.are_defined() || namespaces.exists(namespace) || subject.is_cluster_wide() {
        return;
    }
    let at = object.field("metadata").field("namespace");
    let wanted = Wanted::of_cluster("", "Namespace", namespace);
    let defined = scene.of_kind("", "Namespace").map(Subject::name);
    if absent::near(scene, namespace, defined).is_some() || !namespaces.is_foreign(namespace) {
        absent::lead(scene, at, wanted);
    } else if !is_for_delivery(subject) {
        // What only watches or grants something there is no sign that it is ours.
        absent::lead(scene, at, wanted.usual());
    }
}

/// What is made for Argo CD or Flux lives with them.
fn is_for_delivery(subject: &Subject<'_>) -> bool {
    let (group, kind) = (subject.group(), subject.kind());
    group.ends_with(".toolkit.fluxcd.io")
        || group == "argoproj.io" && matches!(kind, "Application" | "ApplicationSet" | "AppProject")
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::{said, said_under, some_files};
    use crate::profile::checks::ObjectPattern;
    use crate::scalar::Scalar;

    use super::*;

    const TEXT: &str = "
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: a, namespace: monitoring}, spec: {groups: []}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: a, namespace: other}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: kube-system}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
";

    #[test]
    fn only_those_that_nobody_knows() {
        assert_eq!(
            said(RULE.name, TEXT),
            ["warning PrometheusRule/a metadata.namespace: there is no Namespace `monitoring`"]
        );
        assert!(said_under(&some_files(), RULE.name, TEXT)[0].starts_with("warning "));
        let account = "\n---\n{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: monitoring}}";
        assert!(said(RULE.name, &format!("{TEXT}{account}"))[0].starts_with("warning "));
        let near = TEXT.replace("monitoring}", "shops}");
        assert!(said(RULE.name, &near)[0].starts_with("warning "));
        let mut settings = Settings::default();
        settings.elsewhere.0.push(ObjectPattern::parse("Namespace/monitoring").unwrap());
        assert!(said_under(&settings, RULE.name, TEXT).is_empty());
        // Where no Namespace is among the objects, they are not what is checked.
        let without = TEXT.split_once("---").unwrap().1;
        assert!(said(RULE.name, without).is_empty());
    }
}

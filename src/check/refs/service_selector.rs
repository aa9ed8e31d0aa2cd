//! Services that lead to no pod.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

use super::lookup::selecting::{Lack, must_take_pods};
use super::lookup::services;

pub static RULE: Rule = Rule {
    name: "refs/service-selector",
    weight: Weight::GRAVE,
    summary: "a Service selects no pod",
    page: "A Service leads to the pods of its namespace that have all labels of its `selector`. Where there are none it has no endpoints: its name is known, and nobody answers. The labels are those of the pods, `spec.template.metadata.labels` of a workload, not those of the workload itself. Where the pods live elsewhere, declare `Pod/NAME` under `checks.elsewhere`, with the name of the Service.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: wbe}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("", "Service") || subject.is_made() {
        return;
    }
    if let Some(labels) = services::selector(subject) {
        let at = object.field("spec").field("selector");
        let selector = Selector::Labels(labels);
        must_take_pods(scene, scene.namespace_of(subject), selector, at, Lack::Missed);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::{Objects, said, said_under, some_files};
    use crate::profile::checks::ObjectPattern;
    use crate::scalar::Scalar;

    use super::*;

    const DEPLOYMENT: &str = "
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec: {containers: [{name: web, image: web}]}
";

    fn service(spec: &str) -> String {
        format!(
            "{{apiVersion: v1, kind: Service, metadata: {{name: web}}, spec: {{{spec}}}}}{DEPLOYMENT}"
        )
    }

    #[test]
    fn the_nearest_pod_is_shown() {
        let text = service("selector: {app: web, tier: back}, ports: [{port: 80}]");
        let findings = Objects::read(&text).findings(&Settings::default());
        let help =
            findings.iter().find(|f| f.rule.name == RULE.name).and_then(|f| f.help.as_deref());
        assert!(help.unwrap().starts_with("the pods of Deployment/web have `tier: front`; "));
    }

    #[test]
    fn services_that_select_nothing_by_intent() {
        assert!(said(RULE.name, &service("ports: [{port: 80}]")).is_empty());
        assert!(said(RULE.name, &service("selector: {}, ports: [{port: 80}]")).is_empty());
        let external = "type: ExternalName, externalName: a.example.com, selector: {app: x}";
        assert!(said(RULE.name, &service(external)).is_empty());
    }

    /// One Service for each pod of a StatefulSet.
    #[test]
    fn labels_that_pods_get_when_they_run() {
        let text = |name: &str| {
            format!(
                "
apiVersion: v1
kind: Service
metadata: {{name: db-0}}
spec: {{selector: {{app: db, statefulset.kubernetes.io/pod-name: {name}}}, ports: [{{port: 80}}]}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec:
  serviceName: db
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec: {{containers: [{{name: db, image: db}}]}}
"
            )
        };
        assert!(said(RULE.name, &text("db-0")).is_empty());
        assert_eq!(said(RULE.name, &text("web-0")).len(), 1);
    }

    #[test]
    fn pods_of_operators_and_of_others() {
        let service = |label: &str| {
            format!(
                "{{apiVersion: v1, kind: Service, metadata: {{name: db, namespace: shop}}, spec: {{selector: {{{label}: db}}, ports: [{{port: 5432}}]}}}}"
            )
        };
        let cluster = "---\n{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: db, namespace: shop}}";
        assert!(said(RULE.name, &format!("{}\n{cluster}", service("cluster"))).is_empty());
        assert!(said(RULE.name, &service("cnpg.io/cluster")).is_empty());
        assert_eq!(said(RULE.name, &service("app.kubernetes.io/name")).len(), 1);
        let service = &service("cluster");
        assert_eq!(said(RULE.name, service).len(), 1);
        // A file with the Service alone says nothing of pods.
        assert!(said_under(&some_files(), RULE.name, service).is_empty());
        let mut settings = Settings::default();
        settings.elsewhere.0.push(ObjectPattern::parse("Pod/shop/db").unwrap());
        assert!(said_under(&settings, RULE.name, service).is_empty());
    }
}

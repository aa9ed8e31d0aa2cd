//! StatefulSets whose pods get no names of their own.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Scene, Selector};

use super::lookup::{absent, services};

pub static RULE: Rule = Rule {
    name: "refs/governing-service",
    weight: Weight::ERROR,
    summary: "the Service that names a StatefulSet's pods is not there, not headless, or selects others",
    page: "The pods of a StatefulSet are reached one by one as `db-0.SERVICE`, where SERVICE is its `serviceName`. That needs a Service of this name in the same namespace, which is headless (`clusterIP: None`) and selects the pods. A server takes a StatefulSet without one, and the names lead nowhere.",
    bad: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db-headles
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: 'registry.example.com/db:v1.4.2'}]}
---
apiVersion: v1
kind: Service
metadata: {name: db-headless}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
",
    good: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db-headless
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: 'registry.example.com/db:v1.4.2'}]}
---
apiVersion: v1
kind: Service
metadata: {name: db-headless}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("apps", "StatefulSet") || subject.is_made() {
        return;
    }
    let at = object.field("spec").field("serviceName");
    let namespace = scene.namespace_of(subject);
    let wanted = services::wanted(namespace, at.text_or_empty());
    let Some(service) = absent::lead(scene, at, wanted) else { return };
    let pod = scene.pod_of(subject);
    let selects = |labels| pod.is_some_and(|pod| Selector::Labels(labels).takes_pod(pod));
    match services::selector(service) {
        Some(labels) if !selects(labels) => at.fault_with(
            "this Service does not select the pods",
            "give its `selector` the labels of the pods",
        ),
        _ if !services::is_headless(service) => at.warn_with(
            "this Service is not headless",
            "give it `clusterIP: None`, and the pods another Service that balances",
        ),
        None => at.warn("this Service selects no pods"),
        Some(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn governed(by: &str, service: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: db}}
spec:
  {by}
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec: {{containers: [{{name: db, image: db}}]}}
---
{{apiVersion: v1, kind: Service, metadata: {{name: db}}, spec: {{{service}}}}}
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn what_it_must_be() {
        assert!(governed("", "selector: {app: db}").is_empty());
        assert!(governed("serviceName: db", "clusterIP: None, selector: {app: db}").is_empty());
        assert_eq!(
            governed("serviceName: db", "selector: {app: db}"),
            ["warning StatefulSet/db spec.serviceName: this Service is not headless"]
        );
        assert_eq!(
            governed("serviceName: db", "clusterIP: None, selector: {app: web}"),
            ["error StatefulSet/db spec.serviceName: this Service does not select the pods"]
        );
    }
}

//! ConfigMaps that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::scene::stores::Store;

use super::lookup::kept;

pub static RULE: Rule = Rule {
    name: "refs/config-map",
    weight: Weight::ERROR,
    summary: "a ConfigMap is named that is not there",
    page: "A container whose ConfigMap is missing does not start: its pod waits in `CreateContainerConfigError`, or in `ContainerCreating` where it is a volume, for as long as it takes. Mend the name, define the ConfigMap, or say `optional: true` where the program can do without it. The namespace counts: pods read only what is in their own.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      envFrom: [{configMapRef: {name: web-setings}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {MODE: fast}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      envFrom: [{configMapRef: {name: web-settings}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {MODE: fast}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    kept::references(scene, object, &mut |reference| {
        if reference.store == Store::ConfigMap {
            reference.must_lead_somewhere(scene);
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::{said, said_under, some_files};
    use crate::profile::checks::ObjectPattern;
    use crate::scalar::Scalar;

    use super::*;

    fn pod(spec: &str) -> String {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: web, namespace: shop}}, spec: {{containers: [{{name: web, image: web, {spec}}}]}}}}"
        )
    }

    #[test]
    fn each_way_to_name_one() {
        let text = "
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec:
  schedule: 0 2 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          initContainers:
            - name: wait
              image: wait
              env: [{name: A, valueFrom: {configMapKeyRef: {name: a, key: a}}}]
          containers:
            - name: report
              image: report
              envFrom: [{configMapRef: {name: b}}]
          volumes:
            - {name: c, configMap: {name: c}}
            - {name: d, projected: {sources: [{configMap: {name: d}}, {secret: {name: s}}]}}
";
        let found = said(RULE.name, text);
        let spec = "spec.jobTemplate.spec.template.spec";
        let fields: Vec<&str> = found.iter().filter_map(|text| text.split(' ').nth(2)).collect();
        assert_eq!(
            fields,
            [
                format!("{spec}.initContainers[0].env[0].valueFrom.configMapKeyRef.name:"),
                format!("{spec}.containers[0].envFrom[0].configMapRef.name:"),
                format!("{spec}.volumes[0].configMap.name:"),
                format!("{spec}.volumes[1].projected.sources[0].configMap.name:"),
            ]
        );
    }

    #[test]
    fn what_is_optional_or_in_each_namespace_need_not_be_there() {
        let optional = pod("envFrom: [{configMapRef: {name: a, optional: true}}]");
        assert!(said(RULE.name, &optional).is_empty());
        let root =
            "env: [{name: A, valueFrom: {configMapKeyRef: {name: kube-root-ca.crt, key: ca.crt}}}]";
        assert!(said(RULE.name, &pod(root)).is_empty());
    }

    #[test]
    fn the_namespace_counts() {
        let map = "
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a, namespace: other}
data: {}
";
        let text = pod("envFrom: [{configMapRef: {name: a}}]") + map;
        assert_eq!(
            said(RULE.name, &text),
            [
                "error Pod/web spec.containers[0].envFrom[0].configMapRef.name: there is no ConfigMap `a` in namespace `shop`"
            ]
        );
    }

    #[test]
    fn of_some_files_it_may_be_elsewhere() {
        let text = pod("envFrom: [{configMapRef: {name: a}}]");
        assert_eq!(
            said_under(&some_files(), RULE.name, &text),
            [
                "warning Pod/web spec.containers[0].envFrom[0].configMapRef.name: no ConfigMap `a` is among these objects"
            ]
        );
        let mut settings = Settings::default();
        settings.elsewhere.0.push(ObjectPattern::parse("ConfigMap/a").unwrap());
        assert!(said_under(&settings, RULE.name, &text).is_empty());
    }

    /// A chart rendered for a namespace: some objects name it, others do not.
    #[test]
    fn of_some_files_those_without_a_namespace_go_with_the_others() {
        let map = "
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {}
";
        let text = pod("envFrom: [{configMapRef: {name: a}}]") + map;
        assert!(said_under(&some_files(), RULE.name, &text).is_empty());
    }

    /// Old ReplicaSets, as `kubectl get -o yaml` gives them, name what is gone.
    #[test]
    fn what_a_controller_made_is_left_alone() {
        let text = "
apiVersion: v1
kind: List
items:
  - apiVersion: apps/v1
    kind: ReplicaSet
    metadata:
      name: web-5d4f
      ownerReferences:
        - {apiVersion: apps/v1, kind: Deployment, name: web, uid: 1-2, controller: true}
    spec:
      replicas: 0
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: web, envFrom: [{configMapRef: {name: gone}}]}]
";
        assert!(said(RULE.name, text).is_empty());
    }

    /// Operators make what is called after a resource of theirs.
    #[test]
    fn an_operator_may_make_it() {
        let cluster = "
---
apiVersion: kafka.strimzi.io/v1
kind: Kafka
metadata: {name: bus, namespace: shop}
";
        let text = pod("envFrom: [{configMapRef: {name: bus-kafka-config}}]") + cluster;
        assert!(said(RULE.name, &text).is_empty());
    }
}

//! Claims that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::claims;

pub static RULE: Rule = Rule {
    name: "refs/claim",
    weight: Weight::ERROR,
    summary: "a volume names a PersistentVolumeClaim that is not there",
    page: "A pod whose claim does not exist stays `Pending`. Mend the name or define the claim, in the namespace of the pod. A StatefulSet makes claims of its templates and calls them `TEMPLATE-SET-N`, such as `data-db-0`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: web-date}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web-data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: web-data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: web-data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    // The pods of a StatefulSet, as a cluster shows them, name claims that it made.
    if pod.is_made() {
        return;
    }
    for volume in spec.field("volumes").items() {
        // A claim of a template takes the place of a volume of its name.
        if claims::is_templated(pod.owner, volume.field("name").text_or_empty()) {
            continue;
        }
        let name = volume.field("persistentVolumeClaim").field("claimName");
        claims::lead(scene, name, pod.namespace, name.text_or_empty());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn templates_take_the_place_of_volumes() {
        let text = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: db}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";
        assert!(said(RULE.name, text).is_empty());
    }

    #[test]
    fn claims_of_templates() {
        let pod = |claim: &str| {
            let text = format!(
                "
apiVersion: v1
kind: Pod
metadata: {{name: restore}}
spec:
  containers: [{{name: restore, image: restore}}]
  volumes: [{{name: data, persistentVolumeClaim: {{claimName: {claim}}}}}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {{name: my-db}}
spec:
  serviceName: my-db
  selector: {{matchLabels: {{app: db}}}}
  template:
    metadata: {{labels: {{app: db}}}}
    spec: {{containers: [{{name: db, image: db}}]}}
  volumeClaimTemplates:
    - metadata: {{name: data-dir}}
      spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}
"
            );
            said(RULE.name, &text)
        };
        assert!(pod("data-dir-my-db-0").is_empty());
        assert!(pod("data-dir-my-db-12").is_empty());
        for wrong in ["data-dir-my-db", "data-dir-my-db-x", "data-my-db-0", "data-dir-db-0"] {
            assert_eq!(pod(wrong).len(), 1, "{wrong}");
        }
    }
}

//! StatefulSets that delete the data of their pods.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/claim-retention-delete",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a StatefulSet deletes the claims of its pods",
    page: "`persistentVolumeClaimRetentionPolicy` says what becomes of the claims when the StatefulSet is deleted (`whenDeleted`) or made smaller (`whenScaled`). With `Delete` the data goes with the pod: under an autoscaler every quiet night deletes some. `Retain` is the default. Where the data is a cache, waive this rule and say so.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  serviceName: db
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete, whenScaled: Retain}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: registry.example.com/db:v1, volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: db}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  serviceName: db
  persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Retain}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: registry.example.com/db:v1, volumeMounts: [{name: data, mountPath: /data}]}]}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let spec = object.field("spec");
    if !subject.is("apps", "StatefulSet") || spec.field("volumeClaimTemplates").is_empty() {
        return;
    }
    let policy = spec.field("persistentVolumeClaimRetentionPolicy");
    let scaler = scene.pod_of(subject).and_then(|pod| scene.autoscalers_of(pod).next());
    for (key, when) in [
        ("whenDeleted", "when it is deleted".to_owned()),
        (
            "whenScaled",
            match scaler {
                Some(scaler) => {
                    format!("each time the {} `{}` takes it away", scaler.kind(), scaler.name())
                }
                None => "when there are fewer pods".to_owned(),
            },
        ),
    ] {
        let at = policy.field(key);
        if at.text() == Some("Delete") {
            at.fault_with(format!("the data of a pod goes {when}"), "say `Retain`");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn when() {
        let scaled = RULE.good.replace("whenScaled: Retain", "whenScaled: Delete");
        assert_eq!(
            findings(&RULE, &scaled),
            [
                "warning spec.persistentVolumeClaimRetentionPolicy.whenScaled: the data of a pod goes when there are fewer pods"
            ]
        );
        let none = RULE.bad.split("  volumeClaimTemplates").next().unwrap();
        assert!(findings(&RULE, none).is_empty());
    }
}

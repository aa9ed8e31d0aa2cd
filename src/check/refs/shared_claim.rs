//! Claims that more pods mount than they may be mounted by.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Right, Scene};
use crate::object::value::Value;

use super::lookup::claims;
use super::lookup::replicas::{self, Replicas};

pub static RULE: Rule = Rule {
    name: "refs/shared-claim",
    weight: Weight::GRAVE,
    summary: "a claim that one node or one pod may mount is mounted by several",
    page: "A `ReadWriteOnce` claim is mounted by one node, a `ReadWriteOncePod` claim by one pod. Further pods wait in `ContainerCreating` for a volume that is attached elsewhere; where they land on one node, two programs write to the same files. A StatefulSet with `volumeClaimTemplates` gives each pod a claim of its own. A file system that is shared (`ReadWriteMany`) needs a class that can.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:v1.4.2
          volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if pod.is_made() {
        return;
    }
    for volume in spec.field("volumes").items() {
        let at = volume.field("persistentVolumeClaim").field("claimName");
        let Some(name) = at.text() else { continue };
        let Some(claim) = claims::find(scene, pod.namespace, name) else { continue };
        let for_one_pod = claim.has_mode("ReadWriteOncePod");
        let for_one_node = claim.has_mode("ReadWriteOnce")
            && !claim.has_mode("ReadWriteMany")
            && !claim.has_mode("ReadOnlyMany");
        if !for_one_pod && !for_one_node {
            continue;
        }
        let mode = if for_one_pod { "ReadWriteOncePod" } else { "ReadWriteOnce" };
        let together = !for_one_pod && stays_on_one_node(spec);
        if let Replicas::Several(how_many) = replicas::of(scene, pod.owner)
            && !together
        {
            at.fault_with(
                format!("{} is `{mode}`, and {how_many} mount it", shown(name)),
                "use a StatefulSet with `volumeClaimTemplates`, one replica, or a claim that is `ReadWriteMany`",
            );
        }
        let right = Right::Claim { namespace: pod.namespace, name };
        if let Some(other) = scene.exclusive().first_other(&right, pod.owner) {
            let message =
                format!("{} is `{mode}`, and {} mounts it too", shown(name), other.identity);
            if for_one_pod {
                at.fault_with(message, "give each a claim of its own");
            } else if !together {
                at.warn_with(
                    message,
                    "they run only where they are on one node: say so by `podAffinity`",
                );
            }
        }
    }
}

/// Whether the pods are told to be where one of them is, or where one node is.
fn stays_on_one_node(spec: At<'_>) -> bool {
    const HOST: &str = "kubernetes.io/hostname";
    let named = !spec.field("nodeName").is_empty() || spec.field("nodeSelector").key(HOST).is_set();
    let required = "requiredDuringSchedulingIgnoredDuringExecution";
    let affinity = spec.field("affinity");
    let with_others = affinity.field("podAffinity").field(required).items();
    let on_nodes =
        affinity.field("nodeAffinity").field(required).field("nodeSelectorTerms").items();
    named
        || with_others.into_iter().any(|term| term.field("topologyKey").text() == Some(HOST))
        || on_nodes.into_iter().any(|term| {
            term.field("matchExpressions").items().any(|one| {
                one.field("key").text() == Some(HOST)
                    && matches!(one.field("values").list(), [Value::String(_)])
            })
        })
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn mounted(mode: &str, replicas: &str, spec: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  {replicas}
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      {spec}
      containers: [{{name: web, image: web}}]
      volumes: [{{name: data, persistentVolumeClaim: {{claimName: data}}}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: data}}
spec: {{accessModes: [{mode}], resources: {{requests: {{storage: 1Gi}}}}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {{name: backup}}
spec:
  schedule: 0 2 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          {spec}
          containers: [{{name: backup, image: backup}}]
          volumes: [{{name: data, persistentVolumeClaim: {{claimName: data}}}}]
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn several_pods_and_several_workloads() {
        assert!(mounted("ReadWriteMany", "replicas: 3", "").is_empty());
        assert!(mounted("'ReadWriteOnce', ReadWriteMany", "replicas: 3", "").is_empty());
        let found = mounted("ReadWriteOnce", "replicas: 3", "");
        assert_eq!(
            found,
            [
                "error Deployment/web spec.template.spec.volumes[0].persistentVolumeClaim.claimName: `data` is `ReadWriteOnce`, and 3 replicas mount it",
                "warning CronJob/backup spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName: `data` is `ReadWriteOnce`, and Deployment/web mounts it too",
            ]
        );
        assert_eq!(mounted("ReadWriteOnce", "", "").len(), 1);
        assert_eq!(mounted("ReadWriteOnce", "", "nodeName: a").len(), 0);
        let found = mounted("ReadWriteOncePod", "", "nodeName: a");
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("error CronJob/backup"));
    }
}

//! Volumes that several nodes would have to mount, and only one can.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::scale_range::{is_scaled, surge};

pub static RULE: Rule = Rule {
    name: "policy/shared-claim",
    weight: Weight::RISING,
    summary: "pods on several nodes need a volume that only one node can mount",
    page: "A claim that is `ReadWriteOnce` is mounted by one node at a time. If several pods of a workload use it, those on other nodes never start (`Multi-Attach error`), and those on the same node write into each other's files. Give each pod a claim of its own, with a StatefulSet and `volumeClaimTemplates`, or use a volume that is `ReadWriteMany`.\n\nWith one pod it is a warning where the Deployment replaces it by rolling: the new pod waits for the volume that the old one holds, and the old one for the new one to be ready. Use `strategy: {type: Recreate}`, or `maxSurge: 0`.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db}
spec:
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: registry.example.com/db:v1, volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: db}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: db, image: registry.example.com/db:v1, volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
",
    look: Look::Pod(look),
};

/// What a volume of a pod mounts.
pub enum Mounts<'a> {
    Claim(&'a Subject<'a>),
    /// A claim that is not here.
    Unknown,
}

/// The claim behind a volume, if it has one.
pub fn mounts<'a>(scene: &Scene<'a>, pod: &Pod<'a>, volume: At<'a>) -> Option<Mounts<'a>> {
    let name = volume.field("persistentVolumeClaim").field("claimName").text()?;
    let claim = scene.find("", "PersistentVolumeClaim", pod.namespace, name);
    Some(claim.map_or(Mounts::Unknown, Mounts::Claim))
}

/// Whether only one node can mount a claim.
pub fn is_single(claim: &Subject<'_>) -> bool {
    let modes = claim.content.get("spec").and_then(|spec| spec.get("accessModes"));
    let Some(Value::List(modes)) = modes else { return false };
    let single = |mode: &Value| matches!(mode.as_str(), Some("ReadWriteOnce" | "ReadWriteOncePod"));
    !modes.is_empty() && modes.iter().all(single)
}

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let owner = pod.owner;
    let on_each_node = owner.is("apps", "DaemonSet");
    if owner.is_controlled() || !(is_scaled(owner) || on_each_node) {
        return;
    }
    let most = scene.scale_of(pod).map_or(0, |range| range.most);
    for volume in spec.field("volumes").items() {
        let Some(Mounts::Claim(claim)) = mounts(scene, pod, volume) else { continue };
        if !is_single(claim) {
            continue;
        }
        let at = volume.field("persistentVolumeClaim").field("claimName");
        let one = format!("only one node can mount `{}`", claim.name());
        if on_each_node || most > 1 {
            let how_many = match on_each_node {
                true => "each node".to_owned(),
                false => format!("up to {most} pods"),
            };
            at.fault_with(
                format!("{one}, and {how_many} would"),
                "give each pod its own claim (a StatefulSet with `volumeClaimTemplates`), or use `ReadWriteMany`",
            );
        } else if most == 1 && surge(owner, 1) > 0 {
            at.warn_with(
                format!(
                    "{one}: in a rollout the new pod waits for the old one, which waits for it"
                ),
                "say `strategy: {type: Recreate}`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(change: &[(&str, &str)]) -> Vec<String> {
        let text =
            change.iter().fold(RULE.bad.to_owned(), |text, (from, to)| text.replace(from, to));
        findings(&RULE, &text)
    }

    #[test]
    fn how_many_and_how() {
        assert_eq!(
            found(&[]),
            [
                "error spec.template.spec.volumes[0].persistentVolumeClaim.claimName: only one node can mount `data`, and up to 2 pods would"
            ]
        );
        assert!(found(&[("ReadWriteOnce", "ReadWriteMany")]).is_empty());
        assert!(found(&[("ReadWriteOnce", "ReadWriteOnce, ReadWriteMany")]).is_empty());
        let one = found(&[("replicas: 2", "replicas: 1")]);
        assert!(one.len() == 1 && one[0].starts_with("warning"), "{one:?}");
        assert!(
            found(&[(
                "replicas: 2",
                "replicas: 1\n  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}"
            )])
            .is_empty()
        );
        assert!(found(&[("replicas: 2", "replicas: 0")]).is_empty());
        assert_eq!(found(&[("Deployment", "StatefulSet")]).len(), 1);
        assert!(found(&[("Deployment", "StatefulSet"), ("replicas: 2", "replicas: 1")]).is_empty());
        assert_eq!(found(&[("Deployment", "DaemonSet"), ("  replicas: 2\n", "")]).len(), 1);
        assert!(found(&[("claimName: data", "claimName: other")]).is_empty());
    }
}

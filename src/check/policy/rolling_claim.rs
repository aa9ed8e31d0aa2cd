//! Deployments that replace their pod by rolling, though only one node can mount its
//! volume.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::scale_range::{is_scaled, surge};

pub static RULE: Rule = Rule {
    name: "policy/rolling-claim",
    weight: Weight::ADVICE,
    summary: "a rollout waits for a volume that the old pod holds",
    page: "A claim that is `ReadWriteOnce` is mounted by one node at a time. Where a Deployment replaces its pod by rolling, the new pod waits for the volume that the old one holds (`Multi-Attach error`), and the old one for the new one to be ready. Use `strategy: {type: Recreate}`, or a StatefulSet.",
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
  replicas: 1
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
    let is_one = scene.scale_of(pod).is_some_and(|range| range.most == 1);
    if owner.is_made() || !is_scaled(owner) || !is_one || surge(owner, 1) == 0 {
        return;
    }
    for volume in spec.field("volumes").items() {
        if let Some(Mounts::Claim(claim)) = mounts(scene, pod, volume)
            && is_single(claim)
        {
            volume.field("persistentVolumeClaim").field("claimName").fault_with(
                format!(
                    "only one node can mount {}: in a rollout the new pod waits for the old one, which waits for it",
                    shown(claim.name())
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
    fn only_where_one_pod_takes_the_place_of_another() {
        assert_eq!(found(&[]).len(), 1);
        let strategy = "replicas: 1\n  strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}";
        for change in [
            [("ReadWriteOnce", "ReadWriteMany")],
            [("ReadWriteOnce", "ReadWriteOnce, ReadWriteMany")],
            [("replicas: 1", "replicas: 0")],
            [("replicas: 1", "replicas: 2")],
            [("replicas: 1", strategy)],
            [("Deployment", "StatefulSet")],
            [("claimName: data", "claimName: other")],
        ] {
            assert!(found(&change).is_empty(), "{change:?}");
        }
    }
}

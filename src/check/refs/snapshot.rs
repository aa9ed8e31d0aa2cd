//! Snapshots of what is not there, and claims restored from nothing.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};
use super::lookup::claims;

pub static RULE: Rule = Rule {
    name: "refs/snapshot",
    weight: Weight::ERROR,
    summary: "a snapshot of a claim, or a claim of a snapshot, that is not there",
    page: "A VolumeSnapshot whose claim does not exist never becomes ready, and nobody notices until it is needed. A claim whose `dataSource` does not exist stays `Pending`. Both must be in the same namespace as what they name. The claims of a StatefulSet are called `TEMPLATE-SET-N`, such as `data-db-0`.",
    bad: "
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: before-upgrade}
spec: {source: {persistentVolumeClaimName: dat}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    good: "
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: before-upgrade}
spec: {source: {persistentVolumeClaimName: data}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    look: Look::Object(look),
};

const GROUP: &str = "snapshot.storage.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() {
        return;
    }
    let namespace = scene.namespace_of(subject);
    if subject.is(GROUP, "VolumeSnapshot") {
        of_snapshot(scene, namespace, object.field("spec"));
        return;
    }
    for spec in claims::specs(scene, object) {
        restored(scene, namespace, claims::source(spec));
    }
}

fn of_snapshot<'a>(scene: &Scene<'a>, namespace: &'a str, spec: At<'a>) {
    let source = spec.field("source");
    let claim = source.field("persistentVolumeClaimName");
    claims::lead(scene, claim, namespace, claim.text_or_empty());
    let content = source.field("volumeSnapshotContentName");
    let name = content.text_or_empty();
    absent::lead(scene, content, Wanted::of_cluster(GROUP, "VolumeSnapshotContent", name));
    let class = spec.field("volumeSnapshotClassName");
    let wanted = Wanted::of_cluster(GROUP, "VolumeSnapshotClass", class.text_or_empty());
    absent::lead(scene, class, wanted.usual());
}

fn restored<'a>(scene: &Scene<'a>, namespace: &'a str, source: At<'a>) {
    let name = source.field("name");
    let group = source.field("apiGroup").text_or_empty();
    let namespace = source.field("namespace").text_or(namespace);
    match (group, source.field("kind").text_or_empty()) {
        (_, "") => {}
        ("", "PersistentVolumeClaim") => {
            claims::lead(scene, name, namespace, name.text_or_empty());
        }
        (group, kind) => {
            absent::lead(scene, name, Wanted::of(group, kind, namespace, name.text_or_empty()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn what_is_restored_from() {
        let claim = |source: &str| {
            let text = format!(
                "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: restored, namespace: shop}}
spec:
  accessModes: [ReadWriteOnce]
  resources: {{requests: {{storage: 1Gi}}}}
  {source}
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {{name: before, namespace: shop}}
spec: {{source: {{persistentVolumeClaimName: restored}}}}
"
            );
            said(RULE.name, &text)
        };
        let of = |kind: &str, group: &str, name: &str| {
            claim(&format!("dataSource: {{kind: {kind}, apiGroup: {group}, name: {name}}}"))
        };
        assert!(of("VolumeSnapshot", "snapshot.storage.k8s.io", "before").is_empty());
        assert!(of("PersistentVolumeClaim", "''", "restored").is_empty());
        assert_eq!(
            of("VolumeSnapshot", "snapshot.storage.k8s.io", "befor"),
            [
                "error PersistentVolumeClaim/restored spec.dataSource.name: there is no VolumeSnapshot `befor` in namespace `shop`"
            ]
        );
        assert_eq!(of("PersistentVolumeClaim", "''", "other").len(), 1);
        // A server fills in both.
        let both = "dataSource: {kind: VolumeSnapshot, apiGroup: snapshot.storage.k8s.io, name: x}\n  dataSourceRef: {kind: VolumeSnapshot, apiGroup: snapshot.storage.k8s.io, name: x}";
        assert_eq!(claim(both).len(), 1);
    }
}

//! Claims that are smaller than what they are restored from.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::value::Value;
use crate::scalar::{Quantity, Scalar};

use super::lookup::claims;

pub static RULE: Rule = Rule {
    name: "refs/restore-size",
    weight: Weight::ERROR,
    summary: "a claim is smaller than what it is restored from",
    page: "What a claim starts from, a snapshot or another claim, must fit into it. A driver refuses a smaller one, so the claim stays `Pending`, and nobody learns it before the restore is needed. Ask for as much as the claim had of which the snapshot was taken; it may be more.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}}
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: before-upgrade}
spec: {source: {persistentVolumeClaimName: data}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: restored}
spec:
  accessModes: [ReadWriteOnce]
  dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: before-upgrade}
  resources: {requests: {storage: 10Gi}}
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}}
---
apiVersion: snapshot.storage.k8s.io/v1
kind: VolumeSnapshot
metadata: {name: before-upgrade}
spec: {source: {persistentVolumeClaimName: data}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: restored}
spec:
  accessModes: [ReadWriteOnce]
  dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: before-upgrade}
  resources: {requests: {storage: 50Gi}}
",
    look: Look::Object(look),
};

const SNAPSHOTS: &str = "snapshot.storage.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let own = scene.namespace_of(object.subject());
    for spec in claims::specs(scene, object) {
        let source = claims::source(spec);
        let storage = spec.down(&["resources", "requests", "storage"]);
        let Some(wanted) = storage.quantity() else { continue };
        let namespace = source.field("namespace").text_or(own);
        let Some((size, text)) = size_of(scene, namespace, source) else { continue };
        if wanted < size {
            let name = shown(source.field("name").text_or_empty());
            storage.fault_with(
                format!("{name}, which it starts from, is of a claim of {text}"),
                format!("ask for {text} at least"),
            );
        }
    }
}

/// How large that is which a source leads to, where it is known here.
fn size_of<'a>(
    scene: &Scene<'a>,
    namespace: &'a str,
    source: At<'a>,
) -> Option<(Quantity, &'a str)> {
    let name = source.field("name").text()?;
    let claim = match (source.field("apiGroup").text_or_empty(), source.field("kind").text()?) {
        ("", "PersistentVolumeClaim") => name,
        (SNAPSHOTS, "VolumeSnapshot") => {
            let snapshot = scene.find(SNAPSHOTS, "VolumeSnapshot", namespace, name)?;
            let source = snapshot.content.get("spec")?.get("source")?;
            source.get("persistentVolumeClaimName")?.as_str()?
        }
        _ => return None,
    };
    let spec = claims::find(scene, namespace, claim)?.spec;
    let storage = spec.get("resources")?.get("requests")?.get("storage");
    let text = storage.and_then(Value::as_str)?;
    Some((Quantity::parse(text).ok()?, text))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn clones_and_what_is_not_known() {
        let clone = RULE.bad.replace(
            "{apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: before-upgrade}",
            "{kind: PersistentVolumeClaim, name: data}",
        );
        assert_eq!(
            said(RULE.name, &clone),
            [
                "error PersistentVolumeClaim/restored spec.resources.requests.storage: `data`, which it starts from, is of a claim of 50Gi"
            ]
        );
        assert!(said(RULE.name, &clone.replace("10Gi", "64Gi")).is_empty());
        assert!(
            said(RULE.name, &clone.replace("Claim, name: data}", "Claim, name: other}")).is_empty()
        );
    }
}

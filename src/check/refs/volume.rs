//! Claims and volumes that are bound to each other by name, and cannot be.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::value::Value;
use crate::scalar::{Quantity, Scalar};

use super::lookup::absent::{self, Wanted};
use super::lookup::claims::{self, Claim};

pub static RULE: Rule = Rule {
    name: "refs/volume",
    weight: Weight::ERROR,
    summary: "a claim and a volume name each other, and cannot be bound",
    page: "A claim with a `volumeName` waits for just this volume, and a volume with a `claimRef` for just this claim. They are bound only where both are there, have the same class, and the volume has the access modes and the size that the claim asks for. Otherwise the claim stays `Pending`, and each pod that mounts it.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: local
  volumeName: disk
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 20Gi}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  storageClassName: local
  accessModes: [ReadWriteOnce]
  capacity: {storage: 10Gi}
  hostPath: {path: /mnt/disk}
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: local
  volumeName: disk
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Gi}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  storageClassName: local
  accessModes: [ReadWriteOnce]
  capacity: {storage: 10Gi}
  hostPath: {path: /mnt/disk}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    // What is bound already, as a cluster shows it, fits.
    if object.down(&["status", "phase"]).text() == Some("Bound") {
        return;
    }
    let spec = object.field("spec");
    if subject.is("", "PersistentVolumeClaim") {
        of_claim(scene, scene.namespace_of(subject), spec);
    } else if subject.is("", "PersistentVolume") {
        of_volume(scene, spec);
    }
}

fn of_claim<'a>(scene: &Scene<'a>, namespace: &'a str, spec: At<'a>) {
    let name = spec.field("volumeName");
    let annotations = spec.object().field("metadata").field("annotations");
    if annotations.key("pv.kubernetes.io/bind-completed").is_set() {
        return;
    }
    let wanted = Wanted::of_cluster("", "PersistentVolume", name.text_or_empty()).usual();
    let Some(volume) = absent::lead(scene, name, wanted) else { return };
    let Some(volume) = volume.content.get("spec") else { return };
    let claim = Claim { spec: spec.value().unwrap_or(&Value::Null) };
    let reference = |key| volume.get("claimRef").and_then(|claim| claim.get(key)?.as_str());
    let own_name = spec.object().subject().name();
    if let Some(other) = reference("name")
        && (other != own_name || reference("namespace").is_some_and(|of| of != namespace))
    {
        name.fault(format!("the volume is kept for another claim, {}", shown(other)));
    }
    must_fit(name, claim, volume);
}

fn of_volume<'a>(scene: &Scene<'a>, spec: At<'a>) {
    let reference = spec.field("claimRef");
    let name = reference.field("name");
    let namespace = reference.field("namespace").text_or_empty();
    // With a UID it was bound once.
    if namespace.is_empty() || reference.field("uid").is_set() {
        return;
    }
    let claim = claims::lead(scene, name, namespace, name.text_or_empty());
    if let (Some(claim), Some(volume)) = (claim, spec.value()) {
        let volume_name = claim.spec.get("volumeName").and_then(Value::as_str);
        // Where both name each other the claim says what is wrong.
        if volume_name.is_none_or(str::is_empty) {
            must_fit(name, claim, volume);
        }
    }
}

/// As `FindMatchingVolume` has it for a volume that is named.
fn must_fit(at: At<'_>, claim: Claim<'_>, volume: &Value) {
    let class = |spec: &Value| spec.word("storageClassName").to_owned();
    // A claim that says nothing gets the default class, which is not known here.
    let asks_for_class = claim.spec.get("storageClassName").is_some();
    let (wanted, own) = (class(claim.spec), class(volume));
    if asks_for_class && wanted != own {
        at.fault_with(
            format!(
                "the claim is of class {}, the volume of class {}",
                shown(&wanted),
                shown(&own)
            ),
            "give both the same `storageClassName`",
        );
    }
    if let (Some(wanted), Some(own)) = (
        storage(claim.spec.get("resources").and_then(|all| all.get("requests"))),
        storage(volume.get("capacity")),
    ) && own < wanted
    {
        at.fault_with(
            format!("the claim asks for {wanted}, and the volume has {own}"),
            "ask for no more than there is",
        );
    }
    let modes = |spec: &Value| match spec.get("accessModes") {
        Some(Value::List(modes)) => {
            modes.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let own: Vec<String> = modes(volume);
    for mode in modes(claim.spec).iter().filter(|mode| !own.contains(mode)) {
        at.fault(format!("the claim asks for {}, which the volume does not allow", shown(mode)));
    }
}

fn storage(resources: Option<&Value>) -> Option<Quantity> {
    match resources?.get("storage")? {
        Value::String(text) => Quantity::parse(text).ok(),
        Value::Int(number) => Quantity::parse(&number.to_string()).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn bound(claim: &str, volume: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {{name: data, namespace: shop}}
spec: {{{claim}, resources: {{requests: {{storage: 1Gi}}}}}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {{name: disk}}
spec: {{{volume}, capacity: {{storage: 1024Mi}}, hostPath: {{path: /mnt}}}}
"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn class_modes_and_the_claim_that_it_is_for() {
        let volume = "storageClassName: local, accessModes: [ReadWriteOnce, ReadOnlyMany]";
        assert!(
            bound(
                "storageClassName: local, volumeName: disk, accessModes: [ReadWriteOnce]",
                volume
            )
            .is_empty()
        );
        assert!(bound("volumeName: disk, accessModes: [ReadWriteOnce]", volume).is_empty());
        assert_eq!(
            bound("storageClassName: '', volumeName: disk, accessModes: [ReadWriteMany]", volume),
            [
                "error PersistentVolumeClaim/data spec.volumeName: the claim is of class ``, the volume of class `local`",
                "error PersistentVolumeClaim/data spec.volumeName: the claim asks for `ReadWriteMany`, which the volume does not allow",
            ]
        );
        let other = "accessModes: [ReadWriteOnce], claimRef: {namespace: shop, name: other}";
        assert_eq!(
            bound("volumeName: disk, accessModes: [ReadWriteOnce]", other),
            [
                "error PersistentVolumeClaim/data spec.volumeName: the volume is kept for another claim, `other`",
                "error PersistentVolume/disk spec.claimRef.name: there is no PersistentVolumeClaim `other` in namespace `shop`",
            ]
        );
    }

    #[test]
    fn a_claim_that_is_bound_is_left_alone() {
        let text = "
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  annotations: {pv.kubernetes.io/bind-completed: 'yes'}
spec: {volumeName: pvc-0b1c, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
status: {phase: Bound}
";
        assert!(said(RULE.name, text).is_empty());
    }
}

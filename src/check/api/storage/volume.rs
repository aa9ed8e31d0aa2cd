//! PersistentVolumes.

use crate::check::api::claim::validate_access_modes;
use crate::check::api::pod::node_selector;
use crate::check::api::server_warning::{self, nodes::warn_of_node_term};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsName;

use super::{source, warn_of_annotation};

pub static RULE: Rule = Rule {
    name: "api/persistent-volume",
    weight: Weight::ERROR,
    summary: "a PersistentVolume that a server refuses",
    page: "A volume says how large it is (`capacity.storage`), how it can be mounted (`accessModes`), and in one source, such as `csi`, `nfs` or `local`, where it is. A `local` volume also says which node it is on (`nodeAffinity`).",
    bad: "
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  local: {path: /mnt/data}
",
    good: "
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  capacity: {storage: 10Gi}
  accessModes: [ReadWriteOnce]
  local: {path: /mnt/data}
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - {key: kubernetes.io/hostname, operator: In, values: [node-1]}
",
    look: Look::Validation,
};

/// `ValidatePersistentVolume`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let name = object.down(&["metadata", "name"]).text_or_empty();
    validate_spec(spec, name);
    warn_of_annotation(object);
    if spec.field("persistentVolumeReclaimPolicy").text() == Some("Recycle") {
        spec.field("persistentVolumeReclaimPolicy")
            .under(&server_warning::RULE)
            .warn_with("`Recycle` is deprecated", "let a StorageClass make volumes");
    }
}

fn validate_spec(spec: At<'_>, name: &str) {
    let modes = spec.field("accessModes");
    if modes.required() {
        validate_access_modes(modes);
    }
    capacity(spec.field("capacity"));
    let policy = spec.field("persistentVolumeReclaimPolicy");
    if !policy.is_empty() {
        policy.must_be_one_of(&["Retain", "Delete", "Recycle"]);
    }
    let affinity = spec.field("nodeAffinity");
    if affinity.is_set() && affinity.field("required").must_be_set() {
        let required = affinity.field("required");
        node_selector::validate(required);
        let terms = required.under(&server_warning::RULE).field("nodeSelectorTerms");
        terms.items().for_each(warn_of_node_term);
    }
    source::validate(spec, name);
    class(spec);
}

fn capacity(capacity: At<'_>) {
    let storage = capacity.entries().filter(|(resource, _)| *resource == "storage").count();
    if storage == 0 {
        capacity.fault_with("it does not say how large it is", "such as `storage: 10Gi`");
    } else if capacity.entries().count() > storage {
        capacity.fault("a volume has `storage` alone");
    }
    for (_, amount) in capacity.entries() {
        match amount.is_set() {
            true => amount.must_be_more_than_nothing(),
            // `null` is nothing of it.
            false => amount.fault("must be more than zero, and is nothing"),
        }
    }
}

fn class(spec: At<'_>) {
    let path = spec.down(&["hostPath", "path"]).text();
    let policy = spec.field("persistentVolumeReclaimPolicy");
    let is_root =
        |path: &str| path.starts_with('/') && path.split('/').all(|part| matches!(part, "" | "."));
    if path.is_some_and(is_root) && policy.text() == Some("Recycle") {
        policy.fault("`Recycle` would empty the disk of the node");
    }
    spec.field("storageClassName").may_be::<DnsName>();
    spec.field("volumeMode").must_be_one_of(&["Filesystem", "Block"]);
    let attributes = spec.field("volumeAttributesClassName");
    if attributes.is_set() {
        attributes.required_as::<DnsName>();
        if !spec.field("csi").is_set() {
            spec.field("csi").fault("a volume with `volumeAttributesClassName` has `csi`");
        }
    }
}

/// A volume that stands in a VolumeAttachment is always one of a driver.
pub fn validate_inline(spec: At<'_>) {
    for field in ["claimRef", "capacity", "nodeAffinity", "storageClassName"] {
        if !spec.field(field).is_empty() {
            spec.field(field).forbid("the volume is attached, and made nowhere");
        }
    }
    let modes = spec.field("accessModes");
    if modes.required() {
        validate_access_modes(modes);
    }
    spec.field("csi").must_be_set();
    let policy = spec.field("persistentVolumeReclaimPolicy");
    if !policy.is_empty() {
        policy.must_be_one_of(&["Retain"]);
    }
    spec.field("volumeMode").must_be_one_of(&["Filesystem"]);
    source::validate(spec, "");
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    const SIZE: &str = "capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce]";
    const NODE: &str = "nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [a]}]}]}}";

    fn volume(spec: &str) -> String {
        format!("apiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: a}}\nspec: {{{spec}}}\n")
    }

    #[test]
    fn volumes_that_a_server_takes() {
        for rest in [
            "nfs: {server: a, path: /b}",
            "nfs: {server: a, path: /b}, persistentVolumeReclaimPolicy: '', storageClassName: ''",
            "hostPath: {path: /mnt}, volumeMode: Block",
            "csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}, volumeAttributesClassName: fast",
            &format!("local: {{path: /mnt}}, {NODE}"),
            "nfs: {server: a, path: /b}, claimRef: {name: a, namespace: b}",
        ] {
            none(&volume(&format!("{SIZE}, {rest}")));
        }
    }

    #[test]
    fn volumes_that_it_refuses() {
        for (rest, fields) in [
            ("local: {path: /mnt}", vec!["spec.nodeAffinity"]),
            ("nfs: {server: a, path: b}", vec!["spec.nfs.path"]),
            ("volumeMode: Raw, hostPath: {path: /a}", vec!["spec.volumeMode"]),
            ("", vec!["spec"]),
            ("hostPath: {path: /a}, nfs: {server: a, path: /b}", vec!["spec.nfs"]),
            (
                "hostPath: {path: /}, persistentVolumeReclaimPolicy: Recycle",
                vec!["spec.persistentVolumeReclaimPolicy"],
            ),
            (
                "hostPath: {path: /a}, volumeAttributesClassName: ''",
                vec!["spec.volumeAttributesClassName", "spec.csi"],
            ),
            ("hostPath: {path: /a}, nodeAffinity: {}", vec!["spec.nodeAffinity.required"]),
        ] {
            let found = faults(&volume(&format!("{SIZE}, {rest}")));
            assert_eq!(found, fields, "{rest}");
        }
        assert_eq!(faults(&volume("hostPath: {path: /a}")), ["spec.accessModes", "spec.capacity"]);
        let zero = "capacity: {storage: 0, cpu: 1}, accessModes: [RWO], hostPath: {path: /a}";
        assert_eq!(
            faults(&volume(zero)),
            ["spec.accessModes", "spec.capacity", "spec.capacity[storage]"]
        );
    }
}

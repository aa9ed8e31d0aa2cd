//! Where a PersistentVolume is: one source of many.

use crate::check::api::pod::volume::storage;
use crate::check::api::server_warning::{self, volumes::warn_of_source};
use crate::check::at::At;
use crate::scalar::{DnsLabel, DnsName};

/// All of them, in the order in which a server looks at them: the first one counts.
const SOURCES: [&str; 22] = [
    "hostPath",
    "gcePersistentDisk",
    "awsElasticBlockStore",
    "glusterfs",
    "flocker",
    "nfs",
    "rbd",
    "quobyte",
    "cephfs",
    "iscsi",
    "cinder",
    "fc",
    "flexVolume",
    "azureFile",
    "vsphereVolume",
    "photonPersistentDisk",
    "portworxVolume",
    "azureDisk",
    "scaleIO",
    "local",
    "storageos",
    "csi",
];

/// The sources of `ValidatePersistentVolumeSpec`.
pub fn validate(spec: At<'_>, name: &str) {
    let mut first = None;
    for kind in SOURCES {
        let source = spec.field(kind);
        if !source.is_set() {
            continue;
        }
        match first {
            None => validate_one(spec, kind, source, name),
            Some(first) => {
                let source = match kind {
                    // It is misspelt where it comes second.
                    "cephfs" => source.named(spec.field("cephFS")),
                    _ => source,
                };
                source.forbid(&format!("there is `{first}`, and a volume has one source"));
            }
        }
        first = first.or(Some(kind));
        warn_of_source(kind, source.under(&server_warning::RULE));
    }
    if first.is_none() {
        spec.fault_with("a volume has a source", "such as `csi`, `nfs` or `local`");
    }
}

fn validate_one<'a>(spec: At<'a>, kind: &str, source: At<'a>, name: &str) {
    let secret = source.field("secretRef");
    match kind {
        "local" => {
            if source.field("path").required() {
                source.field("path").must_not_step_back();
            }
            if !spec.field("nodeAffinity").is_set() {
                spec.field("nodeAffinity")
                    .fault_with("a local volume is on some node", "say which one it is on");
            }
        }
        "csi" => validate_csi(source),
        // A server calls it otherwise than its users do.
        "gcePersistentDisk" => storage::validate(kind, source.named(spec.field("persistentDisk"))),
        "iscsi" => {
            storage::validate(kind, source);
            if secret.is_set() {
                secret.field("name").required();
            }
            let portal = source.field("targetPortal");
            let length = name.len() + 1 + portal.text_or_empty().len();
            let named = portal.named(source.field("targetportal"));
            storage::validate_initiator(source, length, named);
        }
        "glusterfs" => {
            storage::validate(kind, source);
            if source.field("endpointsNamespace").is_set() {
                source.field("endpointsNamespace").required_as::<DnsLabel>();
            }
        }
        "cinder" | "storageos" => {
            storage::validate(kind, source);
            if secret.is_set() {
                secret.field("namespace").required();
            }
        }
        "azureFile" => {
            storage::validate(kind, source);
            if source.field("secretNamespace").is_set() {
                source.field("secretNamespace").required();
            }
        }
        _ => storage::validate(kind, source),
    }
}

/// `validateCSIPersistentVolumeSource`.
fn validate_csi(source: At<'_>) {
    storage::validate_driver(source.field("driver"));
    source.field("volumeHandle").required();
    for field in [
        "controllerPublishSecretRef",
        "controllerExpandSecretRef",
        "nodePublishSecretRef",
        "nodeExpandSecretRef",
    ] {
        let secret = source.field(field);
        if secret.is_set() {
            secret.field("name").required_as::<DnsName>();
            secret.field("namespace").required_as::<DnsLabel>();
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::faults;

    #[test]
    fn sources() {
        for (source, fields) in [
            ("csi: {}", vec!["csi.driver", "csi.volumeHandle"]),
            ("csi: {driver: A.b, volumeHandle: c}", vec![]),
            (
                "csi: {driver: a_b, volumeHandle: c, nodePublishSecretRef: {name: a}}",
                vec!["csi.driver", "csi.nodePublishSecretRef.namespace"],
            ),
            ("iscsi: {targetPortal: a, iqn: iqn.2001-04.com.example:b, lun: 0}", vec![]),
            (
                "iscsi: {iqn: x, lun: 300, secretRef: {}}",
                vec!["iscsi.targetPortal", "iscsi.iqn", "iscsi.lun", "iscsi.secretRef.name"],
            ),
            ("cinder: {volumeID: a, secretRef: {name: b}}", vec!["cinder.secretRef.namespace"]),
            (
                "azureFile: {secretName: a, shareName: b, secretNamespace: ''}",
                vec!["azureFile.secretNamespace"],
            ),
            (
                "glusterfs: {endpoints: a, path: b, endpointsNamespace: ''}",
                vec!["glusterfs.endpointsNamespace"],
            ),
            (
                "gcePersistentDisk: {partition: 256}",
                vec!["persistentDisk.pdName", "persistentDisk.partition"],
            ),
            ("hostPath: {path: /a/../b, type: Nope}", vec!["hostPath.path", "hostPath.type"]),
        ] {
            let found = faults(&format!(
                "apiVersion: v1\nkind: PersistentVolume\nmetadata: {{name: a}}\nspec: {{capacity: {{storage: 1Gi}}, accessModes: [ReadWriteOnce], {source}}}\n"
            ));
            let short: Vec<_> = found.iter().map(|field| field.replace("spec.", "")).collect();
            assert_eq!(short, fields, "{source}");
        }
    }
}

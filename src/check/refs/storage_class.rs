//! Storage classes that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::lookup::absent::{self, Wanted};
use super::lookup::claims;

pub static RULE: Rule = Rule {
    name: "refs/storage-class",
    weight: Weight::WARNING,
    summary: "a claim names a class of storage that is not there",
    page: "A claim whose StorageClass does not exist stays `Pending`, and so does each pod that mounts it. Clusters come with classes of their own, and which ones only the cluster knows: what is named here is neither defined nor one of those that clouds and distributions are known for. Define it, or declare it under `checks.elsewhere`. A claim without `storageClassName` takes the default class.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: fast-sdd
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast-ssd}
provisioner: ebs.csi.aws.com
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  storageClassName: fast-ssd
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast-ssd}
provisioner: ebs.csi.aws.com
",
    look: Look::Object(look),
};

const GROUP: &str = "storage.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    if object.subject().is_made() {
        return;
    }
    for spec in claims::specs(scene, object) {
        let class = spec.field("storageClassName");
        let name = class.text_or_empty();
        // Volumes that are there already need a class only as a word that both ends say.
        if !is_well_known(name) && !scene.has_volumes(name) {
            absent::lead(scene, class, Wanted::of_cluster(GROUP, "StorageClass", name).usual());
        }
        let attributes = spec.field("volumeAttributesClassName");
        let name = attributes.text_or_empty();
        let wanted = Wanted::of_cluster(GROUP, "VolumeAttributesClass", name);
        absent::lead(scene, attributes, wanted.usual());
    }
}

/// What clouds, distributions and the better known drivers bring.
fn is_well_known(name: &str) -> bool {
    const NAMES: [&str; 24] = [
        "standard",
        "default",
        "gp2",
        "gp3",
        "managed",
        "hostpath",
        "local-path",
        "longhorn",
        "thin",
        "thin-csi",
        "efs-sc",
        "ebs-sc",
        "csi-hostpath-sc",
        "microk8s-hostpath",
        "nfs-client",
        "do-block-storage",
        "hcloud-volumes",
        "vultr-block-storage",
        "scw-bssd",
        "sbs-default",
        "oci",
        "oci-bv",
        "linode-block-storage",
        "civo-volume",
    ];
    const STARTS: [&str; 12] = [
        "standard-",
        "premium-",
        "managed-",
        "azurefile",
        "azureblob",
        "enterprise-",
        "zonal-",
        "hyperdisk-",
        "do-block-storage-",
        "linode-block-storage-",
        "ocs-storagecluster-",
        "ibmc-",
    ];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{said, said_under, some_files};

    use super::*;

    fn claim(class: &str) -> String {
        format!(
            "{{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {{name: data}}, spec: {{storageClassName: {class}, accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}}}}}"
        )
    }

    #[test]
    fn classes_of_clouds_are_there() {
        for class in ["gp3", "standard-rwo", "managed-csi-premium", "''"] {
            assert!(said(RULE.name, &claim(class)).is_empty(), "{class}");
        }
        assert!(said(RULE.name, &claim("fast"))[0].starts_with("warning "));
        assert!(said_under(&some_files(), RULE.name, &claim("fast")).is_empty());
    }

    #[test]
    fn a_volume_by_hand_has_its_own_word() {
        let volume = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: v}, spec: {storageClassName: manual, capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /v}}}";
        assert!(said(RULE.name, &format!("{}\n---\n{volume}", claim("manual"))).is_empty());
    }

    #[test]
    fn templates_and_ephemeral_volumes() {
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
      volumes:
        - name: scratch
          ephemeral: {volumeClaimTemplate: {spec: {storageClassName: b, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: a, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";
        assert_eq!(said(RULE.name, text).len(), 2);
    }
}

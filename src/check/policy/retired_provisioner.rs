//! Storage classes and volumes of drivers that Kubernetes no longer has.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/retired-provisioner",
    weight: Weight::WARNING,
    summary: "a storage class names a driver that Kubernetes no longer has",
    page: "The drivers of clouds that were part of Kubernetes (`kubernetes.io/…`) are gone. Where the cloud's own driver is installed it still answers to the old name, but settings of the new one have no effect, and without it a claim waits for ever. Name the driver that is installed. A class cannot be changed: make a new one beside the old.",
    bad: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast-ssd}
provisioner: kubernetes.io/aws-ebs
parameters: {type: gp3}
",
    good: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast-ssd}
provisioner: ebs.csi.aws.com
parameters: {type: gp3}
",
    look: Look::Object(look),
};

/// The names that were, and the drivers that took their place; empty where none did.
const RETIRED: &[(&str, &str)] = &[
    ("kubernetes.io/aws-ebs", "ebs.csi.aws.com"),
    ("kubernetes.io/azure-disk", "disk.csi.azure.com"),
    ("kubernetes.io/azure-file", "file.csi.azure.com"),
    ("kubernetes.io/cinder", "cinder.csi.openstack.org"),
    ("kubernetes.io/gce-pd", "pd.csi.storage.gke.io"),
    ("kubernetes.io/glusterfs", ""),
    ("kubernetes.io/quobyte", ""),
    ("kubernetes.io/rbd", "rbd.csi.ceph.com"),
    ("kubernetes.io/scaleio", ""),
    ("kubernetes.io/storageos", ""),
    ("kubernetes.io/vsphere-volume", "csi.vsphere.vmware.com"),
];

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("storage.k8s.io", "StorageClass") {
        return;
    }
    let provisioner = object.field("provisioner");
    let own = provisioner.text_or_empty();
    let Some((_, instead)) = RETIRED.iter().find(|(retired, _)| *retired == own) else { return };
    let help = match *instead {
        "" => "name the driver that is installed".to_owned(),
        instead => format!("its successor is `{instead}`"),
    };
    provisioner.fault_with(format!("Kubernetes no longer has the driver {}", shown(own)), help);
}

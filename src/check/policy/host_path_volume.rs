//! Volumes that are a directory of some node.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/host-path-volume",
    weight: Weight::ADVICE,
    summary: "a persistent volume is a directory of whatever node a pod is on",
    page: "A PersistentVolume with `hostPath` is a directory of the node that the pod happens to run on: on another node it is another directory, and the data seems lost. It is meant for clusters of one node. Use a CSI driver; for disks of the nodes themselves `local` with `nodeAffinity`, which keeps the pod where its data is.",
    bad: "
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  hostPath: {path: /mnt/data}
",
    good: "
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  local: {path: /mnt/data}
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [node-1]}]
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let spec = object.field("spec");
    let path = spec.field("hostPath");
    // A volume that is bound to a node is on that node.
    if object.subject().is("", "PersistentVolume")
        && path.is_set()
        && !spec.field("nodeAffinity").is_set()
    {
        path.fault_with(
            "on another node this is another directory",
            "use a CSI driver, or `local` with `nodeAffinity`",
        );
    }
}

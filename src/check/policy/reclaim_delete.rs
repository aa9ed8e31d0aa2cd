//! Volumes that are deleted with their claim.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::claims::is_default;

pub static RULE: Rule = Rule {
    name: "policy/reclaim-delete",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "data is deleted with the claim that it belongs to",
    page: "A storage class without `reclaimPolicy: Retain` deletes the disk when its claim is deleted: a namespace that is removed by mistake, a pruning that goes too far, and the data is gone. With `Retain` the disk stays, and somebody decides. The policy is copied into a volume when it is made: change those that are there one by one (`kubectl patch pv`).",
    bad: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    good: "
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
reclaimPolicy: Retain
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: fast, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
",
    look: Look::Object(look),
};

const HELP: &str = "say `Retain`, and let somebody decide";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is("storage.k8s.io", "StorageClass") {
        let policy = object.field("reclaimPolicy");
        let is_used = scene.claimed_classes().has(subject.name(), is_default(subject));
        if policy.text_or("Delete") == "Delete" && is_used {
            policy.fault_with("a disk is deleted with its claim", HELP);
        }
    } else if subject.is("", "PersistentVolume")
        && subject.annotation("pv.kubernetes.io/provisioned-by").is_none()
    {
        let policy = object.field("spec").field("persistentVolumeReclaimPolicy");
        if policy.text() == Some("Delete") {
            policy.fault_with("its data is deleted with its claim", HELP);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn who_uses_it() {
        let other = RULE.bad.replace("storageClassName: fast, ", "");
        assert!(findings(&RULE, &other).is_empty());
        let default = other.replace(
            "{name: fast}",
            "{name: fast, annotations: {storageclass.kubernetes.io/is-default-class: 'true'}}",
        );
        assert_eq!(
            findings(&RULE, &default),
            ["warning reclaimPolicy: a disk is deleted with its claim"]
        );
        let set = RULE
            .bad
            .replace("v1\nkind: PersistentVolumeClaim", "apps/v1\nkind: StatefulSet")
            .replace(
                "spec: {storageClassName",
                "spec: {volumeClaimTemplates: [{spec: {storageClassName",
            )
            .replace("1Gi}}}", "1Gi}}}}]}");
        assert_eq!(findings(&RULE, &set).len(), 1);
    }
}

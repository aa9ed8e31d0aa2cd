//! Claims that leave it to the cluster what disk they get.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

pub static RULE: Rule = Rule {
    name: "policy/claim-without-class",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a claim names no storage class",
    page: "A claim without `storageClassName` gets whatever the cluster calls its default: another kind of disk in each cluster, mostly without encryption and with `reclaimPolicy: Delete`, and where a cluster has no default, none at all. The class of a claim can never be changed. Name it. `storageClassName: \"\"` asks for a volume that somebody made by hand.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
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

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is("", "PersistentVolumeClaim") && !subject.is_from_cluster() {
        check(scene, object);
    } else if subject.is("apps", "StatefulSet") {
        let templates = object.field("spec").field("volumeClaimTemplates");
        templates.items().for_each(|claim| check(scene, claim));
    }
}

fn check<'a>(scene: &Scene<'a>, claim: At<'a>) {
    let spec = claim.field("spec");
    let old = "volume.beta.kubernetes.io/storage-class";
    let named = spec.field("storageClassName").is_set()
        || claim.field("metadata").field("annotations").key(old).is_set();
    // It has its volume already.
    if named || spec.field("volumeName").is_set() || scene.claimed_classes().has_default {
        return;
    }
    spec.fault_with(
        "it names no storage class: what disk it gets depends on the cluster",
        "say `storageClassName`",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_names_one() {
        for spec in ["storageClassName: '',", "storageClassName: fast,", "volumeName: data-1,"] {
            let text = RULE.bad.replace("spec: {", &format!("spec: {{{spec} "));
            assert!(findings(&RULE, &text).is_empty(), "{spec}");
        }
        let default = format!(
            "{}---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: a, annotations: {{storageclass.kubernetes.io/is-default-class: 'true'}}}}\n",
            RULE.bad
        );
        assert!(findings(&RULE, &default).is_empty());
    }
}

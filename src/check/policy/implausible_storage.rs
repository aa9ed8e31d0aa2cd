//! Amounts of storage in which a unit was forgotten, or mistaken.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::amounts::{is_too_little, suggestion, written};

pub static RULE: Rule = Rule {
    name: "policy/implausible-storage",
    weight: Weight::GRAVE,
    summary: "a claim or a volume is a few bytes large",
    page: "`storage: 10` is ten bytes, and `storage: 10m` a hundredth of one. A server takes both; a provisioner rounds them up to the least it has, or refuses them for ever. Storage is written as `10Gi`.",
    bad: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  resources: {requests: {storage: 10}}
",
    good: "
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: fast
  resources: {requests: {storage: 10Gi}}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let spec = object.field("spec");
    let of_claim = |spec: At<'a>| spec.field("resources").field("requests").field("storage");
    match (subject.group(), subject.kind()) {
        ("", "PersistentVolumeClaim") => must_be_plausible(of_claim(spec)),
        ("", "PersistentVolume") => must_be_plausible(spec.field("capacity").field("storage")),
        ("apps", "StatefulSet") => {
            for template in spec.field("volumeClaimTemplates").items() {
                must_be_plausible(of_claim(template.field("spec")));
            }
        }
        _ => {}
    }
}

fn must_be_plausible(storage: At<'_>) {
    if is_too_little(storage) {
        storage.fault_with(
            format!("{} of storage is less than a file system needs", written(storage)),
            suggestion(storage, "Gi", "write storage as `10Gi`"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::fires;

    #[test]
    fn wherever_storage_is_asked_for() {
        for (amount, found) in [("10", 1), ("500m", 1), ("64Ki", 1), ("1Mi", 0), ("0", 0)] {
            assert_eq!(fires(&RULE, &RULE.good.replace("10Gi", amount)), found, "{amount}");
        }
        let set = "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a}, spec: {volumeClaimTemplates: [{metadata: {name: a}, spec: {resources: {requests: {storage: 5}}}}]}}";
        assert_eq!(fires(&RULE, set), 1);
        let volume = "{apiVersion: v1, kind: PersistentVolume, metadata: {name: a}, spec: {capacity: {storage: 5}}}";
        assert_eq!(fires(&RULE, volume), 1);
    }
}

//! Claims that a LimitRange of their namespace refuses.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::asked::{nanos, shown_amount};

pub static RULE: Rule = Rule {
    name: "policy/limit-range-refuses-claim",
    weight: Weight::ERROR,
    summary: "a LimitRange refuses a claim",
    page: "A LimitRange of type `PersistentVolumeClaim` has a server refuse claims that ask for less than its `min` or more than its `max`. A StatefulSet whose template asks for too much makes no pod, and only an event of it says why. Ask for another size, or change the LimitRange.",
    bad: "
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 10Gi}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: '', accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}}
",
    good: "
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 10Gi}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {storageClassName: '', accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() || scene.bounds_in(scene.namespace_of(subject)).is_none() {
        return;
    }
    if subject.is("", "PersistentVolumeClaim") && !subject.is_from_cluster() {
        check(scene, object);
    } else if subject.is("apps", "StatefulSet") {
        object.down(&["spec", "volumeClaimTemplates"]).items().for_each(|at| check(scene, at));
    }
    if let Some(pod) = scene.pod_of(subject) {
        for volume in pod.holder(object).field("spec").field("volumes").items() {
            check(scene, volume.field("ephemeral").field("volumeClaimTemplate"));
        }
    }
}

/// `PersistentVolumeClaimValidateLimitFunc`: what is requested alone counts.
fn check<'a>(scene: &Scene<'a>, claim: At<'a>) {
    let namespace = scene.namespace_of(claim.subject());
    let Some(limits) = scene.bounds_in(namespace).map(|bounds| &bounds.claim) else { return };
    let requests = claim.down(&["spec", "resources", "requests"]);
    for (resource, at) in requests.entries() {
        let Some(own) = at.value().and_then(nanos) else { continue };
        for (bounds, side, is_beyond) in [
            (&limits.min, "least", i128::lt as fn(&i128, &i128) -> bool),
            (&limits.max, "most", i128::gt),
        ] {
            if let Some(bound) = bounds.get(resource).filter(|bound| is_beyond(&own, &bound.nanos))
            {
                at.fault(format!(
                    "the LimitRange `{}` wants at {side} {} of {resource} per claim, and {} is requested",
                    bound.range(scene),
                    bound.text,
                    shown_amount(resource, own)
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn sizes() {
        let of = |size: &str| {
            findings(
                &RULE,
                &RULE
                    .good
                    .replace("max: {storage: 10Gi}", "min: {storage: 1Gi}, max: {storage: 10Gi}")
                    .replace("storage: 5Gi", &format!("storage: {size}")),
            )
        };
        assert!(of("1Gi").is_empty() && of("10Gi").is_empty());
        assert_eq!(
            of("0.5Gi"),
            [
                "error spec.resources.requests[storage]: the LimitRange `limits` wants at least 1Gi of storage per claim, and 512Mi is requested"
            ]
        );
        assert_eq!(of("11Gi").len(), 1);
    }

    #[test]
    fn templates() {
        let set = "
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  template: {spec: {containers: [], volumes: [{name: a, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 99Gi}}}}}}]}}
  volumeClaimTemplates: [{spec: {resources: {requests: {storage: 99Gi}}}}]
";
        assert_eq!(findings(&RULE, &format!("{}{set}", RULE.good)).len(), 2);
    }
}

//! Pods and claims that a LimitRange of their namespace refuses.

use std::collections::BTreeMap;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

use super::asked::{Asked, has_own_resources, nanos, of_container, of_pod, shown_amount};
use super::limit_ranges::{Bound, Limits};

pub static RULE: Rule = Rule {
    name: "policy/limit-range-refuses",
    weight: Weight::ERROR,
    summary: "a LimitRange refuses a pod or a claim",
    page: "A LimitRange has a server refuse containers, pods and claims that ask for less than its `min`, for more than its `max`, or for a limit that is too many times the request. It also fills in what containers do not say, and that may do harm: a container that requests 2 CPUs and has no limit is given the `default` limit, and is refused where that is below 2. Nothing but an event of the ReplicaSet or StatefulSet says so.",
    bad: "
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits:
    - {type: Container, default: {cpu: 250m}, max: {memory: 1Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 2}, limits: {memory: 2Gi}}}]
",
    good: "
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits:
    - {type: Container, default: {cpu: 250m}, max: {memory: 1Gi}}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 2}, limits: {cpu: 2, memory: 1Gi}}}]
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.is_made() || scene.bounds_in(scene.namespace_of(subject)).is_none() {
        return;
    }
    if subject.is("", "PersistentVolumeClaim") && !subject.is_from_cluster() {
        claim(scene, object);
    } else if subject.is("apps", "StatefulSet") {
        object.down(&["spec", "volumeClaimTemplates"]).items().for_each(|at| claim(scene, at));
    }
    if let Some(pod) = scene.pod_of(subject) {
        check_pod(scene, pod, pod.holder(object).field("spec"));
    }
}

/// `PodValidateLimitFunc` of LimitRanger.
fn check_pod<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let Some(bounds) = scene.bounds_in(pod.namespace) else { return };
    for volume in spec.field("volumes").items() {
        let template = volume.field("ephemeral").field("volumeClaimTemplate");
        if template.is_set() {
            claim(scene, template);
        }
    }
    // How the defaults and the resources of a whole pod meet depends on the version.
    if has_own_resources(pod) {
        return;
    }
    for container in Pod::containers(spec) {
        let Some(value) = container.at.value() else { continue };
        let asked = of_container(value, Some(bounds));
        let at = container.at.field("resources");
        check_limits(scene, &bounds.container, &asked, "container", at);
        above_default(scene, &bounds.container.default, &asked, at);
    }
    check_limits(scene, &bounds.pod, &of_pod(pod, Some(bounds)), "pod", spec);
}

/// A request above the limit that is filled in.
fn above_default<'a>(
    scene: &Scene<'a>,
    default: &BTreeMap<Box<str>, Bound>,
    asked: &Asked<'_>,
    at: At<'a>,
) {
    for (resource, bound) in default {
        let own = at.field("limits").map().and_then(|limits| limits.get(resource));
        let request = asked.requests.get(&**resource).copied().unwrap_or_default();
        if own.is_none() && request > bound.nanos {
            at.field("requests").fault_with(
                format!(
                    "{} of {resource} is above the limit of {} that the LimitRange `{}` fills in",
                    shown_amount(resource, request),
                    bound.text,
                    bound.range(scene)
                ),
                format!("say `limits: {{{resource}: …}}` as well"),
            );
        }
    }
}

/// `minConstraint`, `maxConstraint` and `limitRequestRatioConstraint`.
fn check_limits<'a>(scene: &Scene<'a>, limits: &Limits, asked: &Asked<'_>, what: &str, at: At<'a>) {
    let side = |key: &'static str| if what == "pod" { at } else { at.field(key) };
    let (requests, maxima) = (side("requests"), side("limits"));
    let request = |resource: &str| asked.requests.get(resource).copied();
    let limit = |resource: &str| asked.limits.get(resource).copied();
    let wants = |bound: &Bound, text: String| {
        format!("the LimitRange `{}` wants {text}", bound.range(scene))
    };
    for (resource, bound) in &limits.min {
        let wanted = || wants(bound, format!("at least {} of {resource} per {what}", bound.text));
        match (request(resource), limit(resource)) {
            (None, _) => requests.fault(format!("{}, and none is requested", wanted())),
            (Some(own), _) if own < bound.nanos => {
                let own = shown_amount(resource, own);
                requests.fault(format!("{}, and {own} is requested", wanted()));
            }
            (_, Some(own)) if own < bound.nanos => {
                let own = shown_amount(resource, own);
                maxima.fault(format!("{}, and the limit is {own}", wanted()));
            }
            _ => {}
        }
    }
    for (resource, bound) in &limits.max {
        let wanted = || wants(bound, format!("at most {} of {resource} per {what}", bound.text));
        match (request(resource), limit(resource)) {
            (_, None) => maxima.fault(format!("{}, and there is no limit", wanted())),
            (_, Some(own)) if own > bound.nanos => {
                let own = shown_amount(resource, own);
                maxima.fault(format!("{}, and the limit is {own}", wanted()));
            }
            (Some(own), _) if own > bound.nanos => {
                let own = shown_amount(resource, own);
                requests.fault(format!("{}, and {own} is requested", wanted()));
            }
            _ => {}
        }
    }
    for (resource, bound) in &limits.ratio {
        let wanted = || {
            wants(
                bound,
                format!("limits of at most {} times the request of {resource}", bound.text),
            )
        };
        match (request(resource).unwrap_or(0), limit(resource).unwrap_or(0)) {
            (0, _) => requests.fault(format!("{}, and none is requested", wanted())),
            (_, 0) => maxima.fault(format!("{}, and there is no limit", wanted())),
            // A thousandth is what a server compares with.
            (own, most)
                if most.saturating_mul(1000) > own.saturating_mul(bound.nanos / 1_000_000) =>
            {
                maxima.fault(format!(
                    "{}, and {} is more than that many times {}",
                    wanted(),
                    shown_amount(resource, most),
                    shown_amount(resource, own)
                ));
            }
            _ => {}
        }
    }
}

/// `PersistentVolumeClaimValidateLimitFunc`: what is requested alone counts.
fn claim<'a>(scene: &Scene<'a>, claim: At<'a>) {
    let namespace = scene.namespace_of(claim.subject());
    let Some(limits) = scene.bounds_in(namespace).map(|bounds| &bounds.claim) else { return };
    let requests = claim.down(&["spec", "resources", "requests"]);
    for (is_min, bounds) in [(true, &limits.min), (false, &limits.max)] {
        for (resource, bound) in bounds {
            let own = requests.map().and_then(|map| map.get(resource));
            let Some(asked) = own.and_then(nanos) else { continue };
            if if is_min { asked < bound.nanos } else { asked > bound.nanos } {
                requests.fault(format!(
                    "the LimitRange `{}` wants at {} {} of {resource} per claim, and {} is requested",
                    bound.range(scene),
                    if is_min { "least" } else { "most" },
                    bound.text,
                    own.and_then(Value::as_str).map_or_else(|| shown_amount(resource, asked), str::to_owned)
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(item: &str, pod: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: v1
kind: LimitRange
metadata: {{name: l}}
spec: {{limits: [{{{item}}}]}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec: {{template: {{spec: {{{pod}}}}}}}
"
            ),
        )
    }

    fn container(item: &str, resources: &str) -> usize {
        let pod = format!("containers: [{{name: a, resources: {{{resources}}}}}]");
        found(&format!("type: Container, {item}"), &pod).len()
    }

    #[test]
    fn containers() {
        for (item, resources, count) in [
            ("min: {cpu: 100m}", "requests: {cpu: 100m}", 0),
            ("min: {cpu: 100m}", "requests: {cpu: 99m}", 1),
            // The minimum is filled in.
            ("min: {cpu: 100m}", "", 0),
            ("min: {cpu: 100m}, defaultRequest: {cpu: 50m}", "", 1),
            ("min: {cpu: 100m}", "limits: {cpu: 50m}", 1),
            ("max: {cpu: 1}", "", 0),
            ("max: {cpu: 1}", "limits: {cpu: 1}", 0),
            ("max: {cpu: 1}", "limits: {cpu: 1001m}", 1),
            ("default: {cpu: 1}", "requests: {cpu: 1}", 0),
            ("default: {cpu: 1}", "requests: {cpu: 2}", 1),
            ("default: {cpu: 1}", "requests: {cpu: 2}, limits: {cpu: 2}", 0),
            ("default: {cpu: 1}, max: {cpu: 4}", "requests: {cpu: 2}", 1),
            ("maxLimitRequestRatio: {cpu: 2}", "requests: {cpu: 1}, limits: {cpu: 2}", 0),
            ("maxLimitRequestRatio: {cpu: 2}", "requests: {cpu: 1}, limits: {cpu: 2500m}", 1),
            ("maxLimitRequestRatio: {cpu: 1.5}", "requests: {cpu: 2}, limits: {cpu: 3}", 0),
            ("maxLimitRequestRatio: {cpu: 2}", "limits: {cpu: 2500m}", 0),
            ("maxLimitRequestRatio: {cpu: 2}", "requests: {cpu: 1}", 1),
            ("maxLimitRequestRatio: {cpu: 2}", "", 1),
        ] {
            assert_eq!(container(item, resources), count, "{item}: {resources}");
        }
    }

    #[test]
    fn whole_pods() {
        let pod = "containers: [{name: a, resources: {limits: {cpu: 1}}}, {name: b, resources: {limits: {cpu: 1}}}]";
        assert!(found("type: Pod, max: {cpu: 2}", pod).is_empty());
        assert_eq!(
            found("type: Pod, max: {cpu: 1500m}", pod),
            [
                "error spec.template.spec: the LimitRange `l` wants at most 1500m of cpu per pod, and the limit is 2"
            ]
        );
        assert_eq!(found("type: Pod, max: {memory: 1Gi}", pod).len(), 1);
        assert_eq!(found("type: Pod, min: {cpu: 3}", pod).len(), 1);
        let whole = "resources: {limits: {cpu: 9}}, containers: [{name: a}]";
        assert!(found("type: Pod, max: {cpu: 1}", whole).is_empty());
    }

    #[test]
    fn claims() {
        let range = "
apiVersion: v1
kind: LimitRange
metadata: {name: l}
spec: {limits: [{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 10Gi}}]}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {resources: {requests: {storage: SIZE}}}
";
        assert!(findings(&RULE, &range.replace("SIZE", "10Gi")).is_empty());
        assert_eq!(
            findings(&RULE, &range.replace("SIZE", "0.5Gi")),
            [
                "error spec.resources.requests: the LimitRange `l` wants at least 1Gi of storage per claim, and 0.5Gi is requested"
            ]
        );
        assert_eq!(findings(&RULE, &range.replace("SIZE", "11Gi")).len(), 1);
        let set =
            range.replace("v1\nkind: PersistentVolumeClaim", "apps/v1\nkind: StatefulSet").replace(
                "spec: {resources: {requests: {storage: SIZE}}}",
                "spec: {volumeClaimTemplates: [{spec: {resources: {requests: {storage: 99Gi}}}}]}",
            );
        assert_eq!(findings(&RULE, &set).len(), 1);
    }

    #[test]
    fn the_strictest_counts() {
        let two = "
apiVersion: v1
kind: LimitRange
metadata: {name: a}
spec: {limits: [{type: Container, max: {cpu: 4}, default: {cpu: 500m}}]}
---
apiVersion: v1
kind: LimitRange
metadata: {name: b}
spec: {limits: [{type: Container, max: {cpu: 2}}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: a, resources: {limits: {cpu: 3}}}, {name: b}]}
";
        assert_eq!(
            findings(&RULE, two),
            [
                "error spec.containers[0].resources.limits: the LimitRange `b` wants at most 2 of cpu per container, and the limit is 3"
            ]
        );
        assert!(
            findings(
                &RULE,
                &two.replace("metadata: {name: web}", "metadata: {name: web, namespace: other}")
            )
            .is_empty()
        );
    }
}

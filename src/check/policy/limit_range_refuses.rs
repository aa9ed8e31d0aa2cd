//! Pods that a LimitRange of their namespace refuses.

use std::collections::BTreeMap;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::asked::{Asked, has_own_resources, of_container, of_pod, shown_amount};
use super::limit_ranges::{Bound, Limits};

pub static RULE: Rule = Rule {
    name: "policy/limit-range-refuses",
    weight: Weight::ERROR,
    summary: "a LimitRange refuses a pod",
    page: "A LimitRange has a server refuse containers and pods that ask for less than its `min`, for more than its `max`, or for a limit that is too many times the request. It also fills in what containers do not say, and that may do harm: a container that requests 2 CPUs and has no limit is given the `default` limit, and is refused where that is below 2. Nothing but an event of the ReplicaSet says so.",
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
    look: Look::Pod(look),
};

/// `PodValidateLimitFunc` of LimitRanger.
fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let Some(bounds) = scene.bounds_in(pod.namespace) else { return };
    // How the defaults and the resources of a whole pod meet depends on the version.
    if pod.owner.is_made() || has_own_resources(pod) {
        return;
    }
    for container in Pod::containers(spec) {
        let Some(value) = container.at.value() else { continue };
        let asked = of_container(value, Some(bounds));
        let at = container.at.field("resources");
        check_limits(scene, &bounds.container, &asked, "container", at);
        above_default(scene, &bounds.container.default, &of_container(value, None), at);
    }
    check_limits(scene, &bounds.pod, &of_pod(pod, Some(bounds)), "pod", spec);
}

/// A request above the limit that is filled in.
fn above_default<'a>(
    scene: &Scene<'a>,
    default: &BTreeMap<Box<str>, Bound>,
    written: &Asked<'_>,
    at: At<'a>,
) {
    for (resource, bound) in default {
        let request = written.requests.get(&**resource).copied().unwrap_or_default();
        if !written.limits.contains_key(&**resource) && request > bound.nanos {
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

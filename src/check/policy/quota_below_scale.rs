//! Quotas that what is asked for exceeds when it has grown.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::asked::{nanos, shown_amount};
use super::quota_scope::Scope;

pub static RULE: Rule = Rule {
    name: "policy/quota-below-scale",
    weight: Weight::RISING,
    summary: "a quota is too small for the largest scale of what its namespace has",
    page: "An autoscaler may ask for as many pods as its `maxReplicas`, and the ResourceQuota of the namespace refuses those that go beyond it: the system stops growing at the very moment in which it must grow. One workload that alone can never reach its maximum is an error. Where only all of them together, at their largest, are too much, it is a warning, as it is where a rollout at that scale would find no room for the pods that come before the old ones go (`maxSurge`).\n\nRaise the quota, or lower `maxReplicas`.",
    bad: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {requests.cpu: 2}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 500m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
",
    good: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {requests.cpu: 8}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: registry.example.com/web:v1, resources: {requests: {cpu: 500m}}}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let Some(spec) = subject.content.get("spec").filter(|_| subject.is("", "ResourceQuota")) else {
        return;
    };
    let scopes = Scope::of_quota(spec);
    let namespace = scene.namespace_of(subject);
    for (resource, at) in object.field("spec").field("hard").entries() {
        let Some(hard) = at.value().and_then(nanos) else { continue };
        let used = scene.quotas().used(namespace, &scopes, resource);
        // What is too much at the smallest scale is another rule's.
        if used.least > hard {
            continue;
        }
        let users = || used.users(resource, |part| part.count.most);
        let alone = used.largest.first().filter(|part| part.most > hard);
        if let Some(part) = alone {
            at.fault_with(
                format!(
                    "{} alone asks for {} at its largest scale, and never gets there",
                    part.owner,
                    shown_amount(resource, part.most)
                ),
                "raise the quota, or lower `maxReplicas`",
            );
        } else if used.most > hard {
            at.warn_with(
                format!(
                    "{} is needed where all are at their largest scale: {}",
                    shown_amount(resource, used.most),
                    users()
                ),
                "raise the quota, or lower `maxReplicas`",
            );
        } else if used.most.saturating_add(used.surge) > hard {
            at.warn_with(
                format!(
                    "a rollout where all are at their largest scale needs {} more than the {} there: {}",
                    shown_amount(resource, used.surge),
                    shown_amount(resource, used.most),
                    users()
                ),
                "leave room for `maxSurge`: raise the quota, or lower `maxReplicas`",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn at(cpu: &str) -> Vec<String> {
        findings(&RULE, &RULE.good.replace("requests.cpu: 8", &format!("requests.cpu: {cpu}")))
    }

    #[test]
    fn alone_together_and_while_rolling_out() {
        assert_eq!(
            at("4"),
            [
                "error spec.hard[requests.cpu]: Deployment/web alone asks for 5 at its largest scale, and never gets there"
            ]
        );
        // 25% of 10 pods, rounded up, are 3.
        assert_eq!(
            at("6"),
            [
                "warning spec.hard[requests.cpu]: a rollout where all are at their largest scale needs 1500m more than the 5 there: Deployment/web 10 × 500m"
            ]
        );
        assert!(at("6500m").is_empty());
        // What is too much from the start is said once.
        assert!(at("500m").is_empty());
        let beside = format!(
            "{}---\n{}",
            RULE.good.replace("cpu: 8", "cpu: 6"),
            "
apiVersion: v1
kind: Pod
metadata: {name: more}
spec: {containers: [{name: a, resources: {requests: {cpu: 2}}}]}
"
        );
        assert_eq!(
            findings(&RULE, &beside),
            [
                "warning spec.hard[requests.cpu]: 7 is needed where all are at their largest scale: Deployment/web 10 × 500m, Pod/more 2"
            ]
        );
    }

    #[test]
    fn strategies() {
        let with = |strategy: &str| {
            let own = format!("spec:\n  strategy: {strategy}\n  selector");
            let text = RULE.good.replace("cpu: 8", "cpu: 5").replacen("spec:\n  selector", &own, 1);
            findings(&RULE, &text).len()
        };
        assert_eq!((with("{type: Recreate}"), with("{rollingUpdate: {maxSurge: 0}}")), (0, 0));
        assert_eq!(with("{rollingUpdate: {maxSurge: 1}}"), 1);
    }
}

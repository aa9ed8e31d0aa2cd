//! Quotas that count what their scopes never take.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::value::Value;

use super::quota_scope::{Scope, Traits};

pub static RULE: Rule = Rule {
    name: "policy/scoped-quota-counts-nothing",
    weight: Weight::ADVICE,
    summary: "a quota counts something that its scopes never take",
    page: "The scopes of a ResourceQuota (`PriorityClass`, `Terminating`, `BestEffort` and their like) take pods, and nothing else. A server refuses most of what does not fit, but not the counts of other objects (`count/deployments.apps`) and not the storage of one class: they are taken, and never counted, so there may be as many as anybody likes. Put them into a quota without scopes. Scopes that contradict each other take no pod either.",
    bad: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec:
  hard: {pods: 10, count/deployments.apps: 5}
  scopes: [NotTerminating]
",
    good: "
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec:
  hard: {pods: 10}
  scopes: [NotTerminating]
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: objects}
spec:
  hard: {count/deployments.apps: 5}
",
    look: Look::Object(look),
};

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let Some(spec) = subject.content.get("spec").filter(|_| subject.is("", "ResourceQuota")) else {
        return;
    };
    let scopes = Scope::of_quota(spec);
    // Of scopes that we do not know we cannot tell what they take.
    if scopes.is_empty() || scopes.contains(&Scope::Other) {
        return;
    }
    for (resource, at) in object.field("spec").field("hard").entries() {
        let is_of_pods = resource == "count/pods" || !resource.starts_with("count/");
        if !is_of_pods || resource.contains(".storageclass.storage.k8s.io/") {
            at.fault_with(
                "the scopes of this quota take pods alone: this is never counted",
                "put it into a quota without scopes",
            );
        }
    }
    if !may_take_any(&scopes, spec) {
        object.field("spec").fault_with(
            "no pod is in all of these scopes: the quota counts nothing",
            "make a quota for each of them",
        );
    }
}

/// Whether some pod is in all scopes.
fn may_take_any(scopes: &[Scope], spec: &Value) -> bool {
    let chosen = spec.get("scopeSelector").and_then(|selector| selector.get("matchExpressions"));
    // Classes that are asked for by name are too many to try.
    if matches!(chosen, Some(Value::List(_))) {
        return true;
    }
    let both = [true, false];
    both.iter().any(|ends| {
        both.iter().any(|best_effort| {
            let traits = Traits {
                ends: *ends,
                best_effort: *best_effort,
                looks_abroad: true,
                priority: "any".into(),
            };
            scopes.iter().all(|scope| scope.takes(&traits))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(spec: &str) -> usize {
        findings(
            &RULE,
            &format!(
                "apiVersion: v1\nkind: ResourceQuota\nmetadata: {{name: q}}\nspec: {{{spec}}}\n"
            ),
        )
        .len()
    }

    #[test]
    fn what_scopes_take() {
        for (spec, count) in [
            ("hard: {count/deployments.apps: 5}", 0),
            ("scopes: [BestEffort], hard: {count/pods: 5, pods: 5}", 0),
            ("scopes: [NotBestEffort], hard: {requests.nvidia.com/gpu: 5}", 0),
            (
                "scopes: [NotBestEffort], hard: {fast.storageclass.storage.k8s.io/requests.storage: 5}",
                1,
            ),
            ("scopes: [NotBestEffort, Terminating], hard: {pods: 5}", 0),
            ("scopes: [Terminating, NotTerminating], hard: {pods: 5}", 1),
            ("scopes: [PriorityClass], hard: {pods: 5}", 0),
            ("scopes: [VolumeAttributesClass], hard: {count/x.y: 5}", 0),
            (
                "scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In, values: [a]}]}, hard: {count/jobs.batch: 5}",
                1,
            ),
        ] {
            assert_eq!(found(spec), count, "{spec}");
        }
    }
}

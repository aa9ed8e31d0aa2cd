//! Rules of a cluster that are put to use and that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::kinds;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/policy-binding",
    weight: Weight::ERROR,
    summary: "an admission policy or a priority level is named that is not there",
    page: "A binding of an admission policy that does not exist does nothing: what it was meant to refuse is let in. A FlowSchema whose priority level does not exist is passed over in the same way.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec: {policyName: replica, validationActions: [Deny]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}
  validations: [{expression: object.spec.replicas <= 5}]
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec: {policyName: replicas, validationActions: [Deny]}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}
  validations: [{expression: object.spec.replicas <= 5}]
",
    look: Look::Object(look),
};

/// What each cluster has, of `flowcontrol.apiserver.k8s.io`.
const LEVELS: [&str; 8] = [
    "exempt",
    "catch-all",
    "system",
    "node-high",
    "leader-election",
    "workload-high",
    "workload-low",
    "global-default",
];

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let spec = object.field("spec");
    let (group, kind, at) = match (subject.group(), subject.kind()) {
        (group @ "admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding") => {
            parameters(scene, spec.field("paramRef"));
            (group, "ValidatingAdmissionPolicy", spec.field("policyName"))
        }
        (group @ "admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding") => {
            parameters(scene, spec.field("paramRef"));
            (group, "MutatingAdmissionPolicy", spec.field("policyName"))
        }
        (group @ "flowcontrol.apiserver.k8s.io", "FlowSchema") => {
            let level = spec.field("priorityLevelConfiguration").field("name");
            if level.text().is_some_and(|level| LEVELS.contains(&level)) {
                return;
            }
            (group, "PriorityLevelConfiguration", level)
        }
        _ => return,
    };
    absent::lead(scene, at, Wanted::of_cluster(group, kind, at.text_or_empty()));
}

/// The object that a policy takes its parameters from; the policy says of what kind.
fn parameters<'a>(scene: &Scene<'a>, reference: At<'a>) {
    let binding = reference.object().field("spec").field("policyName").text_or_empty();
    let kind = reference.subject().kind().strip_suffix("Binding").unwrap_or_default();
    let group = reference.subject().group();
    let policy = scene.find_in_cluster(group, kind, binding);
    let of = policy.and_then(|policy| policy.content.get("spec")?.get("paramKind"));
    let word = |key| of.and_then(|of| of.get(key)?.as_str());
    let (Some(version), Some(kind)) = (word("apiVersion"), word("kind")) else { return };
    // Without a namespace it is that of whatever is judged.
    let (name, namespace) = (reference.field("name"), reference.field("namespace"));
    if let Some(namespace) = namespace.text()
        && reference.field("parameterNotFoundAction").text() == Some("Deny")
    {
        let wanted = Wanted::of(kinds::group(version), kind, namespace, name.text_or_empty());
        absent::lead(scene, name, wanted);
    }
}

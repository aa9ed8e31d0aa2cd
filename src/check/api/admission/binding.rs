//! ValidatingAdmissionPolicyBindings and MutatingAdmissionPolicyBindings:
//! `ValidateValidatingAdmissionPolicyBinding` and its like.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsName;

use super::matching::{self, Policy};

pub static RULE: Rule = Rule {
    name: "api/admission-binding",
    weight: Weight::ERROR,
    summary: "a binding of an admission policy that a server refuses",
    page: "A binding puts an admission policy to work: it names the policy, the objects it is about here, and what happens to those that break it. To deny and to warn would say the same twice, so a server takes one of them.",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec:
  policyName: replicas.example.com
  validationActions: [Deny, Warn]
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: replicas}
spec:
  policyName: replicas.example.com
  validationActions: [Deny, Audit]
",
    look: Look::Validation,
};

pub fn validate_validating(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    validate_common(spec, Policy::Validating);
    let actions = spec.field("validationActions");
    if actions.is_empty() {
        actions.fault_with("`validationActions` is missing", "such as `[Deny]`");
    }
    let mut seen = HashSet::new();
    for action in actions.items() {
        let text = action.text_or_empty();
        if action.required() {
            action.must_be_one_of(&["Audit", "Deny", "Warn"]);
        }
        if !seen.insert(text) {
            action.fault(format!("{} is there twice", shown(text)));
        }
    }
    if seen.contains("Deny") && seen.contains("Warn") {
        actions.fault("`Deny` says all that `Warn` would say: drop one of them");
    }
}

pub fn validate_mutating(object: At<'_>) {
    let object = object.under(&RULE);
    validate_common(object.field("spec"), Policy::Mutating);
}

fn validate_common(spec: At<'_>, policy: Policy) {
    spec.field("policyName").required_as::<DnsName>();
    let param = spec.field("paramRef");
    if param.is_set() {
        matching::validate_param_ref(param);
    }
    matching::validate_resources(spec.field("matchResources"), policy);
}

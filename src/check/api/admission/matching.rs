//! Which objects a policy is about, and what parameters it is given.

use crate::check::api::formats::shown;
use crate::check::api::selector::validate_label_selector;
use crate::check::at::At;
use crate::scalar::{DnsName, Scalar, ServiceName};

use super::rules;

/// What a policy does with objects.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Validating,
    Mutating,
}

/// `validateMatchResources`.
pub fn validate_resources(resources: At<'_>, policy: Policy) {
    resources.field("matchPolicy").must_be_one_of(&["Exact", "Equivalent"]);
    validate_label_selector(resources.field("namespaceSelector"));
    validate_label_selector(resources.field("objectSelector"));
    for list in ["resourceRules", "excludeResourceRules"] {
        resources.field(list).items().for_each(rules::validate_named);
    }
    if policy == Policy::Mutating {
        let operations = resources
            .field("resourceRules")
            .items()
            .flat_map(|rule| rule.field("operations").items());
        for operation in operations.filter(|operation| operation.text() == Some("DELETE")) {
            operation.fault("what is deleted cannot be changed");
        }
    }
}

/// `validateParamKind`.
pub fn validate_param_kind(param: At<'_>) {
    let (version, kind) = (param.field("apiVersion"), param.field("kind"));
    if version.required() {
        validate_version(version);
    }
    if kind.required()
        && let Err(reason) = ServiceName::parse(&kind.text_or_empty().to_ascii_lowercase())
    {
        kind.fault(format!("{} is not a kind: it {reason}", shown(kind.text_or_empty())));
    }
}

fn validate_version(at: At<'_>) {
    let text = at.text_or_empty();
    let (group, version) = text.split_once('/').unwrap_or(("", text));
    if version.is_empty() || version.contains('/') {
        at.fault_with(format!("{} is not an API version", shown(text)), "such as `apps/v1`");
        return;
    }
    if !group.is_empty() {
        at.must_be_text::<DnsName>(group);
    }
    if let Err(reason) = ServiceName::parse(version) {
        at.fault(format!("{} is not a version: it {reason}", shown(version)));
    }
}

/// `validateParamRef`.
pub fn validate_param_ref(param: At<'_>) {
    let (name, selector) = (param.field("name"), param.field("selector"));
    if !name.is_empty() {
        name.must_be_path_segment();
    }
    validate_label_selector(selector);
    match (name.is_empty(), selector.is_set()) {
        (true, false) => param.fault("it has neither `name` nor `selector`"),
        (false, true) => {
            name.forbid("there is `selector`, and it is one of them");
            selector.forbid("there is `name`, and it is one of them");
        }
        _ => {}
    }
    let action = param.field("parameterNotFoundAction");
    if action.required() {
        action.must_be_one_of(&["Allow", "Deny"]);
    }
}

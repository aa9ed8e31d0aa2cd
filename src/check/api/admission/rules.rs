//! Which requests a webhook or a policy is about: `validateRuleWithOperations`.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;

const OPERATIONS: [&str; 5] = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

pub fn validate(rule: At<'_>) {
    let operations = rule.field("operations");
    operations.required();
    must_stand_alone(operations, "operations");
    for operation in operations.items() {
        if operation.required() {
            operation.must_be_one_of(&OPERATIONS);
        }
    }
    let groups = rule.field("apiGroups");
    if groups.is_empty() {
        groups.fault_with("`apiGroups` is missing", "the group of Pods and Services is `''`");
    }
    must_stand_alone(groups, "groups");
    let versions = rule.field("apiVersions");
    versions.required();
    must_stand_alone(versions, "versions");
    for version in versions.items() {
        version.required();
    }
    validate_resources(rule.field("resources"));
    rule.field("scope").must_be_one_of(&["Cluster", "Namespaced", "*"]);
}

/// A rule of a policy may name objects too: `validateNamedRuleWithOperations`.
pub fn validate_named(rule: At<'_>) {
    let mut seen = HashSet::new();
    for name in rule.field("resourceNames").items() {
        name.must_be_path_segment();
        if !seen.insert(name.text_or_empty()) {
            name.fault(format!("{} is there twice", shown(name.text_or_empty())));
        }
    }
    validate(rule);
}

/// Where a list has `*`, that is all of them.
fn must_stand_alone(list: At<'_>, what: &str) {
    let all = list.list().iter().any(|item| item.as_str() == Some("*"));
    if all && list.list().len() > 1 {
        list.fault(format!("`*` stands for all {what}, and there are others beside it"));
    }
}

/// `validateResources`: what one entry takes, another must not name again.
fn validate_resources(resources: At<'_>) {
    resources.required();
    let (mut all_parts_of, mut part_of_all) = (HashSet::new(), HashSet::new());
    let (mut everything, mut all, mut others) = (false, false, false);
    for resource in resources.items() {
        let text = resource.text_or_empty();
        if !resource.required() {
            continue;
        }
        everything |= text == "*/*";
        all |= text == "*";
        let Some((of, part)) = text.split_once('/') else {
            // The last one decides, as it does in a server.
            others = text != "*";
            continue;
        };
        if all_parts_of.contains(of) {
            resource.fault(format!("`{of}/*` takes {} too", shown(text)));
        }
        if part_of_all.contains(part) {
            resource.fault(format!("`*/{part}` takes {} too", shown(text)));
        }
        if part == "*" {
            all_parts_of.insert(of);
        }
        if of == "*" {
            part_of_all.insert(part);
        }
    }
    if everything && resources.list().len() > 1 {
        resources.fault("`*/*` stands for all resources, and there are others beside it");
    }
    if all && others {
        resources.fault("`*` stands for all resources, and there are others beside it");
    }
}

//! ResourceClaims and ResourceClaimTemplates: `ValidateResourceClaim` and its like.

use std::collections::{HashMap, HashSet};

use super::configuration::{MOST_CONFIGURATIONS, validate_configuration};
use super::must_differ;
use super::request::validate_request;
use crate::check::api::formats::shown;
use crate::check::api::metadata;
use crate::check::api::pod::volume::storage::must_be_driver;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/resource-claim",
    weight: Weight::ERROR,
    summary: "a claim for devices that a server refuses",
    page: "A ResourceClaim asks for devices, a ResourceClaimTemplate makes one for each pod. Each request has a name and asks either for `exactly` some devices of a class, or for the `firstAvailable` of several; constraints and configurations speak of requests by their names.",
    bad: "
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: gpus}
spec:
  devices:
    requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com, count: 2}}]
    constraints: [{requests: [gpus], matchAttribute: gpu.example.com/numa}]
",
    good: "
apiVersion: resource.k8s.io/v1
kind: ResourceClaim
metadata: {name: gpus}
spec:
  devices:
    requests: [{name: gpu, exactly: {deviceClassName: gpu.example.com, count: 2}}]
    constraints: [{requests: [gpu], matchAttribute: gpu.example.com/numa}]
",
    look: Look::Validation,
};

const MOST_REQUESTS: usize = 32;
const MOST_CONSTRAINTS: usize = 32;
const LONGEST_ID: usize = 32;

pub fn validate_claim(object: At<'_>) {
    let object = object.under(&RULE);
    validate_devices(object.field("spec").field("devices"));
}

pub fn validate_template(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    metadata::validate_of_template(spec.field("metadata"));
    validate_devices(spec.field("spec").field("devices"));
}

/// The requests of a claim, each with those it has to choose from.
type Names<'a> = HashMap<&'a str, HashSet<&'a str>>;

/// `validateDeviceClaim`.
fn validate_devices(devices: At<'_>) {
    let requests = devices.field("requests");
    requests.must_not_have_more_than(MOST_REQUESTS);
    must_differ(requests, "name");
    let mut names = Names::new();
    for request in requests.items().take(MOST_REQUESTS) {
        validate_request(request);
        let alternatives = request.field("firstAvailable").items();
        let alternatives = alternatives.map(|one| one.field("name").text_or_empty()).collect();
        names.insert(request.field("name").text_or_empty(), alternatives);
    }
    let constraints = devices.field("constraints");
    constraints.must_not_have_more_than(MOST_CONSTRAINTS);
    for constraint in constraints.items().take(MOST_CONSTRAINTS) {
        validate_names(constraint.field("requests"), &names);
        validate_constraint(constraint);
    }
    let configs = devices.field("config");
    configs.must_not_have_more_than(MOST_CONFIGURATIONS);
    for config in configs.items().take(MOST_CONFIGURATIONS) {
        validate_names(config.field("requests"), &names);
        validate_configuration(config);
    }
}

/// `validateRequestNameRef`: a request, or one of those it has to choose from.
fn validate_names(list: At<'_>, names: &Names<'_>) {
    list.must_not_have_more_than(MOST_REQUESTS);
    let mut seen = HashSet::new();
    for at in list.items().take(MOST_REQUESTS) {
        let text = at.text_or_empty();
        let known = match text.split_once('/') {
            None => names.contains_key(text),
            Some((request, one)) => names.get(request).is_some_and(|names| names.contains(one)),
        };
        if !known {
            at.fault(format!("the claim has no request {}", shown(text)));
        }
        if !seen.insert(text) {
            at.fault(format!("{} is there twice", shown(text)));
        }
    }
}

/// `validateDeviceConstraint`.
fn validate_constraint(constraint: At<'_>) {
    let (same, distinct) =
        (constraint.field("matchAttribute"), constraint.field("distinctAttribute"));
    match (same.is_set(), distinct.is_set()) {
        (false, false) => {
            constraint.fault("it has neither `matchAttribute` nor `distinctAttribute`");
        }
        (true, true) => {
            constraint.fault("it has both `matchAttribute` and `distinctAttribute`");
        }
        (true, false) => validate_attribute(same),
        (false, true) => validate_attribute(distinct),
    }
}

/// `validateFullyQualifiedName`: a domain and a word of C.
fn validate_attribute(at: At<'_>) {
    if !at.text_or_empty().contains('/') {
        let message = format!("{} has no domain", shown(at.text_or_empty()));
        at.fault_with(message, "such as `gpu.example.com/numa`");
        return;
    }
    must_be_qualified(at, at.text_or_empty());
}

/// `validateQualifiedName`: a word of C, with or without a domain before it.
pub fn must_be_qualified(at: At<'_>, text: &str) {
    let (domain, id) = match text.split_once('/') {
        Some((domain, id)) => (Some(domain), id),
        None => (None, text),
    };
    if let Some(domain) = domain {
        must_be_driver(at, domain);
    }
    let belongs = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if id.is_empty()
        || id.len() > LONGEST_ID
        || id.starts_with(|c: char| c.is_ascii_digit())
        || !id.chars().all(belongs)
    {
        at.fault(format!(
            "{} is not a word of {LONGEST_ID} letters, digits and `_` at most",
            shown(id)
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn claim(devices: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: resource.k8s.io/v1, kind: ResourceClaim, metadata: {{name: a}}, spec: {{devices: {devices}}}}}"
        ))
    }

    const GPU: &str = "{name: gpu, exactly: {deviceClassName: a.b}}";

    #[test]
    fn requests() {
        for good in [
            GPU,
            "{name: gpu, exactly: {deviceClassName: a.b, allocationMode: All}}",
            "{name: gpu, exactly: {deviceClassName: a, selectors: [{cel: {expression: \"cel.bind(d, device.attributes['a.b'], d.model == 'x' && device.capacity['a.b'].memory.compareTo(quantity('1Gi')) >= 0)\"}}]}}",
            "{name: gpu, firstAvailable: [{name: big, deviceClassName: a}, {name: small, deviceClassName: b}]}",
        ] {
            let devices = format!("{{requests: [{good}]}}");
            assert_eq!(claim(&devices), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("{name: gpu}", ""),
            ("{name: g_u, exactly: {deviceClassName: a}}", ".name"),
            ("{name: gpu, exactly: {}}", ".exactly.deviceClassName"),
            (
                "{name: gpu, exactly: {deviceClassName: a, allocationMode: All, count: 1}}",
                ".exactly.count",
            ),
            (
                "{name: gpu, exactly: {deviceClassName: a, selectors: [{}]}}",
                ".exactly.selectors[0].cel",
            ),
            (
                "{name: gpu, exactly: {deviceClassName: a, selectors: [{cel: {expression: device.name == 'a'}}]}}",
                ".exactly.selectors[0].cel.expression",
            ),
            (
                "{name: gpu, firstAvailable: [{name: a, deviceClassName: a}, {name: a, deviceClassName: a}]}",
                ".firstAvailable[1]",
            ),
        ] {
            let devices = format!("{{requests: [{bad}]}}");
            assert_eq!(claim(&devices), [format!("spec.devices.requests[0]{field}")], "{bad}");
        }
    }

    #[test]
    fn templates() {
        let template = |metadata: &str| {
            refused(&format!(
                "{{apiVersion: resource.k8s.io/v1, kind: ResourceClaimTemplate, metadata: {{name: a}}, spec: {{metadata: {metadata}, spec: {{devices: {{requests: [{GPU}, {GPU}]}}}}}}}}"
            ))
        };
        let twice = "spec.spec.devices.requests[1]";
        assert_eq!(template("{labels: {a: b}, annotations: {a/b: c}}"), [twice]);
        assert_eq!(
            template("{name: a, annotations: {a b: c}}"),
            ["spec.metadata.annotations", "spec.metadata.name", twice]
        );
    }

    #[test]
    fn constraints_and_configurations() {
        let with = |rest: &str| {
            claim(&format!(
                "{{requests: [{GPU}, {{name: other, firstAvailable: [{{name: big, deviceClassName: a}}]}}], {rest}}}"
            ))
        };
        for good in [
            "constraints: [{requests: [gpu, other/big], distinctAttribute: a.b/numa_1}]",
            "config: [{opaque: {driver: A.b, parameters: {mode: fast}}}]",
        ] {
            assert_eq!(with(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("constraints: [{requests: [gpu]}]", "constraints[0]"),
            ("constraints: [{matchAttribute: numa}]", "constraints[0].matchAttribute"),
            (
                "config: [{requests: [gpu/big], opaque: {driver: a, parameters: {}}}]",
                "config[0].requests[0]",
            ),
            ("config: [{}]", "config[0].opaque"),
            ("constraints: [{matchAttribute: a.b/c/d}]", "constraints[0].matchAttribute"),
        ] {
            assert_eq!(with(bad), [format!("spec.devices.{field}")], "{bad}");
        }
    }
}

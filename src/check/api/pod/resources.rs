//! How much CPU, memory and other resources containers and pods ask for, and are kept
//! to.

use std::collections::{HashMap, HashSet};

use crate::check::api::formats::{meant, shown};
use crate::check::api::quantities::{
    is_extended, is_huge_pages, is_native, is_overcommitted, is_whole_pages,
};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{LabelKey, Quantity};

use super::{Surroundings, resource_claims, restart_policy};

pub static RULE: Rule = Rule {
    name: "api/resources",
    weight: Weight::ERROR,
    summary: "resources of a container or a pod that a server refuses",
    page: "A container cannot ask for more than its limit, and no amount is negative. CPU, memory and ephemeral storage have names of their own; other resources have a domain before theirs, come in whole pieces, and are asked for exactly as much as their limit says.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {memory: 512Mi}, limits: {memory: 1Gi}}
",
    look: Look::Validation,
};

const OF_CONTAINERS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// Those of a container: `validateResourceRequirements`.
pub fn validate(surroundings: &Surroundings<'_>, resources: At<'_>) {
    if resources.is_empty() {
        return;
    }
    let resources = resources.under(&RULE);
    validate_amounts(resources, must_be_of_containers);
    resource_claims::validate_names(&surroundings.claims, resources.field("claims"));
}

/// What limits and requests have in common, for these resources.
pub fn validate_amounts<'a>(resources: At<'a>, must_be_known: fn(&str, At<'a>)) {
    let (limits, requests) = (resources.field("limits"), resources.field("requests"));
    let most: HashMap<&str, At<'_>> = limits.entries().collect();
    for (name, amount) in limits.entries().chain(requests.entries()) {
        must_be_known(name, amount);
        amount.must_be_amount_of(name);
        if let Some(pages) = amount.quantity().filter(|_| is_huge_pages(name))
            && !is_whole_pages(name, &pages)
        {
            amount.fault(format!("{pages} is not a whole number of pages"));
        }
    }
    for (name, request) in requests.entries() {
        let limit = most.get(name).copied();
        validate_request(name, request.named(requests), limit, limits);
    }
    let names = || limits.entries().chain(requests.entries()).map(|(name, _)| name);
    if names().any(is_huge_pages) && !names().any(|name| matches!(name, "cpu" | "memory")) {
        resources.fault_with("huge pages do not go alone", "ask for `cpu` or `memory` as well");
    }
}

/// It fits under its limit. A server names all requests, and all limits.
fn validate_request(name: &str, request: At<'_>, limit: Option<At<'_>>, limits: At<'_>) {
    let Some(limit) = limit else {
        if !is_overcommitted(name) {
            limits.fault_with(
                format!("`{name}` needs a limit"),
                "it is not shared: the limit is as much as the request",
            );
        }
        return;
    };
    let nothing = Quantity::zero();
    let amount = request.quantity().unwrap_or_else(|| nothing.clone());
    let most = limit.quantity().unwrap_or(nothing);
    if amount > most && is_overcommitted(name) {
        request.fault_with(
            format!("the request of {amount} {name} is above its limit of {most}"),
            "lower it, or raise the limit",
        );
    } else if amount != most && !is_overcommitted(name) {
        request.fault_with(
            format!("the request of {amount} `{name}` is not its limit, {most}"),
            "it is not shared: both are the same",
        );
    }
}

/// `validateContainerResourceName`.
pub fn must_be_of_containers<'a>(name: &str, at: At<'a>) {
    at.must_be_text::<LabelKey>(name);
    if !name.contains('/') {
        if !OF_CONTAINERS.contains(&name) && !is_huge_pages(name) {
            unknown_resource(name, at, &OF_CONTAINERS);
        }
    } else if !is_native(name) && !is_extended(name) {
        at.fault(format!("{} is not the name of a resource", shown(name)));
    }
}

pub fn unknown_resource(name: &str, at: At<'_>, known: &[&str]) {
    at.fault_with(format!("there is no resource {}", shown(name)), meant(name, known));
}

/// Whether a container is restarted when its resources change: `validateResizePolicy`.
/// A server names the whole list.
pub fn validate_resize_policy<'a>(surroundings: &Surroundings<'a>, container: At<'a>) {
    let policies = container.under(&RULE).field("resizePolicy");
    let mut resources = HashSet::new();
    for item in policies.items() {
        let (resource, policy) = (item.field("resourceName"), item.field("restartPolicy"));
        if !resources.insert(resource.text_or_empty()) {
            resource
                .named(item)
                .fault(format!("{} is there twice", shown(resource.text_or_empty())));
        }
        let (resource, policy) = (resource.named(policies), policy.named(policies));
        if resource.required() {
            resource.must_be_one_of(&["cpu", "memory"]);
        }
        if policy.required() {
            policy.must_be_one_of(&["NotRequired", "RestartContainer"]);
        }
        let never = restart_policy(surroundings.spec) == "Never"
            && !container.field("restartPolicy").is_set();
        if never && policy.text_or_empty() != "NotRequired" {
            policy.fault("a pod with `restartPolicy: Never` restarts no container");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(resources: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  resourceClaims: [{{name: gpu, resourceClaimName: gpu}}]\n  containers:\n    - {{name: a, image: 'a:1', resources: {resources}}}\n"
        )
    }

    fn fields(resources: &str) -> Vec<String> {
        let found = faults(&with(resources));
        let start = "spec.containers[0].resources.";
        found.iter().map(|field| field.replace(start, "")).collect()
    }

    #[test]
    fn amounts_that_a_server_takes() {
        for resources in [
            "{requests: {cpu: 0.1, memory: 1}, limits: {cpu: 100m, memory: '1.5'}}",
            "{limits: {nvidia.com/gpu: 1}}",
            "{requests: {cpu: 1, nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: '1'}}",
            "{requests: {memory: 1Gi, hugepages-2Mi: 4Mi}, limits: {hugepages-2Mi: 4Mi}}",
            "{limits: {attachable.kubernetes.io/x: 1}}",
            "{requests: {cpu: null}, limits: {}}",
            "{claims: [{name: gpu, request: a}, {name: gpu, request: b}]}",
        ] {
            none(&with(resources));
        }
    }

    #[test]
    fn amounts_that_a_server_refuses() {
        for (resources, field) in [
            ("{limits: {cpus: 1}}", "limits[cpus]"),
            ("{limits: {gpu: 1}}", "limits[gpu]"),
            ("{limits: {storage: 1Gi}}", "limits[storage]"),
            ("{limits: {cpu: -1}}", "limits[cpu]"),
            ("{requests: {cpu: 2}, limits: {cpu: 1}}", "requests"),
            ("{requests: {nvidia.com/gpu: 1}}", "limits"),
            ("{requests: {nvidia.com/gpu: 1}, limits: {nvidia.com/gpu: 2}}", "requests"),
            ("{limits: {nvidia.com/gpu: 0.5}}", "limits[nvidia.com/gpu]"),
            ("{limits: {requests.nvidia.com/gpu: 1}}", "limits[requests.nvidia.com/gpu]"),
            ("{limits: {memory: 1Gi, hugepages-2Mi: 3Mi}}", "limits[hugepages-2Mi]"),
            ("{limits: {hugepages-2Mi: 4Mi}}", "spec.containers[0].resources"),
            ("{claims: [{name: disk}]}", "claims[0]"),
            ("{claims: [{name: gpu}, {name: gpu, request: a}]}", "claims[1]"),
            ("{claims: [{name: gpu, request: a}, {name: gpu}]}", "claims[1]"),
        ] {
            assert_eq!(fields(resources), [field], "{resources}");
        }
    }
}

//! What a pod asks for as a whole: for all its containers together, and for the runtime
//! beside them.

use std::collections::HashMap;

use crate::check::api::quantities::is_huge_pages;
use crate::check::at::At;
use crate::scalar::Quantity;

use super::resources::{RULE, must_be_of_containers, unknown_resource, validate_amounts};

const OF_PODS: [&str; 2] = ["cpu", "memory"];

/// Those that all containers of a pod share: `validatePodResources`.
pub fn validate(spec: At<'_>) {
    let resources = spec.under(&RULE).field("resources");
    if resources.is_set() && spec.field("os").field("name").text() == Some("windows") {
        resources.forbid("the pod is for Windows");
        return;
    }
    resources.field("claims").forbid("only containers have it");
    validate_amounts(resources, must_be_of_pods);
    validate_requests(spec, resources.field("requests"));
    // Each container is kept within the limits of the pod.
    let limits: HashMap<&str, At<'_>> = resources.field("limits").entries().collect();
    for (index, container) in spec.field("containers").items().enumerate() {
        for (name, limit) in container.field("resources").field("limits").entries() {
            let most = limits.get(name).and_then(|most| most.quantity());
            if let (Some(amount), Some(most)) = (limit.quantity(), most)
                && amount > most
            {
                let named = resources.field("containers").index(index).key(name).field("limits");
                limit
                    .named(named)
                    .fault(format!("{amount} is more than the {most} that the pod has"));
            }
        }
    }
}

/// What a runtime takes beside the containers: `validateOverhead`. A server looks at it
/// as at limits.
pub fn validate_overhead(spec: At<'_>) {
    let overhead = spec.under(&RULE).field("overhead");
    let limits = overhead.field("limits");
    for (name, amount) in overhead.entries() {
        let amount = amount.named(limits.key(name));
        must_be_of_containers(name, amount);
        amount.must_be_amount_of(name);
    }
}

/// What the pod asks for is enough for its containers: `validatePodResourceConsistency`.
/// What it does not ask for is filled in.
fn validate_requests(spec: At<'_>, requests: At<'_>) {
    for (name, request) in requests.entries().filter(|(name, _)| is_of_pods(name)) {
        let (Some(asked), Some(needed)) = (request.quantity(), needed(spec, name)) else {
            continue;
        };
        if asked < needed {
            request.fault(format!("its containers ask for {needed} together, and this is {asked}"));
        }
    }
}

/// How much of a resource the containers ask for together: those that run side by side,
/// or one that runs before them with the sidecars that run by then.
/// `AggregateContainerRequests`.
fn needed(spec: At<'_>, resource: &str) -> Option<Quantity> {
    let of = |container: At<'_>| {
        let requests = container.field("resources").field("requests");
        let amount = requests.entries().find(|(name, _)| *name == resource);
        amount.and_then(|(_, amount)| amount.quantity()).unwrap_or_else(Quantity::zero)
    };
    let (mut sidecars, mut most) = (Quantity::zero(), Quantity::zero());
    for container in spec.field("initContainers").items() {
        let with = sidecars.add(&of(container))?;
        if container.field("restartPolicy").text() == Some("Always") {
            sidecars = with.clone();
        }
        most = most.max(with);
    }
    let together = spec.field("containers").items().try_fold(sidecars, |sum, c| sum.add(&of(c)))?;
    Some(most.max(together))
}

/// `validatePodResourceName`.
fn must_be_of_pods<'a>(name: &str, at: At<'a>) {
    if !is_of_pods(name) {
        unknown_resource(name, at, &OF_PODS);
    }
}

fn is_of_pods(name: &str) -> bool {
    OF_PODS.contains(&name) || is_huge_pages(name)
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn a_pod_may_have_resources_of_its_own() {
        let pod = |resources, container| {
            format!(
                "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  resources: {resources}\n  containers:\n    - {{name: a, image: 'a:1', resources: {container}}}\n"
            )
        };
        none(&pod("{requests: {cpu: 1}, limits: {cpu: 2}}", "{limits: {cpu: 2}}"));
        assert_eq!(
            faults(&pod("{limits: {cpu: 1}}", "{limits: {cpu: 2}}")),
            ["spec.resources.containers[0][cpu].limits"]
        );
        none(&pod("{requests: {cpu: 1}}", "{requests: {cpu: 1}}"));
        assert_eq!(
            faults(&pod("{requests: {cpu: 500m}}", "{requests: {cpu: 1}}")),
            ["spec.resources.requests[cpu]"]
        );
        assert_eq!(
            faults(&pod("{limits: {ephemeral-storage: 1Gi}}", "{}")),
            ["spec.resources.limits[ephemeral-storage]"]
        );
        let windows = "{limits: {cpu: 1}}\n  os: {name: windows}";
        assert_eq!(faults(&pod(windows, "{}")), ["spec.resources"]);
    }
}

//! How much a namespace may use, and how much each of its pods and claims.

pub mod limit_range;
pub mod resource_quota;

use crate::check::api::formats::shown;
use crate::check::api::quantities::{is_extended, is_native};
use crate::check::at::At;
use crate::diagnostic::nearest;
use crate::scalar::{LabelKey, Quantity};

/// What quotas count, and what amounts there are elsewhere: `standardResources`.
const RESOURCES: [&str; 20] = [
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "pods",
    "resourcequotas",
    "services",
    "replicationcontrollers",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
    "storage",
    "requests.storage",
    "services.nodeports",
    "services.loadbalancers",
];

/// `IsQuotaHugePageResourceName`.
fn is_huge_pages(resource: &str) -> bool {
    resource.starts_with("hugepages-") || resource.starts_with("requests.hugepages-")
}

/// The key of an amount must be the name of a resource: `validateResourceName`. Whether it
/// is.
fn must_be_resource(amount: At<'_>, resource: &str, known: impl Fn(&str) -> bool) -> bool {
    let before = amount.found();
    amount.must_be_text::<LabelKey>(resource);
    if amount.found() == before && !resource.contains('/') && !known(resource) {
        let message = format!("there is no resource {}", shown(resource));
        match nearest(resource, RESOURCES.into_iter().filter(|name| known(name))) {
            Some(near) => amount.fault_with(message, format!("did you mean `{near}`?")),
            None => amount.fault_with(message, "others have a domain, such as `nvidia.com/gpu`"),
        }
    }
    amount.found() == before
}

/// `validateContainerResourceName`: what a container can ask for.
fn must_be_resource_of_containers(amount: At<'_>, resource: &str) {
    let known = |name: &str| {
        matches!(name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-")
    };
    if must_be_resource(amount, resource, known) && !is_native(resource) && !is_extended(resource) {
        amount.fault(format!("a container cannot ask for {}", shown(resource)));
    }
}

/// An amount as a server keeps it: rounded up to thousandths. `SetDefaults_ResourceList`.
fn kept(amount: &Quantity) -> i128 {
    const NANOS_IN_MILLI: i128 = 1_000_000;
    let (nanos, rest) = (amount.nanos(), amount.nanos() % NANOS_IN_MILLI);
    match rest {
        0 => nanos,
        rest => (nanos - rest).saturating_add(rest.signum() * NANOS_IN_MILLI),
    }
}

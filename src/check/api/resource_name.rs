//! Names of resources: CPU, memory, devices.

use crate::check::at::At;
use crate::scalar::{LabelKey, Scalar};

use super::formats::shown;

/// What every container may ask for.
const OF_CONTAINERS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// `ValidateContainerResourceName`, of a name that stands at a place or is a key there.
pub fn validate_container_resource_name(at: At<'_>, name: &str) {
    if let Err(reason) = LabelKey::parse(name) {
        at.fault(format!("{} is not the name of a resource: it {reason}", shown(name)));
        return;
    }
    if name.contains('/') {
        if !name.contains("kubernetes.io/") && !is_extended(name) {
            at.fault(format!("{} is not the name of a device", shown(name)));
        }
    } else if !OF_CONTAINERS.contains(&name) && !name.starts_with("hugepages-") {
        at.fault_with(
            format!("containers have no resource {}", shown(name)),
            "they have `cpu`, `memory`, `ephemeral-storage`, and devices, such as `example.com/gpu`",
        );
    }
}

/// Whether it is the name of something that Kubernetes does not know itself, such as
/// `example.com/gpu`: `IsExtendedResourceName`.
pub fn is_extended(name: &str) -> bool {
    name.contains('/')
        && !name.contains("kubernetes.io/")
        && !name.starts_with("requests.")
        && LabelKey::parse(&format!("requests.{name}")).is_ok()
}

//! Names of resources that containers ask for.

use crate::check::at::At;
use crate::scalar::{LabelKey, Scalar};

use super::formats::shown;
use super::quantities::{is_extended, is_huge_pages, is_native};

/// What every container may ask for.
const OF_CONTAINERS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// `ValidateContainerResourceName`, of a name that stands at a place or is a key there.
pub fn validate_container_resource_name(at: At<'_>, name: &str) {
    if let Err(reason) = LabelKey::parse(name) {
        at.fault(format!("{} is not the name of a resource: it {reason}", shown(name)));
    } else if name.contains('/') {
        if !is_native(name) && !is_extended(name) {
            at.fault(format!("{} is not the name of a device", shown(name)));
        }
    } else if !OF_CONTAINERS.contains(&name) && !is_huge_pages(name) {
        at.fault_with(
            format!("containers have no resource {}", shown(name)),
            "they have `cpu`, `memory`, `ephemeral-storage`, and devices, such as `example.com/gpu`",
        );
    }
}

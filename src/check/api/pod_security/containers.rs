//! The containers of a pod, and what the pod says for all of them.

use crate::check::at::At;

/// All containers, in the order in which a server visits them.
pub fn all<'a>(spec: At<'a>) -> impl Iterator<Item = At<'a>> {
    ["initContainers", "containers", "ephemeralContainers"]
        .into_iter()
        .flat_map(move |list| spec.field(list).items())
}

/// The security contexts: the pod's own, and those of its containers.
pub fn contexts<'a>(spec: At<'a>) -> impl Iterator<Item = At<'a>> {
    let of_containers = all(spec).map(|container| container.field("securityContext"));
    std::iter::once(spec.field("securityContext")).chain(of_containers)
}

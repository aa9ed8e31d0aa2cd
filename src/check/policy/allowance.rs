//! What a container may take of a node in the end, in billionths: what it says itself,
//! what its pod says for all, and what the namespace gives those who say nothing.

use crate::check::scene::{Container, Pod, Scene};
use crate::object::value::Value;

use super::asked::nanos;
use super::limit_ranges::{Bounds, Limits};

/// What a container is sure to get of a resource.
pub fn request<'a>(
    scene: &Scene<'a>,
    pod: &Pod<'a>,
    container: Container<'a>,
    resource: &'static str,
) -> Option<i128> {
    let own = container.at.value().and_then(|own| own.get("resources"));
    // A server takes the limit for the request where there is none.
    part(own, "requests", resource)
        .or_else(|| part(own, "limits", resource))
        .or_else(|| {
            let Limits { default_request, .. } = &bounds(scene, pod)?.container;
            default_request.get(resource).map(|bound| bound.nanos)
        })
        .or_else(|| part(pod.spec.get("resources"), "requests", resource))
        .or_else(|| part(pod.spec.get("resources"), "limits", resource))
}

/// The most that a container may take of a resource. Zero is no limit.
pub fn limit<'a>(
    scene: &Scene<'a>,
    pod: &Pod<'a>,
    container: Container<'a>,
    resource: &'static str,
) -> Option<i128> {
    let own = container.at.value().and_then(|own| own.get("resources"));
    part(own, "limits", resource)
        .or_else(|| {
            let Limits { default, .. } = &bounds(scene, pod)?.container;
            default.get(resource).map(|bound| bound.nanos)
        })
        .or_else(|| part(pod.spec.get("resources"), "limits", resource))
        .filter(|limit| *limit != 0)
}

fn bounds<'s>(scene: &'s Scene<'_>, pod: &Pod<'_>) -> Option<&'s Bounds> {
    scene.bounds_in(pod.namespace)
}

fn part(resources: Option<&Value>, part: &str, resource: &str) -> Option<i128> {
    nanos(resources?.get(part)?.get(resource)?)
}

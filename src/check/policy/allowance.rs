//! What a container may take of a node in the end: what it says itself, what its pod
//! says for all, and what the namespace gives those who say nothing.

use crate::check::scene::{Container, Pod, Scene};
use crate::object::value::Value;
use crate::scalar::{Quantity, Scalar};

/// What a container is sure to get of a resource.
pub fn request<'a>(
    scene: &Scene<'a>,
    pod: &Pod<'a>,
    container: Container<'a>,
    resource: &'static str,
) -> Option<Quantity> {
    let own = container.at.field("resources");
    // A server takes the limit for the request where there is none.
    own.field("requests")
        .field(resource)
        .quantity()
        .or_else(|| own.field("limits").field(resource).quantity())
        .or_else(|| of_namespace(scene, pod, REQUESTS, resource))
        .or_else(|| of_pod(pod, "requests", resource))
        .or_else(|| of_pod(pod, "limits", resource))
}

/// The most that a container may take of a resource. Zero is no limit.
pub fn limit<'a>(
    scene: &Scene<'a>,
    pod: &Pod<'a>,
    container: Container<'a>,
    resource: &'static str,
) -> Option<Quantity> {
    container
        .at
        .field("resources")
        .field("limits")
        .field(resource)
        .quantity()
        .or_else(|| of_namespace(scene, pod, LIMITS, resource))
        .or_else(|| of_pod(pod, "limits", resource))
        .filter(|limit| !limit.is_zero())
}

fn quantity(value: &Value) -> Option<Quantity> {
    match value {
        Value::String(text) => Quantity::parse(text).ok(),
        Value::Int(number) => Quantity::parse(&number.to_string()).ok(),
        Value::Float(number) => Quantity::parse(&number.to_string()).ok(),
        _ => None,
    }
}

fn of_pod(pod: &Pod<'_>, part: &str, resource: &str) -> Option<Quantity> {
    quantity(pod.spec.get("resources")?.get(part)?.get(resource)?)
}

/// What fills in for what, in this order (`SetDefaults_LimitRangeItem`).
const LIMITS: &[&str] = &["default", "max"];
const REQUESTS: &[&str] = &["defaultRequest", "default", "max", "min"];

fn of_namespace(
    scene: &Scene<'_>,
    pod: &Pod<'_>,
    parts: &[&str],
    resource: &str,
) -> Option<Quantity> {
    scene.in_namespace("", "LimitRange", pod.namespace).find_map(|range| {
        let Some(Value::List(limits)) = range.content.get("spec")?.get("limits") else {
            return None;
        };
        let of_containers =
            |limit: &&Value| limit.get("type").and_then(Value::as_str) == Some("Container");
        limits.iter().filter(of_containers).find_map(|limit| {
            parts.iter().find_map(|part| quantity(limit.get(part)?.get(resource)?))
        })
    })
}

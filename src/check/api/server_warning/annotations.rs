//! Annotations that are fields by now.

use crate::check::api::pod::security::profile::{APP_ARMOR, SECCOMP_OF_CONTAINER, SECCOMP_OF_POD};
use crate::check::at::At;

/// Annotations that nothing reads any more, and what to write in their place.
const UNREAD: [(&str, &str); 3] = [
    ("scheduler.alpha.kubernetes.io/critical-pod", "`priorityClassName`"),
    ("security.alpha.kubernetes.io/sysctls", "`securityContext.sysctls`"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "`securityContext.sysctls`"),
];

pub fn warn<'a>(annotations: At<'a>, spec: At<'a>) {
    for (key, value) in annotations.entries() {
        if let Some((_, field)) = UNREAD.iter().find(|(unread, _)| *unread == key) {
            value.warn_with("nothing reads this annotation any more", format!("use {field}"));
        } else if key == SECCOMP_OF_POD {
            if !has_profile(spec, "seccompProfile") {
                warn_of_profile(value, "nothing reads it since 1.27", "seccompProfile");
            }
        } else if let Some(name) = key.strip_prefix(SECCOMP_OF_CONTAINER) {
            if container(spec, name).is_some_and(|at| !has_profile(at, "seccompProfile")) {
                warn_of_profile(value, "nothing reads it since 1.27", "seccompProfile");
            }
        } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
            let has = |at| has_profile(at, "appArmorProfile");
            if container(spec, name).is_some_and(|at| !has(at) && !has(spec)) {
                warn_of_profile(value, "it is deprecated since 1.30", "appArmorProfile");
            }
        }
    }
}

fn warn_of_profile(annotation: At<'_>, message: &str, field: &str) {
    annotation.warn_with(message, format!("use `securityContext.{field}`"));
}

/// A pod or a container.
fn has_profile(at: At<'_>, field: &'static str) -> bool {
    at.field("securityContext").field(field).is_set()
}

fn container<'a>(spec: At<'a>, name: &str) -> Option<At<'a>> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    let mut containers = lists.into_iter().flat_map(|list| spec.field(list).items());
    containers.find(|container| container.field("name").text_or_empty() == name)
}

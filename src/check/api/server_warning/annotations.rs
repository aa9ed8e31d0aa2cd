//! Annotations that are fields by now.

use crate::check::api::pod::annotations::Contexts;
use crate::check::api::pod::security::profile::{APP_ARMOR, SECCOMP_OF_CONTAINER, SECCOMP_OF_POD};
use crate::check::at::At;

/// Annotations that nothing reads any more, and what to write in their place.
const UNREAD: [(&str, &str); 3] = [
    ("scheduler.alpha.kubernetes.io/critical-pod", "`priorityClassName`"),
    ("security.alpha.kubernetes.io/sysctls", "`securityContext.sysctls`"),
    ("security.alpha.kubernetes.io/unsafe-sysctls", "`securityContext.sysctls`"),
];

pub fn warn<'a>(annotations: At<'a>, spec: At<'a>) {
    let contexts = Contexts::for_annotations(annotations, spec);
    let lacks = |context: At<'a>, profile| !context.field(profile).is_set();
    for (key, value) in annotations.entries() {
        if let Some((_, field)) = UNREAD.iter().find(|(unread, _)| *unread == key) {
            value.warn_with("nothing reads this annotation any more", format!("use {field}"));
        } else if key == SECCOMP_OF_POD {
            if lacks(contexts.of_pod, "seccompProfile") {
                warn_of_profile(value, "nothing reads it since 1.27", "seccompProfile");
            }
        } else if let Some(name) = key.strip_prefix(SECCOMP_OF_CONTAINER) {
            if contexts.find(name).is_some_and(|own| lacks(own, "seccompProfile")) {
                warn_of_profile(value, "nothing reads it since 1.27", "seccompProfile");
            }
        } else if let Some(name) = key.strip_prefix(APP_ARMOR) {
            let of_pod = contexts.of_pod;
            let lacks_both =
                |own| [own, of_pod].map(|at| lacks(at, "appArmorProfile")) == [true; 2];
            if contexts.find(name).is_some_and(lacks_both) {
                warn_of_profile(value, "it is deprecated since 1.30", "appArmorProfile");
            }
        }
    }
}

fn warn_of_profile(annotation: At<'_>, message: &str, field: &str) {
    annotation.warn_with(message, format!("use `securityContext.{field}`"));
}

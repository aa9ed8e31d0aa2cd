//! Containers that are put into a running pod to look at it.

use std::collections::HashSet;

use crate::check::api::formats::shown;

use super::Surroundings;
use super::container::{self, RULE, validate_any};

/// What such a container cannot have: nothing depends on it.
const FORBIDDEN: [&str; 9] = [
    "ports",
    "resources",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle",
    "resizePolicy",
    "restartPolicy",
    "restartPolicyRules",
];

/// `names` are those of the other containers.
pub fn validate<'a>(surroundings: &Surroundings<'a>, names: &mut HashSet<&'a str>) {
    let others = names.clone();
    for container in surroundings.spec.under(&RULE).field("ephemeralContainers").items() {
        validate_any(surroundings, container);
        container::must_have_other_name(container, names);
        let target = container.field("targetContainerName");
        if !target.is_empty() && !others.contains(target.text_or_empty()) {
            target.fault(format!("there is no container {}", shown(target.text_or_empty())));
        }
        for field in FORBIDDEN.into_iter().map(|name| container.field(name)) {
            if !field.is_empty() {
                field.forbid("an ephemeral container has none");
            }
        }
        for mount in container.field("volumeMounts").items() {
            for field in ["subPath", "subPathExpr"].map(|name| mount.field(name)) {
                if !field.is_empty() {
                    field.forbid("an ephemeral container mounts whole volumes");
                }
            }
        }
    }
}

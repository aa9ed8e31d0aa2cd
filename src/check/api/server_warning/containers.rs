//! Variables that hide others, and amounts that are no whole bytes.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::pod::containers;
use crate::check::at::At;

use super::must_be_whole_bytes;

pub fn warn(spec: At<'_>) {
    for container in containers(spec) {
        warn_of_hidden(container.field("env"));
        let resources = container.field("resources");
        if resources.is_empty() {
            continue;
        }
        for amounts in ["limits", "requests"].map(|name| resources.field(name)) {
            for name in ["memory", "ephemeral-storage"] {
                must_be_whole_bytes(amounts.key(name));
            }
        }
    }
}

/// A variable may stand on an earlier one of its name: `PATH: $(PATH):/app`.
fn warn_of_hidden(env: At<'_>) {
    let mut names = HashSet::new();
    for variable in env.items() {
        let name = variable.field("name").text_or_empty();
        if names.insert(name) {
            continue;
        }
        let (value, earlier) = (variable.field("value").text_or_empty(), format!("$({name})"));
        let builds_on = value.contains(&earlier) && value != earlier;
        if variable.field("valueFrom").is_set() || !builds_on {
            variable.warn_with(
                format!("it hides an earlier {}", shown(name)),
                "drop one of them: `kubectl apply` may keep either",
            );
        }
    }
}

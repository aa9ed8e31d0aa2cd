//! Objects that make pods: how many, how they are replaced, and when they run.

use crate::check::at::At;
use crate::check::scene::Selector;

use super::pod::{restart_policy, validate_template};
use super::selector::validate_label_selector;

pub mod controller_revision;
pub mod cron_job;
pub mod daemon_set;
pub mod deployment;
pub mod job;
pub mod job_identity;
pub mod pod_failure_policy;
pub mod pod_template;
pub mod replica_set;
pub mod rolling_update;
pub mod stateful_set;
pub mod success_policy;

/// A selector that must be there and must not be empty. Whether it can select.
fn validate_selector(selector: At<'_>) -> bool {
    if !selector.is_set() {
        selector.fault_with(
            "`selector` is missing",
            "such as `matchLabels: {app: web}`, with the same label in the template",
        );
        return true;
    }
    let good = validate_label_selector(selector);
    let holds = |name| !selector.field(name).is_empty();
    if !holds("matchLabels") && !holds("matchExpressions") {
        selector.fault_with("an empty selector would take all pods", "select labels of its own");
    }
    if !good {
        selector.fault("it cannot select anything as it is");
    }
    good
}

/// The labels of a template must be such that its own selector takes its pods. Without
/// a selector nothing is taken, with an empty one everything.
fn must_be_selected(template: At<'_>, selector: At<'_>) {
    let labels = template.field("metadata").field("labels");
    let takes = match selector.map() {
        Some(map) => Selector::Full(map).takes(labels.map()),
        None => false,
    };
    if !takes {
        labels.fault_with(
            "the selector does not take pods with these labels",
            "give the template the labels of `selector`",
        );
    }
}

/// A template whose pods run on, and are replaced when they end.
fn validate_running_template<'a>(template: At<'a>, claims: Option<At<'a>>) {
    validate_template(template, claims);
    let spec = template.field("spec");
    if restart_policy(spec) != "Always" {
        spec.field("restartPolicy").fault_with("must be `Always` here", "a Job has other pods");
    }
    spec.field("activeDeadlineSeconds").forbid("its pods run on");
}

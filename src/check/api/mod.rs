//! What an API server rejects: the object must have its type, and its fields must
//! keep the server's rules. A file holds what belongs to one part of the API, and
//! the rule that its findings bear.

pub mod claim;
pub mod decoding;
pub mod formats;
pub mod metadata;
pub mod paths;
pub mod pod;
pub mod quantities;
pub mod selector;
pub mod server_warning;
#[cfg(test)]
mod trial;
pub mod workload;

use super::at::At;
use super::rule::Rule;
use super::scene::Scene;
use super::subject::Origin;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &claim::RULE,
    &decoding::RULE,
    &metadata::RULE,
    &pod::RULE,
    &pod::affinity::RULE,
    &pod::container::RULE,
    &pod::dns::RULE,
    &pod::env::RULE,
    &pod::lifecycle::RULE,
    &pod::mount::RULE,
    &pod::os::RULE,
    &pod::port::RULE,
    &pod::probe::RULE,
    &pod::resources::RULE,
    &pod::restart::RULE,
    &pod::security::RULE,
    &pod::toleration::RULE,
    &pod::topology_spread::RULE,
    &pod::volume::RULE,
    &selector::RULE,
    &server_warning::RULE,
    &workload::controller_revision::RULE,
    &workload::cron_job::RULE,
    &workload::daemon_set::RULE,
    &workload::deployment::RULE,
    &workload::job::RULE,
    &workload::replica_set::RULE,
    &workload::stateful_set::RULE,
];

/// Validates one object as a server does. Whether it could be read as its type at
/// all.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) -> bool {
    let readable = match object.subject().origin {
        // What the profile gave has been read as its type.
        Origin::Profile { .. } => true,
        Origin::Manifest { .. } => decoding::decode(scene, object),
    };
    if readable {
        metadata::validate(object.under(&metadata::RULE));
        by_kind(scene, object);
    }
    readable
}

/// What the kind of an object asks for.
fn by_kind<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        ("", "Pod") => pod::validate_pod(object),
        ("", "PodTemplate") => workload::pod_template::validate(object),
        ("", "ReplicationController") => workload::replica_set::validate_controller(object),
        ("apps", "ControllerRevision") => workload::controller_revision::validate(object),
        ("apps", "DaemonSet") => workload::daemon_set::validate(object),
        ("apps", "Deployment") => workload::deployment::validate(object),
        ("apps", "ReplicaSet") => workload::replica_set::validate(object),
        ("apps", "StatefulSet") => workload::stateful_set::validate(object),
        ("batch", "CronJob") => workload::cron_job::validate(object),
        ("batch", "Job") => workload::job::validate(object),
        _ => {}
    }
}

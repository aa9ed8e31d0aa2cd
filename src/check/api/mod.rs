//! What an API server rejects: the object must have its type, and its fields must
//! keep the server's rules. A file holds what belongs to one part of the API, and
//! the rule that its findings bear.

pub mod access;
pub mod claim;
pub mod config;
pub mod decoding;
pub mod definition;
pub mod event;
pub mod formats;
#[cfg(test)]
mod given_back;
pub mod metadata;
pub mod namespace;
pub mod node;
pub mod paths;
pub mod pod;
pub mod pod_security;
pub mod priority_class;
pub mod quantities;
pub mod quota;
pub mod selector;
pub mod server_warning;
pub mod storage;
#[cfg(test)]
mod trial;
pub mod versions;
pub mod workload;

use super::at::At;
use super::rule::Rule;
use super::scene::Scene;
use super::subject::Origin;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &access::binding::RULE,
    &access::role::RULE,
    &claim::RULE,
    &config::config_map::RULE,
    &config::secret::RULE,
    &decoding::RULE,
    &definition::RULE,
    &event::RULE,
    &metadata::RULE,
    &namespace::RULE,
    &node::RULE,
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
    &pod_security::RULE,
    &priority_class::RULE,
    &quota::limit_range::RULE,
    &quota::resource_quota::RULE,
    &selector::RULE,
    &server_warning::RULE,
    &storage::attachment::RULE,
    &storage::capacity::RULE,
    &storage::class::RULE,
    &storage::driver::RULE,
    &storage::volume::RULE,
    &versions::RULE,
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
        metadata::validate(scene, object.under(&metadata::RULE));
        by_kind(scene, object);
    }
    readable
}

/// What the kind of an object asks for.
fn by_kind<'a>(scene: &Scene<'a>, object: At<'a>) {
    const ACCESS: &str = "rbac.authorization.k8s.io";
    const STORAGE: &str = "storage.k8s.io";
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        ("", "ConfigMap") => config::config_map::validate(object),
        ("" | "events.k8s.io", "Event") => event::validate(scene, object),
        ("", "LimitRange") => quota::limit_range::validate(object),
        ("", "Namespace") => namespace::validate(object),
        ("", "Node") => node::validate(object),
        ("", "PersistentVolume") => storage::volume::validate(object),
        ("", "PersistentVolumeClaim") => {
            claim::validate_claim(object);
            storage::warn_of_annotation(object);
        }
        ("", "Pod") => pod::validate_pod(object),
        ("", "PodTemplate") => workload::pod_template::validate(object),
        ("", "ReplicationController") => workload::replica_set::validate_controller(object),
        ("", "ResourceQuota") => quota::resource_quota::validate(object),
        ("", "Secret") => config::secret::validate(object),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => definition::validate(object),
        ("apps", "ControllerRevision") => workload::controller_revision::validate(object),
        ("apps", "DaemonSet") => workload::daemon_set::validate(object),
        ("apps", "Deployment") => workload::deployment::validate(object),
        ("apps", "ReplicaSet") => workload::replica_set::validate(object),
        ("apps", "StatefulSet") => workload::stateful_set::validate(object),
        ("batch", "CronJob") => workload::cron_job::validate(object),
        ("batch", "Job") => workload::job::validate(object),
        (ACCESS, "ClusterRole") => access::role::validate_cluster_role(object),
        (ACCESS, "ClusterRoleBinding") => access::binding::validate_cluster_role_binding(object),
        (ACCESS, "Role") => access::role::validate_role(object),
        (ACCESS, "RoleBinding") => access::binding::validate_role_binding(object),
        ("scheduling.k8s.io", "PriorityClass") => priority_class::validate(object),
        (STORAGE, "CSIDriver") => storage::driver::validate(object),
        (STORAGE, "CSINode") => storage::driver::validate_node(object),
        (STORAGE, "CSIStorageCapacity") => storage::capacity::validate(object),
        (STORAGE, "StorageClass") => storage::class::validate(object),
        (STORAGE, "VolumeAttachment") => storage::attachment::validate(object),
        (STORAGE, "VolumeAttributesClass") => storage::class::validate_attributes(object),
        _ => {}
    }
}

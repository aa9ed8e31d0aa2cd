//! What an API server rejects: the object must have its type, and its fields must
//! keep the server's rules. A file holds what belongs to one part of the API, and
//! the rule that its findings bear.

pub mod access;
pub mod admission;
pub mod claim;
pub mod cluster;
pub mod config;
pub mod decoding;
pub mod definition;
pub mod devices;
pub mod formats;
#[cfg(test)]
mod given_back;
pub mod metadata;
pub mod network;
pub mod paths;
pub mod pod;
pub mod pod_security;
pub mod quantities;
pub mod quota;
pub mod scaling;
pub mod selector;
pub mod server_warning;
pub mod storage;
#[cfg(test)]
mod trial;
pub mod versions;
#[cfg(test)]
mod wild;
pub mod workload;

use super::at::At;
use super::rule::Rule;
use super::scene::Scene;
use super::subject::Origin;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &access::binding::RULE,
    &access::role::RULE,
    &admission::binding::RULE,
    &admission::policy::RULE,
    &admission::webhook::RULE,
    &claim::RULE,
    &cluster::api_service::RULE,
    &cluster::event::RULE,
    &cluster::flow_schema::RULE,
    &cluster::lease::RULE,
    &cluster::namespace::RULE,
    &cluster::node::RULE,
    &cluster::priority_class::RULE,
    &cluster::priority_level::RULE,
    &cluster::runtime_class::RULE,
    &cluster::signing_request::RULE,
    &config::config_map::RULE,
    &config::secret::RULE,
    &decoding::RULE,
    &definition::RULE,
    &devices::device_class::RULE,
    &devices::resource_claim::RULE,
    &metadata::RULE,
    &network::endpoint_slice::RULE,
    &network::endpoints::RULE,
    &network::ingress::RULE,
    &network::ingress_class::RULE,
    &network::ip_address::RULE,
    &network::network_policy::RULE,
    &network::service::RULE,
    &network::service_cidr::RULE,
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
    &quota::limit_range::RULE,
    &quota::resource_quota::RULE,
    &scaling::autoscaler::RULE,
    &scaling::disruption_budget::RULE,
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
    const ADMISSION: &str = "admissionregistration.k8s.io";
    const FLOW_CONTROL: &str = "flowcontrol.apiserver.k8s.io";
    const STORAGE: &str = "storage.k8s.io";
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        ("", "ConfigMap") => config::config_map::validate(object),
        ("", "Endpoints") => network::endpoints::validate(object),
        ("" | "events.k8s.io", "Event") => cluster::event::validate(scene, object),
        ("", "LimitRange") => quota::limit_range::validate(object),
        ("", "Namespace") => cluster::namespace::validate(object),
        ("", "Node") => cluster::node::validate(object),
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
        ("", "ServiceAccount") => access::service_account::warn(object),
        ("", "Service") => network::service::validate(scene, object),
        (ADMISSION, "MutatingAdmissionPolicy") => admission::policy::validate_mutating(object),
        (ADMISSION, "MutatingAdmissionPolicyBinding") => {
            admission::binding::validate_mutating(object);
        }
        (ADMISSION, "MutatingWebhookConfiguration") => admission::webhook::validate(object),
        (ADMISSION, "ValidatingAdmissionPolicy") => admission::policy::validate_validating(object),
        (ADMISSION, "ValidatingAdmissionPolicyBinding") => {
            admission::binding::validate_validating(object);
        }
        (ADMISSION, "ValidatingWebhookConfiguration") => admission::webhook::validate(object),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => definition::validate(object),
        ("apiregistration.k8s.io", "APIService") => cluster::api_service::validate(object),
        ("apps", "ControllerRevision") => workload::controller_revision::validate(object),
        ("apps", "DaemonSet") => workload::daemon_set::validate(object),
        ("apps", "Deployment") => workload::deployment::validate(object),
        ("apps", "ReplicaSet") => workload::replica_set::validate(object),
        ("apps", "StatefulSet") => workload::stateful_set::validate(object),
        ("autoscaling", "HorizontalPodAutoscaler") => scaling::autoscaler::validate(object),
        ("batch", "CronJob") => workload::cron_job::validate(object),
        ("batch", "Job") => workload::job::validate(object),
        ("certificates.k8s.io", "CertificateSigningRequest") => {
            cluster::signing_request::validate(object);
        }
        ("coordination.k8s.io", "Lease") => cluster::lease::validate(object),
        ("discovery.k8s.io", "EndpointSlice") => network::endpoint_slice::validate(object),
        (FLOW_CONTROL, "FlowSchema") => cluster::flow_schema::validate(object),
        (FLOW_CONTROL, "PriorityLevelConfiguration") => cluster::priority_level::validate(object),
        ("networking.k8s.io", "IPAddress") => network::ip_address::validate(object),
        ("networking.k8s.io", "Ingress") => network::ingress::validate(scene, object),
        ("networking.k8s.io", "IngressClass") => network::ingress_class::validate(object),
        ("networking.k8s.io", "NetworkPolicy") => network::network_policy::validate(object),
        ("networking.k8s.io", "ServiceCIDR") => network::service_cidr::validate(object),
        ("node.k8s.io", "RuntimeClass") => cluster::runtime_class::validate(object),
        ("policy", "PodDisruptionBudget") => scaling::disruption_budget::validate(object),
        (ACCESS, "ClusterRole") => access::role::validate_cluster_role(object),
        (ACCESS, "ClusterRoleBinding") => access::binding::validate_cluster_role_binding(object),
        (ACCESS, "Role") => access::role::validate_role(object),
        (ACCESS, "RoleBinding") => access::binding::validate_role_binding(object),
        ("scheduling.k8s.io", "PriorityClass") => cluster::priority_class::validate(object),
        (STORAGE, "CSIDriver") => storage::driver::validate(object),
        (STORAGE, "CSINode") => storage::driver::validate_node(object),
        (STORAGE, "CSIStorageCapacity") => storage::capacity::validate(object),
        (STORAGE, "StorageClass") => storage::class::validate(object),
        (STORAGE, "VolumeAttachment") => storage::attachment::validate(object),
        (STORAGE, "VolumeAttributesClass") => storage::class::validate_attributes(object),
        ("resource.k8s.io", "DeviceClass") => devices::device_class::validate(object),
        ("resource.k8s.io", "ResourceClaim") => devices::resource_claim::validate_claim(object),
        ("resource.k8s.io", "ResourceClaimTemplate") => {
            devices::resource_claim::validate_template(object);
        }
        _ => {}
    }
}

//! Which validation each kind has.

use crate::check::at::At;
use crate::check::scene::Scene;
use crate::object::kinds;

use super::{
    access, admission, claim, cluster, config, custom, definition, devices, network, pod, quota,
    scaling, storage, workload,
};

/// What the kind of an object asks for.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) {
    const ACCESS: &str = "rbac.authorization.k8s.io";
    const ADMISSION: &str = "admissionregistration.k8s.io";
    const FLOW_CONTROL: &str = "flowcontrol.apiserver.k8s.io";
    const STORAGE: &str = "storage.k8s.io";
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        ("", "Binding") => pod::binding::validate(object),
        ("", "ConfigMap") => config::config_map::validate(object),
        ("" | "events.k8s.io", "Event") => cluster::event::validate(scene, object),
        ("", "Endpoints") => network::endpoints::validate(object),
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
        ("", "Service") => network::service::validate(scene, object),
        ("", "ServiceAccount") => access::service_account::warn(object),
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
        ("apiregistration.k8s.io", "APIService") => cluster::api_service::validate(object),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => definition::validate(object),
        ("apps", "ControllerRevision") => workload::controller_revision::validate(object),
        ("apps", "DaemonSet") => workload::daemon_set::validate(object),
        ("apps", "Deployment") => workload::deployment::validate(object),
        ("apps", "ReplicaSet") => workload::replica_set::validate(object),
        ("apps", "StatefulSet") => workload::stateful_set::validate(object),
        ("authentication.k8s.io", "TokenReview") => access::review::validate_token(object),
        (
            "authorization.k8s.io",
            "SubjectAccessReview" | "SelfSubjectAccessReview" | "LocalSubjectAccessReview",
        ) => access::review::validate(object),
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
        ("resource.k8s.io", "DeviceClass") => devices::device_class::validate(object),
        ("resource.k8s.io", "ResourceClaim") => devices::resource_claim::validate_claim(object),
        ("resource.k8s.io", "ResourceClaimTemplate") => {
            devices::resource_claim::validate_template(object);
        }
        ("resource.k8s.io", "ResourceSlice") => devices::resource_slice::validate(object),
        ("scheduling.k8s.io", "PriorityClass") => cluster::priority_class::validate(object),
        (STORAGE, "CSIDriver") => storage::driver::validate(object),
        (STORAGE, "CSINode") => storage::driver::validate_node(object),
        (STORAGE, "CSIStorageCapacity") => storage::capacity::validate(object),
        (STORAGE, "StorageClass") => storage::class::validate(object),
        (STORAGE, "VolumeAttachment") => storage::attachment::validate(object),
        (STORAGE, "VolumeAttributesClass") => storage::class::validate_attributes(object),
        _ if !kinds::is_built_in(&subject.identity.api_version) => custom::validate(scene, object),
        _ => {}
    }
}

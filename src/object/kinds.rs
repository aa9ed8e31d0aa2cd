//! Every kind that k8sgen knows: its scope, its place in the order of
//! application, and its type.

use k8s_openapi::api::{
    admissionregistration::v1 as admission, apps::v1 as apps, autoscaling::v1 as autoscaling_v1,
    autoscaling::v2 as autoscaling, batch::v1 as batch, certificates::v1 as certificates,
    coordination::v1 as coordination, core::v1 as core, discovery::v1 as discovery,
    flowcontrol::v1 as flowcontrol, networking::v1 as networking, node::v1 as node,
    policy::v1 as policy, rbac::v1 as rbac, resource::v1 as resource, scheduling::v1 as scheduling,
    storage::v1 as storage,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1 as apiextensions;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1 as apiregistration;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::complete::complete;
use super::from_value::Fault;
use super::value::Value;

/// Content with its fields in order, or what is wrong with it.
type Retype = fn(&Value) -> Result<Value, Vec<Fault>>;

/// One kind.
pub struct Kind {
    pub api_version: &'static str,
    pub kind: &'static str,
    pub namespaced: bool,
    /// Reads content as the kind's type and writes it back: the fields in
    /// order, or what a server would say. `None` for custom resources.
    pub retype: Option<Retype>,
}

macro_rules! kinds {
    ($($scope:ident $($type:ident)::+ $(in $group:literal)? ;)*) => {
        &[$( kinds!(@one $($group)? ; $scope ; $($type)::+) ),*]
    };
    (@one ; $scope:ident ; $type:path) => {
        Kind {
            api_version: <$type as k8s_openapi::Resource>::API_VERSION,
            kind: <$type as k8s_openapi::Resource>::KIND,
            namespaced: kinds!(@scope $scope),
            retype: Some(retype::<$type>),
        }
    };
    (@one $group:literal ; $scope:ident ; $kind:ident) => {
        Kind {
            api_version: $group,
            kind: stringify!($kind),
            namespaced: kinds!(@scope $scope),
            retype: None,
        }
    };
    (@scope cluster) => { false };
    (@scope namespaced) => { true };
}

/// In the order in which they can be applied: what others stand on first.
static KINDS: &[Kind] = kinds! {
    // Scope.
    cluster apiextensions::CustomResourceDefinition;
    cluster apiregistration::APIService;
    cluster core::Namespace;
    // Classes.
    cluster scheduling::PriorityClass;
    cluster node::RuntimeClass;
    cluster storage::CSIDriver;
    cluster storage::StorageClass;
    cluster storage::VolumeAttributesClass;
    cluster VolumeSnapshotClass in "snapshot.storage.k8s.io/v1";
    cluster networking::IngressClass;
    cluster GatewayClass in "gateway.networking.k8s.io/v1";
    cluster resource::DeviceClass;
    cluster flowcontrol::PriorityLevelConfiguration;
    cluster flowcontrol::FlowSchema;
    // Governance.
    namespaced core::ResourceQuota;
    namespaced core::LimitRange;
    // Access.
    namespaced core::ServiceAccount;
    cluster rbac::ClusterRole;
    cluster rbac::ClusterRoleBinding;
    namespaced rbac::Role;
    namespaced rbac::RoleBinding;
    cluster certificates::CertificateSigningRequest;
    // Config and secrets.
    namespaced core::ConfigMap;
    namespaced core::Secret;
    cluster ClusterSecretStore in "external-secrets.io/v1";
    namespaced SecretStore in "external-secrets.io/v1";
    namespaced ExternalSecret in "external-secrets.io/v1";
    namespaced SealedSecret in "bitnami.com/v1alpha1";
    cluster ClusterIssuer in "cert-manager.io/v1";
    namespaced Issuer in "cert-manager.io/v1";
    namespaced Certificate in "cert-manager.io/v1";
    // Storage.
    cluster core::PersistentVolume;
    namespaced VolumeSnapshot in "snapshot.storage.k8s.io/v1";
    namespaced core::PersistentVolumeClaim;
    namespaced resource::ResourceClaimTemplate;
    namespaced resource::ResourceClaim;
    // Services.
    namespaced core::Service;
    namespaced core::Endpoints;
    namespaced discovery::EndpointSlice;
    // Workloads.
    namespaced AnalysisTemplate in "argoproj.io/v1alpha1";
    namespaced core::PodTemplate;
    namespaced core::Pod;
    namespaced core::ReplicationController;
    namespaced apps::ReplicaSet;
    namespaced apps::ControllerRevision;
    namespaced apps::StatefulSet;
    namespaced apps::Deployment;
    namespaced apps::DaemonSet;
    namespaced Rollout in "argoproj.io/v1alpha1";
    namespaced batch::Job;
    namespaced batch::CronJob;
    namespaced coordination::Lease;
    // Scaling and disruption.
    namespaced autoscaling_v1::HorizontalPodAutoscaler;
    namespaced autoscaling::HorizontalPodAutoscaler;
    namespaced VerticalPodAutoscaler in "autoscaling.k8s.io/v1";
    namespaced policy::PodDisruptionBudget;
    // Network.
    namespaced networking::NetworkPolicy;
    namespaced Gateway in "gateway.networking.k8s.io/v1";
    namespaced networking::Ingress;
    namespaced ReferenceGrant in "gateway.networking.k8s.io/v1beta1";
    namespaced HTTPRoute in "gateway.networking.k8s.io/v1";
    // Monitoring.
    namespaced ServiceMonitor in "monitoring.coreos.com/v1";
    namespaced PodMonitor in "monitoring.coreos.com/v1";
    namespaced Probe in "monitoring.coreos.com/v1";
    namespaced PrometheusRule in "monitoring.coreos.com/v1";
    namespaced Prometheus in "monitoring.coreos.com/v1";
    // Delivery.
    namespaced AppProject in "argoproj.io/v1alpha1";
    namespaced Application in "argoproj.io/v1alpha1";
    namespaced ApplicationSet in "argoproj.io/v1alpha1";
    namespaced Kustomization in "kustomize.toolkit.fluxcd.io/v1";
    // Admission last: it judges what comes after it.
    cluster admission::ValidatingAdmissionPolicy;
    cluster admission::ValidatingAdmissionPolicyBinding;
    cluster admission::MutatingAdmissionPolicy;
    cluster admission::MutatingAdmissionPolicyBinding;
    cluster admission::ValidatingWebhookConfiguration;
    cluster admission::MutatingWebhookConfiguration;
};

/// The kind of an API version, if k8sgen knows it.
pub fn find(api_version: &str, kind: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|known| known.kind == kind && known.api_version == api_version)
}

/// All kinds, in the order of application.
pub fn all() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter()
}

/// Where objects of a kind stand. Unknown custom resources come last but for
/// admission: what they need is there, and nothing here needs them.
pub fn order(api_version: &str, kind: &str) -> usize {
    KINDS
        .iter()
        .position(|known| known.kind == kind && known.api_version == api_version)
        .unwrap_or_else(|| KINDS.iter().position(is_admission).unwrap_or(KINDS.len()))
}

fn is_admission(kind: &Kind) -> bool {
    kind.api_version.starts_with("admissionregistration.")
}

/// Whether Kubernetes itself defines the kinds of an API version.
pub fn is_built_in(api_version: &str) -> bool {
    let group = |version: &'static str| version.split_once('/').map_or("", |(group, _)| group);
    let wanted = api_version.split_once('/').map_or("", |(group, _)| group);
    KINDS.iter().any(|known| known.retype.is_some() && group(known.api_version) == wanted)
}

fn retype<T: DeserializeOwned + Serialize>(value: &Value) -> Result<Value, Vec<Fault>> {
    complete::<T>(value).map(|(_, ordered)| ordered)
}

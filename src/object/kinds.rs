//! Every kind that k8sgen knows: its scope, its place in the order of
//! application, and its type.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;
use k8s_openapi::api::{
    admissionregistration::v1 as admission, apps::v1 as apps, authentication::v1 as authentication,
    authorization::v1 as authorization, autoscaling::v1 as autoscaling_v1,
    autoscaling::v2 as autoscaling, batch::v1 as batch, certificates::v1 as certificates,
    certificates::v1beta1 as certificates_beta, coordination::v1 as coordination,
    coordination::v1beta1 as coordination_beta, core::v1 as core, discovery::v1 as discovery,
    events::v1 as events, flowcontrol::v1 as flowcontrol, networking::v1 as networking,
    node::v1 as node, policy::v1 as policy, rbac::v1 as rbac, resource::v1 as resource,
    resource::v1beta2 as resource_beta, scheduling::v1 as scheduling, storage::v1 as storage,
    storagemigration::v1beta1 as storagemigration_beta,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1 as apiextensions;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1 as apiregistration;

use super::types::{self, Type};

/// One kind.
pub struct Kind {
    pub api_version: &'static str,
    /// The API group; Kubernetes' first one has no name.
    pub group: &'static str,
    pub kind: &'static str,
    pub namespaced: bool,
    /// What the API calls many of it, where it does not follow from the kind.
    plural: Option<&'static str>,
    /// Whether Kubernetes itself defines it.
    pub is_built_in: bool,
    /// Lets the tables of types learn its type.
    #[cfg(test)]
    pub learn: Option<fn(&mut types::learn::World)>,
}

macro_rules! kinds {
    ($($scope:ident $($type:ident)::+ $(in $version:literal)? ;)*) => {
        &[$( kinds!(@one $($version)? ; $scope ; $($type)::+) ),*]
    };
    (@one ; $scope:ident ; $type:path) => {
        Kind {
            api_version: <$type as k8s_openapi::Resource>::API_VERSION,
            group: <$type as k8s_openapi::Resource>::GROUP,
            kind: <$type as k8s_openapi::Resource>::KIND,
            namespaced: kinds!(@scope $scope),
            plural: Some(<$type as k8s_openapi::Resource>::URL_PATH_SEGMENT),
            is_built_in: true,
            #[cfg(test)]
            learn: Some(types::learn::World::learn::<$type>),
        }
    };
    (@one $version:literal ; $scope:ident ; $kind:ident) => {
        Kind {
            api_version: $version,
            group: group($version),
            kind: stringify!($kind),
            namespaced: kinds!(@scope $scope),
            plural: None,
            is_built_in: false,
            #[cfg(test)]
            learn: None,
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
    // What a cluster writes itself: hardly anybody applies it.
    cluster core::Node;
    cluster networking::ServiceCIDR;
    cluster networking::IPAddress;
    cluster storage::CSINode;
    namespaced storage::CSIStorageCapacity;
    cluster storage::VolumeAttachment;
    cluster resource::ResourceSlice;
    cluster resource_beta::DeviceTaintRule;
    cluster certificates_beta::ClusterTrustBundle;
    namespaced certificates_beta::PodCertificateRequest;
    cluster storagemigration_beta::StorageVersionMigration;
    namespaced coordination_beta::LeaseCandidate;
    namespaced core::Binding;
    namespaced core::Event;
    namespaced events::Event;
    // Questions, which a server answers and does not keep.
    cluster authentication::TokenReview;
    cluster authentication::SelfSubjectReview;
    cluster authorization::SubjectAccessReview;
    cluster authorization::SelfSubjectAccessReview;
    cluster authorization::SelfSubjectRulesReview;
    namespaced authorization::LocalSubjectAccessReview;
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

impl Kind {
    /// What its objects hold; nothing where only its definition says so.
    pub fn content(&self) -> Option<&'static Type> {
        types::of(self.api_version, self.kind)
    }

    /// What rules and addresses call it: `networkpolicies`.
    pub fn plural(&self) -> Cow<'static, str> {
        self.plural.map_or_else(|| Cow::Owned(regular_plural(self.kind)), Cow::Borrowed)
    }
}

/// The group of an API version.
pub const fn group(api_version: &str) -> &str {
    let bytes = api_version.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'/' {
            return api_version.split_at(at).0;
        }
        at += 1;
    }
    ""
}

/// What rules call objects of a kind, known or not.
pub fn plural(api_version: &str, kind: &str) -> Cow<'static, str> {
    match find(api_version, kind) {
        Some(known) => known.plural(),
        None => Cow::Owned(regular_plural(kind)),
    }
}

/// The plural that English has, and that the custom resources above have.
fn regular_plural(kind: &str) -> String {
    let single = kind.to_ascii_lowercase();
    match single.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if single.ends_with('s') => format!("{single}es"),
        _ => format!("{single}s"),
    }
}

/// Whether objects of a kind are known to live in no namespace.
pub fn is_cluster_wide(group: &str, kind: &str) -> bool {
    static CLUSTER_WIDE: LazyLock<HashSet<(&str, &str), RandomState>> = LazyLock::new(|| {
        let cluster_wide = KINDS.iter().filter(|known| !known.namespaced);
        cluster_wide.map(|known| (known.kind, known.group)).collect()
    });
    CLUSTER_WIDE.contains(&(kind, group))
}

/// Whether Kubernetes itself defines the kinds of an API version.
pub fn is_built_in(api_version: &str) -> bool {
    let wanted = group(api_version);
    KINDS.iter().any(|known| known.is_built_in && known.group == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (version, kind, many) in [
            ("v1", "Endpoints", "endpoints"),
            ("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
            ("networking.k8s.io/v1", "Ingress", "ingresses"),
            ("monitoring.coreos.com/v1", "Prometheus", "prometheuses"),
            ("snapshot.storage.k8s.io/v1", "VolumeSnapshotClass", "volumesnapshotclasses"),
            ("gateway.networking.k8s.io/v1", "Gateway", "gateways"),
            ("example.org/v1", "Policy", "policies"),
        ] {
            assert_eq!(plural(version, kind), many);
        }
    }

    /// What the definitions of custom resources say, where they are at hand.
    #[test]
    fn plurals_of_custom_resources_are_those_of_their_definitions() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/crds");
        for file in std::fs::read_dir(root).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let word = |key: &str| {
                let line = text.lines().find_map(|line| line.strip_prefix(key));
                line.map(|word| word.trim().to_owned())
            };
            let (Some(kind), Some(many)) = (word("    kind:"), word("    plural:")) else {
                continue;
            };
            assert_eq!(regular_plural(&kind), many, "{:?}", file.path());
        }
    }
}

//! Which minor versions of Kubernetes have a version of its own API, where not all do
//! that manifests are written for.

/// Kinds of one version of one API group.
pub struct Version {
    pub api_version: &'static str,
    pub kinds: &'static [&'static str],
    /// The first minor version of Kubernetes that has it.
    pub since: u8,
    /// The first one that has it no longer.
    pub until: u8,
    /// The first one that warns of it.
    pub deprecated: u8,
    /// The API version to write instead; empty where nothing replaces the kind.
    pub instead: &'static str,
    /// What must change besides; empty where nothing must.
    pub change: &'static str,
}

/// No version yet.
pub const NEVER: u8 = u8::MAX;

/// One that is gone from every version that manifests are written for.
const fn gone(
    api_version: &'static str,
    kinds: &'static [&'static str],
    until: u8,
    instead: &'static str,
    change: &'static str,
) -> Version {
    Version { api_version, kinds, since: 0, until, deprecated: 0, instead, change }
}

/// One that some of them have.
const fn some(
    api_version: &'static str,
    kinds: &'static [&'static str],
    (since, deprecated, until): (u8, u8, u8),
    instead: &'static str,
) -> Version {
    Version { api_version, kinds, since, until, deprecated, instead, change: "" }
}

/// One that stays, and that not all of them have.
const fn stable(api_version: &'static str, kinds: &'static [&'static str], since: u8) -> Version {
    some(api_version, kinds, (since, NEVER, NEVER), "")
}

const SELECTOR: &str = "`spec.selector` must be there, and match the labels of the template; it cannot be changed afterwards";
const INGRESS: &str = "`backend` is `service: {name, port: {number}}`, each path has a `pathType`, `spec.backend` is `spec.defaultBackend`, and the class is `spec.ingressClassName`";
const DISRUPTION: &str = "an empty `selector` takes every pod of the namespace, where it took none";
const METRICS: &str =
    "each metric has its target in `target: {type, …}`, and is named in `metric: {name}`";
const WEBHOOK: &str = "`sideEffects` and `admissionReviewVersions` must be there, `failurePolicy` is `Fail` where it is left out, and `timeoutSeconds` is 10";
const DEFINITION: &str = "each version has its own `schema.openAPIV3Schema`, which must be structural; `validation`, `subresources` and `additionalPrinterColumns` stand in the version, and `version` is gone";
const SLICE: &str = "an endpoint has `nodeName` and `zone` instead of `topology`";
const SHARES: &str = "`assuredConcurrencyShares` is `nominalConcurrencyShares`";
const SIGNER: &str = "`signerName` and `usages` must be there";
const RUNTIME: &str = "`spec.runtimeHandler` is `handler`";

pub static VERSIONS: &[Version] = &[
    gone("extensions/v1beta1", &["Deployment"], 16, "apps/v1", SELECTOR),
    gone("extensions/v1beta1", &["DaemonSet", "ReplicaSet"], 16, "apps/v1", SELECTOR),
    gone("extensions/v1beta1", &["NetworkPolicy"], 16, "networking.k8s.io/v1", ""),
    gone("extensions/v1beta1", &["PodSecurityPolicy"], 16, "", POLICY),
    gone("extensions/v1beta1", &["Ingress"], 22, "networking.k8s.io/v1", INGRESS),
    gone("apps/v1beta1", &["Deployment", "StatefulSet"], 16, "apps/v1", SELECTOR),
    gone("apps/v1beta1", &["ControllerRevision"], 16, "apps/v1", ""),
    gone(
        "apps/v1beta2",
        &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
        16,
        "apps/v1",
        SELECTOR,
    ),
    gone("apps/v1beta2", &["ControllerRevision"], 16, "apps/v1", ""),
    gone("batch/v1beta1", &["CronJob"], 25, "batch/v1", ""),
    gone("batch/v2alpha1", &["CronJob"], 21, "batch/v1", ""),
    gone("autoscaling/v2beta1", &["HorizontalPodAutoscaler"], 25, "autoscaling/v2", METRICS),
    gone("autoscaling/v2beta2", &["HorizontalPodAutoscaler"], 26, "autoscaling/v2", ""),
    gone("policy/v1beta1", &["PodDisruptionBudget"], 25, "policy/v1", DISRUPTION),
    gone("policy/v1beta1", &["PodSecurityPolicy"], 25, "", POLICY),
    gone("networking.k8s.io/v1beta1", &["Ingress"], 22, "networking.k8s.io/v1", INGRESS),
    gone("networking.k8s.io/v1beta1", &["IngressClass"], 22, "networking.k8s.io/v1", ""),
    gone("rbac.authorization.k8s.io/v1beta1", ACCESS, 22, "rbac.authorization.k8s.io/v1", ""),
    gone("rbac.authorization.k8s.io/v1alpha1", ACCESS, 23, "rbac.authorization.k8s.io/v1", ""),
    gone("admissionregistration.k8s.io/v1beta1", WEBHOOKS, 22, ADMISSION, WEBHOOK),
    gone(
        "apiextensions.k8s.io/v1beta1",
        &["CustomResourceDefinition"],
        22,
        "apiextensions.k8s.io/v1",
        DEFINITION,
    ),
    gone("apiregistration.k8s.io/v1beta1", &["APIService"], 22, "apiregistration.k8s.io/v1", ""),
    gone(
        "certificates.k8s.io/v1beta1",
        &["CertificateSigningRequest"],
        22,
        "certificates.k8s.io/v1",
        SIGNER,
    ),
    gone("coordination.k8s.io/v1beta1", &["Lease"], 22, "coordination.k8s.io/v1", ""),
    gone("discovery.k8s.io/v1beta1", &["EndpointSlice"], 25, "discovery.k8s.io/v1", SLICE),
    gone("events.k8s.io/v1beta1", &["Event"], 25, "events.k8s.io/v1", ""),
    gone("node.k8s.io/v1beta1", &["RuntimeClass"], 25, "node.k8s.io/v1", ""),
    gone("node.k8s.io/v1alpha1", &["RuntimeClass"], 24, "node.k8s.io/v1", RUNTIME),
    gone("scheduling.k8s.io/v1beta1", &["PriorityClass"], 22, "scheduling.k8s.io/v1", ""),
    gone("scheduling.k8s.io/v1alpha1", &["PriorityClass"], 23, "scheduling.k8s.io/v1", ""),
    gone("settings.k8s.io/v1alpha1", &["PodPreset"], 20, "", ""),
    gone(
        "storage.k8s.io/v1beta1",
        &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
        22,
        "storage.k8s.io/v1",
        "",
    ),
    gone("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], 27, "storage.k8s.io/v1", ""),
    gone(
        "storage.k8s.io/v1alpha1",
        &["CSIStorageCapacity", "VolumeAttachment"],
        24,
        "storage.k8s.io/v1",
        "",
    ),
    gone("flowcontrol.apiserver.k8s.io/v1alpha1", FLOW, 24, FLOWCONTROL, SHARES),
    gone("flowcontrol.apiserver.k8s.io/v1beta1", FLOW, 26, FLOWCONTROL, SHARES),
    Version {
        change: SHARES,
        ..some("flowcontrol.apiserver.k8s.io/v1beta2", FLOW, (23, 26, 29), FLOWCONTROL)
    },
    some("flowcontrol.apiserver.k8s.io/v1beta3", FLOW, (26, 29, 32), FLOWCONTROL),
    stable("flowcontrol.apiserver.k8s.io/v1", FLOW, 29),
    some("admissionregistration.k8s.io/v1alpha1", VALIDATING, (26, 29, 32), ADMISSION),
    some("admissionregistration.k8s.io/v1beta1", VALIDATING, (28, 31, 34), ADMISSION),
    stable("admissionregistration.k8s.io/v1", VALIDATING, 30),
    some("admissionregistration.k8s.io/v1alpha1", MUTATING, (32, 35, NEVER), ADMISSION),
    some("admissionregistration.k8s.io/v1beta1", MUTATING, (34, 37, NEVER), ADMISSION),
    stable("admissionregistration.k8s.io/v1", MUTATING, 36),
    some("networking.k8s.io/v1alpha1", &["ClusterCIDR"], (25, 28, 29), ""),
    some("networking.k8s.io/v1alpha1", ADDRESSES, (27, 30, 31), "networking.k8s.io/v1"),
    some("networking.k8s.io/v1beta1", ADDRESSES, (31, 34, 37), "networking.k8s.io/v1"),
    stable("networking.k8s.io/v1", ADDRESSES, 33),
    some("storage.k8s.io/v1alpha1", &["VolumeAttributesClass"], (29, 32, 35), "storage.k8s.io/v1"),
    some("storage.k8s.io/v1beta1", &["VolumeAttributesClass"], (31, 34, 37), "storage.k8s.io/v1"),
    stable("storage.k8s.io/v1", &["VolumeAttributesClass"], 34),
    some("resource.k8s.io/v1alpha1", OLD_DEVICES, (26, 26, 27), "resource.k8s.io/v1"),
    some("resource.k8s.io/v1alpha2", OLD_DEVICES, (27, 30, 31), "resource.k8s.io/v1"),
    some("resource.k8s.io/v1alpha3", DEVICES, (31, 33, 34), "resource.k8s.io/v1"),
    some("resource.k8s.io/v1beta1", DEVICES, (32, 35, NEVER), "resource.k8s.io/v1"),
    some("resource.k8s.io/v1beta2", DEVICES, (33, 36, NEVER), "resource.k8s.io/v1"),
    stable("resource.k8s.io/v1", DEVICES, 34),
    some("resource.k8s.io/v1alpha3", TAINTS, (33, 36, NEVER), "resource.k8s.io/v1beta2"),
    some("resource.k8s.io/v1beta2", TAINTS, (36, NEVER, NEVER), ""),
    stable("resource.k8s.io/v1", TAINTS, 37),
    stable("resource.k8s.io/v1alpha3", &["ResourcePoolStatusRequest"], 36),
    some("certificates.k8s.io/v1alpha1", TRUST, (27, 34, 37), "certificates.k8s.io/v1beta1"),
    stable("certificates.k8s.io/v1beta1", TRUST, 33),
    stable("certificates.k8s.io/v1", TRUST, 37),
    some("certificates.k8s.io/v1alpha1", PROOF, (34, 35, 35), "certificates.k8s.io/v1beta1"),
    stable("certificates.k8s.io/v1beta1", PROOF, 35),
    stable("certificates.k8s.io/v1", PROOF, 37),
    some("coordination.k8s.io/v1alpha1", CANDIDATES, (31, 31, 32), "coordination.k8s.io/v1beta1"),
    some(
        "coordination.k8s.io/v1alpha2",
        CANDIDATES,
        (32, 35, NEVER),
        "coordination.k8s.io/v1beta1",
    ),
    stable("coordination.k8s.io/v1beta1", CANDIDATES, 33),
    some(
        "storagemigration.k8s.io/v1alpha1",
        MIGRATIONS,
        (30, 33, 35),
        "storagemigration.k8s.io/v1beta1",
    ),
    stable("storagemigration.k8s.io/v1beta1", MIGRATIONS, 35),
    stable("storagemigration.k8s.io/v1", MIGRATIONS, 37),
    some("scheduling.k8s.io/v1alpha1", &["Workload"], (35, 35, 36), "scheduling.k8s.io/v1alpha2"),
    some(
        "scheduling.k8s.io/v1alpha2",
        &["PodGroup", "Workload"],
        (36, 36, 37),
        "scheduling.k8s.io/v1beta1",
    ),
    stable("scheduling.k8s.io/v1alpha3", &["CompositePodGroup", "PodGroup", "Workload"], 37),
    stable("scheduling.k8s.io/v1beta1", &["PodGroup", "Workload"], 37),
    stable("internal.apiserver.k8s.io/v1alpha1", &["StorageVersion"], 20),
    some("v1", &["Endpoints"], (0, 33, NEVER), "discovery.k8s.io/v1"),
    some("v1", &["ComponentStatus"], (0, 19, NEVER), ""),
];

const POLICY: &str = "label the Namespace for Pod Security, such as `pod-security.kubernetes.io/enforce: restricted`";
const ACCESS: &[&str] = &["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"];
const WEBHOOKS: &[&str] = &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const VALIDATING: &[&str] = &["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"];
const MUTATING: &[&str] = &["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"];
const ADMISSION: &str = "admissionregistration.k8s.io/v1";
const FLOW: &[&str] = &["FlowSchema", "PriorityLevelConfiguration"];
const FLOWCONTROL: &str = "flowcontrol.apiserver.k8s.io/v1";
const ADDRESSES: &[&str] = &["IPAddress", "ServiceCIDR"];
const DEVICES: &[&str] =
    &["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"];
const OLD_DEVICES: &[&str] = &[
    "PodScheduling",
    "PodSchedulingContext",
    "ResourceClaim",
    "ResourceClaimParameters",
    "ResourceClaimTemplate",
    "ResourceClass",
    "ResourceClassParameters",
    "ResourceSlice",
];
const TAINTS: &[&str] = &["DeviceTaintRule"];
const TRUST: &[&str] = &["ClusterTrustBundle"];
const PROOF: &[&str] = &["PodCertificateRequest"];
const CANDIDATES: &[&str] = &["LeaseCandidate"];
const MIGRATIONS: &[&str] = &["StorageVersionMigration"];

/// What is known of a kind in a version.
pub fn find(api_version: &str, kind: &str) -> Option<&'static Version> {
    VERSIONS
        .iter()
        .find(|version| version.api_version == api_version && version.kinds.contains(&kind))
}

impl Version {
    /// Whether a server has it only where somebody switched it on: that is so of all
    /// alphas, and of the betas since 1.24.
    pub fn is_off_by_default(&self) -> bool {
        let version = self.api_version.rsplit('/').next().unwrap_or_default();
        version.contains("alpha")
            || version.contains("beta") && !self.api_version.starts_with("flowcontrol.")
    }
}

//! Which versions well known custom resources have, and which they had: as their
//! projects publish the definitions today.

/// An API group of a well known project.
pub struct Group {
    pub name: &'static str,
    /// All its kinds, each with the versions that are served.
    pub kinds: &'static [Kind],
    /// Versions that were, or that will not stay.
    pub former: &'static [Former],
}

pub struct Kind {
    pub name: &'static str,
    pub versions: &'static [&'static str],
}

/// A version that definitions moved on from.
pub struct Former {
    pub version: &'static str,
    /// The kinds that it was of; all of the group where there are none.
    pub kinds: &'static [&'static str],
    pub state: State,
    /// What to write instead, with its group: `cert-manager.io/v1`.
    pub instead: &'static str,
    /// What must change besides; empty where nothing must.
    pub change: &'static str,
}

pub enum State {
    /// No definition of today serves it: since when.
    Gone(&'static str),
    /// It is served still: what was said of it, and when.
    Deprecated(&'static str),
}

const fn kind(name: &'static str, versions: &'static [&'static str]) -> Kind {
    Kind { name, versions }
}

const fn gone(version: &'static str, since: &'static str, instead: &'static str) -> Former {
    Former { version, kinds: &[], state: State::Gone(since), instead, change: "" }
}

const fn deprecated(version: &'static str, since: &'static str, instead: &'static str) -> Former {
    Former { version, kinds: &[], state: State::Deprecated(since), instead, change: "" }
}

const V1: &[&str] = &["v1"];
const V1ALPHA1: &[&str] = &["v1alpha1"];
const V1_AND_BETA: &[&str] = &["v1", "v1beta1"];
const STORES: &[&str] =
    &["ClusterExternalSecret", "ClusterSecretStore", "ExternalSecret", "SecretStore"];
const ROUTES: &[&str] = &["Gateway", "GatewayClass", "HTTPRoute"];

static GROUPS: &[Group] = &[
    Group {
        name: "argoproj.io",
        kinds: &[
            kind("AnalysisRun", V1ALPHA1),
            kind("AnalysisTemplate", V1ALPHA1),
            kind("AppProject", V1ALPHA1),
            kind("Application", V1ALPHA1),
            kind("ApplicationSet", V1ALPHA1),
            kind("ArgoCD", &["v1alpha1", "v1beta1"]),
            kind("ArgoCDExport", V1ALPHA1),
            kind("ClusterAnalysisTemplate", V1ALPHA1),
            kind("ClusterWorkflowTemplate", V1ALPHA1),
            kind("CronWorkflow", V1ALPHA1),
            kind("EventBus", V1ALPHA1),
            kind("EventSource", V1ALPHA1),
            kind("Experiment", V1ALPHA1),
            kind("NamespaceManagement", V1ALPHA1),
            kind("NotificationsConfiguration", V1ALPHA1),
            kind("Rollout", V1ALPHA1),
            kind("RolloutManager", V1ALPHA1),
            kind("Sensor", V1ALPHA1),
            kind("Workflow", V1ALPHA1),
            kind("WorkflowArtifactGCTask", V1ALPHA1),
            kind("WorkflowEventBinding", V1ALPHA1),
            kind("WorkflowTaskResult", V1ALPHA1),
            kind("WorkflowTaskSet", V1ALPHA1),
            kind("WorkflowTemplate", V1ALPHA1),
        ],
        former: &[],
    },
    Group {
        name: "autoscaling.k8s.io",
        kinds: &[kind("VerticalPodAutoscaler", V1), kind("VerticalPodAutoscalerCheckpoint", V1)],
        former: &[
            gone("v1beta1", "version 0.9 of the autoscaler", "autoscaling.k8s.io/v1"),
            gone("v1beta2", "version 1.0 of the autoscaler", "autoscaling.k8s.io/v1"),
        ],
    },
    Group { name: "bitnami.com", kinds: &[kind("SealedSecret", V1ALPHA1)], former: &[] },
    Group {
        name: "cert-manager.io",
        kinds: &[
            kind("Certificate", V1),
            kind("CertificateRequest", V1),
            kind("ClusterIssuer", V1),
            kind("Issuer", V1),
        ],
        former: &[
            Former {
                change: "in a Certificate `organization` is `subject.organizations`, `keyAlgorithm`, `keySize` and `keyEncoding` stand in `privateKey`, and `emailSANs` and `uriSANs` are `emailAddresses` and `uris`",
                ..gone("v1alpha2", "cert-manager 1.6", "cert-manager.io/v1")
            },
            gone("v1alpha3", "cert-manager 1.6", "cert-manager.io/v1"),
            gone("v1beta1", "cert-manager 1.6", "cert-manager.io/v1"),
        ],
    },
    Group {
        name: "certmanager.k8s.io",
        kinds: &[],
        former: &[Former {
            change: "annotations begin with `cert-manager.io/`, and solvers stand in the Issuer",
            ..gone("v1alpha1", "cert-manager 0.11", "cert-manager.io/v1")
        }],
    },
    Group {
        name: "external-secrets.io",
        kinds: &[
            kind("ClusterExternalSecret", V1),
            kind("ClusterPushSecret", V1ALPHA1),
            kind("ClusterSecretStore", V1),
            kind("ExternalSecret", V1),
            kind("PushSecret", V1ALPHA1),
            kind("SecretStore", V1),
        ],
        former: &[
            Former {
                kinds: STORES,
                ..gone("v1beta1", "External Secrets 0.17", "external-secrets.io/v1")
            },
            Former {
                kinds: STORES,
                change: "`dataFrom` lists `extract: {key}`, and `remoteRef` has what `spec.data` had beside it",
                ..gone("v1alpha1", "External Secrets 0.17", "external-secrets.io/v1")
            },
        ],
    },
    Group {
        name: "kubernetes-client.io",
        kinds: &[],
        former: &[Former {
            change: "the project ended in 2022: External Secrets took its place, with a SecretStore for what `backendType` said",
            ..gone("v1", "2022", "external-secrets.io/v1")
        }],
    },
    Group {
        name: "gateway.networking.k8s.io",
        kinds: &[
            kind("BackendTLSPolicy", &["v1", "v1alpha3"]),
            kind("BackendLBPolicy", &["v1alpha2"]),
            kind("GRPCRoute", V1),
            kind("Gateway", V1_AND_BETA),
            kind("GatewayClass", V1_AND_BETA),
            kind("HTTPRoute", V1_AND_BETA),
            kind("ListenerSet", V1),
            kind("ReferenceGrant", V1_AND_BETA),
            kind("TCPRoute", &["v1alpha2"]),
            kind("TLSRoute", &["v1", "v1alpha2", "v1alpha3"]),
            kind("UDPRoute", &["v1alpha2"]),
        ],
        former: &[
            Former {
                kinds: ROUTES,
                ..gone("v1alpha2", "Gateway API 1.0", "gateway.networking.k8s.io/v1")
            },
            Former {
                kinds: &["ReferenceGrant"],
                ..gone("v1alpha2", "Gateway API 1.2", "gateway.networking.k8s.io/v1beta1")
            },
            Former {
                kinds: &["ReferencePolicy"],
                change: "the kind is ReferenceGrant",
                ..gone("v1alpha2", "Gateway API 0.6", "gateway.networking.k8s.io/v1beta1")
            },
            Former {
                kinds: &["GRPCRoute"],
                ..gone("v1alpha2", "Gateway API 1.2", "gateway.networking.k8s.io/v1")
            },
            Former {
                kinds: &["BackendTLSPolicy"],
                change: "`targetRef` is the list `targetRefs`, and `tls` is `validation`",
                ..gone("v1alpha2", "Gateway API 1.1", "gateway.networking.k8s.io/v1")
            },
            Former {
                kinds: ROUTES,
                ..deprecated("v1beta1", "Gateway API 1.0 has v1", "gateway.networking.k8s.io/v1")
            },
        ],
    },
    Group {
        name: "networking.x-k8s.io",
        kinds: &[],
        former: &[gone("v1alpha1", "Gateway API 0.4", "gateway.networking.k8s.io/v1")],
    },
    Group {
        name: "monitoring.coreos.com",
        kinds: &[
            kind("Alertmanager", V1),
            kind("AlertmanagerConfig", &["v1alpha1", "v1beta1"]),
            kind("PodMonitor", V1),
            kind("Probe", V1),
            kind("Prometheus", V1),
            kind("PrometheusAgent", V1ALPHA1),
            kind("PrometheusRule", V1),
            kind("ScrapeConfig", V1ALPHA1),
            kind("ServiceMonitor", V1),
            kind("ThanosRuler", V1),
        ],
        former: &[],
    },
    Group {
        name: "snapshot.storage.k8s.io",
        kinds: &[
            kind("VolumeSnapshot", V1),
            kind("VolumeSnapshotClass", V1),
            kind("VolumeSnapshotContent", V1),
        ],
        former: &[
            Former {
                change: "`snapshotClassName` is `volumeSnapshotClassName`, and `snapshotter` is `driver`",
                ..gone("v1alpha1", "external-snapshotter 2.0", "snapshot.storage.k8s.io/v1")
            },
            gone("v1beta1", "external-snapshotter 6.0", "snapshot.storage.k8s.io/v1"),
        ],
    },
    Group {
        name: "kustomize.toolkit.fluxcd.io",
        kinds: &[kind("Kustomization", V1)],
        former: &[
            Former {
                change: "`validation` is gone, `patchesStrategicMerge` and `patchesJson6902` are `patches`",
                ..gone("v1beta1", "Flux 2.7", "kustomize.toolkit.fluxcd.io/v1")
            },
            gone("v1beta2", "Flux 2.8", "kustomize.toolkit.fluxcd.io/v1"),
        ],
    },
    Group {
        name: "source.toolkit.fluxcd.io",
        kinds: &[
            kind("Bucket", V1),
            kind("ExternalArtifact", V1),
            kind("GitRepository", V1),
            kind("HelmChart", V1),
            kind("HelmRepository", V1),
            kind("OCIRepository", V1),
        ],
        former: &[
            gone("v1beta1", "Flux 2.7", "source.toolkit.fluxcd.io/v1"),
            gone("v1beta2", "Flux 2.8", "source.toolkit.fluxcd.io/v1"),
        ],
    },
    Group {
        name: "helm.toolkit.fluxcd.io",
        kinds: &[kind("HelmRelease", V2)],
        former: &[
            gone("v2beta1", "Flux 2.7", "helm.toolkit.fluxcd.io/v2"),
            gone("v2beta2", "Flux 2.8", "helm.toolkit.fluxcd.io/v2"),
        ],
    },
    Group {
        name: "helm.fluxcd.io",
        kinds: &[],
        former: &[Former {
            change: "Flux 1 ended in 2022: the chart is a HelmChart or a HelmRepository that `chart` names",
            ..gone("v1", "Flux 2", "helm.toolkit.fluxcd.io/v2")
        }],
    },
    Group {
        name: "notification.toolkit.fluxcd.io",
        kinds: &[kind("Alert", &["v1beta3"]), kind("Provider", &["v1beta3"]), kind("Receiver", V1)],
        former: &[
            Former {
                kinds: &["Alert", "Provider"],
                ..gone("v1beta1", "Flux 2.7", "notification.toolkit.fluxcd.io/v1beta3")
            },
            Former {
                kinds: &["Alert", "Provider"],
                ..gone("v1beta2", "Flux 2.8", "notification.toolkit.fluxcd.io/v1beta3")
            },
            Former {
                kinds: &["Receiver"],
                ..gone("v1beta1", "Flux 2.7", "notification.toolkit.fluxcd.io/v1")
            },
            Former {
                kinds: &["Receiver"],
                ..gone("v1beta2", "Flux 2.8", "notification.toolkit.fluxcd.io/v1")
            },
        ],
    },
];

const V2: &[&str] = &["v2"];

/// Versions that other groups moved on from. Not all that these have is known here.
static OTHERS: &[(&str, Former)] = &[
    (
        "image.toolkit.fluxcd.io",
        deprecated("v1beta1", "Flux 2.7 has v1", "image.toolkit.fluxcd.io/v1"),
    ),
    (
        "image.toolkit.fluxcd.io",
        deprecated("v1beta2", "Flux 2.7 has v1", "image.toolkit.fluxcd.io/v1"),
    ),
    (
        "traefik.containo.us",
        deprecated("v1alpha1", "Traefik 3 has it no longer", "traefik.io/v1alpha1"),
    ),
    (
        "templates.gatekeeper.sh",
        deprecated("v1alpha1", "Gatekeeper 3.6 has v1", "templates.gatekeeper.sh/v1"),
    ),
    (
        "templates.gatekeeper.sh",
        deprecated("v1beta1", "Gatekeeper 3.6 has v1", "templates.gatekeeper.sh/v1"),
    ),
    (
        "secrets-store.csi.x-k8s.io",
        deprecated("v1alpha1", "version 1.0 of the driver has v1", "secrets-store.csi.x-k8s.io/v1"),
    ),
    ("karpenter.sh", KARPENTER),
    ("karpenter.sh", deprecated("v1beta1", "Karpenter 1.1 has it no longer", "karpenter.sh/v1")),
    ("tekton.dev", deprecated("v1alpha1", "Tekton 0.44 has it no longer", "tekton.dev/v1")),
    (
        "serving.knative.dev",
        deprecated("v1alpha1", "Knative 0.20 has it no longer", "serving.knative.dev/v1"),
    ),
    (
        "serving.knative.dev",
        deprecated("v1beta1", "Knative 0.20 has it no longer", "serving.knative.dev/v1"),
    ),
    ("longhorn.io", deprecated("v1beta1", "Longhorn 1.9 has it no longer", "longhorn.io/v1beta2")),
    ("metallb.io", METALLB),
];

const KARPENTER: Former = Former {
    change: "a Provisioner is a NodePool, and its template is an EC2NodeClass or the like",
    ..deprecated("v1alpha5", "Karpenter 0.33 has it no longer", "karpenter.sh/v1")
};

const METALLB: Former = Former {
    change: "an AddressPool is an IPAddressPool, with an L2Advertisement or a BGPAdvertisement",
    ..deprecated("v1alpha1", "MetalLB 0.13 has it no longer", "metallb.io/v1beta1")
};

/// Groups of files that tools read, which no cluster has: with the tool.
static TOOLS: &[(&str, &str)] = &[
    ("kustomize.config.k8s.io", "Kustomize"),
    ("kind.x-k8s.io", "kind"),
    ("kubeadm.k8s.io", "kubeadm"),
    ("kubelet.config.k8s.io", "the kubelet"),
    ("kubeproxy.config.k8s.io", "kube-proxy"),
    ("kubescheduler.config.k8s.io", "the scheduler"),
    ("apiserver.config.k8s.io", "the API server"),
    ("audit.k8s.io", "the API server"),
    ("client.authentication.k8s.io", "kubectl"),
    ("eksctl.io", "eksctl"),
    ("k3d.io", "k3d"),
    ("skaffold", "Skaffold"),
];

pub fn group(name: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.name == name)
}

/// What is known of a version that was.
pub fn former(group_name: &str, version: &str, kind: &str) -> Option<&'static Former> {
    let own = group(group_name).map(|group| group.former).unwrap_or_default();
    let others = OTHERS.iter().filter(|(group, _)| *group == group_name).map(|(_, former)| former);
    own.iter().chain(others).find(|former| {
        former.version == version && (former.kinds.is_empty() || former.kinds.contains(&kind))
    })
}

/// The tool that reads files of a group.
pub fn tool(group: &str) -> Option<&'static str> {
    TOOLS.iter().find(|(name, _)| *name == group).map(|(_, tool)| *tool)
}

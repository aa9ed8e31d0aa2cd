//! What bounds a namespace: Pod Security levels, quotas, limits; and how
//! important pods are.

use crate::diagnostic::nearest;
use crate::scalar::{DnsName, KubernetesVersion, LabelKey, Quantity, Scalar, kept_text};

use super::decode::{At, Named};
use super::shape::{choice, record, scalars};
use super::words::ResourceName;

record! {
    /// The Pod Security levels of a namespace.
    "set of Pod Security levels" pub struct PodSecurity {
        /// Pods beyond this level are refused.
        enforce "enforce": Option<At<SecurityLevel>>, eg "restricted";
        /// Pods beyond this level are noted in the audit log.
        audit "audit": Option<SecurityLevel>, eg "restricted";
        /// Whoever applies pods beyond this level is warned.
        warn "warn": Option<SecurityLevel>, eg "restricted";
        /// The Kubernetes version whose idea of the levels holds.
        version "version": Option<KubernetesVersion>, else "the cluster's own", eg "1.34";
    }
    short "enforce";
}

choice! {
    /// How much a pod may do to its node: the levels of the Pod Security Standards.
    "Pod Security level" pub enum SecurityLevel {
        /// As little as is possible.
        Restricted "restricted",
        /// Nothing that is known to lead out of the container.
        Baseline "baseline",
        /// Everything.
        Privileged "privileged",
    }
}

record! {
    /// What all pods and objects of a namespace may use together: a ResourceQuota.
    "quota" pub struct Quota {
        /// The most of each resource.
        hard "hard": At<Named<QuotaResource, At<Quantity>>>, eg "{requests.cpu: \"10\", pods: 50}";
        /// Which pods or claims count; all of them where nothing is said.
        scopes "scopes": Vec<At<QuotaScope>>, eg "[NotBestEffort]";
        /// Only pods of these priority classes count.
        priority_classes "priorityClasses": Option<At<Vec<DnsName>>>, eg "[batch]";
    }
}

choice! {
    /// Which pods or claims a quota counts.
    "scope" pub enum QuotaScope {
        /// Pods with a deadline.
        Terminating "Terminating",
        /// Pods without a deadline.
        NotTerminating "NotTerminating",
        /// Pods that ask for nothing.
        BestEffort "BestEffort",
        /// Pods that ask for something.
        NotBestEffort "NotBestEffort",
        /// Pods with affinity to pods of other namespaces.
        CrossNamespacePodAffinity "CrossNamespacePodAffinity",
    }
}

kept_text! {
    /// A resource that a quota bounds.
    QuotaResource
}

/// Resources that are amounts: of CPU, memory or storage.
const AMOUNTS: [&str; 10] = [
    "cpu",
    "memory",
    "ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.storage",
    "requests.ephemeral-storage",
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
];
/// Resources that are numbers of objects.
const COUNTS: [&str; 9] = [
    "pods",
    "services",
    "services.nodeports",
    "services.loadbalancers",
    "replicationcontrollers",
    "resourcequotas",
    "secrets",
    "configmaps",
    "persistentvolumeclaims",
];

impl QuotaResource {
    /// Whether there are only whole ones.
    pub fn is_counted(&self) -> bool {
        let storage = self.0.ends_with("storageclass.storage.k8s.io/requests.storage");
        COUNTS.contains(&&*self.0) || (self.0.contains('/') && !storage)
    }

    /// Whether a quota with this scope may bound it: IsResourceQuotaScopeValidForResource.
    pub fn counts_in(&self, scope: QuotaScope) -> bool {
        let standard = !self.0.contains('/');
        let pods = self.as_str() == "pods";
        let compute = matches!(
            &*self.0,
            "cpu" | "memory" | "requests.cpu" | "requests.memory" | "limits.cpu" | "limits.memory"
        );
        !standard || pods || (compute && scope != QuotaScope::BestEffort)
    }
}

impl Scalar for QuotaResource {
    const NAME: &'static str = "quota resource";
    const DOC: &'static str = "What a quota bounds: `requests.cpu`, `limits.memory`, `requests.storage`, `pods`, `services.loadbalancers`, `count/RESOURCE.GROUP`, `requests.EXTENDED/RESOURCE`, `CLASS.storageclass.storage.k8s.io/requests.storage` and the like.";
    const EXAMPLES: &'static [&'static str] =
        &["requests.cpu", "limits.memory", "pods", "count/deployments.apps"];
    const PATTERN: &'static str = "^[A-Za-z0-9._/-]+$";

    fn parse(text: &str) -> Result<QuotaResource, String> {
        // ValidateResourceQuotaResourceName.
        LabelKey::parse(text)?;
        let huge = text.strip_prefix("requests.").unwrap_or(text).starts_with("hugepages-");
        let known = || AMOUNTS.into_iter().chain(COUNTS);
        if !text.contains('/') && !huge && !known().any(|own| own == text) {
            return Err(match nearest(text, known()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => {
                    "no quota bounds this; numbers of objects are `count/RESOURCE.GROUP`".into()
                }
            });
        }
        Ok(QuotaResource(text.into()))
    }
}

record! {
    /// Bounds and defaults of each container, pod or claim of a namespace: a LimitRange.
    "limit range" pub struct LimitRange {
        /// Of each container.
        container "container": Option<At<ContainerLimits>>;
        /// Of all containers of a pod together.
        pod "pod": Option<At<PodLimits>>;
        /// Of each claim.
        claim "claim": Option<At<ClaimLimits>>, eg "{max: 100Gi}";
    }
}

/// Amounts of resources by name.
pub type Amounts = Named<ResourceName, At<Quantity>>;

record! {
    /// Bounds and defaults of each container.
    "set of bounds" pub struct ContainerLimits {
        /// What a container may use that says nothing.
        default "default": Amounts, eg "{cpu: 500m, memory: 512Mi}";
        /// What a container asks for that says nothing.
        default_request "defaultRequest": Amounts, eg "{cpu: 100m, memory: 128Mi}";
        /// The least it may ask for.
        min "min": Amounts, eg "{cpu: 10m}";
        /// The most it may use.
        max "max": Amounts, eg "{cpu: \"4\"}";
        /// How many times its request its limit may be.
        max_ratio "maxLimitRequestRatio": Amounts, eg "{cpu: 10}";
    }
}

record! {
    /// Bounds of all containers of a pod together.
    "set of bounds" pub struct PodLimits {
        /// The least they may ask for.
        min "min": Amounts;
        /// The most they may use.
        max "max": Amounts, eg "{cpu: \"8\"}";
        /// How many times their requests their limits may be.
        max_ratio "maxLimitRequestRatio": Amounts;
    }
}

record! {
    /// Bounds of the size of each claim.
    "set of bounds" pub struct ClaimLimits {
        /// The smallest.
        min "min": Option<At<Quantity>>, eg "1Gi";
        /// The largest.
        max "max": Option<At<Quantity>>, eg "100Gi";
    }
}

record! {
    /// How important pods are: the scheduler lets the more important ones go first.
    "priority class" pub struct PriorityClass {
        /// The higher, the more important; at most a billion.
        value "value": At<i32>, eg "1000000";
        /// Whether pods that name no class have this one.
        global_default "globalDefault": Option<At<bool>>;
        /// Whether less important pods end to make room.
        preemption "preemptionPolicy": Option<Preemption>;
        /// For which pods it is.
        description "description": Option<String>, eg "What users wait for.";
    }
    short "value";
}

choice! {
    /// Whether less important pods end to make room.
    "preemption policy" pub enum Preemption {
        /// They do.
        PreemptLowerPriority "PreemptLowerPriority",
        /// They do not: the pod waits, ahead of others.
        Never "Never",
    }
}

scalars!(QuotaResource);

//! The order in which a person writes the fields of an object: what names it
//! first, then what it is, then what it does. One list serves all types; a
//! field that is not in it comes behind those that are, by its name.

use std::collections::HashMap;
use std::sync::LazyLock;

/// From first to last.
const ORDER: &[&str] = &[
    // Every object.
    "apiVersion", "kind", "metadata",
    // What names a thing.
    "name", "generateName", "namespace", "labels", "annotations", "finalizers",
    "ownerReferences",
    // References and key-value pairs.
    "apiGroup", "type", "key", "operator", "value", "values", "valueFrom", "effect",
    "tolerationSeconds", "path", "pathType",
    // Containers.
    "image", "imagePullPolicy", "restartPolicy", "command", "args", "workingDir", "host",
    "containerPort", "port", "targetPort", "nodePort", "hostIP", "hostPort", "protocol",
    "appProtocol",
    // Workloads and what scales them.
    "schedule", "timeZone", "concurrencyPolicy", "startingDeadlineSeconds",
    "successfulJobsHistoryLimit", "failedJobsHistoryLimit", "suspend",
    "scaleTargetRef", "minReplicas", "maxReplicas", "metrics", "behavior",
    "completions", "parallelism", "completionMode", "backoffLimit", "activeDeadlineSeconds",
    "ttlSecondsAfterFinished", "podFailurePolicy",
    "serviceName", "replicas", "podManagementPolicy", "minAvailable", "maxUnavailable",
    "maxSurge", "partition",
    // Services.
    "clusterIP", "clusterIPs", "externalName", "externalIPs", "loadBalancerClass",
    "loadBalancerIP", "loadBalancerSourceRanges", "externalTrafficPolicy",
    "internalTrafficPolicy", "ipFamilyPolicy", "ipFamilies",
    "podSelector", "namespaceSelector", "policyTypes", "ingress", "egress", "from", "to",
    "maxSkew", "minDomains", "topologyKey", "whenUnsatisfiable",
    "selector", "labelSelector", "matchLabels", "matchExpressions",
    "strategy", "updateStrategy", "rollingUpdate", "minReadySeconds", "revisionHistoryLimit",
    "progressDeadlineSeconds", "persistentVolumeClaimRetentionPolicy", "jobTemplate", "template",
    // Pods.
    "serviceAccountName", "automountServiceAccountToken", "imagePullSecrets",
    "priorityClassName", "schedulerName", "runtimeClassName", "nodeSelector", "affinity",
    "topologySpreadConstraints", "tolerations", "hostNetwork", "hostPID", "hostIPC", "hostname",
    "subdomain", "hostAliases", "dnsPolicy", "dnsConfig", "shareProcessNamespace",
    "enableServiceLinks", "terminationGracePeriodSeconds",
    "accessModes", "storageClassName", "volumeMode", "volumeName", "apiGroups",
    "initContainers", "containers", "ports", "envFrom", "env", "resources", "requests", "limits",
    "volumeMounts", "startupProbe", "livenessProbe", "readinessProbe", "lifecycle",
    // Probes.
    "httpGet", "tcpSocket", "grpc", "exec", "scheme", "httpHeaders",
    "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "successThreshold",
    "failureThreshold",
    "securityContext", "volumes", "volumeClaimTemplates",
    // Volumes and claims.
    "mountPath", "subPath", "subPathExpr", "readOnly", "mountPropagation",
    "claimName",
    "configMap", "secret", "secretName", "items", "mode", "defaultMode", "optional",
    // Autoscaling.
    "resource", "containerResource", "pods", "object", "external", "describedObject", "metric",
    "target", "averageUtilization", "averageValue", "scaleUp", "scaleDown",
    "stabilizationWindowSeconds", "selectPolicy", "policies",
    // Affinity and spread.
    "weight", "preference", "podAffinityTerm", "nodeAffinity", "podAffinity", "podAntiAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
    "preferredDuringSchedulingIgnoredDuringExecution",
    // Access.
    "rules", "resourceNames", "verbs", "roleRef", "subjects",
    // The rest of an object, its bulk at the end.
    "spec", "immutable", "data", "stringData", "binaryData",
];

static RANKS: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    ORDER.iter().zip(0..).map(|(name, rank)| (*name, rank)).collect()
});

/// Where a field stands among its siblings.
pub fn rank(field: &str) -> u16 {
    RANKS.get(field).copied().unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_field_is_listed_twice() {
        assert_eq!(RANKS.len(), ORDER.len());
    }
}

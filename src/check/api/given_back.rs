//! What `kubectl get -o yaml` gives can be applied again: objects with all that a server
//! and its controllers write into them.

use super::trial::none;

const METADATA: &str = "annotations: {kubectl.kubernetes.io/last-applied-configuration: '{}', pv.kubernetes.io/bind-completed: 'yes'}, creationTimestamp: '2024-05-01T10:00:00Z', resourceVersion: '4711', uid: 8c2e3a5e-2f4b-4d3a-9b1e-0123456789ab, generation: 2, finalizers: [kubernetes.io/pvc-protection], managedFields: [{manager: kubectl-client-side-apply, operation: Update, apiVersion: v1, time: '2024-05-01T10:00:00Z', fieldsType: FieldsV1, fieldsV1: {'f:spec': {}}}]";

fn given(kind: &str, namespace: &str, rest: &str) {
    let (version, kind) = kind.rsplit_once(' ').unwrap();
    none(&format!(
        "apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web, {namespace}{METADATA}}}\n{rest}\n"
    ));
}

#[test]
fn namespaced_objects() {
    const SHOP: &str = "namespace: shop, ";
    for (kind, rest) in [
        ("v1 ConfigMap", "data: {a: b}\nbinaryData: {c: AAEC}\nimmutable: true"),
        ("v1 Secret", "data: {password: cGFzcw==}\ntype: Opaque"),
        (
            "v1 ServiceAccount",
            "automountServiceAccountToken: false\nimagePullSecrets: [{name: a}]\nsecrets: [{name: b}]",
        ),
        (
            "v1 ResourceQuota",
            "spec: {hard: {pods: '10', requests.cpu: '4', count/jobs.batch: '3'}}\nstatus: {hard: {pods: '10'}, used: {pods: '3'}}",
        ),
        (
            "v1 LimitRange",
            "spec: {limits: [{type: Container, default: {cpu: 500m}, defaultRequest: {cpu: 100m}, max: {cpu: '1'}, min: {cpu: 50m}, maxLimitRequestRatio: {cpu: '10'}}]}",
        ),
        (
            "v1 PersistentVolumeClaim",
            "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}, storageClassName: fast, volumeMode: Filesystem, volumeName: pvc-8c2e, dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}, dataSourceRef: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: a}}\nstatus: {accessModes: [ReadWriteOnce], capacity: {storage: 10Gi}, phase: Bound}",
        ),
        (
            "rbac.authorization.k8s.io/v1 Role",
            "rules: [{apiGroups: [''], resources: [pods, pods/log], resourceNames: [a], verbs: [get]}]",
        ),
        (
            "rbac.authorization.k8s.io/v1 RoleBinding",
            "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\nsubjects: [{kind: ServiceAccount, name: b, namespace: shop}, {apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:authenticated'}]",
        ),
        (
            "storage.k8s.io/v1 CSIStorageCapacity",
            "storageClassName: fast\ncapacity: 100Gi\nmaximumVolumeSize: 10Gi\nnodeTopology: {matchLabels: {zone: a}}",
        ),
        ("example.org/v1 Widget", "spec: {size: 3}\nstatus: {ready: true}"),
    ] {
        given(kind, SHOP, rest);
    }
}

#[test]
fn cluster_wide_objects() {
    for (kind, rest) in [
        ("v1 Namespace", "spec: {finalizers: [kubernetes]}\nstatus: {phase: Active}"),
        (
            "v1 Node",
            "spec: {podCIDR: 10.244.0.0/24, podCIDRs: [10.244.0.0/24], providerID: 'kind://a', taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule, timeAdded: '2024-05-01T10:00:00Z'}], unschedulable: true}\nstatus: {allocatable: {cpu: '4', ephemeral-storage: '92145', hugepages-2Mi: '0', memory: 16Gi, pods: '110'}, capacity: {attachable-volumes-aws-ebs: '39', cpu: '4'}, conditions: [{type: Ready, status: 'True'}], addresses: [{type: InternalIP, address: 10.0.0.1}]}",
        ),
        (
            "v1 PersistentVolume",
            "spec: {accessModes: [ReadWriteOnce], capacity: {storage: 10Gi}, claimRef: {apiVersion: v1, kind: PersistentVolumeClaim, name: a, namespace: shop, resourceVersion: '1', uid: b}, csi: {driver: ebs.csi.aws.com, fsType: ext4, volumeAttributes: {a: b}, volumeHandle: vol-1}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: topology.ebs.csi.aws.com/zone, operator: In, values: [eu-1a]}]}]}}, persistentVolumeReclaimPolicy: Delete, storageClassName: fast, volumeMode: Filesystem}\nstatus: {phase: Bound, lastPhaseTransitionTime: '2024-05-01T10:00:00Z'}",
        ),
        (
            "storage.k8s.io/v1 StorageClass",
            "provisioner: ebs.csi.aws.com\nparameters: {type: gp3}\nreclaimPolicy: Delete\nvolumeBindingMode: WaitForFirstConsumer\nallowVolumeExpansion: true\nmountOptions: [debug]",
        ),
        (
            "storage.k8s.io/v1 CSIDriver",
            "spec: {attachRequired: true, fsGroupPolicy: ReadWriteOnceWithFSType, podInfoOnMount: false, requiresRepublish: false, seLinuxMount: false, storageCapacity: false, volumeLifecycleModes: [Persistent]}",
        ),
        (
            "storage.k8s.io/v1 VolumeAttachment",
            "spec: {attacher: ebs.csi.aws.com, nodeName: ip-10-0-0-1.eu-1.compute.internal, source: {persistentVolumeName: pvc-1}}\nstatus: {attached: true}",
        ),
        (
            "scheduling.k8s.io/v1 PriorityClass",
            "value: 1000\nglobalDefault: false\npreemptionPolicy: PreemptLowerPriority\ndescription: a",
        ),
        (
            "rbac.authorization.k8s.io/v1 ClusterRole",
            "aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\nrules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}, {nonResourceURLs: ['*'], verbs: ['*']}]",
        ),
        (
            "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
            "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: 'system:node'}\nsubjects: []",
        ),
    ] {
        given(kind, "", rest);
    }
}

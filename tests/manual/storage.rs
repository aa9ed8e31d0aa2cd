//! Storage that belongs to no single workload: classes, volumes that are made
//! by hand, and claims by themselves.

use crate::support::shop;

#[test]
fn a_class_of_a_clouds_disks() {
    shop("
        storageClasses:
          fast-ssd:
            provisioner: aws-ebs
            type: gp3
            encrypted: true
            fsType: xfs
            parameters: {iops: 5000}
            reclaimPolicy: Retain
            allowVolumeExpansion: true
            zones: [eu-west-1a]
            default: true
        ")
    .render("")
    .has(
        "StorageClass/fast-ssd",
        r#"
        apiVersion: storage.k8s.io/v1
        metadata: {namespace: null, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
        provisioner: ebs.csi.aws.com
        parameters: {type: gp3, encrypted: "true", csi.storage.k8s.io/fstype: xfs, iops: "5000"}
        reclaimPolicy: Retain
        volumeBindingMode: WaitForFirstConsumer
        allowVolumeExpansion: true
        allowedTopologies:
        - matchLabelExpressions: [{key: topology.ebs.csi.aws.com/zone, values: [eu-west-1a]}]
        "#,
    );
}

#[test]
fn each_cloud_has_words_of_its_own() {
    let project = shop(
        "
        storageClasses:
          azure: {provisioner: azure-disk, type: Premium_LRS}
          google: {provisioner: gce-pd, type: pd-ssd, volumeBindingMode: Immediate}
          hand: {provisioner: local}
          other: {provisioner: csi.example.org, parameters: {tier: gold}}
        ",
    );
    for (name, part) in [
        ("azure", "{provisioner: disk.csi.azure.com, parameters: {skuName: Premium_LRS}}"),
        ("google", "{provisioner: pd.csi.storage.gke.io, volumeBindingMode: Immediate}"),
        (
            "hand",
            "{provisioner: kubernetes.io/no-provisioner, volumeBindingMode: WaitForFirstConsumer}",
        ),
        ("other", "{provisioner: csi.example.org, parameters: {tier: gold}}"),
    ] {
        project.render("").has(&format!("StorageClass/{name}"), part);
    }
}

#[test]
fn classes_that_make_no_sense() {
    let with = |text: &str| shop(&format!("storageClasses: {text}")).render("");
    with("{a: {provisioner: aws-esb}}").mentions(&["did you mean `aws-ebs`?"]);
    with("{a: {provisioner: local, reclaimPolicy: Retain}}").mentions(&["nobody makes volumes"]);
    with("{a: {provisioner: gce-pd, encrypted: true}}").mentions(&["`gce-pd` encrypts every disk"]);
    with("{a: {provisioner: a.b, type: x}}").mentions(&["write it under `parameters`"]);
    with("{a: {provisioner: aws-ebs, type: a, parameters: {type: b}}}")
        .mentions(&["`type` stands among the parameters too"]);
    with("{a: {provisioner: aws-ebs, zones: []}}").mentions(&["at least one zone"]);
    with("{a: {provisioner: a.b, default: true}, b: {provisioner: a.b, default: true}}")
        .mentions(&["two classes are the default"]);
}

const MINER: &str = "
    workloads:
      miner:
        kind: StatefulSet
        image: node:1
        replicas: 3
        mounts: {/data: {claim: data, size: 50Gi, storageClassName: local}}
    ";

/// One volume for each pod, bound to that pod's claim, with its size and class.
#[test]
fn one_disk_for_each_pod() {
    let project = shop(&format!(
        "{}persistentVolumes:\n  disk: {{for: miner/data, nodes: [a, b, c], local: /mnt/miner}}\n",
        crate::support::dedent(MINER)
    ));
    assert_eq!(
        project.render("").names()[1..4],
        ["PersistentVolume/disk-0", "PersistentVolume/disk-1", "PersistentVolume/disk-2"]
    );
    project.render("").has(
        "PersistentVolume/disk-1",
        "
        metadata: {namespace: null}
        spec:
          capacity: {storage: 50Gi}
          accessModes: [ReadWriteOnce]
          storageClassName: local
          claimRef: {kind: PersistentVolumeClaim, namespace: shop, name: data-miner-1}
          local: {path: /mnt/miner}
          nodeAffinity:
            required:
              nodeSelectorTerms:
              - matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [b]}]
        ",
    );
}

/// Whoever runs more pods must have more nodes.
#[test]
fn each_pod_needs_its_node() {
    let project = shop(&format!(
        "{}persistentVolumes:\n  disk: {{for: miner/data, nodes: [a, b, c], local: /mnt/miner}}\n",
        crate::support::dedent(MINER)
    ))
    .file("overlays/prod.yaml", "workloads: {miner: {replicas: 4}}\n");
    project.render("--env prod").mentions(&["`miner` has up to 4 pods, and here are 3 nodes"]);
    let with = |text: &str| {
        let miner = crate::support::dedent(MINER);
        shop(&format!("{miner}persistentVolumes: {{disk: {text}}}")).render("")
    };
    with("{for: miner/data, nodes: [a, b, a], local: /mnt}")
        .mentions(&["share one directory of `a`"]);
    with("{for: miner/data, nfs: {server: a.b, path: /x}}")
        .mentions(&["say which it is, `pod: 0`"]);
    with("{for: miner/data, pod: 2, nfs: {server: a.b, path: /x}}")
        .has("PersistentVolume/disk", "spec: {claimRef: {name: data-miner-2}}");
    with("{for: miner/data, pod: 3, nfs: {server: a.b, path: /x}}")
        .mentions(&["has 3 pods at most"]);
    with("{for: miner/dat, hostPath: /a}").mentions(&["did you mean `data`?"]);
    with("{for: mine/data, hostPath: /a}").mentions(&["did you mean `miner`?"]);
    with("{for: miner/data, pod: 0, capacity: 1Gi, hostPath: /a}")
        .mentions(&["the claim asks for more"]);
    with("{for: miner/data, pod: 0, accessModes: [ReadOnlyMany], hostPath: /a}")
        .mentions(&["the claim asks for `ReadWriteOnce`"]);
    with("{for: miner/data, pod: 0, storageClassName: local, hostPath: /a}")
        .mentions(&["is that of its claim"]);
    with("{for: miner/data, pod: 0, hostPath: /a}, twice: {for: miner/data, pod: 0, hostPath: /b}")
        .mentions(&["two volumes are for the claim `data-miner-0`"]);
}

#[test]
fn volumes_by_themselves() {
    let with = |text: &str| shop(&format!("persistentVolumes: {{pv: {text}}}")).render("");
    with("{nfs: {server: nfs.example.org, path: /x, readOnly: true}, capacity: 1Ti, accessModes: [ReadWriteMany]}").has(
        "PersistentVolume/pv",
        "spec: {nfs: {server: nfs.example.org, path: /x, readOnly: true}, accessModes: [ReadWriteMany], claimRef: null}",
    );
    with("{csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}, capacity: 1Gi, reclaimPolicy: Retain, volumeMode: Block}").has(
        "PersistentVolume/pv",
        "spec: {csi: {driver: ebs.csi.aws.com, volumeHandle: vol-1}, persistentVolumeReclaimPolicy: Retain, volumeMode: Block}",
    );
    with("{hostPath: /a}").mentions(&["nothing says how much the volume holds"]);
    with("{hostPath: /a, capacity: 0}").mentions(&["a volume holds something"]);
    with("{capacity: 1Gi}").mentions(&["nothing says where the volume is"]);
    with("{local: /a, capacity: 1Gi}").mentions(&["needs its node"]);
    with("{local: /a, capacity: 1Gi, nodes: []}").mentions(&["at least one node"]);
    with("{hostPath: /a, capacity: 1Gi, accessModes: []}").mentions(&["an access mode is needed"]);
    with("{hostPath: /a, capacity: 1Gi, pod: 1}").mentions(&["`pod` belongs to `for`"]);
    with("{hostPath: /a, capacity: 1Gi, volumeMode: Block, mountOptions: [x]}")
        .mentions(&["not mounted"]);
    with("{csi: {driver: a b, volumeHandle: x}, capacity: 1Gi}").mentions(&["a DNS name"]);
    with("{csi: {driver: a.b}, capacity: 1Gi}").mentions(&["volumeHandle"]);
    with("{hostPath: /a, capacity: 1Gi, nodeAffinity: {required: {nodeSelectorTerms: []}}}")
        .mentions(&["a term in it"]);
    with("{hostPath: /a, capacity: 1Gi, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In}]}]}}}")
        .mentions(&["`In` has values"]);
    with("{local: /a, hostPath: /b, capacity: 1Gi}").mentions(&["exclude each other"]);
}

#[test]
fn a_volume_for_a_claim_of_its_class() {
    let with = |claim: &str| {
        shop(&format!(
            "claims: {{shared: {claim}}}\npersistentVolumes: {{pv: {{for: shared, nfs: {{server: a.b, path: /x}}}}}}"
        ))
        .render("")
    };
    with("{size: 5Gi, storageClassName: \"\", accessModes: [ReadWriteMany]}").has(
        "PersistentVolume/pv",
        "spec: {capacity: {storage: 5Gi}, accessModes: [ReadWriteMany], storageClassName: null, claimRef: {name: shared}}",
    );
    // It would get the default class, and this volume never.
    with("{size: 5Gi}").mentions(&["would get the cluster's default", "k8sgen.yaml:3"]);
}

#[test]
fn claims_by_themselves() {
    let project = shop("
        claims:
          shared: {size: 10Gi, storageClassName: fast, accessModes: [ReadWriteMany]}
          device: {size: 1Gi, volumeMode: Block}
          given: {size: 1Gi, volumeName: pv-0}
          chosen: {size: 1Gi, selector: {disk: fast}}
        workloads:
          web: {image: 'nginx:1', mounts: {/data: {existingClaim: shared}, /far: {existingClaim: elsewhere}}}
        ");
    project.render("").has(
        "PersistentVolumeClaim/shared",
        "
        metadata: {namespace: shop}
        spec:
          accessModes: [ReadWriteMany]
          storageClassName: fast
          resources: {requests: {storage: 10Gi}}
        ",
    );
    for (name, part) in [
        ("device", "spec: {volumeMode: Block, accessModes: [ReadWriteOnce]}"),
        ("given", "spec: {volumeName: pv-0}"),
        ("chosen", "spec: {selector: {matchLabels: {disk: fast}}}"),
    ] {
        project.render("").has(&format!("PersistentVolumeClaim/{name}"), part);
    }
}

#[test]
fn a_mounted_claim_is_within_reach() {
    let with = |claim: &str| {
        shop(&format!(
            "namespaces: {{jobs: {{}}}}\nclaims: {{shared: {{size: 1Gi, {claim}}}}}\nworkloads: {{web: {{image: 'nginx:1', mounts: {{/d: {{existingClaim: shared}}}}}}}}"
        ))
        .render("")
    };
    with("namespace: jobs").mentions(&["lives in the namespace `jobs`, and these pods in `shop`"]);
    with("volumeMode: Block").mentions(&["a bare device cannot be mounted"]);
    with("namespace: job").mentions(&["there is no namespace `job`"]);
    with("size: 0").fails();
    shop("claims: {a: {size: 0}}").render("").mentions(&["above 0"]);
    shop("claims: {a: {size: 1Gi, accessModes: [ReadWriteOncePod, ReadOnlyMany]}}")
        .render("")
        .mentions(&["stands alone"]);
}

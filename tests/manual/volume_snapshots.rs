//! Snapshots of claims: single ones, those of a schedule, and what starts from
//! one.

use crate::support::{Scratch, dedent, shop};

fn miner(text: &str) -> Scratch {
    shop(&format!(
        "{}workloads:
  miner:
    kind: StatefulSet
    image: node:1
    replicas: 2
    mounts: {{/data: {{claim: data, size: 50Gi}}}}
",
        dedent(text)
    ))
}

#[test]
fn a_class() {
    shop("snapshotClasses: {csi: {driver: aws-ebs, deletionPolicy: Retain, default: true, parameters: {a: b}}}")
        .render("")
        .has(
            "VolumeSnapshotClass/csi",
            r#"
            apiVersion: snapshot.storage.k8s.io/v1
            metadata: {namespace: null, annotations: {snapshot.storage.kubernetes.io/is-default-class: "true"}}
            driver: ebs.csi.aws.com
            deletionPolicy: Retain
            parameters: {a: b}
            "#,
        );
    shop("snapshotClasses: {csi: {driver: aws-ebs}}")
        .render("")
        .mentions(&["needs `deletionPolicy`"]);
    shop("snapshotClasses: {csi: {driver: local, deletionPolicy: Delete}}")
        .render("")
        .mentions(&["by hand"]);
}

#[test]
fn of_one_claim() {
    let project = miner(
        "
        claims: {shared: {size: 1Gi}}
        snapshots:
          before: {of: miner/data, pod: 1, volumeSnapshotClassName: csi}
          kept: {of: shared}
          outside: {claim: data-db-0}
        ",
    );
    project.render("").has(
        "VolumeSnapshot/before",
        "
        apiVersion: snapshot.storage.k8s.io/v1
        metadata: {namespace: shop}
        spec: {volumeSnapshotClassName: csi, source: {persistentVolumeClaimName: data-miner-1}}
        ",
    );
    let source = |name: &str| format!("spec: {{source: {{persistentVolumeClaimName: {name}}}}}");
    project.render("").has("VolumeSnapshot/kept", &source("shared"));
    project.render("").has("VolumeSnapshot/outside", &source("data-db-0"));
}

#[test]
fn of_a_claim_that_is_there() {
    let with = |text: &str| miner(&format!("snapshots: {{a: {text}}}")).render("");
    with("{of: miner/data}").mentions(&["each pod of `miner` has a claim of its own", "`pod: 0`"]);
    with("{of: miner/data, pod: 2}").mentions(&["`miner` has 2 pods at most"]);
    with("{of: miner/wallets, pod: 0}").mentions(&["has no claim `wallets`"]);
    with("{of: shared}").mentions(&["no `shared` under `claims`", "`WORKLOAD/CLAIM`"]);
    with("{claim: a, pod: 0}").mentions(&["`pod` belongs to `of`"]);
    with("{of: miner/data, pod: 0, namespace: shop}").mentions(&["lies where its claim does"]);
    with("{of: miner/data, pod: 0, keep: 3}").mentions(&["`keep` belongs to `schedule`"]);
    with("{}").mentions(&["needs a claim"]);
}

/// A CronJob, its account, and what the account may do: nothing else.
#[test]
fn of_a_schedule() {
    let project = miner("
        images: {kubectl: {name: registry.example.com/kubectl, tag: '1.34'}}
        snapshots:
          nightly: {of: miner/data, schedule: 0 2 * * *, keep: 7, image: kubectl, volumeSnapshotClassName: csi}
        ");
    project.render("").has(
        "Role/nightly",
        r#"
        metadata: {namespace: shop}
        rules:
        - apiGroups: [snapshot.storage.k8s.io]
          resources: [volumesnapshots]
          verbs: [get, list, create, delete]
        - {apiGroups: [""], resources: [persistentvolumeclaims], verbs: [list]}
        "#,
    );
    project.render("").has(
        "RoleBinding/nightly",
        "
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: nightly}
        subjects: [{kind: ServiceAccount, name: nightly, namespace: shop}]
        ",
    );
    project.render("").has("ServiceAccount/nightly", "automountServiceAccountToken: false");
    project.render("").has(
        "CronJob/nightly",
        r#"
        spec:
          schedule: 0 2 * * *
          concurrencyPolicy: Forbid
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  serviceAccountName: nightly
                  automountServiceAccountToken: true
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
        "#,
    );
    let job = project.render("").object("CronJob/nightly");
    let pod = &job["spec"]["jobTemplate"]["spec"]["template"]["spec"];
    let container = &pod["containers"][0];
    assert_eq!(container["image"], "registry.example.com/kubectl:1.34");
    assert_eq!(container["securityContext"]["allowPrivilegeEscalation"], false);
    assert_eq!(container["securityContext"]["capabilities"]["drop"][0], "ALL");
    let value = |name: &str| {
        let env = container["env"].as_sequence().unwrap();
        let found = env.iter().find(|variable| variable["name"] == name);
        found.map(|variable| variable["value"].as_str().unwrap().to_owned())
    };
    assert_eq!(value("CLAIM_PREFIX").as_deref(), Some("data-miner-"));
    assert_eq!(
        value("CLAIM_SELECTOR").as_deref(),
        Some("app.kubernetes.io/instance=shop,app.kubernetes.io/name=miner")
    );
    assert_eq!(value("SNAPSHOT_CLASS").as_deref(), Some("\"csi\""));
    assert_eq!(value("KEEP").as_deref(), Some("7"));
}

/// One claim needs no search, and so no right to it.
#[test]
fn of_one_claim_again_and_again() {
    let project = miner("
        snapshots:
          weekly: {of: miner/data, pod: 0, schedule: {cron: '@weekly', timeZone: Europe/Berlin}, keep: 2, image: 'kubectl:1'}
        ");
    let rules = project.render("").object("Role/weekly")["rules"].clone();
    assert_eq!(rules.as_sequence().unwrap().len(), 1);
    project
        .render("")
        .has("CronJob/weekly", "spec: {schedule: '@weekly', timeZone: Europe/Berlin}");
    let with =
        |text: &str| miner(&format!("snapshots: {{a: {{of: miner/data, {text}}}}}")).render("");
    with("schedule: '@daily', image: 'k:1'").mentions(&["snapshots of a schedule need `keep`"]);
    with("schedule: '@daily', keep: 3").mentions(&["snapshots of a schedule need `image`"]);
    with("schedule: '@daily', keep: 0, image: 'k:1'").mentions(&["at least one is kept"]);
    with("schedule: '@daily', keep: 1, image: k").mentions(&["no image `k`"]);
    with("schedule: '@daily', keep: 1, image: 'k:1', labels: {app.kubernetes.io/name: b}")
        .mentions(&["tells these snapshots from others"]);
    miner("snapshots: {miner: {of: miner/data, schedule: '@daily', keep: 1, image: 'k:1'}}")
        .render("")
        .mentions(&["a workload is called `miner` too"]);
    let name = "a".repeat(53);
    miner(&format!(
        "snapshots: {{{name}: {{of: miner/data, schedule: '@daily', keep: 1, image: 'k:1'}}}}"
    ))
    .render("")
    .mentions(&["at most 52 characters"]);
}

#[test]
fn a_claim_may_start_from_one() {
    let project = shop(
        "
        claims: {restored: {size: 50Gi, restoreFrom: before}}
        workloads:
          miner:
            kind: StatefulSet
            image: node:1
            mounts: {/data: {claim: data, size: 50Gi, restoreFrom: before}}
          web: {image: 'nginx:1', mounts: {/data: {claim: data, size: 1Gi, restoreFrom: elsewhere}}}
        ",
    );
    let from = |name: &str| {
        format!(
            "spec: {{dataSource: {{apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: {name}}}}}"
        )
    };
    project.render("").has("PersistentVolumeClaim/restored", &from("before"));
    project.render("").has("PersistentVolumeClaim/web-data", &from("elsewhere"));
    let set = project.render("").object("StatefulSet/miner");
    assert_eq!(set["spec"]["volumeClaimTemplates"][0]["spec"]["dataSource"]["name"], "before");
}

#[test]
fn what_a_claim_starts_from_must_fit() {
    let with = |snapshot: &str, claim: &str| {
        miner(&format!("namespaces: {{jobs: {{}}}}\nsnapshots: {{a: {snapshot}}}\nclaims: {{b: {{restoreFrom: a, {claim}}}}}\n"))
            .render("")
    };
    with("{of: miner/data, pod: 0}", "size: 50Gi").succeeds();
    with("{of: miner/data, pod: 0}", "size: 49Gi").mentions(&["may need more room"]);
    with("{of: miner/data, pod: 0}", "size: 50Gi, namespace: jobs")
        .mentions(&["`a` lives in the namespace `shop`, and this claim in `jobs`"]);
    with("{of: miner/data, pod: 0}", "size: 50Gi, volumeMode: Block").mentions(&["a bare device"]);
    with("{of: miner/data, schedule: '@daily', keep: 1, image: 'k:1'}", "size: 50Gi")
        .mentions(&["names of their own"]);
    miner("claims: {b: {size: 1Gi, restoreFrom: a, volumeName: c}}")
        .render("")
        .mentions(&["exclude each other"]);
}

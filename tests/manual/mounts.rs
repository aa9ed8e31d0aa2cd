//! Mounts: what lies at which path of a container.

use crate::support::{shop, web};

#[test]
fn a_claim_of_a_stateful_set_is_one_per_pod() {
    let project = web("
        kind: StatefulSet
        mounts:
          /data: {claim: data, size: 50Gi, storageClassName: fast, accessModes: [ReadWriteOncePod]}
        ");
    assert_eq!(
        project.render("").names(),
        ["Namespace/shop", "Service/web-headless", "StatefulSet/web"]
    );
    project.render("").has(
        "StatefulSet/web",
        "
        spec:
          volumeClaimTemplates:
          - metadata: {name: data}
            spec:
              accessModes: [ReadWriteOncePod]
              storageClassName: fast
              resources: {requests: {storage: 50Gi}}
          template:
            spec:
              volumes: null
              containers: [{volumeMounts: [{name: data, mountPath: /data}]}]
        ",
    );
}

#[test]
fn a_claim_of_another_workload_is_an_object() {
    let project = web("mounts: {/data: {claim: data, size: 5Gi}}");
    let claim = project.render("").names()[1].clone();
    let (_, name) = claim.split_once('/').unwrap();
    project.render("").has(
        &format!("PersistentVolumeClaim/{name}"),
        "spec: {accessModes: [ReadWriteOnce], storageClassName: null, resources: {requests: {storage: 5Gi}}}",
    );
    project.render("").has(
        "Deployment/web",
        &format!(
            "
            spec:
              template:
                spec:
                  volumes: [{{persistentVolumeClaim: {{claimName: {name}}}}}]
                  containers: [{{volumeMounts: [{{mountPath: /data}}]}}]
            "
        ),
    );
}

#[test]
fn a_claim_has_a_size() {
    web("mounts: {/data: {claim: data}}").render("").mentions(&["how large", "k8sgen.yaml:5"]);
    web("mounts: {/data: {claim: data, size: 0}}").render("").mentions(&["above 0", "5:41"]);
    web("mounts: {/data: {emptyDir: {}, size: 1Gi}}")
        .render("")
        .mentions(&["size", "k8sgen.yaml:5"]);
}

#[test]
fn containers_share_a_claim() {
    let project = web("
        kind: StatefulSet
        mounts: {/data: {claim: data, size: 1Gi}}
        containers:
          backup: {image: 'backup:1', mounts: {/backup: {claim: data, readOnly: true}}}
        ");
    project.render("").has(
        "StatefulSet/web",
        "
        spec:
          volumeClaimTemplates: [{metadata: {name: data}}]
          template:
            spec:
              containers:
              - volumeMounts: [{name: data, mountPath: /data}]
              - volumeMounts: [{name: data, mountPath: /backup, readOnly: true}]
        ",
    );
}

#[test]
fn an_existing_claim() {
    web("mounts: {/data: {existingClaim: shared, subPath: web}}").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              volumes: [{persistentVolumeClaim: {claimName: shared}}]
              containers: [{volumeMounts: [{mountPath: /data, subPath: web}]}]
        ",
    );
}

const STORES: &str = "
config: {site: {data: {a.conf: 'a', b.conf: 'b'}}}
secrets: {tls: {keys: [tls.crt, tls.key], from: existing}}
workloads:
  web:
    image: nginx:1
    mounts:
      /at: ";

fn stores(mount: &str) -> crate::support::Scratch {
    shop(&format!("{STORES}{mount}\n"))
}

#[test]
fn a_config_map_as_a_directory() {
    stores("{config: site, readOnly: true, mode: 0440, items: {a.conf: x/a.conf}}").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              volumes:
              - configMap:
                  name: site
                  defaultMode: 288
                  items: [{key: a.conf, path: x/a.conf}]
              containers: [{volumeMounts: [{mountPath: /at, readOnly: true}]}]
        ",
    );
}

#[test]
fn one_file_of_a_config_map() {
    stores("{config: site/a.conf}").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              volumes: [{configMap: {name: site}}]
              containers: [{volumeMounts: [{mountPath: /at, subPath: a.conf}]}]
        ",
    );
}

#[test]
fn a_secret() {
    stores("{secret: tls, mode: 0400}").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              volumes: [{secret: {secretName: tls, defaultMode: 256}}]
              containers: [{volumeMounts: [{mountPath: /at}]}]
        ",
    );
}

#[test]
fn what_is_mounted_must_exist() {
    stores("{config: sit}").render("").mentions(&["`sit`", "k8sgen.yaml:8:21", "`site`"]);
    stores("{config: site/c.conf}").render("").mentions(&["c.conf", "k8sgen.yaml:8:21"]);
    stores("{config: site, items: {c.conf: c}}").render("").mentions(&["c.conf", "k8sgen.yaml:8"]);
    stores("{secret: tsl}").render("").mentions(&["`tsl`", "`tls`"]);
    stores("{secret: tls/ca.crt}").render("").mentions(&["ca.crt"]);
    stores("{config: site, claim: data, size: 1Gi}").render("").mentions(&["k8sgen.yaml:8"]);
    stores("{readOnly: true}").render("").mentions(&["k8sgen.yaml:8"]);
    stores("{emptyDir: {}, mode: 0400}").render("").mentions(&["mode", "k8sgen.yaml:8"]);
    stores("{volume: scratch}").render("").mentions(&["`scratch`", "k8sgen.yaml:8"]);
}

#[test]
fn scratch_space() {
    web("mounts: {/tmp: {emptyDir: {}}, /run: {emptyDir: {medium: Memory, size: 64Mi}}}")
        .render("")
        .has(
            "Deployment/web",
            "
        spec:
          template:
            spec:
              volumes:
              - emptyDir: {}
              - emptyDir: {medium: Memory, sizeLimit: 64Mi}
              containers: [{volumeMounts: [{mountPath: /tmp}, {mountPath: /run}]}]
        ",
        );
}

#[test]
fn a_path_of_the_node() {
    web("mounts: {/host/log: {hostPath: {path: /var/log, type: Directory}, readOnly: true, mountPropagation: HostToContainer}}")
        .render("")
        .has(
            "Deployment/web",
            "
            spec:
              template:
                spec:
                  volumes: [{hostPath: {path: /var/log, type: Directory}}]
                  containers:
                  - volumeMounts:
                    - {mountPath: /host/log, readOnly: true, mountPropagation: HostToContainer}
            ",
        );
}

#[test]
fn several_sources_in_one_directory() {
    stores(
        "
        projected:
        - {config: site, items: {a.conf: a}}
        - {secret: tls, optional: true}
        - {token: {path: token, audience: vault, expiration: 1h}}
        - {fields: {name: metadata.name}}
        - {resources: {cpu: {container: web, resource: limits.cpu, divisor: 1m}}}
        ",
    )
    .render("")
    .has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              volumes:
              - projected:
                  sources:
                  - configMap: {name: site, items: [{key: a.conf, path: a}]}
                  - secret: {name: tls, optional: true}
                  - serviceAccountToken: {path: token, audience: vault, expirationSeconds: 3600}
                  - downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}
                  - downwardAPI:
                      items:
                      - path: cpu
                        resourceFieldRef: {containerName: web, resource: limits.cpu, divisor: 1m}
        ",
    );
}

#[test]
fn a_volume_as_kubernetes_defines_it() {
    web(
        "volumes: {nfs: {nfs: {server: nfs.example.com, path: /x}}}\nmounts: {/nfs: {volume: nfs}}",
    )
    .render("")
    .has(
        "Deployment/web",
        "
            spec:
              template:
                spec:
                  volumes: [{name: nfs, nfs: {server: nfs.example.com, path: /x}}]
                  containers: [{volumeMounts: [{name: nfs, mountPath: /nfs}]}]
            ",
    );
    web("volumes: {nfs: {nfs: {sever: nfs.example.com}}}\nmounts: {/nfs: {volume: nfs}}")
        .render("")
        .mentions(&["sever", "k8sgen.yaml:5", "`server`"]);
}

#[test]
fn the_same_source_is_one_volume() {
    let project = shop(
        "
        config: {site: {data: {a: '1', b: '2'}}}
        workloads:
          web:
            image: nginx:1
            mounts: {/a: {config: site/a}, /b: {config: site/b}}
        ",
    );
    let pod = project.render("").object("Deployment/web")["spec"]["template"]["spec"].clone();
    let mounts = pod["containers"][0]["volumeMounts"].as_sequence().unwrap();
    assert_eq!(mounts.len(), 2);
    let names: Vec<_> = pod["volumes"].as_sequence().unwrap().iter().map(|v| &v["name"]).collect();
    assert!(mounts.iter().all(|mount| names.contains(&&mount["name"])));
}

#[test]
fn paths_inside_a_volume() {
    web("env: {POD: {field: metadata.name}}\nmounts: {/a: {emptyDir: {}, subPathExpr: x/$(POD)}}")
        .render("")
        .has(
            "Deployment/web",
            "spec: {template: {spec: {containers: [{volumeMounts: [{subPathExpr: x/$(POD)}]}]}}}",
        );
    web("mounts: {/a: {emptyDir: {}, subPath: ../x}}").render("").mentions(&["k8sgen.yaml:5"]);
    web("mounts: {/a: {emptyDir: {}, subPath: x, subPathExpr: y}}").render("").mentions(&["5:"]);
    web("mounts: {a: {emptyDir: {}}}").render("").mentions(&["k8sgen.yaml:5:14"]);
}

#[test]
fn variables_in_a_path_are_checked() {
    web("env: {POD: a}\nmounts: {/a: {emptyDir: {}, subPathExpr: $(PDO)}}").render("").mentions(&[
        "PDO",
        "k8sgen.yaml:6",
        "`POD`",
    ]);
}

//! ConfigMaps.

use crate::support::{shop, web};

#[test]
fn data_is_text_as_it_stands() {
    shop(r#"config: {app: {data: {LEVEL: info, PORT: 8080, OFF: no, EMPTY: "", TEXT: "a\nb\n"}}}"#)
        .render("--only ConfigMap")
        .prints(
            r#"
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: app
              namespace: shop
              labels:
                app.kubernetes.io/instance: shop
                app.kubernetes.io/managed-by: k8sgen
                app.kubernetes.io/part-of: shop
            data:
              EMPTY: ""
              LEVEL: info
              "OFF": "no"
              PORT: "8080"
              TEXT: |
                a
                b
            "#,
        );
}

#[test]
fn addresses_in_data() {
    shop(
        "
        config: {app: {data: {REDIS: {address: redis/redis, prefix: 'redis://'}}}}
        workloads: {redis: {image: 'redis:7', ports: {redis: 6379}, services: {redis: {}}}}
        ",
    )
    .render("")
    .has("ConfigMap/app", "data: {REDIS: 'redis://redis.shop.svc.cluster.local:6379'}");
    shop("config: {app: {data: {REDIS: {address: redis/redis}}}}")
        .render("")
        .mentions(&["no Service `redis`", "k8sgen.yaml:2:40"]);
}

#[test]
fn files_come_as_they_are() {
    shop("config: {app: {files: {a.txt: files/a.txt, b.bin: {file: files/b.bin}}}}")
        .file("files/a.txt", "{{ left alone }}\n")
        .file("files/b.bin", b"\xff\x00\xfe")
        .render("")
        .has("ConfigMap/app", "data: {a.txt: \"{{ left alone }}\\n\"}\nbinaryData: {b.bin: /wD+}");
}

#[test]
fn files_lie_in_the_project() {
    let files = |path: &str| shop(&format!("config: {{app: {{files: {{a: {path}}}}}}}"));
    files("files/none.txt").render("").mentions(&["no such file", "k8sgen.yaml:2:27"]);
    for path in ["/etc/passwd", "../x", "a/../../x"] {
        files(path).render("").mentions(&["k8sgen.yaml:2:27"]);
    }
    let project = files("link");
    std::os::unix::fs::symlink("/etc/passwd", project.path().join("link")).unwrap();
    project.render("").mentions(&["out of the project", "k8sgen.yaml:2:27"]);
    files("overlays").render("").mentions(&["not a file"]);
}

#[test]
fn immutable() {
    shop("config: {app: {data: {A: b}, immutable: true, labels: {a: b}, annotations: {c: d}}}")
        .render("")
        .has("ConfigMap/app", "immutable: true\nmetadata: {labels: {a: b}, annotations: {c: d}}");
}

#[test]
fn made_elsewhere() {
    let project = shop(
        "
        config: {shared: {existing: true, keys: [LEVEL]}}
        workloads: {web: {image: 'nginx:1', env: {LEVEL: {config: shared/LEVEL}}}}
        ",
    );
    assert_eq!(project.render("").names(), ["Namespace/shop", "Deployment/web"]);
    project.render("--set workloads.web.env.B.config=shared/LEVLE").mentions(&["LEVLE", "`LEVEL`"]);
    shop("config: {a: {existing: true, data: {A: b}}}").render("").mentions(&["made elsewhere"]);
    shop("config: {a: {keys: [A], data: {A: b}}}").render("").mentions(&["`existing: true`"]);
}

#[test]
fn a_key_stands_in_one_place() {
    shop("config: {app: {data: {a: b}, files: {a: a.txt}}}")
        .file("a.txt", "")
        .render("")
        .mentions(&["`a`", "k8sgen.yaml:2"]);
}

#[test]
fn too_large_for_kubernetes() {
    shop("config: {app: {files: {a: a.bin}}}")
        .file("a.bin", vec![b'x'; (1 << 20) + 1])
        .render("")
        .mentions(&["1048577 bytes", "k8sgen.yaml:2:10", "1 MiB"]);
}

/// The checksums of the pods of `web`.
fn checksums(project: &crate::support::Scratch, more: &str) -> String {
    let object = project.render(more).object("Deployment/web");
    serde_yaml::to_string(&object["spec"]["template"]["metadata"]["annotations"]).unwrap()
}

const READS: &str = "
config: {app: {data: {LEVEL: info, OTHER: x}}}
secrets: {keys: {from: {literals: {API: one, MORE: two}}}}
workloads:
  web:
    image: nginx:1
    env: {LEVEL: {config: app/LEVEL}, API: {secret: keys/API}}
  apart: {image: nginx:1}
";

#[test]
fn a_change_rolls_the_pods_that_read_it() {
    let project = shop(READS);
    let before = checksums(&project, "");
    assert!(before.contains("checksum/config") && before.contains("checksum/secrets"), "{before}");
    assert_ne!(before, checksums(&project, "--set config.app.data.LEVEL=debug"));
    assert_ne!(before, checksums(&project, "--set secrets.keys.from.literals.API=three"));
    // Nobody reads these.
    assert_eq!(before, checksums(&project, "--set config.app.data.OTHER=y"));
    assert_eq!(before, checksums(&project, "--set secrets.keys.from.literals.MORE=y"));
    let apart = project.render("").object("Deployment/apart");
    assert!(apart["spec"]["template"]["metadata"].get("annotations").is_none());
}

#[test]
fn no_checksum_shows_a_secret() {
    let short = shop(READS).render("").succeeds().stdout;
    assert!(!short.contains("one\n"), "{short}");
}

#[test]
fn the_rollout_can_be_switched_off() {
    let project = shop(READS);
    assert_eq!(checksums(&project, "--set workloads.web.restartOnChange=false"), "null\n");
}

/// Secrets have no order: what is written in another order is the same.
#[test]
fn the_order_of_keys_rolls_nothing() {
    let other = READS
        .replace("LEVEL: info, OTHER: x", "OTHER: x, LEVEL: info")
        .replace("API: one, MORE: two", "MORE: two, API: one")
        .replace("env: {", "envFrom: [{config: app}, {secret: keys}]\n    env: {");
    let same = READS.replace("env: {", "envFrom: [{config: app}, {secret: keys}]\n    env: {");
    assert_eq!(checksums(&shop(&same), ""), checksums(&shop(&other), ""));
}

#[test]
fn a_mounted_map_rolls_with_all_its_keys() {
    let project = web("mounts: {/a: {config: app}}");
    let project = project.file("overlays/dev.yaml", "config: {app: {data: {A: one}}}");
    let before = checksums(&project, "");
    assert_ne!(before, checksums(&project, "--set config.app.data.B=two"));
}

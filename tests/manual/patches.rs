//! `patches`: changes to any field of any generated object.

use crate::support::{Scratch, shop, web};

fn patched(patch: &str) -> Scratch {
    web("env: {A: one, B: two}\nports: {http: 80}").file(
        "overlays/dev.yaml",
        format!("patches:\n  a:\n    target: Deployment/web\n    {patch}\n"),
    )
}

#[test]
fn a_strategic_merge_patch_merges_lists_of_named_things() {
    patched(
        "merge: {spec: {template: {spec: {containers: [{name: web, env: [{name: B, value: 2nd}]}]}}}}",
    )
    .render("")
    .has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - name: web
                image: nginx:1
                env: [{name: A, value: one}, {name: B, value: 2nd}]
        ",
    );
}

#[test]
fn a_strategic_merge_patch_removes() {
    patched("merge: {spec: {replicas: null, template: {spec: {containers: [{name: web, env: [{name: A, $patch: delete}]}]}}}}")
        .render("")
        .has(
            "Deployment/web",
            "spec: {replicas: null, template: {spec: {containers: [{env: [{name: B}]}]}}}",
        );
}

#[test]
fn json_6902() {
    patched(
        "json: [{op: test, path: /spec/replicas, value: 1}, {op: replace, path: /spec/replicas, value: 4},\n      {op: add, path: /metadata/labels/a~1b, value: c}, {op: remove, path: /spec/template/spec/containers/0/env/0}]",
    )
    .render("")
    .has(
        "Deployment/web",
        "
        metadata: {labels: {a/b: c}}
        spec: {replicas: 4, template: {spec: {containers: [{env: [{name: B}]}]}}}
        ",
    );
}

#[test]
fn patches_apply_in_their_order() {
    web("")
        .file(
            "overlays/dev.yaml",
            "patches:\n  b: {target: Deployment/web, merge: {spec: {replicas: 2}}}\n  a: {target: Deployment/web, merge: {spec: {replicas: 3}}}\n",
        )
        .render("")
        .has("Deployment/web", "spec: {replicas: 3}");
}

#[test]
fn mistakes_have_places() {
    for (patch, parts) in [
        ("merge: {spec: {replica: 2}}", ["overlays/dev.yaml:4:20", "replica"]),
        ("merge: {spec: {replicas: two}}", ["overlays/dev.yaml:4:20", "two"]),
        (
            "json: [{op: replace, path: /spec/nothing/here, value: 1}]",
            ["overlays/dev.yaml:4:12", "cannot be applied"],
        ),
        ("json: [{op: change, path: /spec}]", ["overlays/dev.yaml:4", "6902"]),
        ("json: {op: remove, path: /spec}", ["overlays/dev.yaml:4", "6902"]),
        ("json: [{op: test, path: /spec/replicas, value: 9}]", ["overlays/dev.yaml:4:12", ""]),
        ("merge: {metadata: {name: other}}", ["overlays/dev.yaml", "rename"]),
        ("merge: {kind: StatefulSet}", ["overlays/dev.yaml", "kind"]),
        ("merge: {spec: {selector: null}}", ["overlays/dev.yaml", "selector"]),
        ("merge: {}\n    json: []", ["overlays/dev.yaml", ""]),
    ] {
        let run = patched(patch).render("").fails();
        for part in parts {
            assert!(run.stderr.contains(part), "{patch}: {part}\n{}", run.stderr);
        }
    }
}

#[test]
fn a_patch_hits_something() {
    let project = web("")
        .file("overlays/dev.yaml", "patches:\n  a: {target: Deployment/wbe, merge: {spec: {}}}\n");
    project.render("").says(
        "
        error: this patch hits nothing: there is no `Deployment/wbe`
         --> overlays/dev.yaml:2:15
          |
        2 |   a: {target: Deployment/wbe, merge: {spec: {}}}
          |               ^^^^^^^^^^^^^^ did you mean `Deployment/web`?
        ",
    );
}

#[test]
fn manifests_are_patched_too() {
    web("")
        .file(
            "overlays/dev.yaml",
            "objects: {a: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: a}}}\n\
             patches: {a: {target: ConfigMap/a, merge: {data: {z: w}}}}\n",
        )
        .render("")
        .has("ConfigMap/a", "data: {x: a, z: w}");
}

#[test]
fn a_patch_is_removed_like_anything_else() {
    let project = web("")
        .file(
            "overlays/base.yaml",
            "patches: {a: {target: Deployment/web, merge: {spec: {replicas: 2}}}}",
        )
        .file("overlays/dev.yaml", "extends: base\npatches: {a: null}\n");
    project.render("").has("Deployment/web", "spec: {replicas: 1}");
}

#[test]
fn a_patched_config_map_rolls_the_pods_that_read_it() {
    let patch = |level: &str| {
        shop("config: {app: {data: {LEVEL: info}}}\nworkloads: {web: {image: 'nginx:1', env: {A: {config: app/LEVEL}}}}")
            .file("overlays/dev.yaml", format!("patches: {{a: {{target: ConfigMap/app, merge: {{data: {{LEVEL: {level}}}}}}}}}"))
            .render("")
            .object("Deployment/web")["spec"]["template"]["metadata"]["annotations"]
            .clone()
    };
    assert_ne!(patch("debug"), patch("trace"));
}

#[test]
fn a_patched_object_is_still_one_that_a_server_takes() {
    for merge in [
        "{spec: {selector: {matchLabels: {other: label}}}}",
        "{spec: {template: {spec: {containers: [{name: typo, args: [a]}]}}}}",
    ] {
        patched(&format!("merge: {merge}")).render("").mentions(&["overlays/dev.yaml:4"]);
    }
}

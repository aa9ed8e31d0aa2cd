//! Layers: `k8sgen.yaml`, what an overlay extends, the overlay, and the command
//! line. Maps merge, everything else replaces, `null` removes.

use crate::support::{Scratch, shop, web};

#[test]
fn an_overlay_says_what_differs() {
    let project = web("replicas: 1").file("overlays/prod.yaml", "workloads: {web: {replicas: 3}}");
    project.render("").has("Deployment/web", "spec: {replicas: 1}");
    project.render("--env prod").has("Deployment/web", "spec: {replicas: 3}");
}

#[test]
fn maps_merge() {
    let project = web("env: {A: one, B: two}")
        .file("overlays/dev.yaml", "workloads: {web: {env: {B: 2nd, C: three}}}");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - env:
                - {name: A, value: one}
                - {name: B, value: 2nd}
                - {name: C, value: three}
        ",
    );
}

#[test]
fn lists_replace() {
    let project =
        web("args: [one, two]").file("overlays/dev.yaml", "workloads: {web: {args: [three]}}");
    project
        .render("")
        .has("Deployment/web", "spec: {template: {spec: {containers: [{args: [three]}]}}}");
}

#[test]
fn null_removes() {
    let project = web("env: {A: one, B: two}\ndisruption: {minAvailable: 1}")
        .file("overlays/dev.yaml", "workloads: {web: {env: {A: null}, disruption: null}}");
    assert_eq!(project.render("").names(), ["Namespace/shop", "Deployment/web"]);
    project.render("").has(
        "Deployment/web",
        "spec: {template: {spec: {containers: [{env: [{name: B, value: two}]}]}}}",
    );
}

#[test]
fn null_removes_a_whole_workload() {
    let project = shop("workloads: {web: {image: nginx:1}, tool: {image: tool:1}}")
        .file("overlays/prod.yaml", "workloads: {tool: null}");
    assert_eq!(project.render("").names(), ["Namespace/shop", "Deployment/tool", "Deployment/web"]);
    assert_eq!(project.render("--env prod").names(), ["Namespace/shop", "Deployment/web"]);
}

#[test]
fn what_was_removed_may_come_back() {
    let project = web("env: {A: one, B: two}")
        .file("overlays/base.yaml", "workloads: {web: {env: null}}")
        .file("overlays/dev.yaml", "extends: base\nworkloads: {web: {env: {C: three}}}");
    project.render("").has(
        "Deployment/web",
        "spec: {template: {spec: {containers: [{env: [{name: C, value: three}]}]}}}",
    );
}

#[test]
fn null_without_anything_to_remove_is_refused() {
    let project = web("env: {LEVEL: info}")
        .file("overlays/dev.yaml", "workloads:\n  web:\n    env: {LEVLE: null}\n");
    project.render("").says(
        "
        error: nothing to remove: no lower layer sets `LEVLE`
         --> overlays/dev.yaml:3:11
          |
        3 |     env: {LEVLE: null}
          |           ^^^^^ did you mean `LEVEL`?
        ",
    );
}

#[test]
fn null_in_the_lowest_layer_is_refused() {
    shop("workloads:\n  web:\n    image:\n")
        .render("")
        .mentions(&["error: `image` has no value", "--> k8sgen.yaml:4:5"]);
}

#[test]
fn an_overlay_extends_another() {
    let project = web("replicas: 1")
        .file("overlays/prod.yaml", "tier: production\nworkloads: {web: {replicas: 3, args: [a]}}")
        .file("overlays/prod-eu.yaml", "extends: prod\nworkloads: {web: {replicas: 5}}")
        .file("overlays/prod-eu-1.yaml", "extends: prod-eu\nworkloads: {web: {minReady: 5s}}");
    project.render("--env prod-eu-1").has(
        "Deployment/web",
        "spec: {replicas: 5, minReadySeconds: 5, template: {spec: {containers: [{args: [a]}]}}}",
    );
}

#[test]
fn overlays_do_not_extend_each_other_in_a_circle() {
    let project = web("")
        .file("overlays/a.yaml", "extends: b\n")
        .file("overlays/b.yaml", "extends: c\n")
        .file("overlays/c.yaml", "extends: a\n");
    project.render("--env a").says(
        "
        error: overlays extend each other in a circle
         --> overlays/c.yaml:1:10
          |
        1 | extends: a
          |          ^ a → b → c → a
        ",
    );
}

#[test]
fn an_overlay_does_not_extend_itself() {
    let project = web("").file("overlays/a.yaml", "extends: a\n");
    project.render("--env a").mentions(&["in a circle", "overlays/a.yaml:1:10", "a → a"]);
}

#[test]
fn the_system_extends_nothing() {
    shop("extends: prod\n")
        .render("")
        .mentions(&["error: only an overlay extends another", "--> k8sgen.yaml:2:1"]);
}

#[test]
fn what_is_extended_must_exist() {
    let project = web("").file("overlays/eu.yaml", "tier: production\nextends: prd\n");
    project.render("--env eu").says(
        "
        error: unknown environment `prd`
         --> overlays/eu.yaml:2:10
          |
        2 | extends: prd
          |          ^^^
          |
          = help: did you mean `prod`? The environments are `dev`, `eu` or `prod`
        ",
    );
}

#[test]
fn an_unknown_environment_comes_with_those_there_are() {
    web("").render("--env live").says(
        "
        error: unknown environment `live`
         |
         = help: the environments are `dev` or `prod`
        ",
    );
    web("").render("--env prd").mentions(&["did you mean `prod`?"]);
    Scratch::new()
        .file("k8sgen.yaml", "system: shop\n")
        .render("")
        .mentions(&["unknown environment `dev`", "`overlays/NAME.yaml`; there is none yet"]);
}

#[test]
fn an_environment_is_a_name_and_no_path() {
    for name in ["../overlays/dev", "./dev", "dev.yaml", ""] {
        web("").run(&["render", "--env", name]).mentions(&["unknown environment"]);
    }
}

#[test]
fn set_lies_above_all_layers() {
    let project = web("replicas: 1").file("overlays/dev.yaml", "workloads: {web: {replicas: 2}}");
    project.render("--set workloads.web.replicas=4").has("Deployment/web", "spec: {replicas: 4}");
}

#[test]
fn set_takes_yaml_and_may_be_given_again() {
    let project = web("env: {A: one}");
    project
        .run(&[
            "render",
            "--env",
            "dev",
            "--set",
            "workloads.web.args=[a, \"b c\"]",
            "--set",
            "workloads.web.env.A=null",
            "--set",
            "workloads.web.env={B: two}",
            "--set",
            "workloads.web.env.C=",
        ])
        .has(
            "Deployment/web",
            r#"
            spec:
              template:
                spec:
                  containers:
                  - args: [a, b c]
                    env:
                    - {name: B, value: two}
                    - {name: C, value: ""}
            "#,
        );
}

#[test]
fn set_reaches_keys_with_dots_and_slashes() {
    let project = web("mounts: {/var/cache/a.b: {emptyDir: {}}}");
    project.render("--set workloads.web.mounts[/var/cache/a.b].emptyDir.size=1Gi").has(
        "Deployment/web",
        "spec: {template: {spec: {volumes: [{emptyDir: {sizeLimit: 1Gi}}]}}}",
    );
    project
        .render("--set workloads.web.podLabels[example.org/team]=a")
        .has("Deployment/web", "spec: {template: {metadata: {labels: {example.org/team: a}}}}");
}

#[test]
fn set_is_checked_like_a_file() {
    web("").render("--set workloads.web.replicsa=4").says(
        "
        error: unknown key `replicsa` in workload `web`
         --> --set:1:1
          |
        1 | workloads.web.replicsa=4
          | ^^^^^^^^^^^^^^^^^^^^^^ did you mean `replicas`?
        ",
    );
    web("").render("--set workloads.web.replicas=four").mentions(&[
        "--> --set:1:24",
        "workloads.web.replicas=four",
        "                       ^^^^",
    ]);
    web("").render("--set workloads.web").mentions(&["expected `path=value`"]);
    web("").render("--set workloads..web=1").mentions(&["this path cannot be read", "missing"]);
    web("").render("--set workloads[web=1").mentions(&["`path=value`"]);
}

#[test]
fn image_sets_a_tag_or_all_of_it() {
    let project = shop(
        "
        images: {nginx: {name: registry.example.com/nginx, tag: v1, pullPolicy: Always}}
        workloads: {web: {image: nginx}}
        ",
    );
    let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    for (given, image) in [
        ("nginx=:v2", "registry.example.com/nginx:v2".to_owned()),
        ("nginx=other/nginx:v3", "other/nginx:v3".to_owned()),
        (&format!("nginx=other/nginx:v3@{digest}"), format!("other/nginx:v3@{digest}")),
        (&format!("nginx=other/nginx@{digest}"), format!("other/nginx@{digest}")),
    ] {
        let part = format!(
            "spec: {{template: {{spec: {{containers: [{{image: '{image}', imagePullPolicy: Always}}]}}}}}}"
        );
        project.render(&format!("--image {given}")).has("Deployment/web", &part);
    }
}

#[test]
fn image_is_checked() {
    let project = shop("images: {nginx: nginx:1}\nworkloads: {web: {image: nginx}}");
    project.render("--image ngnix=:v2").mentions(&["ngnix", "did you mean `nginx`?"]);
    project.render("--image nginx").mentions(&["--image"]);
    project.render("--image nginx=:V/2").mentions(&["--> --image:1"]);
}

#[test]
fn the_project_is_found_upwards() {
    let project = web("").file("a/b/c.txt", "");
    let below = crate::support::run_in(&project.path().join("a/b"), &["render", "--env", "dev"]);
    assert_eq!(below.names(), project.render("").names());
}

#[test]
fn the_project_is_named() {
    let project = web("");
    let elsewhere = Scratch::new();
    let path = project.path().to_str().unwrap();
    let named = elsewhere.run(&["render", "--env", "dev", "--project", path]);
    assert_eq!(named.succeeds().stdout, project.render("").succeeds().stdout);
}

#[test]
fn without_a_project_there_is_a_hint() {
    Scratch::new().render("").mentions(&["no `k8sgen.yaml`", "k8sgen init", "--project DIR"]);
    web("").render("--project nowhere").mentions(&["no `k8sgen.yaml` in `nowhere`"]);
}

#[test]
fn keys_for_anchors_begin_with_x() {
    let project = shop(
        "
        x-small: &small
          requests: {cpu: 50m, memory: 32Mi}
        workloads:
          a: {image: a:1, resources: *small}
          b: {image: b:1, resources: {<<: *small, limits: {memory: 64Mi}}}
        ",
    );
    project.render("").has(
        "Deployment/b",
        "
        spec:
          template:
            spec:
              containers:
              - resources:
                  requests: {cpu: 50m, memory: 32Mi}
                  limits: {memory: 64Mi}
        ",
    );
}

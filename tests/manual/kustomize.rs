//! `k8sgen kustomize`: what a tree says. That kubectl makes of it what `render`
//! prints is a law of its own.

use crate::support::{Run, Scratch, shop, web};

fn tree(project: &Scratch, more: &str) -> Run {
    let mut arguments = vec!["kustomize", "-o", "deploy"];
    arguments.extend(more.split_whitespace());
    project.run(&arguments)
}

#[test]
fn an_overlay_says_what_differs_and_nothing_else() {
    let project = web("replicas: 1\nports: {http: 80}\nservices: {web: {}}\nenv: {LEVEL: debug}")
        .file("overlays/dev.yaml", "tier: development\n")
        .file("overlays/qa.yaml", "tier: development\n")
        .file(
            "overlays/prod.yaml",
            "checks: {rules: {policy: off}}\nworkloads: {web: {replicas: 3, image: \"nginx:1.27\", env: {LEVEL: info}}}",
        );
    let run = tree(&project, "").succeeds();
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "deploy: 8 created\n");
    assert_eq!(
        project.list("deploy"),
        [
            ".k8sgen.json",
            "base/003-namespace-shop.yaml",
            "base/037-service-web.yaml",
            "base/047-deployment-web.yaml",
            "base/kustomization.yaml",
            "overlays/dev/kustomization.yaml",
            "overlays/prod/kustomization.yaml",
            "overlays/prod/patch-deployment-web.yaml",
            "overlays/qa/kustomization.yaml",
        ]
    );
    assert_eq!(
        project.read("deploy/overlays/prod/kustomization.yaml"),
        "\
# Made by `k8sgen kustomize`: change the profile, not this file.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ../../base
images:
- name: nginx
  newTag: \"1.27\"
replicas:
- name: web
  count: 3
patches:
- path: patch-deployment-web.yaml
"
    );
    assert!(
        project.read("deploy/overlays/prod/patch-deployment-web.yaml").ends_with(
            "\
        env:
        - name: LEVEL
          value: info
"
        ),
        "{}",
        project.read("deploy/overlays/prod/patch-deployment-web.yaml")
    );
    assert_eq!(
        project.read("deploy/overlays/dev/kustomization.yaml"),
        "\
# Made by `k8sgen kustomize`: change the profile, not this file.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- ../../base
"
    );
}

#[test]
fn a_namespace_of_its_own_is_one_line() {
    let project = web("ports: {http: 80}\nservices: {web: {}}\nserviceAccount: {name: web}")
        .file("overlays/prod.yaml", "namespace: shop-prod\n");
    tree(&project, "").succeeds();
    let overlay = project.read("deploy/overlays/prod/kustomization.yaml");
    assert!(overlay.contains("\nnamespace: shop-prod\nresources:\n- ../../base\n"), "{overlay}");
    assert!(!overlay.contains("patches"), "{overlay}");
    // The namespace itself follows too.
    assert_eq!(project.list("deploy/overlays/prod"), ["kustomization.yaml"]);
}

/// `namespace` would take everything along.
#[test]
fn what_stays_has_a_directory_of_its_own() {
    let project =
        shop("namespaces: {jobs: {}}\nworkloads: {web: {image: \"nginx:1\"}, job: {image: \"nginx:1\", namespace: jobs}}")
            .file("overlays/prod.yaml", "namespace: shop-prod\n");
    tree(&project, "").succeeds();
    let overlay = project.read("deploy/overlays/prod/kustomization.yaml");
    assert!(overlay.ends_with("resources:\n- ../../base\n- shop\n"), "{overlay}");
    let own = project.read("deploy/overlays/prod/shop/kustomization.yaml");
    assert!(own.contains("namespace: shop-prod\nresources:\n- ../../../base/shop\n"), "{own}");
}

#[test]
fn what_an_environment_lacks_is_deleted() {
    let project = web("ports: {http: 80}\nservices: {web: {}}")
        .file("overlays/qa.yaml", "tier: development\n")
        .file("overlays/dev.yaml", "tier: development\nworkloads: {web: {services: null}}\n");
    tree(&project, "").succeeds();
    assert_eq!(
        project.read("deploy/overlays/dev/delete-service-web.yaml"),
        "\
$patch: delete
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
"
    );
}

/// Nobody reads in `base/` what only one environment may know.
#[test]
fn a_secret_of_one_environment_is_no_base_for_others() {
    let project = shop("secrets: {keys: {from: existing}}\nworkloads: {web: {image: \"nginx:1\", env: {A: {secret: keys/A}}}}")
        .file("k8sgen.yaml", "system: shop\nsecrets: {keys: {keys: [A]}}\nworkloads: {web: {image: \"nginx:1\", env: {A: {secret: keys/A}}}}")
        .file("overlays/dev.yaml", "tier: development\nsecrets: {keys: {from: {literals: {A: one}}}}")
        .file("overlays/qa.yaml", "tier: development\nsecrets: {keys: {from: {literals: {A: two}}}}")
        .file("overlays/prod.yaml", "secrets: {keys: {from: existing}}");
    tree(&project, "").succeeds();
    let base = project.list("deploy/base").join(" ");
    assert!(!base.contains("secret"), "{base}");
    assert!(project.list("deploy/overlays/qa").contains(&"024-secret-keys.yaml".to_owned()));
}

#[test]
fn environments_are_all_or_those_that_are_named() {
    let project = web("")
        .file("overlays/eu.yaml", "extends: common\n")
        .file("overlays/common.yaml", "abstract: true\nlabels: {a: b}\n");
    tree(&project, "").succeeds();
    let overlays = |project: &Scratch| {
        let all = project.list("deploy/overlays");
        let ends = |file: &String| Some(file.strip_suffix("/kustomization.yaml")?.to_owned());
        all.iter().filter_map(ends).collect::<Vec<_>>()
    };
    assert_eq!(overlays(&project), ["dev", "eu", "prod"]);
    tree(&project, "--env eu --env prod").succeeds();
    assert_eq!(overlays(&project), ["eu", "prod"]);
    tree(&project, "--env common").mentions(&[
        "`common` is only there for others to extend",
        "--> overlays/common.yaml:1:1",
        "an environment has `extends: common`",
    ]);
    tree(&project, "--env uk").mentions(&["unknown environment `uk`"]);
}

#[test]
fn what_is_wrong_everywhere_is_said_once() {
    let project = web("replica: 1");
    let run = tree(&project, "").fails();
    assert_eq!(run.stderr.matches("unknown key `replica`").count(), 1, "{}", run.stderr);
    assert!(!project.path().join("deploy").exists());
}

#[test]
fn what_kustomize_cannot_carry_is_said() {
    let project = shop("config:\n  a:\n    data: {k: \"one\\x7ftwo\"}\n");
    tree(&project, "").mentions(&[
        "Kustomize cannot carry U+007F, which `data.k` of ConfigMap/a has",
        "k8sgen.yaml:3",
    ]);
    let project = shop("config:\n  a:\n    data: {k: \"\\tone\\ntwo\"}\n");
    tree(&project, "").mentions(&["several lines that begin with a tab: `data.k` of ConfigMap/a"]);
    let project = shop("annotations: {config.kubernetes.io/local-config: \"true\"}\n");
    tree(&project, "").mentions(&["which Kustomize takes for its own"]);
}

#[test]
fn an_environment_that_shares_nothing() {
    let project = shop("")
        .file("overlays/dev.yaml", "tier: development\nconfig: {a: {data: {k: v}}}")
        .file("overlays/prod.yaml", "namespace: other\nconfig: {b: {data: {k: v}}}");
    tree(&project, "").succeeds();
    assert!(project.list("deploy/overlays/prod").len() > 1);
}

/// Large numbers of an object that a JSON patch changes would be rounded.
#[test]
fn large_numbers_are_kept() {
    let widget = "objects: {w: {apiVersion: example.com/v1, kind: Widget, metadata: {name: w, namespace: shop}, spec: {n: 9007199254740993, size: 1}}}";
    let project = shop(widget).file("overlays/prod.yaml", "objects: {w: {spec: {size: null}}}");
    tree(&project, "").succeeds();
    assert!(
        project.list("deploy/overlays/prod").iter().any(|file| file.ends_with("-widget-w.yaml"))
    );
}

/// Whoever promotes one environment does not change another one's overlay.
#[test]
fn the_base_may_be_like_one_environment() {
    let project = web("env: {V: one}").file("overlays/qa.yaml", "tier: development\n");
    tree(&project, "--base prod").succeeds();
    let prod = project.read("deploy/overlays/prod/kustomization.yaml");
    for name in ["dev", "qa"] {
        project.write(
            &format!("overlays/{name}.yaml"),
            "tier: development\nworkloads: {web: {env: {V: two}}}\n",
        );
    }
    tree(&project, "--base prod").succeeds();
    assert_eq!(project.read("deploy/overlays/prod/kustomization.yaml"), prod);
    assert_eq!(project.list("deploy/overlays/prod"), ["kustomization.yaml"]);
    assert_eq!(project.list("deploy/overlays/dev").len(), 2);
    tree(&project, "--base pord").mentions(&["`--base pord` is none of the tree's environments"]);
}

#[test]
fn a_secret_that_is_read_only_now_is_not_kept() {
    let project = shop("secrets: {keys: {keys: [A]}}\nworkloads: {web: {image: \"nginx:1\", env: {A: {secret: keys/A}}}}")
        .file("overlays/dev.yaml", "tier: development\nsecrets: {keys: {from: {env: {A: SHOP_API_KEY}}}}\n")
        .file("overlays/prod.yaml", "secrets: {keys: {from: existing}}\n");
    tree(&project, "").mentions(&[
        "this value would be kept in plain text",
        "--> overlays/dev.yaml:2",
        "`--plaintext-secrets`",
    ]);
    tree(&project, "--plaintext-secrets").succeeds();
}

#[test]
fn files_that_look_like_overlays_are_not_left_out_unsaid() {
    let project = web("").file("overlays/eu.yml", "").file("overlays/Stage.yaml", "");
    tree(&project, "").mentions(&[
        "`overlays/eu.yml` is no environment",
        "rename it to `eu.yaml`",
        "`overlays/Stage.yaml` is no environment",
    ]);
    tree(&project, "--env dev,prod").succeeds();
}

/// The names of files hang on their own objects.
#[test]
fn a_new_object_renames_no_other_file() {
    let two = |more: &str| {
        format!(
            "system: shop\nnamespaces: {{jobs: {{}}}}\nconfig:\n  a: {{data: {{k: v}}}}\n  b: {{data: {{k: v}}}}\n  c: {{namespace: jobs, data: {{k: v}}}}\n{more}"
        )
    };
    let project = shop("").file("k8sgen.yaml", two(""));
    tree(&project, "").succeeds();
    let before = project.list("deploy/base");
    assert!(before.contains(&"023-configmap-jobs-c.yaml".to_owned()), "{before:?}");
    project.write(
        "k8sgen.yaml",
        two("objects: {c: {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}}\n"),
    );
    tree(&project, "").succeeds();
    let after = project.list("deploy/base");
    assert!(before.iter().all(|file| after.contains(file)), "{before:?} {after:?}");
}

//! Argo CD and Flux, which bring the manifests to the cluster.

use crate::support::shop;

#[test]
fn an_application_of_argo_cd() {
    let project = shop("
        delivery:
          applications:
            shop:
              repo: https://github.com/example/shop.git
              revision: main
              tree: deploy
              sync: {automated: true, prune: true, selfHeal: true, options: [ServerSideApply=true], retry: {limit: 5, after: 10s}}
        ");
    project.render("--env prod").has(
        "Application/shop",
        "
        apiVersion: argoproj.io/v1alpha1
        metadata: {namespace: argocd}
        spec:
          project: default
          source: {repoURL: 'https://github.com/example/shop.git', targetRevision: main, path: deploy/overlays/prod}
          destination: {server: 'https://kubernetes.default.svc', namespace: shop}
          syncPolicy:
            automated: {prune: true, selfHeal: true}
            syncOptions: [ServerSideApply=true]
            retry: {limit: 5, backoff: {duration: 10s}}
        ",
    );
    // Another environment, another directory and cluster.
    project.write(
        "overlays/dev.yaml",
        "delivery: {applications: {shop: {cluster: dev, into: sandbox}}}\n",
    );
    project.render("").has(
        "Application/shop",
        "
        spec:
          source: {path: deploy/overlays/dev}
          destination: {name: dev, server: null, namespace: sandbox}
        ",
    );
}

#[test]
fn an_application_for_each_environment() {
    shop(
        "
        delivery:
          applicationSets:
            shop:
              repo: https://github.com/example/shop.git
              tree: deploy
              environments: {dev: {}, prod: prod-eu}
        ",
    )
    .render("")
    .has(
        "ApplicationSet/shop",
        "
        metadata: {namespace: argocd}
        spec:
          goTemplate: true
          goTemplateOptions: [missingkey=error]
          generators:
          - list:
              elements:
              - {environment: dev, cluster: in-cluster}
              - {environment: prod, cluster: prod-eu}
          template:
            metadata: {name: 'shop-{{.environment}}'}
            spec:
              source: {path: 'deploy/overlays/{{.environment}}'}
              destination: {name: '{{.cluster}}', namespace: shop}
        ",
    );
}

#[test]
fn a_kustomization_of_flux() {
    shop("
        workloads: {web: {image: 'nginx:1'}, db: {kind: StatefulSet, image: 'db:1'}}
        delivery:
          kustomizations:
            shop: {source: shop, tree: deploy, timeout: 5m, healthChecks: [web, db], dependsOn: [infrastructure]}
            other: {namespace: tools, source: {name: all, kind: OCIRepository, namespace: flux-system}, path: other, prune: false, wait: true}
        ")
    .render("")
    .has(
        "Kustomization/shop",
        "
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        metadata: {namespace: flux-system}
        spec:
          sourceRef: {kind: GitRepository, name: shop}
          path: ./deploy/overlays/dev
          interval: 10m
          timeout: 5m
          prune: true
          dependsOn: [{name: infrastructure}]
          healthChecks:
          - {apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop}
          - {apiVersion: apps/v1, kind: StatefulSet, name: db, namespace: shop}
        ",
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let repo = "repo: https://github.com/example/shop.git";
    for text in [
        "applications: {a: {tree: deploy}}".to_owned(),
        format!("applications: {{a: {{{repo}}}}}"),
        format!("applications: {{a: {{{repo}, tree: a, path: b}}}}"),
        format!("applications: {{a: {{{repo}, tree: ../b}}}}"),
        format!("applications: {{a: {{{repo}, tree: a, cluster: b, server: 'https://c'}}}}"),
        format!("applications: {{a: {{{repo}, tree: a, server: c}}}}"),
        format!("applications: {{a: {{{repo}, tree: a, sync: {{}}}}}}"),
        format!("applications: {{a: {{{repo}, tree: a, sync: {{prune: true}}}}}}"),
        format!("applications: {{a: {{{repo}, tree: a, sync: {{options: [a=b, a=c]}}}}}}"),
        "applications: {a: {repo: 'https://me:secret@github.com/a/b', tree: a}}".to_owned(),
        format!("applicationSets: {{a: {{{repo}, tree: a}}}}"),
        format!("applicationSets: {{a: {{{repo}, path: a, environments: {{dev: {{}}}}}}}}"),
        "kustomizations: {a: {source: b}}".to_owned(),
        "kustomizations: {a: {source: b, tree: c, healthChecks: [nope]}}".to_owned(),
        "kustomizations: {a: {source: b, tree: c, dependsOn: [a]}}".to_owned(),
        "kustomizations: {a: {source: b, tree: c, interval: 100ms}}".to_owned(),
    ] {
        let run = shop(&format!("delivery: {{{text}}}\n")).render("");
        assert!(!run.stderr.contains("secret"), "{}", run.stderr);
        run.mentions(&["--> k8sgen.yaml:2:"]);
    }
    shop(
        "
        workloads: {web: {image: 'nginx:1'}}
        delivery: {kustomizations: {a: {source: b, tree: c, wait: true, healthChecks: [web]}}}
        ",
    )
    .render("")
    .mentions(&["whoever waits for all"]);
}

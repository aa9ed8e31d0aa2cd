//! Labels and annotations, selectors, and the namespace.

use crate::support::{shop, web};

#[test]
fn labels_of_the_user_lie_on_top() {
    let project = web("
        labels: {team: a}
        podLabels: {app: web}
        annotations: {example.org/owner: b}
        podAnnotations: {example.org/scrape: \"true\"}
        ports: {http: 80}
        services: {web: {labels: {exposed: \"true\"}}}
        ")
    .file("overlays/dev.yaml", "labels: {environment: dev}\nannotations: {example.org/by: us}");
    project.render("").has(
        "Deployment/web",
        r#"
        metadata:
          labels: {team: a, environment: dev, app.kubernetes.io/name: web, app: null}
          annotations: {example.org/owner: b, example.org/by: us}
        spec:
          selector: {matchLabels: {app: null, team: null}}
          template:
            metadata:
              labels: {team: a, environment: dev, app: web}
              annotations: {example.org/scrape: "true"}
        "#,
    );
    project
        .render("")
        .has("Service/web", "metadata: {labels: {team: a, exposed: 'true', environment: dev}}");
    project.render("").has(
        "Namespace/shop",
        "metadata: {labels: {environment: dev}, annotations: {example.org/by: us}}",
    );
}

#[test]
fn selectors_are_the_same_in_every_environment_and_version() {
    let project = web("ports: {http: 80}\nservices: {web: {}}\ndisruption: {minAvailable: 1}")
        .file("overlays/prod.yaml", "tier: production\nchecks: {rules: {policy: off}}\nnamespace: other\nlabels: {environment: prod}\nworkloads: {web: {image: 'nginx:2', labels: {a: b}, podLabels: {c: d}}}");
    let selectors = |environment: &str| {
        let objects = project.render(environment).objects();
        let of = |object: &serde_yaml::Value| {
            serde_yaml::to_string(&object["spec"]["selector"]).unwrap()
        };
        objects.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(selectors("--env dev"), selectors("--env prod"));
}

#[test]
fn the_version_is_no_selector() {
    let object = web("").render("").object("Deployment/web");
    assert_eq!(object["metadata"]["labels"]["app.kubernetes.io/version"].as_str(), Some("1"));
    assert!(object["spec"]["selector"]["matchLabels"].get("app.kubernetes.io/version").is_none());
}

#[test]
fn a_given_selector() {
    web("selector: {app: web}\nports: {http: 80}\nservices: {web: {}}").render("").has(
        "Deployment/web",
        "spec: {selector: {matchLabels: {app: web, app.kubernetes.io/name: null}}, template: {metadata: {labels: {app: web}}}}",
    );
    web("selector: {}").render("").mentions(&["every pod", "k8sgen.yaml:5:15"]);
}

#[test]
fn labels_do_not_break_the_selector() {
    web("podLabels: {app.kubernetes.io/name: other}")
        .render("")
        .mentions(&["selects the pods", "k8sgen.yaml:5:17"]);
    web("selector: {app: web}\npodLabels: {app: other}").render("").mentions(&["k8sgen.yaml:6:17"]);
}

#[test]
fn the_namespace() {
    shop("").render("").prints(
        "
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
          labels:
            app.kubernetes.io/instance: shop
            app.kubernetes.io/managed-by: k8sgen
            app.kubernetes.io/part-of: shop
        ",
    );
    let project = web("").file(
        "overlays/dev.yaml",
        "namespace: {name: shop-dev, labels: {a: b}, annotations: {c: d}}",
    );
    project.render("").has("Namespace/shop-dev", "metadata: {labels: {a: b}, annotations: {c: d}}");
    project.render("").has("Deployment/web", "metadata: {namespace: shop-dev}");
    assert_eq!(project.render("--set namespace.create=false --set namespace.labels=null --set namespace.annotations=null").names(), ["Deployment/web"]);
    // Every cluster has this one.
    assert_eq!(web("").render("--set namespace=default").names(), ["Deployment/web"]);
}

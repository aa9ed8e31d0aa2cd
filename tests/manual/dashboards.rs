//! Dashboards of Grafana.

use crate::support::{Scratch, shop};

const DASHBOARD: &str = "{\"title\": \"Nodes\", \"uid\": \"nodes\", \"schemaVersion\": 39,\n \"panels\": [{\"id\": 1, \"title\": \"{{ x }} ${{ y }} $__rate_interval\"}]}";

fn with_file(text: &str, dashboard: &str) -> Scratch {
    shop(text).file("dashboards/nodes.json", dashboard)
}

#[test]
fn a_file_is_taken_as_it_is() {
    let project = with_file("dashboards: {nodes: dashboards/nodes.json}", DASHBOARD);
    let object = project.render("").object("ConfigMap/nodes");
    assert_eq!(object["data"]["shop-nodes.json"].as_str(), Some(DASHBOARD));
    assert_eq!(object["metadata"]["labels"]["grafana_dashboard"].as_str(), Some("1"));
    assert!(object["metadata"].get("annotations").is_none());
}

/// How the sidecar finds it is the environment's business.
#[test]
fn the_sidecar_finds_it() {
    with_file(
        "
        namespaces: {watch: {create: false}}
        monitoring:
          namespace: watch
          dashboards: {label: dashboards, value: grafana, folderAnnotation: target-directory}
        dashboards:
          nodes: {file: dashboards/nodes.json, folder: Chain, labels: {a: b}, annotations: {c: d}}
        ",
        DASHBOARD,
    )
    .render("")
    .has(
        "ConfigMap/shop-nodes",
        "
        metadata:
          namespace: watch
          labels: {dashboards: grafana, a: b, grafana_dashboard: null}
          annotations: {target-directory: Chain, c: d}
        ",
    );
    with_file(
        "
        namespaces: {watch: {create: false}}
        dashboards: {nodes: {file: dashboards/nodes.json, namespace: watch}}
        ",
        DASHBOARD,
    )
    .render("")
    .has("ConfigMap/shop-nodes", "metadata: {namespace: watch}");
}

#[test]
fn a_template_is_rendered() {
    let object = shop("dashboards: {nodes: {template: nodes.json}}")
        .file("templates/nodes.json", r#"{"title": "<%= env.name %> {{ x }}", "panels": []}"#)
        .render("")
        .object("ConfigMap/nodes");
    let text = object["data"]["shop-nodes.json"].as_str().unwrap();
    assert_eq!(text, r#"{"title": "dev {{ x }}", "panels": []}"#);
}

#[test]
fn an_export_for_sharing_has_open_inputs() {
    with_file(
        "dashboards: {nodes: dashboards/nodes.json}",
        r#"{"__inputs": [{"name": "DS_PROMETHEUS"}], "title": "a", "panels": []}"#,
    )
    .render("")
    .says(
        "
        error: this was exported for sharing: its input `DS_PROMETHEUS` is open
         --> k8sgen.yaml:2:21
          |
        2 | dashboards: {nodes: dashboards/nodes.json}
          |                     ^^^^^^^^^^^^^^^^^^^^^
          |
          = help: export it without `Export for sharing externally`, or replace `${NAME}` with a data source and remove `__inputs`
        ",
    );
}

#[test]
fn what_grafana_would_not_load() {
    for (dashboard, message) in [
        ("{", "this is not JSON"),
        ("[]", "a JSON object"),
        ("{\"panels\": []}", "needs a `title`"),
        ("{\"title\": \"a\"}", "has `panels`"),
        (
            "{\"title\": \"a\", \"panels\": [{\"id\": 1}, {\"id\": 1}]}",
            "two panels have the `id` 1",
        ),
        ("{\"title\": \"a\", \"panels\": [], \"uid\": \"a/b\"}", "`uid` has letters"),
    ] {
        with_file("dashboards: {nodes: dashboards/nodes.json}", dashboard)
            .render("")
            .mentions(&[message, "k8sgen.yaml:2"]);
    }
    let large = format!("{{\"title\": \"{}\", \"panels\": []}}", "a".repeat(1 << 20));
    with_file("dashboards: {nodes: dashboards/nodes.json}", &large).render("").mentions(&["1 MiB"]);
}

#[test]
fn what_does_not_belong_together() {
    for (dashboards, message) in [
        ("{a: {}}", "needs a file or a template"),
        ("{a: {file: x.json, template: y.json}}", "exclude each other"),
        ("{a: missing.json}", "`missing.json`"),
        ("{a: k8sgen.yaml}", "a file of the profile is no configuration"),
        ("{a: dashboards/nodes.json, b: dashboards/nodes.json}", "two dashboards"),
        ("{a: {file: dashboards/nodes.json, folder: ''}}", "a folder needs a name"),
        ("{a: {file: dashboards/nodes.json, namespace: no}}", "there is no namespace `no`"),
        (
            "{a: {file: dashboards/nodes.json, labels: {grafana_dashboard: '1'}}}",
            "looks for this label",
        ),
        (
            "{a: {file: dashboards/nodes.json, folder: x, annotations: {grafana_folder: y}}}",
            "`folder` says this already",
        ),
    ] {
        with_file(&format!("dashboards: {dashboards}"), DASHBOARD)
            .render("")
            .mentions(&[message, "k8sgen.yaml:2"]);
    }
}

#[test]
fn a_dashboard_can_be_patched() {
    with_file(
        "
        dashboards: {nodes: dashboards/nodes.json}
        patches: {a: {target: ConfigMap/nodes, merge: {metadata: {labels: {team: a}}}}}
        ",
        DASHBOARD,
    )
    .render("")
    .has("ConfigMap/nodes", "metadata: {labels: {team: a, grafana_dashboard: \"1\"}}");
}

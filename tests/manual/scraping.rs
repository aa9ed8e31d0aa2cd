//! What Prometheus scrapes, and how it learns of it.

use crate::support::{shop, web};

/// A workload with a port for people and one for Prometheus.
const PORTS: &str = "ports: {http: 8080, metrics: 9090}\n";

#[test]
fn annotations_need_no_operator() {
    let project = web(&format!("{PORTS}scrape: metrics"));
    project.render("").has(
        "Deployment/web",
        r#"
        spec:
          template:
            metadata:
              annotations:
                prometheus.io/scrape: "true"
                prometheus.io/port: "9090"
                prometheus.io/path: null
        "#,
    );
    web(&format!("{PORTS}scrape: {{port: metrics, path: /m, scheme: https}}")).render("").has(
        "Deployment/web",
        "
        metadata: {annotations: null}
        spec: {template: {metadata: {annotations: {prometheus.io/path: /m, prometheus.io/scheme: https}}}}
        ",
    );
}

/// All Services of a workload share their labels, so the one that is scraped
/// has a label of its own.
#[test]
fn a_service_monitor_selects_one_service() {
    let project = web(&format!(
        "{PORTS}services: {{web: {{ports: [http]}}, web-all: {{}}, web-too: {{}}}}
scrape: {{port: metrics, by: service, interval: 15s, timeout: 10s}}"
    ));
    let selector = "spec: {selector: {matchLabels: {prometheus.io/service: web-all}}}";
    project.render("").has("ServiceMonitor/web", selector);
    project.render("").has(
        "ServiceMonitor/web",
        "
        apiVersion: monitoring.coreos.com/v1
        metadata: {namespace: shop, labels: {app.kubernetes.io/name: web}}
        spec:
          namespaceSelector: null
          endpoints: [{port: metrics, interval: 15s, scrapeTimeout: 10s}]
        ",
    );
    let labelled: Vec<String> = project
        .render("")
        .objects()
        .iter()
        .filter(|object| object["kind"].as_str() == Some("Service"))
        .filter_map(|object| {
            Some(object["metadata"]["labels"].get("prometheus.io/service")?.as_str()?.to_owned())
        })
        .collect();
    assert_eq!(labelled, ["web-all"]);
}

/// The name of a Service's port may be another than the container's.
#[test]
fn several_endpoints() {
    web(&format!(
        "{PORTS}services: {{web: {{ports: {{main: {{port: 80, target: http}}, more: {{port: 90, target: metrics}}}}}}}}
scrape:
  by: service
  service: web
  endpoints:
    metrics: {{}}
    app: {{port: http, path: /stats, params: {{format: [prometheus]}}}}"
    ))
    .render("")
    .has(
        "ServiceMonitor/web",
        "
        spec:
          endpoints:
          - {port: more}
          - {port: main, path: /stats, params: {format: [prometheus]}}
        ",
    );
    web(&format!("{PORTS}scrape: {{by: pod, endpoints: {{metrics: {{}}, http: {{path: /stats}}}}}}"))
        .render("")
        .has(
            "PodMonitor/web",
            "
            spec:
              selector: {matchLabels: {app.kubernetes.io/name: web, app.kubernetes.io/instance: shop}}
              podMetricsEndpoints:
              - {port: metrics}
              - {port: http, path: /stats}
            ",
        );
}

/// An environment says once how its monitoring works.
#[test]
fn an_environment_says_it_for_all() {
    let project = shop(
        "
        workloads:
          web: {image: a:1, ports: {metrics: 9090}, services: {web: {}}, scrape: metrics}
          job: {image: a:1, kind: CronJob, schedule: '@daily', ports: {metrics: 9090}, scrape: {port: metrics, by: pod}}
        ",
    );
    project.write(
        "overlays/prod.yaml",
        "
monitoring: {by: service, labels: {release: prometheus}, interval: 30s, namespace: watch}
namespaces: {watch: {create: false}}
",
    );
    let run = || project.render("--env prod");
    run().has(
        "ServiceMonitor/shop-web",
        "
        metadata: {namespace: watch, labels: {release: prometheus}}
        spec: {namespaceSelector: {matchNames: [shop]}, endpoints: [{port: metrics, interval: 30s}]}
        ",
    );
    run().has(
        "PodMonitor/shop-job",
        "
        metadata: {namespace: watch, labels: {release: prometheus}}
        spec: {namespaceSelector: {matchNames: [shop]}, podMetricsEndpoints: [{port: metrics, interval: 30s}]}
        ",
    );
    run().has("Service/web", "metadata: {namespace: shop, labels: {prometheus.io/service: web}}");
    // The development environment has no operator.
    assert!(!project.render("").names().iter().any(|name| name.starts_with("ServiceMonitor")));
}

#[test]
fn relabelings_are_the_operators_own() {
    web(&format!(
        "{PORTS}scrape:
  port: metrics
  by: pod
  honorLabels: true
  relabelings: [{{sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: node}}]
  metricRelabelings: [{{action: drop, sourceLabels: [__name__], regex: go_.*}}]"
    ))
    .render("")
    .has(
        "PodMonitor/web",
        "
        spec:
          podMetricsEndpoints:
          - port: metrics
            honorLabels: true
            relabelings: [{sourceLabels: [__meta_kubernetes_pod_node_name], targetLabel: node}]
            metricRelabelings: [{sourceLabels: [__name__], regex: go_.*, action: drop}]
        ",
    );
    for (part, parts) in [
        ("{action: drop, regx: a}", ["regx", "did you mean `regex`?"]),
        ("{action: drp}", ["no action `drp`", "did you mean `drop`?"]),
        ("{sourceLabels: [a]}", ["`replace` needs `targetLabel`", ""]),
        ("{action: hashmod, targetLabel: a}", ["needs a `modulus`", ""]),
        ("{action: drop, modulus: 2}", ["belongs to the action `hashmod`", ""]),
        ("{action: drop, regex: [a]}", ["regex", ""]),
    ] {
        web(&format!("{PORTS}scrape: {{port: metrics, by: pod, relabelings: [{part}]}}"))
            .render("")
            .mentions(&parts);
    }
}

#[test]
fn a_port_that_is_not_there() {
    web("ports: {metrics: 9090}\nscrape: metric").render("").says(
        "
        error: the workload has no port `metric`
         --> k8sgen.yaml:6:13
          |
        6 |     scrape: metric
          |             ^^^^^^ did you mean `metrics`?
        ",
    );
    web("ports: {dns: {port: 53, protocol: UDP}}\nscrape: dns").render("").mentions(&["TCP"]);
}

#[test]
fn a_service_that_does_not_lead_there() {
    web(&format!(
        "{PORTS}services: {{web: {{ports: [http]}}}}\nscrape: {{port: metrics, by: service}}"
    ))
    .render("")
    .says(
        "
            error: no Service of `web` leads to the port `metrics`
             --> k8sgen.yaml:7:20
              |
            7 |     scrape: {port: metrics, by: service}
              |                    ^^^^^^^
              |
              = help: `services: {web-metrics: {headless: true, ports: [metrics]}}`, or `by: pod`
            ",
    );
    let two = "services: {a: {ports: [http]}, b: {ports: [metrics]}}\n";
    web(&format!("{PORTS}{two}scrape: {{by: service, endpoints: {{http: {{}}, metrics: {{}}}}}}"))
        .render("")
        .mentions(&["no one Service of `web` leads to all of these ports", "k8sgen.yaml:7"]);
    web(&format!("{PORTS}{two}scrape: {{port: metrics, by: service, service: a}}"))
        .render("")
        .mentions(&["the Service `a` does not lead to the port `metrics`"]);
    web(&format!("{PORTS}{two}scrape: {{port: metrics, by: service, service: c}}"))
        .render("")
        .mentions(&["`web` has no Service `c`"]);
    let own = "services: {a: {labels: {prometheus.io/service: x}}}\n";
    web(&format!("{PORTS}{own}scrape: {{port: metrics, by: service}}"))
        .render("")
        .mentions(&["`prometheus.io/service`; do not set it"]);
}

#[test]
fn what_does_not_belong_together() {
    for (scrape, message) in [
        ("{port: metrics, interval: 15s}", "`interval` belongs to `by: service` or `by: pod`"),
        ("{port: metrics, honorLabels: true}", "`honorLabels` belongs to"),
        ("{port: metrics, service: web}", "`service` belongs to `by: service`"),
        ("{port: metrics, by: pod, service: web}", "`service` belongs to `by: service`"),
        ("{endpoints: {metrics: {}, http: {}}}", "annotations name one endpoint"),
        ("{port: metrics, by: pod, endpoints: {http: {}}}", "exclude each other"),
        ("{by: pod, path: /x, endpoints: {http: {}}}", "`path` belongs to `port`"),
        ("{by: pod, endpoints: {}}", "at least one endpoint"),
        ("{by: pod}", "needs a port"),
        ("{by: pod, endpoints: {http: {}, again: http}}", "this is scraped twice"),
        ("{port: metrics, by: pod, interval: 10s, timeout: 15s}", "longer than the interval"),
        ("{port: metrics, by: pod, interval: 0s}", "longer than 0s"),
        ("{port: metrics, by: pod, params: {a: []}}", "needs a value"),
        ("{port: metrics, path: metrics}", "does not start with `/`"),
        ("{port: metrics, path: '/m?a=b'}", "write them under `params`"),
    ] {
        web(&format!("{PORTS}scrape: {scrape}")).render("").mentions(&[message, "k8sgen.yaml:6"]);
    }
    web(&format!("{PORTS}scrape: metrics\npodAnnotations: {{prometheus.io/scrape: 'false'}}"))
        .render("")
        .mentions(&["`scrape` sets `prometheus.io/scrape`"]);
}

/// What is said for all and has no effect on any.
#[test]
fn settings_that_nothing_uses() {
    let workload = "workloads: {web: {image: 'a:1', ports: {m: 1}, scrape: m}}\n";
    for (monitoring, message) in [
        ("{interval: 30s}", "Prometheus' own settings say how often"),
        ("{labels: {release: p}}", "no monitors and no rules"),
        ("{namespace: shop}", "nothing that would live there"),
        ("{namespace: other}", "there is no namespace `other`"),
    ] {
        shop(&format!("monitoring: {monitoring}\n{workload}")).render("").mentions(&[message]);
    }
    // They may stand ready.
    shop("monitoring: {interval: 30s}").render("").succeeds();
}

/// An environment chooses another form, and what belonged to the old one goes.
#[test]
fn an_environment_scrapes_another_way() {
    let project = web(&format!("{PORTS}scrape: {{port: metrics, path: /m}}"));
    project.write(
        "overlays/prod.yaml",
        "workloads: {web: {scrape: {by: pod, endpoints: {http: {}, metrics: {}}}}}\n",
    );
    project
        .render("--env prod")
        .has("PodMonitor/web", "spec: {podMetricsEndpoints: [{port: http}, {port: metrics}]}");
    project.write("overlays/prod.yaml", "workloads: {web: {scrape: null}}\n");
    project
        .render("--env prod")
        .has("Deployment/web", "spec: {template: {metadata: {annotations: null}}}");
}

/// What the model does not know is a patch away.
#[test]
fn a_monitor_can_be_patched() {
    let project = shop(
        "
        workloads: {web: {image: 'a:1', ports: {m: 9090}, scrape: {port: m, by: pod}}}
        patches: {limit: {target: PodMonitor/web, merge: {spec: {sampleLimit: 1000}}}}
        ",
    );
    project
        .render("")
        .has("PodMonitor/web", "spec: {sampleLimit: 1000, podMetricsEndpoints: [{port: m}]}");
}

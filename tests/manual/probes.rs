//! Probes: how Kubernetes learns whether a container works.

use crate::support::web;

#[test]
fn the_four_ways_of_asking() {
    let project = web("
        ports: {http: 8080, grpc: 9000}
        probes:
          startup: {grpc: grpc/health, failureThreshold: 30}
          liveness: {http: http/healthz, initialDelay: 30s, period: 10s, timeout: 5s}
          readiness: {tcp: http, successThreshold: 2}
        containers:
          redis: {image: 'redis:7', probes: {liveness: {exec: [redis-cli, ping]}}}
        ");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - startupProbe: {grpc: {port: 9000, service: health}, failureThreshold: 30}
                livenessProbe:
                  httpGet: {path: /healthz, port: http}
                  initialDelaySeconds: 30
                  periodSeconds: 10
                  timeoutSeconds: 5
                readinessProbe: {tcpSocket: {port: http}, successThreshold: 2}
              - livenessProbe: {exec: {command: [redis-cli, ping]}}
        ",
    );
}

#[test]
fn settings_of_http() {
    web("ports: {http: 8080}\nprobes: {liveness: {http: 8443/x, scheme: HTTPS, host: a, headers: {X-Probe: y}, terminationGracePeriod: 5s}}")
        .render("")
        .has(
            "Deployment/web",
            "
            spec:
              template:
                spec:
                  containers:
                  - livenessProbe:
                      httpGet:
                        scheme: HTTPS
                        path: /x
                        port: 8443
                        host: a
                        httpHeaders: [{name: X-Probe, value: y}]
                      terminationGracePeriodSeconds: 5
            ",
        );
}

#[test]
fn what_kubernetes_refuses() {
    let probes = |text: &str| web(&format!("ports: {{http: 8080}}\nprobes: {{{text}}}"));
    for (text, reason) in [
        ("liveness: {http: https/x}", "https"),
        ("liveness: {tcp: htpt}", "`http`"),
        ("liveness: {tcp: http, exec: [a]}", ""),
        ("liveness: {period: 5s}", ""),
        ("liveness: {tcp: http, successThreshold: 2}", "1"),
        ("startup: {tcp: http, successThreshold: 2}", "1"),
        ("readiness: {tcp: http, terminationGracePeriod: 5s}", ""),
        ("liveness: {tcp: http, period: 500ms}", "second"),
        ("liveness: {tcp: http, period: 0s}", "1s"),
        ("liveness: {tcp: http, scheme: HTTPS}", ""),
        ("liveness: {tcp: http, headers: {A: b}}", ""),
        ("liveness: {exec: []}", ""),
        ("live: {tcp: http}", "`liveness`"),
    ] {
        probes(text).render("").mentions(&["k8sgen.yaml:6", reason]);
    }
}

#[test]
fn init_containers_are_not_probed() {
    web("initContainers: {a: {image: 'a:1', probes: {liveness: {exec: [a]}}}}")
        .render("")
        .mentions(&["k8sgen.yaml:5"]);
    web("sidecars: {a: {image: 'a:1', probes: {startup: {exec: [a]}}}}").render("").succeeds();
}

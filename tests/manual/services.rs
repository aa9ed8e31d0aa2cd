//! Services: of a workload, and those that belong to none.

use crate::support::{shop, web};

#[test]
fn a_service_has_all_ports_of_its_workload() {
    web("ports: {http: 8080, dns: {port: 53, protocol: UDP}}\nservices: {web: {}}").render("").has(
        "Service/web",
        "
        metadata: {namespace: shop}
        spec:
          type: ClusterIP
          selector: {app.kubernetes.io/instance: shop, app.kubernetes.io/name: web}
          ports:
          - {name: http, port: 8080, targetPort: http, protocol: TCP}
          - {name: dns, port: 53, targetPort: dns, protocol: UDP}
        ",
    );
}

#[test]
fn some_ports_by_name() {
    web("ports: {http: 8080, admin: 9000}\nservices: {web: {ports: [http]}, admin: {ports: [admin]}}")
        .render("")
        .has("Service/web", "spec: {ports: [{name: http, port: 8080}]}");
}

#[test]
fn ports_with_other_numbers_and_names() {
    web("ports: {http: 8080}\nservices: {web: {ports: {http: 80, alt: {port: 81, target: http, appProtocol: http}, raw: {port: 82, target: 9999}}}}")
        .render("")
        .has(
            "Service/web",
            "
            spec:
              ports:
              - {name: http, port: 80, targetPort: http}
              - {name: alt, port: 81, targetPort: http, appProtocol: http}
              - {name: raw, port: 82, targetPort: 9999}
            ",
        );
}

#[test]
fn an_overlay_changes_one_port() {
    web("ports: {http: 8080}\nservices: {web: {ports: [http]}}")
        .file("overlays/dev.yaml", "workloads: {web: {services: {web: {type: NodePort, ports: {http: {nodePort: 30080}}}}}}")
        .render("")
        .has("Service/web", "spec: {type: NodePort, ports: [{name: http, port: 8080, nodePort: 30080}]}");
}

#[test]
fn headless() {
    web("ports: {p2p: 2001}\nservices: {peers: {headless: true, publishNotReadyAddresses: true}}")
        .render("")
        .has(
            "Service/peers",
            "spec: {clusterIP: None, publishNotReadyAddresses: true, ports: [{name: p2p, port: 2001}]}",
        );
}

#[test]
fn session_affinity() {
    for (text, spec) in [
        (
            "3h",
            "{sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}}}",
        ),
        ("ClientIP", "{sessionAffinity: ClientIP, sessionAffinityConfig: null}"),
        ("None", "{sessionAffinity: None}"),
    ] {
        web(&format!("ports: {{http: 80}}\nservices: {{web: {{sessionAffinity: {text}}}}}"))
            .render("")
            .has("Service/web", &format!("spec: {spec}"));
    }
    web("ports: {http: 80}\nservices: {web: {sessionAffinity: 25h}}").render("").mentions(&["6:"]);
}

#[test]
fn a_load_balancer() {
    let project = web("
        ports: {http: 8080}
        services:
          web:
            type: LoadBalancer
            externalTrafficPolicy: Local
            healthCheckNodePort: 30100
            loadBalancerSourceRanges: [203.0.113.0/24]
            loadBalancerClass: example.com/lb
            allocateLoadBalancerNodePorts: false
            annotations: {example.com/kind: internal}
        ");
    project.render("").has(
        "Service/web",
        "
        metadata: {annotations: {example.com/kind: internal}}
        spec:
          type: LoadBalancer
          externalTrafficPolicy: Local
          healthCheckNodePort: 30100
          loadBalancerSourceRanges: [203.0.113.0/24]
          loadBalancerClass: example.com/lb
          allocateLoadBalancerNodePorts: false
        ",
    );
}

#[test]
fn families_traffic_and_addresses() {
    let project = web("
        ports: {http: 8080}
        services:
          web:
            clusterIP: 10.0.0.10
            externalIPs: [203.0.113.7]
            internalTrafficPolicy: Local
            trafficDistribution: PreferClose
            ipFamilyPolicy: PreferDualStack
            ipFamilies: [IPv4, IPv6]
        ");
    project.render("").has(
        "Service/web",
        "
        spec:
          clusterIP: 10.0.0.10
          externalIPs: [203.0.113.7]
          internalTrafficPolicy: Local
          trafficDistribution: PreferClose
          ipFamilyPolicy: PreferDualStack
          ipFamilies: [IPv4, IPv6]
        ",
    );
}

#[test]
fn a_name_outside() {
    shop("services: {db: {type: ExternalName, externalName: db.example.com}}").render("").has(
        "Service/db",
        "spec: {type: ExternalName, externalName: db.example.com, selector: null}",
    );
}

#[test]
fn a_service_with_a_selector_of_its_own() {
    shop("services: {all: {selector: {tier: front}, ports: {http: 80}}}").render("").has(
        "Service/all",
        "spec: {selector: {tier: front}, ports: [{name: http, port: 80, targetPort: 80}]}",
    );
}

#[test]
fn what_a_type_has_no_use_for() {
    for text in [
        "type: ClusterIP, ports: {http: {nodePort: 30080}}",
        "headless: true, type: NodePort",
        "headless: true, clusterIP: 10.0.0.1",
        "loadBalancerSourceRanges: [10.0.0.0/8]",
        "externalTrafficPolicy: Local",
        "type: ExternalName, externalName: a.b",
        "externalName: a.b",
        "type: LoadBalancer, healthCheckNodePort: 30000",
        "selector: {a: b}",
        "ports: [htpt]",
        "ports: {alt: 81}",
        "ports: {http: {port: 80, target: htpt}}",
        "ports: {http: 80, alt: {port: 80, target: http}}",
    ] {
        web(&format!("ports: {{http: 8080}}\nservices: {{web: {{{text}}}}}"))
            .render("")
            .mentions(&["--> k8sgen.yaml:6:"]);
    }
}

#[test]
fn a_service_has_ports() {
    web("services: {web: {}}").render("").mentions(&["no ports", "k8sgen.yaml:5:16"]);
    shop("services: {db: {selector: {a: b}}}")
        .render("")
        .mentions(&["no ports", "k8sgen.yaml:2:12"]);
}

#[test]
fn an_empty_list_of_ports_is_refused() {
    web("ports: {http: 80}\nservices: {web: {ports: []}}").render("").mentions(&["k8sgen.yaml:6"]);
}

#[test]
fn a_node_port_is_taken_once() {
    web("ports: {a: 80, b: 81}\nservices: {web: {type: NodePort, ports: {a: {nodePort: 30080}, b: {nodePort: 30080}}}}")
        .render("")
        .mentions(&["30080", "k8sgen.yaml:6"]);
}

#[test]
fn two_services_of_one_name() {
    shop(
        "
        workloads:
          a: {image: 'a:1', ports: {http: 80}, services: {web: {}}}
          b: {image: 'b:1', ports: {http: 80}, services: {web: {}}}
        ",
    )
    .render("")
    .mentions(&["two Services are called `web`", "k8sgen.yaml:4", "k8sgen.yaml:3"]);
}

#[test]
fn nodes_give_ports_of_their_range() {
    let service = |range: &str| {
        shop(&format!(
            "{range}\nworkloads: {{web: {{image: 'w:1', ports: {{http: 80}}, services: {{web: {{type: NodePort, ports: {{http: {{nodePort: 20080}}}}}}}}}}}}"
        ))
        .render("")
    };
    service("")
        .mentions(&["nodes give Services ports of 30000-32767", "nodePortRange: 20000-32767"]);
    service("nodePortRange: 20000-32767").succeeds();
    service("nodePortRange: 32767-30000").mentions(&["the range ends before it begins"]);
}

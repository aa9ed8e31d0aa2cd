//! Containers: the main one, those beside it, and those before it.

use crate::support::{shop, web};

#[test]
fn the_program_and_its_surroundings() {
    let project = web("
        containerName: server
        pullPolicy: IfNotPresent
        command: [/server]
        args: [--port, \"80\"]
        workingDir: /app
        tty: true
        stdin: true
        terminationMessagePolicy: FallbackToLogsOnError
        securityContext: {readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
        ");
    project.render("").has(
        "Deployment/web",
        r#"
        spec:
          template:
            spec:
              containers:
              - name: server
                image: nginx:1
                imagePullPolicy: IfNotPresent
                command: [/server]
                args: [--port, "80"]
                workingDir: /app
                tty: true
                stdin: true
                terminationMessagePolicy: FallbackToLogsOnError
                securityContext: {readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
        "#,
    );
}

#[test]
fn ports_of_each_protocol() {
    let project = web("
        ports:
          http: 80
          dns: {port: 53, protocol: UDP}
          sig: {port: 2905, protocol: SCTP}
          node: {port: 9100, hostPort: 9100, hostIP: 127.0.0.1}
        ");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - ports:
                - {name: http, containerPort: 80, protocol: TCP}
                - {name: dns, containerPort: 53, protocol: UDP}
                - {name: sig, containerPort: 2905, protocol: SCTP}
                - {name: node, containerPort: 9100, protocol: TCP, hostPort: 9100, hostIP: 127.0.0.1}
        ",
    );
}

#[test]
fn resources() {
    let project = web("
        resources:
          requests: {cpu: 500m, memory: 512Mi}
          limits: {cpu: 2, memory: 2Gi, nvidia.com/gpu: 1, ephemeral-storage: 1Gi}
        ");
    project.render("").has(
        "Deployment/web",
        r#"
        spec:
          template:
            spec:
              containers:
              - resources:
                  requests: {cpu: 500m, memory: 512Mi}
                  limits: {cpu: "2", memory: 2Gi, nvidia.com/gpu: "1", ephemeral-storage: 1Gi}
        "#,
    );
}

#[test]
fn a_request_above_its_limit_is_refused() {
    web("resources: {requests: {memory: 1Gi}, limits: {memory: 512Mi}}")
        .render("")
        .mentions(&["k8sgen.yaml:5"]);
}

#[test]
fn more_containers_stand_beside_the_main_one() {
    let project = web("
        containers:
          log: {image: fluentd:1, ports: {log: 24224}}
          metrics: {image: exporter:1}
        ");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - {name: web}
              - {name: log, image: fluentd:1, ports: [{name: log, containerPort: 24224, protocol: TCP}]}
              - {name: metrics}
        ",
    );
}

#[test]
fn init_containers_run_first_and_in_their_order() {
    let project = web("initContainers: {b: {image: b:1}, a: {image: a:1}}");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              initContainers:
              - {name: b, image: b:1, restartPolicy: null}
              - {name: a, image: a:1, restartPolicy: null}
        ",
    );
}

#[test]
fn sidecars_are_native_ones() {
    let project =
        web("sidecars: {proxy: {image: proxy:1}}\ninitContainers: {setup: {image: setup:1}}");
    let pod = project.render("").object("Deployment/web")["spec"]["template"]["spec"].clone();
    let all = pod["initContainers"].as_sequence().unwrap();
    let proxy = all.iter().find(|container| container["name"] == "proxy").unwrap();
    assert_eq!(proxy["restartPolicy"].as_str(), Some("Always"));
    assert_eq!(all.len(), 2);
}

#[test]
fn native_sidecars_need_a_cluster_that_has_them() {
    web("sidecars: {proxy: {image: proxy:1}}")
        .render("--set kubernetes=1.27")
        .mentions(&["k8sgen.yaml:5", "1.2"]);
}

#[test]
fn containers_of_one_pod_have_names_of_their_own() {
    web("containers: {web: {image: b:1}}").render("").mentions(&["`web`", "k8sgen.yaml:5"]);
    web("containers: {a: {image: b:1}}\ninitContainers: {a: {image: b:1}}")
        .render("")
        .mentions(&["`a`", "k8sgen.yaml:"]);
}

/// Kubernetes lets two containers of a pod name a port alike, but no Service
/// can then have both.
#[test]
fn a_service_of_ports_that_share_a_name_is_refused() {
    web("ports: {http: 80}\nservices: {web: {}}\ncontainers: {b: {image: b:1, ports: {http: 81}}}")
        .render("")
        .mentions(&["`http`"]);
}

#[test]
fn an_image_is_named_or_written_out() {
    let project = shop(
        "
        images:
          nginx: {name: registry.example.com:5000/nginx, tag: \"1.10\", pullPolicy: Always}
        workloads:
          a: {image: nginx}
          b: {image: 'redis:7-alpine'}
          c: {image: nginx, pullPolicy: Never}
        ",
    );
    let pods = |part: &str| format!("spec: {{template: {{spec: {{containers: [{{{part}}}]}}}}}}");
    let image = "image: 'registry.example.com:5000/nginx:1.10'";
    project.render("").has("Deployment/a", &pods(&format!("{image}, imagePullPolicy: Always")));
    project.render("").has("Deployment/b", &pods("image: 'redis:7-alpine', imagePullPolicy: null"));
    project.render("").has("Deployment/c", &pods(&format!("{image}, imagePullPolicy: Never")));
}

#[test]
fn a_tag_that_looks_like_a_number_stays_as_it_is() {
    shop("images: {nginx: {name: nginx, tag: 1.10}}\nworkloads: {web: {image: nginx}}")
        .render("")
        .has("Deployment/web", "spec: {template: {spec: {containers: [{image: 'nginx:1.10'}]}}}");
}

#[test]
fn hooks() {
    let project = web("
        ports: {http: 80}
        lifecycle:
          postStart: {exec: [/bin/warm-up]}
          preStop: {sleep: 10s}
        ");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - lifecycle:
                  postStart: {exec: {command: [/bin/warm-up]}}
                  preStop: {sleep: {seconds: 10}}
        ",
    );
    web("ports: {http: 80}\nlifecycle: {preStop: {http: http/shutdown}}").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers: [{lifecycle: {preStop: {httpGet: {path: /shutdown, port: http}}}}]
        ",
    );
}

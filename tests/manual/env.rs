//! Environment variables.

use crate::support::{Run, shop, web};

/// The variables of the main container have these.
#[track_caller]
fn has_env(run: Run, part: &str) {
    let part = part.trim();
    run.has(
        "Deployment/web",
        &format!("spec: {{template: {{spec: {{containers: [{{env: {part}}}]}}}}}}"),
    );
}

#[test]
fn literals_are_text_as_it_stands() {
    has_env(
        web(r#"env: {A: info, B: 8080, C: 1.10, D: true, E: "", F: yes, G: 0x1F}"#).render(""),
        r#"[{name: A, value: info}, {name: B, value: "8080"}, {name: C, value: "1.10"},
            {name: D, value: "true"}, {name: E, value: ""}, {name: F, value: "yes"},
            {name: G, value: "0x1F"}]"#,
    );
}

#[test]
fn keys_of_config_maps_and_secrets() {
    let project = shop(
        "
        config: {app: {data: {LEVEL: info}}}
        secrets: {keys: {keys: [API], optionalKeys: [EXTRA], from: existing}}
        workloads:
          web:
            image: nginx:1
            env:
              A: {config: app/LEVEL}
              B: {secret: keys/API}
              C: {secret: keys/EXTRA}
              D: {secret: keys/API, optional: true}
        ",
    );
    has_env(
        project.render(""),
        "[{name: A, valueFrom: {configMapKeyRef: {name: app, key: LEVEL}}},
          {name: B, valueFrom: {secretKeyRef: {name: keys, key: API, optional: null}}},
          {name: C, valueFrom: {secretKeyRef: {name: keys, key: EXTRA, optional: true}}},
          {name: D, valueFrom: {secretKeyRef: {name: keys, key: API, optional: true}}}]",
    );
}

#[test]
fn references_are_checked() {
    let project = |value: &str| {
        shop(&format!(
            "config: {{app: {{data: {{LEVEL: info}}}}}}\nsecrets: {{keys: {{keys: [API], from: existing}}}}\n\
             workloads: {{web: {{image: 'nginx:1', env: {{\n  A: {value}}}}}}}\n"
        ))
    };
    project("{config: app/LEVLE}").render("").mentions(&["LEVLE", "k8sgen.yaml:5:15", "`LEVEL`"]);
    project("{config: ap/LEVEL}").render("").mentions(&["`ap`", "k8sgen.yaml:5:15", "`app`"]);
    project("{secret: keys/APY}").render("").mentions(&["APY", "k8sgen.yaml:5:15", "`API`"]);
    project("{config: app}").render("").mentions(&["k8sgen.yaml:5:15"]);
    project("{config: app/LEVEL, secret: keys/API}").render("").mentions(&["k8sgen.yaml:5"]);
    project("{}").render("").mentions(&["k8sgen.yaml:5:6"]);
    project("{optional: true}").render("").mentions(&["k8sgen.yaml:5"]);
    project("{value: x, optional: true}").render("").mentions(&["optional", "k8sgen.yaml:5"]);
    project("{value: x, part: host}").render("").mentions(&["part", "k8sgen.yaml:5"]);
    project("{field: metadata.nmae}").render("").mentions(&["k8sgen.yaml:5:14", "metadata.name"]);
    project("{resource: limits.disk}").render("").mentions(&["k8sgen.yaml:5:17"]);
}

#[test]
fn fields_and_resources_of_the_pod() {
    let project = web("
        resources: {limits: {memory: 1Gi, cpu: 1}}
        env:
          NAME: {field: metadata.name}
          APP: {field: \"metadata.labels['app.kubernetes.io/name']\"}
          MEMORY: {resource: limits.memory, divisor: 1Mi}
          CPU: {resource: limits.cpu, container: web}
        ");
    has_env(
        project.render(""),
        "[{name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}},
          {name: APP, valueFrom: {fieldRef: {fieldPath: \"metadata.labels['app.kubernetes.io/name']\"}}},
          {name: MEMORY, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}},
          {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, containerName: web}}}]",
    );
    web("env: {A: {resource: limits.cpu, container: other}}").render("").mentions(&["`other`"]);
}

#[test]
fn an_address_is_looked_up() {
    let project = |value: &str| {
        shop(&format!(
            "
            workloads:
              redis: {{image: 'redis:7', ports: {{redis: 6379}}, services: {{redis: {{ports: {{redis: 80}}}}}}}}
              db: {{image: 'db:1', kind: StatefulSet, replicas: 2, ports: {{sql: 5432}}}}
              web:
                image: 'nginx:1'
                env:
                  A: {value}
            "
        ))
    };
    for (value, text) in [
        ("{address: redis/redis}", "redis.shop.svc.cluster.local:80"),
        ("{address: redis/80}", "redis.shop.svc.cluster.local:80"),
        ("{address: redis/redis, part: host}", "redis.shop.svc.cluster.local"),
        ("{address: redis/redis, part: port}", "80"),
        (
            "{address: redis/redis, prefix: 'redis://', suffix: /0}",
            "redis://redis.shop.svc.cluster.local:80/0",
        ),
        ("{address: db-headless/sql}", "db-headless.shop.svc.cluster.local:5432"),
        ("{address: db-headless/sql, pod: 1}", "db-1.db-headless.shop.svc.cluster.local:5432"),
    ] {
        has_env(project(value).render(""), &format!("[{{name: A, value: '{text}'}}]"));
    }
    has_env(
        project("{address: redis/redis}")
            .render("--set clusterDomain=k8s.example --set namespace=prod"),
        "[{name: A, value: 'redis.prod.svc.k8s.example:80'}]",
    );
    project("{address: rediss/redis}").render("").mentions(&["no Service `rediss`", "8:20"]);
    project("{address: redis/rediss}").render("").mentions(&["no port `rediss`", "8:20"]);
    project("{address: redis}").render("").mentions(&["8:20"]);
    project("{address: db-headless/sql, pod: 2}").render("").mentions(&["2 pods", "8:42"]);
    project("{address: redis/redis, pod: 0}").render("").mentions(&["StatefulSet", "8:38"]);
}

#[test]
fn variables_refer_to_each_other() {
    has_env(
        web("env: {HOST: a, PORT: '80', URL: 'http://$(HOST):$(PORT)/', TEXT: $$(NAME)}")
            .render(""),
        "[{name: HOST}, {name: PORT}, {name: URL, value: 'http://$(HOST):$(PORT)/'},
          {name: TEXT, value: $$(NAME)}]",
    );
    web("env: {HOST: a, URL: 'http://$(HOTS)/'}").render("").mentions(&[
        "HOTS",
        "k8sgen.yaml:5:25",
        "`HOST`",
    ]);
}

/// Kubernetes replaces only variables that stand before: a later one would stay
/// as `$(NAME)` in the pod.
#[test]
fn a_variable_comes_before_those_that_refer_to_it() {
    let run = web("env: {URL: 'http://$(HOST)/', HOST: a}").render("");
    if run.status == 2 {
        return run.mentions(&["HOST", "k8sgen.yaml:5"]);
    }
    has_env(run, "[{name: HOST, value: a}, {name: URL, value: 'http://$(HOST)/'}]");
}

#[test]
fn all_keys_at_once() {
    let project = shop(
        "
        config: {app: {data: {LEVEL: info}}}
        secrets: {keys: {keys: [API], from: existing}}
        workloads:
          web:
            image: nginx:1
            envFrom:
            - {config: app}
            - {secret: keys, prefix: KEY_, optional: true}
        ",
    );
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - envFrom:
                - {configMapRef: {name: app}}
                - {prefix: KEY_, secretRef: {name: keys, optional: true}}
        ",
    );
    web("envFrom: [{config: app}]").render("").mentions(&["`app`", "k8sgen.yaml:5:24"]);
    web("envFrom: [{prefix: A_}]").render("").mentions(&["k8sgen.yaml:5"]);
}

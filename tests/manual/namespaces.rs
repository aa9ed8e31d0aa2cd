//! Several namespaces in one system.

use crate::support::{name_of, shop};

#[test]
fn each_is_made_unless_it_is_made_elsewhere() {
    let objects = shop("namespaces: {jobs: {labels: {team: data}}, given: {create: false}}")
        .render("--only Namespace")
        .objects();
    let names: Vec<String> = objects.iter().map(name_of).collect();
    assert_eq!(names, ["Namespace/jobs", "Namespace/shop"]);
    assert_eq!(objects[0]["metadata"]["labels"]["team"], "data");
}

#[test]
fn all_of_a_workload_lives_where_it_says() {
    let objects = shop(
        "
        namespaces: {jobs: {}}
        workloads:
          nightly:
            namespace: jobs
            kind: StatefulSet
            image: batch:1
            ports: {http: 80}
            serviceAccount: nightly
            mounts: {/data: {claim: data, size: 1Gi}}
            scale: {max: 3, cpu: 500m}
            disruption: {maxUnavailable: 1}
        ",
    )
    .render("")
    .objects();
    let own = objects.iter().filter(|object| object["kind"] != "Namespace");
    for object in own {
        assert_eq!(object["metadata"]["namespace"], "jobs", "{}", name_of(object));
    }
}

const APART: &str = "
namespaces: {jobs: {}}
config: {app: {data: {LEVEL: info}}}
secrets: {keys: {from: {literals: {API: one}}}}
workloads:
  web:
    image: web:1
    ports: {http: 8080}
    services: {web: {}}
    env: {LEVEL: {config: app/LEVEL}}
  batch:
    namespace: jobs
    kind: Job
    image: batch:1
    env: {WEB: {address: web/http}, LEVEL: {config: app/LEVEL}, API: {secret: keys/API}}
    waitFor: [web/http]
";

#[test]
fn addresses_lead_into_other_namespaces() {
    shop(APART).render("").has(
        "Job/batch",
        "
        spec:
          template:
            spec:
              containers:
              - env:
                - {name: WEB, value: 'web.shop.svc.cluster.local:8080'}
                - {name: LEVEL}
                - {name: API}
        ",
    );
}

#[test]
fn what_pods_read_is_made_where_they_run() {
    let homes = |kind: &str| -> Vec<String> {
        let objects = shop(APART).render(&format!("--only {kind}")).objects();
        let home = |object: &serde_yaml::Value| {
            object["metadata"]["namespace"].as_str().map(str::to_owned)
        };
        objects.iter().filter_map(home).collect()
    };
    assert_eq!(homes("ConfigMap"), ["jobs", "shop"]);
    assert_eq!(homes("Secret"), ["jobs"]);
}

#[test]
fn what_says_where_it_lives_is_read_there_alone() {
    shop(APART)
        .file("overlays/dev.yaml", "tier: development\nconfig: {app: {namespace: jobs}}\n")
        .render("")
        .says(
            "
            error: `app` lives in the namespace `jobs`, and these pods in `shop`
              --> k8sgen.yaml:10:27
               |
            10 |     env: {LEVEL: {config: app/LEVEL}}
               |                           ^^^^^^^^^
               |
              ::: overlays/dev.yaml:2:27
               |
             2 | config: {app: {namespace: jobs}}
               |                           ---- without this it is made wherever it is read
            ",
        );
}

#[test]
fn a_namespace_must_be_known() {
    shop("namespaces: {jobs: {}}\nworkloads: {batch: {kind: Job, image: 'b:1', namespace: job}}")
        .render("")
        .mentions(&["there is no namespace `job` under `namespaces`", "did you mean `jobs`?"]);
}

#[test]
fn services_of_one_name_are_told_apart_by_their_namespace() {
    let twins = |reference: &str| {
        shop(&format!(
            "
            namespaces: {{jobs: {{}}}}
            workloads:
              cache: {{image: 'r:1', ports: {{redis: 6379}}, services: {{redis: {{}}}}}}
              queue: {{image: 'r:1', namespace: jobs, ports: {{redis: 6379}}, services: {{redis: {{}}}}}}
              web: {{image: 'w:1', env: {{REDIS: {{address: {reference}}}}}}}
            "
        ))
        .render("")
    };
    twins("redis/redis").mentions(&[
        "several namespaces have a Service `redis`",
        "say which one: `NAMESPACE/redis/redis`",
    ]);
    twins("jobs/redis/redis").has(
        "Deployment/web",
        "spec: {template: {spec: {containers: [{env: [{name: REDIS, value: 'redis.jobs.svc.cluster.local:6379'}]}]}}}",
    );
}

#[test]
fn pods_come_near_those_of_another_namespace() {
    shop(
        "
        namespaces: {jobs: {}}
        workloads:
          web: {image: 'w:1'}
          batch: {namespace: jobs, image: 'b:1', near: {web: preferred}}
        ",
    )
    .render("")
    .has(
        "Deployment/batch",
        "
        spec:
          template:
            spec:
              affinity:
                podAffinity:
                  preferredDuringSchedulingIgnoredDuringExecution:
                  - podAffinityTerm: {namespaces: [shop]}
        ",
    );
}

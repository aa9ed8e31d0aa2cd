//! Workloads: every kind, and what belongs to each.

use crate::support::{shop, web};

#[test]
fn a_deployment_is_what_there_is_without_a_kind() {
    web("replicas: 2").render("--only Deployment").prints(
        "
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
          labels:
            app.kubernetes.io/instance: shop
            app.kubernetes.io/managed-by: k8sgen
            app.kubernetes.io/name: web
            app.kubernetes.io/part-of: shop
            app.kubernetes.io/version: \"1\"
        spec:
          replicas: 2
          selector:
            matchLabels:
              app.kubernetes.io/instance: shop
              app.kubernetes.io/name: web
          template:
            metadata:
              labels:
                app.kubernetes.io/instance: shop
                app.kubernetes.io/managed-by: k8sgen
                app.kubernetes.io/name: web
                app.kubernetes.io/part-of: shop
                app.kubernetes.io/version: \"1\"
            spec:
              automountServiceAccountToken: false
              containers:
              - name: web
                image: nginx:1
        ",
    );
}

#[test]
fn rollouts_of_a_deployment() {
    let project = web("
        strategy: {maxSurge: 1, maxUnavailable: 25%}
        minReady: 10s
        progressDeadline: 10m
        revisionHistoryLimit: 3
        ");
    project.render("").has(
        "Deployment/web",
        "
        spec:
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}
          minReadySeconds: 10
          progressDeadlineSeconds: 600
          revisionHistoryLimit: 3
        ",
    );
    web("strategy: Recreate")
        .render("")
        .has("Deployment/web", "spec: {strategy: {type: Recreate}}");
}

#[test]
fn bounds_that_allow_no_progress_are_refused() {
    web("strategy: {maxSurge: 0, maxUnavailable: 0%}").render("").mentions(&["k8sgen.yaml:5"]);
    // As many new pods at once as a Deployment likes; a node has one more.
    web("strategy: {maxSurge: 200%}").render("").has(
        "Deployment/web",
        "spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 200%}}}",
    );
    web("kind: DaemonSet\nstrategy: {maxSurge: 200%}")
        .render("")
        .mentions(&["on each node there is at most one more pod: up to 100%"]);
}

#[test]
fn a_stateful_set_gets_the_service_that_names_its_pods() {
    let project = web("kind: StatefulSet\nports: {http: 80}");
    assert_eq!(
        project.render("").names(),
        ["Namespace/shop", "Service/web-headless", "StatefulSet/web"]
    );
    project.render("").has("StatefulSet/web", "spec: {serviceName: web-headless}");
    project.render("").has(
        "Service/web-headless",
        "spec: {clusterIP: None, ports: [{name: http, port: 80, targetPort: http, protocol: TCP}]}",
    );
}

#[test]
fn a_stateful_set_takes_the_headless_service_it_has() {
    let project =
        web("kind: StatefulSet\nports: {http: 80}\nservices: {peers: {headless: true}, web: {}}");
    project.render("").has("StatefulSet/web", "spec: {serviceName: peers}");
}

#[test]
fn of_several_headless_services_one_must_be_named() {
    let two = "kind: StatefulSet\nservices: {a: {headless: true}, b: {headless: true}}";
    web(two).render("").mentions(&["governingService"]);
    web(&format!("{two}\ngoverningService: b"))
        .render("")
        .has("StatefulSet/web", "spec: {serviceName: b}");
    web(&format!("{two}\ngoverningService: c")).render("").mentions(&["not a headless Service"]);
}

#[test]
fn rollouts_of_a_stateful_set() {
    let project = web("
        kind: StatefulSet
        replicas: 3
        strategy: {partition: 2}
        podManagementPolicy: Parallel
        claimRetention: {whenDeleted: Retain, whenScaled: Delete}
        ");
    project.render("").has(
        "StatefulSet/web",
        "
        spec:
          replicas: 3
          updateStrategy: {type: RollingUpdate, rollingUpdate: {partition: 2}}
          podManagementPolicy: Parallel
          persistentVolumeClaimRetentionPolicy: {whenDeleted: Retain, whenScaled: Delete}
        ",
    );
    web("kind: StatefulSet\nstrategy: OnDelete")
        .render("")
        .has("StatefulSet/web", "spec: {updateStrategy: {type: OnDelete, rollingUpdate: null}}");
}

#[test]
fn a_daemon_set() {
    let project = web("kind: DaemonSet\nstrategy: {maxUnavailable: 10%}");
    project.render("").has(
        "DaemonSet/web",
        "spec: {replicas: null, updateStrategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 10%}}}",
    );
    // Surge and unavailability exclude each other, and Kubernetes' default is 1.
    web("kind: DaemonSet\nstrategy: {maxSurge: 1}").render("").has(
        "DaemonSet/web",
        "spec: {updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}}",
    );
    web("kind: DaemonSet\nstrategy: OnDelete")
        .render("")
        .has("DaemonSet/web", "spec: {updateStrategy: {type: OnDelete}}");
}

#[test]
fn a_job() {
    let project = web("
        kind: Job
        job:
          completions: 3
          parallelism: 2
          completionMode: Indexed
          backoffLimit: 4
          deadline: 1h
          ttl: 1d
          restartPolicy: Never
          suspend: true
        ");
    project.render("").has(
        "Job/web",
        "
        spec:
          completions: 3
          parallelism: 2
          completionMode: Indexed
          backoffLimit: 4
          activeDeadlineSeconds: 3600
          ttlSecondsAfterFinished: 86400
          suspend: true
          selector: null
          template: {spec: {restartPolicy: Never}}
        ",
    );
    web("kind: Job")
        .render("")
        .has("Job/web", "spec: {template: {spec: {restartPolicy: OnFailure}}}");
}

#[test]
fn a_cron_job() {
    let project = web("
        kind: CronJob
        schedule:
          cron: 0 2 * * *
          timeZone: Europe/Berlin
          concurrencyPolicy: Forbid
          startingDeadline: 10m
          successfulJobsHistoryLimit: 1
          failedJobsHistoryLimit: 2
          suspend: false
        job: {backoffLimit: 0}
        ");
    project.render("").has(
        "CronJob/web",
        "
        spec:
          schedule: 0 2 * * *
          timeZone: Europe/Berlin
          concurrencyPolicy: Forbid
          startingDeadlineSeconds: 600
          successfulJobsHistoryLimit: 1
          failedJobsHistoryLimit: 2
          suspend: false
          jobTemplate: {spec: {backoffLimit: 0, template: {spec: {restartPolicy: OnFailure}}}}
        ",
    );
    web("kind: CronJob\nschedule: '@daily'")
        .render("")
        .has("CronJob/web", "spec: {schedule: '@daily'}");
    web("kind: CronJob").render("").mentions(&["a CronJob needs a `schedule`", "k8sgen.yaml:5"]);
}

#[test]
fn a_kind_refuses_what_it_has_no_use_for() {
    let cases = [
        ("DaemonSet", "replicas: 2"),
        ("DaemonSet", "scale: {max: 2, cpu: 80%}"),
        ("DaemonSet", "progressDeadline: 5m"),
        ("Job", "replicas: 2"),
        ("Job", "strategy: Recreate"),
        ("Job", "disruption: {minAvailable: 1}"),
        ("Job", "schedule: '@daily'"),
        ("Job", "selector: {app: web}"),
        ("Deployment", "job: {ttl: 1d}"),
        ("Deployment", "schedule: '@daily'"),
        ("Deployment", "claimRetention: {whenDeleted: Delete}"),
        ("Deployment", "podManagementPolicy: Parallel"),
        ("Deployment", "governingService: web"),
        ("Deployment", "strategy: OnDelete"),
        ("Deployment", "strategy: {partition: 1}"),
        ("StatefulSet", "strategy: Recreate"),
        ("StatefulSet", "strategy: {maxSurge: 1}"),
        ("StatefulSet", "progressDeadline: 5m"),
        ("DaemonSet", "strategy: {partition: 1}"),
        ("DaemonSet", "strategy: {type: OnDelete, maxSurge: 1}"),
    ];
    for (kind, text) in cases {
        web(&format!("kind: {kind}\n{text}")).render("").mentions(&["k8sgen.yaml:6:"]);
    }
}

#[test]
fn names_that_would_become_too_long() {
    let name = "a".repeat(53);
    for kind in ["CronJob\n    schedule: '@daily'", "StatefulSet"] {
        shop(&format!("workloads:\n  {name}:\n    image: nginx:1\n    kind: {kind}\n"))
            .render("")
            .mentions(&["at most 52 characters", "k8sgen.yaml:3:3"]);
    }
    shop(&format!("workloads:\n  {}:\n    image: nginx:1\n", "a".repeat(64)))
        .render("")
        .mentions(&["k8sgen.yaml:3:3", "63"]);
}

#[test]
fn an_account_is_made_where_it_is_named() {
    let project = web("serviceAccount: {name: web, annotations: {example.org/role: reader}}");
    project.render("").has(
        "ServiceAccount/web",
        "
        metadata: {namespace: shop, annotations: {example.org/role: reader}}
        automountServiceAccountToken: false
        ",
    );
    project.render("").has("Deployment/web", "spec: {template: {spec: {serviceAccountName: web}}}");
}

#[test]
fn an_account_that_is_made_elsewhere() {
    let project = web("serviceAccount: {name: default, existing: true}\nautomountToken: true");
    assert_eq!(project.render("").names(), ["Namespace/shop", "Deployment/web"]);
    project.render("").has(
        "Deployment/web",
        "spec: {template: {spec: {serviceAccountName: default, automountServiceAccountToken: true}}}",
    );
}

#[test]
fn two_workloads_share_an_account() {
    let project = shop(
        "
        workloads:
          a: {image: a:1, serviceAccount: shared}
          b: {image: b:1, serviceAccount: shared}
        ",
    );
    assert_eq!(
        project.render("").names(),
        ["Namespace/shop", "ServiceAccount/shared", "Deployment/a", "Deployment/b"]
    );
    shop(
        "
        workloads:
          a: {image: a:1, serviceAccount: {name: shared, labels: {a: b}}}
          b: {image: b:1, serviceAccount: shared}
        ",
    )
    .render("")
    .mentions(&["two workloads describe the account `shared` differently"]);
}

#[test]
fn settings_of_the_pods() {
    let overlay = "tier: development\nsecrets: {registry: {from: existing}}";
    let project = web("
        terminationGracePeriod: 1m30s
        imagePullSecrets: [registry]
        hostname: web
        shareProcessNamespace: true
        enableServiceLinks: false
        podSecurityContext: {runAsNonRoot: true, runAsUser: 1000}
        ")
    .file("overlays/dev.yaml", overlay);
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              terminationGracePeriodSeconds: 90
              imagePullSecrets: [{name: registry}]
              hostname: web
              shareProcessNamespace: true
              enableServiceLinks: false
              securityContext: {runAsNonRoot: true, runAsUser: 1000}
        ",
    );
}

#[test]
fn host_namespaces() {
    web("kind: DaemonSet\nhostNetwork: true\nhostPID: true\nhostIPC: true\nports: {http: 9100}")
        .render("")
        .has(
            "DaemonSet/web",
            "
            spec:
              template:
                spec:
                  hostNetwork: true
                  hostPID: true
                  hostIPC: true
                  containers: [{ports: [{name: http, containerPort: 9100, protocol: TCP}]}]
            ",
        );
}

#[test]
fn waiting_for_services() {
    let project = shop(
        "
        workloads:
          redis: {image: 'redis:7', ports: {redis: 6379}, services: {redis: {}}}
          web: {image: 'nginx:1', waitFor: [redis/redis]}
        ",
    );
    let pod = project.render("").object("Deployment/web")["spec"]["template"]["spec"].clone();
    let waiting = &pod["initContainers"][0];
    assert_eq!(waiting["image"].as_str(), Some("busybox:1.37"));
    let command = serde_yaml::to_string(waiting).unwrap();
    assert!(command.contains("redis.shop.svc.cluster.local"), "{command}");
    assert!(command.contains("6379"), "{command}");
    project.render("--set waitImage=registry.example.com/busybox:1").has(
        "Deployment/web",
        "
            spec: {template: {spec: {initContainers: [{image: 'registry.example.com/busybox:1'}]}}}
        ",
    );
}

#[test]
fn what_is_waited_for_must_exist() {
    let project = |wait: &str| {
        shop(&format!(
            "
            workloads:
              redis: {{image: 'redis:7', ports: {{redis: 6379}}, services: {{redis: {{}}}}}}
              web:
                image: 'nginx:1'
                waitFor: [{wait}]
            "
        ))
    };
    project("redis/6379").render("").succeeds();
    project("rediss/redis").render("").mentions(&["no Service `rediss`", "6:15", "`redis`?"]);
    project("redis/http").render("").mentions(&["has no port `http`", "6:15", "`redis`"]);
    project("redis").render("").mentions(&["k8sgen.yaml:6:15"]);
}

#[test]
fn time_zones_are_those_of_the_database() {
    shop("workloads: {a: {kind: CronJob, image: 'a:1', schedule: {cron: '@daily', timeZone: Europe/Berln}}}")
        .render("")
        .mentions(&["this is not a time zone", "did you mean `Europe/Berlin`?"]);
}

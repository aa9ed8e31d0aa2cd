//! Rules of Prometheus: the user's own, and ready alerts of workloads.

use crate::support::{shop, web};

#[test]
fn groups_of_rules() {
    shop(
        r#"
        rules:
          chain:
            interval: 1m
            records:
              chain:blocks:rate5m: {expr: 'sum by (pod) (rate(blocks_total[5m]))', labels: {team: chain}}
              chain:peers: sum(peers)
            alerts:
              NoBlocks:
                expr: increase(blocks_total[10m]) == 0
                for: 10m
                keepFiringFor: 5m
                severity: critical
                labels: {team: chain}
                annotations: {summary: "{{ $labels.pod }} makes no blocks", description: "${{ $value }} <%= y %>"}
                runbook: https://wiki.example.com/blocks
        "#
    )
    .render("")
    .has(
        "PrometheusRule/chain",
        r#"
        apiVersion: monitoring.coreos.com/v1
        metadata: {namespace: shop}
        spec:
          groups:
          - name: chain
            interval: 1m
            rules:
            - record: chain:blocks:rate5m
              expr: sum by (pod) (rate(blocks_total[5m]))
              labels: {team: chain}
            - record: chain:peers
              expr: sum(peers)
            - alert: NoBlocks
              expr: increase(blocks_total[10m]) == 0
              for: 10m
              keep_firing_for: 5m
              labels: {severity: critical, team: chain}
              annotations:
                summary: "{{ $labels.pod }} makes no blocks"
                description: "${{ $value }} <%= y %>"
                runbook_url: https://wiki.example.com/blocks
        "#,
    );
}

#[test]
fn an_expression_is_read_by_a_parser() {
    shop("rules: {a: {alerts: {Many: {expr: 'rate(http_requests_total) > 10'}}}}").render("").says(
        "
        error: this is not a PromQL expression
         --> k8sgen.yaml:2:35
          |
        2 | rules: {a: {alerts: {Many: {expr: 'rate(http_requests_total) > 10'}}}}
          |                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ expected type matrix in call to function 'rate', got vector
          |
          = help: for example `up == 0` or `rate(http_requests_total[5m]) > 10`
        ",
    );
    for (expr, reason) in [
        ("sum(rate(a[5m])", "`(` is never closed"),
        ("ratee(a[5m])", "unknown function with name 'ratee'"),
        ("a[5 minutes]", "PromQL"),
        ("", "is empty"),
    ] {
        shop(&format!("rules: {{a: {{records: {{b: '{expr}'}}}}}}")).render("").mentions(&[reason]);
    }
}

#[test]
fn what_prometheus_would_not_load() {
    for (group, message) in [
        ("{}", "the rule group `g` has no rules"),
        ("{records: {a-b: up}}", "not a name of a series"),
        ("{alerts: {no-dash: up}}", "not an alert name"),
        ("{alerts: {A: {expr: up, labels: {a-b: c}}}}", "not a label name of Prometheus"),
        ("{alerts: {A: {expr: up, labels: {__a: c}}}}", "are Prometheus' own"),
        ("{alerts: {A: {expr: up, labels: {alertname: c}}}}", "sets `alertname` itself"),
        (
            "{alerts: {A: {expr: up, severity: info, labels: {severity: c}}}}",
            "`severity` says this",
        ),
        ("{alerts: {A: {expr: up, severity: high}}}", "unknown severity"),
        ("{alerts: {A: {expr: up, runbook: wiki}}}", "starts with `https://`"),
        ("{alerts: {A: {expr: up, keepFiringFor: 0s}}}", "longer than 0s"),
        ("{alerts: {A: {expr: up, annotations: {a: '{{ $labels.pod }'}}}}", "text of an alert"),
        (
            "{alerts: {A: {expr: up, annotations: {a: '{{ $label.pod }}'}}}}",
            "did you mean `$labels`?",
        ),
        ("{alerts: {A: {expr: up, annotations: {a: '{{ if true }}'}}}}", "has no `{{ end }}`"),
        ("{alerts: {A: {expr: up, for_: 2m}}}", "did you mean `for`?"),
        ("{alerts: {A: {expr: up, keep_firing_for: 2m}}}", "did you mean `keepFiringFor`?"),
    ] {
        shop(&format!("rules: {{g: {group}}}")).render("").mentions(&[message, "k8sgen.yaml:2"]);
    }
}

/// The standard set has what means something for the workload.
#[test]
fn a_ready_set_for_each_kind() {
    let full = "
        kind: StatefulSet
        resources: {limits: {cpu: 1, memory: 1Gi}}
        mounts: {/data: {claim: data, size: 1Gi}}
        alerts: standard
        ";
    let names = |text: &str| -> Vec<String> {
        let rule = web(text).render("").object("PrometheusRule/web");
        let rules = rule["spec"]["groups"][0]["rules"].as_sequence().unwrap().clone();
        rules.iter().map(|rule| rule["alert"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        names(full),
        [
            "WebDown",
            "WebRestarting",
            "WebMemoryHigh",
            "WebCpuThrottled",
            "WebDiskFull",
            "WebReplicasUnavailable"
        ]
    );
    assert_eq!(names("alerts: standard"), ["WebDown", "WebRestarting", "WebReplicasUnavailable"]);
    assert_eq!(names("kind: Job\nalerts: standard"), ["WebFailed"]);
    assert_eq!(
        names("kind: CronJob\nschedule: '@daily'\nalerts: standard"),
        ["WebFailed", "WebNotScheduled"]
    );
    assert_eq!(
        names("alerts: {set: standard, without: [restarts, down]}"),
        ["WebReplicasUnavailable"]
    );
}

/// Each alert is about the pods and claims of one workload in one namespace.
#[test]
fn alerts_know_their_pods() {
    let project = shop(
        "
        namespaces: {jobs: {}}
        workloads:
          miner:
            kind: StatefulSet
            image: a:1
            ports: {metrics: 9090}
            scrape: metrics
            mounts: {/data: {claim: data, size: 1Gi}}
            alerts: {down: 2m, disk: 95%}
          backup:
            kind: CronJob
            namespace: jobs
            image: a:1
            schedule: '@daily'
            mounts: {/data: {claim: data, size: 1Gi}}
            alerts: {disk: {above: 80%, severity: warning}}
        ",
    );
    project.render("").has(
        "PrometheusRule/miner",
        r#"
        metadata: {namespace: shop, labels: {app.kubernetes.io/name: miner}}
        spec:
          groups:
          - name: miner
            rules:
            - alert: MinerDown
              expr: |-
                up{namespace="shop",pod=~"miner-[0-9]+"} == 0
                or absent(up{namespace="shop",pod=~"miner-[0-9]+"})
              for: 2m
              labels: {severity: critical}
            - alert: MinerDiskFull
              expr: |-
                max by (namespace, persistentvolumeclaim) (
                  1 - kubelet_volume_stats_available_bytes{namespace="shop",persistentvolumeclaim=~"data-miner-[0-9]+"}
                  / kubelet_volume_stats_capacity_bytes{namespace="shop",persistentvolumeclaim=~"data-miner-[0-9]+"}
                ) > 0.95
              for: 5m
              labels: {severity: critical}
        "#,
    );
    project.render("").has(
        "PrometheusRule/backup",
        r#"
        metadata: {namespace: jobs}
        spec:
          groups:
          - name: backup
            rules:
            - alert: BackupDiskFull
              expr: |-
                max by (namespace, persistentvolumeclaim) (
                  1 - kubelet_volume_stats_available_bytes{namespace="jobs",persistentvolumeclaim="backup-data"}
                  / kubelet_volume_stats_capacity_bytes{namespace="jobs",persistentvolumeclaim="backup-data"}
                ) > 0.8
              labels: {severity: warning}
        "#,
    );
}

/// One environment changes a threshold, another removes an alert.
#[test]
fn environments_change_alerts() {
    let project = web("
        replicas: 3
        resources: {limits: {memory: 1Gi}}
        alerts:
          memory: {above: 90%, annotations: {summary: '{{ $labels.pod }} is full'}}
          replicasUnavailable: {below: 2, for: 1m, severity: critical}
          own:
            LowPeers: {expr: peers < 2, for: 5m, severity: warning}
        ");
    project.write(
        "overlays/prod.yaml",
        "workloads: {web: {alerts: {memory: 80%, replicasUnavailable: null, own: {LowPeers: {expr: peers < 3}}}}}\n",
    );
    project.render("--env prod").has(
        "PrometheusRule/web",
        r#"
        spec:
          groups:
          - name: web
            rules:
            - alert: WebMemoryHigh
              expr: |-
                max by (namespace, pod, container) (container_memory_working_set_bytes{namespace="shop",pod=~"web-[b-df-hj-np-tv-xz24-9]+-[b-df-hj-np-tv-xz24-9]{5}",container!=""})
                / max by (namespace, pod, container) (kube_pod_container_resource_limits{namespace="shop",pod=~"web-[b-df-hj-np-tv-xz24-9]+-[b-df-hj-np-tv-xz24-9]{5}",resource="memory"})
                > 0.8
              annotations: {summary: "{{ $labels.pod }} is full"}
            - alert: LowPeers
              expr: peers < 3
              for: 5m
              labels: {severity: warning}
              annotations: null
        "#,
    );
    // The set of the system, with an exception and another threshold.
    let project = web("resources: {limits: {memory: 1Gi}}\nalerts: standard");
    project.write(
        "overlays/prod.yaml",
        "workloads: {web: {alerts: {memory: 80%, without: [restarts]}}}\n",
    );
    let rule = project.render("--env prod").object("PrometheusRule/web");
    let rules = rule["spec"]["groups"][0]["rules"].as_sequence().unwrap();
    assert_eq!(rules.len(), 3);
    assert!(rules[1]["expr"].as_str().unwrap().ends_with("> 0.8"));
}

#[test]
fn alerts_that_mean_nothing() {
    for (text, message) in [
        ("alerts: {memory: 90%}", "`memory` means nothing here: no container has a memory limit"),
        ("alerts: {cpuThrottling: 50%}", "no container has a CPU limit"),
        ("alerts: {disk: 95%}", "nothing mounts a claim"),
        ("alerts: {failed: critical}", "a Deployment never ends"),
        ("alerts: {notScheduled: 10m}", "a Deployment has no schedule"),
        ("kind: Job\nalerts: {down: 2m}", "the pods of a Job end by themselves"),
        ("kind: Job\nalerts: {replicasUnavailable: {}}", "no pods that are always there"),
        ("kind: Job\nalerts: {notScheduled: {}}", "a Job has no schedule"),
        ("kind: Job\njob: {restartPolicy: Never}\nalerts: {restarts: 3}", "no container restarts"),
        ("replicas: 2\nalerts: {replicasUnavailable: 3}", "this would always fire"),
        ("replicas: 2\nalerts: {replicasUnavailable: 0}", "never fewer than 0"),
        ("resources: {limits: {memory: 1}}\nalerts: {memory: 100%}", "1% to 99%"),
        ("alerts: {}", "no alert is left"),
        ("alerts: {without: [down], own: {A: up}}", "`without` belongs to `set`"),
        ("alerts: {set: standard, without: [disk]}", "would not have this anyway"),
        ("alerts: {set: standard, without: [down], down: 2m}", "asked for and left out"),
        ("alerts: {down: 2m, own: {WebDown: up}}", "a ready alert is called `WebDown` too"),
        ("alerts: {restarts: {within: 0s}}", "longer than 0s"),
        ("alerts: {dwon: 2m}", "did you mean `down`?"),
    ] {
        web(text).render("").mentions(&[message, "--> k8sgen.yaml:"]);
    }
}

/// The alerts of the XAI system.
#[test]
fn a_blockchain_node() {
    let project = shop(
        "
        workloads:
          node:
            kind: StatefulSet
            image: xai/node:1
            replicas: 3
            ports: {p2p: 8333, metrics: 9090}
            scrape: {port: metrics, by: pod}
            mounts: {/data: {claim: data, size: 100Gi}}
            resources: {limits: {cpu: 2, memory: 4Gi}}
            alerts:
              down: {for: 2m, severity: critical}
              memory: 90%
              cpuThrottling: 90%
              disk: 95%
              replicasUnavailable: {below: 2, for: 2m, severity: critical}
              own:
                LowPeerCount: {expr: xai_peer_count < 2, for: 5m, severity: warning}
                NoBlocksProduced: {expr: 'increase(xai_block_height[10m]) == 0', severity: critical}
        ",
    );
    let rule = project.render("").object("PrometheusRule/node");
    assert_eq!(rule["spec"]["groups"][0]["rules"].as_sequence().unwrap().len(), 7);
}

#[test]
fn cpu_is_asked_for_by_name() {
    let workload =
        |alerts: &str| web(&format!("resources: {{limits: {{cpu: 1}}}}\nalerts: {alerts}"));
    let rules = workload("{cpu: 90%}").render("").object("PrometheusRule/web");
    let rule = &rules["spec"]["groups"][0]["rules"][0];
    assert_eq!(rule["alert"], "WebCpuHigh");
    assert!(rule["expr"].as_str().unwrap().ends_with("> 0.9"), "{rule:?}");
    workload("{set: standard, without: [cpu]}").render("").fails();
}

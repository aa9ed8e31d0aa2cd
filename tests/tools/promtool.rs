//! promtool (Debian's `prometheus`) loads every rule that k8sgen writes, and
//! says that the ready alerts fire when they should and only then.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_yaml::Value;

use crate::fragments::{ODD_SYSTEM, ODD_WORKLOAD, SYSTEM, WORKLOAD};
use crate::support::environments::every;
use crate::support::tools::promtool;
use crate::support::{Run, Scratch, objects_of, run, shop};
use crate::systems::{alone, project};

/// The rule files that the PrometheusRules of some output become.
fn rule_files(output: &str) -> Vec<String> {
    let is_rule = |object: &Value| object["kind"].as_str() == Some("PrometheusRule");
    let rules = objects_of(output).into_iter().filter(is_rule);
    rules.map(|object| serde_yaml::to_string(&object["spec"]).unwrap()).collect()
}

fn checked(promtool: &Path, files: &Scratch) -> Run {
    let mut check = Command::new(promtool);
    check.args(["check", "rules"]).args(files.list("."));
    run(check.current_dir(files.path()))
}

#[test]
fn every_rule_can_be_loaded() {
    let Some(promtool) = promtool() else { return };
    let mut seen = HashSet::new();
    let scratch = Scratch::new();
    let mut add = |output: &str| {
        for file in rule_files(output) {
            if seen.insert(file.clone()) {
                scratch.write(&format!("{:03}.yaml", seen.len()), file);
            }
        }
    };
    for environment in every() {
        add(&environment.rendered());
    }
    for (_, system) in alone(SYSTEM, WORKLOAD).chain(alone(ODD_SYSTEM, ODD_WORKLOAD)) {
        let run = project(&system).render("");
        if run.status == 0 {
            add(&run.stdout);
        }
    }
    assert!(seen.len() > 15, "only {} rule files", seen.len());
    checked(&promtool, &scratch).succeeds();
}

/// Series, and at which minutes which alerts fire.
struct Case<'a> {
    series: &'a [(&'a str, &'a str)],
    fires: &'a [(u32, &'a [&'a str])],
}

/// Renders a system `shop` and asks promtool what its alerts do.
#[track_caller]
fn tested(system: &str, cases: &[Case<'_>]) {
    let Some(promtool) = promtool() else { return };
    let output = shop(system).render("").succeeds().stdout;
    let scratch = Scratch::new();
    let mut test = String::from("evaluation_interval: 1m\nrule_files:\n");
    for (number, file) in rule_files(&output).iter().enumerate() {
        scratch.write(&format!("rules-{number}.yaml"), file);
        writeln!(test, "- rules-{number}.yaml").unwrap();
    }
    test.push_str("tests:\n");
    for case in cases {
        test.push_str("- interval: 1m\n  input_series:\n");
        for (series, values) in case.series {
            writeln!(test, "  - {{series: '{series}', values: '{values}'}}").unwrap();
        }
        test.push_str("  promql_expr_test:\n");
        for (minute, alerts) in case.fires {
            let firing = "count by (alertname) (ALERTS{alertstate=\"firing\"})";
            writeln!(test, "  - expr: '{firing}'\n    eval_time: {minute}m\n    exp_samples:")
                .unwrap();
            for alert in *alerts {
                let (name, count) = alert.split_once(' ').unwrap_or((alert, "1"));
                let labels = format!("{{alertname=\"{name}\"}}");
                writeln!(test, "    - {{labels: '{labels}', value: {count}}}").unwrap();
            }
        }
    }
    scratch.write("test.yaml", &test);
    let mut command = Command::new(promtool);
    let run = run(command.args(["test", "rules", "test.yaml"]).current_dir(scratch.path()));
    assert_eq!(run.status, 0, "{}{}\n{test}", run.stdout, run.stderr);
}

#[test]
fn down_where_prometheus_scrapes() {
    tested(
        "
        workloads:
          miner:
            kind: StatefulSet
            image: a:1
            ports: {metrics: 9090}
            scrape: metrics
            alerts: {down: {for: 2m}}
        ",
        &[
            // One pod of two stops answering at minute 5.
            Case {
                series: &[
                    ("up{namespace=\"shop\",pod=\"miner-0\"}", "1x20"),
                    ("up{namespace=\"shop\",pod=\"miner-1\"}", "1x4 0x5 1x10"),
                ],
                fires: &[(4, &[]), (6, &[]), (7, &["MinerDown"]), (10, &["MinerDown"]), (12, &[])],
            },
            // Both are gone, and nothing but others is left.
            Case {
                series: &[
                    ("up{namespace=\"shop\",pod=\"miner-0\"}", "1x4 stale"),
                    ("up{namespace=\"other\",pod=\"miner-0\"}", "1x20"),
                ],
                fires: &[(4, &[]), (8, &["MinerDown"])],
            },
            // Others are down.
            Case {
                series: &[
                    ("up{namespace=\"shop\",pod=\"miner-0\"}", "1x20"),
                    ("up{namespace=\"other\",pod=\"miner-1\"}", "0x20"),
                    ("up{namespace=\"shop\",pod=\"miner-api-1\"}", "0x20"),
                    ("up{namespace=\"shop\",pod=\"old-miner-1\"}", "0x20"),
                ],
                fires: &[(10, &[])],
            },
        ],
    );
}

#[test]
fn down_where_it_does_not() {
    let ready = |pod: &str| {
        format!(
            "kube_pod_status_ready{{namespace=\"shop\",pod=\"{pod}\",condition=\"true\",instance=\"k\"}}"
        )
    };
    let phase = |pod: &str, phase: &str| {
        format!(
            "kube_pod_status_phase{{namespace=\"shop\",pod=\"{pod}\",phase=\"{phase}\",instance=\"k\"}}"
        )
    };
    let (one, two) = ("web-7d5c9b8f6-x2x4z", "web-7d5c9b8f6-bcdfg");
    tested(
        "workloads: {web: {image: 'a:1', alerts: {down: 3m}}}",
        &[
            Case {
                series: &[(&ready(one), "1x20"), (&ready(two), "1x4 0x15")],
                fires: &[(5, &[]), (8, &["WebDown"])],
            },
            // It was evicted: another is there in its place.
            Case {
                series: &[
                    (&ready(one), "1x20"),
                    (&ready(two), "1x4 0x15"),
                    (&phase(two, "Failed"), "0x4 1x15"),
                    (&phase(two, "Running"), "1x4 0x15"),
                ],
                fires: &[(10, &[])],
            },
            // The pods of a DaemonSet `web-api` and a Deployment `web-a`.
            Case {
                series: &[
                    (&ready(one), "1x20"),
                    (&ready("web-api-x2x4z"), "0x20"),
                    (&ready("web-a-7d5c9b8f6-x2x4z"), "0x20"),
                ],
                fires: &[(10, &[])],
            },
            Case {
                series: &[(&ready("other-7d5c9b8f6-x2x4z"), "1x20")],
                fires: &[(5, &["WebDown"])],
            },
        ],
    );
}

#[test]
fn restarts() {
    let series = |pod: &str| {
        format!(
            "kube_pod_container_status_restarts_total{{namespace=\"shop\",pod=\"{pod}\",container=\"c\"}}"
        )
    };
    tested(
        "workloads: {agent: {kind: DaemonSet, image: 'a:1', alerts: {restarts: {above: 3, within: 10m}}}}",
        &[
            Case {
                series: &[(&series("agent-x2x4z"), "0x9 1 2 3 4 5 5x30")],
                fires: &[(9, &[]), (11, &[]), (15, &["AgentRestarting"]), (40, &[])],
            },
            Case { series: &[(&series("agent-x2x4z"), "0x20 1x20")], fires: &[(25, &[])] },
            Case { series: &[(&series("agent-web-x2x4z"), "0+1x40")], fires: &[(25, &[])] },
        ],
    );
}

#[test]
fn memory_and_cpu() {
    let used = "container_memory_working_set_bytes{namespace=\"shop\",pod=\"db-0\",container=\"db\",instance=\"n\"}";
    let whole = "container_memory_working_set_bytes{namespace=\"shop\",pod=\"db-0\",container=\"\",instance=\"n\"}";
    let limit = "kube_pod_container_resource_limits{namespace=\"shop\",pod=\"db-0\",container=\"db\",resource=\"memory\",instance=\"k\"}";
    let other = "kube_pod_container_resource_limits{namespace=\"shop\",pod=\"db-0\",container=\"db\",resource=\"cpu\",instance=\"k\"}";
    let periods = "container_cpu_cfs_periods_total{namespace=\"shop\",pod=\"db-0\",container=\"db\",instance=\"n\"}";
    let held = "container_cpu_cfs_throttled_periods_total{namespace=\"shop\",pod=\"db-0\",container=\"db\",instance=\"n\"}";
    tested(
        "
        checks: {rules: {policy/implausible-amount: off}}
        workloads:
          db:
            kind: StatefulSet
            image: a:1
            resources: {limits: {memory: 100, cpu: 1}}
            alerts: {memory: {above: 90%, for: 2m}, cpuThrottling: {above: 50%, for: 2m}}
        ",
        &[
            Case {
                series: &[
                    (used, "50x4 95x15"),
                    (whole, "99x20"),
                    (limit, "100x20"),
                    (other, "1x20"),
                ],
                fires: &[(4, &[]), (10, &["DbMemoryHigh"])],
            },
            Case { series: &[(used, "90x20"), (limit, "100x20")], fires: &[(10, &[])] },
            Case {
                series: &[(periods, "0+600x20"), (held, "0+400x20")],
                fires: &[(10, &["DbCpuThrottled"])],
            },
            Case { series: &[(periods, "0+600x20"), (held, "0+100x20")], fires: &[(10, &[])] },
        ],
    );
}

#[test]
fn disk() {
    let series = |metric: &str, claim: &str| {
        format!(
            "kubelet_volume_stats_{metric}_bytes{{namespace=\"shop\",persistentvolumeclaim=\"{claim}\",instance=\"n\"}}"
        )
    };
    let (free, size) = (series("available", "data-miner-1"), series("capacity", "data-miner-1"));
    let (wallet, room) = (series("available", "outside.one"), series("capacity", "outside.one"));
    let (other, large) = (series("available", "data-miner"), series("capacity", "data-miner"));
    tested(
        "
        workloads:
          miner:
            kind: StatefulSet
            image: a:1
            mounts: {/data: {claim: data, size: 1Gi}, /x: {existingClaim: outside.one}}
            alerts: {disk: {above: 95%, for: 5m}}
        ",
        &[
            Case {
                series: &[(&free, "100x4 4x15"), (&size, "100x20")],
                fires: &[(8, &[]), (10, &["MinerDiskFull"])],
            },
            Case {
                series: &[(&free, "5x20"), (&size, "100x20"), (&other, "0x20"), (&large, "100x20")],
                fires: &[(10, &[])],
            },
            Case {
                series: &[(&wallet, "0x20"), (&room, "100x20")],
                fires: &[(10, &["MinerDiskFull"])],
            },
        ],
    );
}

#[test]
fn replicas() {
    let of = |metric: &str, label: &str| {
        format!("kube_{metric}{{namespace=\"shop\",{label}=\"{label}\",instance=\"k\"}}")
    };
    let (available, wanted) = (
        of("deployment_status_replicas_available", "deployment"),
        of("deployment_spec_replicas", "deployment"),
    );
    let (ready, counted) = (
        of("statefulset_status_replicas_ready", "statefulset"),
        of("statefulset_replicas", "statefulset"),
    );
    let (nodes, scheduled) = (
        of("daemonset_status_number_available", "daemonset"),
        of("daemonset_status_desired_number_scheduled", "daemonset"),
    );
    tested(
        "
        workloads:
          deployment: {image: a:1, replicas: 3, alerts: {replicasUnavailable: {for: 2m}}}
          statefulset: {kind: StatefulSet, image: a:1, replicas: 3, alerts: {replicasUnavailable: {below: 2, for: 2m}}}
          daemonset: {kind: DaemonSet, image: a:1, alerts: {replicasUnavailable: {for: 2m}}}
        ",
        &[
            Case {
                series: &[
                    (&available, "3x4 2x15"),
                    (&wanted, "3x20"),
                    (&ready, "3x4 2x5 1x10"),
                    (&counted, "3x20"),
                    (&nodes, "5x20"),
                    (&scheduled, "5x20"),
                ],
                fires: &[
                    (6, &[]),
                    (7, &["DeploymentReplicasUnavailable"]),
                    (14, &["DeploymentReplicasUnavailable", "StatefulsetReplicasUnavailable"]),
                ],
            },
            Case {
                series: &[(&nodes, "5x4 4x15"), (&scheduled, "5x20")],
                fires: &[(4, &[]), (8, &["DaemonsetReplicasUnavailable"])],
            },
        ],
    );
}

#[test]
fn jobs() {
    let of = |metric: &str, more: &str| {
        format!("kube_{metric}{{namespace=\"shop\",instance=\"k\",{more}}}")
    };
    let start = |job: &str| of("job_status_start_time", &format!("job_name=\"{job}\""));
    let failed = |job: &str| of("job_failed", &format!("job_name=\"{job}\",condition=\"true\""));
    let cron = |metric: &str| of(&format!("cronjob_{metric}"), "cronjob=\"backup\"");
    tested(
        "
        workloads:
          backup: {kind: CronJob, image: a:1, schedule: '*/10 * * * *', alerts: standard}
          migrate: {kind: Job, image: a:1, job: {newNameOnChange: true}, alerts: standard}
        ",
        &[
            // The second run fails, the third succeeds; the failed one stays.
            Case {
                series: &[
                    (&cron("created"), "0x40"),
                    (&cron("status_last_successful_time"), "_x4 300x20 1500x20"),
                    (&start("backup-29100010"), "_x10 600x30"),
                    (&failed("backup-29100010"), "_x11 1x30"),
                    (&start("backup-29100000"), "_x3 200x30"),
                ],
                fires: &[(8, &[]), (15, &["BackupFailed"]), (30, &[])],
            },
            // It never succeeded.
            Case {
                series: &[
                    (&cron("created"), "100x40"),
                    (&start("backup-29100010"), "_x10 600x30"),
                    (&failed("backup-29100010"), "_x11 1x30"),
                ],
                fires: &[(8, &[]), (20, &["BackupFailed"])],
            },
            // It should have run at minute 10.
            Case {
                series: &[(&cron("next_schedule_time"), "600x40")],
                fires: &[(15, &[]), (22, &["BackupNotScheduled"])],
            },
            Case {
                series: &[(&failed("migrate-0a1b2c3d"), "1x20"), (&failed("migrate-data"), "1x20")],
                fires: &[(5, &["MigrateFailed"])],
            },
        ],
    );
}

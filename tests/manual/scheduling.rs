//! Scheduling: where pods run.

use crate::support::web;

#[track_caller]
fn gives(text: &str, pod: &str) {
    let pod: String = pod.lines().map(|line| format!("      {line}\n")).collect();
    web(text).render("").has("Deployment/web", &format!("spec:\n  template:\n    spec:\n{pod}"));
}

#[test]
fn nodes_and_tolerations() {
    gives(
        "
        nodeSelector: {disk: ssd}
        priorityClassName: high
        schedulerName: mine
        runtimeClassName: gvisor
        tolerations:
        - {key: dedicated, operator: Equal, value: chain, effect: NoSchedule}
        - {key: spot, operator: Exists, effect: NoExecute, duration: 5m}
        - {operator: Exists}
        ",
        "
nodeSelector: {disk: ssd}
priorityClassName: high
schedulerName: mine
runtimeClassName: gvisor
tolerations:
- {key: dedicated, operator: Equal, value: chain, effect: NoSchedule}
- {key: spot, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
- {operator: Exists}",
    );
    for toleration in [
        "{key: a, operator: Exists, value: b}",
        "{key: a, value: b, effect: NoSchedule, duration: 5m}",
        "{value: b}",
        "{effect: NoSchedul}",
    ] {
        web(&format!("tolerations: [{toleration}]")).render("").mentions(&["k8sgen.yaml:5"]);
    }
}

const SELECTOR: &str =
    "labelSelector: {matchLabels: {app.kubernetes.io/instance: shop, app.kubernetes.io/name: web}}";

#[test]
fn apart_from_each_other() {
    gives(
        "antiAffinity: required",
        &format!(
            "affinity: {{podAntiAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{{topologyKey: kubernetes.io/hostname, {SELECTOR}}}]}}}}"
        ),
    );
    gives(
        "antiAffinity: {strength: preferred, across: zone}",
        &format!(
            "affinity: {{podAntiAffinity: {{preferredDuringSchedulingIgnoredDuringExecution: [{{weight: 100, podAffinityTerm: {{topologyKey: topology.kubernetes.io/zone, {SELECTOR}}}}}]}}}}"
        ),
    );
}

#[test]
fn near_another_workload() {
    let project = crate::support::shop(
        "
        workloads:
          redis: {image: 'redis:7'}
          web: {image: 'nginx:1', near: {redis: {strength: required, across: zone}}}
        ",
    );
    project.render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              affinity:
                podAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                  - topologyKey: topology.kubernetes.io/zone
                    labelSelector: {matchLabels: {app.kubernetes.io/name: redis}}
        ",
    );
    web("near: {redis: preferred}").render("").mentions(&["`redis`", "k8sgen.yaml:5:12"]);
}

#[test]
fn spread() {
    gives(
        "spread: {zone: 1, example.com/rack: {maxSkew: 2, whenUnsatisfiable: DoNotSchedule, minDomains: 3}}",
        &format!(
            "topologySpreadConstraints:
- {{maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, {SELECTOR}}}
- {{maxSkew: 2, topologyKey: example.com/rack, whenUnsatisfiable: DoNotSchedule, minDomains: 3, {SELECTOR}}}"
        ),
    );
    web("spread: {zone: 0}").render("").mentions(&["k8sgen.yaml:5"]);
    web("spread: {zone: {minDomains: 3}}").render("").mentions(&["k8sgen.yaml:5"]);
}

#[test]
fn as_kubernetes_defines_it() {
    let node = "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [ssd]}]}]}}}";
    gives(&format!("affinity: {node}"), &format!("affinity: {node}"));
    let spread = "[{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {a: b}}}]";
    gives(
        &format!("topologySpreadConstraints: {spread}"),
        &format!("topologySpreadConstraints: {spread}"),
    );
    web("affinity: {nodeAfinity: {}}").render("").mentions(&[
        "nodeAfinity",
        "k8sgen.yaml:5:16",
        "`nodeAffinity`",
    ]);
    web("topologySpreadConstraints: [{maxSkew: one}]").render("").mentions(&["k8sgen.yaml:5:34"]);
}

#[test]
fn short_and_full_form_join() {
    let terms = "requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}";
    let object = web(&format!("antiAffinity: required\naffinity: {{nodeAffinity: {{{terms}}}}}"))
        .render("")
        .object("Deployment/web");
    let affinity = &object["spec"]["template"]["spec"]["affinity"];
    assert!(affinity.get("nodeAffinity").is_some() && affinity.get("podAntiAffinity").is_some());
}

#[test]
fn names_and_addresses() {
    gives(
        "
        dns: {policy: None, nameservers: [10.0.0.10], searches: [example.com], options: {ndots: 2, edns0: ''}}
        hostAliases: {127.0.0.1: [a.local, b.local]}
        ",
        "dnsPolicy: None
dnsConfig:
  nameservers: [10.0.0.10]
  searches: [example.com]
  options: [{name: ndots, value: '2'}, {name: edns0}]
hostAliases: [{ip: 127.0.0.1, hostnames: [a.local, b.local]}]",
    );
    web("dns: None").render("").mentions(&["k8sgen.yaml:5"]);
}

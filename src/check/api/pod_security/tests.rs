//! Each check of the standards, broken once, and what does not break it.

use crate::check::rule::Severity::{self, Error, Warning};
use crate::check::settings::Settings;
use crate::check::testing::found_by;
use crate::scalar::{KubernetesVersion, Scalar};

/// A pod that keeps to `restricted`, with changes to its spec and its container.
fn pod(spec: &str, container: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, namespace: shop, annotations: {{note: a}}}}\nspec:\n  {spec}\n  containers:\n    - {{name: a, image: 'a:1', {container}}}\n"
    )
}

fn namespace(labels: &str) -> String {
    format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{labels}}}}}\n")
}

fn found(labels: &str, pod: &str, target: &str) -> Vec<(Severity, String)> {
    let labels: Vec<String> = labels
        .split(',')
        .map(|label| format!("pod-security.kubernetes.io/{}", label.trim()))
        .collect();
    let kubernetes = KubernetesVersion::parse(target).unwrap();
    let settings = Settings { kubernetes, ..Settings::default() };
    let text = format!("{}---\n{pod}", namespace(&labels.join(", ")));
    found_by("api/pod-security", &text, &settings)
}

fn forbidden(level: &str, pod: &str) -> Vec<String> {
    let found = found(&format!("enforce: {level}"), pod, "1.36");
    found.into_iter().map(|(_, field)| field).collect()
}

const POD: &str = "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}";
const CONTAINER: &str =
    "securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}";

#[test]
fn baseline() {
    const NONE: &str = "restartPolicy: Always";
    let none: [&str; 0] = [];
    assert_eq!(forbidden("baseline", &pod(NONE, "")), none);
    for (spec, field) in [
        ("hostNetwork: true", "hostNetwork"),
        ("hostPID: true", "hostPID"),
        ("hostIPC: true", "hostIPC"),
        ("volumes: [{name: a, hostPath: {path: /a}}]", "volumes[0].hostPath"),
        (
            "securityContext: {sysctls: [{name: net.core.somaxconn, value: a}]}",
            "securityContext.sysctls[0].name",
        ),
        ("securityContext: {seLinuxOptions: {type: spc_t}}", "securityContext.seLinuxOptions.type"),
        ("securityContext: {seLinuxOptions: {user: a}}", "securityContext.seLinuxOptions.user"),
        (
            "securityContext: {seccompProfile: {type: Unconfined}}",
            "securityContext.seccompProfile.type",
        ),
        (
            "securityContext: {appArmorProfile: {type: Unconfined}}",
            "securityContext.appArmorProfile.type",
        ),
        (
            "securityContext: {windowsOptions: {hostProcess: true}}",
            "securityContext.windowsOptions.hostProcess",
        ),
    ] {
        assert_eq!(forbidden("baseline", &pod(spec, "")), [format!("spec.{field}")], "{spec}");
        assert_eq!(forbidden("privileged", &pod(spec, "")), none, "{spec}");
    }
    for (container, field) in [
        ("securityContext: {privileged: true}", "securityContext.privileged"),
        (
            "securityContext: {capabilities: {add: [CHOWN, NET_ADMIN]}}",
            "securityContext.capabilities.add[1]",
        ),
        ("ports: [{containerPort: 80, hostPort: 80}]", "ports[0].hostPort"),
        ("securityContext: {procMount: Unmasked}", "securityContext.procMount"),
        ("livenessProbe: {tcpSocket: {port: 80, host: a}}", "livenessProbe.tcpSocket.host"),
        ("lifecycle: {preStop: {httpGet: {port: 80, host: a}}}", "lifecycle.preStop.httpGet.host"),
    ] {
        let expected = [format!("spec.containers[0].{field}")];
        assert_eq!(forbidden("baseline", &pod(NONE, container)), expected, "{container}");
    }
    for (spec, container) in [
        ("securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: a}]}", ""),
        ("securityContext: {seLinuxOptions: {type: container_engine_t, level: a}}", ""),
        (NONE, "ports: [{containerPort: 80, hostPort: 0}]"),
        (NONE, "securityContext: {privileged: false, procMount: Default}"),
        ("hostUsers: false", "securityContext: {procMount: Unmasked}"),
    ] {
        assert_eq!(forbidden("baseline", &pod(spec, container)), none, "{spec} {container}");
    }
}

#[test]
fn annotations() {
    let text = pod("restartPolicy: Always", "")
        .replace("note: a", "container.apparmor.security.beta.kubernetes.io/a: unconfined");
    let key = "metadata.annotations[container.apparmor.security.beta.kubernetes.io/a]";
    assert_eq!(forbidden("baseline", &text), [key]);
    assert_eq!(forbidden("baseline", &text.replace("unconfined", "localhost/x")), [""; 0]);
}

#[test]
fn restricted() {
    let none: [&str; 0] = [];
    assert_eq!(forbidden("restricted", &pod(POD, CONTAINER)), none);
    assert_eq!(
        forbidden("restricted", &pod("restartPolicy: Always", "")),
        [
            "spec.securityContext.runAsNonRoot",
            "spec.containers[0].securityContext.allowPrivilegeEscalation",
            "spec.securityContext.seccompProfile.type",
            "spec.containers[0].securityContext.capabilities.drop",
        ]
    );
    for (spec, field) in [
        (
            format!("volumes: [{{name: a, nfs: {{server: a, path: /a}}}}]\n  {POD}"),
            "spec.volumes[0].nfs",
        ),
        (
            format!("volumes: [{{name: a, hostPath: {{path: /a}}}}]\n  {POD}"),
            "spec.volumes[0].hostPath",
        ),
        (POD.replace("true", "true, runAsUser: 0"), "spec.securityContext.runAsUser"),
        (POD.replace("true", "false"), "spec.securityContext.runAsNonRoot"),
        (POD.replace("RuntimeDefault", "Unconfined"), "spec.securityContext.seccompProfile.type"),
    ] {
        assert_eq!(forbidden("restricted", &pod(&spec, CONTAINER)), [field], "{spec}");
    }
    for (container, field) in [
        (CONTAINER.replace("ALL", "all"), "capabilities.drop"),
        (CONTAINER.replace("[ALL]", "[ALL], add: [CHOWN]"), "capabilities.add[0]"),
        (CONTAINER.replace("{a", "{runAsNonRoot: false, a"), "runAsNonRoot"),
        (CONTAINER.replace("{a", "{runAsUser: 0, a"), "runAsUser"),
        (CONTAINER.replace("false", "true"), "allowPrivilegeEscalation"),
    ] {
        let expected = [format!("spec.containers[0].securityContext.{field}")];
        assert_eq!(forbidden("restricted", &pod(POD, &container)), expected, "{container}");
    }
    let bound = CONTAINER.replace("[ALL]", "[ALL], add: [NET_BIND_SERVICE]");
    assert_eq!(forbidden("restricted", &pod(POD, &bound)), none);
    // A container may say it itself.
    let alone = CONTAINER.replace(
        "{a",
        "{runAsNonRoot: true, seccompProfile: {type: Localhost, localhostProfile: a}, a",
    );
    assert_eq!(forbidden("restricted", &pod("restartPolicy: Always", &alone)), none);
    // Users of its own may be root among themselves, and Windows has none of this.
    let users = CONTAINER.replace("{a", "{runAsUser: 0, a");
    let spec = "hostUsers: false\n  securityContext: {seccompProfile: {type: RuntimeDefault}}";
    assert_eq!(forbidden("restricted", &pod(spec, &users)), none);
    let windows = "os: {name: windows}\n  securityContext: {runAsNonRoot: true}";
    assert_eq!(forbidden("restricted", &pod(windows, "")), none);
}

#[test]
fn standards_have_versions() {
    let probe = pod("restartPolicy: Always", "livenessProbe: {tcpSocket: {port: 80, host: a}}");
    let count = |labels: &str, target: &str| found(labels, &probe, target).len();
    assert_eq!(count("enforce: baseline", "1.36"), 1);
    assert_eq!(count("enforce: baseline", "1.33"), 0);
    assert_eq!(count("enforce: baseline, enforce-version: v1.33", "1.36"), 0);
    assert_eq!(count("enforce: baseline, enforce-version: v1.99", "1.36"), 1);
    assert_eq!(count("enforce-version: latest", "1.36"), 0);
}

#[test]
fn modes() {
    let text = pod("hostNetwork: true", "");
    let severities = |labels: &str| {
        let found = found(labels, &text, "1.36");
        found.into_iter().map(|(severity, _)| severity).collect::<Vec<_>>()
    };
    assert_eq!(severities("enforce: baseline"), [Error]);
    assert_eq!(severities("enforce: baseline, warn: baseline"), [Error]);
    assert_eq!(severities("warn: baseline"), [Warning]);
    assert_eq!(severities("audit: baseline"), []);
    assert_eq!(severities("enforce: baseline, warn: restricted").len(), 5);
}

#[test]
fn templates_and_other_namespaces() {
    let deployment = |namespace: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a, namespace: {namespace}}}\nspec:\n  selector: {{matchLabels: {{a: b}}}}\n  template:\n    metadata: {{labels: {{a: b}}}}\n    spec: {{hostPID: true, containers: [{{name: a, image: 'a:1'}}]}}\n"
        )
    };
    assert_eq!(forbidden("baseline", &deployment("shop")), ["spec.template.spec.hostPID"]);
    assert_eq!(forbidden("baseline", &deployment("office")), [""; 0]);
}

//! Pods that their namespace does not let in.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;
use crate::scalar::KubernetesVersion;

use super::standards::{Level, Standard, violations};

pub static RULE: Rule = Rule {
    name: "policy/pod-security",
    weight: Weight::ERROR,
    summary: "a pod is beyond the Pod Security level that its namespace enforces",
    page: "\
The label `pod-security.kubernetes.io/enforce` of a namespace makes the server refuse pods that \
are beyond a level. It refuses the pods alone: the Deployment or Job is taken, `kubectl apply` \
succeeds, and no pod ever comes.

Give the pod what the level asks for. For `restricted` that is, in the pod's `securityContext`, \
`runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}`, and in each container's \
`allowPrivilegeEscalation: false` and `capabilities: {drop: [ALL]}`. What cannot keep the level \
belongs in a namespace of its own with another one.",
    bad: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
",
    look: Look::Pod(look),
};

/// Before 1.34, `host` of probes was nobody's concern.
const HOSTS_SINCE: u8 = 34;

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let Some(namespace) = scene.find_in_cluster("", "Namespace", pod.namespace) else { return };
    let labels = namespace.content.get("metadata").and_then(|metadata| metadata.get("labels"));
    let label = |key| labels.and_then(|labels| labels.get(key)).and_then(Value::as_str);
    let level = match label("pod-security.kubernetes.io/enforce") {
        Some("restricted") => Level::Restricted,
        Some("baseline") => Level::Baseline,
        _ => return,
    };
    let version = label("pod-security.kubernetes.io/enforce-version").unwrap_or("latest");
    let standard = Standard {
        level,
        forbids_hosts: minor_version(version, scene.settings.kubernetes) >= HOSTS_SINCE,
    };
    let help = format!("the namespace enforces `{}`: no pod will be let in", level.word());
    for (at, message) in violations(standard, pod, spec) {
        at.fault_with(message, help.clone());
    }
}

/// 34 for `v1.34`; that of the server for `latest`.
fn minor_version(label: &str, server: KubernetesVersion) -> u8 {
    let minor = label.strip_prefix("v1.").and_then(|minor| minor.parse().ok());
    minor.unwrap_or(server.minor())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::findings;

    fn fields(labels: &str, metadata: &str, spec: &str) -> Vec<String> {
        let manifests = format!(
            "{{apiVersion: v1, kind: Namespace, metadata: {{name: default, \
            labels: {{{labels}}}}}}}\n---\n{{apiVersion: v1, kind: Pod, \
            metadata: {{name: a{metadata}}}, spec: {{{spec}}}}}\n"
        );
        findings(&RULE, &manifests).into_iter().map(|found| found.field).collect()
    }

    fn beyond_baseline(spec: &str) -> Vec<String> {
        fields("pod-security.kubernetes.io/enforce: baseline", "", spec)
    }

    fn beyond_restricted(spec: &str) -> Vec<String> {
        fields("pod-security.kubernetes.io/enforce: restricted", "", spec)
    }

    #[test]
    fn what_baseline_forbids() {
        let one = |fields: &str| {
            beyond_baseline(&format!("containers: [{{name: a, image: 'a:v1', {fields}}}]"))
        };
        let own = |context: &str| one(&format!("securityContext: {{{context}}}"));
        let base = "spec.containers[0].";
        for (context, field) in [
            ("privileged: true", "privileged"),
            ("capabilities: {add: [SYS_TIME]}", "capabilities.add[0]"),
            ("procMount: Unmasked", "procMount"),
            ("seccompProfile: {type: Unconfined}", "seccompProfile.type"),
            ("appArmorProfile: {type: Unconfined}", "appArmorProfile.type"),
            ("seLinuxOptions: {type: spc_t}", "seLinuxOptions.type"),
            ("seLinuxOptions: {user: u}", "seLinuxOptions.user"),
            ("windowsOptions: {hostProcess: true}", "windowsOptions.hostProcess"),
        ] {
            assert_eq!(own(context), [format!("{base}securityContext.{field}")], "{context}");
        }
        assert_eq!(
            one("ports: [{containerPort: 80, hostPort: 80}]"),
            [format!("{base}ports[0].hostPort")]
        );
        assert_eq!(
            one("livenessProbe: {httpGet: {port: 80, host: a}}"),
            [format!("{base}livenessProbe.httpGet.host")]
        );
        for (spec, field) in [
            ("hostPID: true", "spec.hostPID"),
            ("volumes: [{name: v, hostPath: {path: /mnt}}]", "spec.volumes[0].hostPath"),
            (
                "securityContext: {sysctls: [{name: a, value: '1'}]}",
                "spec.securityContext.sysctls[0].name",
            ),
            (
                "securityContext: {windowsOptions: {hostProcess: true}}",
                "spec.securityContext.windowsOptions.hostProcess",
            ),
        ] {
            let spec = format!("{spec}, containers: [{{name: a, image: 'a:v1'}}]");
            assert_eq!(beyond_baseline(&spec), [field]);
        }
        assert!(
            beyond_baseline(
                "containers: [{name: a, image: 'a:v1', \
            securityContext: {runAsUser: 0, capabilities: {add: [CHOWN]}}}]"
            )
            .is_empty()
        );
    }

    #[test]
    fn what_restricted_asks_for() {
        let context = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
        let pod = |shared: &str, own: &str| {
            beyond_restricted(&format!(
                "securityContext: {{{shared}}}, containers: [{{name: a, image: 'a:v1', \
                securityContext: {{{own}}}}}]"
            ))
        };
        let shared = "runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}";
        assert!(pod(shared, context).is_empty());
        assert!(pod("", &format!("{shared}, {context}")).is_empty());
        assert_eq!(pod("", "").len(), 4);
        let base = "spec.containers[0].securityContext.";
        assert_eq!(pod(shared, &format!("{context}, runAsUser: 0")), [format!("{base}runAsUser")]);
        assert_eq!(
            pod(&format!("{shared}, runAsUser: 0"), context),
            ["spec.securityContext.runAsUser"]
        );
        let lower = "allowPrivilegeEscalation: false, capabilities: {drop: [all]}";
        assert_eq!(pod(shared, lower), [format!("{base}capabilities.drop")]);
        let added = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL], \
            add: [NET_BIND_SERVICE, CHOWN]}";
        assert_eq!(pod(shared, added), [format!("{base}capabilities.add[1]")]);
        let volumes = format!(
            "securityContext: {{{shared}}}, volumes: [{{name: v, nfs: {{server: a, path: /}}}}, \
            {{name: w, emptyDir: {{}}}}], containers: [{{name: a, image: 'a:v1', \
            securityContext: {{{context}}}}}]"
        );
        assert_eq!(beyond_restricted(&volumes), ["spec.volumes[0]"]);
    }

    #[test]
    fn who_is_let_in() {
        let spec = "containers: [{name: a, image: 'a:v1'}]";
        assert!(fields("pod-security.kubernetes.io/enforce: privileged", "", spec).is_empty());
        assert!(fields("pod-security.kubernetes.io/warn: restricted", "", spec).is_empty());
        assert!(
            fields("pod-security.kubernetes.io/enforce: restricted", ", namespace: b", spec)
                .is_empty()
        );
        // Windows has no such things, and must still not be root.
        let windows =
            format!("os: {{name: windows}}, securityContext: {{runAsNonRoot: true}}, {spec}");
        assert!(beyond_restricted(&windows).is_empty());
        // With users of its own its root is nobody.
        let own = "hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}}, \
            containers: [{name: a, image: 'a:v1', securityContext: {runAsUser: 0, \
            allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]";
        assert!(beyond_restricted(own).is_empty());
        let probe =
            "containers: [{name: a, image: 'a:v1', livenessProbe: {httpGet: {port: 80, host: a}}}]";
        let old = "pod-security.kubernetes.io/enforce: baseline, \
            pod-security.kubernetes.io/enforce-version: v1.33";
        assert!(fields(old, "", probe).is_empty());
    }
}

//! What lies beyond the levels of the Pod Security Standards, as the `PodSecurity`
//! admission plugin sees it.

use crate::check::at::At;
use crate::check::scene::{Container, Pod};
use crate::object::pod_standards::{SAFE_SYSCTLS, USUAL_CAPABILITIES, USUAL_SE_LINUX_TYPES};

use super::effective::{has_own_users, own_setting, setting, shared_setting};
use super::probe_host::hosts;
use super::workload::metadata_at;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Baseline,
    Restricted,
}

/// A level as one version of Kubernetes has it.
#[derive(Clone, Copy)]
pub struct Standard {
    pub level: Level,
    /// Whether probes and hooks may not name a host.
    pub forbids_hosts: bool,
}

impl Level {
    pub fn word(self) -> &'static str {
        match self {
            Level::Baseline => "baseline",
            Level::Restricted => "restricted",
        }
    }
}

/// What was found, and where.
type Found<'a> = Vec<(At<'a>, String)>;

pub fn violations<'a>(standard: Standard, pod: &Pod<'a>, spec: At<'a>) -> Found<'a> {
    let mut found = Found::new();
    beyond_baseline(standard, pod, spec, &mut found);
    if standard.level == Level::Restricted {
        beyond_restricted(pod, spec, &mut found);
    }
    found
}

fn beyond_baseline<'a>(standard: Standard, pod: &Pod<'a>, spec: At<'a>, found: &mut Found<'a>) {
    for name in ["hostNetwork", "hostPID", "hostIPC"] {
        let at = spec.field(name);
        if at.is_true() {
            found.push((at, format!("`{name}` is forbidden")));
        }
    }
    for volume in spec.field("volumes").items() {
        let at = volume.field("hostPath");
        if at.is_set() {
            found.push((at, "`hostPath` volumes are forbidden".to_owned()));
        }
    }
    for at in shared_setting(spec, "sysctls").items().map(|sysctl| sysctl.field("name")) {
        if !SAFE_SYSCTLS.contains(&at.text_or_empty()) {
            found.push((at, "sysctls that reach beyond the pod are forbidden".to_owned()));
        }
    }
    for (key, at) in metadata_at(pod, spec).field("annotations").entries() {
        let profile = at.text_or_empty();
        let usual =
            profile.is_empty() || profile == "runtime/default" || profile.starts_with("localhost/");
        if key.starts_with("container.apparmor.security.beta.kubernetes.io/") && !usual {
            found.push((at, "AppArmor must not be switched off".to_owned()));
        }
    }
    of_context(spec.field("securityContext"), found);
    for container in Pod::containers(spec) {
        of_context(container.at.field("securityContext"), found);
        of_container(standard, pod, container, found);
    }
}

/// What pods and containers have alike.
fn of_context<'a>(context: At<'a>, found: &mut Found<'a>) {
    for name in ["seccompProfile", "appArmorProfile"] {
        let at = context.field(name).field("type");
        if at.text() == Some("Unconfined") {
            found.push((at, format!("`{name}` must not be `Unconfined`")));
        }
    }
    let options = context.field("seLinuxOptions");
    let kind = options.field("type");
    if !USUAL_SE_LINUX_TYPES.contains(&kind.text_or_empty()) {
        found.push((kind, "this type of SELinux is forbidden".to_owned()));
    }
    for at in ["user", "role"].map(|name| options.field(name)) {
        if !at.is_empty() {
            found.push((at, "users and roles of SELinux are forbidden".to_owned()));
        }
    }
    let process = context.field("windowsOptions").field("hostProcess");
    if process.is_true() {
        found.push((process, "`hostProcess` is forbidden".to_owned()));
    }
}

fn of_container<'a>(
    standard: Standard,
    pod: &Pod<'a>,
    container: Container<'a>,
    found: &mut Found<'a>,
) {
    for at in container.at.field("ports").items().map(|port| port.field("hostPort")) {
        if at.int().is_some_and(|number| number != 0) {
            found.push((at, "`hostPort` is forbidden".to_owned()));
        }
    }
    let privileged = own_setting(container, "privileged");
    if privileged.is_true() {
        found.push((privileged, format!("{container} must not be privileged")));
    }
    let proc_mount = own_setting(container, "procMount");
    if proc_mount.text_or("Default") != "Default" && !has_own_users(pod) {
        found.push((proc_mount, format!("{container} must not have its own `procMount`")));
    }
    for at in added(container) {
        if !USUAL_CAPABILITIES.contains(&at.text_or_empty()) {
            found.push((at, format!("{container} must not add this capability")));
        }
    }
    if standard.forbids_hosts {
        let reason = "probes and hooks must not name a host";
        found.extend(hosts(container).map(|at| (at, reason.to_owned())));
    }
}

fn added(container: Container<'_>) -> impl Iterator<Item = At<'_>> {
    own_setting(container, "capabilities").field("add").items()
}

const VOLUMES: [&str; 8] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

fn beyond_restricted<'a>(pod: &Pod<'a>, spec: At<'a>, found: &mut Found<'a>) {
    for volume in spec.field("volumes").items() {
        // A path of the node is beyond `baseline` already, and one that says nothing is
        // an `emptyDir`.
        let unusual = |kind: &str| !matches!(kind, "name" | "hostPath") && !VOLUMES.contains(&kind);
        if volume.entries().any(|(kind, source)| unusual(kind) && source.is_set()) {
            found.push((volume, "volumes of this kind are forbidden".to_owned()));
        }
    }
    let user = shared_setting(spec, "runAsUser");
    if user.int() == Some(0) && !has_own_users(pod) {
        found.push((user, "the pod must not run as root".to_owned()));
    }
    // Only the field counts here, not a selector of nodes.
    let windows = spec.field("os").field("name").text() == Some("windows");
    for container in Pod::containers(spec) {
        no_root(pod, container, found);
        if !windows {
            confined(pod, container, found);
        }
    }
}

fn no_root<'a>(pod: &Pod<'a>, container: Container<'a>, found: &mut Found<'a>) {
    // With users of its own the pod's root is nobody on the node.
    if has_own_users(pod) {
        return;
    }
    let setting = setting(pod, container, "runAsNonRoot");
    if !setting.is_true() {
        found.push((setting, format!("{container} must have `runAsNonRoot: true`")));
    }
    let user = own_setting(container, "runAsUser");
    if user.int() == Some(0) {
        found.push((user, format!("{container} must not run as root")));
    }
}

fn confined<'a>(pod: &Pod<'a>, container: Container<'a>, found: &mut Found<'a>) {
    let escalation = own_setting(container, "allowPrivilegeEscalation");
    if escalation.flag() != Some(false) {
        let message = format!("{container} must have `allowPrivilegeEscalation: false`");
        found.push((escalation, message));
    }
    let seccomp = setting(pod, container, "seccompProfile");
    if !seccomp.is_set() {
        found.push((seccomp, format!("{container} must have a `seccompProfile`")));
    }
    let drop = own_setting(container, "capabilities").field("drop");
    if !drop.items().any(|name| name.text() == Some("ALL")) {
        found.push((drop, format!("{container} must drop the capabilities `ALL`")));
    }
    for at in added(container) {
        let name = at.text_or_empty();
        if name != "NET_BIND_SERVICE" && USUAL_CAPABILITIES.contains(&name) {
            found.push((at, format!("{container} must not add this capability")));
        }
    }
}

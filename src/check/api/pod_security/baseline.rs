//! What `baseline` forbids: what reaches into the node. Each check names the file of
//! Kubernetes' pod-security-admission that it follows.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::diagnostic::choices;
use crate::object::pod_standards::USUAL_CAPABILITIES;

use super::containers::{all, contexts};
use super::{Check, Level};

const LEAVE_OUT: &str = "leave it out";

pub fn look(check: &mut Check<'_>) {
    windows_host_process(check);
    host_namespaces(check);
    privileged(check);
    host_ports(check);
    app_armor(check);
    selinux(check);
    proc_mount(check);
    sysctls(check);
    host_probes(check);
    // `restricted` has stricter checks in the place of these.
    if check.level == Level::Baseline {
        host_paths(check);
    }
    if check.level == Level::Baseline || check.minor < 19 {
        seccomp(check);
    }
    if check.level == Level::Baseline || check.minor < 22 {
        capabilities(check);
    }
}

/// check_windowsHostProcess.
fn windows_host_process(check: &mut Check<'_>) {
    for context in contexts(check.spec) {
        let at = context.down(&["windowsOptions", "hostProcess"]);
        if at.is_true() {
            check.forbid(at, "a container must not be a process of the node", LEAVE_OUT);
        }
    }
}

/// check_hostNamespaces.
fn host_namespaces(check: &mut Check<'_>) {
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        let at = check.spec.field(field);
        if at.is_true() {
            check.forbid(at, format!("a pod must not have `{field}`"), LEAVE_OUT);
        }
    }
}

/// check_privileged.
fn privileged(check: &mut Check<'_>) {
    for container in all(check.spec) {
        let at = container.down(&["securityContext", "privileged"]);
        if at.is_true() {
            check.forbid(at, "a container must not be privileged", LEAVE_OUT);
        }
    }
}

/// check_capabilities_baseline.
fn capabilities(check: &mut Check<'_>) {
    for container in all(check.spec) {
        for added in container.down(&["securityContext", "capabilities", "add"]).items() {
            let name = added.text_or_empty();
            if !USUAL_CAPABILITIES.contains(&name) {
                let message = format!("a container must not add the capability {}", shown(name));
                check.forbid(added, message, "drop it from the list");
            }
        }
    }
}

/// check_hostPathVolumes.
fn host_paths(check: &mut Check<'_>) {
    for volume in check.spec.field("volumes").items() {
        let at = volume.field("hostPath");
        if at.is_set() {
            let help = "use a claim, or an `emptyDir`";
            check.forbid(at, "a volume must not be a path of the node", help);
        }
    }
}

/// check_hostPorts.
fn host_ports(check: &mut Check<'_>) {
    for container in all(check.spec) {
        for port in container.field("ports").items() {
            let at = port.field("hostPort");
            if at.int().is_some_and(|port| port != 0) {
                check.forbid(at, "a container must not take a port of the node", "use a Service");
            }
        }
    }
}

/// check_appArmorProfile: in annotations and in fields.
fn app_armor(check: &mut Check<'_>) {
    const HELP: &str = "use `RuntimeDefault` or `Localhost`";
    for (key, value) in check.holder.down(&["metadata", "annotations"]).entries() {
        let profile = value.text_or_empty();
        let is_allowed = matches!(profile, "" | "runtime/default");
        if key.starts_with("container.apparmor.security.beta.kubernetes.io/")
            && !is_allowed
            && !profile.starts_with("localhost/")
        {
            let message = format!("the AppArmor profile must not be {}", shown(profile));
            check.forbid(value, message, "use `runtime/default` or `localhost/…`");
        }
    }
    for context in contexts(check.spec) {
        one_of(check, context, "appArmorProfile", "AppArmor", HELP);
    }
}

/// The type of a profile that is there is one that confines.
fn one_of<'a>(
    check: &mut Check<'a>,
    context: At<'a>,
    field: &'static str,
    what: &str,
    help: &'static str,
) {
    let profile = context.field(field);
    let at = profile.field("type");
    let word = at.text_or_empty();
    if profile.is_set() && !matches!(word, "RuntimeDefault" | "Localhost") {
        check.forbid(at, format!("the {what} profile must not be {}", shown(word)), help);
    }
}

/// check_seLinuxOptions.
fn selinux(check: &mut Check<'_>) {
    let mut types = vec!["", "container_t", "container_init_t", "container_kvm_t"];
    if check.minor >= 31 {
        types.push("container_engine_t");
    }
    for context in contexts(check.spec) {
        let options = context.field("seLinuxOptions");
        let kind = options.field("type");
        if !types.contains(&kind.text_or_empty()) {
            let known = choices(types.iter().copied().filter(|known| !known.is_empty()));
            let message = format!("the SELinux type must be one of {known}");
            check.forbid(kind, message, "or leave it out");
        }
        for field in ["user", "role"] {
            let at = options.field(field);
            if !at.is_empty() {
                check.forbid(at, format!("the SELinux {field} must not be set"), LEAVE_OUT);
            }
        }
    }
}

/// check_procMount_baseline.
fn proc_mount(check: &mut Check<'_>) {
    if !check.has_own_users() {
        proc_mounts(check);
    }
}

pub fn proc_mounts(check: &mut Check<'_>) {
    for container in all(check.spec) {
        let at = container.down(&["securityContext", "procMount"]);
        if at.is_set() && at.text() != Some("Default") {
            check.forbid(at, "`/proc` must be masked as it is by default", LEAVE_OUT);
        }
    }
}

/// check_seccompProfile_baseline.
fn seccomp(check: &mut Check<'_>) {
    const HELP: &str = "use `RuntimeDefault` or `Localhost`, or leave it out";
    if check.minor >= 19 {
        for context in contexts(check.spec) {
            one_of(check, context, "seccompProfile", "seccomp", HELP);
        }
        return;
    }
    const POD: &str = "seccomp.security.alpha.kubernetes.io/pod";
    const CONTAINER: &str = "container.seccomp.security.alpha.kubernetes.io/";
    for (key, value) in check.holder.down(&["metadata", "annotations"]).entries() {
        let of_container = key
            .strip_prefix(CONTAINER)
            .is_some_and(|name| all(check.spec).any(|one| one.field("name").text() == Some(name)));
        let profile = value.text_or_empty();
        let is_allowed = matches!(profile, "runtime/default" | "docker/default")
            || profile.starts_with("localhost/");
        if (key == POD || of_container) && !is_allowed {
            let message = format!("the seccomp profile must not be {}", shown(profile));
            check.forbid(value, message, HELP);
        }
    }
}

/// check_sysctls.
fn sysctls(check: &mut Check<'_>) {
    const ALLOWED: [(&str, u32); 12] = [
        ("kernel.shm_rmid_forced", 0),
        ("net.ipv4.ip_local_port_range", 0),
        ("net.ipv4.tcp_syncookies", 0),
        ("net.ipv4.ping_group_range", 0),
        ("net.ipv4.ip_unprivileged_port_start", 0),
        ("net.ipv4.ip_local_reserved_ports", 27),
        ("net.ipv4.tcp_keepalive_time", 29),
        ("net.ipv4.tcp_fin_timeout", 29),
        ("net.ipv4.tcp_keepalive_intvl", 29),
        ("net.ipv4.tcp_keepalive_probes", 29),
        ("net.ipv4.tcp_rmem", 32),
        ("net.ipv4.tcp_wmem", 32),
    ];
    for sysctl in check.spec.down(&["securityContext", "sysctls"]).items() {
        let at = sysctl.field("name");
        let name = at.text_or_empty();
        if !ALLOWED.iter().any(|(known, since)| *known == name && *since <= check.minor) {
            let message = format!("the sysctl {} must not be set", shown(name));
            check.forbid(at, message, "it is not one of those that touch the pod alone");
        }
    }
}

/// check_hostProbesAndhostLifecycle: what a node reaches in a pod's stead.
fn host_probes(check: &mut Check<'_>) {
    if check.minor < 34 {
        return;
    }
    const HANDLERS: [&[&str]; 5] = [
        &["livenessProbe"],
        &["readinessProbe"],
        &["startupProbe"],
        &["lifecycle", "postStart"],
        &["lifecycle", "preStop"],
    ];
    for container in all(check.spec) {
        for handler in HANDLERS {
            for action in ["httpGet", "tcpSocket"] {
                let at = container.down(handler).field(action).field("host");
                if !at.is_empty() {
                    let help = "leave it out: it is the pod itself then";
                    check.forbid(at, "a probe or hook must not name a `host`", help);
                }
            }
        }
    }
}

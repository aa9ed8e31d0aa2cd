//! What `restricted` asks for besides: pods without root and without privileges. Each
//! check names the file of Kubernetes' pod-security-admission that it follows.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::object::value::Value;

use super::Check;
use super::baseline::proc_mounts;
use super::containers::all;

pub fn look(check: &mut Check<'_>) {
    volumes(check);
    run_as_non_root(check);
    if check.minor >= 8 && !check.is_spared_for_windows() {
        privilege_escalation(check);
    }
    if check.minor >= 19 && !check.is_spared_for_windows() {
        seccomp(check);
    }
    if check.minor >= 22 && !check.is_spared_for_windows() {
        capabilities(check);
    }
    if check.minor >= 23 {
        run_as_user(check);
    }
    if check.minor >= 35 && check.has_own_users() {
        // check_procMount_restricted. Of others `baseline` has said so.
        proc_mounts(check);
    }
}

/// check_restrictedVolumes.
fn volumes(check: &mut Check<'_>) {
    const ALLOWED: [&str; 9] = [
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
        "image",
    ];
    for volume in check.spec.field("volumes").items() {
        let sources = volume.map().into_iter().flat_map(|map| map.iter());
        let mut sources = sources.filter(|(key, value)| *key != "name" && **value != Value::Null);
        // Without a source it is an `emptyDir`.
        let Some((source, _)) = sources.next() else { continue };
        if !ALLOWED.contains(&source) && !sources.any(|(source, _)| ALLOWED.contains(&source)) {
            let message = format!("a volume must not be {}", shown(source));
            check.forbid(volume.field(source), message, "use a claim");
        }
    }
}

/// check_allowPrivilegeEscalation.
fn privilege_escalation(check: &mut Check<'_>) {
    for container in all(check.spec) {
        let at = container.down(&["securityContext", "allowPrivilegeEscalation"]);
        if at.flag() != Some(false) {
            check.forbid(
                at,
                "a container must not gain privileges",
                "write `allowPrivilegeEscalation: false`",
            );
        }
    }
}

/// check_runAsNonRoot.
fn run_as_non_root(check: &mut Check<'_>) {
    const HELP: &str = "write `runAsNonRoot: true` for the pod";
    const FIELD: &str = "runAsNonRoot";
    if check.has_own_users() {
        return;
    }
    let of_pod = check.spec.field("securityContext").field(FIELD);
    if of_pod.flag() == Some(false) {
        check.forbid(of_pod, "a pod must not run as root", HELP);
    }
    // Where no container says anything, the pod is to say it.
    let is_silent = all(check.spec)
        .all(|container| container.field("securityContext").field(FIELD).flag().is_none());
    if of_pod.flag().is_none() && is_silent {
        check.forbid(of_pod, "a pod must not run as root", HELP);
        return;
    }
    for container in all(check.spec) {
        let at = container.field("securityContext").field(FIELD);
        let is_root = at.flag() == Some(false);
        if is_root || at.flag().is_none() && of_pod.flag().is_none() {
            check.forbid(at, "a container must not run as root", HELP);
        }
    }
}

/// check_runAsUser.
fn run_as_user(check: &mut Check<'_>) {
    if check.has_own_users() {
        return;
    }
    for context in super::containers::contexts(check.spec) {
        let at = context.field("runAsUser");
        if at.int() == Some(0) {
            check.forbid(at, "the user must not be 0, which is root", "take another number");
        }
    }
}

/// check_seccompProfile_restricted.
fn seccomp(check: &mut Check<'_>) {
    const HELP: &str = "write `seccompProfile: {type: RuntimeDefault}` for the pod";
    const FIELD: &str = "seccompProfile";
    let is_good = |profile: At<'_>| {
        matches!(profile.field("type").text_or_empty(), "RuntimeDefault" | "Localhost")
    };
    let of_pod = check.spec.field("securityContext").field(FIELD);
    if of_pod.is_set() && !is_good(of_pod) {
        let at = of_pod.field("type");
        check.forbid(at, "the seccomp profile must confine the pod", HELP);
    }
    let is_silent = all(check.spec).all(|one| !one.field("securityContext").field(FIELD).is_set());
    if !of_pod.is_set() && is_silent {
        check.forbid(of_pod.field("type"), "a pod must have a seccomp profile", HELP);
        return;
    }
    for container in all(check.spec) {
        let own = container.field("securityContext").field(FIELD);
        if own.is_set() && !is_good(own) || !own.is_set() && !of_pod.is_set() {
            check.forbid(own.field("type"), "the seccomp profile must confine it", HELP);
        }
    }
}

/// check_capabilities_restricted.
fn capabilities(check: &mut Check<'_>) {
    for container in all(check.spec) {
        let capabilities = container.down(&["securityContext", "capabilities"]);
        let drop = capabilities.field("drop");
        if !drop.items().any(|one| one.text() == Some("ALL")) {
            check.forbid(
                drop,
                "a container must drop all capabilities",
                "write `capabilities: {drop: [ALL]}`",
            );
        }
        for added in capabilities.field("add").items() {
            let name = added.text_or_empty();
            if name != "NET_BIND_SERVICE" {
                let message = format!("a container must not add the capability {}", shown(name));
                check.forbid(added, message, "only `NET_BIND_SERVICE` can be added");
            }
        }
    }
}

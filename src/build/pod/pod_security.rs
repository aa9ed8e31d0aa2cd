//! The Pod Security Standards: what a pod may not have at each level. Messages
//! name the field, as `kubectl` does.

use k8s_openapi::api::core::v1 as core;

use crate::object::pod_standards::{SAFE_SYSCTLS, USUAL_CAPABILITIES, USUAL_SE_LINUX_TYPES};
use crate::profile::governance::SecurityLevel;

/// What of a pod lies beyond a level.
pub fn violations(pod: &core::PodSpec, level: SecurityLevel) -> Vec<String> {
    let mut found = Vec::new();
    if level == SecurityLevel::Privileged {
        return found;
    }
    beyond_baseline(pod, &mut found);
    if level == SecurityLevel::Restricted {
        beyond_restricted(pod, &mut found);
    }
    found
}

fn containers(pod: &core::PodSpec) -> impl Iterator<Item = &core::Container> {
    pod.init_containers.iter().flatten().chain(&pod.containers)
}

fn beyond_baseline(pod: &core::PodSpec, found: &mut Vec<String>) {
    let host =
        [("hostNetwork", pod.host_network), ("hostPID", pod.host_pid), ("hostIPC", pod.host_ipc)];
    for (field, flag) in host {
        if flag == Some(true) {
            found.push(format!("`{field}` opens the node to it"));
        }
    }
    for volume in pod.volumes.iter().flatten().filter(|volume| volume.host_path.is_some()) {
        found.push(format!("the volume `{}` is a path of the node", volume.name));
    }
    if let Some(context) = &pod.security_context {
        profiles(
            "the pod",
            context.seccomp_profile.as_ref(),
            context.app_armor_profile.as_ref(),
            found,
        );
        se_linux("the pod", context.se_linux_options.as_ref(), found);
        windows("the pod", context.windows_options.as_ref(), found);
        for sysctl in context.sysctls.iter().flatten() {
            if !SAFE_SYSCTLS.contains(&&*sysctl.name) {
                found.push(format!("the sysctl `{}` reaches beyond the pod", sysctl.name));
            }
        }
    }
    for container in containers(pod) {
        let own = format!("the container `{}`", container.name);
        for port in container.ports.iter().flatten() {
            if let Some(number) = port.host_port.filter(|number| *number != 0) {
                found.push(format!("{own} has the node's port {number} (`hostPort`)"));
            }
        }
        let Some(context) = &container.security_context else { continue };
        if context.privileged == Some(true) {
            found.push(format!("{own} is `privileged`"));
        }
        if context.proc_mount.as_deref().is_some_and(|kind| kind != "Default") {
            found.push(format!("{own} has another `procMount`"));
        }
        for added in context.capabilities.iter().flat_map(|own| own.add.iter().flatten()) {
            if !USUAL_CAPABILITIES.contains(&&**added) {
                found.push(format!("{own} adds the capability {added}"));
            }
        }
        profiles(&own, context.seccomp_profile.as_ref(), context.app_armor_profile.as_ref(), found);
        se_linux(&own, context.se_linux_options.as_ref(), found);
        windows(&own, context.windows_options.as_ref(), found);
    }
}

fn profiles(
    own: &str,
    seccomp: Option<&core::SeccompProfile>,
    app_armor: Option<&core::AppArmorProfile>,
    found: &mut Vec<String>,
) {
    if seccomp.is_some_and(|profile| profile.type_ == "Unconfined") {
        found.push(format!("{own} is without `seccompProfile`"));
    }
    if app_armor.is_some_and(|profile| profile.type_ == "Unconfined") {
        found.push(format!("{own} is without `appArmorProfile`"));
    }
}

fn se_linux(own: &str, options: Option<&core::SELinuxOptions>, found: &mut Vec<String>) {
    let Some(options) = options else { return };
    let empty = |text: &Option<String>| text.as_deref().is_none_or(str::is_empty);
    let kind = options.type_.as_deref().unwrap_or("");
    if !USUAL_SE_LINUX_TYPES.contains(&kind) || !empty(&options.user) || !empty(&options.role) {
        found.push(format!("{own} has `seLinuxOptions` of its own"));
    }
}

fn windows(
    own: &str,
    options: Option<&core::WindowsSecurityContextOptions>,
    found: &mut Vec<String>,
) {
    if options.is_some_and(|options| options.host_process == Some(true)) {
        found.push(format!("{own} is a `hostProcess`"));
    }
}

fn beyond_restricted(pod: &core::PodSpec, found: &mut Vec<String>) {
    for volume in pod.volumes.iter().flatten() {
        let allowed = volume.config_map.is_some()
            || volume.csi.is_some()
            || volume.downward_api.is_some()
            || volume.empty_dir.is_some()
            || volume.ephemeral.is_some()
            || volume.persistent_volume_claim.is_some()
            || volume.projected.is_some()
            || volume.secret.is_some();
        // A path of the node is beyond `baseline` already.
        if !allowed && volume.host_path.is_none() {
            found.push(format!("the volume `{}` is of a kind that is not allowed", volume.name));
        }
    }
    let context = pod.security_context.as_ref();
    let own_non_root = context.and_then(|own| own.run_as_non_root);
    if context.and_then(|own| own.run_as_user) == Some(0) {
        found.push("the pod runs as root (`runAsUser: 0`)".to_owned());
    }
    let own_seccomp = context.is_some_and(|own| own.seccomp_profile.is_some());
    for container in containers(pod) {
        let own = format!("the container `{}`", container.name);
        let context = container.security_context.as_ref();
        if context.and_then(|own| own.allow_privilege_escalation) != Some(false) {
            found.push(format!(
                "{own} may gain rights: `allowPrivilegeEscalation: false` is missing"
            ));
        }
        if context.and_then(|own| own.run_as_non_root).or(own_non_root) != Some(true) {
            found.push(format!("{own} may run as root: `runAsNonRoot: true` is missing"));
        }
        if context.and_then(|own| own.run_as_user) == Some(0) {
            found.push(format!("{own} runs as root (`runAsUser: 0`)"));
        }
        if !own_seccomp && context.is_none_or(|own| own.seccomp_profile.is_none()) {
            found.push(format!("{own} has no `seccompProfile`"));
        }
        let capabilities = context.and_then(|own| own.capabilities.as_ref());
        let dropped = capabilities.and_then(|own| own.drop.as_ref());
        if !dropped.is_some_and(|list| list.iter().any(|name| name == "ALL")) {
            found.push(format!("{own} does not drop all capabilities"));
        }
        for added in capabilities.iter().flat_map(|own| own.add.iter().flatten()) {
            if added != "NET_BIND_SERVICE" && USUAL_CAPABILITIES.contains(&&**added) {
                found.push(format!("{own} adds the capability {added}"));
            }
        }
    }
}

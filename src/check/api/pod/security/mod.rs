//! As whom, and with which rights, containers run.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::Surroundings;

pub mod profile;
pub mod windows;

pub static RULE: Rule = Rule {
    name: "api/security-context",
    weight: Weight::ERROR,
    summary: "a security context that a server refuses",
    page: "Users and groups are numbers from 0 to 2147483647. A seccomp or AppArmor profile has a `type`, and a `localhostProfile` with the type `Localhost` alone. A privileged container cannot be kept from gaining privileges.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {seccompProfile: {type: Default}}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  securityContext: {seccompProfile: {type: RuntimeDefault}}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// Of a container: `ValidateSecurityContext`.
pub fn validate(surroundings: &Surroundings<'_>, context: At<'_>) {
    if context.is_empty() {
        return;
    }
    let context = context.under(&RULE);
    context.field("runAsUser").must_be_id();
    context.field("runAsGroup").must_be_id();
    let proc = context.field("procMount");
    proc.must_be_one_of(&["Default", "Unmasked"]);
    if proc.text() == Some("Unmasked") && surroundings.has_host_users {
        proc.fault_with("`Unmasked` needs users of the pod's own", "set `hostUsers: false`");
    }
    if context.field("allowPrivilegeEscalation").flag() == Some(false) {
        must_not_be_privileged(context);
    }
    profile::validate_seccomp(context.field("seccompProfile"));
    profile::validate_app_armor(context.field("appArmorProfile"));
    windows::validate(context.field("windowsOptions"));
}

fn must_not_be_privileged(context: At<'_>) {
    let own = context.field("allowPrivilegeEscalation").named(context);
    let help = "drop `allowPrivilegeEscalation: false`, or the privileges";
    if context.field("privileged").is_true() {
        own.fault_with("a privileged container can gain any privilege", help);
    }
    let added = context.field("capabilities").field("add").items();
    if added.map(At::text_or_empty).any(|name| name == "CAP_SYS_ADMIN") {
        own.fault_with("a container with `CAP_SYS_ADMIN` can gain any privilege", help);
    }
}

/// Of a pod: `validatePodSpecSecurityContext`.
pub fn validate_of_pod(surroundings: &Surroundings<'_>) {
    let spec = surroundings.spec.under(&RULE);
    let context = spec.field("securityContext");
    if spec.field("shareProcessNamespace").is_true() && spec.field("hostPID").is_true() {
        spec.field("shareProcessNamespace")
            .named(context.field("shareProcessNamespace"))
            .fault("does not go with `hostPID: true`");
    }
    windows::validate_host_processes(spec);
    if context.is_empty() {
        return;
    }
    ["fsGroup", "runAsUser", "runAsGroup"].iter().for_each(|id| context.field(id).must_be_id());
    context.field("supplementalGroups").items().for_each(At::must_be_id);
    validate_sysctls(spec, context.field("sysctls"));
    context.field("fsGroupChangePolicy").must_be_one_of(&["OnRootMismatch", "Always"]);
    context.field("supplementalGroupsPolicy").must_be_one_of(&["Merge", "Strict"]);
    context.field("seLinuxChangePolicy").must_be_one_of(&["MountOption", "Recursive"]);
    profile::validate_seccomp(context.field("seccompProfile"));
    profile::validate_app_armor(context.field("appArmorProfile"));
    windows::validate(context.field("windowsOptions"));
}

impl At<'_> {
    /// The number of a user or a group.
    fn must_be_id(self) {
        self.must_be_within(0, i32::MAX.into());
    }
}

/// `validateSysctls`.
fn validate_sysctls(spec: At<'_>, sysctls: At<'_>) {
    let mut names = HashSet::new();
    for sysctl in sysctls.items() {
        let name = sysctl.field("name");
        let text = name.text_or_empty();
        if name.required() && !is_sysctl(text) {
            name.fault_with(
                format!("{} is not a sysctl", shown(text)),
                "such as `net.core.somaxconn`",
            );
        } else if !text.is_empty() && !names.insert(text) {
            name.fault(format!("{} is there twice", shown(text)));
        }
        match namespace_of(text) {
            Some("hostNetwork") if spec.field("hostNetwork").is_true() => {
                name.fault("with `hostNetwork: true` it would change the node");
            }
            Some("hostIPC") if spec.field("hostIPC").is_true() => {
                name.fault("with `hostIPC: true` it would change the node");
            }
            _ => {}
        }
    }
}

/// `IsValidSysctlName`: words between dots or slashes.
fn is_sysctl(name: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    let is_word = |word: &str| {
        !word.is_empty()
            && word.chars().all(is_inner)
            && !word.starts_with(['-', '_'])
            && !word.ends_with(['-', '_'])
    };
    name.len() <= 253 && name.split(['.', '/']).all(is_word)
}

/// What shares the namespace of a sysctl with the node.
fn namespace_of(sysctl: &str) -> Option<&'static str> {
    // With slashes first, dots and slashes change places.
    let dotted: String = match sysctl.find(['.', '/']).map(|at| sysctl.as_bytes().get(at)) {
        Some(Some(b'/')) => {
            let swap = |c| match c {
                '.' => '/',
                '/' => '.',
                c => c,
            };
            sysctl.chars().map(swap).collect()
        }
        _ => sysctl.to_owned(),
    };
    let starts = |starts: &[&str]| starts.iter().any(|start| dotted.starts_with(start));
    if starts(&["net."]) {
        Some("hostNetwork")
    } else if dotted == "kernel.sem" || starts(&["kernel.shm", "kernel.msg", "fs.mqueue."]) {
        Some("hostIPC")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sysctls() {
        for name in ["net.core.somaxconn", "net/ipv4/conf/eth0.1/x", "a", "a_b-c.d1"] {
            assert!(is_sysctl(name), "{name}");
        }
        for name in ["", "a..b", "A.b", "a.-b", "a.b_", "a b", ".a"] {
            assert!(!is_sysctl(name), "{name}");
        }
        assert_eq!(namespace_of("net.core.somaxconn"), Some("hostNetwork"));
        assert_eq!(namespace_of("net/core/somaxconn"), Some("hostNetwork"));
        assert_eq!(namespace_of("kernel.shmmax"), Some("hostIPC"));
        assert_eq!(namespace_of("kernel.semx"), None);
        assert_eq!(namespace_of("vm.swappiness"), None);
    }
}

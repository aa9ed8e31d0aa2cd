//! The security contexts of a pod and its containers, by the Pod Security level
//! that it keeps.

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::container::Container;
use crate::profile::decode::Raw;
use crate::profile::governance::{PodSecurity, SecurityLevel};
use crate::profile::hardening::Security;
use crate::profile::workload::Workload;
use crate::source::Place;

use super::super::context::Context;
use super::super::raw;
use super::pod_security::violations;

/// What a workload keeps, with the system's settings where it says nothing.
pub fn of_workload(context: &Context<'_>, workload: &Workload) -> Option<Security> {
    let system = context.index.system.security.as_ref().map(|security| &security.value);
    match &workload.security {
        Some(own) => Some(own.over(system)),
        None => system.cloned(),
    }
}

fn level(security: Option<&Security>) -> Option<SecurityLevel> {
    security?.level.as_ref().map(|level| level.value)
}

/// Pods of these levels run with the runtime's own filter of system calls.
fn filters_calls(level: Option<SecurityLevel>) -> bool {
    matches!(level, Some(SecurityLevel::Restricted | SecurityLevel::Baseline))
}

pub fn of_pod(
    security: Option<&Security>,
    workload: &Workload,
    report: &mut Report,
) -> Option<core::PodSecurityContext> {
    let number = |number: fn(&Security) -> Option<u32>| security.and_then(number).map(i64::from);
    let derived = core::PodSecurityContext {
        run_as_non_root: (level(security) == Some(SecurityLevel::Restricted)).then_some(true),
        run_as_user: number(|own| own.run_as_user.as_ref().map(|id| **id)),
        run_as_group: number(|own| own.run_as_group.as_ref().map(|id| **id)),
        fs_group: number(|own| own.fs_group.as_ref().map(|id| **id)),
        fs_group_change_policy: security
            .and_then(|own| own.fs_group_change_policy.as_ref())
            .map(|policy| policy.as_str().to_owned()),
        seccomp_profile: filters_calls(level(security)).then(|| core::SeccompProfile {
            type_: "RuntimeDefault".to_owned(),
            localhost_profile: None,
        }),
        ..core::PodSecurityContext::default()
    };
    if let Some(policy) = security.and_then(|own| own.fs_group_change_policy.as_ref())
        && derived.fs_group.is_none()
    {
        report.error(policy.place, "this belongs to `fsGroup`, and there is none");
    }
    let written: core::PodSecurityContext = match &workload.pod_security_context {
        Some(written) => raw::part(written, report)?,
        None => core::PodSecurityContext::default(),
    };
    let whole = core::PodSecurityContext {
        run_as_non_root: written.run_as_non_root.or(derived.run_as_non_root),
        run_as_user: written.run_as_user.or(derived.run_as_user),
        run_as_group: written.run_as_group.or(derived.run_as_group),
        fs_group: written.fs_group.or(derived.fs_group),
        fs_group_change_policy: written.fs_group_change_policy.or(derived.fs_group_change_policy),
        seccomp_profile: written.seccomp_profile.or(derived.seccomp_profile),
        ..written
    };
    if let Some(written) = &workload.pod_security_context {
        let groups = whole.supplemental_groups.iter().flatten().copied();
        let ids = [whole.run_as_user, whole.run_as_group, whole.fs_group];
        check_ids(ids.into_iter().flatten().chain(groups), written, report);
    }
    (whole != core::PodSecurityContext::default()).then_some(whole)
}

/// IsValidUserID, IsValidGroupID.
fn check_ids(ids: impl Iterator<Item = i64>, written: &Raw, report: &mut Report) {
    for id in ids.filter(|id| !(0..=i64::from(i32::MAX)).contains(id)) {
        report.error(written.0.place, format!("{id} is no user or group: 0 to 2147483647"));
    }
}

pub fn of_container(
    security: Option<&Security>,
    container: &Container,
    report: &mut Report,
) -> Option<core::SecurityContext> {
    let restricted = level(security) == Some(SecurityLevel::Restricted);
    let added = security.and_then(|own| own.capabilities.as_ref());
    let added = added.map(|list| list.iter().map(|name| name.as_str().to_owned()).collect());
    let written: core::SecurityContext = match &container.security_context {
        Some(written) => raw::part(written, report)?,
        None => core::SecurityContext::default(),
    };
    let own = written.capabilities.unwrap_or_default();
    let capabilities = core::Capabilities {
        add: own.add.or(added),
        drop: own.drop.or_else(|| restricted.then(|| vec!["ALL".to_owned()])),
    };
    let read_only = security.and_then(|own| own.read_only.as_ref()).map(|flag| **flag);
    let whole = core::SecurityContext {
        allow_privilege_escalation: written
            .allow_privilege_escalation
            .or_else(|| restricted.then_some(false)),
        read_only_root_filesystem: written.read_only_root_filesystem.or(read_only),
        capabilities: (capabilities != core::Capabilities::default()).then_some(capabilities),
        ..written
    };
    if let Some(written) = &container.security_context {
        let ids = [whole.run_as_user, whole.run_as_group];
        check_ids(ids.into_iter().flatten(), written, report);
        // ValidateSecurityContext.
        if whole.privileged == Some(true) && whole.allow_privilege_escalation == Some(false) {
            let fault =
                "a privileged container has all rights: `allowPrivilegeEscalation` cannot be false";
            report.error(written.0.place, fault);
        }
    }
    (whole != core::SecurityContext::default()).then_some(whole)
}

/// A program that cannot write where it wants to fails at its first start, so
/// somebody must say where it writes.
pub fn ask_for_writes(
    security: Option<&Security>,
    name: &str,
    container: &Container,
    report: &mut Report,
) {
    let Some(read_only) = security.and_then(|own| own.read_only.as_ref()) else { return };
    if read_only.value && container.writes.is_none() {
        report.add(
            Diagnostic::missing(format!(
                "the root file system is read-only: where does the container `{name}` write?"
            ))
            .at(container.image.place)
            .related(read_only.place, "asked for here")
            .help("`writes: [/tmp]`, or `writes: []` where its mounts are enough"),
        );
    }
}

/// What the pod must keep: its own level, and the one that its namespace
/// enforces.
pub fn check(
    context: &Context<'_>,
    workload: &Workload,
    security: Option<&Security>,
    pod: &core::PodSpec,
    place: Place,
    report: &mut Report,
) {
    let own = security.and_then(|own| own.level.as_ref()).map(|level| (level.value, level.place));
    let enforced = context.index.pod_security(workload).and_then(|security: &PodSecurity| {
        security.enforce.as_ref().map(|level| (level.value, level.place))
    });
    // `restricted` is the smallest, and asks for most.
    let Some((level, asked)) = own.into_iter().chain(enforced).min_by_key(|(level, _)| *level)
    else {
        return;
    };
    for violation in violations(pod, level) {
        let beyond = format!("beyond the Pod Security level `{}`", level.as_str());
        let fault = Diagnostic::new(violation).at(place).label(beyond).related(asked, "asked for");
        let untold = own.is_none() && level == SecurityLevel::Restricted;
        report.add(match untold {
            true => fault.help(format!("`security: {}` sets what it asks for", level.as_str())),
            false => fault,
        });
    }
}

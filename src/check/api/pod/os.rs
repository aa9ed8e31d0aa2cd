//! What a pod cannot have on the operating system that it names.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::containers;

pub static RULE: Rule = Rule {
    name: "api/pod-os",
    weight: Weight::ERROR,
    summary: "settings of a pod that its operating system does not have",
    page: "A pod that says which `os` it is for can have only what there is on it: no `windowsOptions` on Linux; no users and groups by number, capabilities, seccomp, AppArmor, SELinux or namespaces of the host on Windows.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  os: {name: windows}
  securityContext: {runAsUser: 1000}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  os: {name: linux}
  securityContext: {runAsUser: 1000}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// What the security contexts of pods on Windows do not have, and of their containers.
const NOT_OF_WINDOWS_PODS: [&str; 11] = [
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "sysctls",
    "runAsUser",
    "runAsGroup",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "seLinuxChangePolicy",
];
const NOT_OF_WINDOWS_CONTAINERS: [&str; 10] = [
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
    "runAsUser",
    "runAsGroup",
];

/// `validateOS`, `validateLinux` and `validateWindows`.
pub fn validate(spec: At<'_>) {
    let spec = spec.under(&RULE);
    let os = spec.field("os");
    if !os.is_set() {
        return;
    }
    let name = os.field("name");
    if !name.required() || !name.named(os).must_be_one_of(&["linux", "windows"]) {
        return;
    }
    let contexts = contexts_of_containers(spec);
    if name.text() == Some("linux") {
        let all = std::iter::once(spec.field("securityContext")).chain(contexts);
        all.for_each(|context| {
            context.field("windowsOptions").forbid("the pod is for Linux");
        });
        return;
    }
    let of_users = ["hostUsers", "shareProcessNamespace"].map(|name| spec.field(name));
    let of_host = ["hostPID", "hostIPC"].map(|name| spec.field(name));
    let asked_for = of_host.into_iter().filter(|field| field.is_true());
    of_users.into_iter().chain(asked_for).for_each(|field| field.forbid("the pod is for Windows"));
    let context = spec.field("securityContext");
    let of_pod = NOT_OF_WINDOWS_PODS.map(|name| context.field(name));
    // An empty list of sysctls asks for nothing.
    of_pod
        .into_iter()
        .filter(|field| !field.is_empty())
        .for_each(|field| field.forbid("the pod is for Windows"));
    for context in contexts {
        for field in NOT_OF_WINDOWS_CONTAINERS.map(|name| context.field(name)) {
            field.forbid("the pod is for Windows");
        }
    }
}

fn contexts_of_containers(spec: At<'_>) -> impl Iterator<Item = At<'_>> {
    containers(spec).map(|container| container.field("securityContext")).filter(|at| at.is_set())
}

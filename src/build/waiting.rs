//! Containers that wait until Services answer, and workloads that would wait
//! for each other forever.

use std::collections::{BTreeMap, HashMap, HashSet};

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::container::Protocol;
use crate::profile::image::PullPolicy;
use crate::profile::index::Index;
use crate::profile::workload::Workload;
use crate::source::Place;

/// A container for each Service that must answer first. Host and port are
/// names that were checked, so no shell can read anything else into them.
pub fn containers(
    index: &Index<'_>,
    workload: &Workload,
    report: &mut Report,
) -> Vec<core::Container> {
    if workload.wait_for.is_empty() {
        return Vec::new();
    }
    let image = match index.image(&index.system.wait_image) {
        Ok(image) => image,
        Err(diagnostic) => {
            report.add(diagnostic);
            return Vec::new();
        }
    };
    let (mut seen, mut names) = (HashSet::new(), HashSet::new());
    names.extend(workload.init_containers.keys().map(ToString::to_string));
    names.extend(workload.sidecars.keys().map(ToString::to_string));
    let mut containers = Vec::new();
    for endpoint in &workload.wait_for {
        let address = match index.address(endpoint) {
            Ok(address) => address,
            Err(unknown) => {
                report.add(unknown.at(endpoint.place));
                continue;
            }
        };
        if address.protocol != Protocol::Tcp {
            report.error(endpoint.place, "only a TCP port shows whether somebody answers");
        }
        let (host, port) = (&address.host, address.port);
        if !seen.insert((host.clone(), port)) {
            report.error(endpoint.place, "this is waited for twice");
            continue;
        }
        let wish = name_of(endpoint.service.as_str(), &endpoint.port.to_string());
        let numbered = (2..).map(|number| format!("{wish}-{number}"));
        let name = std::iter::once(wish.clone()).chain(numbered).find(|name| !names.contains(name));
        let name = name.unwrap_or_default();
        names.insert(name.clone());
        containers.push(core::Container {
            name,
            image: Some(image.reference.clone()),
            image_pull_policy: image.pull_policy.map(PullPolicy::as_str).map(str::to_owned),
            command: Some(vec![
                "sh".to_owned(),
                "-c".to_owned(),
                format!("until nc -z -w 2 {host} {port}; do echo waiting for {host}:{port}; sleep 2; done"),
            ]),
            resources: Some(resources()),
            security_context: Some(security()),
            ..core::Container::default()
        });
    }
    containers
}

/// A container's name is a DNS label, here with room for a number; the end of
/// a long one is the telling one.
fn name_of(service: &str, port: &str) -> String {
    let whole = format!("wait-for-{service}-{port}").replace('.', "-");
    match whole.len() {
        0..=58 => whole,
        length => format!("w{}", &whole[length - 57..]),
    }
}

/// Waiting costs next to nothing, and a quota may ask for every container's
/// requests and limits.
fn resources() -> core::ResourceRequirements {
    let amounts = |cpu: &str, memory: &str| {
        Some(BTreeMap::from([
            ("cpu".to_owned(), Quantity(cpu.to_owned())),
            ("memory".to_owned(), Quantity(memory.to_owned())),
        ]))
    };
    core::ResourceRequirements {
        requests: amounts("10m", "16Mi"),
        limits: amounts("50m", "32Mi"),
        claims: None,
    }
}

/// Waiting needs no rights, so it passes the strictest Pod Security level,
/// whatever user the image names.
fn security() -> core::SecurityContext {
    const NOBODY: i64 = 65534;
    core::SecurityContext {
        run_as_non_root: Some(true),
        run_as_user: Some(NOBODY),
        allow_privilege_escalation: Some(false),
        read_only_root_filesystem: Some(true),
        capabilities: Some(core::Capabilities { add: None, drop: Some(vec!["ALL".to_owned()]) }),
        seccomp_profile: Some(core::SeccompProfile {
            type_: "RuntimeDefault".to_owned(),
            localhost_profile: None,
        }),
        ..core::SecurityContext::default()
    }
}

/// Workloads that wait for each other never start.
pub fn refuse_circles(index: &Index<'_>, report: &mut Report) {
    let mut waits: HashMap<&str, Vec<(&str, Place)>> = HashMap::new();
    for (name, workload) in &index.system.workloads {
        for endpoint in &workload.wait_for {
            let service = index.service(endpoint).ok();
            if let Some((other, _)) = service.and_then(|service| service.workload) {
                waits.entry(name.as_str()).or_default().push((other.as_str(), endpoint.place));
            }
        }
    }
    let mut done = HashSet::new();
    for start in index.system.workloads.keys() {
        // Depth first with a stack of its own: chains may be long.
        let mut path = vec![(start.as_str(), 0)];
        let mut open = HashSet::from([start.as_str()]);
        while let Some((name, next)) = path.pop() {
            let Some((other, place)) = waits.get(name).and_then(|list| list.get(next)) else {
                open.remove(name);
                done.insert(name);
                continue;
            };
            path.push((name, next + 1));
            if open.contains(other) {
                let from = path.iter().position(|(on_path, _)| on_path == other).unwrap_or(0);
                let circle: Vec<&str> = path[from..].iter().map(|(name, _)| *name).collect();
                report.add(
                    Diagnostic::new("these workloads wait for each other and never start")
                        .at(*place)
                        .label(format!("{} → {other}", circle.join(" → "))),
                );
            } else if !done.contains(other) {
                open.insert(other);
                path.push((other, 0));
            }
        }
    }
}

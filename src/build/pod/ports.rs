//! Ports of one pod: its containers share a network, so no two of them can
//! listen on one port.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::workload::Workload;
use crate::source::Place;

pub fn check(workload: &Workload, report: &mut Report) {
    let on_host = workload.host_network.as_ref().is_some_and(|flag| **flag);
    let (mut names, mut numbers, mut on_node) = (HashMap::new(), HashMap::new(), HashMap::new());
    let others = workload.sidecars.values().chain(workload.containers.values());
    let containers = std::iter::once(&workload.container).chain(others.map(|item| &item.value));
    for (name, port) in containers.flat_map(|container| &container.ports) {
        let (number, protocol) = (port.port.get(), port.protocol);
        let mut taken = |first: Option<Place>, what: String| {
            if let Some(first) = first {
                let twice = Diagnostic::new(what).at(port.key);
                report.add(twice.related(first, "the other one"));
            }
        };
        taken(names.insert(name, port.key), format!("two ports of the pod are called `{name}`"));
        taken(
            numbers.insert((number, protocol), port.key),
            format!("two ports of the pod have the number {number}"),
        );
        let host_port = port.host_port.map(|host_port| host_port.get());
        let node = host_port.map(|host_port| (host_port, protocol, port.host_ip));
        if let Some(node) = node {
            taken(
                on_node.insert(node, port.key),
                format!("two ports of the pod take the port {} of the node", node.0),
            );
        }
        if on_host && host_port.is_some_and(|host_port| host_port != number) {
            report.error(port.key, "on the node's network `hostPort` and `port` are one");
        }
    }
}

//! Ports that are listed twice.

use std::collections::{HashMap, HashSet};

use crate::check::at::At;

/// What is listed of one port of the pod already.
#[derive(Default)]
struct Listed<'a> {
    /// The addresses of the node for which it is listed without a port of the node.
    without: HashSet<&'a str>,
    /// The addresses for which it is listed, by the port of the node.
    with: HashMap<i64, HashSet<&'a str>>,
}

/// Across all containers that run together.
pub fn warn(spec: At<'_>) {
    let on_host = spec.field("hostNetwork").is_true();
    let sidecars = spec.field("initContainers").items();
    let sidecars = sidecars.filter(|at| at.field("restartPolicy").text() == Some("Always"));
    let mut ports: HashMap<(i64, &str), Listed<'_>> = HashMap::new();
    for container in sidecars.chain(spec.field("containers").items()) {
        for port in container.field("ports").items() {
            let number = port.field("containerPort").int().unwrap_or(0);
            let host = match port.field("hostPort").int().unwrap_or(0) {
                0 if on_host => number,
                host => host,
            };
            let address = port.field("hostIP").text_or_empty();
            if host == 0 && !address.is_empty() {
                port.warn("`hostIP` does nothing without `hostPort`");
            }
            let protocol = port.field("protocol").text_or("TCP");
            let listed = ports.entry((number, protocol)).or_default();
            if listed.overlaps(host, address) {
                port.warn(format!("{protocol} port {number} is listed already"));
            }
            listed.add(host, address);
        }
    }
}

impl<'a> Listed<'a> {
    /// No address is all addresses.
    fn overlaps(&self, host: i64, address: &str) -> bool {
        if host == 0 {
            return !self.without.is_empty() || !self.with.is_empty();
        }
        let of_host = self.with.get(&host);
        !self.without.is_empty()
            || of_host
                .is_some_and(|of| address.is_empty() || of.contains("") || of.contains(address))
    }

    fn add(&mut self, host: i64, address: &'a str) {
        match host {
            0 => self.without.insert(address),
            _ => self.with.entry(host).or_default().insert(address),
        };
    }
}

//! Ports of containers, and of the nodes that they take.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::PortName;

use super::Surroundings;

pub static RULE: Rule = Rule {
    name: "api/container-port",
    weight: Weight::ERROR,
    summary: "a port of a container that a server refuses",
    page: "A port has a number from 1 to 65535, and may have a name: up to 15 lower-case letters, digits and single hyphens, with a letter among them, and once in a container. A `hostPort` is a port of the node: no two containers of a pod can have the same, and with `hostNetwork: true` it is the port of the container itself.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http_admin, containerPort: 8080}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      ports: [{name: http-admin, containerPort: 8080}]
",
    look: Look::Validation,
};

const DEFAULT_PROTOCOL: &str = "TCP";

/// `validateContainerPorts`.
pub fn validate(ports: At<'_>) {
    let mut names = HashSet::new();
    for port in ports.under(&RULE).items() {
        let name = port.field("name");
        if !name.is_empty() {
            let found = name.found();
            name.must_be::<PortName>();
            if name.found() == found && !names.insert(name.text_or_empty()) {
                name.fault(format!("there is another port {}", shown(name.text_or_empty())));
            }
        }
        let (number, host) = (port.field("containerPort"), port.field("hostPort"));
        match number.int() {
            None | Some(0) => number.missing(),
            Some(_) => number.must_be_port(),
        }
        if host.int() != Some(0) {
            host.must_be_port();
        }
        port.field("protocol").may_be_one_of(&["TCP", "UDP", "SCTP"]);
    }
}

/// On the network of its node a port is the node's: `validatePodHostNetworkDeps`.
pub fn must_be_of_node(container: At<'_>) {
    for port in container.under(&RULE).field("ports").items() {
        let (number, host) = (port.field("containerPort"), port.field("hostPort"));
        if let Some(taken) = host.int().filter(|taken| *taken != 0)
            && taken != number.int().unwrap_or(0)
        {
            host.fault_with(
                format!("{taken} is not the `containerPort`"),
                "with `hostNetwork: true` they are one and the same; drop it",
            );
        }
    }
}

/// Which ports of the node are taken already, in one pod.
pub struct HostPorts<'a> {
    taken: HashSet<(&'a str, &'a str, i64)>,
    /// Pods on the network of their node have all their ports there. Templates get them
    /// only when a pod is made.
    all: bool,
}

impl<'a> HostPorts<'a> {
    pub fn of(surroundings: &Surroundings<'a>) -> HostPorts<'a> {
        let all = surroundings.is_pod && surroundings.spec.field("hostNetwork").is_true();
        HostPorts { taken: HashSet::new(), all }
    }

    /// A container takes its ports: `AccumulateUniqueHostPorts`.
    pub fn claim(&mut self, container: At<'a>) {
        for port in container.under(&RULE).field("ports").items() {
            let host = port.field("hostPort");
            let number = match host.int().unwrap_or(0) {
                0 if self.all => port.field("containerPort").int().unwrap_or(0),
                number => number,
            };
            let address = port.field("hostIP").text_or_empty();
            let protocol = port.field("protocol").text_or(DEFAULT_PROTOCOL);
            if number != 0 && !self.taken.insert((protocol, address, number)) {
                host.fault(format!("{protocol} port {number} of the node is taken already"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn pod(spec: &str, ports: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  {spec}\n  containers:\n    - {{name: a, image: 'a:1', ports: {ports}}}\n"
        )
    }

    #[test]
    fn a_port_on_the_network_of_the_node_is_the_port_of_the_node() {
        let on_host = |ports| pod("hostNetwork: true", ports);
        none(&on_host("[{containerPort: 80}, {containerPort: 81, hostPort: 81}]"));
        assert_eq!(
            faults(&on_host("[{containerPort: 80, hostPort: 81}]")),
            ["spec.containers[0].ports[0].hostPort"]
        );
        assert_eq!(
            faults(&on_host("[{containerPort: 80}, {containerPort: 80}]")),
            ["spec.containers[0].ports[1].hostPort"]
        );
    }

    #[test]
    fn only_containers_that_run_together_are_compared() {
        let init = "hostNetwork: true\n  initContainers: [{name: b, image: 'a:1', ports: [{containerPort: 1, hostPort: 2}]}]";
        none(&pod(init, "[{containerPort: 80}]"));
        let twice = "initContainers: [{name: b, image: 'a:1'}, {name: c, image: 'a:1', ports: [{containerPort: 1, hostPort: 1}, {containerPort: 2, hostPort: 1}]}]";
        // A server counts each as if it were the first one.
        assert_eq!(faults(&pod(twice, "[]")), ["spec.initContainers[0].ports[1].hostPort"]);
    }

    #[test]
    fn ports_of_the_node_are_taken_once() {
        let one = "{containerPort: 80, hostPort: 80}";
        for other in [
            "{containerPort: 80, hostPort: 80, protocol: UDP}",
            "{containerPort: 80, hostPort: 80, hostIP: 10.0.0.1}",
            "{containerPort: 80}",
            "{containerPort: 80, hostPort: 0}",
        ] {
            none(&pod("hostNetwork: false", &format!("[{one}, {other}]")));
        }
        assert_eq!(
            faults(&pod("hostNetwork: false", &format!("[{one}, {one}]"))),
            ["spec.containers[0].ports[1].hostPort"]
        );
    }
}

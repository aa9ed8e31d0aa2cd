//! Two Services at one port of the nodes.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Right, Scene};

pub static RULE: Rule = Rule {
    name: "refs/node-port",
    weight: Weight::ERROR,
    summary: "two Services ask for one port of the nodes",
    page: "A `nodePort` is the same on all nodes and for all namespaces: a server refuses the second Service that asks for one. Give each a port of its own, or leave the number to the server.",
    bad: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
",
    good: "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {type: NodePort, ports: [{port: 80, nodePort: 30081}]}
",
    look: Look::Object(look),
};

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is("", "Service") {
        return;
    }
    for port in object.field("spec").field("ports").items() {
        let at = port.field("nodePort");
        let Some(number) = at.int().filter(|number| *number > 0) else { continue };
        let right = Right::NodePort { number, protocol: port.field("protocol").text_or("TCP") };
        if let Some(other) = scene.exclusive().first_other(&right, subject) {
            at.fault_with(
                format!("{} has the port {number} of the nodes", other.identity),
                "choose another one, or leave it to the server",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn protocols_have_ports_of_their_own() {
        let service = |name: &str, namespace: &str, protocol: &str| {
            format!(
                "---\n{{apiVersion: v1, kind: Service, metadata: {{name: {name}, namespace: {namespace}}}, spec: {{type: NodePort, ports: [{{port: 80, protocol: {protocol}, nodePort: 30053}}]}}}}\n"
            )
        };
        assert!(
            said(RULE.name, &(service("a", "x", "TCP") + &service("b", "x", "UDP"))).is_empty()
        );
        assert_eq!(
            said(RULE.name, &(service("a", "x", "TCP") + &service("a", "z", "TCP"))).len(),
            1
        );
    }
}

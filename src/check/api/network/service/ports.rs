//! The ports of a Service: `ValidateServicePort`.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::check::at::At;
use crate::scalar::DnsLabel;

use super::{Type, addresses};

/// The ports that a server opens on nodes if it is not told otherwise.
const USUAL_ON_NODES: RangeInclusive<i64> = 30_000..=32_767;

pub fn validate(spec: At<'_>, kind: Type) {
    let ports = spec.field("ports");
    let needs_none = kind == Type::ExternalName || addresses::is_headless(spec);
    if ports.is_empty() && !needs_none {
        ports.missing();
    }
    let many = ports.list().len() > 1;
    let (mut numbers, mut on_nodes) = (HashSet::new(), HashSet::new());
    for port in ports.items() {
        validate_port(port, many);
        let protocol = port.field("protocol").text_or("TCP");
        let number = port.field("port").int().unwrap_or(0);
        if !numbers.insert((protocol, number)) {
            port.fault_with(
                format!("port {number} of {protocol} is there twice"),
                "a client could not tell them apart: drop one of them",
            );
        }
        let on_node = port.field("nodePort");
        let Some(number) = on_node.int().filter(|number| *number != 0) else { continue };
        if kind == Type::ClusterIp {
            on_node
                .forbid("only Services of type `NodePort` or `LoadBalancer` open ports on nodes");
        }
        if !on_nodes.insert((protocol, number)) {
            on_node.fault(format!("port {number} of {protocol} is there twice"));
        }
        if kind != Type::ClusterIp && !USUAL_ON_NODES.contains(&number) {
            on_node.warn_with(
                format!("most clusters do not open port {number} on their nodes"),
                "a server opens 30000 to 32767 if it is not told otherwise, and refuses the rest",
            );
        }
    }
    ports.must_differ_in("name");
}

fn validate_port(port: At<'_>, is_one_of_many: bool) {
    let name = port.field("name");
    if is_one_of_many && name.is_empty() {
        name.fault_with("`name` is missing", "each of several ports needs one");
    }
    name.may_be::<DnsLabel>();
    let number = port.field("port");
    if number.must_be_set() {
        number.must_be_port();
    }
    port.field("protocol").may_be_one_of(&["TCP", "UDP", "SCTP"]);
    let target = port.field("targetPort");
    match (target.int(), target.text_or_empty()) {
        // It is the port itself then, and a server says of it what it says of the port.
        (None | Some(0), "") => {
            let number = number.int().unwrap_or(0);
            if !(1..=i64::from(u16::MAX)).contains(&number) {
                target.fault(format!(
                    "it is the port where nothing else is given, and that is {number}"
                ));
            }
        }
        _ => target.may_be_port_or_name(),
    }
    port.field("appProtocol").must_be_qualified_name();
}

//! What is said of a port that a Service does not have.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::subject::Subject;
use crate::diagnostic::choices;

use super::{absent, ports, services};

/// How a port is named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Port {
    Name,
    Number,
}

/// Says so where a Service does not have the port that is named there.
pub fn must_have(service: &Subject<'_>, at: At<'_>, port: Port) {
    let own = || ports::of_service(service);
    // What stands for a host outside has whatever ports the host has.
    if own().next().is_none() || services::is_external(service) {
        return;
    }
    let name = shown(service.name());
    match (port, at.text(), at.int()) {
        (Port::Name, Some(wanted), _) if !wanted.is_empty() => {
            if own().any(|port| port.name == wanted) {
                return;
            }
            let names: Vec<&str> = own().map(|port| port.name).filter(|n| !n.is_empty()).collect();
            let help = match absent::near_of_few(wanted, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if names.is_empty() => "its ports have no names: say the number".to_owned(),
                None => format!("it has {}", choices(names)),
            };
            at.fault_with(format!("Service {name} has no port {}", shown(wanted)), help);
        }
        (Port::Number, _, Some(wanted)) if wanted > 0 => {
            if let Some(help) = lacks(service, wanted) {
                at.fault_with(format!("Service {name} has no port {wanted}"), help);
            }
        }
        _ => {}
    }
}

/// What to do about it where a Service lacks a port.
pub fn lacks(service: &Subject<'_>, wanted: i64) -> Option<String> {
    let own = || ports::of_service(service);
    if own().next().is_none() || own().any(|port| port.number == wanted) {
        return None;
    }
    let behind = own().find(|port| port.target == ports::Target::Number(wanted));
    Some(match behind {
        Some(port) => {
            format!("{wanted} is the port of the pods; the one of the Service is {}", port.number)
        }
        None => {
            let numbers: Vec<String> = own().map(|port| port.number.to_string()).collect();
            format!("it has {}", choices(numbers.iter().map(String::as_str)))
        }
    })
}

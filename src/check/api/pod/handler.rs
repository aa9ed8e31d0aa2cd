//! What probes and hooks do: run a command, call a port, or wait.

use crate::check::at::At;
use crate::diagnostic::choices;

use super::Surroundings;

/// `validateHandler`, for these kinds of handlers.
pub fn validate<'a>(surroundings: &Surroundings<'a>, at: At<'a>, kinds: &[&'static str]) {
    let mut first = None;
    for &kind in kinds {
        let handler = at.field(kind);
        if !handler.is_set() {
            continue;
        }
        if let Some(first) = first {
            handler.forbid(&format!("there is `{first}`, and only one of them is done"));
            continue;
        }
        first = Some(kind);
        match kind {
            "exec" => {
                handler.field("command").required();
            }
            "httpGet" => validate_http(handler),
            "tcpSocket" => handler.field("port").must_be_port_or_name(),
            "grpc" => must_be_port_of_grpc(handler.field("port")),
            _ => validate_sleep(surroundings, handler),
        }
    }
    if first.is_none() {
        at.fault(format!("it needs something to do: {}", choices(kinds.iter().copied())));
    }
}

/// The path and the scheme are `/` and `HTTP` where they are missing.
fn validate_http(at: At<'_>) {
    at.field("port").must_be_port_or_name();
    at.field("scheme").may_be_one_of(&["HTTP", "HTTPS"]);
    let headers = at.field("httpHeaders");
    for header in headers.items() {
        let name = header.field("name").text_or_empty();
        let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(good) {
            header.field("name").named(headers).fault_with(
                format!("{} is not the name of a header", super::shown(name)),
                "use letters, digits and `-`",
            );
        }
    }
}

fn must_be_port_of_grpc(port: At<'_>) {
    match port.int() {
        None => port.missing(),
        Some(_) => port.must_be_port(),
    }
}

fn validate_sleep(surroundings: &Surroundings<'_>, at: At<'_>) {
    let seconds = at.field("seconds");
    let most = surroundings.grace_period;
    let asked = seconds.int().unwrap_or(0);
    if asked < 0 || asked > most {
        seconds.named(at).fault_with(
            format!("the pod has {most} seconds to end, and this waits for {asked}"),
            "wait for less, or raise `terminationGracePeriodSeconds`",
        );
    }
}

//! What probes ask for and how patient they are, with what a server fills in.

use crate::check::at::At;
use crate::check::scene::Container;
use crate::object::value::Value;

pub const KINDS: [&str; 3] = ["startupProbe", "livenessProbe", "readinessProbe"];

/// What a probe asks for.
#[derive(PartialEq)]
pub enum Question<'a> {
    Http {
        port: Port<'a>,
        path: &'a str,
        scheme: &'a str,
        host: &'a str,
        headers: Option<&'a Value>,
    },
    Tcp {
        port: Port<'a>,
        host: &'a str,
    },
    Grpc {
        port: Port<'a>,
        service: &'a str,
    },
    Program(&'a [Value]),
}

#[derive(PartialEq)]
pub enum Port<'a> {
    Number(i64),
    Name(&'a str),
}

pub fn question<'a>(container: Container<'a>, probe: At<'a>) -> Option<Question<'a>> {
    let (http, tcp) = (probe.field("httpGet"), probe.field("tcpSocket"));
    let (grpc, exec) = (probe.field("grpc"), probe.field("exec"));
    let port = |at: At<'a>| port(container, at.field("port"));
    if http.is_set() {
        Some(Question::Http {
            port: port(http)?,
            path: http.field("path").text_or("/"),
            scheme: http.field("scheme").text_or("HTTP"),
            host: http.field("host").text_or_empty(),
            headers: http.field("httpHeaders").value(),
        })
    } else if tcp.is_set() {
        Some(Question::Tcp { port: port(tcp)?, host: tcp.field("host").text_or_empty() })
    } else if grpc.is_set() {
        Some(Question::Grpc { port: port(grpc)?, service: grpc.field("service").text_or_empty() })
    } else {
        let command = exec.field("command").list();
        (!command.is_empty()).then_some(Question::Program(command))
    }
}

/// A port by its number, where the container says which one a name has.
fn port<'a>(container: Container<'a>, port: At<'a>) -> Option<Port<'a>> {
    let Some(name) = port.text() else { return port.int().map(Port::Number) };
    let named =
        container.at.field("ports").items().find(|one| one.field("name").text() == Some(name));
    let number = named.and_then(|one| one.field("containerPort").int());
    Some(number.map_or(Port::Name(name), Port::Number))
}

/// Seconds before it first asks.
pub fn delay(probe: At<'_>) -> i64 {
    probe.field("initialDelaySeconds").int().unwrap_or(0).max(0)
}

/// How many times in a row it must fail.
pub fn failures(probe: At<'_>) -> i64 {
    positive(probe.field("failureThreshold"), 3)
}

/// Seconds within which the answer must come.
pub fn timeout(probe: At<'_>) -> i64 {
    positive(probe.field("timeoutSeconds"), 1)
}

/// Seconds without an answer after which it has failed.
pub fn patience(probe: At<'_>) -> i64 {
    positive(probe.field("periodSeconds"), 10).saturating_mul(failures(probe))
}

/// A server takes zero for nothing.
fn positive(at: At<'_>, default: i64) -> i64 {
    at.int().filter(|number| *number > 0).unwrap_or(default)
}

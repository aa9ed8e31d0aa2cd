//! Probes and lifecycle hooks.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::container::{Container, Protocol};
use crate::profile::decode::{At, Item, place};
use crate::profile::probe::{Hook, Lifecycle, Probe};
use crate::profile::refs::{HttpTarget, PortRef};
use crate::profile::words::HeaderName;
use crate::scalar::Duration;
use crate::source::Place;

use super::super::context::{Context, count, seconds, seconds_from};
use super::super::meta::some_list;

/// What a probe asks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Startup,
    Liveness,
    Readiness,
}

pub fn probe(
    question: Question,
    probe: &At<Probe>,
    container: &Container,
    report: &mut Report,
) -> Option<core::Probe> {
    check(question, probe, report);
    let from_one = |time: &Option<At<Duration>>, report: &mut Report| {
        time.as_ref().and_then(|time| seconds_from(1, time, report))
    };
    let mut built = core::Probe {
        initial_delay_seconds: probe.initial_delay.as_ref().and_then(|time| seconds(time, report)),
        period_seconds: from_one(&probe.period, report),
        timeout_seconds: from_one(&probe.timeout, report),
        success_threshold: threshold(probe.success_threshold.as_ref(), report),
        failure_threshold: threshold(probe.failure_threshold.as_ref(), report),
        termination_grace_period_seconds: from_one(&probe.termination_grace_period, report)
            .map(i64::from),
        ..core::Probe::default()
    };
    let host = probe.host.as_ref().map(|host| host.value.clone());
    if let Some(target) = &probe.http {
        let headers = probe.headers.as_ref().map(|headers| {
            let header = |(name, value): (&HeaderName, &Item<String>)| core::HTTPHeader {
                name: name.to_string(),
                value: value.value.clone(),
            };
            headers.iter().map(header).collect::<Vec<_>>()
        });
        built.http_get = Some(core::HTTPGetAction {
            host,
            scheme: probe.scheme.as_ref().map(|scheme| scheme.as_str().to_owned()),
            http_headers: headers.and_then(some_list),
            ..http_get(target, container, report)
        });
    } else if let Some(port) = &probe.tcp {
        built.tcp_socket = Some(core::TCPSocketAction {
            host,
            port: port_of(&port.value, port.place, container, report),
        });
    } else if let Some(target) = &probe.grpc {
        built.grpc = Some(core::GRPCAction {
            port: number_of(&target.port, target.place, container, report)?,
            service: target.service.clone(),
        });
    } else {
        let command = probe.exec.as_ref()?;
        built.exec = Some(exec(command, command.place, report));
    }
    Some(built)
}

/// Settings that have no meaning for this way of asking or this question.
fn check(question: Question, probe: &Probe, report: &mut Report) {
    let http = probe.http.is_some();
    let rules = [
        ("scheme", place(&probe.scheme), http),
        ("headers", place(&probe.headers), http),
        ("host", place(&probe.host), http || probe.tcp.is_some()),
    ];
    for (key, place, allowed) in rules {
        if let (Some(place), false) = (place, allowed) {
            report.error(place, format!("`{key}` belongs to another way of asking"));
        }
    }
    if question == Question::Readiness {
        if let Some(grace) = &probe.termination_grace_period {
            report.error(grace.place, "a readiness probe ends no pod");
        }
    } else if let Some(threshold) = probe.success_threshold.as_ref().filter(|number| ***number != 1)
    {
        report.error(threshold.place, "one good answer is enough here: only 1 is allowed");
    }
}

fn threshold(threshold: Option<&At<u32>>, report: &mut Report) -> Option<i32> {
    let threshold = threshold?;
    if **threshold == 0 {
        report.error(threshold.place, "this must be at least 1");
    }
    Some(count(**threshold))
}

fn http_get(
    target: &At<HttpTarget>,
    container: &Container,
    report: &mut Report,
) -> core::HTTPGetAction {
    core::HTTPGetAction {
        path: Some(target.path.clone()),
        port: port_of(&target.port, target.place, container, report),
        ..core::HTTPGetAction::default()
    }
}

fn exec(command: &[String], place: Place, report: &mut Report) -> core::ExecAction {
    if command.is_empty() {
        report.error(place, "a command needs a program");
    }
    core::ExecAction { command: Some(command.to_vec()) }
}

/// A port by name exists in its own container.
fn port_of(
    port: &PortRef,
    place: Place,
    container: &Container,
    report: &mut Report,
) -> IntOrString {
    match port {
        PortRef::Number(number) => IntOrString::Int(i32::from(number.get())),
        PortRef::Name(name) => {
            number_of(port, place, container, report);
            IntOrString::String(name.to_string())
        }
    }
}

fn number_of(
    port: &PortRef,
    place: Place,
    container: &Container,
    report: &mut Report,
) -> Option<i32> {
    let name = match port {
        PortRef::Number(number) => return Some(i32::from(number.get())),
        PortRef::Name(name) => name,
    };
    match container.ports.get(name) {
        Some(own) if own.protocol == Protocol::Tcp => Some(i32::from(own.port.get())),
        Some(own) => {
            report.add(
                Diagnostic::new(format!("the port `{name}` is {}", own.protocol.as_str()))
                    .at(place)
                    .label("a probe speaks TCP")
                    .related(own.key, "the port"),
            );
            None
        }
        None => {
            let known = container.ports.keys().map(|known| known.as_str());
            let message = format!("the container has no port `{name}`");
            report.add(Unknown::new(message, name.as_str(), known).at(place));
            None
        }
    }
}

pub fn lifecycle(
    context: &Context<'_>,
    lifecycle: &Lifecycle,
    grace: Option<i64>,
    container: &Container,
    report: &mut Report,
) -> core::Lifecycle {
    let mut handler = |hook: &Option<Hook>| {
        hook.as_ref().map(|hook| handler(context, hook, grace, container, report))
    };
    core::Lifecycle {
        post_start: handler(&lifecycle.post_start),
        pre_stop: handler(&lifecycle.pre_stop),
        stop_signal: None,
    }
}

fn handler(
    context: &Context<'_>,
    hook: &Hook,
    grace: Option<i64>,
    container: &Container,
    report: &mut Report,
) -> core::LifecycleHandler {
    let sleep = hook.sleep.as_ref().and_then(|time| {
        context.since(30, "`sleep` in a hook", time.place, report);
        let secs = i64::from(seconds_from(1, time, report)?);
        // validateSleepAction; a pod has half a minute by default.
        if secs > grace.unwrap_or(30) {
            report.error(time.place, "this is longer than the pod's `terminationGracePeriod`");
        }
        Some(core::SleepAction { seconds: secs })
    });
    core::LifecycleHandler {
        exec: hook.exec.as_ref().map(|command| exec(command, command.place, report)),
        http_get: hook.http.as_ref().map(|target| http_get(target, container, report)),
        sleep,
        tcp_socket: None,
    }
}

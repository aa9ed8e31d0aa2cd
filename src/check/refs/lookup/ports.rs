//! The ports of pods and of Services, and which lead to which.

use crate::check::scene::Pod;
use crate::check::subject::Subject;
use crate::object::value::Value;

/// A port that a container declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerPort<'a> {
    pub name: &'a str,
    pub number: i64,
    pub protocol: &'a str,
}

/// A port of a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServicePort<'a> {
    pub name: &'a str,
    pub number: i64,
    pub protocol: &'a str,
    pub target: Target<'a>,
}

/// Which port of the pods a Service leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    Name(&'a str),
    Number(i64),
}

fn protocol(port: &Value) -> &str {
    Some(port.word("protocol")).filter(|text| !text.is_empty()).unwrap_or("TCP")
}

/// What one container declares.
pub fn of_container(container: &Value) -> impl Iterator<Item = ContainerPort<'_>> {
    container.items("ports").iter().filter_map(|port| match port.get("containerPort") {
        Some(Value::Int(number)) => Some(ContainerPort {
            name: port.word("name"),
            number: *number,
            protocol: protocol(port),
        }),
        _ => None,
    })
}

/// What the containers declare that run as long as the pod does, as `FindPort` sees
/// them.
pub fn of_pod<'a>(pod: &Pod<'a>) -> impl Iterator<Item = ContainerPort<'a>> {
    let main = pod.spec.items("containers").iter();
    let sidecars = pod
        .spec
        .items("initContainers")
        .iter()
        .filter(|container| container.word("restartPolicy") == "Always");
    main.chain(sidecars).flat_map(of_container)
}

/// The number of a pod's port of this name.
pub fn named(pod: &Pod<'_>, name: &str, protocol: &str) -> Option<i64> {
    let found = of_pod(pod).find(|port| port.name == name && port.protocol == protocol);
    found.map(|port| port.number)
}

pub fn of_service<'a>(service: &Subject<'a>) -> impl Iterator<Item = ServicePort<'a>> {
    let spec = service.content.get("spec").unwrap_or(&Value::Null);
    spec.items("ports").iter().filter_map(|port| {
        let Some(Value::Int(number)) = port.get("port") else { return None };
        // A server fills in the port itself, for zero as well.
        let target = match port.get("targetPort") {
            Some(Value::String(name)) if !name.is_empty() => match name.parse() {
                Ok(number) => Target::Number(number),
                Err(_) => Target::Name(name),
            },
            Some(Value::Int(target @ 1..)) => Target::Number(*target),
            _ => Target::Number(*number),
        };
        Some(ServicePort {
            name: port.word("name"),
            number: *number,
            protocol: protocol(port),
            target,
        })
    })
}

impl ServicePort<'_> {
    /// The port of a pod that it leads to.
    pub fn in_pod(&self, pod: &Pod<'_>) -> Option<i64> {
        match self.target {
            Target::Number(number) => Some(number),
            Target::Name(name) => named(pod, name, self.protocol),
        }
    }
}

//! What only one object can have, and who wants it.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::check::subject::Subject;
use crate::object::kinds::group;
use crate::object::value::{Value, list_of};

use super::Scene;

/// What only one object can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right<'a> {
    /// A port of all nodes.
    NodePort { number: i64, protocol: &'a str },
    /// What answers a request.
    Route(Route<'a>),
    /// What answers a request to a Gateway.
    GatewayRoute {
        namespace: &'a str,
        gateway: &'a str,
        section: &'a str,
        host: &'a str,
        path: &'a str,
        path_type: &'a str,
    },
    /// A port of each node that a DaemonSet runs on.
    HostPort { number: i64, protocol: &'a str },
    /// A claim, where only one node or one pod may mount it.
    Claim { namespace: &'a str, name: &'a str },
    /// How many pods a workload has.
    Scale { namespace: &'a str, group: &'a str, kind: &'a str, name: &'a str },
}

/// What requests an Ingress answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Route<'a> {
    /// The class of the Ingress; those of several controllers do not meet.
    pub class: &'a str,
    pub host: &'a str,
    pub path: &'a str,
    pub path_type: &'a str,
}

#[derive(Default)]
pub struct Exclusive<'a> {
    wanted_by: HashMap<Right<'a>, Vec<&'a Subject<'a>>, RandomState>,
}

impl<'a> Exclusive<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Exclusive<'a> {
        let mut exclusive = Exclusive { wanted_by: HashMap::default() };
        for service in scene.of_kind("", "Service") {
            node_ports(service, |right| exclusive.add(right, service));
        }
        for ingress in scene.of_kind("networking.k8s.io", "Ingress") {
            routes(ingress, |route| exclusive.add(Right::Route(route), ingress));
        }
        for route in scene.of_kind("gateway.networking.k8s.io", "HTTPRoute") {
            gateway_routes(scene.namespace_of(route), route, |right| exclusive.add(right, route));
        }
        for pod in scene.pods() {
            for name in claims(pod.spec) {
                exclusive.add(Right::Claim { namespace: pod.namespace, name }, pod.owner);
            }
            if pod.owner.is("apps", "DaemonSet") {
                host_ports(pod.spec, |right| exclusive.add(right, pod.owner));
            }
        }
        for (group, kind) in
            [("autoscaling", "HorizontalPodAutoscaler"), ("keda.sh", "ScaledObject")]
        {
            for scaler in scene.of_kind(group, kind) {
                if let Some(right) = scale(scene.namespace_of(scaler), scaler) {
                    exclusive.add(right, scaler);
                }
            }
        }
        exclusive
    }

    fn add(&mut self, right: Right<'a>, subject: &'a Subject<'a>) {
        if subject.is_made() {
            return;
        }
        let all = self.wanted_by.entry(right).or_default();
        // One object says the same thing twice at one time.
        if all.last().is_none_or(|last| !std::ptr::eq(*last, subject)) {
            all.push(subject);
        }
    }

    /// The first object that wants it.
    pub fn first(&self, right: &Right<'a>) -> Option<&'a Subject<'a>> {
        self.wanted_by.get(right)?.first().copied()
    }

    /// The first object that wants it, where that is another one.
    pub fn first_other(&self, right: &Right<'a>, than: &Subject<'a>) -> Option<&'a Subject<'a>> {
        let first = self.first(right)?;
        // Twins are another rule's to report.
        let same = first.kind() == than.kind()
            && first.name() == than.name()
            && first.identity.namespace == than.identity.namespace;
        (!same).then_some(first)
    }
}

fn node_ports<'a>(service: &'a Subject<'a>, mut each: impl FnMut(Right<'a>)) {
    let spec = service.content.get("spec");
    for port in list_of(spec.and_then(|spec| spec.get("ports"))) {
        if let Some(Value::Int(number @ 1..)) = port.get("nodePort") {
            let protocol = Some(port.word("protocol")).filter(|text| !text.is_empty());
            each(Right::NodePort { number: *number, protocol: protocol.unwrap_or("TCP") });
        }
    }
}

/// What an Ingress answers.
pub fn routes<'a>(ingress: &'a Subject<'a>, mut each: impl FnMut(Route<'a>)) {
    let Some(spec) = ingress.content.get("spec") else { return };
    let class = ingress_class(ingress);
    // A canary of ingress-nginx takes a share of what another Ingress answers.
    let annotations = ingress.content.get("metadata").and_then(|all| all.get("annotations"));
    let canary = annotations.map(|all| all.word("nginx.ingress.kubernetes.io/canary"));
    if canary == Some("true") {
        return;
    }
    for rule in spec.items("rules") {
        for path in list_of(rule.get("http").and_then(|http| http.get("paths"))) {
            each(Route {
                class,
                host: rule.word("host"),
                path: path.word("path"),
                path_type: path.word("pathType"),
            });
        }
    }
}

/// Matches by more than the path go side by side.
pub fn gateway_routes<'a>(
    own_namespace: &'a str,
    route: &'a Subject<'a>,
    mut each: impl FnMut(Right<'a>),
) {
    let Some(spec) = route.content.get("spec") else { return };
    let hosts: Vec<&str> = spec.items("hostnames").iter().filter_map(Value::as_str).collect();
    let hosts = if hosts.is_empty() { vec![""] } else { hosts };
    let matches = spec.items("rules").iter().flat_map(|rule| rule.items("matches"));
    let by_path = matches.filter(|found| {
        ["headers", "queryParams", "method"].iter().all(|more| found.get(more).is_none())
    });
    for found in by_path.filter_map(|found| found.get("path")) {
        let (path, path_type) = (found.word("value"), found.word("type"));
        for parent in spec.items("parentRefs") {
            let namespace = parent.word("namespace");
            let namespace = if namespace.is_empty() { own_namespace } else { namespace };
            let (gateway, section) = (parent.word("name"), parent.word("sectionName"));
            for host in &hosts {
                each(Right::GatewayRoute { namespace, gateway, section, host, path, path_type });
            }
        }
    }
}

/// The class of an Ingress, by its field or the annotation of old.
pub fn ingress_class<'a>(ingress: &Subject<'a>) -> &'a str {
    let field = ingress.content.get("spec").map(|spec| spec.word("ingressClassName"));
    let annotations = || ingress.content.get("metadata")?.get("annotations");
    match field {
        Some(class) if !class.is_empty() => class,
        _ => annotations().map_or("", |all| all.word("kubernetes.io/ingress.class")),
    }
}

/// The claims that a pod's volumes name.
fn claims(spec: &Value) -> impl Iterator<Item = &str> {
    let volumes = spec.items("volumes").iter();
    volumes.filter_map(|volume| volume.get("persistentVolumeClaim")?.get("claimName")?.as_str())
}

/// The ports of its node that a pod takes: with the node's network, all its own.
fn host_ports<'a>(spec: &'a Value, mut each: impl FnMut(Right<'a>)) {
    let on_host = spec.get("hostNetwork") == Some(&Value::Bool(true));
    let field = if on_host { "containerPort" } else { "hostPort" };
    for container in spec.items("containers") {
        for port in container.items("ports") {
            if let Some(Value::Int(number @ 1..)) = port.get(field) {
                let protocol = Some(port.word("protocol")).filter(|text| !text.is_empty());
                each(Right::HostPort { number: *number, protocol: protocol.unwrap_or("TCP") });
            }
        }
    }
}

/// The workload that an autoscaler is for.
pub fn scale<'a>(namespace: &'a str, scaler: &'a Subject<'a>) -> Option<Right<'a>> {
    let target = scaler.content.get("spec")?.get("scaleTargetRef")?;
    let (version, kind) = (target.word("apiVersion"), target.word("kind"));
    // A ScaledObject means a Deployment where it names no kind.
    let (group, kind) =
        if kind.is_empty() { ("apps", "Deployment") } else { (group(version), kind) };
    let name = target.word("name");
    (!name.is_empty()).then_some(Right::Scale { namespace, group, kind, name })
}

//! What belongs together though only one end of it says so: the Services of a pod,
//! the autoscalers of a workload, the roles of an account. Each is worked out when a
//! rule first asks.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use foldhash::fast::RandomState;

use crate::check::subject::Subject;
use crate::object::kinds::group;
use crate::object::value::Value;

use super::{Pod, Scene, Selector, address};

/// The numbers of objects, by the address of the one they belong to.
type Found = HashMap<usize, Vec<u32>, RandomState>;

/// Indexes that are made once. They hold no references, so that a scene can be lent
/// for shorter than it lives.
#[derive(Default)]
pub struct Ties {
    services: OnceLock<Found>,
    scalers: OnceLock<Found>,
    routed: OnceLock<HashSet<usize, RandomState>>,
    bound: OnceLock<HashSet<String, RandomState>>,
}

impl<'a> Scene<'a> {
    /// The Services whose selectors take a pod.
    pub fn services_of(&self, pod: &Pod<'a>) -> impl Iterator<Item = &'a Subject<'a>> {
        self.of(self.ties.services.get_or_init(|| self.find_services()), pod.owner)
    }

    /// What scales a pod's workload: autoscalers, horizontal and vertical, and KEDA's
    /// objects.
    pub fn scalers_of(&self, pod: &Pod<'a>) -> impl Iterator<Item = &'a Subject<'a>> {
        self.of(self.ties.scalers.get_or_init(|| self.find_scalers()), pod.owner)
    }

    /// Whether requests from outside the cluster reach a Service: by itself, or through
    /// an Ingress or a route of a Gateway.
    pub fn is_open(&self, service: &Subject<'a>) -> bool {
        let kind = service.content.get("spec").and_then(|spec| spec.get("type")?.as_str());
        let routed = || self.ties.routed.get_or_init(|| self.find_routed());
        matches!(kind, Some("LoadBalancer" | "NodePort")) || routed().contains(&address(service))
    }

    /// Whether any role is bound to an account, by its name or to all of them.
    pub fn has_roles(&self, namespace: &str, account: &str) -> bool {
        self.has_own_roles(namespace, account)
            || self.has_own_roles(namespace, "*")
            || self.has_own_roles("*", "*")
    }

    /// Whether any role is bound to an account by its name.
    pub fn has_own_roles(&self, namespace: &str, account: &str) -> bool {
        let bound = self.ties.bound.get_or_init(|| self.find_bound());
        bound.contains(&format!("{namespace}/{account}"))
    }

    fn of<'s>(
        &'s self,
        found: &'s Found,
        subject: &Subject<'a>,
    ) -> impl Iterator<Item = &'a Subject<'a>> + use<'s, 'a> {
        let numbers = found.get(&address(subject)).map(Vec::as_slice).unwrap_or_default();
        let subjects = self.subjects;
        numbers.iter().filter_map(move |number| subjects.get(*number as usize))
    }

    fn find_services(&self) -> Found {
        let mut found = Found::default();
        for (number, service) in self.numbered("", "Service") {
            let selector = service.content.get("spec").and_then(|spec| spec.get("selector"));
            let Some(labels) = selector.and_then(Value::as_map).filter(|map| !map.is_empty())
            else {
                continue;
            };
            for pod in self.selected(self.namespace_of(service), Selector::Labels(labels)) {
                found.entry(address(pod.owner)).or_default().push(number);
            }
        }
        found
    }

    fn find_scalers(&self) -> Found {
        let mut found = Found::default();
        for (of, kind, field) in [
            ("autoscaling", "HorizontalPodAutoscaler", "scaleTargetRef"),
            ("keda.sh", "ScaledObject", "scaleTargetRef"),
            ("autoscaling.k8s.io", "VerticalPodAutoscaler", "targetRef"),
        ] {
            for (number, scaler) in self.numbered(of, kind) {
                let target = scaler.content.get("spec").and_then(|spec| spec.get(field));
                let word = |key| target.and_then(|target| target.get(key)?.as_str());
                // What KEDA's objects leave out.
                let kind = word("kind").unwrap_or("Deployment");
                let group = group(word("apiVersion").unwrap_or("apps/v1"));
                let name = word("name").unwrap_or_default();
                for workload in self.all(group, kind, self.namespace_of(scaler), name) {
                    found.entry(address(workload)).or_default().push(number);
                }
            }
        }
        found
    }

    fn find_routed(&self) -> HashSet<usize, RandomState> {
        let mut found = HashSet::default();
        let mut add = |namespace: &str, name: Option<&str>| {
            let services = self.all("", "Service", namespace, name.unwrap_or_default());
            found.extend(services.map(address));
        };
        for (_, ingress) in self.numbered("networking.k8s.io", "Ingress") {
            let namespace = self.namespace_of(ingress);
            let Some(spec) = ingress.content.get("spec") else { continue };
            let paths = list(spec.get("rules"))
                .filter_map(|rule| rule.get("http"))
                .flat_map(|http| list(http.get("paths")));
            let backends = paths.filter_map(|path| path.get("backend"));
            for backend in backends.chain(spec.get("defaultBackend")) {
                let service = backend.get("service");
                add(namespace, service.and_then(|service| service.get("name")?.as_str()));
            }
        }
        for kind in ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"] {
            for (_, route) in self.numbered("gateway.networking.k8s.io", kind) {
                let own = self.namespace_of(route);
                let rules = route.content.get("spec").and_then(|spec| spec.get("rules"));
                for backend in list(rules).flat_map(|rule| list(rule.get("backendRefs"))) {
                    let word = |key| backend.get(key).and_then(Value::as_str);
                    if word("kind").unwrap_or("Service") == "Service" {
                        add(word("namespace").unwrap_or(own), word("name"));
                    }
                }
            }
        }
        found
    }

    /// `NAMESPACE/NAME` of each account that has a role, with `*` for all of them.
    fn find_bound(&self) -> HashSet<String, RandomState> {
        ["RoleBinding", "ClusterRoleBinding"]
            .into_iter()
            .flat_map(|kind| self.numbered("rbac.authorization.k8s.io", kind))
            .flat_map(|(_, binding)| {
                let own = self.namespace_of(binding);
                let subjects = list(binding.content.get("subjects"));
                subjects.filter_map(move |subject| bound_accounts(subject, own))
            })
            .collect()
    }
}

/// The account, or the accounts, that a subject of a binding is. One that names no
/// namespace is meant to be where the binding is.
fn bound_accounts(subject: &Value, own: &str) -> Option<String> {
    let word = |key| subject.get(key).and_then(Value::as_str).unwrap_or_default();
    let name = word("name");
    match word("kind") {
        "ServiceAccount" => {
            let namespace = Some(word("namespace")).filter(|namespace| !namespace.is_empty());
            Some(format!("{}/{name}", namespace.unwrap_or(own)))
        }
        "User" => Some(name.strip_prefix("system:serviceaccount:")?.replacen(':', "/", 1)),
        "Group" if matches!(name, "system:serviceaccounts" | "system:authenticated") => {
            Some("*/*".to_owned())
        }
        "Group" => Some(format!("{}/*", name.strip_prefix("system:serviceaccounts:")?)),
        _ => None,
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    match value {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    }
    .iter()
}

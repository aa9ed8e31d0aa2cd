//! Which Services send requests to which pods, and which of these come from outside.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::check::scene::{Pod, Scene, Selector};
use crate::check::subject::Subject;
use crate::object::value::{Value, list_of};

/// By pod, the Services whose selectors take it.
pub struct Serving {
    services: HashMap<u32, Vec<u32>, RandomState>,
    /// Those that an Ingress or a route sends to: namespace and name.
    routed: HashSet<(Box<str>, Box<str>), RandomState>,
}

impl Serving {
    pub fn of(scene: &Scene<'_>) -> Serving {
        let mut services: HashMap<_, Vec<_>, _> = HashMap::default();
        for (number, service) in scene.numbered("", "Service") {
            let selector = service.content.get("spec").and_then(|spec| spec.get("selector"));
            let labels = selector.and_then(Value::as_map).filter(|labels| !labels.is_empty());
            let Some(labels) = labels else { continue };
            for pod in scene.selected(scene.namespace_of(service), Selector::Labels(labels)) {
                services.entry(pod.number).or_default().push(number);
            }
        }
        let mut routed = HashSet::default();
        add_ingresses(scene, &mut routed);
        add_routes(scene, &mut routed);
        Serving { services, routed }
    }

    /// The Services of a pod.
    pub fn services(&self, pod: &Pod<'_>) -> &[u32] {
        self.services.get(&pod.number).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether requests from outside the cluster reach a Service: by itself, or through
    /// an Ingress or a route of a Gateway.
    pub fn is_open(&self, scene: &Scene<'_>, service: &Subject<'_>) -> bool {
        let kind = service.content.get("spec").and_then(|spec| spec.get("type")?.as_str());
        let place = || (scene.namespace_of(service).into(), service.name().into());
        matches!(kind, Some("LoadBalancer" | "NodePort")) || self.routed.contains(&place())
    }
}

type Names = HashSet<(Box<str>, Box<str>), RandomState>;

fn add_ingresses(scene: &Scene<'_>, routed: &mut Names) {
    for ingress in scene.of_kind("networking.k8s.io", "Ingress") {
        let Some(spec) = ingress.content.get("spec") else { continue };
        let rules = spec.items("rules").iter().filter_map(|rule| rule.get("http"));
        let paths = rules.flat_map(|http| http.items("paths"));
        let backends = paths.filter_map(|path| path.get("backend"));
        for backend in backends.chain(spec.get("defaultBackend")) {
            if let Some(name) = backend.get("service").and_then(|own| own.get("name")?.as_str()) {
                routed.insert((scene.namespace_of(ingress).into(), name.into()));
            }
        }
    }
}

const ROUTES: [&str; 5] = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

fn add_routes(scene: &Scene<'_>, routed: &mut Names) {
    let routes = ROUTES.iter().flat_map(|kind| scene.of_kind("gateway.networking.k8s.io", kind));
    for route in routes {
        let rules = route.content.get("spec").and_then(|spec| spec.get("rules"));
        for backend in list_of(rules).iter().flat_map(|rule| rule.items("backendRefs")) {
            let word = |key| backend.get(key).and_then(Value::as_str);
            let namespace = word("namespace").unwrap_or_else(|| scene.namespace_of(route));
            if let ("Service", Some(name)) = (word("kind").unwrap_or("Service"), word("name")) {
                routed.insert((namespace.into(), name.into()));
            }
        }
    }
}

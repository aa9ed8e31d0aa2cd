//! Which pods a NetworkPolicy rules over, and in which direction.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::check::scene::{Pod, Scene, Selector};
use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

/// What is ruled over.
#[derive(Default)]
pub struct Isolation {
    by_pod: HashMap<u32, Directions, RandomState>,
    /// By policies that take all pods of a namespace.
    by_namespace: HashMap<Box<str>, Directions, RandomState>,
    /// Whether policies of another kind are there, which we do not read.
    has_others: bool,
}

/// The directions of traffic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directions {
    /// To a pod.
    pub ingress: bool,
    /// From a pod.
    pub egress: bool,
}

const OTHERS: [&str; 7] = [
    "AdminNetworkPolicy",
    "BaselineAdminNetworkPolicy",
    "CiliumClusterwideNetworkPolicy",
    "CiliumNetworkPolicy",
    "ClusterNetworkPolicy",
    "GlobalNetworkPolicy",
    "NetworkPolicy",
];

impl Isolation {
    pub fn of(scene: &Scene<'_>) -> Isolation {
        let mut isolation = Isolation::default();
        for subject in scene.subjects {
            let is_own = subject.group() == "networking.k8s.io";
            isolation.has_others |= !is_own && OTHERS.contains(&subject.kind());
        }
        for policy in scene.of_kind("networking.k8s.io", "NetworkPolicy") {
            let namespace = scene.namespace_of(policy);
            let directions = directions(policy);
            match pod_selector(policy).filter(|selector| !takes_all(selector)) {
                None => isolation.by_namespace.entry(namespace.into()).or_default().add(directions),
                Some(selector) => {
                    for pod in scene.selected(namespace, Selector::Full(selector)) {
                        isolation.by_pod.entry(pod.number).or_default().add(directions);
                    }
                }
            }
        }
        isolation
    }

    /// The directions in which policies rule over a pod.
    pub fn of_pod(&self, pod: &Pod<'_>) -> Directions {
        let mut directions = self.of_namespace(pod.namespace);
        directions.add(self.by_pod.get(&pod.number).copied().unwrap_or_default());
        directions
    }

    /// The directions in which policies rule over all pods of a namespace.
    pub fn of_namespace(&self, namespace: &str) -> Directions {
        self.by_namespace.get(namespace).copied().unwrap_or_default()
    }

    /// Whether what is missing may stand where we do not look.
    pub fn may_be_elsewhere(&self, scene: &Scene<'_>, namespace: &str) -> bool {
        self.has_others || scene.is_elsewhere("NetworkPolicy", namespace, "")
    }
}

impl Directions {
    fn add(&mut self, other: Directions) {
        self.ingress |= other.ingress;
        self.egress |= other.egress;
    }
}

fn pod_selector<'a>(policy: &Subject<'a>) -> Option<&'a Map> {
    policy.content.get("spec")?.get("podSelector")?.as_map()
}

fn takes_all(selector: &Map) -> bool {
    let is_empty = |value: &Value| match value {
        Value::Map(map) => map.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Null => true,
        _ => false,
    };
    selector.iter().all(|(_, value)| is_empty(value))
}

/// Where a policy does not say, it rules over what comes in, and over what goes out
/// where it has rules for that.
pub fn directions(policy: &Subject<'_>) -> Directions {
    let spec = policy.content.get("spec");
    let list = |key: &str| match spec.and_then(|spec| spec.get(key)) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    let types = list("policyTypes");
    let has = |word: &str| types.iter().any(|one| one.as_str() == Some(word));
    match types.is_empty() {
        true => Directions { ingress: true, egress: !list("egress").is_empty() },
        false => Directions { ingress: has("Ingress"), egress: has("Egress") },
    }
}

//! Which pods a ResourceQuota counts.

use crate::check::scene::{Pod, Scene};
use crate::object::value::{Value, list_of};

use super::asked::Asked;

/// What quotas tell pods apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Traits {
    /// It has a deadline.
    pub ends: bool,
    /// It asks for no CPU and no memory.
    pub best_effort: bool,
    /// Its affinity looks at other namespaces.
    pub looks_abroad: bool,
    /// Its priority class; empty where it has none.
    pub priority: Box<str>,
}

/// One scope; a quota counts what is in all of its scopes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Ends(bool),
    BestEffort(bool),
    LooksAbroad,
    Priority {
        operator: Box<str>,
        values: Vec<Box<str>>,
    },
    /// One that counts no pods, or that we do not know.
    Other,
}

impl Traits {
    pub fn of<'x>(scene: &Scene<'x>, pod: &Pod<'x>, asked: &Asked<'_>) -> Traits {
        let none = |amounts: &super::asked::Amounts<'_>| {
            ["cpu", "memory"].iter().all(|name| amounts.get(name).is_none_or(|n| *n == 0))
        };
        let deadline = pod.spec.get("activeDeadlineSeconds");
        Traits {
            ends: matches!(deadline, Some(Value::Int(seconds)) if *seconds >= 0),
            best_effort: none(&asked.requests) && none(&asked.limits),
            looks_abroad: looks_abroad(pod.spec),
            priority: priority(scene, pod).into(),
        }
    }
}

/// The admission of priorities gives the default class to pods without one.
fn priority<'x>(scene: &Scene<'x>, pod: &Pod<'x>) -> &'x str {
    let own = pod.spec.word("priorityClassName");
    match own {
        "" => scene.default_priority().unwrap_or_default(),
        own => own,
    }
}

/// `usesCrossNamespacePodAffinity` of the quota's evaluator.
fn looks_abroad(spec: &Value) -> bool {
    let abroad = |term: &Value| {
        let names = term.get("namespaces");
        matches!(names, Some(Value::List(names)) if !names.is_empty())
            || term.get("namespaceSelector").is_some_and(|s| !matches!(s, Value::Null))
    };
    let Some(affinity) = spec.get("affinity") else { return false };
    ["podAffinity", "podAntiAffinity"].iter().filter_map(|kind| affinity.get(kind)).any(|kind| {
        let list = |key| match kind.get(key) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        let required = list("requiredDuringSchedulingIgnoredDuringExecution").iter();
        let preferred = list("preferredDuringSchedulingIgnoredDuringExecution").iter();
        required.chain(preferred.filter_map(|one| one.get("podAffinityTerm"))).any(abroad)
    })
}

impl Scope {
    /// The scopes of a quota, by both ways to write them.
    pub fn of_quota(spec: &Value) -> Vec<Scope> {
        let plain = spec.items("scopes").iter().filter_map(Value::as_str);
        let plain = plain.map(|name| named(name, "Exists", &[]));
        let selected = list_of(spec.get("scopeSelector").and_then(|s| s.get("matchExpressions")));
        let selected = selected.iter().map(|one| {
            let word = |key| one.word(key);
            named(word("scopeName"), word("operator"), one.items("values"))
        });
        plain.chain(selected).collect()
    }

    /// Whether a pod is in it: `podMatchesScopeFunc` of the quota's evaluator.
    pub fn takes(&self, traits: &Traits) -> bool {
        match self {
            Scope::Ends(wanted) => traits.ends == *wanted,
            Scope::BestEffort(wanted) => traits.best_effort == *wanted,
            Scope::LooksAbroad => traits.looks_abroad,
            Scope::Priority { operator, values } => {
                let own = &traits.priority;
                match &**operator {
                    "Exists" => !own.is_empty(),
                    "DoesNotExist" => own.is_empty(),
                    "In" => !own.is_empty() && values.contains(own),
                    "NotIn" => own.is_empty() || !values.contains(own),
                    _ => false,
                }
            }
            Scope::Other => false,
        }
    }
}

fn named(name: &str, operator: &str, values: &[Value]) -> Scope {
    match name {
        "Terminating" => Scope::Ends(true),
        "NotTerminating" => Scope::Ends(false),
        "BestEffort" => Scope::BestEffort(true),
        "NotBestEffort" => Scope::BestEffort(false),
        "CrossNamespacePodAffinity" => Scope::LooksAbroad,
        "PriorityClass" => Scope::Priority {
            operator: operator.into(),
            values: values.iter().filter_map(Value::as_str).map(Box::from).collect(),
        },
        _ => Scope::Other,
    }
}

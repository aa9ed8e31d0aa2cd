//! What all LimitRanges of a namespace together ask of a container, a pod and a claim.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;

use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::asked::nanos;

/// By namespace.
pub struct Ranges(HashMap<Box<str>, Bounds, RandomState>);

/// What holds in a namespace.
#[derive(Default)]
pub struct Bounds {
    pub container: Limits,
    pub pod: Limits,
    pub claim: Limits,
}

/// By resource. Where several LimitRanges have a bound, the strictest counts, and of
/// defaults the first.
#[derive(Default)]
pub struct Limits {
    /// The limit of what has none.
    pub default: BTreeMap<Box<str>, Bound>,
    /// The request of what has none.
    pub default_request: BTreeMap<Box<str>, Bound>,
    pub min: BTreeMap<Box<str>, Bound>,
    pub max: BTreeMap<Box<str>, Bound>,
    /// How many times its request a limit may be, at most.
    pub ratio: BTreeMap<Box<str>, Bound>,
}

/// An amount, and the LimitRange that has it.
#[derive(Clone)]
pub struct Bound {
    /// In billionths.
    pub nanos: i128,
    /// As it is written.
    pub text: Box<str>,
    range: u32,
}

impl Bound {
    pub fn range<'a>(&self, scene: &Scene<'a>) -> &'a str {
        scene.subjects.get(self.range as usize).map_or("", Subject::name)
    }
}

impl Ranges {
    pub fn of(scene: &Scene<'_>) -> Ranges {
        let mut ranges: HashMap<Box<str>, Bounds, RandomState> = HashMap::default();
        for (number, subject) in scene.numbered("", "LimitRange") {
            let bounds = ranges.entry(scene.namespace_of(subject).into()).or_default();
            let limits = subject.content.get("spec").and_then(|spec| spec.get("limits"));
            let Some(Value::List(limits)) = limits else { continue };
            for item in limits {
                match item.get("type").and_then(Value::as_str) {
                    Some("Container") => bounds.container.add(&container_item(item, number)),
                    Some("Pod") => bounds.pod.add(&Limits::read(item, number)),
                    Some("PersistentVolumeClaim") => bounds.claim.add(&Limits::read(item, number)),
                    _ => {}
                }
            }
        }
        Ranges(ranges)
    }

    pub fn of_namespace(&self, namespace: &str) -> Option<&Bounds> {
        self.0.get(namespace)
    }
}

/// With what a server fills in: SetDefaults_LimitRangeItem.
fn container_item(item: &Value, range: u32) -> Limits {
    let mut limits = Limits::read(item, range);
    let Limits { default, default_request, min, max, .. } = &mut limits;
    fill(default, max);
    fill(default_request, default);
    fill(default_request, min);
    limits
}

/// Adds what is not there yet.
fn fill(to: &mut BTreeMap<Box<str>, Bound>, from: &BTreeMap<Box<str>, Bound>) {
    for (resource, bound) in from {
        to.entry(resource.clone()).or_insert_with(|| bound.clone());
    }
}

impl Limits {
    fn read(item: &Value, range: u32) -> Limits {
        let amounts = |key: &str| {
            let written = item.get(key).and_then(Value::as_map);
            written
                .into_iter()
                .flat_map(|map| map.iter())
                .filter_map(|(resource, value)| {
                    let (nanos, text) = (nanos(value)?, text(value).into());
                    Some((resource.into(), Bound { nanos, text, range }))
                })
                .collect()
        };
        Limits {
            default: amounts("default"),
            default_request: amounts("defaultRequest"),
            min: amounts("min"),
            max: amounts("max"),
            ratio: amounts("maxLimitRequestRatio"),
        }
    }

    fn add(&mut self, other: &Limits) {
        fill(&mut self.default, &other.default);
        fill(&mut self.default_request, &other.default_request);
        strictest(&mut self.min, &other.min, |new, old| new > old);
        strictest(&mut self.max, &other.max, |new, old| new < old);
        strictest(&mut self.ratio, &other.ratio, |new, old| new < old);
    }
}

fn strictest(
    own: &mut BTreeMap<Box<str>, Bound>,
    other: &BTreeMap<Box<str>, Bound>,
    is_stricter: impl Fn(i128, i128) -> bool,
) {
    for (resource, bound) in other {
        match own.get_mut(resource) {
            Some(own) if is_stricter(bound.nanos, own.nanos) => *own = bound.clone(),
            Some(_) => {}
            None => drop(own.insert(resource.clone(), bound.clone())),
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

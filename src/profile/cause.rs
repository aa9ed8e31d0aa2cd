//! Which line of a profile a field of a generated object comes from: the key of the
//! object's own item that is called like the field, or the item itself.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::object::from_value::Step;
use crate::source::Place;
use crate::tree::{Content, Node};

/// How far below an item its keys are looked at.
const DEEPEST: usize = 6;

/// The items of a profile by the places of their keys.
pub struct Causes<'p> {
    items: HashMap<Place, &'p Node, RandomState>,
}

/// A step of a field, as a profile has it.
struct Wanted<'s> {
    /// What the field is called there.
    names: [&'s str; 2],
    /// The key that leads to it.
    holder: Option<&'static str>,
}

impl<'p> Causes<'p> {
    pub fn new(profile: &'p Node) -> Causes<'p> {
        let mut items = HashMap::default();
        collect(profile, 0, &mut items);
        Causes { items }
    }

    /// The place that causes a field of an object which an item asks for.
    pub fn find(&self, item: Place, field: &[Step]) -> Place {
        let Some(&node) = self.items.get(&item) else { return item };
        let steps: Vec<Option<Wanted<'_>>> = field.iter().map(Wanted::new).collect();
        let mut best: Option<(usize, Place)> = None;
        look(node, 0, 0, &steps, &mut best);
        best.map_or(item, |(_, place)| place)
    }
}

impl Wanted<'_> {
    fn new(step: &Step) -> Option<Wanted<'_>> {
        let Step::Key(name) = step else { return None };
        Some(Wanted { names: [name, other_name(name)], holder: holder(name) })
    }
}

/// The key that leads to what a profile has instead of a field.
fn holder(field: &str) -> Option<&'static str> {
    match field {
        "livenessProbe" | "readinessProbe" | "startupProbe" => Some("probes"),
        "maxReplicas" | "metrics" | "minReplicas" => Some("scale"),
        _ => None,
    }
}

/// What a profile calls a field, where it calls it otherwise.
fn other_name(field: &str) -> &str {
    match field {
        "containerPort" => "ports",
        "livenessProbe" => "liveness",
        "maxReplicas" => "max",
        "minReplicas" => "min",
        "readinessProbe" => "readiness",
        "scaleTargetRef" => "scale",
        "securityContext" => "security",
        "serviceAccountName" => "account",
        "startupProbe" => "startup",
        "terminationGracePeriodSeconds" => "terminationGracePeriod",
        "topologySpreadConstraints" => "spread",
        "volumeClaimTemplates" | "volumeMounts" | "volumes" => "mounts",
        _ => field,
    }
}

/// Finds the items that have keys of their own.
fn collect<'p>(node: &'p Node, depth: usize, items: &mut HashMap<Place, &'p Node, RandomState>) {
    if let Content::Map(table) = &node.content
        && depth < DEEPEST
    {
        for entry in table.values() {
            if let Content::Map(_) = entry.value.content {
                items.entry(entry.key).or_insert(&entry.value);
                collect(&entry.value, depth + 1, items);
            }
        }
    }
}

/// Goes down wherever a key is one of the steps that are left, and keeps the place
/// that is reached with the most of the field.
fn look(
    node: &Node,
    depth: usize,
    done: usize,
    field: &[Option<Wanted<'_>>],
    best: &mut Option<(usize, Place)>,
) {
    let Content::Map(table) = &node.content else { return };
    if depth == DEEPEST {
        return;
    }
    for (key, entry) in table {
        let left = field.iter().enumerate().skip(done);
        let mut wanted = left.filter_map(|(at, step)| Some((at, step.as_ref()?)));
        let reached = wanted.find_map(|(at, step)| {
            if step.names.contains(&key.as_str()) {
                Some(at + 1)
            } else {
                (step.holder == Some(key)).then_some(at)
            }
        });
        if let Some(reached) = reached {
            if best.is_none_or(|(most, _)| reached > most) {
                *best = Some((reached, entry.key));
            }
            look(&entry.value, depth + 1, reached, field, best);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::{SourceId, Sources};
    use crate::tree::read::read;

    #[test]
    fn a_field_leads_to_the_line_that_sets_it() {
        let text = "\
workloads:
  web:
    image: web
    replicas: 2
    resources:
      requests: {cpu: 100m}
    probes:
      liveness: {http: http/}
";
        let mut sources = Sources::default();
        sources.add(SourceId::SYSTEM, "k8sgen.yaml", text.to_owned());
        let profile = read(SourceId::SYSTEM, &sources, &mut Report::default()).unwrap();
        let workload = profile.get("workloads").unwrap().as_map().unwrap().get("web").unwrap().key;
        let causes = Causes::new(&profile);
        let line = |field: &str| {
            let steps: Vec<Step> = field
                .split('.')
                .map(|step| step.parse().map_or(Step::Key(step.to_owned()), Step::Index))
                .collect();
            causes.find(workload, &steps).line
        };
        assert_eq!(line("spec.replicas"), 4);
        assert_eq!(line("spec.template.spec.containers.0.image"), 3);
        assert_eq!(line("spec.template.spec.containers.0.resources.requests.memory"), 6);
        assert_eq!(line("spec.template.spec.containers.0.livenessProbe.httpGet.path"), 8);
        assert_eq!(line("spec.template.spec.priorityClassName"), 2);
    }
}

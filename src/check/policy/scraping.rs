//! Which pods a ServiceMonitor or PodMonitor has scraped.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::check::scene::{Scene, Selector};
use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

/// The pods that are scraped.
#[derive(Default)]
pub struct Scraping {
    pods: HashSet<u32, RandomState>,
    /// Whether there is any monitor.
    pub has_monitors: bool,
}

const GROUP: &str = "monitoring.coreos.com";

/// Places in a list, by label and value.
type Labels<'a> = HashMap<(&'a str, &'a str), Vec<usize>, RandomState>;

/// What monitors choose from.
struct Candidate<'a> {
    namespace: &'a str,
    labels: Option<&'a Map>,
}

/// The namespaces a monitor looks in.
enum Reach<'a> {
    All,
    These(Vec<&'a str>),
}

impl Scraping {
    pub fn of(scene: &Scene<'_>) -> Scraping {
        let mut scraping = Scraping::default();
        let mut monitors = scene.of_kind(GROUP, "PodMonitor").peekable();
        if monitors.peek().is_some() {
            scraping.has_monitors = true;
            let pods: Vec<Candidate<'_>> = scene
                .pods()
                .iter()
                .map(|pod| Candidate { namespace: pod.namespace, labels: pod.label_map() })
                .collect();
            let chosen = chosen(scene, &pods, monitors).into_iter();
            scraping.pods.extend(chosen.filter_map(|place| u32::try_from(place).ok()));
        }
        let mut monitors = scene.of_kind(GROUP, "ServiceMonitor").peekable();
        if monitors.peek().is_some() {
            scraping.has_monitors = true;
            let services: Vec<&Subject<'_>> = scene.of_kind("", "Service").collect();
            let candidates: Vec<Candidate<'_>> = services
                .iter()
                .map(|service| Candidate {
                    namespace: scene.namespace_of(service),
                    labels: service.content.get("metadata").and_then(|m| m.get("labels")?.as_map()),
                })
                .collect();
            for place in chosen(scene, &candidates, monitors) {
                let Some(service) = services.get(place) else { continue };
                let selector =
                    service.content.get("spec").and_then(|s| s.get("selector")?.as_map());
                let Some(selector) = selector.filter(|selector| !selector.is_empty()) else {
                    continue;
                };
                let namespace = scene.namespace_of(service);
                let selected = scene.selected(namespace, Selector::Labels(selector));
                scraping.pods.extend(selected.map(|pod| pod.number));
            }
        }
        scraping
    }

    pub fn has(&self, pod: &crate::check::scene::Pod<'_>) -> bool {
        self.pods.contains(&pod.number)
    }
}

/// The places of what any of the monitors chooses.
fn chosen<'a>(
    scene: &Scene<'a>,
    candidates: &[Candidate<'a>],
    monitors: impl Iterator<Item = &'a Subject<'a>>,
) -> HashSet<usize, RandomState> {
    let mut by_label = Labels::default();
    for (place, candidate) in candidates.iter().enumerate() {
        for (label, value) in candidate.labels.into_iter().flat_map(|labels| labels.iter()) {
            let value = value.as_str().unwrap_or_default();
            by_label.entry((label, value)).or_default().push(place);
        }
    }
    let (all, none): (Vec<usize>, Vec<usize>) = ((0..candidates.len()).collect(), Vec::new());
    let mut chosen = HashSet::default();
    for monitor in monitors {
        let Some(spec) = monitor.content.get("spec") else { continue };
        let Some(selector) = spec.get("selector").and_then(Value::as_map) else { continue };
        let reach = reach(scene, monitor, spec);
        // The rarest label leaves the fewest to look at.
        let labels = selector.get("matchLabels").and_then(Value::as_map);
        let rarest = labels.into_iter().flat_map(|map| map.iter()).map(|(label, value)| {
            by_label.get(&(label, value.as_str().unwrap_or_default())).unwrap_or(&none)
        });
        for place in rarest.min_by_key(|found| found.len()).unwrap_or(&all) {
            let Some(candidate) = candidates.get(*place) else { continue };
            let in_reach = match &reach {
                Reach::All => true,
                Reach::These(names) => names.contains(&candidate.namespace),
            };
            if in_reach && Selector::Full(selector).takes(candidate.labels) {
                chosen.insert(*place);
            }
        }
    }
    chosen
}

fn reach<'a>(scene: &Scene<'a>, monitor: &Subject<'a>, spec: &'a Value) -> Reach<'a> {
    let namespaces = spec.get("namespaceSelector");
    if let Some(Value::Bool(true)) = namespaces.and_then(|one| one.get("any")) {
        return Reach::All;
    }
    match namespaces.and_then(|one| one.get("matchNames")) {
        Some(Value::List(names)) if !names.is_empty() => {
            Reach::These(names.iter().filter_map(Value::as_str).collect())
        }
        _ => Reach::These(vec![scene.namespace_of(monitor)]),
    }
}

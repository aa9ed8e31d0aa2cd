//! What is wrong with objects: what a server would refuse (`api`), what leads
//! nowhere (`refs`), and what hurts later (`policy`).

pub mod api;
pub mod at;
pub mod finding;
pub mod policy;
pub mod refs;
pub mod registry;
pub mod rule;
pub mod scene;
pub mod settings;
pub mod subject;
#[cfg(test)]
mod testing;
pub mod waivers;

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::shares;
use crate::source::Place;

use at::{At, Visit};
use finding::Finding;
use rule::{Look, Rule, Severity};
use scene::{Container, Pod, Scene};
use settings::Settings;
use subject::{Origin, Subject};
use waivers::Applied;

/// Fewer objects than this are looked at sooner than a thread is started.
const WORTH_A_THREAD: usize = 200;

/// What a check gives.
#[derive(Debug, Default)]
pub struct Checked {
    /// In the order of the objects.
    pub findings: Vec<Finding>,
    /// How many findings there are besides that nobody asked for: warnings.
    pub counted: usize,
    /// How many findings waivers accept.
    pub waived: usize,
    /// How many rules were looked at.
    pub rules: usize,
    /// What is to be said of waivers that accept nothing here. Other environments may
    /// share them.
    pub idle: Vec<Finding>,
    /// Where the other waivers stand.
    pub used: Vec<Place>,
}

/// What a run looks for: the same for all objects.
struct Looks {
    /// Whether the types and values of objects are validated.
    validates: bool,
    /// The rules that look at objects by themselves.
    rules: Vec<&'static Rule>,
    weights: HashMap<&'static str, Severity, RandomState>,
    /// What is less severe is counted.
    least: Severity,
}

impl Looks {
    fn new(settings: &Settings) -> Looks {
        let weighed = registry::all().filter_map(|rule| Some((rule, settings.severity(rule)?)));
        let weighed: Vec<(&'static Rule, Severity)> = weighed.collect();
        let looks = |rule: &&Rule| !matches!(rule.look, Look::Validation | Look::Waivers);
        Looks {
            validates: weighed.iter().any(|(rule, _)| matches!(rule.look, Look::Validation)),
            rules: weighed.iter().map(|(rule, _)| *rule).filter(looks).collect(),
            weights: weighed.iter().map(|(rule, severity)| (rule.name, *severity)).collect(),
            // What waivers accept must be known in full.
            least: match settings.waivers.is_empty() {
                true => settings.least,
                false => Severity::Warning,
            },
        }
    }

    /// How much a rule weighs; nothing where it is off.
    fn weight(&self, rule: &Rule) -> Option<Severity> {
        self.weights.get(rule.name).copied()
    }
}

/// Looks at all objects. The result does not depend on the number of threads.
pub fn check(subjects: &[Subject<'_>], settings: &Settings, threads: usize) -> Checked {
    let scene = Scene::new(subjects, settings);
    let looks = Looks::new(settings);
    let threads = threads.min(subjects.len() / WORTH_A_THREAD).max(1);
    let looked =
        shares::each(&shares::even(subjects, threads), |share| look_at_all(share, &scene, &looks));
    let (mut findings, mut counted) = (Vec::new(), 0);
    for (found, others) in looked {
        findings.extend(found);
        counted += others;
    }
    let Applied { findings, accepted, idle, used } = waivers::apply(findings, settings);
    Checked { findings, counted, waived: accepted, rules: looks.weights.len(), idle, used }
}

/// What all rules find in some objects, and how much is only counted.
fn look_at_all(
    subjects: &[Subject<'_>],
    scene: &Scene<'_>,
    looks: &Looks,
) -> (Vec<Finding>, usize) {
    let Some(first) = subjects.first() else { return (Vec::new(), 0) };
    let (mut findings, mut counted) = (Vec::new(), 0);
    let visit = Visit::new(first);
    for subject in subjects {
        visit.enter(subject);
        if let Origin::Manifest { document, oddities, .. } = subject.origin
            && let Some(severity) = looks.weight(&api::decoding::RULE)
        {
            findings.extend(oddities.iter().map(|odd| {
                Finding::of_text(&api::decoding::RULE, severity, odd, document, subject)
            }));
        }
        look_at(subject, scene, looks, &visit);
        let (faults, others) = visit.take(looks.least, |rule| looks.weight(rule));
        counted += others;
        findings.extend(
            faults.into_iter().map(|(fault, severity)| Finding::new(fault, severity, subject)),
        );
    }
    (findings, counted)
}

/// Lets all rules look at one object.
fn look_at<'a>(subject: &Subject<'a>, scene: &Scene<'a>, looks: &Looks, visit: &'a Visit<'a>) {
    // What cannot be read as its type is not looked into: all else would follow. Whoever
    // does not ask for that is told the rest.
    if looks.validates
        && !api::validate(scene, visit.root(&api::decoding::RULE))
        && looks.weight(&api::decoding::RULE).is_some()
    {
        return;
    }
    let object = visit.root(&api::decoding::RULE);
    let pod = scene.pod_of(subject).map(|pod| SeenPod::new(pod, object));
    let known = visit.known_ways();
    // What hurts later is said of the object that makes another, not of both.
    let repeats = subject.is_made() && scene.has_maker_of(subject);
    let rules = looks.rules.iter().filter(|rule| !(repeats && rule.family() == "policy"));
    for rule in rules {
        visit.forget_ways_since(known);
        apply(rule, scene, object.under(rule), pod.as_ref());
    }
}

/// The pod of an object, with what rules look at in it.
struct SeenPod<'a, 's> {
    pod: &'s Pod<'a>,
    spec: At<'a>,
    containers: Vec<Container<'a>>,
}

impl<'a, 's> SeenPod<'a, 's> {
    fn new(pod: &'s Pod<'a>, object: At<'a>) -> SeenPod<'a, 's> {
        let spec = pod.holder(object).field("spec");
        SeenPod { pod, spec, containers: Pod::containers(spec).collect() }
    }
}

fn apply<'a>(
    rule: &'static Rule,
    scene: &Scene<'a>,
    object: At<'a>,
    seen: Option<&SeenPod<'a, '_>>,
) {
    match (&rule.look, seen) {
        (Look::Object(look), _) => look(scene, object),
        (Look::Pod(look), Some(seen)) => look(scene, seen.pod, seen.spec.under(rule)),
        (Look::Container(look), Some(seen)) => {
            for &Container { at, role } in &seen.containers {
                look(scene, seen.pod, Container { at: at.under(rule), role });
            }
        }
        (Look::Pod(_) | Look::Container(_) | Look::Validation | Look::Waivers, _) => {}
    }
}

impl Checked {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let listed = self.findings.iter().filter(|finding| finding.severity == severity).count();
        if severity == Severity::Warning { listed + self.counted } else { listed }
    }
}

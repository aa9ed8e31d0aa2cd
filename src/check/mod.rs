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
#[cfg(test)]
pub mod trial;
pub mod waivers;

use std::collections::HashSet;

use crate::shares;

use at::{At, Visit};
use finding::Finding;
use rule::{Look, Rule, Severity};
use scene::{Pod, Scene};
use settings::Settings;
use subject::{Origin, Subject};

/// Fewer objects than this are looked at sooner than a thread is started.
const WORTH_A_THREAD: usize = 200;

/// What a check gives.
#[derive(Debug, Default)]
pub struct Checked {
    /// In the order of the objects.
    pub findings: Vec<Finding>,
    /// How many findings waivers accept.
    pub waived: usize,
    /// How many rules were looked at.
    pub rules: usize,
}

/// Looks at all objects. The result does not depend on the number of threads.
pub fn check(subjects: &[Subject<'_>], settings: &Settings, threads: usize) -> Checked {
    let scene = Scene::new(subjects, settings);
    let rules: Vec<&'static Rule> =
        registry::all().filter(|rule| settings.severity(rule).is_some()).collect();
    let validates = rules.iter().any(|rule| matches!(rule.look, Look::Validation));
    let threads = threads.min(subjects.len() / WORTH_A_THREAD).max(1);
    let found = shares::each(&shares::even(subjects, threads), |share| {
        let mut findings = Vec::new();
        for subject in share {
            look_at(subject, &scene, &rules, validates, &mut findings);
        }
        findings
    });
    let (findings, waived) = waivers::apply(found.concat(), settings);
    Checked { findings, waived, rules: rules.len() }
}

/// What all rules find in one object.
fn look_at(
    subject: &Subject<'_>,
    scene: &Scene<'_>,
    rules: &[&'static Rule],
    validates: bool,
    findings: &mut Vec<Finding>,
) {
    let visit = Visit::new(subject);
    if let Origin::Manifest { document, oddities, .. } = subject.origin
        && let Some(severity) = scene.settings.severity(&api::decoding::RULE)
    {
        findings.extend(
            oddities.iter().map(|odd| {
                Finding::of_text(&api::decoding::RULE, severity, odd, document, subject)
            }),
        );
    }
    // What cannot be read as its type is not looked into: all else would follow.
    let readable = !validates || api::validate(scene, visit.root(&api::decoding::RULE));
    if readable {
        let pod = scene.pod_of(subject);
        for rule in rules {
            apply(rule, scene, pod, visit.root(rule));
        }
    }
    let mut said: HashSet<(&'static str, String, String)> = HashSet::new();
    for fault in visit.take() {
        let Some(severity) = scene.settings.severity(fault.rule) else { continue };
        if said.insert((fault.rule.name, fault.field.clone(), fault.message.clone())) {
            findings.push(Finding::new(fault, severity, subject));
        }
    }
}

fn apply<'a>(rule: &Rule, scene: &Scene<'a>, pod: Option<&Pod<'a>>, object: At<'a>) {
    let spec = |pod: &Pod<'a>| pod.holder(object).field("spec");
    match (&rule.look, pod) {
        (Look::Object(look), _) => look(scene, object),
        (Look::Pod(look), Some(pod)) => look(scene, pod, spec(pod)),
        (Look::Container(look), Some(pod)) => {
            Pod::containers(spec(pod)).for_each(|container| look(scene, pod, container));
        }
        (Look::Pod(_) | Look::Container(_) | Look::Validation | Look::Waivers, _) => {}
    }
}

impl Checked {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

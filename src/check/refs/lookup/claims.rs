//! The claims there are: objects, and those that a StatefulSet makes of its templates.

use crate::check::at::At;
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::absent::{self, Wanted};

/// A claim.
#[derive(Clone, Copy)]
pub struct Claim<'a> {
    /// What it asks for.
    pub spec: &'a Value,
}

/// The claim; says so where it is absent.
pub fn lead<'a>(
    scene: &Scene<'a>,
    at: At<'a>,
    namespace: &'a str,
    name: &'a str,
) -> Option<Claim<'a>> {
    let wanted = Wanted::of("", "PersistentVolumeClaim", namespace, name);
    if let Some(found) = find(scene, namespace, name) {
        return Some(found);
    }
    let object = absent::lead(scene, at, wanted)?;
    Some(Claim { spec: object.content.get("spec").unwrap_or(&Value::Null) })
}

pub fn find<'a>(scene: &Scene<'a>, namespace: &str, name: &str) -> Option<Claim<'a>> {
    match scene.find("", "PersistentVolumeClaim", namespace, name) {
        Some(object) => {
            let spec = object.content.get("spec").unwrap_or(&Value::Null);
            Some(Claim { spec })
        }
        None => templated(scene, namespace, name),
    }
}

/// `data-db-0` is of the template `data` and the StatefulSet `db`; either name may
/// hold hyphens.
fn templated<'a>(scene: &Scene<'a>, namespace: &str, name: &str) -> Option<Claim<'a>> {
    let (stem, ordinal) = name.rsplit_once('-')?;
    if ordinal.is_empty() || !ordinal.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    stem.match_indices('-').find_map(|(at, _)| {
        let (template, set) = (stem.get(..at)?, stem.get(at + 1..)?);
        let set = scene.find("apps", "StatefulSet", namespace, set)?;
        let named = |claim: &&Value| {
            claim.get("metadata").and_then(|all| all.get("name")?.as_str()) == Some(template)
        };
        let claim = templates(set).iter().find(named)?;
        Some(Claim { spec: claim.get("spec").unwrap_or(&Value::Null) })
    })
}

fn templates<'a>(set: &Subject<'a>) -> &'a [Value] {
    match set.content.get("spec").and_then(|spec| spec.get("volumeClaimTemplates")) {
        Some(Value::List(templates)) => templates,
        _ => &[],
    }
}

/// Whether a StatefulSet makes claims of a template of this name.
pub fn is_templated(owner: &Subject<'_>, name: &str) -> bool {
    owner.kind() == "StatefulSet"
        && templates(owner).iter().any(|claim| {
            claim.get("metadata").and_then(|all| all.get("name")?.as_str()) == Some(name)
        })
}

/// What a claim asks for, wherever objects of this kind hold one: at its `spec`.
pub fn specs<'a>(scene: &Scene<'a>, object: At<'a>) -> Vec<At<'a>> {
    let subject = object.subject();
    let mut specs = Vec::new();
    if subject.is("", "PersistentVolumeClaim") {
        specs.push(object.field("spec"));
    }
    if subject.is("apps", "StatefulSet") {
        let templates = object.field("spec").field("volumeClaimTemplates");
        specs.extend(templates.items().map(|template| template.field("spec")));
    }
    if let Some(pod) = scene.pod_of(subject) {
        let volumes = pod.holder(object).field("spec").field("volumes");
        let ephemeral = volumes.items().map(|volume| volume.down(EPHEMERAL));
        specs.extend(ephemeral.filter(|spec| spec.is_set()));
    }
    specs
}

/// What a claim starts from.
pub fn source(spec: At<'_>) -> At<'_> {
    let reference = spec.field("dataSourceRef");
    if reference.is_set() { reference } else { spec.field("dataSource") }
}

const EPHEMERAL: &[&str] = &["ephemeral", "volumeClaimTemplate", "spec"];

impl Claim<'_> {
    /// Whether it may be mounted so: `ReadWriteOnce`.
    pub fn has_mode(&self, mode: &str) -> bool {
        match self.spec.get("accessModes") {
            Some(Value::List(modes)) => modes.iter().any(|own| own.as_str() == Some(mode)),
            _ => false,
        }
    }
}

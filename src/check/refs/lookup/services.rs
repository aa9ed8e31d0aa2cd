//! What Services are, and the pods behind them.

use crate::check::scene::{Pod, Scene, Selector};
use crate::check::subject::Subject;
use crate::object::value::Map;

use super::absent;
use super::effort::{self, Effort, Exhausted};

/// Which pods a Service leads to.
pub fn selector<'a>(service: &Subject<'a>) -> Option<&'a Map> {
    let selector = service.content.get("spec")?.get("selector")?.as_map()?;
    (!selector.is_empty() && !is_external(service)).then_some(selector)
}

/// The pods behind a Service.
pub fn pods<'s, 'a: 's>(scene: &'s Scene<'a>, service: &'s Subject<'a>) -> Vec<&'s Pod<'a>> {
    match selector(service) {
        Some(labels) => selected(scene, scene.namespace_of(service), Selector::Labels(labels)),
        None => Vec::new(),
    }
}

/// The same, as far as the effort reaches.
pub fn pods_within<'s, 'a: 's>(
    scene: &'s Scene<'a>,
    service: &'s Subject<'a>,
    effort: &mut Effort,
) -> Result<Vec<&'s Pod<'a>>, Exhausted> {
    let Some(labels) = selector(service) else { return Ok(Vec::new()) };
    let candidates = scene.count_candidates(scene.namespace_of(service), Selector::Labels(labels));
    effort.spend(candidates.saturating_mul(effort::size_of_map(labels)))?;
    Ok(pods(scene, service))
}

/// The pods that a selector takes; of some files, those without a namespace as well.
pub fn selected<'s, 'a: 's>(
    scene: &'s Scene<'a>,
    namespace: &'s str,
    selector: Selector<'s>,
) -> Vec<&'s Pod<'a>> {
    let found: Vec<_> = scene.selected(namespace, selector).collect();
    match absent::fallback(scene, namespace) {
        Some(other) if found.is_empty() => scene.selected(other, selector).collect(),
        _ => found,
    }
}

/// Whether a selector takes any pod at all.
pub fn takes_any<'a>(scene: &Scene<'a>, namespace: &'a str, selector: Selector<'a>) -> bool {
    let takes = |namespace| scene.selected(namespace, selector).next().is_some();
    takes(namespace) || absent::fallback(scene, namespace).is_some_and(takes)
}

fn word<'a>(service: &Subject<'a>, key: &str) -> &'a str {
    let spec = service.content.get("spec");
    spec.and_then(|spec| spec.get(key)?.as_str()).unwrap_or_default()
}

/// Whether it is only another name for a host.
pub fn is_external(service: &Subject<'_>) -> bool {
    word(service, "type") == "ExternalName"
}

/// Whether its name leads to the pods themselves.
pub fn is_headless(service: &Subject<'_>) -> bool {
    word(service, "clusterIP") == "None" && !is_external(service)
}

/// A Service that other objects name.
pub fn wanted<'a>(namespace: &'a str, name: &'a str) -> absent::Wanted<'a> {
    absent::Wanted::of("", "Service", namespace, name)
}

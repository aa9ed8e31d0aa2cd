//! What is said of a selector that takes no pod.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::scene::{Pod, Scene, Selector};
use crate::object::value::{Map, Value};

use super::{absent, services};

/// More pods than these are not compared with a selector that takes none.
const MOST_PODS: usize = 1000;

/// How bad it is that no pod is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Something does not work.
    Missed,
    /// It may be for pods to come.
    Odd,
}

/// Whether a selector takes any pod of a namespace; says so where it takes none.
/// `labels` is where the labels stand.
pub fn must_take_pods<'a>(
    scene: &Scene<'a>,
    namespace: &'a str,
    selector: Selector<'a>,
    labels: At<'a>,
    lack: Lack,
) -> bool {
    if services::takes_any(scene, namespace, selector) {
        return true;
    }
    let name = labels.object().subject().name();
    let no_pods_at_all = scene.pods_in(namespace).next().is_none();
    if scene.is_elsewhere("Pod", namespace, name)
        || wants_an_operators_pods(scene, namespace, selector)
        || no_pods_at_all && (!scene.settings.complete || scene.namespaces().is_foreign(namespace))
    {
        return false;
    }
    let message = "no pod has these labels".to_owned();
    let mut help = what_comes_nearest(scene, namespace, selector).unwrap_or_default();
    let declare = if scene.settings.of_project {
        format!("if its pods live elsewhere, say so under `checks.elsewhere`: `Pod/{name}`")
    } else {
        format!("if its pods live elsewhere, say so with `--elsewhere Pod/{name}`")
    };
    help.push_str(&declare);
    match lack {
        Lack::Missed => absent::missed(scene, labels, message, help),
        Lack::Odd => labels.warn_with(message, help),
    }
    false
}

/// Operators name the resource that pods come from in a label, or have labels of their
/// own: `cnpg.io/cluster: db`.
fn wants_an_operators_pods(scene: &Scene<'_>, namespace: &str, selector: Selector<'_>) -> bool {
    let is_foreign = |label: &str| {
        let domain = label.split_once('/').map(|(domain, _)| domain);
        domain.is_some_and(|domain| {
            !domain.ends_with("kubernetes.io")
                && !domain.ends_with("k8s.io")
                && !scene
                    .pods_in(namespace)
                    .take(MOST_PODS)
                    .any(|pod| pod.labels().any(|(own, _)| own == label))
        })
    };
    let is_of_operator =
        |value: &Value| value.as_str().is_some_and(|value| scene.operators().has(namespace, value));
    wanted(selector).any(|(label, value)| is_foreign(label) || is_of_operator(value))
}

fn wanted<'a>(selector: Selector<'a>) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let labels = match selector {
        Selector::Labels(labels) => Some(labels),
        Selector::Full(selector) => selector.get("matchLabels").and_then(Value::as_map),
    };
    labels.into_iter().flat_map(Map::iter)
}

/// The pod with the most of the labels, and what it has instead.
fn what_comes_nearest(
    scene: &Scene<'_>,
    namespace: &str,
    selector: Selector<'_>,
) -> Option<String> {
    let fitting = |pod: &&Pod<'_>| {
        wanted(selector).filter(|(name, value)| label(pod, name) == value.as_str()).count()
    };
    let shares_a_label =
        |pod: &&Pod<'_>| wanted(selector).any(|(name, _)| label(pod, name).is_some());
    let pods = scene.pods_in(namespace).take(MOST_PODS).filter(shares_a_label);
    // Of those that fit equally the first is shown.
    let best = pods.fold(None, |best: Option<(usize, &Pod<'_>)>, pod| {
        let fits = fitting(&pod);
        if best.is_some_and(|(most, _)| most >= fits) { best } else { Some((fits, pod)) }
    });
    let (_, pod) = best?;
    let owner = pod.owner.identity;
    let wrong = wanted(selector).find(|(name, value)| label(pod, name) != value.as_str());
    let (name, _) = wrong?;
    Some(match label(pod, name) {
        Some(value) => format!("the pods of {owner} have {}; ", shown(&format!("{name}: {value}"))),
        None => format!("the pods of {owner} have no label {}; ", shown(name)),
    })
}

fn label<'a>(pod: &Pod<'a>, label: &str) -> Option<&'a str> {
    pod.label_map()?.get(label)?.as_str()
}

//! The namespaces of a scene: which ones it defines or lives in, and their labels.

use std::collections::{BTreeSet, HashMap};

use crate::check::settings::Settings;
use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

use super::workload_labels::Label;
use super::{Scene, Selector};

/// The label that a server gives each namespace.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// Those that each cluster has.
const BUILT_IN: [&str; 4] = ["default", "kube-system", "kube-public", "kube-node-lease"];

#[derive(Default)]
pub struct Namespaces<'a> {
    /// The Namespace objects.
    defined: HashMap<&'a str, &'a Subject<'a>>,
    /// Where what pods are and need is, or the objects that name no namespace. A
    /// dashboard or a rule in a namespace does not make it one of ours.
    lived_in: BTreeSet<&'a str>,
}

impl<'a> Namespaces<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Namespaces<'a> {
        let defined: HashMap<_, _> =
            scene.of_kind("", "Namespace").map(|subject| (subject.name(), subject)).collect();
        let mut lived_in = BTreeSet::from([scene.namespace]);
        lived_in.extend(defined.keys());
        lived_in.extend(scene.pods().iter().map(|pod| pod.namespace));
        for kind in ["Service", "ServiceAccount", "PersistentVolumeClaim"] {
            lived_in.extend(scene.of_kind("", kind).map(|subject| scene.namespace_of(subject)));
        }
        Namespaces { defined, lived_in }
    }

    /// Whether there are Namespace objects at all.
    pub fn are_defined(&self) -> bool {
        !self.defined.is_empty()
    }

    /// Whether a cluster or an object here defines it.
    pub fn exists(&self, name: &str) -> bool {
        BUILT_IN.contains(&name) || self.defined.contains_key(name)
    }

    /// Whether the objects have nothing to do with it: what it holds is unknown.
    pub fn is_foreign(&self, name: &str) -> bool {
        !self.lived_in.contains(name)
    }

    /// All that the objects live in.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.lived_in.iter().copied()
    }

    /// Whether a selector takes a namespace; nothing where its labels are unknown.
    pub fn takes(&self, selector: &Map, name: &str) -> Option<bool> {
        let labels = self.defined.get(name).map(|subject| {
            subject.content.get("metadata").and_then(|metadata| metadata.get("labels"))
        });
        let label = |label: &str| match labels {
            _ if label == NAME_LABEL => Label::Is(name),
            None => Label::Something,
            Some(labels) => labels
                .and_then(|labels| labels.get(label))
                .and_then(Value::as_str)
                .map_or(Label::Missing, Label::Is),
        };
        let takes = Selector::Full(selector).holds(label);
        // What it does not take whatever its other labels are, it does not take.
        let sure = labels.is_some() || !takes || asks_for_the_name_alone(selector);
        sure.then_some(takes)
    }
}

fn asks_for_the_name_alone(selector: &Map) -> bool {
    let labels = selector.get("matchLabels").and_then(Value::as_map);
    let expressions = match selector.get("matchExpressions") {
        Some(Value::List(expressions)) => expressions.as_slice(),
        _ => &[],
    };
    labels.is_none_or(|labels| labels.iter().all(|(label, _)| label == NAME_LABEL))
        && expressions.iter().all(|one| one.get("key").and_then(Value::as_str) == Some(NAME_LABEL))
}

/// The namespace of objects that name none. Where nobody said it and all others that
/// a release is made of name one and the same, a chart was rendered for it.
pub(super) fn in_use<'a>(subjects: &[Subject<'a>], settings: &'a Settings) -> &'a str {
    if settings.complete || settings.namespace != "default" {
        return &settings.namespace;
    }
    let of_release = |subject: &&Subject<'_>| {
        matches!(
            (subject.group(), subject.kind()),
            (
                "",
                "ConfigMap"
                    | "PersistentVolumeClaim"
                    | "Pod"
                    | "Secret"
                    | "Service"
                    | "ServiceAccount"
            ) | ("apps", "DaemonSet" | "Deployment" | "StatefulSet")
                | ("batch", "CronJob" | "Job")
        )
    };
    let release = || subjects.iter().filter(of_release);
    let named = release().filter_map(|subject| subject.identity.namespace.as_deref());
    let mut named = named.filter(|namespace| !namespace.is_empty());
    match named.next() {
        Some(first) if named.all(|namespace| namespace == first) => first,
        _ => &settings.namespace,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::Objects;
    use crate::object::value::{Key, Map, Value};

    fn selector(label: &str, value: &str) -> Map {
        let labels = Map(vec![(Key::Owned(label.into()), Value::String(value.into()))]);
        Map(vec![(Key::Borrowed("matchLabels"), Value::Map(labels))])
    }

    #[test]
    fn labels_of_a_namespace_that_is_not_here_are_unknown_but_for_its_name() {
        let objects = Objects::read(
            "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}}",
        );
        objects.with_scene(&Settings::default(), |scene| {
            let takes =
                |label, value, name| scene.namespaces().takes(&selector(label, value), name);
            assert_eq!(takes("team", "a", "shop"), Some(true));
            assert_eq!(takes("team", "b", "shop"), Some(false));
            assert_eq!(takes("team", "a", "other"), None);
            assert_eq!(takes("kubernetes.io/metadata.name", "other", "other"), Some(true));
            assert_eq!(takes("kubernetes.io/metadata.name", "shop", "other"), Some(false));
            assert_eq!(scene.namespaces().takes(&Map::default(), "other"), Some(true));
        });
    }
}

//! Who takes a pod by its labels, looked up from the pod: each object stands under
//! the rarest label that it asks for.

use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

use super::{Index, Pod, Scene, Selector};

static EVERYTHING: Map = Map(Vec::new());

#[derive(Default)]
pub struct Takers<'a> {
    list: Vec<(Selector<'a>, &'a Subject<'a>)>,
    /// By namespace, label and value.
    by_label: Index<(&'a str, &'a str, &'a str)>,
    /// Those that ask for no label that a template has.
    by_namespace: Index<&'a str>,
}

impl<'a> Takers<'a> {
    pub(super) fn policies(scene: &Scene<'a>) -> Takers<'a> {
        let all = scene.of_kind("networking.k8s.io", "NetworkPolicy");
        Takers::new(
            scene,
            all.map(|policy| {
                let selector = policy.content.get("spec").and_then(|spec| spec.get("podSelector"));
                let selector = selector.and_then(Value::as_map).unwrap_or(&EVERYTHING);
                (Selector::Full(selector), policy)
            }),
        )
    }

    /// A budget without a selector counts no pod, one with an empty selector all.
    pub(super) fn budgets(scene: &Scene<'a>) -> Takers<'a> {
        Takers::by_selector(scene, scene.of_kind("policy", "PodDisruptionBudget"))
    }

    /// Jobs select by labels that are made up for them, and are left out. So is what
    /// another workload made.
    pub(super) fn controllers(scene: &Scene<'a>) -> Takers<'a> {
        let kinds = [
            ("apps", "Deployment"),
            ("apps", "StatefulSet"),
            ("apps", "DaemonSet"),
            ("apps", "ReplicaSet"),
            ("argoproj.io", "Rollout"),
        ];
        let all = kinds.into_iter().flat_map(|(group, kind)| scene.of_kind(group, kind));
        Takers::by_selector(scene, all.filter(|subject| !subject.is_made()))
    }

    fn by_selector(scene: &Scene<'a>, all: impl Iterator<Item = &'a Subject<'a>>) -> Takers<'a> {
        let selecting = |subject: &'a Subject<'a>| {
            let selector = subject.content.get("spec")?.get("selector")?.as_map()?;
            Some((Selector::Full(selector), subject))
        };
        Takers::new(scene, all.filter_map(selecting))
    }

    fn new(
        scene: &Scene<'a>,
        all: impl Iterator<Item = (Selector<'a>, &'a Subject<'a>)>,
    ) -> Takers<'a> {
        let mut takers =
            Takers { list: Vec::new(), by_label: Index::default(), by_namespace: Index::default() };
        for (number, (selector, subject)) in (0..).zip(all) {
            let namespace = scene.namespace_of(subject);
            match scene.rarest(namespace, selector) {
                Some(((label, value), _)) => {
                    takers.by_label.entry((namespace, label, value)).or_default().push(number);
                }
                None => takers.by_namespace.entry(namespace).or_default().push(number),
            }
            takers.list.push((selector, subject));
        }
        takers
    }

    /// Those that take a pod.
    pub fn of<'s>(&'s self, pod: &'s Pod<'a>) -> impl Iterator<Item = &'a Subject<'a>> {
        self.candidates(pod).filter(|(selector, _)| selector.takes_pod(pod)).map(|(_, one)| *one)
    }

    /// Those that may take a pod, as far as one label tells, with what they ask for.
    pub fn candidates<'s>(
        &'s self,
        pod: &'s Pod<'a>,
    ) -> impl Iterator<Item = &'s (Selector<'a>, &'a Subject<'a>)> {
        let of_labels = pod.labels().filter_map(|(label, value)| {
            self.by_label.get(&(pod.namespace, label, value.as_str().unwrap_or_default()))
        });
        let numbers = self.by_namespace.get(pod.namespace).into_iter().chain(of_labels);
        numbers.flatten().filter_map(|number| self.list.get(*number as usize))
    }
}

//! All objects that are checked together, indexed: whatever a rule looks up costs
//! the same for ten objects and for ten thousand.

mod exclusive;
pub mod hosts;
mod labelled;
mod named;
mod namespaces;
mod operators;
mod pod;
mod selector;
pub mod stores;
mod takers;
mod workload_labels;

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::object::kinds::group;

pub use exclusive::{Exclusive, Right, Route, gateway_routes, ingress_class, routes, scale};
pub use labelled::Labelled;
pub use named::Named;
pub use namespaces::Namespaces;
pub use operators::Operators;
pub use pod::{Container, Pod, Role};
pub use selector::Selector;
pub use stores::Stores;
pub use takers::Takers;

use super::api::custom::lookup::Lookups;
use super::policy::overview::Overview;
use super::settings::Settings;
use super::subject::Subject;

type Index<K> = HashMap<K, Vec<u32>, RandomState>;

/// The objects of one environment, or of the files that were given.
pub struct Scene<'a> {
    pub subjects: &'a [Subject<'a>],
    pub settings: &'a Settings,
    /// The namespace of objects that name none.
    pub namespace: &'a str,
    /// By group, kind, namespace and name; more than one where they are twins.
    by_identity: Index<(&'a str, &'a str, &'a str, &'a str)>,
    /// By group and kind.
    by_kind: Index<(&'a str, &'a str)>,
    /// By group, kind and namespace.
    by_kind_in: Index<(&'a str, &'a str, &'a str)>,
    pods: Vec<Pod<'a>>,
    /// The pod of an object, by the object's address: twins have one each.
    pods_by_subject: HashMap<usize, u32, RandomState>,
    /// By namespace, label and value.
    pods_by_label: Index<(&'a str, &'a str, &'a str)>,
    pods_by_namespace: Index<&'a str>,
    stores: Stores<'a>,
    namespaces: Namespaces<'a>,
    operators: Operators<'a>,
    exclusive: Exclusive<'a>,
    labelled_services: Labelled<'a>,
    /// The classes of the PersistentVolumes.
    volume_classes: HashSet<&'a str, RandomState>,
    named: Named<'a>,
    policies: Takers<'a>,
    budgets: Takers<'a>,
    controllers: Takers<'a>,
    /// What policies look up of all objects.
    pub overview: Overview,
    /// The definitions of custom resources that objects asked for.
    pub lookups: Lookups,
}

impl<'a> Scene<'a> {
    pub fn new(subjects: &'a [Subject<'a>], settings: &'a Settings) -> Scene<'a> {
        let mut scene = Scene {
            subjects,
            settings,
            namespace: namespaces::in_use(subjects, settings),
            by_identity: HashMap::with_capacity_and_hasher(subjects.len(), RandomState::default()),
            by_kind: Index::default(),
            by_kind_in: Index::default(),
            pods: Vec::new(),
            pods_by_subject: HashMap::default(),
            pods_by_label: Index::default(),
            pods_by_namespace: Index::default(),
            stores: Stores::default(),
            namespaces: Namespaces::default(),
            operators: Operators::default(),
            exclusive: Exclusive::default(),
            labelled_services: Labelled::default(),
            volume_classes: HashSet::default(),
            named: Named::default(),
            policies: Takers::default(),
            budgets: Takers::default(),
            controllers: Takers::default(),
            overview: Overview::default(),
            lookups: Lookups::default(),
        };
        for (number, subject) in (0..).zip(subjects) {
            let (group, kind) = (subject.group(), subject.kind());
            let namespace = scene.namespace_of(subject);
            let identity = (group, kind, namespace, subject.name());
            scene.by_identity.entry(identity).or_default().push(number);
            scene.by_kind.entry((group, kind)).or_default().push(number);
            scene.by_kind_in.entry((group, kind, namespace)).or_default().push(number);
            if let Some(pod) = Pod::of(subject, namespace) {
                scene.add_pod(pod);
            }
        }
        scene.stores = Stores::new(&scene);
        scene.namespaces = Namespaces::new(&scene);
        scene.operators = Operators::new(&scene);
        scene.exclusive = Exclusive::new(&scene);
        scene.labelled_services = Labelled::services(&scene);
        scene.volume_classes = volume_classes(&scene);
        scene.named = Named::new(&scene);
        scene.policies = Takers::policies(&scene);
        scene.budgets = Takers::budgets(&scene);
        scene.controllers = Takers::controllers(&scene);
        scene
    }

    fn add_pod(&mut self, mut pod: Pod<'a>) {
        let number = u32::try_from(self.pods.len()).unwrap_or(u32::MAX);
        pod.number = number;
        for (label, value) in pod.labels() {
            let value = value.as_str().unwrap_or_default();
            self.pods_by_label.entry((pod.namespace, label, value)).or_default().push(number);
        }
        self.pods_by_namespace.entry(pod.namespace).or_default().push(number);
        self.pods_by_subject.insert(address(pod.owner), number);
        self.pods.push(pod);
    }

    /// The namespace an object lives in. Where it names none, that is the one that
    /// is in use when it is applied. A server drops the one of a cluster-wide object.
    pub fn namespace_of(&self, subject: &Subject<'a>) -> &'a str {
        match &subject.identity.namespace {
            Some(namespace) if !namespace.is_empty() && !subject.is_cluster_wide() => namespace,
            _ => self.namespace,
        }
    }

    /// All objects of a kind.
    pub fn of_kind<'s>(
        &'s self,
        group: &'s str,
        kind: &'s str,
    ) -> impl Iterator<Item = &'a Subject<'a>> {
        self.numbered(group, kind).map(|(_, subject)| subject)
    }

    /// All objects of a kind, each with its place among all objects.
    pub fn numbered<'s>(
        &'s self,
        group: &'s str,
        kind: &'s str,
    ) -> impl Iterator<Item = (u32, &'a Subject<'a>)> {
        let found = self.by_kind.get(&(group, kind)).map(Vec::as_slice).unwrap_or_default();
        let subjects = self.subjects;
        found.iter().filter_map(move |number| Some((*number, subjects.get(*number as usize)?)))
    }

    /// All objects of a kind in a namespace.
    pub fn in_namespace<'s>(
        &'s self,
        group: &'s str,
        kind: &'s str,
        namespace: &'s str,
    ) -> impl Iterator<Item = &'a Subject<'a>> {
        let found = self.by_kind_in.get(&(group, kind, namespace));
        let subjects = self.subjects;
        let numbers = found.map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(move |number| subjects.get(*number as usize))
    }

    /// The kinds that there are objects of: group and kind.
    pub fn kinds(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.by_kind.keys().copied()
    }

    /// How many objects of a kind a namespace has.
    pub fn count_in(&self, group: &str, kind: &str, namespace: &str) -> usize {
        self.by_kind_in.get(&(group, kind, namespace)).map_or(0, Vec::len)
    }

    /// One object. Those of a cluster-wide kind are looked up in any namespace.
    pub fn find(
        &self,
        group: &str,
        kind: &str,
        namespace: &str,
        name: &str,
    ) -> Option<&'a Subject<'a>> {
        self.all(group, kind, namespace, name).next()
    }

    /// All objects with one identity: more than one are twins.
    pub fn all<'s>(
        &'s self,
        group: &'s str,
        kind: &'s str,
        namespace: &'s str,
        name: &'s str,
    ) -> impl Iterator<Item = &'a Subject<'a>> {
        let found = self.by_identity.get(&(group, kind, namespace, name));
        let subjects = self.subjects;
        let numbers = found.map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(move |number| subjects.get(*number as usize))
    }

    /// A cluster-wide object.
    pub fn find_in_cluster(&self, group: &str, kind: &str, name: &str) -> Option<&'a Subject<'a>> {
        self.find(group, kind, self.namespace, name)
    }

    /// Whether the object that made another is here as well.
    pub fn has_maker_of(&self, subject: &Subject<'a>) -> bool {
        let namespace = self.namespace_of(subject);
        subject.controller().is_some_and(|owner| {
            let group = group(owner.word("apiVersion"));
            self.find(group, owner.word("kind"), namespace, owner.word("name")).is_some()
        })
    }

    /// Whether an object is declared to live elsewhere.
    pub fn is_elsewhere(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.settings.elsewhere.has(kind, namespace, name)
    }

    /// The ConfigMaps and Secrets, whoever makes them.
    pub fn stores(&self) -> &Stores<'a> {
        &self.stores
    }

    /// The namespaces, and their labels.
    pub fn namespaces(&self) -> &Namespaces<'a> {
        &self.namespaces
    }

    /// The objects that others may come from.
    pub fn operators(&self) -> &Operators<'a> {
        &self.operators
    }

    /// What only one object can have, and who wants it.
    pub fn exclusive(&self) -> &Exclusive<'a> {
        &self.exclusive
    }

    /// Whether there is a PersistentVolume of a class.
    pub fn has_volumes(&self, class: &str) -> bool {
        self.volume_classes.contains(class)
    }

    /// The Services by their own labels.
    pub fn labelled_services(&self) -> &Labelled<'a> {
        &self.labelled_services
    }

    /// The hosts that ConfigMaps name.
    pub fn named(&self) -> &Named<'a> {
        &self.named
    }

    /// The network policies that a pod is under.
    pub fn policies(&self) -> &Takers<'a> {
        &self.policies
    }

    /// The disruption budgets that a pod counts for.
    pub fn budgets(&self) -> &Takers<'a> {
        &self.budgets
    }

    /// The workloads that take a pod for one of theirs.
    pub fn controllers(&self) -> &Takers<'a> {
        &self.controllers
    }

    /// All pods and templates of pods.
    pub fn pods(&self) -> &[Pod<'a>] {
        &self.pods
    }

    /// The pod or template of an object.
    pub fn pod_of(&self, subject: &Subject<'a>) -> Option<&Pod<'a>> {
        self.pods.get(*self.pods_by_subject.get(&address(subject))? as usize)
    }

    pub fn pods_in(&self, namespace: &str) -> impl Iterator<Item = &Pod<'a>> {
        let numbers = self.pods_by_namespace.get(namespace).map(Vec::as_slice);
        numbers.unwrap_or_default().iter().filter_map(|number| self.pods.get(*number as usize))
    }

    /// The pods of a namespace that a selector takes. An empty one takes all of them.
    pub fn selected<'s>(
        &'s self,
        namespace: &'s str,
        selector: Selector<'s>,
    ) -> impl Iterator<Item = &'s Pod<'a>> {
        self.candidates(namespace, selector)
            .iter()
            .filter_map(|number| self.pods.get(*number as usize))
            .filter(move |pod| selector.takes_pod(pod))
    }

    /// How many pods of a namespace must be looked at to know which a selector takes.
    pub fn count_candidates<'s>(&'s self, namespace: &'s str, selector: Selector<'s>) -> usize {
        self.candidates(namespace, selector).len()
    }

    fn candidates<'s>(&'s self, namespace: &'s str, selector: Selector<'s>) -> &'s [u32] {
        match self.rarest(namespace, selector) {
            Some((_, numbers)) => numbers,
            None => self.pods_by_namespace.get(namespace).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// The label of a selector that leaves the fewest pods to look at, and these.
    /// Labels that pods have only once they run are no help.
    fn rarest<'s, 'l: 's>(
        &'s self,
        namespace: &'l str,
        selector: Selector<'l>,
    ) -> Option<((&'l str, &'l str), &'s [u32])> {
        let labels = selector.labels()?.iter();
        labels
            .filter(|(label, _)| !workload_labels::is_one(label))
            .map(|(label, value)| {
                let label = (label, value.as_str().unwrap_or_default());
                let numbers = self.pods_by_label.get(&(namespace, label.0, label.1));
                (label, numbers.map(Vec::as_slice).unwrap_or_default())
            })
            .min_by_key(|(_, numbers)| numbers.len())
    }
}

fn volume_classes<'a>(scene: &Scene<'a>) -> HashSet<&'a str, RandomState> {
    let volumes = scene.of_kind("", "PersistentVolume");
    volumes
        .filter_map(|volume| volume.content.get("spec")?.get("storageClassName")?.as_str())
        .collect()
}

/// What tells an object from all others, whatever it is called.
fn address(subject: &Subject<'_>) -> usize {
    std::ptr::from_ref(subject.content).addr()
}

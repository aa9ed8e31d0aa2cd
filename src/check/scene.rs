//! All objects that are checked together, indexed: whatever a rule looks up costs
//! the same for ten objects and for ten thousand.

mod exclusive;
pub mod hosts;
mod labelled;
mod named;
mod namespaces;
mod operators;
pub mod stores;
mod takers;
mod workload_labels;

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::RandomState;

use crate::object::kinds;
use crate::object::value::{Map, Value};

use super::api::formats::shown;
pub use exclusive::{Exclusive, Right, Route, gateway_routes, ingress_class, routes, scale};
pub use labelled::Labelled;
pub use named::Named;
pub use namespaces::Namespaces;
pub use operators::Operators;
pub use stores::Stores;
pub use takers::Takers;
use workload_labels::Label;

use super::api::custom::lookup::Lookups;
use super::at::At;
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
    named: Named<'a>,
    policies: Takers<'a>,
    budgets: Takers<'a>,
    controllers: Takers<'a>,
    /// What policies look up of all objects.
    pub overview: Overview,
    /// The definitions of custom resources that objects asked for.
    pub lookups: Lookups,
}

/// A pod, or a template of which an object makes pods.
#[derive(Clone, Debug)]
pub struct Pod<'a> {
    /// Its place among all pods of the scene.
    pub number: u32,
    /// The object that it is, or that makes it.
    pub owner: &'a Subject<'a>,
    pub namespace: &'a str,
    pub metadata: Option<&'a Value>,
    pub spec: &'a Value,
    /// The way from the object to what holds `metadata` and `spec`.
    pub path: &'static [&'static str],
}

/// A container of a pod.
#[derive(Clone, Copy)]
pub struct Container<'a> {
    pub at: At<'a>,
    pub role: Role,
}

/// When a container runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Main,
    /// Before the main ones, to its end.
    Init,
    /// An init container that is restarted: it runs beside the main ones.
    Sidecar,
}

/// Which pods a label selector takes.
#[derive(Clone, Copy)]
pub enum Selector<'a> {
    /// All of these labels, as Services have it.
    Labels(&'a Map),
    /// `matchLabels` and `matchExpressions`.
    Full(&'a Map),
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
            Some(namespace)
                if !namespace.is_empty()
                    && !kinds::is_cluster_wide(subject.group(), subject.kind()) =>
            {
                namespace
            }
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
        let fewest = match self.rarest(namespace, selector) {
            Some((_, numbers)) => numbers,
            None => self.pods_by_namespace.get(namespace).map(Vec::as_slice).unwrap_or_default(),
        };
        fewest
            .iter()
            .filter_map(|number| self.pods.get(*number as usize))
            .filter(move |pod| selector.takes_pod(pod))
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

impl<'a> Selector<'a> {
    fn labels(self) -> Option<&'a Map> {
        match self {
            Selector::Labels(labels) => Some(labels),
            Selector::Full(selector) => selector.get("matchLabels").and_then(Value::as_map),
        }
    }

    /// Whether it takes what has these labels.
    pub fn takes(self, labels: Option<&Map>) -> bool {
        let value = |label: &str| labels.and_then(|map| map.get(label)).and_then(Value::as_str);
        self.holds(|label| value(label).map_or(Label::Missing, Label::Is))
    }

    /// Whether it takes a pod, with the labels that it gets when it runs.
    pub fn takes_pod(self, pod: &Pod<'_>) -> bool {
        self.holds(|label| pod.label(label))
    }

    /// Whether it has no requirement: it takes everything.
    pub fn is_empty(self) -> bool {
        let Selector::Full(selector) = self else { return false };
        let none = |key| match selector.get(key) {
            Some(Value::Map(map)) => map.is_empty(),
            Some(Value::List(items)) => items.is_empty(),
            _ => true,
        };
        none("matchLabels") && none("matchExpressions")
    }

    fn holds<'l>(self, value: impl Fn(&str) -> Label<'l>) -> bool {
        let all = self.labels().is_none_or(|wanted| {
            wanted
                .iter()
                .all(|(label, wanted)| value(label).may_be(wanted.as_str().unwrap_or_default()))
        });
        let Selector::Full(selector) = self else { return all };
        let Some(Value::List(expressions)) = selector.get("matchExpressions") else { return all };
        all && expressions.iter().all(|expression| {
            let word = |key| expression.get(key).and_then(Value::as_str).unwrap_or_default();
            let found = value(word("key"));
            let listed = || match expression.get("values") {
                Some(Value::List(values)) => {
                    values.iter().filter_map(Value::as_str).any(|value| found.may_be(value))
                }
                _ => false,
            };
            let unsure = matches!(found, Label::Something | Label::Numbered(_));
            match word("operator") {
                "In" => listed(),
                "NotIn" => unsure || !listed(),
                "Exists" => found != Label::Missing,
                "DoesNotExist" => found == Label::Missing,
                _ => false,
            }
        })
    }
}

impl<'a> Pod<'a> {
    fn of(owner: &'a Subject<'a>, namespace: &'a str) -> Option<Pod<'a>> {
        let path = template_path(owner)?;
        let holder = path.iter().try_fold(owner.content, |value, key| value.get(key))?;
        let spec = holder.get("spec").filter(|spec| spec.as_map().is_some())?;
        Some(Pod { number: 0, owner, namespace, metadata: holder.get("metadata"), spec, path })
    }

    /// Its labels.
    pub fn label_map(&self) -> Option<&'a Map> {
        self.metadata?.get("labels")?.as_map()
    }

    pub fn labels(&self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.label_map().into_iter().flat_map(Map::iter)
    }

    /// What one of its labels is, or will be when it runs.
    fn label(&self, name: &str) -> Label<'a> {
        match self.label_map().and_then(|labels| labels.get(name)) {
            Some(value) => Label::Is(value.as_str().unwrap_or_default()),
            None => workload_labels::when_it_runs(self.owner, name),
        }
    }

    /// Whether another object made it, or the object that makes it: what was written
    /// is there.
    pub fn is_made(&self) -> bool {
        self.owner.is_made()
    }

    /// Whether it is a template of objects that make pods, not a pod itself.
    pub fn is_template(&self) -> bool {
        !self.path.is_empty()
    }

    /// What holds its `metadata` and `spec`, from the object it is in.
    pub fn holder(&self, object: At<'a>) -> At<'a> {
        object.down(self.path)
    }

    /// Its `spec`, from anywhere in the object it is in.
    pub fn spec_at(&self, at: At<'a>) -> At<'a> {
        self.holder(at.object()).field("spec")
    }

    /// Its containers, from its `spec`.
    pub fn containers(spec: At<'a>) -> impl Iterator<Item = Container<'a>> {
        let init = spec.field("initContainers").items().map(|at| {
            let again = at.field("restartPolicy").text() == Some("Always");
            Container { at, role: if again { Role::Sidecar } else { Role::Init } }
        });
        let main = spec.field("containers").items();
        init.chain(main.map(|at| Container { at, role: Role::Main }))
    }

    /// Its containers as they stand there, for what only reads.
    pub fn container_values(&self) -> impl Iterator<Item = &'a Value> {
        ["initContainers", "containers"]
            .into_iter()
            .filter_map(|list| self.spec.get(list))
            .flat_map(|list| match list {
                Value::List(items) => items.as_slice(),
                _ => &[],
            })
    }
}

impl<'a> Container<'a> {
    pub fn name(self) -> &'a str {
        self.at.value().and_then(|own| own.get("name")?.as_str()).unwrap_or_default()
    }

    /// Whether it runs for as long as the pod does.
    pub fn stays(self) -> bool {
        self.role != Role::Init
    }
}

/// What messages call it: ``init container `wait` ``.
impl fmt::Display for Container<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let role = match self.role {
            Role::Main => "container",
            Role::Init => "init container",
            Role::Sidecar => "sidecar",
        };
        write!(f, "{role} {}", shown(self.name()))
    }
}

/// Where an object has its pod or template.
fn template_path(owner: &Subject<'_>) -> Option<&'static [&'static str]> {
    let (group, kind) = (owner.group(), owner.kind());
    Some(match (group, kind) {
        ("", "Pod") => &[],
        ("", "PodTemplate") => &["template"],
        ("", "ReplicationController")
        | ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
        | ("batch", "Job")
        | ("argoproj.io", "Rollout") => &["spec", "template"],
        ("batch", "CronJob") => &["spec", "jobTemplate", "spec", "template"],
        ("keda.sh", "ScaledJob") => &["spec", "jobTargetRef", "template"],
        // Custom workloads hold what a Deployment does.
        (custom, _) if custom.contains('.') && !custom.ends_with(".k8s.io") => {
            let spec = owner.content.get("spec")?.get("template")?.get("spec")?;
            spec.get("containers")?;
            &["spec", "template"]
        }
        _ => return None,
    })
}

/// What tells an object from all others, whatever it is called.
fn address(subject: &Subject<'_>) -> usize {
    std::ptr::from_ref(subject.content).addr()
}

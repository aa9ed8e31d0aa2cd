//! All objects that are checked together, indexed: whatever a rule looks up costs
//! the same for ten objects and for ten thousand.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::object::value::{Map, Value};

use super::at::At;
use super::policy::overview::Overview;
use super::settings::Settings;
use super::subject::Subject;

type Index<K> = HashMap<K, Vec<u32>, RandomState>;

/// The objects of one environment, or of the files that were given.
pub struct Scene<'a> {
    pub subjects: &'a [Subject<'a>],
    pub settings: &'a Settings,
    /// By group, kind, namespace and name; more than one where they are twins.
    by_identity: Index<(&'a str, &'a str, &'a str, &'a str)>,
    /// By group and kind.
    by_kind: Index<(&'a str, &'a str)>,
    /// By group, kind and namespace.
    by_namespace: Index<(&'a str, &'a str, &'a str)>,
    pods: Vec<Pod<'a>>,
    /// The pods of an object.
    pods_by_subject: HashMap<u32, u32, RandomState>,
    /// By namespace, label and value.
    pods_by_label: Index<(&'a str, &'a str, &'a str)>,
    pods_by_namespace: Index<&'a str>,
    /// What policies look up of all objects.
    pub overview: Overview,
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
            by_identity: HashMap::with_capacity_and_hasher(subjects.len(), RandomState::default()),
            by_kind: Index::default(),
            by_namespace: Index::default(),
            pods: Vec::new(),
            pods_by_subject: HashMap::default(),
            pods_by_label: Index::default(),
            pods_by_namespace: Index::default(),
            overview: Overview::default(),
        };
        for (number, subject) in (0..).zip(subjects) {
            let (group, kind) = (subject.group(), subject.kind());
            let namespace = scene.namespace_of(subject);
            let identity = (group, kind, namespace, subject.name());
            scene.by_identity.entry(identity).or_default().push(number);
            scene.by_kind.entry((group, kind)).or_default().push(number);
            scene.by_namespace.entry((group, kind, namespace)).or_default().push(number);
            if let Some(pod) = Pod::of(subject, namespace) {
                scene.add_pod(pod, number);
            }
        }
        scene
    }

    fn add_pod(&mut self, mut pod: Pod<'a>, owner: u32) {
        let number = u32::try_from(self.pods.len()).unwrap_or(u32::MAX);
        pod.number = number;
        for (label, value) in pod.labels() {
            let value = value.as_str().unwrap_or_default();
            self.pods_by_label.entry((pod.namespace, label, value)).or_default().push(number);
        }
        self.pods_by_namespace.entry(pod.namespace).or_default().push(number);
        self.pods_by_subject.insert(owner, number);
        self.pods.push(pod);
    }

    /// The namespace an object lives in. Where it names none, that is the one that
    /// is in use when it is applied.
    pub fn namespace_of(&self, subject: &Subject<'a>) -> &'a str {
        match &subject.identity.namespace {
            Some(namespace) if !namespace.is_empty() => namespace,
            _ => &self.settings.namespace,
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

    /// The objects of a kind in a namespace.
    pub fn in_namespace<'s>(
        &'s self,
        group: &'s str,
        kind: &'s str,
        namespace: &'s str,
    ) -> impl Iterator<Item = &'a Subject<'a>> {
        let found = self.by_namespace.get(&(group, kind, namespace));
        let subjects = self.subjects;
        let numbers = found.map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(move |number| subjects.get(*number as usize))
    }

    /// How many objects of a kind a namespace has.
    pub fn count_in(&self, group: &str, kind: &str, namespace: &str) -> usize {
        self.by_namespace.get(&(group, kind, namespace)).map_or(0, Vec::len)
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
        self.find(group, kind, &self.settings.namespace, name)
    }

    /// Whether an object is declared to live elsewhere.
    pub fn is_elsewhere(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.settings.elsewhere.has(kind, namespace, name)
    }

    /// All pods and templates of pods.
    pub fn pods(&self) -> &[Pod<'a>] {
        &self.pods
    }

    /// The pod or template of an object.
    pub fn pod_of(&self, subject: &Subject<'a>) -> Option<&Pod<'a>> {
        let (group, kind) = (subject.group(), subject.kind());
        let identity = (group, kind, self.namespace_of(subject), subject.name());
        let number = self.by_identity.get(&identity)?.first()?;
        self.pods.get(*self.pods_by_subject.get(number)? as usize)
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
        let labels = selector.labels();
        let with = |(label, value): (&'s str, &'s Value)| {
            let value = value.as_str().unwrap_or_default();
            self.pods_by_label.get(&(namespace, label, value)).map(Vec::as_slice)
        };
        // The rarest label leaves the fewest pods to look at.
        let fewest = match labels.filter(|labels| !labels.is_empty()) {
            Some(labels) => {
                labels.iter().map(|label| with(label).unwrap_or_default()).min_by_key(|n| n.len())
            }
            None => self.pods_by_namespace.get(namespace).map(Vec::as_slice),
        };
        fewest
            .unwrap_or_default()
            .iter()
            .filter_map(|number| self.pods.get(*number as usize))
            .filter(move |pod| selector.takes(pod.label_map()))
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
        let all = self.labels().is_none_or(|wanted| {
            wanted.iter().all(|(label, wanted)| value(label) == wanted.as_str())
        });
        let Selector::Full(selector) = self else { return all };
        let Some(Value::List(expressions)) = selector.get("matchExpressions") else { return all };
        all && expressions.iter().all(|expression| {
            let word = |key| expression.get(key).and_then(Value::as_str).unwrap_or_default();
            let found = value(word("key"));
            let listed = || match expression.get("values") {
                Some(Value::List(values)) => values.iter().any(|v| v.as_str() == found),
                _ => false,
            };
            match word("operator") {
                "In" => found.is_some() && listed(),
                "NotIn" => found.is_none() || !listed(),
                "Exists" => found.is_some(),
                "DoesNotExist" => found.is_none(),
                _ => false,
            }
        })
    }
}

impl<'a> Pod<'a> {
    fn of(owner: &'a Subject<'a>, namespace: &'a str) -> Option<Pod<'a>> {
        let path = template_path(owner.group(), owner.kind())?;
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

    /// Whether it is a template of objects that make pods, not a pod itself.
    pub fn is_template(&self) -> bool {
        !self.path.is_empty()
    }

    /// What holds its `metadata` and `spec`, from the object it is in.
    pub fn holder(&self, object: At<'a>) -> At<'a> {
        object.down(self.path)
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

/// Where objects of a kind have their pod or template.
fn template_path(group: &str, kind: &str) -> Option<&'static [&'static str]> {
    Some(match (group, kind) {
        ("", "Pod") => &[],
        ("", "PodTemplate") => &["template"],
        ("", "ReplicationController")
        | ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
        | ("batch", "Job")
        | ("argoproj.io", "Rollout") => &["spec", "template"],
        ("batch", "CronJob") => &["spec", "jobTemplate", "spec", "template"],
        _ => return None,
    })
}

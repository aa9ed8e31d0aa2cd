//! The ConfigMaps and Secrets there are, and the keys they have, whoever makes them:
//! many a Secret is the work of another object.

mod makers;

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::check::subject::Subject;
use crate::object::value::{Map, Value};

use super::Scene;

/// What holds values under keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Store {
    ConfigMap,
    Secret,
}

impl Store {
    pub fn kind(self) -> &'static str {
        match self {
            Store::ConfigMap => "ConfigMap",
            Store::Secret => "Secret",
        }
    }
}

/// What is known of one ConfigMap or Secret.
#[derive(Debug, Default)]
pub struct Holding<'a> {
    pub keys: HashSet<&'a str, RandomState>,
    /// Others may add keys.
    pub open: bool,
    types: Types<'a>,
}

/// What is said of the type of a Secret.
#[derive(Debug, Default)]
enum Types<'a> {
    #[default]
    None,
    One(&'a str),
    /// Of those who make it, one says this and another that.
    Several,
}

impl<'a> Holding<'a> {
    /// The type of a Secret; nothing where it is unknown.
    pub fn secret_type(&self) -> Option<&'a str> {
        match self.types {
            Types::One(own) => Some(own),
            Types::None | Types::Several => None,
        }
    }

    /// Somebody makes it of a type.
    fn has_type(&mut self, own: &'a str) {
        self.types = match self.types {
            Types::None => Types::One(own),
            Types::One(known) if known == own => Types::One(own),
            Types::One(_) | Types::Several => Types::Several,
        };
    }
}

/// The namespace of what is in all of them.
const EVERYWHERE: &str = "*";

#[derive(Default)]
pub struct Stores<'a> {
    holdings: HashMap<(Store, &'a str, &'a str), Holding<'a>, RandomState>,
    names: HashMap<(Store, &'a str), Vec<&'a str>, RandomState>,
    /// Keys for what somebody else must make.
    added: HashMap<(Store, &'a str, &'a str), Holding<'a>, RandomState>,
}

impl<'a> Stores<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Stores<'a> {
        let mut stores = Stores::default();
        for subject in scene.of_kind("", "ConfigMap") {
            stores.add_object(Store::ConfigMap, scene.namespace_of(subject), subject);
        }
        for subject in scene.of_kind("", "Secret") {
            stores.add_object(Store::Secret, scene.namespace_of(subject), subject);
        }
        // The controller manager keeps it in each namespace, OpenShift the other.
        stores.hold(Store::ConfigMap, EVERYWHERE, "kube-root-ca.crt").keys.insert("ca.crt");
        let of_openshift = stores.hold(Store::ConfigMap, EVERYWHERE, "openshift-service-ca.crt");
        of_openshift.keys.insert("service-ca.crt");
        makers::add_all(scene, &mut stores);
        for (key, added) in std::mem::take(&mut stores.added) {
            if let Some(holding) = stores.holdings.get_mut(&key) {
                holding.keys.extend(added.keys);
                holding.open |= added.open;
            }
        }
        let mut names: HashMap<_, Vec<&str>, _> = HashMap::default();
        for (store, namespace, name) in stores.holdings.keys().copied() {
            names.entry((store, namespace)).or_default().push(name);
        }
        // Whichever of two equally near names is suggested must not depend on chance.
        names.values_mut().for_each(|names| names.sort_unstable());
        stores.names = names;
        stores
    }

    /// The names of those in a namespace.
    pub fn names<'s>(
        &'s self,
        store: Store,
        namespace: &'s str,
    ) -> impl Iterator<Item = &'a str> + use<'a, 's> {
        self.names.get(&(store, namespace)).into_iter().flatten().copied()
    }

    /// What is known of one; nothing where nothing makes it.
    pub fn find<'s>(
        &'s self,
        store: Store,
        namespace: &'s str,
        name: &'s str,
    ) -> Option<&'s Holding<'a>> {
        self.holdings
            .get(&(store, namespace, name))
            .or_else(|| self.holdings.get(&(store, EVERYWHERE, name)))
    }

    /// What is known of one that is there.
    fn hold(&mut self, store: Store, namespace: &'a str, name: &'a str) -> &mut Holding<'a> {
        self.holdings.entry((store, namespace, name)).or_default()
    }

    /// What is added to one if it is there.
    fn hold_if_there(
        &mut self,
        store: Store,
        namespace: &'a str,
        name: &'a str,
    ) -> &mut Holding<'a> {
        self.added.entry((store, namespace, name)).or_default()
    }

    fn add_object(&mut self, store: Store, namespace: &'a str, subject: &'a Subject<'a>) {
        let metadata = subject.content.get("metadata");
        let annotations = map_of(metadata, "annotations");
        let labels = map_of(metadata, "labels");
        let namespace = if is_copied_to_others(annotations) { EVERYWHERE } else { namespace };
        let open = is_filled_by_others(annotations, labels);
        let holding = self.hold(store, namespace, subject.name());
        holding.open |= open;
        for part in ["data", "binaryData", "stringData"] {
            let entries = map_of(Some(subject.content), part);
            holding.keys.extend(entries.into_iter().flat_map(Map::iter).map(|(key, _)| key));
        }
        if store == Store::Secret {
            let own = subject.content.get("type").and_then(Value::as_str);
            let own = own.filter(|own| !own.is_empty()).unwrap_or("Opaque");
            holding.has_type(own);
            // The token controller fills it.
            if own == "kubernetes.io/service-account-token" {
                holding.keys.extend(["token", "ca.crt", "namespace"]);
            }
        }
    }
}

fn map_of<'a>(value: Option<&'a Value>, key: &str) -> Option<&'a Map> {
    value?.get(key)?.as_map()
}

/// Replicator, Reflector and Config Syncer copy what bears these.
fn is_copied_to_others(annotations: Option<&Map>) -> bool {
    const MARKS: [&str; 5] = [
        "replicator.v1.mittwald.de/replicate-to",
        "replicator.v1.mittwald.de/replicate-to-matching",
        "reflector.v1.k8s.emberstack.com/reflection-auto-enabled",
        "kubed.appscode.com/sync",
        "config-syncer.appscode.com/sync",
    ];
    annotations.is_some_and(|all| all.iter().any(|(key, _)| MARKS.contains(&key)))
}

/// Others than who wrote it put keys into it.
fn is_filled_by_others(annotations: Option<&Map>, labels: Option<&Map>) -> bool {
    const MARKS: [&str; 6] = [
        "replicator.v1.mittwald.de/replicate-from",
        "reflector.v1.k8s.emberstack.com/reflects",
        "service.beta.openshift.io/inject-cabundle",
        "config.openshift.io/inject-trusted-cabundle",
        "secret-generator.v1.mittwald.de/autogenerate",
        "sealedsecrets.bitnami.com/patch",
    ];
    let marked = |all: &Map| all.iter().any(|(key, _)| MARKS.contains(&key));
    annotations.is_some_and(marked) || labels.is_some_and(marked)
}

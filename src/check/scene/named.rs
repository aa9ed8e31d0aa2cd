//! The hosts that ConfigMaps name, read once however many pods mount them.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::RandomState;

use crate::object::value::{Map, Value};

use super::hosts::{Host, hosts};
use super::{Pod, Scene};

/// The hosts of a ConfigMap, each with its key.
type Hosts<'a> = Vec<(&'a str, Host<'a>)>;

#[derive(Default)]
pub struct Named<'a> {
    /// By namespace and name.
    hosts: HashMap<(&'a str, &'a str), Hosts<'a>, RandomState>,
    /// The pods that read all of a ConfigMap, by its name: one of a name in several
    /// namespaces most often holds the same.
    readers: HashMap<&'a str, Vec<Pod<'a>>, RandomState>,
}

impl<'a> Named<'a> {
    pub(super) fn new(scene: &Scene<'a>) -> Named<'a> {
        let mut named = Named::default();
        for map in scene.of_kind("", "ConfigMap") {
            let data = map.content.get("data").and_then(Value::as_map);
            let mut found = Vec::new();
            for (key, value) in data.into_iter().flat_map(Map::iter) {
                let text = value.as_str().unwrap_or_default();
                found.extend(
                    hosts(text, &scene.settings.cluster_domain).into_iter().map(|host| (key, host)),
                );
            }
            if !found.is_empty() {
                named.hosts.insert((scene.namespace_of(map), map.name()), found);
            }
        }
        for pod in scene.pods().iter().filter(|pod| !pod.is_made()) {
            let names: BTreeSet<&str> = whole_maps(pod.spec).collect();
            for name in names {
                named.readers.entry(name).or_default().push(pod.clone());
            }
        }
        named
    }

    /// The hosts that a ConfigMap names, each with its key.
    pub fn of<'s>(&'s self, namespace: &'s str, name: &'s str) -> &'s [(&'a str, Host<'a>)] {
        self.hosts.get(&(namespace, name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The pods that read all of a ConfigMap of this name.
    pub fn readers(&self, name: &str) -> &[Pod<'a>] {
        self.readers.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The ConfigMaps of which a pod reads all keys.
fn whole_maps(spec: &Value) -> impl Iterator<Item = &str> {
    let containers = ["containers", "initContainers"].into_iter().flat_map(|key| spec.items(key));
    let sources = containers.flat_map(|container| container.items("envFrom"));
    let variables = sources.filter_map(|source| source.get("configMapRef"));
    let volumes = spec.items("volumes").iter();
    let files = volumes.flat_map(|volume| {
        let projected = volume.get("projected").map(|all| all.items("sources"));
        let projected = projected.unwrap_or_default().iter();
        projected.filter_map(|one| one.get("configMap")).chain(volume.get("configMap"))
    });
    variables.chain(files).filter_map(|one| one.get("name")?.as_str())
}

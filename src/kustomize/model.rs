//! What Kustomize makes of a tree, as far as the trees of this tool go: no tree
//! is written of which this does not give the very objects that are rendered.
//! It follows Kustomize's own order: resources, patches, namespace, replicas,
//! images, and at last the names that refer to what has moved.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::object::Identity;
use crate::object::kinds;
use crate::object::value::{Key, Map, Value};

use super::operations::Operation;
use super::references::{Moved, calls_services, follow_accounts, follow_services};
use super::strategic::{Lists, MERGED};
use super::tree::{
    Change, Directory, ImageChanges, Patch, Replicas, Resource, has_odd_containers,
    holds_containers,
};

/// One object on its way.
#[derive(Clone, Debug)]
pub struct Made<'a> {
    pub identity: Identity,
    pub content: Cow<'a, Value>,
    /// The namespaces that it has had.
    before: Vec<String>,
}

/// Why Kustomize gives nothing, or not what is meant.
#[derive(Debug)]
pub struct Fault {
    pub reason: String,
    /// The object of the base whose patch it is.
    pub target: Option<Identity>,
}

impl From<String> for Fault {
    fn from(reason: String) -> Fault {
        Fault { reason, target: None }
    }
}

/// The objects of a directory, or why there are none.
pub fn build<'a>(directories: &'a [Directory<'a>], path: &str) -> Result<Vec<Made<'a>>, Fault> {
    let directory = directories
        .iter()
        .find(|directory| directory.path == path)
        .ok_or_else(|| format!("there is no directory `{path}`"))?;
    let mut all: Vec<Made<'a>> = Vec::new();
    for resource in &directory.resources {
        match resource {
            Resource::Directory(path) => all.extend(build(directories, path)?),
            Resource::Object { identity, content, .. } => all.push(Made {
                identity: identity.clone(),
                content: Cow::Borrowed(&**content),
                before: Vec::new(),
            }),
        }
    }
    refuse_twins(&all)?;
    patch_all(&mut all, &directory.patches)?;
    if let Some(namespace) = &directory.namespace {
        for made in &mut all {
            made.move_to(namespace);
            made.move_default_subjects(namespace);
        }
        refuse_twins(&all)?;
    }
    for replicas in &directory.replicas {
        set_replicas(&mut all, replicas)?;
    }
    if !directory.images.is_empty()
        && let Some(odd) = all.iter().find(|made| has_odd_containers(&made.content))
    {
        return Err(format!("{} has containers without images", odd.identity).into());
    }
    if !directory.images.is_empty() {
        let changes = ImageChanges::new(&directory.images);
        for made in all.iter_mut().filter(|made| !is_definition(&made.identity)) {
            set_images(&mut made.content, &changes);
        }
    }
    let moved = |kind: &str| -> Vec<Moved> {
        all.iter().filter(|made| made.identity.kind == kind).filter_map(Made::moved).collect()
    };
    let (accounts, services) = (moved("ServiceAccount"), moved("Service"));
    for made in &mut all {
        if is_binding(&made.identity) {
            follow_accounts(made, &accounts);
        } else if calls_services(&made.identity) {
            follow_services(made, &services, directory.namespace.as_deref());
        }
    }
    Ok(all)
}

fn refuse_twins(all: &[Made<'_>]) -> Result<(), String> {
    let mut seen = std::collections::HashSet::with_capacity(all.len());
    match all.iter().find(|made| !seen.insert(made.key())) {
        Some(twin) => Err(format!("{} is there twice", twin.identity)),
        None => Ok(()),
    }
}

fn patch_all(all: &mut Vec<Made<'_>>, patches: &[Patch]) -> Result<(), Fault> {
    let mut places: HashMap<Identity, usize> = HashMap::with_capacity(all.len());
    for (place, made) in all.iter().enumerate() {
        places.insert(made.key(), place);
    }
    let mut deleted: Vec<usize> = Vec::new();
    for patch in patches {
        let targets: Vec<usize> = match &patch.change {
            // Selected: a missing group or namespace stands for any.
            Change::Operations(_) if is_vague(&patch.target) => {
                let matching =
                    all.iter().enumerate().filter(|(_, made)| made.could_be(&patch.target));
                matching.map(|(place, _)| place).collect()
            }
            _ => places.get(&patch.target).copied().into_iter().collect(),
        };
        let [target] = targets[..] else {
            let reason = format!("a patch of {} meets {} objects", patch.target, targets.len());
            return Err(Fault { reason, target: Some(patch.target.clone()) });
        };
        if let Change::Delete = patch.change {
            deleted.push(target);
            continue;
        }
        patch_one(&mut all[target], &patch.change)
            .map_err(|reason| Fault { reason, target: Some(patch.target.clone()) })?;
    }
    deleted.sort_unstable();
    for place in deleted.into_iter().rev() {
        all.remove(place);
    }
    Ok(())
}

fn patch_one(made: &mut Made<'_>, change: &Change) -> Result<(), String> {
    let lists = Lists::of(&made.identity) == Lists::OfPods;
    match (change, made.content.to_mut()) {
        (Change::Merge(changes), Value::Map(content)) => merge(content, changes, lists),
        (Change::Operations(operations), content) => {
            operations.iter().try_for_each(|operation| operate(content, operation))?;
            match has_large_numbers(content) {
                true => Err(format!("a patch of {} rounds its numbers", made.identity)),
                false => Ok(()),
            }
        }
        _ => Err("an object is a map".to_owned()),
    }
}

fn merge(under: &mut Map, over: &Map, lists: bool) -> Result<(), String> {
    for (key, value) in over.iter() {
        match (under.get_mut(key), value) {
            (_, Value::Null) => {
                under.remove(key);
            }
            (None, _) => under.insert(Key::Owned(key.to_owned()), value.clone()),
            (Some(Value::Map(below)), Value::Map(above)) => merge(below, above, lists)?,
            (Some(Value::List(below)), Value::List(above)) => {
                match MERGED.iter().find(|(list, _)| lists && *list == key) {
                    Some((_, name)) => merge_items(below, above, name)?,
                    None => *below = above.clone(),
                }
            }
            (Some(Value::Map(_) | Value::List(_)), _)
            | (Some(_), Value::Map(_) | Value::List(_)) => {
                return Err(format!("`{key}` is laid on another shape"));
            }
            // The quotes of what was there stay.
            (Some(Value::String(_)), Value::Int(_) | Value::Float(_) | Value::Bool(_)) => {
                return Err(format!("`{key}` keeps its quotes"));
            }
            (Some(below), _) => *below = value.clone(),
        }
    }
    Ok(())
}

/// The items of the patch come first, in its order.
fn merge_items(under: &mut Vec<Value>, over: &[Value], name: &str) -> Result<(), String> {
    let mut merged: Vec<Value> = Vec::with_capacity(under.len());
    for item in over {
        let place = under.iter().position(|below| below.get(name) == item.get(name));
        let mut below = place.map(|place| under.remove(place));
        let (Some(Value::Map(content)), Value::Map(above)) = (&mut below, item) else {
            return Err(format!("a list gets an item without a fellow by `{name}`"));
        };
        merge(content, above, true)?;
        merged.extend(below);
    }
    merged.append(under);
    *under = merged;
    Ok(())
}

fn operate(content: &mut Value, operation: &Operation) -> Result<(), String> {
    let (Operation::Add { path, .. }
    | Operation::Replace { path, .. }
    | Operation::Remove { path }) = operation;
    let nowhere = || format!("`{path}` leads nowhere");
    let (parent, last) = path.rsplit_once('/').ok_or_else(nowhere)?;
    let mut at = content;
    for step in parent.split('/').skip(1) {
        let step = unescaped(step);
        at = match at {
            Value::Map(map) => map.get_mut(&step),
            Value::List(items) => step.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            _ => None,
        }
        .ok_or_else(nowhere)?;
    }
    let last = unescaped(last);
    match (at, operation) {
        (Value::Map(map), Operation::Add { value, .. }) => map.insert(last, value.clone()),
        (Value::Map(map), Operation::Replace { value, .. }) => {
            *map.get_mut(&last).ok_or_else(nowhere)? = value.clone();
        }
        (Value::Map(map), Operation::Remove { .. }) => {
            map.remove(&last).ok_or_else(nowhere)?;
        }
        (Value::List(items), operation) => {
            let index: usize = last.parse().map_err(|_| nowhere())?;
            let fits = index < items.len()
                || (index == items.len() && matches!(operation, Operation::Add { .. }));
            if !fits {
                return Err(nowhere());
            }
            match operation {
                Operation::Add { value, .. } => items.insert(index, value.clone()),
                Operation::Replace { value, .. } => items[index] = value.clone(),
                Operation::Remove { .. } => drop(items.remove(index)),
            }
        }
        _ => return Err(nowhere()),
    }
    Ok(())
}

/// Whether there are whole numbers that a floating point number does not hold.
pub fn has_large_numbers(value: &Value) -> bool {
    match value {
        Value::Int(number) => number.unsigned_abs() > 1 << 53,
        Value::List(items) => items.iter().any(has_large_numbers),
        Value::Map(map) => map.iter().any(|(_, value)| has_large_numbers(value)),
        _ => false,
    }
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

fn set_replicas(all: &mut [Made<'_>], replicas: &Replicas) -> Result<(), String> {
    let mut met = false;
    for made in all
        .iter_mut()
        .filter(|made| is_scaled(&made.identity) && made.identity.name == replicas.name)
    {
        met = true;
        if let Value::Map(content) = made.content.to_mut() {
            match content.get_mut("spec") {
                Some(Value::Map(spec)) => spec.insert("replicas", Value::Int(replicas.count)),
                _ => return Err(format!("{} has no `spec`", made.identity)),
            }
        }
    }
    met.then_some(()).ok_or_else(|| format!("no workload is called `{}`", replicas.name))
}

fn set_images(content: &mut Cow<'_, Value>, new: &ImageChanges<'_>) {
    let mut changes = false;
    super::tree::each_image(content, &mut |image| {
        changes |= new.apply(image).is_some_and(|made| made != image);
    });
    if changes {
        set_images_in(content.to_mut(), new);
    }
}

fn set_images_in(value: &mut Value, new: &ImageChanges<'_>) {
    match value {
        Value::Map(map) => {
            for (key, value) in &mut map.0 {
                if let (true, Value::List(items)) = (holds_containers(key), &mut *value) {
                    for item in items {
                        if let Value::Map(container) = item
                            && let Some(Value::String(image)) = container.get_mut("image")
                            && let Some(made) = new.apply(image)
                        {
                            *image = made;
                        }
                    }
                }
                set_images_in(value, new);
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| set_images_in(item, new)),
        _ => {}
    }
}

impl Made<'_> {
    /// What Kustomize tells objects apart by.
    fn key(&self) -> Identity {
        let mut key = self.identity.clone();
        // To Kustomize no namespace is that of the name `default`.
        key.namespace = key.namespace.filter(|namespace| namespace != "default");
        key
    }

    fn could_be(&self, target: &Identity) -> bool {
        let (own, wanted) =
            (kinds::group(&self.identity.api_version), kinds::group(&target.api_version));
        self.identity.kind == target.kind
            && self.identity.name == target.name
            && (target.namespace.is_none() || self.identity.namespace == target.namespace)
            && (wanted.is_empty() || own == wanted)
            && version(&self.identity.api_version) == version(&target.api_version)
    }

    /// Takes an object to a namespace, and a Namespace to its new name. What
    /// Kustomize does not know to be the cluster's own it takes along.
    fn move_to(&mut self, namespace: &str) {
        if is_namespace(&self.identity) {
            self.identity.name = namespace.to_owned();
            self.set_metadata("name", namespace);
        } else if !is_known_of_cluster(&self.identity) {
            if let Some(before) = self.identity.namespace.replace(namespace.to_owned())
                && before != namespace
            {
                self.before.push(before);
            }
            self.set_metadata("namespace", namespace);
        }
    }

    /// In bindings, Kustomize takes every account called `default` for that of
    /// the namespace.
    fn move_default_subjects(&mut self, namespace: &str) {
        let subjects = self.content.get("subjects");
        let named =
            matches!(subjects, Some(Value::List(all)) if all.iter().any(is_default_account));
        if is_binding(&self.identity)
            && named
            && let Value::Map(content) = self.content.to_mut()
            && let Some(Value::List(subjects)) = content.get_mut("subjects")
        {
            for subject in subjects.iter_mut().filter(|subject| is_default_account(subject)) {
                if let Value::Map(subject) = subject {
                    subject.insert("namespace", Value::String(namespace.to_owned()));
                }
            }
        }
    }

    fn set_metadata(&mut self, key: &'static str, text: &str) {
        let current = self.content.get("metadata").and_then(|metadata| metadata.get(key));
        if current.and_then(Value::as_str) == Some(text) {
            return;
        }
        if let Value::Map(content) = self.content.to_mut()
            && let Some(Value::Map(metadata)) = content.get_mut("metadata")
        {
            metadata.insert(key, Value::String(text.to_owned()));
        }
    }

    fn moved(&self) -> Option<Moved> {
        let now = self.identity.namespace.clone()?;
        Some((self.identity.name.clone(), self.before.last()?.clone(), now))
    }
}

/// Whether a target leaves open of which group or namespace it is.
fn is_vague(target: &Identity) -> bool {
    target.namespace.is_none() || kinds::group(&target.api_version).is_empty()
}

fn version(api_version: &str) -> &str {
    api_version.rsplit('/').next().unwrap_or(api_version)
}

/// Kustomize sets no images in definitions.
pub fn is_definition(identity: &Identity) -> bool {
    identity.kind == "CustomResourceDefinition"
}

/// Whether `replicas` is for it.
pub fn is_scaled(identity: &Identity) -> bool {
    matches!(&*identity.kind, "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController")
}

pub fn is_binding(identity: &Identity) -> bool {
    kinds::group(&identity.api_version) == "rbac.authorization.k8s.io"
        && identity.kind.ends_with("RoleBinding")
}

pub fn is_default_account(subject: &Value) -> bool {
    let text = |key: &str| subject.get(key).and_then(Value::as_str);
    text("kind") == Some("ServiceAccount") && text("name") == Some("default")
}

pub fn is_namespace(identity: &Identity) -> bool {
    identity.kind == "Namespace" && identity.api_version == "v1"
}

/// Kinds of the cluster that every version of Kustomize knows as such.
pub fn is_known_of_cluster(identity: &Identity) -> bool {
    const KNOWN: [(&str, &str); 12] = [
        ("v1", "Namespace"),
        ("v1", "PersistentVolume"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"),
        ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        ("storage.k8s.io/v1", "StorageClass"),
        ("storage.k8s.io/v1", "CSIDriver"),
        ("scheduling.k8s.io/v1", "PriorityClass"),
        ("networking.k8s.io/v1", "IngressClass"),
        ("node.k8s.io/v1", "RuntimeClass"),
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
        ("apiregistration.k8s.io/v1", "APIService"),
        ("certificates.k8s.io/v1", "CertificateSigningRequest"),
    ];
    KNOWN.iter().any(|(version, kind)| identity.api_version == *version && identity.kind == *kind)
}

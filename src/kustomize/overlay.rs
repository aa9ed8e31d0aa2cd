//! The plan of a tree: which objects the base has, and what each overlay says
//! of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use crate::object::value::{Map, Value};

use super::entries::{Entry, Version, entries};
use super::model::{is_definition, is_known_of_cluster, is_namespace, is_scaled};
use super::operations;
use super::proof::Wrong;
use super::roles::Roles;
use super::shared::same;
use super::strategic::{self, Lists};
use super::tree::{
    Change, Directory, ImageChanges, NewImage, Patch, Replicas, Resource, each_image,
    has_odd_containers,
};
use super::{Environment, files, images};

pub struct Plan<'a> {
    pub environments: &'a [Environment],
    roles: Roles<'a>,
    pub entries: Vec<Entry<'a>>,
    /// Whether what moves has directories of its own.
    split: bool,
    /// Environments whose images and replicas are patched one by one.
    plain: HashSet<usize>,
    /// Objects that every overlay has for itself.
    apart: HashSet<usize>,
}

impl<'a> Plan<'a> {
    /// With `base` that is the environment that the base is like.
    pub fn new(environments: &'a [Environment], base: Option<&str>) -> Plan<'a> {
        let base = base.and_then(|name| environments.iter().position(|one| one.name == name));
        let roles = Roles::new(environments);
        let mut entries = entries(environments, &roles);
        for entry in &mut entries {
            entry.base = entry.shared(environments.len(), base);
        }
        let split = must_split(&roles, &entries);
        Plan { environments, roles, entries, split, plain: HashSet::new(), apart: HashSet::new() }
    }

    /// All directories of the tree.
    pub fn directories(&self) -> Vec<Directory<'_>> {
        let units = self.units();
        let mut directories: Vec<Directory<'_>> = Vec::new();
        for unit in &units {
            let resources = self.shared_of(*unit).map(|(entry, base)| Resource::Object {
                identity: entry.identity.clone(),
                at_base: entry.identity.clone(),
                content: Cow::Borrowed(base),
            });
            let resources: Vec<Resource<'_>> = resources.collect();
            if !resources.is_empty() {
                let path = self.path("base", *unit);
                directories.push(Directory { path, resources, ..Directory::default() });
            }
        }
        let bases: HashSet<String> = directories.iter().map(|base| base.path.clone()).collect();
        for number in 0..self.environments.len() {
            directories.extend(self.overlay(number, &units, &bases));
        }
        directories
    }

    /// The directories below `base/` and below each overlay: one for what stays
    /// where it is, and where it takes more one for each namespace that moves.
    fn units(&self) -> Vec<Option<usize>> {
        let moving = (0..self.roles.all.len()).filter(|role| self.roles.all[*role].moves());
        let own = moving.filter(|_| self.split).map(Some);
        std::iter::once(None).chain(own).collect()
    }

    fn unit_of(&self, entry: &Entry<'_>) -> Option<usize> {
        if entry.stays {
            return None;
        }
        entry.role.filter(|role| self.split && self.roles.all[*role].moves())
    }

    fn path(&self, top: &str, unit: Option<usize>) -> String {
        match unit {
            Some(role) => format!("{top}/{}", self.roles.all[role].directory),
            None => top.to_owned(),
        }
    }

    /// What the base says of an object, unless every overlay has it for itself.
    fn base_of(&self, place: usize) -> Option<&Value> {
        self.entries.get(place)?.base.as_ref().filter(|_| !self.apart.contains(&place))
    }

    fn shared_of(&self, unit: Option<usize>) -> impl Iterator<Item = (&Entry<'a>, &Value)> {
        self.entries.iter().enumerate().filter_map(move |(place, entry)| {
            let base = self.base_of(place)?;
            (self.unit_of(entry) == unit).then_some((entry, base))
        })
    }

    /// One overlay and its directories.
    fn overlay(
        &self,
        number: usize,
        units: &[Option<usize>],
        bases: &HashSet<String>,
    ) -> Vec<Directory<'_>> {
        let top = format!("overlays/{}", self.environments[number].name);
        let (images, replicas) = match self.plain.contains(&number) {
            true => (Vec::new(), Vec::new()),
            false => (self.images(number), self.replicas(number)),
        };
        let changes = ImageChanges::new(&images);
        let mut directories: Vec<Directory<'_>> = Vec::new();
        for unit in units {
            let role = unit.map(|role| &self.roles.all[role]);
            if role.is_some_and(|role| role.names[number].is_none()) {
                continue;
            }
            let mut directory = Directory { path: self.path(&top, *unit), ..Directory::default() };
            let base = self.path("base", *unit);
            if bases.contains(&base) {
                directory.resources.push(Resource::Directory(base));
            }
            directory.namespace = self.namespace(*unit, number);
            for (entry, base) in self.shared_of(*unit) {
                let change = match &entry.versions[number] {
                    None => Some(Change::Delete),
                    Some(version) => change(entry, base, version, &changes, &replicas),
                };
                let target = entry.identity.clone();
                directory.patches.extend(change.map(|change| Patch { target, change }));
            }
            self.add_own(*unit, number, &mut directory);
            directories.push(directory);
        }
        if let Some((root, below)) = directories.split_first_mut() {
            let below = below.iter().map(|directory| Resource::Directory(directory.path.clone()));
            root.resources.extend(below);
            root.images = images;
            root.replicas = replicas;
        }
        directories
    }

    /// Where an overlay takes what it has, if elsewhere than the base.
    fn namespace(&self, unit: Option<usize>, number: usize) -> Option<String> {
        let role = match unit {
            Some(role) => Some(&self.roles.all[role]),
            None if self.split => None,
            None => self.roles.all.iter().find(|role| role.moves()),
        }?;
        let name = role.names[number]?;
        (name != role.base).then(|| name.to_owned())
    }

    /// Adds the objects that only this overlay has. What others live in or are
    /// defined by comes first.
    fn add_own<'s>(&'s self, unit: Option<usize>, number: usize, directory: &mut Directory<'s>) {
        let mut first = 0;
        for (place, entry) in self.entries.iter().enumerate() {
            if self.base_of(place).is_some() || self.unit_of(entry) != unit {
                continue;
            }
            let Some(version) = &entry.versions[number] else { continue };
            let resource = Resource::Object {
                identity: version.object.identity.clone(),
                at_base: entry.identity.clone(),
                content: Cow::Borrowed(&version.object.content),
            };
            let is_first =
                is_namespace(&version.object.identity) || is_definition(&version.object.identity);
            if is_first {
                directory.resources.insert(first, resource);
                first += 1;
            } else {
                directory.resources.push(resource);
            }
        }
    }

    fn images(&self, number: usize) -> Vec<NewImage> {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for (entry, base, version) in self.met(number) {
            if !is_definition(&entry.identity) {
                images::each_pair(base, &version.at_base, &mut |from, to| pairs.push((from, to)));
            }
        }
        let objects = &self.environments[number].objects;
        if pairs.iter().all(|(from, to)| from == to)
            || objects.iter().any(|object| has_odd_containers(&object.content))
        {
            return Vec::new();
        }
        images::changes(&pairs, |found| {
            for object in objects {
                if !is_definition(&object.identity) {
                    each_image(&object.content, found);
                }
            }
        })
    }

    /// What `replicas` says of the workloads of a name, where all of that name
    /// have as many.
    fn replicas(&self, number: usize) -> Vec<Replicas> {
        let mut wanted: BTreeMap<&str, (Option<i64>, bool)> = BTreeMap::new();
        for entry in self.entries.iter().filter(|entry| is_scaled(&entry.identity)) {
            let Some(version) = &entry.versions[number] else { continue };
            let count = replicas_of(&version.object.content);
            let known = entry.base.as_ref().and_then(replicas_of);
            let differs = entry.base.is_some() && known != count;
            wanted
                .entry(&version.object.identity.name)
                .and_modify(|(other, differing)| {
                    *other = other.filter(|other| Some(*other) == count);
                    *differing |= differs;
                })
                .or_insert((count, differs));
        }
        let differing = wanted.into_iter().filter(|(_, (_, differs))| *differs);
        differing
            .filter_map(|(name, (count, _))| {
                Some(Replicas { name: name.to_owned(), count: count? })
            })
            .collect()
    }

    /// The shared objects that an environment has.
    fn met(&self, number: usize) -> impl Iterator<Item = (&Entry<'a>, &Value, &Version<'a>)> {
        self.entries.iter().enumerate().filter_map(move |(place, entry)| {
            Some((entry, self.base_of(place)?, entry.versions[number].as_ref()?))
        })
    }

    /// Says less cleverly what came out wrong; `false` where nothing is left to
    /// be simpler.
    pub fn simplify(&mut self, wrong: &[Wrong]) -> bool {
        let mut simpler = false;
        for wrong in wrong {
            simpler |= self.plain.insert(wrong.environment);
        }
        if simpler {
            return true;
        }
        for entry in wrong.iter().filter_map(|wrong| wrong.entry) {
            simpler |= self.apart.insert(entry);
        }
        if !simpler && wrong.iter().any(|wrong| wrong.entry.is_none()) {
            // Nothing is shared, and the tree is plain.
            let before = self.apart.len();
            self.apart.extend(0..self.entries.len());
            simpler = self.apart.len() > before;
        }
        simpler
    }
}

/// Whether one `namespace` for an overlay would take along what stays, or what
/// lives in another one.
fn must_split(roles: &Roles<'_>, entries: &[Entry<'_>]) -> bool {
    let mut moving = (0..roles.all.len()).filter(|role| roles.all[*role].moves());
    let Some(first) = moving.next() else { return false };
    moving.next().is_some()
        || entries.iter().any(|entry| entry.stays)
        || entries.iter().any(|entry| match entry.role {
            Some(role) => role != first,
            None => !is_known_of_cluster(&entry.identity),
        })
}

fn replicas_of(content: &Value) -> Option<i64> {
    match content.get("spec")?.get("replicas")? {
        Value::Int(count) => Some(*count),
        _ => None,
    }
}

/// What an overlay says of a shared object, beside its images and replicas.
fn change(
    entry: &Entry<'_>,
    base: &Value,
    version: &Version<'_>,
    images: &ImageChanges<'_>,
    replicas: &[Replicas],
) -> Option<Change> {
    if version.at_base.as_ref() == base {
        return None;
    }
    let wanted = before_changes(entry, base, version, images, replicas);
    if same(base, &wanted) {
        return None;
    }
    let operations = operations::between(base, &wanted);
    let merge = match (base, wanted.as_ref()) {
        (Value::Map(base), Value::Map(wanted)) => {
            strategic::patch(base, wanted, Lists::of(&entry.identity))
        }
        _ => None,
    };
    let length = |change: &Change| files::length(&entry.identity, change);
    let operations = Change::Operations(operations);
    let merge = merge.map(Change::Merge);
    Some(match merge {
        Some(merge) if length(&merge) <= length(&operations) => merge,
        _ => operations,
    })
}

/// What is wanted, before Kustomize sets images and replicas.
fn before_changes<'v>(
    entry: &Entry<'_>,
    base: &Value,
    version: &'v Version<'_>,
    images: &ImageChanges<'_>,
    replicas: &[Replicas],
) -> Cow<'v, Value> {
    let mut wanted = Cow::Borrowed(version.at_base.as_ref());
    if !images.is_empty() && !is_definition(&entry.identity) {
        images::before(base, wanted.to_mut(), images);
    }
    let name = &entry.identity.name;
    let is_set = is_scaled(&entry.identity) && replicas.iter().any(|set| set.name == *name);
    if is_set
        && replicas_of(base) != replicas_of(&wanted)
        && let Value::Map(map) = wanted.to_mut()
        && let Some(Value::Map(spec)) = map.get_mut("spec")
    {
        set_or_remove(spec, replicas_of(base));
    }
    wanted
}

fn set_or_remove(spec: &mut Map, count: Option<i64>) {
    match count {
        Some(count) => spec.insert("replicas", Value::Int(count)),
        None => drop(spec.remove("replicas")),
    }
}

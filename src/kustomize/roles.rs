//! Which namespace of one environment is which of another: `shop-dev` here is
//! `shop-prod` there.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Environment;
use super::model::is_namespace;

/// What tells objects of one namespace apart.
type Contents<'a> = HashSet<(&'a str, &'a str)>;

/// One namespace of the system, whatever its environments call it.
#[derive(Debug)]
pub struct Role<'a> {
    /// What the base calls it.
    pub base: &'a str,
    /// What each environment calls it, where it has it.
    pub names: Vec<Option<&'a str>>,
    /// Its directory where it has one: what all its names begin with.
    pub directory: String,
}

#[derive(Debug)]
pub struct Roles<'a> {
    pub all: Vec<Role<'a>>,
    by_name: Vec<HashMap<&'a str, usize>>,
}

impl<'a> Roles<'a> {
    pub fn new(environments: &'a [Environment]) -> Roles<'a> {
        let mut names: Vec<Vec<Option<&str>>> = Vec::new();
        let mut contents: Vec<Contents<'_>> = Vec::new();
        for (number, environment) in environments.iter().enumerate() {
            let mut here = namespaces(environment);
            // The same name is the same namespace.
            for role in &mut names {
                if let Some(name) =
                    role.iter().flatten().copied().find(|name| here.contains_key(name))
                {
                    role[number] = Some(name);
                }
            }
            let mut taken: HashSet<&str> = names.iter().filter_map(|role| role[number]).collect();
            // What holds much the same is the same.
            let mut pairs: Vec<(usize, &str, usize)> = Vec::new();
            for (role, known) in
                contents.iter().enumerate().filter(|(role, _)| names[*role][number].is_none())
            {
                for (name, found) in here.iter().filter(|(name, _)| !taken.contains(*name)) {
                    let common = known.intersection(found).count();
                    if 2 * common > known.len().min(found.len()) {
                        pairs.push((common, name, role));
                    }
                }
            }
            pairs.sort_by(|one, other| (other.0, one.1, one.2).cmp(&(one.0, other.1, other.2)));
            for (_, name, role) in pairs {
                if names[role][number].is_none() && taken.insert(name) {
                    names[role][number] = Some(name);
                }
            }
            for name in here.keys().copied().filter(|name| !taken.contains(name)) {
                let mut role = vec![None; environments.len()];
                role[number] = Some(name);
                names.push(role);
                contents.push(Contents::new());
            }
            for (role, known) in contents.iter_mut().enumerate() {
                if let Some(found) = names[role][number].and_then(|name| here.remove(name)) {
                    known.extend(found);
                }
            }
        }
        let by_name = (0..environments.len())
            .map(|number| {
                let here = names.iter().enumerate();
                here.filter_map(|(role, names)| Some((names[number]?, role))).collect()
            })
            .collect();
        let mut all: Vec<Role<'_>> = Vec::new();
        for names in names {
            let base = most_common(&names);
            let directory = [common_words(&names), base.to_owned()]
                .into_iter()
                .find(|name| !name.is_empty() && all.iter().all(|role| role.directory != *name));
            let directory = directory.unwrap_or_else(|| format!("namespace-{}", all.len()));
            all.push(Role { base, names, directory });
        }
        Roles { all, by_name }
    }

    /// The role of a namespace in an environment.
    pub fn of(&self, environment: usize, namespace: &str) -> Option<usize> {
        self.by_name.get(environment)?.get(namespace).copied()
    }

    /// What the base calls a namespace of an environment.
    pub fn base_of<'b>(&'b self, environment: usize, namespace: &'b str) -> &'b str {
        self.of(environment, namespace).map_or(namespace, |role| self.all[role].base)
    }
}

impl Role<'_> {
    /// Whether any environment calls it otherwise than the base.
    pub fn moves(&self) -> bool {
        self.names.iter().flatten().any(|name| *name != self.base)
    }
}

/// What lives in each namespace; one that is only made has nothing.
fn namespaces(environment: &Environment) -> BTreeMap<&str, Contents<'_>> {
    let mut all: BTreeMap<&str, Contents<'_>> = BTreeMap::new();
    for object in &environment.objects {
        let identity = &object.identity;
        if is_namespace(identity) {
            all.entry(&identity.name).or_default();
        } else if let Some(namespace) = &identity.namespace {
            all.entry(namespace).or_default().insert((&identity.kind, &identity.name));
        }
    }
    all
}

/// The words that all names begin with: `shop` of `shop-dev` and `shop-prod`.
fn common_words(names: &[Option<&str>]) -> String {
    let mut names = names.iter().flatten().map(|name| name.split('-').collect::<Vec<_>>());
    let Some(first) = names.next() else { return String::new() };
    let common = names.fold(first.len(), |length, other| {
        first.iter().zip(&other).take(length).take_while(|(one, other)| one == other).count()
    });
    first[..common].join("-")
}

/// The name that most environments have, or the first of these.
fn most_common<'a>(names: &[Option<&'a str>]) -> &'a str {
    let count = |name: &str| names.iter().flatten().filter(|other| **other == name).count();
    let mut best: Option<(&'a str, usize)> = None;
    for name in names.iter().flatten() {
        let count = count(name);
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((name, count));
        }
    }
    best.map_or("", |(name, _)| name)
}

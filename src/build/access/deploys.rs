//! What it takes to deploy a system, from the objects that it has: no more kinds
//! than those, and never all of anything.
//!
//! Roles and their bindings are read and never written. An administrator
//! applies them once, and `kubectl apply` then finds them as they are; who
//! could write them could give its own rights to anybody. Secrets, and what
//! the whole cluster shares, are touched by their names alone; only to make one
//! there is no name yet. What lives in no namespace is never deleted, nor are
//! claims, snapshots and what bounds the namespace.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::rbac::v1 as rbac;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::{Object, kinds};
use crate::source::Place;

use super::binding::GROUP;

/// An API group and a resource of it.
type Resource = (String, Cow<'static, str>);

/// The resources of a system and the names of their objects, by namespace.
#[derive(Default)]
pub struct Deployed {
    by_home: BTreeMap<Option<String>, BTreeMap<Resource, BTreeSet<String>>>,
}

const READ: [&str; 3] = ["get", "list", "watch"];
const CHANGE: [&str; 7] = ["get", "list", "watch", "create", "update", "patch", "delete"];
const CHANGE_NAMED: [&str; 4] = ["get", "update", "patch", "delete"];
const CHANGE_SHARED: [&str; 3] = ["get", "update", "patch"];

/// What holds data, or bounds who deploys: it is never deleted by a pipeline.
const KEPT: [&str; 4] =
    ["persistentvolumeclaims", "volumesnapshots", "resourcequotas", "limitranges"];
const KEEP: [&str; 6] = ["get", "list", "watch", "create", "update", "patch"];

/// What makes pods, and so has a rollout to watch.
const MAKE_PODS: [&str; 8] = [
    "deployments",
    "statefulsets",
    "daemonsets",
    "replicasets",
    "replicationcontrollers",
    "jobs",
    "cronjobs",
    "rollouts",
];

impl Deployed {
    pub fn of<'o>(objects: impl Iterator<Item = &'o Object>) -> Deployed {
        let mut all = Deployed::default();
        for object in objects {
            let own = &object.identity;
            let group = kinds::group(&own.api_version).to_owned();
            let resource = (group, kinds::plural(&own.api_version, &own.kind));
            all.add(own.namespace.as_deref(), resource, &own.name);
        }
        all
    }

    /// A role that is not an object yet.
    pub fn add_role(&mut self, home: Option<&str>, name: &str) {
        let plural = if home.is_some() { "roles" } else { "clusterroles" };
        self.add(home, (GROUP.to_owned(), Cow::Borrowed(plural)), name);
    }

    fn add(&mut self, home: Option<&str>, resource: Resource, name: &str) {
        let home = self.by_home.entry(home.map(str::to_owned)).or_default();
        home.entry(resource).or_default().insert(name.to_owned());
    }
}

/// The rules for a namespace, or for what lives in none.
pub fn rules(
    deployed: &Deployed,
    home: Option<&str>,
    place: Place,
    report: &mut Report,
) -> Vec<rbac::PolicyRule> {
    let nothing = BTreeMap::new();
    let resources = deployed.by_home.get(&home.map(str::to_owned)).unwrap_or(&nothing);
    if resources.keys().all(|(group, _)| group == GROUP) {
        report.add(Diagnostic::missing("there is nothing to deploy").at(place).label(match home {
            Some(home) => format!("nothing of this system lives in `{home}`"),
            None => "everything of this system lives in namespaces".to_owned(),
        }));
    }
    match home {
        Some(_) => in_namespace(resources),
        None => shared(resources),
    }
}

fn in_namespace(resources: &BTreeMap<Resource, BTreeSet<String>>) -> Vec<rbac::PolicyRule> {
    let mut change: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut read: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut named = Vec::new();
    for ((group, plural), names) in resources {
        if group == GROUP {
            read.entry(group).or_default().insert(plural);
        } else if group.is_empty() && plural == "secrets" {
            named.push(of_names(group, plural, names, &CHANGE_NAMED));
            named.push(rule(group, [&**plural].into_iter(), &["create"]));
        } else {
            change.entry(group).or_default().push(plural);
        }
    }
    let has = |wanted: &[&str]| resources.keys().any(|(_, plural)| wanted.contains(&&**plural));
    let mut watch: Vec<(&str, &str)> = Vec::new();
    if has(&MAKE_PODS) {
        watch.extend([("", "pods"), ("", "events")]);
    }
    if has(&["deployments", "rollouts"]) {
        watch.push(("apps", "replicasets"));
    }
    for (group, plural) in watch {
        if !change.get(group).is_some_and(|own| own.contains(&plural)) {
            read.entry(group).or_default().insert(plural);
        }
    }
    let groups: BTreeSet<&str> = change.keys().chain(read.keys()).copied().collect();
    let mut rules = Vec::new();
    for group in groups {
        if let Some(own) = change.get(group) {
            let (kept, others): (Vec<&str>, Vec<&str>) =
                own.iter().partition(|plural| KEPT.contains(plural));
            for (plurals, verbs) in [(others, &CHANGE[..]), (kept, &KEEP[..])] {
                if !plurals.is_empty() {
                    rules.push(rule(group, plurals.into_iter(), verbs));
                }
            }
        }
        if let Some(own) = read.get(group) {
            rules.push(rule(group, own.iter().copied(), &READ));
        }
    }
    rules.extend(named);
    rules
}

/// What the whole cluster shares.
fn shared(resources: &BTreeMap<Resource, BTreeSet<String>>) -> Vec<rbac::PolicyRule> {
    let mut rules = Vec::new();
    for ((group, plural), names) in resources {
        if group == GROUP {
            rules.push(of_names(group, plural, names, &["get"]));
        } else {
            rules.push(of_names(group, plural, names, &CHANGE_SHARED));
            rules.push(rule(group, [&**plural].into_iter(), &["create"]));
        }
    }
    rules
}

fn rule<'a>(
    group: &str,
    resources: impl Iterator<Item = &'a str>,
    verbs: &[&str],
) -> rbac::PolicyRule {
    rbac::PolicyRule {
        api_groups: Some(vec![group.to_owned()]),
        resources: Some(resources.map(str::to_owned).collect()),
        verbs: verbs.iter().map(|verb| (*verb).to_owned()).collect(),
        ..rbac::PolicyRule::default()
    }
}

fn of_names(
    group: &str,
    plural: &str,
    names: &BTreeSet<String>,
    verbs: &[&str],
) -> rbac::PolicyRule {
    rbac::PolicyRule {
        resource_names: Some(names.iter().cloned().collect()),
        ..rule(group, [plural].into_iter(), verbs)
    }
}

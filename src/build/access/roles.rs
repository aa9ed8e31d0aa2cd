//! Roles and their bindings.

use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::build::context::Context;
use crate::build::meta::{extend, some_list};
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::access::{RbacName, Role};
use crate::profile::decode::Item;
use crate::source::Place;

use super::binding::{Accounts, binding, subjects};
use super::deploys::{self, Deployed};
use super::rules::{Reach, policy_rules, refuse_twice};

/// A role before it is known what there is to deploy.
struct Draft<'p> {
    metadata: ObjectMeta,
    rules: Vec<rbac::PolicyRule>,
    /// Where `deploys` is said.
    deploys: Option<Place>,
    /// The namespace of a Role.
    home: Option<&'p str>,
    place: Place,
}

/// All roles and bindings, for a system of these objects.
pub fn roles(context: &Context<'_>, others: &[Object], report: &mut Report) -> Vec<Object> {
    let system = context.index.system;
    if system.roles.is_empty() {
        return Vec::new();
    }
    let accounts = Accounts::new(context);
    let (mut drafts, mut objects) = (Vec::new(), Vec::new());
    for (name, role) in &system.roles {
        if check(name, role, report).is_none() {
            continue;
        }
        let homes = homes(context, role);
        let have = subjects(context, &accounts, &role.to, report);
        drafts.extend(drafts_of(context, name, role, &homes, report));
        if have.is_empty() {
            continue;
        }
        let (kind, target) = match &role.cluster_role {
            Some(existing) => ("ClusterRole", existing.as_str()),
            None if is_cluster(role) => ("ClusterRole", name.as_str()),
            None => ("Role", name.as_str()),
        };
        let homes = match homes.is_empty() {
            true => vec![None],
            false => homes.into_iter().map(Some).collect(),
        };
        for home in homes {
            let metadata = metadata(context, name, role, home);
            objects.extend(binding(metadata, kind, target, have.clone(), role.key, report));
        }
    }
    let mut deployed = Deployed::of(others.iter().chain(&objects));
    for draft in &drafts {
        deployed.add_role(draft.home, draft.metadata.name.as_deref().unwrap_or_default());
    }
    objects.extend(drafts.into_iter().filter_map(|draft| finished(draft, &deployed, report)));
    objects
}

fn is_cluster(role: &Role) -> bool {
    role.cluster.as_ref().is_some_and(|flag| flag.value)
}

/// The namespaces in which a role holds; none for the whole cluster.
fn homes<'p>(context: &Context<'p>, role: &'p Role) -> Vec<&'p str> {
    match &role.namespace {
        Some(written) => written.0.iter().map(|home| home.as_str()).collect(),
        None if is_cluster(role) => Vec::new(),
        None => vec![context.index.namespace],
    }
}

fn metadata(context: &Context<'_>, name: &RbacName, role: &Role, home: Option<&str>) -> ObjectMeta {
    let mut labels = context.common_labels();
    extend(&mut labels, &role.labels);
    match home {
        Some(home) => context.namespaced(home, name.as_str(), labels, &role.annotations),
        None => context.cluster_wide(name.as_str(), labels, &role.annotations),
    }
}

/// Settings that contradict each other, or do nothing.
fn check(name: &RbacName, role: &Item<Role>, report: &mut Report) -> Option<()> {
    let name = name.as_str();
    let written = role.namespace.as_ref().and_then(|homes| homes.0.first());
    if let Some(homes) = &role.namespace {
        refuse_twice(homes.0.iter().map(|home| (home.as_str(), home.place)), report);
    }
    let deploys = role.deploys.as_ref().filter(|flag| flag.value);
    if role.rules.is_none() && role.cluster_role.is_none() && deploys.is_none() {
        let nothing = Diagnostic::missing(format!("the role `{name}` allows nothing")).at(role.key);
        report.add(nothing.help("write its `rules`, or `deploys: true`, or `clusterRole: NAME`"));
        return None;
    }
    if let Some(rules) = role.rules.as_ref().filter(|rules| rules.is_empty()) {
        report.error(rules.place, "at least one rule");
    }
    if let Some(existing) = role.cluster_role.as_ref().filter(|_| role.to.is_empty()) {
        let nobody = Diagnostic::missing(format!("nobody has the role `{name}`"));
        report.add(nobody.at(existing.place).help("say with `to` who has it"));
    }
    let (Some(cluster), Some(home)) = (role.cluster.as_ref().filter(|flag| flag.value), written)
    else {
        return Some(());
    };
    if role.cluster_role.is_some() {
        let both = Diagnostic::new("it holds everywhere, or in namespaces").at(home.place);
        report.add(both.related(cluster.place, "everywhere, by this"));
    } else if role.to.is_empty() {
        report.error(home.place, "nobody has this role, here or elsewhere: say `to` whom");
    }
    if let Some(deploys) = deploys {
        report.add(
            Diagnostic::new("what lives in no namespace cannot be changed from within one")
                .at(deploys.place)
                .related(home.place, "leave this out")
                .help("for what lives in namespaces write a role without `cluster`"),
        );
        return None;
    }
    Some(())
}

fn drafts_of<'p>(
    context: &Context<'p>,
    name: &RbacName,
    role: &'p Item<Role>,
    homes: &[&'p str],
    report: &mut Report,
) -> Vec<Draft<'p>> {
    if role.cluster_role.is_some() {
        return Vec::new();
    }
    let reach = if homes.is_empty() { Reach::Everywhere } else { Reach::Namespaces };
    let written = role.rules.iter().flat_map(|rules| rules.value.iter());
    let rules: Vec<rbac::PolicyRule> =
        written.flat_map(|rule| policy_rules(rule, reach, report)).collect();
    let made: Vec<Option<&str>> = match is_cluster(role) {
        true => vec![None],
        false => homes.iter().copied().map(Some).collect(),
    };
    let draft = |home| Draft {
        metadata: metadata(context, name, role, home),
        rules: rules.clone(),
        deploys: role.deploys.as_ref().filter(|flag| flag.value).map(|flag| flag.place),
        home,
        place: role.key,
    };
    made.into_iter().map(draft).collect()
}

fn finished(draft: Draft<'_>, deployed: &Deployed, report: &mut Report) -> Option<Object> {
    let mut rules = draft.rules;
    if let Some(place) = draft.deploys {
        rules.extend(deploys::rules(deployed, draft.home, place, report));
    }
    let (metadata, rules) = (draft.metadata, some_list(rules));
    if draft.home.is_some() {
        return crate::build::raw::object(&rbac::Role { metadata, rules }, draft.place, report);
    }
    let object = rbac::ClusterRole { aggregation_rule: None, metadata, rules };
    crate::build::raw::object(&object, draft.place, report)
}

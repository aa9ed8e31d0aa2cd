//! The rules of a role: what a user wrote in short, checked as the API server
//! checks it, and for what would never allow anything.

use k8s_openapi::api::rbac::v1 as rbac;

use crate::build::meta::some_list;
use crate::diagnostic::{Diagnostic, Report, Unknown, choices, nearest};
use crate::profile::access::{ResourceRef, Rule, Verb};
use crate::profile::decode::At;
use crate::source::Place;

use super::resources::{self, Resolved};

/// Where a role holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In the whole cluster.
    Everywhere,
    /// In namespaces.
    Namespaces,
}

const ALL: &str = "*";
/// What may be done to any resource.
const VERBS: [&str; 8] =
    ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
/// What may be done to some alone.
const SPECIAL: [(&str, &[&str]); 6] = [
    ("approve", &["signers"]),
    ("attest", &["signers"]),
    ("bind", &["roles", "clusterroles"]),
    ("escalate", &["roles", "clusterroles"]),
    ("impersonate", &["users", "groups", "uids", "serviceaccounts"]),
    ("sign", &["signers"]),
];
/// What may be done to an address, as HTTP has it.
const METHODS: [&str; 7] = ["get", "post", "put", "patch", "delete", "head", "options"];

/// A rule in full: one for each API group.
pub fn policy_rules(rule: &At<Rule>, reach: Reach, report: &mut Report) -> Vec<rbac::PolicyRule> {
    let verbs: Vec<String> = rule.verbs.iter().map(|verb| verb.as_str().to_owned()).collect();
    if verbs.is_empty() {
        report.add(Diagnostic::missing("a rule needs `verbs`").at(rule.place));
    }
    refuse_twice(rule.verbs.iter().map(|verb| (verb.as_str(), verb.place)), report);
    refuse_twice(rule.resources.iter().map(|own| (own.as_str(), own.place)), report);
    refuse_twice(rule.names.iter().map(|name| (name.as_str(), name.place)), report);
    refuse_twice(rule.urls.iter().map(|url| (url.as_str(), url.place)), report);
    match (rule.resources.first(), rule.urls.first()) {
        (Some(resource), Some(url)) => {
            // ValidatePolicyRule.
            let both = Diagnostic::new("a rule is for resources or for addresses").at(url.place);
            report.add(both.related(resource.place, "and this is a resource"));
            Vec::new()
        }
        (None, None) => {
            let nothing = Diagnostic::missing("a rule needs `resources`").at(rule.place);
            report.add(nothing.help("for example `{resources: [pods], verbs: [get, list]}`"));
            Vec::new()
        }
        (None, Some(url)) => {
            if reach == Reach::Namespaces {
                let nowhere = Diagnostic::new("addresses lie in no namespace").at(url.place);
                report.add(nowhere.help("this takes `cluster: true`, and no `namespace`"));
            }
            if let Some(name) = rule.names.first() {
                report.error(name.place, "`names` are those of resources");
            }
            check_methods(&rule.verbs, report);
            vec![rbac::PolicyRule {
                non_resource_urls: Some(
                    rule.urls.iter().map(|url| url.as_str().to_owned()).collect(),
                ),
                verbs,
                ..rbac::PolicyRule::default()
            }]
        }
        (Some(_), None) => {
            let resources = resolved(&rule.resources, reach, report);
            check_verbs(rule, &resources, report);
            let names = rule.names.iter().map(|name| name.as_str().to_owned()).collect();
            let resource_names = some_list(names);
            let groups = by_groups(&resources).into_iter();
            groups
                .map(|(groups, resources)| rbac::PolicyRule {
                    api_groups: Some(groups),
                    resources: Some(resources),
                    resource_names: resource_names.clone(),
                    verbs: verbs.clone(),
                    non_resource_urls: None,
                })
                .collect()
        }
    }
}

fn resolved(written: &[At<ResourceRef>], reach: Reach, report: &mut Report) -> Vec<Resolved> {
    let mut all = Vec::new();
    for one in written {
        match resources::resolve(one.as_str()) {
            Ok(found) => {
                // A request for a Namespace counts as one within it.
                let outside = found.namespaced == Some(false) && !is(&found, &["namespaces"]);
                if outside && reach == Reach::Namespaces {
                    report.add(
                        Diagnostic::new(format!("`{}` live in no namespace", one.as_str()))
                            .at(one.place)
                            .help("this takes `cluster: true`, and no `namespace`"),
                    );
                }
                all.push(found);
            }
            Err(unknown) => report.add(unknown.at(one.place)),
        }
    }
    all
}

fn is(found: &Resolved, names: &[&str]) -> bool {
    let name = found.resource.split('/').next().unwrap_or_default();
    name == ALL || names.contains(&name)
}

/// Resources of the same groups go into one rule, in the order of the first.
fn by_groups(resources: &[Resolved]) -> Vec<(Vec<String>, Vec<String>)> {
    let mut all: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for own in resources {
        match all.iter_mut().find(|(groups, _)| *groups == own.groups) {
            Some((_, names)) => names.push(own.resource.clone()),
            None => all.push((own.groups.clone(), vec![own.resource.clone()])),
        }
    }
    all
}

fn check_verbs(rule: &Rule, resources: &[Resolved], report: &mut Report) {
    refuse_beside_all(&rule.verbs, report);
    // Another API may have verbs of its own.
    let foreign = resources.iter().any(|own| own.namespaced.is_none());
    let whole = resources.iter().any(|own| !own.resource.contains('/'));
    for verb in &rule.verbs {
        let text = verb.as_str();
        if let Some((_, of)) = SPECIAL.iter().find(|(special, _)| *special == text) {
            if !foreign && !resources.is_empty() && !resources.iter().any(|own| is(own, of)) {
                let of = choices(of.iter().copied());
                report.error(verb.place, format!("`{text}` is something to do to {of}"));
            }
        } else if text != ALL && !VERBS.contains(&text) {
            let near = nearest(text, VERBS);
            if near.is_some() || !foreign {
                let known = VERBS.iter().copied();
                let unknown = Unknown::new(format!("there is no verb `{text}`"), text, known);
                report.add(unknown.at(verb.place));
            }
        }
        if let Some(name) = rule.names.first().filter(|_| whole)
            && matches!(text, "create" | "deletecollection")
        {
            // The API server knows no name when it decides.
            report.add(
                Diagnostic::new(format!("`{text}` cannot be limited to `names`"))
                    .at(verb.place)
                    .related(name.place, "so this rule would never allow it")
                    .help("give it a rule of its own"),
            );
        }
    }
}

fn check_methods(verbs: &[At<Verb>], report: &mut Report) {
    refuse_beside_all(verbs, report);
    for verb in verbs.iter().filter(|verb| verb.as_str() != ALL) {
        if !METHODS.contains(&verb.as_str()) {
            let message = format!("an address has no verb `{}`", verb.as_str());
            report.add(Unknown::new(message, verb.as_str(), METHODS).at(verb.place));
        }
    }
}

fn refuse_beside_all(verbs: &[At<Verb>], report: &mut Report) {
    let Some(all) = verbs.iter().find(|verb| verb.as_str() == ALL) else { return };
    for verb in verbs.iter().filter(|verb| verb.as_str() != ALL) {
        let needless = Diagnostic::new(format!("`{ALL}` allows this too")).at(verb.place);
        report.add(needless.related(all.place, "here"));
    }
}

/// What stands twice in a list does nothing the second time.
pub fn refuse_twice<'a>(items: impl Iterator<Item = (&'a str, Place)>, report: &mut Report) {
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for (text, place) in items {
        match seen.iter().find(|(own, _)| *own == text) {
            Some((_, first)) => report.add(
                Diagnostic::new(format!("`{text}` stands here twice"))
                    .at(place)
                    .related(*first, "the other one"),
            ),
            None => seen.push((text, place)),
        }
    }
}

//! Who has a role: accounts of this system, which are checked, and others.

use std::collections::{BTreeMap, BTreeSet};

use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::build::context::Context;
use crate::diagnostic::{Diagnostic, Report, Unknown, choices};
use crate::object::Object;
use crate::profile::access::Subject;
use crate::profile::decode::At;
use crate::scalar::DnsName;
use crate::source::Place;

pub const GROUP: &str = "rbac.authorization.k8s.io";

/// The accounts that the profile knows.
pub struct Accounts<'p> {
    /// By name, with the namespaces that have them.
    known: BTreeMap<&'p str, BTreeSet<&'p str>>,
    /// Workloads that have none.
    without: BTreeSet<&'p str>,
}

impl<'p> Accounts<'p> {
    pub fn new(context: &Context<'p>) -> Accounts<'p> {
        let system = context.index.system;
        let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, account) in &system.accounts {
            let home = context.index.home(&account.namespace);
            all.entry(name.as_str()).or_default().insert(home);
        }
        for workload in system.workloads.values() {
            if let Some(account) = &workload.service_account {
                let home = context.index.home(&workload.namespace);
                all.entry(account.name.as_str()).or_default().insert(home);
            }
        }
        let without = system.workloads.iter();
        let without = without.filter(|(_, workload)| workload.service_account.is_none());
        let without = without.map(|(name, _)| name.as_str()).collect();
        Accounts { known: all, without }
    }

    /// The namespace of an account of this system.
    fn home(&self, name: &At<DnsName>) -> Result<&'p str, Diagnostic> {
        let homes: Vec<&str> =
            self.known.get(name.as_str()).into_iter().flatten().copied().collect();
        match homes[..] {
            [one] => Ok(one),
            [] => {
                let message = format!("there is no account `{}`", name.value);
                let known = self.known.keys().copied();
                let help = match self.without.contains(name.as_str()) {
                    true => {
                        format!("the workload `{0}` has none: `serviceAccount: {0}`", name.value)
                    }
                    false => "accounts stand under `accounts` and in workloads; of one elsewhere \
                              say the `namespace`, and write `{user: …}` or `{group: …}` for others"
                        .to_owned(),
                };
                Err(Unknown::new(message, name.as_str(), known).at(name.place).help(help))
            }
            _ => {
                Err(Diagnostic::new(format!("several namespaces have an account `{}`", name.value))
                    .at(name.place)
                    .label(format!("`namespace` is {}", choices(homes))))
            }
        }
    }
}

/// Those who have a role.
pub fn subjects(
    context: &Context<'_>,
    accounts: &Accounts<'_>,
    written: &[At<Subject>],
    report: &mut Report,
) -> Vec<rbac::Subject> {
    let mut found: Vec<(rbac::Subject, Place)> = Vec::new();
    for one in written {
        let Some(subject) = subject(context, accounts, one, report) else { continue };
        match found.iter().find(|(other, _)| *other == subject) {
            Some((_, first)) => report.add(
                Diagnostic::new(format!("`{}` stands here twice", subject.name))
                    .at(one.place)
                    .related(*first, "the other one"),
            ),
            None => found.push((subject, one.place)),
        }
    }
    found.into_iter().map(|(subject, _)| subject).collect()
}

fn subject(
    context: &Context<'_>,
    accounts: &Accounts<'_>,
    written: &At<Subject>,
    report: &mut Report,
) -> Option<rbac::Subject> {
    let other = |kind: &str, name: &str| rbac::Subject {
        api_group: Some(GROUP.to_owned()),
        kind: kind.to_owned(),
        name: name.to_owned(),
        namespace: None,
    };
    let Some(account) = &written.account else {
        if let Some(namespace) = &written.namespace {
            report.error(namespace.place, "only an `account` lives in a namespace");
        }
        let group = written.group.as_ref().map(|group| other("Group", group.as_str()));
        return group.or_else(|| Some(other("User", written.user.as_ref()?.as_str())));
    };
    let namespace = match &written.namespace {
        Some(namespace) => {
            check_own(context, accounts, account, namespace.as_str(), report);
            namespace.as_str()
        }
        None => accounts.home(account).map_err(|fault| report.add(fault)).ok()?,
    };
    Some(rbac::Subject {
        api_group: None,
        kind: "ServiceAccount".to_owned(),
        name: account.to_string(),
        namespace: Some(namespace.to_owned()),
    })
}

/// An account in a namespace of this system is one of its own, or `default`.
fn check_own(
    context: &Context<'_>,
    accounts: &Accounts<'_>,
    account: &At<DnsName>,
    namespace: &str,
    report: &mut Report,
) {
    let index = context.index;
    let is_ours = namespace == index.namespace || index.system.namespaces.contains_key(namespace);
    let known = accounts.known.get(account.as_str()).is_some_and(|homes| homes.contains(namespace));
    if is_ours && !known && account.as_str() != "default" {
        let message = format!("there is no account `{}` in `{namespace}`", account.value);
        let here = accounts.known.iter().filter(|(_, homes)| homes.contains(namespace));
        let unknown = Unknown::new(message, account.as_str(), here.map(|(name, _)| *name));
        let help = "one that is made elsewhere stands under `accounts` with `existing: true`";
        report.add(unknown.at(account.place).help(help));
    }
}

/// Gives a role to its subjects: in a namespace, or everywhere.
pub fn binding(
    metadata: ObjectMeta,
    role_kind: &str,
    role: &str,
    subjects: Vec<rbac::Subject>,
    place: Place,
    report: &mut Report,
) -> Option<Object> {
    let subjects = Some(subjects);
    let role_ref = rbac::RoleRef {
        api_group: Some(GROUP.to_owned()),
        kind: role_kind.to_owned(),
        name: role.to_owned(),
    };
    if metadata.namespace.is_some() {
        let object = rbac::RoleBinding { metadata, role_ref, subjects };
        return crate::build::raw::object(&object, place, report);
    }
    let object = rbac::ClusterRoleBinding { metadata, role_ref, subjects };
    crate::build::raw::object(&object, place, report)
}

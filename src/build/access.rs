//! The accounts that pods and others act as.

pub mod binding;
pub mod deploys;
pub mod identity;
pub mod resources;
pub mod roles;
pub mod rules;

use std::collections::HashMap;

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::{Identity as Name, Object};
use crate::profile::access::Account;
use crate::profile::decode::{At, Item};
use crate::profile::identity::Identity;
use crate::profile::system::{Annotations, Labels};
use crate::profile::workload::{ServiceAccount, Workload};
use crate::scalar::DnsName;
use crate::source::Place;

use super::context::Context;
use super::meta::extend;

/// The account of a workload, where it is not made elsewhere.
pub fn service_account(
    context: &Context<'_>,
    workload: &Workload,
    report: &mut Report,
) -> Option<Object> {
    let account = workload.service_account.as_ref()?;
    if let Some(shared) = shared_account(context, workload) {
        refuse_second_description(account, shared, report);
        return None;
    }
    if account.existing {
        refuse_settings(&account.labels, &account.annotations, &account.identity, report);
        return None;
    }
    let home = context.index.home(&workload.namespace);
    if let Some(other) = context.index.system.accounts.get(&account.name.value) {
        let there = context.index.home(&other.namespace);
        let fault = format!("the account `{}` lives in `{there}`", account.name.value);
        report.add(
            Diagnostic::new(fault)
                .at(account.name.place)
                .label(format!("these pods live in `{home}`, and act as an account of theirs"))
                .related(other.key, "it is described here")
                .help("give one of the two another name"),
        );
        return None;
    }
    let name = (&account.name.value, account.name.place);
    let settings = (&account.labels, &account.annotations, account.identity.as_ref());
    object(context, home, name, settings, report)
}

/// The account under `accounts` that a workload uses.
pub fn shared_account<'p>(
    context: &Context<'p>,
    workload: &'p Workload,
) -> Option<&'p Item<Account>> {
    let name = &workload.service_account.as_ref()?.name.value;
    let shared = context.index.system.accounts.get(name)?;
    let homes = [&shared.namespace, &workload.namespace].map(|home| context.index.home(home));
    (homes[0] == homes[1]).then_some(shared)
}

/// The accounts that no workload brings along.
pub fn accounts(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = context.index.system.accounts.iter();
    let make = |(name, account): (&DnsName, &Item<Account>)| {
        if account.existing {
            refuse_settings(&account.labels, &account.annotations, &account.identity, report);
            return None;
        }
        let home = context.index.home(&account.namespace);
        let settings = (&account.labels, &account.annotations, account.identity.as_ref());
        object(context, home, (name, account.key), settings, report)
    };
    all.filter_map(make).collect()
}

type Settings<'a> = (&'a Labels, &'a Annotations, Option<&'a At<Identity>>);

fn object(
    context: &Context<'_>,
    home: &str,
    (name, place): (&DnsName, Place),
    (own_labels, own_annotations, identity): Settings<'_>,
    report: &mut Report,
) -> Option<Object> {
    if name.as_str() == "default" {
        report.add(
            Diagnostic::new("every namespace has this account, and others use it")
                .at(place)
                .help("`{name: default, existing: true}` to use it, or choose another name"),
        );
        return None;
    }
    let mut labels = context.common_labels();
    extend(&mut labels, own_labels);
    let mut metadata = context.namespaced(home, name.as_str(), labels, own_annotations);
    if let Some((key, value)) = identity.and_then(|identity| identity::annotation(identity)) {
        if let Some(written) = own_annotations.get(key) {
            report.error(written.key, "`identity` sets this annotation");
        }
        metadata.annotations.get_or_insert_default().insert(key.to_owned(), value);
    }
    let object = core::ServiceAccount {
        metadata,
        // Pods that want a token ask for one themselves.
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::default()
    };
    super::raw::object(&object, place, report)
}

/// What is made elsewhere has its settings there.
fn refuse_settings(
    labels: &Labels,
    annotations: &Annotations,
    identity: &Option<At<Identity>>,
    report: &mut Report,
) {
    let labels = labels.values().map(|item| item.key);
    let annotations = annotations.values().map(|item| item.key);
    let identity = identity.iter().map(|identity| identity.place);
    for place in labels.chain(annotations).chain(identity) {
        report.error(place, "this account is made elsewhere; its settings are made there");
    }
}

/// An account under `accounts` is described there alone.
fn refuse_second_description(
    account: &ServiceAccount,
    shared: &Item<Account>,
    report: &mut Report,
) {
    let labels = account.labels.values().map(|item| item.key);
    let annotations = account.annotations.values().map(|item| item.key);
    let identity = account.identity.iter().map(|identity| identity.place);
    let existing = account.existing.then_some(account.name.place);
    for place in labels.chain(annotations).chain(identity).chain(existing) {
        report.add(
            Diagnostic::new(format!("the account `{}` is described twice", account.name.value))
                .at(place)
                .related(shared.key, "its settings stand here"),
        );
    }
}

/// Workloads that share an account each bring it along; they must agree.
pub fn deduplicate_accounts(objects: &mut Vec<Object>, report: &mut Report) {
    let mut first: HashMap<Name, Object> = HashMap::new();
    objects.retain(|object| {
        if object.identity.kind != "ServiceAccount" {
            return true;
        }
        match first.get(&object.identity) {
            None => {
                first.insert(object.identity.clone(), object.clone());
                true
            }
            Some(same) => {
                if same.content != object.content {
                    report.add(
                        Diagnostic::new(format!(
                            "two workloads describe the account `{}` differently",
                            object.identity.name
                        ))
                        .at(object.place)
                        .related(same.place, "the other one")
                        .help("describe it once, under `accounts`"),
                    );
                }
                false
            }
        }
    });
}

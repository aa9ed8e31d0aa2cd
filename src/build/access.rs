//! The accounts that pods act as.

use std::collections::HashMap;

use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::{Identity, Object};
use crate::profile::workload::Workload;

use super::context::Context;
use super::meta::extend;

/// The account of a workload, where it is not made elsewhere.
pub fn service_account(
    context: &Context<'_>,
    workload: &Workload,
    report: &mut Report,
) -> Option<Object> {
    let account = workload.service_account.as_ref()?;
    if account.existing {
        let labels = account.labels.values().map(|item| item.key);
        let annotations = account.annotations.values().map(|item| item.key);
        for place in labels.chain(annotations) {
            report.error(place, "this account is made elsewhere; its labels are set there");
        }
        return None;
    }
    if account.name.as_str() == "default" {
        report.add(
            Diagnostic::new("every namespace has this account, and others use it")
                .at(account.name.place)
                .help("`{name: default, existing: true}` to use it, or choose another name"),
        );
        return None;
    }
    let home = context.index.home(&workload.namespace);
    let mut labels = context.common_labels();
    extend(&mut labels, &account.labels);
    let object = core::ServiceAccount {
        metadata: context.namespaced(home, account.name.as_str(), labels, &account.annotations),
        // Pods that want a token ask for one themselves.
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::default()
    };
    super::raw::object(&object, account.name.place, report)
}

/// Workloads that share an account each bring it along; they must agree.
pub fn deduplicate_accounts(objects: &mut Vec<Object>, report: &mut Report) {
    let mut first: HashMap<Identity, Object> = HashMap::new();
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
                        .related(same.place, "the other one"),
                    );
                }
                false
            }
        }
    });
}

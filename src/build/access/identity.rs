//! Who an account is to a cloud, as each cloud looks for it.

use crate::build::context::Context;
use crate::build::meta::Pairs;
use crate::diagnostic::{Diagnostic, Report};
use crate::profile::identity::Identity;
use crate::profile::workload::Workload;

/// The label by which Azure's webhook finds pods.
const AZURE_USE: &str = "azure.workload.identity/use";

/// The annotation of the account.
pub fn annotation(identity: &Identity) -> Option<(&'static str, String)> {
    let text = |text: &str| text.to_owned();
    if let Some(role) = &identity.aws {
        return Some(("eks.amazonaws.com/role-arn", text(role.as_str())));
    }
    if let Some(client) = &identity.azure {
        return Some(("azure.workload.identity/client-id", text(client.as_str())));
    }
    let account = identity.google.as_ref()?;
    Some(("iam.gke.io/gcp-service-account", text(account.as_str())))
}

/// The labels that the pods of an account need.
pub fn pod_labels(context: &Context<'_>, workload: &Workload, report: &mut Report) -> Pairs {
    let mut labels = Pairs::new();
    let Some(account) = &workload.service_account else { return labels };
    let shared = super::shared_account(context, workload);
    let identity = shared.map_or(account.identity.as_ref(), |shared| shared.identity.as_ref());
    let Some(azure) = identity.and_then(|identity| identity.azure.as_ref()) else { return labels };
    labels.insert(AZURE_USE.to_owned(), "true".to_owned());
    for own in [&workload.labels, &workload.pod_labels] {
        if let Some(written) = own.get(AZURE_USE) {
            report.add(
                Diagnostic::new("the identity of the account sets this label")
                    .at(written.key)
                    .related(azure.place, "here"),
            );
        }
    }
    labels
}

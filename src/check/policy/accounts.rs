//! As whom a pod speaks to the API server.

use crate::check::at::At;
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::workload::is_true;

/// The account of a pod.
pub struct Account<'a> {
    pub name: &'a str,
    /// The account itself, where it is among the objects.
    pub object: Option<&'a Subject<'a>>,
}

pub fn account<'a>(scene: &Scene<'a>, pod: &Pod<'a>) -> Account<'a> {
    // `serviceAccount` is the field of old, which a server still reads.
    let written = |key| pod.spec.get(key).and_then(Value::as_str).filter(|name| !name.is_empty());
    let name = written("serviceAccountName").or(written("serviceAccount")).unwrap_or("default");
    Account { name, object: scene.find("", "ServiceAccount", pod.namespace, name) }
}

/// Whether the account's token is mounted into the pod, and where that is said or could
/// be.
pub fn mounts_token<'a>(pod: &Pod<'a>, account: &Account<'a>, spec: At<'a>) -> (bool, At<'a>) {
    const FIELD: &str = "automountServiceAccountToken";
    let own = spec.field(FIELD);
    let of_account = account.object.and_then(|object| object.content.get(FIELD));
    let of_account = of_account.filter(|flag| !matches!(flag, Value::Null));
    let mounted = match pod.spec.get(FIELD).filter(|flag| !matches!(flag, Value::Null)) {
        Some(flag) => is_true(Some(flag)),
        None => of_account.is_none_or(|flag| is_true(Some(flag))),
    };
    (mounted, own)
}

//! The security settings that count for a container: its own, or else the pod's.

use crate::check::at::At;
use crate::check::scene::{Container, Pod};
use crate::object::value::Value;

/// A setting of the container's, or else the pod's. Where neither has it, the place
/// where the container would.
pub fn setting<'a>(pod: &Pod<'a>, container: Container<'a>, name: &'static str) -> At<'a> {
    let own = own_setting(container, name);
    if own.is_set() {
        return own;
    }
    let shared = shared_setting(pod.spec_at(container.at), name);
    if shared.is_set() { shared } else { own }
}

/// A setting that only containers have.
pub fn own_setting<'a>(container: Container<'a>, name: &'static str) -> At<'a> {
    container.at.field("securityContext").field(name)
}

/// A setting of the pod's.
pub fn shared_setting<'a>(spec: At<'a>, name: &'static str) -> At<'a> {
    spec.field("securityContext").field(name)
}

pub fn is_privileged(container: Container<'_>) -> bool {
    own_setting(container, "privileged").is_true()
}

/// Whether root in the pod is nobody on the node.
pub fn has_own_users(pod: &Pod<'_>) -> bool {
    matches!(pod.spec.get("hostUsers"), Some(Value::Bool(false)))
}

/// Whether a container cannot run as root.
pub fn is_no_root<'a>(pod: &Pod<'a>, container: Container<'a>) -> bool {
    setting(pod, container, "runAsNonRoot").is_true()
        || setting(pod, container, "runAsUser").int().is_some_and(|user| user != 0)
}

/// The capabilities that it adds or drops, as the kernel calls them.
pub fn capabilities<'a>(
    container: Container<'a>,
    list: &'static str,
) -> impl Iterator<Item = (At<'a>, String)> {
    own_setting(container, "capabilities").field(list).items().map(|at| {
        let name = at.text_or_empty().to_ascii_uppercase();
        (at, name.strip_prefix("CAP_").map(str::to_owned).unwrap_or(name))
    })
}

/// Where to say that containers lack a setting: once at the pod, where all of them do
/// and the pod could have it for them; otherwise at each.
pub fn lacking<'a>(
    spec: At<'a>,
    name: &'static str,
    lacks: impl Fn(Container<'a>) -> bool,
) -> Vec<(At<'a>, String)> {
    let (lacking, others): (Vec<_>, Vec<_>) = Pod::containers(spec).partition(|one| lacks(*one));
    if others.is_empty() && lacking.len() > 1 {
        return vec![(shared_setting(spec, name), "the pod".to_owned())];
    }
    lacking.into_iter().map(|one| (own_setting(one, name), one.to_string())).collect()
}

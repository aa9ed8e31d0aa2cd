//! The rules of a role, and what they allow.

use crate::check::at::At;
use crate::check::subject::Subject;
use crate::object::value::Value;

/// One rule of a role.
#[derive(Clone, Copy)]
pub struct Right<'a> {
    pub at: At<'a>,
}

/// The rules of a Role or ClusterRole that somebody wrote; of anything else there are
/// none.
pub fn rights<'a>(object: At<'a>) -> impl Iterator<Item = Right<'a>> {
    let is_role = is_role(object.subject());
    object.field("rules").items().filter(move |_| is_role).map(|at| Right { at })
}

/// What every cluster brings is as it is, and what other roles are gathered into has
/// no rules of its own.
fn is_role(subject: &Subject<'_>) -> bool {
    let is_own = subject.is("rbac.authorization.k8s.io", "Role")
        || subject.is("rbac.authorization.k8s.io", "ClusterRole");
    is_own && !is_kubernetes_own(subject) && subject.content.get("aggregationRule").is_none()
}

/// Whether a role or binding is one that every cluster brings.
pub fn is_kubernetes_own(subject: &Subject<'_>) -> bool {
    subject.label("kubernetes.io/bootstrapping") == Some("rbac-defaults")
}

/// Whether a role may hold in the whole cluster.
pub fn is_for_cluster(subject: &Subject<'_>) -> bool {
    subject.kind() == "ClusterRole"
}

impl<'a> Right<'a> {
    /// Whether a list has a word.
    pub fn has(self, list: &'static str, word: &str) -> bool {
        self.words(list).any(|one| one == word)
    }

    pub fn words(self, list: &'static str) -> impl Iterator<Item = &'a str> {
        self.at
            .map()
            .into_iter()
            .flat_map(move |rule| match rule.get(list) {
                Some(Value::List(items)) => items.as_slice(),
                _ => &[],
            })
            .filter_map(Value::as_str)
    }

    /// Whether it is kept to some objects by their names.
    pub fn is_for_some(self) -> bool {
        self.words("resourceNames").next().is_some()
    }

    /// Whether it allows everything.
    pub fn is_for_all(self) -> bool {
        ["apiGroups", "resources", "verbs"].iter().all(|list| self.has(list, "*"))
            && !self.is_for_some()
    }

    /// The first of these verbs that it names for a resource of a group, `*` among them.
    pub fn verb_on(self, group: &str, resource: &str, verbs: &[&'static str]) -> Option<&'a str> {
        // Most rules say nothing of a resource: their groups need no look.
        if !self.has("resources", resource)
            || !(self.has("apiGroups", group) || self.has("apiGroups", "*"))
        {
            return None;
        }
        self.words("verbs").find(|verb| *verb == "*" || verbs.contains(verb))
    }

    /// The item of a list with a word: where a fault is shown.
    pub fn item(self, list: &'static str, word: &str) -> At<'a> {
        let at = self.at.field(list);
        let place = at.list().iter().position(|one| one.as_str() == Some(word));
        place.map_or(at, |place| at.index(place))
    }
}

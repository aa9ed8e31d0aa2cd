//! What rules call the kinds of Kubernetes: each resource with its API group,
//! and what stands below it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::diagnostic::{Unknown, nearest};
use crate::object::kinds;

/// A resource of Kubernetes' own.
pub struct Resource {
    /// Its groups: Events have two.
    pub groups: Vec<&'static str>,
    pub namespaced: bool,
}

/// Resources that are no objects to apply, and so no kinds of ours.
const MORE: &[(&str, &str, bool)] = &[
    ("", "componentstatuses", false),
    // Who may act as whom.
    ("", "users", false),
    ("", "groups", false),
    ("authentication.k8s.io", "selfsubjectreviews", false),
    ("authentication.k8s.io", "tokenreviews", false),
    ("authentication.k8s.io", "uids", false),
    ("authorization.k8s.io", "localsubjectaccessreviews", true),
    ("authorization.k8s.io", "selfsubjectaccessreviews", false),
    ("authorization.k8s.io", "selfsubjectrulesreviews", false),
    ("authorization.k8s.io", "subjectaccessreviews", false),
    ("certificates.k8s.io", "signers", false),
    ("metrics.k8s.io", "nodes", false),
    ("metrics.k8s.io", "pods", true),
];

/// What stands below resources, beside `status`.
const BELOW: &[(&str, &[&str])] = &[
    ("certificatesigningrequests", &["approval"]),
    ("deployments", &["scale"]),
    ("namespaces", &["finalize"]),
    ("nodes", &["configz", "healthz", "log", "metrics", "pods", "proxy", "stats"]),
    (
        "pods",
        &[
            "attach",
            "binding",
            "ephemeralcontainers",
            "eviction",
            "exec",
            "log",
            "portforward",
            "proxy",
            "resize",
        ],
    ),
    ("replicasets", &["scale"]),
    ("replicationcontrollers", &["scale"]),
    ("serviceaccounts", &["token"]),
    ("services", &["proxy"]),
    ("statefulsets", &["scale"]),
];

/// Kubernetes' own resources, by group and name.
static OWN: LazyLock<BTreeMap<(&'static str, Cow<'static, str>), bool>> = LazyLock::new(|| {
    let kinds = kinds::all().filter(|kind| kind.is_built_in);
    let kinds = kinds.map(|kind| ((kind.group, kind.plural()), kind.namespaced));
    let more = MORE.iter().map(|(group, name, own)| ((*group, Cow::Borrowed(*name)), *own));
    kinds.chain(more).collect()
});

/// A resource as a rule has it.
#[derive(Debug)]
pub struct Resolved {
    pub groups: Vec<String>,
    /// With what stands below it: `pods/log`.
    pub resource: String,
    /// None where nothing is known of it.
    pub namespaced: Option<bool>,
}

/// The resource of a name alone. What only reports measurements has the name of
/// what it measures, and is meant with its group alone.
fn by_name(name: &str) -> Option<Resource> {
    let groups = OWN.iter().filter(|((group, own), _)| own == name && *group != "metrics.k8s.io");
    let found: Vec<(&'static str, bool)> =
        groups.map(|((group, _), namespaced)| (*group, *namespaced)).collect();
    let namespaced = found.first()?.1;
    Some(Resource { groups: found.into_iter().map(|(group, _)| group).collect(), namespaced })
}

/// What a rule means by `pods`, `pods/log`, `apps/statefulsets` or `a.b/gadgets`.
pub fn resolve(text: &str) -> Result<Resolved, Unknown> {
    let parts: Vec<&str> = text.split('/').collect();
    let unknown = |message: String, wrong: &str, known: Vec<&str>| {
        let near = nearest(wrong, known.iter().copied());
        let label = near.map(|name| format!("did you mean `{name}`?"));
        Unknown::new(message, wrong, []).instead(label.unwrap_or_else(|| {
            "a resource of another API goes by its group: `example.com/gadgets`".to_owned()
        }))
    };
    let everywhere = |resource: &str| Resolved {
        groups: vec!["*".to_owned()],
        resource: resource.to_owned(),
        namespaced: None,
    };
    match parts[..] {
        ["*"] => Ok(everywhere("*")),
        ["*", below] => Ok(everywhere(&format!("*/{below}"))),
        [name] => {
            let Some(own) = by_name(name) else {
                let known = OWN.keys().map(|(_, name)| &**name).collect();
                return Err(unknown(format!("Kubernetes has no resource `{name}`"), name, known));
            };
            Ok(resolved(&own, name))
        }
        [first, second] => match by_name(first) {
            Some(own) => {
                check_below(first, second)?;
                Ok(resolved(&own, &format!("{first}/{second}")))
            }
            None => in_group(first, second, None, unknown),
        },
        [group, name, below] => in_group(group, name, Some(below), unknown),
        _ => Err(unknown("this is no resource".to_owned(), text, Vec::new())),
    }
}

fn resolved(own: &Resource, resource: &str) -> Resolved {
    Resolved {
        groups: own.groups.iter().map(|group| (*group).to_owned()).collect(),
        resource: resource.to_owned(),
        namespaced: Some(own.namespaced),
    }
}

fn in_group(
    written: &str,
    name: &str,
    below: Option<&str>,
    unknown: impl Fn(String, &str, Vec<&str>) -> Unknown,
) -> Result<Resolved, Unknown> {
    // Kubernetes' first group has no name.
    let group = if written == "core" { "" } else { written };
    let resource = below.map_or_else(|| name.to_owned(), |below| format!("{name}/{below}"));
    let found = |namespaced| {
        Ok(Resolved { groups: vec![group.to_owned()], resource: resource.clone(), namespaced })
    };
    let known: Vec<(&str, bool)> = OWN
        .iter()
        .filter(|((own, _), _)| *own == group)
        .map(|((_, name), namespaced)| (&**name, *namespaced))
        .collect();
    if known.is_empty() {
        // A group of Kubernetes' own is named without a dot, or under `k8s.io`.
        if group.contains('.') || group == "*" {
            return found(None);
        }
        let groups = OWN.keys().map(|(group, _)| *group);
        let names = groups.chain(OWN.keys().map(|(_, name)| &**name)).collect();
        return Err(unknown(format!("there is no API group `{group}`"), group, names));
    }
    if name == "*" {
        return found(None);
    }
    let Some((_, namespaced)) = known.iter().find(|(own, _)| *own == name) else {
        let names = known.iter().map(|(name, _)| *name).collect();
        return Err(unknown(format!("`{written}` has no resource `{name}`"), name, names));
    };
    if let Some(below) = below {
        check_below(name, below)?;
    }
    found(Some(*namespaced))
}

fn check_below(name: &str, below: &str) -> Result<(), Unknown> {
    if matches!(below, "status" | "*") {
        return Ok(());
    }
    let own = BELOW.iter().find(|(resource, _)| *resource == name);
    let own = own.map_or(&[][..], |(_, below)| *below);
    if own.contains(&below) {
        return Ok(());
    }
    let known = own.iter().copied().chain(["status"]);
    Err(Unknown::new(format!("there is no `{below}` below `{name}`"), below, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match resolve(text) {
            Ok(found) => format!("{} {}", found.groups.join("+"), found.resource),
            Err(unknown) => {
                let place = crate::source::Place::start_of(crate::source::SourceId::SYSTEM);
                let diagnostic = unknown.at(place);
                format!("{}; {}", diagnostic.message, diagnostic.label)
            }
        }
    }

    #[test]
    fn names_are_found_in_their_groups() {
        for (text, found) in [
            ("pods", " pods"),
            ("core/pods", " pods"),
            ("pods/log", " pods/log"),
            ("deployments", "apps deployments"),
            ("apps/statefulsets", "apps statefulsets"),
            ("apps/deployments/scale", "apps deployments/scale"),
            ("deployments/status", "apps deployments/status"),
            ("leases", "coordination.k8s.io leases"),
            ("horizontalpodautoscalers", "autoscaling horizontalpodautoscalers"),
            ("events", "+events.k8s.io events"),
            ("metrics.k8s.io/pods", "metrics.k8s.io pods"),
            ("argoproj.io/rollouts/status", "argoproj.io rollouts/status"),
            ("example.org/gadgets", "example.org gadgets"),
            ("*", "* *"),
            ("apps/*", "apps *"),
            ("pods/*", " pods/*"),
            ("*/scale", "* */scale"),
        ] {
            assert_eq!(shown(text), found, "{text}");
        }
    }

    #[test]
    fn others_are_refused() {
        for (text, message) in [
            ("pod", "did you mean `pods`?"),
            ("apps/statefullsets", "did you mean `statefulsets`?"),
            ("app/deployments", "did you mean `apps`?"),
            ("pods/logs", "did you mean `log`?"),
            ("apps/pods", "`apps` has no resource `pods`"),
            ("gadgets", "goes by its group"),
            ("apps/deployments/log", "there is no `log` below `deployments`"),
        ] {
            assert!(shown(text).contains(message), "{text}: {}", shown(text));
        }
    }
}

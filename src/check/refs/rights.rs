//! Rules of roles that allow what no API has.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::diagnostic::choices;
use crate::object::kinds;

use super::lookup::absent;

pub static RULE: Rule = Rule {
    name: "refs/rights",
    weight: Weight::WARNING,
    summary: "a role allows a resource, a group or a verb that there is not",
    page: "A server takes any words in a role, and those that it does not know allow nothing: the first request is refused with `forbidden`. Resources are written in the plural and in small letters (`pods`, not `Pod`), in the group that has them (`deployments` are in `apps`, not in the core group `\"\"`). Only Kubernetes' own groups are looked at.",
    bad: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
  - {apiGroups: [''], resources: [pods, deployments], verbs: [get, list]}
",
    good: "
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules:
  - {apiGroups: [''], resources: [pods], verbs: [get, list]}
  - {apiGroups: [apps], resources: [deployments], verbs: [get, list]}
",
    look: Look::Object(look),
};

/// The groups whose resources are all known here. `extensions` had what others have now.
const GROUPS: [&str; 5] = ["", "apps", "autoscaling", "batch", "policy"];

/// What one may be allowed besides the kinds: `impersonate` users, `use` a standard of old.
const OTHERS: [(&str, &str); 4] =
    [("", "componentstatuses"), ("", "groups"), ("", "users"), ("policy", "podsecuritypolicies")];

/// Others are made up by whoever asks for them.
const VERBS: [&str; 12] = [
    "get",
    "list",
    "watch",
    "create",
    "update",
    "patch",
    "delete",
    "deletecollection",
    "use",
    "bind",
    "escalate",
    "impersonate",
];

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    let is_role = matches!(subject.kind(), "Role" | "ClusterRole");
    if subject.group() != "rbac.authorization.k8s.io" || !is_role {
        return;
    }
    for rule in object.field("rules").items() {
        groups_must_exist(scene, rule);
        for verb in rule.field("verbs").items() {
            let word = verb.text_or_empty();
            if let Some(near) = absent::near(scene, word, VERBS.into_iter())
                && near != word
            {
                let message = format!("{} is no verb of the API", shown(word));
                verb.fault_with(message, format!("did you mean `{near}`?"));
            }
        }
    }
}

fn groups_must_exist(scene: &Scene<'_>, rule: At<'_>) {
    let groups: Vec<&str> =
        rule.field("apiGroups").items().map(|group| group.text_or_empty()).collect();
    for group in rule.field("apiGroups").items() {
        let name = group.text_or_empty();
        let is_of_others = name.contains('.') || matches!(name, "*" | "extensions");
        if !is_of_others && !GROUPS.contains(&name) {
            let help =
                match absent::near(scene, name, GROUPS.into_iter().filter(|name| !name.is_empty()))
                {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "the groups of custom resources have a domain, as `cert-manager.io`".into()
                    }
                };
            group.fault_with(format!("there is no API group {}", shown(name)), help);
        }
    }
    if groups.is_empty() || !groups.iter().all(|group| GROUPS.contains(group)) {
        return;
    }
    for resource in rule.field("resources").items() {
        let text = resource.text_or_empty();
        let name = text.split('/').next().unwrap_or_default();
        if !name.is_empty() && name != "*" && !groups.iter().any(|group| has(group, name)) {
            resource_is_missing(scene, resource, name, &groups);
        }
    }
}

/// Whether a group has a resource.
fn has(group: &str, name: &str) -> bool {
    resources(group).any(|known| known == name)
}

fn resources(group: &str) -> impl Iterator<Item = String> {
    let kinds = kinds::all().filter(move |kind| kind.is_built_in && kind.group == group);
    let others = OTHERS.iter().filter(move |(of, _)| *of == group).map(|(_, name)| *name);
    kinds.map(|kind| kind.plural().into_owned()).chain(others.map(str::to_owned))
}

fn resource_is_missing(scene: &Scene<'_>, at: At<'_>, name: &str, groups: &[&str]) {
    let shown_groups = groups.iter().map(|group| match *group {
        "" => "the core group".to_owned(),
        group => format!("`{group}`"),
    });
    let shown_groups: Vec<String> = shown_groups.collect();
    let message = format!("{} is not in {}", shown(name), shown_groups.join(" or "));
    let elsewhere = kinds::all().filter(|kind| kind.is_built_in && kind.plural() == name);
    let mut elsewhere: Vec<&str> = elsewhere.map(|kind| kind.group).collect();
    elsewhere.dedup();
    if !elsewhere.is_empty() {
        at.fault_with(message, format!("it is in the group {}", choices(elsewhere)));
        return;
    }
    let known: Vec<String> = groups.iter().flat_map(|group| resources(group)).collect();
    match absent::near(scene, name, known.iter().map(String::as_str)) {
        Some(near) => at.fault_with(message, format!("did you mean `{near}`?")),
        None => at.fault(message),
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn rule(groups: &str, resources: &str, verbs: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {{name: a}}, rules: [{{apiGroups: [{groups}], resources: [{resources}], verbs: [{verbs}]}}]}}"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn words_that_no_server_knows() {
        for (groups, resources, verbs, said) in [
            ("''", "deployments", "get", "`deployments` is not in the core group"),
            ("''", "Pods", "get", "`Pods` is not in the core group"),
            ("app", "deployments", "get", "there is no API group `app`"),
            ("apps", "deployments", "lists", "`lists` is no verb of the API"),
        ] {
            let found = rule(groups, resources, verbs);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].ends_with(said), "{found:?}");
        }
    }

    #[test]
    fn words_that_some_server_knows() {
        for (groups, resources, verbs) in [
            ("'', apps", "pods, pods/log, deployments, deployments/scale", "get, list, watch"),
            ("'*'", "'*'", "'*'"),
            ("''", "nodes/metrics, users, groups, '*/scale'", "impersonate, get"),
            ("argoproj.io, ''", "applications", "sync, override"),
            ("extensions", "ingresses", "get"),
            ("policy", "podsecuritypolicies, poddisruptionbudgets", "use"),
        ] {
            assert!(rule(groups, resources, verbs).is_empty(), "{resources}");
        }
    }
}

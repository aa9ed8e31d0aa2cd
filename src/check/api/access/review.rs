//! Questions to a server, which keeps none of them: who may do what.

use crate::check::api::selector::operator_goes_with;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

pub static RULE: Rule = Rule {
    name: "api/access-review",
    weight: Weight::ERROR,
    summary: "a question about access that a server refuses",
    page: "A SubjectAccessReview asks whether somebody may do something: with a resource (`resourceAttributes`) or with a path (`nonResourceAttributes`), one of them. It says who by `user`, `groups` or both, and has no name: a server answers it and forgets it.",
    bad: "
apiVersion: authorization.k8s.io/v1
kind: SubjectAccessReview
spec:
  user: ann
",
    good: "
apiVersion: authorization.k8s.io/v1
kind: SubjectAccessReview
spec:
  user: ann
  resourceAttributes: {verb: get, resource: pods, namespace: shop}
",
    look: Look::Validation,
};

/// `ValidateSubjectAccessReview`, and its like of one namespace and of oneself.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let subject = object.subject();
    let is_local = subject.kind() == "LocalSubjectAccessReview";
    let spec = object.field("spec");
    if subject.kind() != "SelfSubjectAccessReview" {
        let (user, groups) = (spec.field("user"), spec.field("groups"));
        if user.is_empty() && groups.is_empty() {
            user.fault_with("the one who is asked about is missing", "name a user or groups");
        }
    }
    let (resource, other) = (spec.field("resourceAttributes"), spec.field("nonResourceAttributes"));
    match (resource.is_set(), other.is_set()) {
        (true, true) => other.forbid("there is `resourceAttributes`, and it is one of them"),
        (false, false) => {
            resource.fault("it has neither `resourceAttributes` nor `nonResourceAttributes`");
        }
        _ => {}
    }
    selectors(resource);
    let metadata = object.field("metadata");
    let is_empty = |name: &str| match name {
        "managedFields" => true,
        "namespace" => is_local,
        _ => false,
    };
    if metadata.entries().any(|(name, value)| !is_empty(name) && !value.is_empty()) {
        metadata.fault("a question has no name, and nothing else of its own");
    }
    if is_local {
        let wanted = metadata.field("namespace").text_or("default");
        let found = resource.field("namespace");
        if resource.is_set() && found.text_or_empty() != wanted {
            found.fault(format!("the question is about the namespace `{wanted}`"));
        }
        other.forbid("a path is in no namespace");
    }
}

/// A TokenReview: `REST.Create` refuses one of nothing before it looks at the rest.
pub fn validate_token(object: At<'_>) {
    let token = object.under(&RULE).field("spec").field("token");
    if token.is_empty() {
        token.fault("the token that is asked about is missing");
    }
}

/// `validateFieldSelectorAttributes` and its like for labels: they stand as one text, or in
/// parts.
fn selectors(resource: At<'_>) {
    for (name, operators) in [
        ("fieldSelector", &["In", "NotIn", "Exists", "DoesNotExist"]),
        ("labelSelector", &["In", "NotIn", "Exists", "DoesNotExist"]),
    ] {
        let selector = resource.field(name);
        if !selector.is_set() {
            continue;
        }
        let (raw, parts) = (selector.field("rawSelector"), selector.field("requirements"));
        match (raw.is_empty(), parts.is_empty()) {
            (false, false) => raw.fault("there are `requirements`, and it is one of them"),
            (true, true) => parts.missing(),
            _ => {}
        }
        for part in parts.items() {
            part.field("key").required();
            operator_goes_with(part.field("operator"), part.field("values"), operators);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn review(kind: &str, rest: &str) -> String {
        format!("{{apiVersion: authorization.k8s.io/v1, kind: {kind}, {rest}}}")
    }

    #[test]
    fn who_and_what() {
        none(&review(
            "SubjectAccessReview",
            "spec: {groups: [a], nonResourceAttributes: {path: /}}",
        ));
        none(&review("SelfSubjectAccessReview", "spec: {resourceAttributes: {verb: get}}"));
        none(&review(
            "LocalSubjectAccessReview",
            "metadata: {namespace: shop}, spec: {user: a, resourceAttributes: {namespace: shop}}",
        ));
        for (kind, rest, fields) in [
            ("SubjectAccessReview", "spec: {}", vec!["spec.user", "spec.resourceAttributes"]),
            ("SelfSubjectAccessReview", "spec: {}", vec!["spec.resourceAttributes"]),
            (
                "SubjectAccessReview",
                "metadata: {name: a}, spec: {user: a, resourceAttributes: {}, nonResourceAttributes: {}}",
                vec!["spec.nonResourceAttributes", "metadata"],
            ),
            (
                "LocalSubjectAccessReview",
                "metadata: {namespace: shop}, spec: {user: a, resourceAttributes: {namespace: b}}",
                vec!["spec.resourceAttributes.namespace"],
            ),
        ] {
            assert_eq!(faults(&review(kind, rest)), fields, "{kind} {rest}");
        }
    }

    #[test]
    fn a_token_is_asked_about() {
        let review = |spec: &str| {
            format!("{{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {spec}}}")
        };
        none(&review("{token: abc}"));
        assert_eq!(faults(&review("{audiences: [a]}")), ["spec.token"]);
    }
}

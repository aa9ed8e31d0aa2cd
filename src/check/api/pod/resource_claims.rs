//! Devices that a pod claims, and that its containers use.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::{DnsLabel, DnsName};

use super::resources::RULE;

/// The devices that a pod claims: `validatePodResourceClaims`. Gives their names.
pub fn validate(claims: At<'_>) -> HashSet<&str> {
    let claims = claims.under(&RULE);
    let mut names = HashSet::new();
    for claim in claims.items() {
        let name = claim.field("name");
        name.required_as::<DnsLabel>();
        if !name.is_empty() && !names.insert(name.text_or_empty()) {
            name.fault(format!("{} is there twice", shown(name.text_or_empty())));
        }
        let sources = ["resourceClaimName", "resourceClaimTemplateName"].map(|f| claim.field(f));
        sources.iter().for_each(|source| source.must_be::<DnsName>());
        match sources.iter().filter(|source| source.is_set()).count() {
            1 => {}
            0 => claim.fault("it needs a `resourceClaimName` or a `resourceClaimTemplateName`"),
            _ => claim
                .fault("`resourceClaimName` and `resourceClaimTemplateName` do not go together"),
        }
    }
    names
}

/// The claims that a container uses: `validateResourceClaimNames`.
pub fn validate_names(known: &HashSet<&str>, claims: At<'_>) {
    // With a request it is a part of the claim, without one the whole.
    let (mut whole, mut parts) = (HashSet::new(), HashSet::new());
    let mut begun = HashSet::new();
    for claim in claims.items() {
        let (name, request) = (claim.field("name"), claim.field("request"));
        let (text, part) = (name.text_or_empty(), request.text_or_empty());
        let at = name.named(claim);
        if !at.required() {
            continue;
        }
        if whole.contains(text) || (part.is_empty() && begun.contains(text)) {
            at.fault(format!("{} is there twice", shown(text)));
        } else if !part.is_empty() {
            request.must_be::<DnsLabel>();
            if !parts.insert((text, part)) {
                at.fault(format!("{} of {} is there twice", shown(part), shown(text)));
            }
        }
        if part.is_empty() {
            whole.insert(text);
        } else {
            begun.insert(text);
        }
        if !known.contains(text) {
            at.fault_with(
                format!("the pod claims no {}", shown(text)),
                "add it to `resourceClaims` of the pod",
            );
        }
    }
}

//! What an API server rejects: the object must have its type, and its fields must
//! keep the server's rules. A file holds what belongs to one part of the API, and
//! the rule that its findings bear.

pub mod claim;
pub mod decoding;
pub mod formats;
pub mod metadata;
pub mod quantities;
pub mod selector;
pub mod versions;

use super::at::At;
use super::rule::Rule;
use super::scene::Scene;
use super::subject::Origin;

/// The rules of this family.
pub static RULES: &[&Rule] =
    &[&claim::RULE, &decoding::RULE, &metadata::RULE, &selector::RULE, &versions::RULE];

/// Validates one object as a server does. Whether it could be read as its type at
/// all.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) -> bool {
    let readable = match object.subject().origin {
        // What the profile gave has been read as its type.
        Origin::Profile { .. } => true,
        Origin::Manifest { .. } => decoding::decode(scene, object),
    };
    if readable {
        metadata::validate(scene, object.under(&metadata::RULE));
        by_kind(scene, object);
    }
    readable
}

/// What the kind of an object asks for.
fn by_kind<'a>(_: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    #[allow(clippy::match_single_binding)]
    match (subject.group(), subject.kind()) {
        _ => {}
    }
}

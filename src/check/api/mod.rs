//! What an API server rejects: the object must have its type, and its fields must
//! keep the server's rules. A file holds what belongs to one part of the API, and
//! the rule that its findings bear.

pub mod custom;
pub mod decoding;
pub mod formats;
pub mod metadata;

use crate::object::kinds;

use super::at::At;
use super::rule::Rule;
use super::scene::Scene;
use super::subject::Origin;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &custom::resource::RULE,
    &custom::cel_rules::RULE,
    &decoding::RULE,
    &metadata::RULE,
    &custom::unchecked::RULE,
];

/// Validates one object as a server does. Whether it could be read as its type at
/// all.
pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) -> bool {
    let readable = match object.subject().origin {
        // What the profile gave has been read as its type.
        Origin::Profile { .. } => true,
        Origin::Manifest { .. } => decoding::decode(scene, object),
    };
    if readable {
        metadata::validate(object.under(&metadata::RULE));
        by_kind(scene, object);
    }
    readable
}

/// What the kind of an object asks for.
fn by_kind<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    match (subject.group(), subject.kind()) {
        _ if !kinds::is_built_in(&subject.identity.api_version) => custom::validate(scene, object),
        _ => {}
    }
}

//! One object as rules see it: what it is called, what it holds, and where it was
//! written.

use crate::diagnostic::Diagnostic;
use crate::manifests::Manifest;
use crate::object::kinds::{group, is_cluster_wide};
use crate::object::value::Value;
use crate::object::{Identity, Object};
use crate::source::Place;
use crate::tree::Node;

/// An object that is checked.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub identity: &'a Identity,
    pub content: &'a Value,
    pub origin: Origin<'a>,
    group: &'a str,
    is_cluster_wide: bool,
}

/// Where an object comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// The profile asks for it there. Its content has been read as its type. Whether a user
    /// wrote it, or a part of it, as Kubernetes has it.
    Profile { place: Place, written: bool },
    /// A document of a file, which holds it so, and what is odd about its text.
    Manifest { node: &'a Node, document: usize, oddities: &'a [Diagnostic] },
}

impl<'a> Subject<'a> {
    pub fn of(object: &'a Object) -> Subject<'a> {
        let origin = Origin::Profile {
            place: object.patched.unwrap_or(object.place),
            written: object.written || object.patched.is_some(),
        };
        Subject::new(&object.identity, &object.content, origin)
    }

    pub fn of_manifest(manifest: &'a Manifest) -> Subject<'a> {
        let Manifest { node, document, oddities, .. } = manifest;
        let origin = Origin::Manifest { node, document: *document, oddities };
        Subject::new(&manifest.identity, &manifest.content, origin)
    }

    fn new(identity: &'a Identity, content: &'a Value, origin: Origin<'a>) -> Subject<'a> {
        let group = group(&identity.api_version);
        let is_cluster_wide = is_cluster_wide(group, &identity.kind);
        Subject { identity, content, origin, group, is_cluster_wide }
    }

    pub fn kind(&self) -> &'a str {
        &self.identity.kind
    }

    pub fn name(&self) -> &'a str {
        &self.identity.name
    }

    /// The API group; the first one has no name.
    pub fn group(&self) -> &'a str {
        self.group
    }

    /// Whether it is known to live in no namespace.
    pub fn is_cluster_wide(&self) -> bool {
        self.is_cluster_wide
    }

    /// Whether another object made it, as a Deployment makes ReplicaSets: an owner
    /// reference says so.
    pub fn is_made(&self) -> bool {
        self.controller().is_some()
    }

    /// The reference to the object that made it.
    pub fn controller(&self) -> Option<&'a Value> {
        let Value::List(owners) = self.content.get("metadata")?.get("ownerReferences")? else {
            return None;
        };
        owners.iter().find(|owner| owner.get("controller") == Some(&Value::Bool(true)))
    }

    /// Whether it was read from a cluster, which has filled in what nobody wrote.
    pub fn is_from_cluster(&self) -> bool {
        self.content.get("metadata").and_then(|metadata| metadata.get("uid")).is_some()
    }

    /// An annotation.
    pub fn annotation(&self, key: &str) -> Option<&'a str> {
        self.content.get("metadata")?.get("annotations")?.get(key)?.as_str()
    }

    /// A label.
    pub fn label(&self, key: &str) -> Option<&'a str> {
        self.content.get("metadata")?.get("labels")?.get(key)?.as_str()
    }

    /// Whether it is of a kind of a group, in whatever version.
    pub fn is(&self, group: &str, kind: &str) -> bool {
        self.kind() == kind && self.group() == group
    }
}

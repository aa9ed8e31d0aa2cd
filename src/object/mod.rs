//! One Kubernetes object: what it is called, what it contains, and where it
//! stands among the others.

pub mod complete;
pub mod from_value;
pub mod key_order;
pub mod kinds;
pub mod pod_standards;
pub mod strategic;
pub mod to_value;
pub mod types;
pub mod value;

use std::borrow::Cow;

use k8s_openapi::Metadata;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

use crate::source::Place;

use value::Value;

/// One object.
#[derive(Clone, Debug)]
pub struct Object {
    pub identity: Identity,
    pub content: Value,
    /// The line of the profile that asks for it.
    pub place: Place,
    /// The last patch that changed it.
    pub patched: Option<Place>,
    /// Whether a user wrote it as a manifest.
    pub written: bool,
    order: usize,
}

/// What tells one object from every other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    pub api_version: Cow<'static, str>,
    pub kind: Cow<'static, str>,
    pub namespace: Option<String>,
    pub name: String,
}

impl Object {
    /// An object of one of Kubernetes' own types.
    pub fn typed<T>(typed: &T, place: Place) -> Result<Object, to_value::Unwritable>
    where
        T: Serialize + Metadata<Ty = ObjectMeta>,
    {
        let metadata = typed.metadata();
        let identity = Identity {
            api_version: Cow::Borrowed(T::API_VERSION),
            kind: Cow::Borrowed(T::KIND),
            namespace: metadata.namespace.clone(),
            name: metadata.name.clone().unwrap_or_default(),
        };
        Ok(Object::new(identity, to_value::to_value(typed)?, place))
    }

    pub fn new(identity: Identity, content: Value, place: Place) -> Object {
        let order = kinds::order(&identity.api_version, &identity.kind);
        Object { identity, content, place, patched: None, written: false, order }
    }

    /// Objects sort into the order in which they can be applied, and by name
    /// within a kind.
    pub fn sort_key(&self) -> impl Ord + '_ {
        self.identity.sort_key(self.order)
    }

    /// Where objects of its kind stand.
    pub fn order(&self) -> usize {
        self.order
    }
}

impl Identity {
    /// The same for what only has the name of an object, and where its kind stands.
    pub fn sort_key(&self, order: usize) -> impl Ord + '_ {
        let Identity { api_version, kind, namespace, name } = self;
        (order, kind, namespace.as_deref(), name, api_version)
    }
}

impl std::fmt::Display for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind, self.name)
    }
}

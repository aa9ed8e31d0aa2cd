//! What expressions of admission may ask about: `createEnvForOpts`.

use crate::cel::types::Type;

/// The names that are given to an expression.
#[derive(Clone, Copy, Default)]
pub struct Environment<'s> {
    /// The policy is given parameters.
    pub has_params: bool,
    /// Whether somebody may do something can be asked.
    pub has_authorizer: bool,
    /// The expression says what is changed.
    pub patches: bool,
    /// What other expressions of the policy gave a name to; nothing where it has none.
    pub variables: Option<&'s [(&'s str, Type<'s>)]>,
}

impl<'s> Environment<'s> {
    pub fn names(self) -> Vec<(&'s str, Type<'s>)> {
        let mut names = vec![
            ("object", Type::Dynamic),
            ("oldObject", Type::Dynamic),
            ("request", Type::Record(REQUEST)),
            ("namespaceObject", Type::Record(NAMESPACE)),
        ];
        if self.has_params {
            names.push(("params", Type::Dynamic));
        }
        if self.has_authorizer {
            names.push(("authorizer", Type::Unknown));
        }
        if self.patches {
            names.push(("jsonpatch", Type::Unknown));
        }
        if let Some(variables) = self.variables {
            names.push(("variables", Type::Record(variables)));
        }
        names
    }
}

type Fields = &'static [(&'static str, Type<'static>)];

/// `BuildRequestType`.
const REQUEST: Fields = &[
    ("kind", Type::Record(KIND)),
    ("resource", Type::Record(RESOURCE)),
    ("subResource", Type::Text),
    ("requestKind", Type::Record(KIND)),
    ("requestResource", Type::Record(RESOURCE)),
    ("requestSubResource", Type::Text),
    ("name", Type::Text),
    ("namespace", Type::Text),
    ("operation", Type::Text),
    ("userInfo", Type::Record(USER)),
    ("dryRun", Type::Bool),
    ("options", Type::Dynamic),
];

const KIND: Fields = &[("group", Type::Text), ("version", Type::Text), ("kind", Type::Text)];

const RESOURCE: Fields =
    &[("group", Type::Text), ("version", Type::Text), ("resource", Type::Text)];

const USER: Fields =
    &[("username", Type::Text), ("uid", Type::Text), ("groups", Type::List), ("extra", Type::Map)];

/// `BuildNamespaceType`.
const NAMESPACE: Fields = &[
    ("metadata", Type::Record(METADATA)),
    ("spec", Type::Record(&[("finalizers", Type::List)])),
    ("status", Type::Record(&[("conditions", Type::List), ("phase", Type::Text)])),
];

const METADATA: Fields = &[
    ("name", Type::Text),
    ("generateName", Type::Text),
    ("namespace", Type::Text),
    ("labels", Type::Map),
    ("annotations", Type::Map),
    ("UID", Type::Text),
    ("creationTimestamp", Type::Unknown),
    ("deletionGracePeriodSeconds", Type::Int),
    ("deletionTimestamp", Type::Unknown),
    ("generation", Type::Int),
    ("resourceVersion", Type::Text),
    ("finalizers", Type::List),
];

//! The definitions of custom resources that a check is given. Each is read only where an
//! object asks for it.

use std::sync::{Arc, OnceLock};

use crate::diagnostic::Report;
use crate::manifests;
use crate::object::value::Value;
use crate::source::{SourceId, Sources};

use super::definition::Definition;

/// What defines kinds.
pub const KIND: &str = "CustomResourceDefinition";

/// All definitions that were given.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    list: Vec<Arc<Given>>,
}

#[derive(Debug)]
struct Given {
    group: String,
    kind: String,
    content: Value,
    /// What it says, once somebody asked.
    read: OnceLock<Option<Arc<Definition>>>,
}

impl Definitions {
    /// The definitions among objects.
    pub fn new(objects: Vec<Value>) -> Definitions {
        Definitions { list: objects.into_iter().filter_map(Given::new).map(Arc::new).collect() }
    }

    /// Adds what a source defines, whatever else is in it.
    pub fn read(&mut self, source: SourceId, sources: &Sources, report: &mut Report) {
        let read = manifests::read(source, sources, report);
        let more = Definitions::new(read.into_iter().map(|manifest| manifest.content).collect());
        self.list.extend(more.list);
    }

    /// The definition of a kind; of several the first.
    pub fn find(&self, group: &str, kind: &str) -> Option<Arc<Definition>> {
        let mut same = self.list.iter().filter(|given| given.group == group && given.kind == kind);
        same.find_map(|given| given.definition())
    }

    /// The kinds of a group that are defined.
    pub fn kinds_of(&self, group: &str) -> Vec<String> {
        let same = self.list.iter().filter(|given| given.group == group);
        let mut kinds: Vec<String> = same.map(|given| given.kind.clone()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

impl Given {
    fn new(content: Value) -> Option<Given> {
        let is_one = content.get("kind").and_then(Value::as_str) == Some(KIND);
        let (group, kind) = Definition::subject(&content).filter(|_| is_one)?;
        let (group, kind) = (group.to_owned(), kind.to_owned());
        Some(Given { group, kind, content, read: OnceLock::new() })
    }

    fn definition(&self) -> Option<Arc<Definition>> {
        let read = || Definition::read(&self.content, None).map(Arc::new);
        self.read.get_or_init(read).clone()
    }
}

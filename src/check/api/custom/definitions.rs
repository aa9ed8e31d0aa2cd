//! The definitions of custom resources that a check is given: files of
//! CustomResourceDefinitions. Each document is read only where an object asks for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::{Diagnostic, Report};
use crate::manifests;
use crate::object::value::Value;
use crate::source::{Place, SourceId, Sources};

use super::definition::Definition;

/// All definitions that were given.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    documents: Vec<Arc<Document>>,
}

/// A document that may hold definitions: one, or a List of them.
#[derive(Debug)]
struct Document {
    text: String,
    /// What it holds, once somebody asked.
    read: Mutex<Option<Arc<Contents>>>,
}

type Contents = HashMap<(String, String), Arc<Definition>>;

const KIND: &str = "CustomResourceDefinition";

impl Definitions {
    /// Adds what a source defines: YAML or JSON, several documents, Lists. Other objects
    /// in it are left alone. A source without any definition is reported.
    pub fn read(&mut self, source: SourceId, sources: &Sources, report: &mut Report) {
        let text = sources.get(source).map_or("", |source| &source.text);
        let before = self.documents.len();
        let documents = manifests::documents(text).into_iter().map(|document| document.text);
        let definitions = documents.filter(|text| text.contains(KIND));
        self.documents.extend(definitions.map(|text| Arc::new(Document::new(text))));
        if self.documents.len() == before {
            let message = format!("there is no {KIND} in it");
            report.add(Diagnostic::new(message).at(Place::start_of(source)));
        }
    }

    /// The definition of a kind; of several the first.
    pub fn find(&self, group: &str, kind: &str) -> Option<Arc<Definition>> {
        // Most documents need not be read to tell that they are not meant.
        let mentions = |document: &&Arc<Document>| {
            document.text.contains(group) && document.text.contains(kind)
        };
        let key = (group.to_owned(), kind.to_owned());
        let mut found = self.documents.iter().filter(mentions);
        found.find_map(|document| document.contents().get(&key).cloned())
    }

    /// The kinds of a group that are defined.
    pub fn kinds_of(&self, group: &str) -> Vec<String> {
        let mentions = |document: &&Arc<Document>| document.text.contains(group);
        let contents = self.documents.iter().filter(mentions).map(|document| document.contents());
        let kinds = contents.flat_map(|contents| {
            let own = contents.keys().filter(|(own, _)| own == group);
            own.map(|(_, kind)| kind.clone()).collect::<Vec<_>>()
        });
        let mut kinds: Vec<String> = kinds.collect();
        kinds.sort_unstable();
        kinds
    }
}

impl Document {
    fn new(text: &str) -> Document {
        Document { text: text.to_owned(), read: Mutex::default() }
    }

    fn contents(&self) -> Arc<Contents> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(read.get_or_insert_with(|| Arc::new(contents(&self.text))))
    }
}

/// The definitions of a text. What cannot be read is not there.
fn contents(text: &str) -> Contents {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add_file("definitions", text.to_owned());
    let manifests = manifests::read(source, &sources, &mut report);
    let definitions = manifests.iter().filter(|manifest| manifest.identity.kind == KIND);
    definitions.filter_map(|manifest| read(&manifest.content)).collect()
}

fn read(content: &Value) -> Option<((String, String), Arc<Definition>)> {
    let definition = Definition::read(content, None)?;
    let key = (definition.group.clone(), definition.kind.clone());
    Some((key, Arc::new(definition)))
}

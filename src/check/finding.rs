//! What a check has to say of one object: the one type between rules and output.

use crate::diagnostic::Diagnostic;
use crate::object::Identity;
use crate::object::from_value::Step;
use crate::object::value::Value;
use crate::source::Place;

use super::at::Fault;
use super::rule::{Rule, Severity};
use super::subject::{Origin, Subject};

/// One finding.
#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// The object; nothing for what concerns none, such as an unused waiver.
    pub object: Option<Identity>,
    /// `spec.template.spec.containers[0].image`; empty for the object as a whole.
    pub field: String,
    pub path: Vec<Step>,
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    pub place: Option<Place>,
    /// Which document of its source the object is, from 0.
    pub document: usize,
}

impl Finding {
    pub fn new(mut fault: Fault, severity: Severity, subject: &Subject<'_>) -> Finding {
        let (place, document) = match subject.origin {
            Origin::Profile { place, .. } => {
                name_items(&mut fault.path, subject.content);
                (place, 0)
            }
            Origin::Manifest { node, document, .. } => (node.place_of(&fault.path), document),
        };
        Finding {
            rule: fault.rule,
            severity,
            object: Some(subject.identity.clone()),
            field: fault.field,
            path: fault.path,
            message: fault.message,
            help: fault.help,
            place: Some(place),
            document,
        }
    }
}

impl Finding {
    /// What is odd about the text of a manifest, though it can be read.
    pub fn of_text(
        rule: &'static Rule,
        severity: Severity,
        odd: &Diagnostic,
        document: usize,
        subject: &Subject<'_>,
    ) -> Finding {
        Finding {
            rule,
            severity,
            object: Some(subject.identity.clone()),
            field: String::new(),
            path: Vec::new(),
            message: odd.message.clone(),
            help: odd.help.clone(),
            place: odd.place,
            document,
        }
    }
}

/// Adds the names of the items that a path leads through: a profile keys them by these.
fn name_items(path: &mut Vec<Step>, content: &Value) {
    let mut value = Some(content);
    let mut named = Vec::with_capacity(path.len());
    for step in path.drain(..) {
        let below = value.and_then(|value| value.at(std::slice::from_ref(&step)));
        let name = below.filter(|_| matches!(step, Step::Index(_))).and_then(|item| {
            let name = item.get("name").or_else(|| item.get("mountPath"))?;
            Some(Step::Key(name.as_str()?.to_owned()))
        });
        named.push(step);
        named.extend(name);
        value = below;
    }
    *path = named;
}

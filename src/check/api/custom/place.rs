//! Where in an object one stands, while it is walked together with its schema.

use crate::object::from_value::Step;

/// A place, and the way back to the object.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    before: Option<&'p Place<'p>>,
    step: Last<'p>,
}

#[derive(Clone, Copy)]
enum Last<'p> {
    Object,
    Field(&'p str),
    /// A key that the user chose.
    Key(&'p str),
    Index(usize),
}

/// How keys that users chose are written. A server does it otherwise in different
/// stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// `labels.app`.
    Dotted,
    /// `labels[app]`.
    Bracketed,
}

impl<'p> Place<'p> {
    pub const OBJECT: Place<'static> = Place { before: None, step: Last::Object };

    pub fn field(&'p self, name: &'p str) -> Place<'p> {
        Place { before: Some(self), step: Last::Field(name) }
    }

    pub fn key(&'p self, name: &'p str) -> Place<'p> {
        Place { before: Some(self), step: Last::Key(name) }
    }

    pub fn index(&'p self, index: usize) -> Place<'p> {
        Place { before: Some(self), step: Last::Index(index) }
    }

    fn steps(&self) -> Vec<Last<'p>> {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(Place { before, step }) = place {
            steps.push(*step);
            place = *before;
        }
        steps.reverse();
        steps
    }

    pub fn path(&self) -> Vec<Step> {
        let step = |step: Last<'_>| match step {
            Last::Object => None,
            Last::Field(name) | Last::Key(name) => Some(Step::Key(name.to_owned())),
            Last::Index(index) => Some(Step::Index(index)),
        };
        self.steps().into_iter().filter_map(step).collect()
    }

    /// `spec.rules[0].name`.
    pub fn text(&self, keys: Keys) -> String {
        let mut text = String::new();
        for step in self.steps() {
            match step {
                Last::Object => {}
                Last::Index(index) => text.push_str(&format!("[{index}]")),
                Last::Key(name) if keys == Keys::Bracketed => text.push_str(&format!("[{name}]")),
                Last::Field(name) | Last::Key(name) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(name);
                }
            }
        }
        text
    }
}

//! What a pattern consists of.

use super::class::Ranges;

/// A part of a pattern.
#[derive(Clone, Debug)]
pub enum Part {
    /// One character of a set.
    One(Ranges),
    /// A place between characters.
    At(Place),
    /// One after the other; none is the empty text.
    All(Vec<Part>),
    /// Any, the first one preferred.
    Any(Vec<Part>),
    Repeat(Box<Repeat>),
}

#[derive(Clone, Debug)]
pub struct Repeat {
    pub part: Part,
    pub least: u32,
    /// Nothing: without end.
    pub most: Option<u32>,
    /// Whether as many as possible are preferred.
    pub greedy: bool,
}

/// A place between characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}

impl Part {
    pub fn empty() -> Part {
        Part::All(Vec::new())
    }
}

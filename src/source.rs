//! The texts that a project was read from, and places in them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::redact::Documents;

/// Which text a place lies in. A later layer has a larger id, so that of two
/// places the one that was written last can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u16);

impl SourceId {
    /// `k8sgen.yaml`.
    pub const SYSTEM: SourceId = SourceId(0);
    /// How many overlays may lie on each other.
    pub const MOST_OVERLAYS: u16 = 64;

    /// An overlay, by how many others stand between it and the environment:
    /// 0 is the environment's own.
    pub fn overlay(below: u16) -> SourceId {
        SourceId(1 + Self::MOST_OVERLAYS - below.min(Self::MOST_OVERLAYS))
    }

    /// What the command line says, by its position there.
    pub fn argument(position: usize) -> SourceId {
        SourceId(u16::try_from(position).unwrap_or(u16::MAX).saturating_add(100))
    }
}

/// The ids of files say where they stand in the list.
const FIRST_FILE: u16 = 10_000;

/// A stretch of one line in one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub source: SourceId,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// In characters; 0 is a point.
    pub length: u16,
}

/// One text: a file, or what stood behind `--set` or `--image`.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// As a message shows it: relative to the working directory where it can be.
    pub label: String,
    pub text: String,
    /// Where its lines start, once somebody asked.
    starts: OnceLock<Vec<usize>>,
    /// Its documents, once a line of it was shown.
    documents: OnceLock<Documents>,
}

/// All texts of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    list: Vec<(SourceId, Source)>,
}

impl Sources {
    pub fn add(&mut self, id: SourceId, label: impl Into<String>, text: String) {
        self.list.push((id, Source { label: label.into(), text, ..Source::default() }));
    }

    /// Adds a text that is no layer: a template, which comes after all layers.
    pub fn add_file(&mut self, label: impl Into<String>, text: String) -> SourceId {
        let id =
            SourceId(u16::try_from(self.list.len()).unwrap_or(u16::MAX).saturating_add(FIRST_FILE));
        self.add(id, label, text);
        id
    }

    pub fn find_label(&self, label: &str) -> Option<SourceId> {
        self.list.iter().find(|(_, source)| source.label == label).map(|(id, _)| *id)
    }

    pub fn get(&self, id: SourceId) -> Option<&Source> {
        let of_file = || self.list.get(usize::from(id.0.checked_sub(FIRST_FILE)?));
        let found = of_file().filter(|(known, _)| *known == id);
        let found = found.or_else(|| self.list.iter().find(|(known, _)| *known == id));
        found.map(|(_, source)| source)
    }

    /// Whether there is room for one more file.
    pub fn has_room(&self) -> bool {
        self.list.len() < usize::from(u16::MAX - FIRST_FILE)
    }

    /// `overlays/prod.yaml:9:5`.
    pub fn locate(&self, place: Place) -> String {
        let label = self.get(place.source).map_or("?", |source| &source.label);
        format!("{label}:{}:{}", place.line, place.column)
    }
}

impl Source {
    /// Where a line (from 1) starts, in bytes.
    pub fn start_of_line(&self, line: u32) -> Option<usize> {
        let starts = self.starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            [0].into_iter().chain(breaks.map(|(at, _)| at + 1)).collect()
        });
        starts.get(usize::try_from(line).ok()?.checked_sub(1)?).copied()
    }

    /// What decides which of its lines may be shown.
    pub fn documents(&self) -> &Documents {
        self.documents.get_or_init(|| Documents::new(&self.text))
    }

    /// The text of a line, without its line break.
    pub fn line(&self, line: u32) -> &str {
        let index = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        self.text.lines().nth(index).unwrap_or("")
    }
}

impl Place {
    /// The first character of a text.
    pub fn start_of(source: SourceId) -> Place {
        Place { source, line: 1, column: 1, length: 0 }
    }
}

/// A path as messages show it: relative to the working directory where it lies
/// below it, with forward slashes everywhere.
pub fn display_path(path: &Path) -> String {
    let shown = std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(PathBuf::from))
        .unwrap_or_else(|| path.to_path_buf());
    let text = shown.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

//! All that happens between texts and bytes, without a file.

use k8sgen::build::{self, context::Context};
use k8sgen::diagnostic::{self, Report};
use k8sgen::emit::{self, Format};
use k8sgen::profile::decode::Decode;
use k8sgen::profile::files::Contents;
use k8sgen::profile::index::Index;
use k8sgen::profile::system::System;
use k8sgen::source::{SourceId, Sources};
use k8sgen::tree::{Node, merge, read::read, read::read_text};

/// Lays the texts on each other, the lowest first, and builds what they say.
/// Returns the output where there is one.
pub fn build(texts: &[&str]) -> Option<Vec<u8>> {
    let mut sources = Sources::default();
    let mut report = Report::default();
    let mut layers: Vec<Node> = Vec::new();
    for (position, text) in texts.iter().enumerate() {
        let id = match position {
            0 => SourceId::SYSTEM,
            _ => SourceId::overlay(SourceId::MOST_OVERLAYS - position as u16),
        };
        sources.add(id, format!("layer-{position}.yaml"), (*text).to_owned());
        layers.extend(read(id, &sources, &mut report).filter(|node| node.as_map().is_some()));
    }
    let output = merged(layers, &mut report);
    assert!(output.is_some() || !report.is_empty(), "no output, and nothing says why");
    show(report, &sources);
    output
}

fn merged(layers: Vec<Node>, report: &mut Report) -> Option<Vec<u8>> {
    let mut layers = layers.into_iter();
    let Some(mut merged) = layers.next() else {
        report.add(diagnostic::Diagnostic::new("no layer is a map"));
        return None;
    };
    merge::settle(&mut merged, report);
    for layer in layers {
        merge::merge(&mut merged, layer, report);
    }
    let system = System::decode(&merged, report)?;
    let index = Index::new(&system, report);
    let mut context = Context::new(&index, Contents::default(), "fuzz", report);
    let objects = build::build(&mut context, 1, report);
    if !report.is_empty() {
        return None;
    }
    let bytes = emit::objects(&objects, Format::Yaml, 1).concat();
    readable(&bytes);
    Some(bytes)
}

/// What is written can be read, document by document.
fn readable(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).expect("the emitter writes UTF-8");
    for document in text.split("\n---\n") {
        let mut report = Report::default();
        let node = read_text(document, SourceId::SYSTEM, &Sources::default(), &mut report);
        assert!(node.is_some(), "{document}\n{:?}", report.into_sorted());
    }
}

/// Errors are there to be printed.
pub fn show(report: Report, sources: &Sources) {
    diagnostic::render(&report.into_sorted(), sources, false);
}

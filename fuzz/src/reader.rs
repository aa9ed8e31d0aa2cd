//! Any text as a layer: it is read, or there is an error that can be shown.

use k8sgen::diagnostic::{self, Report};
use k8sgen::source::{SourceId, Sources};
use k8sgen::tree::block;
use k8sgen::tree::read::{read, read_text, read_whole};

use crate::pipeline::show;

pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let mut sources = Sources::default();
    agree(&text, &sources);
    sources.add(SourceId::SYSTEM, "k8sgen.yaml", text);
    let mut report = Report::default();
    let node = read(SourceId::SYSTEM, &sources, &mut report);
    assert!(node.is_some() || !report.is_empty(), "nothing was read, and nothing says why");
    show(report, &sources);

    // What was read says the same when it is written and read again.
    let Some(node) = node else { return };
    let value = node.to_value();
    let mut written = Vec::new();
    k8sgen::emit::yaml::write_document(&value, &mut written);
    let written = String::from_utf8(written).expect("the emitter writes UTF-8");
    let mut report = Report::default();
    let again = read_text(&written, SourceId::SYSTEM, &Sources::default(), &mut report);
    let faults = diagnostic::render(&report.into_sorted(), &sources, false);
    let again = again.unwrap_or_else(|| panic!("{written}\n{faults}"));
    assert!(same(&again.to_value(), &value), "{written}");
}

/// What is read as plain YAML, the whole grammar reads equally, places and all.
fn agree(text: &str, sources: &Sources) {
    let Some(plain) = block::read(text, SourceId::SYSTEM) else { return };
    let mut report = Report::default();
    let whole = read_whole(text, SourceId::SYSTEM, sources, &mut report);
    assert!(report.is_empty(), "the whole grammar finds a fault");
    assert_eq!(format!("{:#?}", Some(plain)), format!("{whole:#?}"));
}

/// Numbers that are none are equal here.
fn same(a: &k8sgen::object::value::Value, b: &k8sgen::object::value::Value) -> bool {
    format!("{a:?}") == format!("{b:?}")
}

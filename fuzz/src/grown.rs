//! Profiles that grow from the shape of a profile, so that most of them are
//! read to their end. The bytes only choose.

use k8sgen::emit::yaml::write_document;
use k8sgen::profile::decode::Decode;
use k8sgen::profile::system::System;

use crate::growth::Growth;
use crate::pipeline;

pub fn run(data: &[u8]) {
    let mut growth = Growth::new(data);
    let layers = 1 + growth.choose(3);
    let texts: Vec<String> = (0..layers)
        .map(|_| {
            let mut text = Vec::new();
            write_document(&growth.grow(System::shape()), &mut text);
            String::from_utf8(text).expect("the emitter writes UTF-8")
        })
        .collect();
    // For a person who looks at a finding.
    if std::env::var_os("SHOW").is_some() {
        eprintln!("{}", texts.join("%%\n"));
    }
    pipeline::build(&texts.iter().map(String::as_str).collect::<Vec<_>>());
}

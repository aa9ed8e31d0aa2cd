//! Rendering in this process, without starting the program.

use k8sgen::diagnostic::{Report, render};
use k8sgen::emit::{self, Format};
use k8sgen::profile::layers::Overrides;
use k8sgen::profile::project::Project;
use k8sgen::source::Sources;
use k8sgen::{Rendered, Request};

use proptest::prelude::ProptestConfig;

use crate::support::{Scratch, VARIABLE};

/// What `k8sgen render --env dev` would print: the output, or the errors.
pub fn rendered(project: &Scratch) -> Result<String, String> {
    rendered_with(project, 1, Format::Yaml)
}

pub fn rendered_with(project: &Scratch, threads: usize, format: Format) -> Result<String, String> {
    let rendered = render_with(project, threads)?;
    Ok(String::from_utf8(emit::objects(&rendered.objects, format, threads).concat()).unwrap())
}

/// The objects themselves, where there is no error.
pub fn objects(project: &Scratch) -> Option<Rendered> {
    render_with(project, 1).ok()
}

fn render_with(project: &Scratch, threads: usize) -> Result<Rendered, String> {
    let found = Project::find(Some(project.path())).map_err(|error| error.to_string())?;
    let request = Request {
        environment: "dev".to_owned(),
        overrides: Overrides::default(),
        variables: |name| (name == VARIABLE.0).then(|| VARIABLE.1.into()),
        kept: false,
        threads,
        last: false,
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    k8sgen::render(&found, &request, &mut sources, &mut report)
        .ok_or_else(|| render(&report.into_sorted(), &sources, false))
}

/// `PROPTEST_CASES`, or what is quick enough for every `cargo test`. What fails
/// is printed as a whole profile, so nothing is kept in files.
pub fn config(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.and_then(|cases| cases.parse().ok()).unwrap_or(usual);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

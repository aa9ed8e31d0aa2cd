//! k8sgen: typed Kubernetes manifests for every environment.
//!
//! Data runs one way: files become layers, layers a typed profile, the profile
//! objects, and objects bytes.

pub mod build;
pub mod cel;
pub mod check;
pub mod cli;
pub mod crd;
pub mod diagnostic;
mod digest;
pub mod disk;
pub mod emit;
pub mod findings;
pub mod huge_pages;
pub mod kustomize;
pub mod manifests;
pub mod object;
pub mod profile;
pub mod re2;
mod redact;
pub mod scalar;
mod shares;
pub mod source;
pub mod template;
pub mod tree;

use std::mem;
use std::sync::Arc;

use build::context::Context;
use check::Checked;
use check::finding::Finding;
use check::settings::Settings;
use check::subject::Subject;
use diagnostic::Report;
use object::Object;
use profile::cause::Causes;
use profile::decode::Decode;
use profile::index::Index;
use profile::layers::{self, Overrides};
use profile::made_secrets;
use profile::project::Project;
use profile::secret_values::Variables;
use profile::system::System;
use source::{SourceId, Sources};
use tree::Node;

/// What is wanted of a project.
#[derive(Clone, Debug)]
pub struct Request {
    pub environment: String,
    pub overrides: Overrides,
    /// The environment variables that Secrets may name: those of the process, or
    /// a test's own.
    pub variables: Variables,
    /// Whether what is made is kept where others read it: no Secret may then have
    /// values that are read only now.
    pub kept: bool,
    /// How many threads may build; the result is the same for any number.
    pub threads: usize,
    /// Whether the process ends with this. What the objects are made from is
    /// then not given back: the system takes all memory at once where we would
    /// walk through millions of small pieces.
    pub last: bool,
}

/// One environment: its objects in the order in which they can be applied, and how
/// they are to be checked.
pub struct Rendered {
    pub objects: Vec<Object>,
    pub settings: Settings,
    profile: Arc<Node>,
}

/// The objects of one environment. Where anything is wrong the report says all of it,
/// and there are none.
pub fn render(
    project: &Project,
    request: &Request,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<Rendered> {
    diagnostic::begin();
    let layers = layers::load(project, &request.environment, &request.overrides, sources, report)?;
    let profile = Arc::new(layers.merge(report));
    report.set_threads(request.threads);
    let mut system = System::decode(&profile, report)?;
    made_secrets::add(&mut system, report);
    let index = Index::new(&system, report);
    let settings = Settings::of_profile(&system, index.namespace, report);
    let files = profile::files::read(project, &index, &profile, request, sources, report);
    let mut context = Context::new(&index, files, &request.environment, report);
    let objects = build::build(&mut context, request.threads, report);
    if request.last {
        mem::forget(context);
        mem::forget(index);
        mem::forget(system);
    }
    report.is_empty().then_some(Rendered { objects, settings, profile })
}

impl Rendered {
    /// What is wrong with the objects, at the lines of the profile that cause it.
    pub fn check(&self, threads: usize) -> Checked {
        let subjects: Vec<Subject<'_>> = self.objects.iter().map(Subject::of).collect();
        let mut checked = check::check(&subjects, &self.settings, threads);
        // What stands in the overlay of the environment itself is for no other one.
        let is_own = |finding: &mut Finding| {
            finding.place.is_some_and(|place| place.source >= SourceId::overlay(0))
        };
        checked.findings.extend(checked.idle.extract_if(.., is_own));
        if !checked.findings.is_empty() {
            let causes = Causes::new(&self.profile);
            for finding in checked.findings.iter_mut().filter(|finding| finding.object.is_some()) {
                finding.place = finding.place.map(|item| causes.find(item, &finding.path));
            }
        }
        checked
    }
}

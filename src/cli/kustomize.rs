//! `k8sgen kustomize`: a base and an overlay for each environment.

use std::num::NonZero;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;

use crate::Request;
use crate::diagnostic::{Report, choices};
use crate::kustomize::{self, Environment};
use crate::profile::layers;
use crate::profile::project::Project;
use crate::profile::secret_values::of_process;
use crate::source::Sources;

use super::checking;
use super::writing::Writing;
use super::{Failure, Profile, threads};

/// Writes a Kustomize tree: what environments share, and what each of them has
/// otherwise
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen kustomize -o deploy
  k8sgen kustomize -o deploy --check
  k8sgen kustomize -o deploy --env staging --env prod --image web=:v1.2.3
  kubectl apply -k deploy/overlays/prod")]
pub struct Kustomize {
    /// The directory of the tree; made where there is none
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,

    /// An environment of the tree; may be given several times. All of them without it
    #[arg(long, short, value_name = "ENV", value_delimiter = ',')]
    env: Vec<String>,

    /// The environment that the base is like, so that a change of another one stays in
    /// its overlay; without it the base has what most environments share
    #[arg(long, value_name = "ENV")]
    base: Option<String>,

    #[command(flatten)]
    profile: Profile,

    #[command(flatten)]
    writing: Writing,

    /// Writes Secrets of a development tier whose values are read only now, from
    /// variables and files
    #[arg(long)]
    plaintext_secrets: bool,

    /// How many threads build; the output is the same for any number
    #[arg(long, value_name = "N", hide_short_help = true, value_parser = super::some_threads)]
    threads: Option<NonZero<usize>>,
}

impl Kustomize {
    pub fn run(self) -> Result<(), Failure> {
        let project = self.profile.project()?;
        let names = self.names(&project)?;
        let environments = self.rendered(&project, names)?;
        let files = kustomize::tree(&environments, self.base.as_deref())?;
        project.refuse_as_output(&self.output)?;
        let written = self.writing.write("kustomize", &self.output, &files);
        // The process ends here; see `Request::last`.
        std::mem::forget((environments, files));
        written
    }

    /// The environments of the tree, by name: it does not depend on the order in
    /// which they are given.
    fn names(&self, project: &Project) -> Result<Vec<String>, Failure> {
        let mut names = self.env.clone();
        if names.is_empty() {
            let mut report = Report::default();
            project.odd_overlays().into_iter().for_each(|odd| report.add(odd));
            if !report.is_empty() {
                return Err(Failure::Input(vec![(Sources::default(), report)]));
            }
            names = layers::environments(project);
        }
        if names.is_empty() {
            let none = "there is no environment yet: one is a file `overlays/NAME.yaml`";
            return Err(anyhow!(none).into());
        }
        names.sort();
        names.dedup();
        if let Some(base) = self.base.as_ref().filter(|base| !names.contains(base)) {
            let known = choices(names.iter().map(String::as_str));
            let none = anyhow!("`--base {base}` is none of the tree's environments: {known}");
            return Err(none.into());
        }
        Ok(names)
    }

    /// All environments, or all that is wrong in any of them.
    fn rendered(&self, project: &Project, names: Vec<String>) -> Result<Vec<Environment>, Failure> {
        let mut environments: Vec<Environment> = Vec::new();
        let mut faults: Vec<(Sources, Report)> = Vec::new();
        let mut found = Vec::new();
        for name in names {
            let (mut sources, mut report) = (Sources::default(), Report::default());
            let request = Request {
                environment: name.clone(),
                overrides: self.profile.overrides(),
                variables: of_process,
                kept: !self.plaintext_secrets,
                threads: threads(self.threads),
                last: true,
            };
            let rendered = crate::render(project, &request, &mut sources, &mut report);
            let Some(mut rendered) = rendered else {
                faults.push((sources, report));
                continue;
            };
            let stop = checking::stops(&name, &mut rendered, &sources, request.threads);
            let environment = Environment { name, objects: rendered.objects };
            kustomize::check(&environment, &mut report);
            if !report.is_empty() {
                faults.push((sources, report));
            } else if let Some(run) = stop {
                found.push(run);
            } else {
                environments.push(environment);
            }
        }
        match (faults.is_empty(), found.is_empty()) {
            (true, true) => Ok(environments),
            (true, false) => Err(Failure::Findings(found)),
            (false, _) => Err(Failure::Input(faults)),
        }
    }
}

//! `k8sgen kustomize`: a base and an overlay for each environment.

use std::num::NonZero;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args;

use crate::Request;
use crate::diagnostic::Report;
use crate::kustomize::{self, Environment};
use crate::profile::layers;
use crate::profile::secret_values::of_process;
use crate::source::Sources;

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
    #[arg(long, short, value_name = "ENV")]
    env: Vec<String>,

    #[command(flatten)]
    profile: Profile,

    #[command(flatten)]
    writing: Writing,

    /// How many threads build; the output is the same for any number
    #[arg(long, value_name = "N", hide_short_help = true)]
    threads: Option<NonZero<usize>>,
}

impl Kustomize {
    pub fn run(self) -> Result<(), Failure> {
        let project = self.profile.project()?;
        let mut names = match self.env.is_empty() {
            true => layers::environments(&project),
            false => self.env.clone(),
        };
        if names.is_empty() {
            return Err(
                anyhow!("there is no environment yet: one is a file `overlays/NAME.yaml`").into()
            );
        }
        // A tree does not depend on the order in which they were named.
        names.sort();
        names.dedup();
        let mut environments: Vec<Environment> = Vec::new();
        let mut faults: Vec<(Sources, Report)> = Vec::new();
        for name in names {
            let (mut sources, mut report) = (Sources::default(), Report::default());
            let request = Request {
                environment: name.clone(),
                overrides: self.profile.overrides(),
                variables: of_process,
                threads: threads(self.threads),
                last: true,
            };
            let objects = crate::objects(&project, &request, &mut sources, &mut report);
            let environment = Environment { name, objects: objects.unwrap_or_default() };
            if report.is_empty() {
                kustomize::check(&environment, &mut report);
            }
            match report.is_empty() {
                true => environments.push(environment),
                false => faults.push((sources, report)),
            }
        }
        if !faults.is_empty() {
            return Err(Failure::Input(faults));
        }
        let files = kustomize::tree(&environments)?;
        project.refuse_as_output(&self.output)?;
        let written = self.writing.write(&self.output, &files);
        // The process ends here; see `Request::last`.
        std::mem::forget((environments, files));
        written
    }
}

//! `k8sgen check`: what is wrong with the objects of environments or of files.

use std::num::NonZero;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::{Args, ValueEnum};

use crate::Request;
use crate::check;
use crate::check::api::custom::definitions::Definitions;
use crate::check::rule::Severity;
use crate::check::settings::{Elsewhere, Settings};
use crate::check::subject::Subject;
use crate::diagnostic::Report;
use crate::findings::{self, Checkable, Format, Run};
use crate::manifests;
use crate::profile::checks::ObjectPattern;
use crate::profile::layers;
use crate::profile::secret_values::of_process;
use crate::profile::system::Tier;
use crate::scalar::{KubernetesVersion, Scalar};
use crate::source::Sources;

use super::checking;
use super::rules;
use super::{Failure, Profile, colour_on, print, threads};

/// Says what is wrong: what a server would refuse, what leads nowhere, what hurts later
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen check
  k8sgen check --env prod
  k8sgen check --env prod --format sarif > k8sgen.sarif
  helm template shop ./chart | k8sgen check -f -
  kubectl get all -o yaml | k8sgen check -f - --only api,refs
  k8sgen check -f deploy/ --crds crds/ --elsewhere Secret/cloud-keys
  k8sgen check --explain policy/latest-tag

Exit status: 0 where there is no error, 1 where there is one, 2 where something cannot be read")]
pub struct Check {
    /// An environment; may be given several times. All of them without it
    #[arg(long, short, value_name = "ENV", value_delimiter = ',')]
    env: Vec<String>,

    /// Manifests instead of the project: a file, a directory, or `-` for standard input
    #[arg(long = "file", short = 'f', value_name = "FILE|DIR|-", conflicts_with_all = ["env", "project", "set", "image"])]
    files: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = Written::Text)]
    format: Written,

    /// Looks only for these: families (`api`, `refs`, `policy`) and rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,

    /// Does not look for these: families and rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    skip: Vec<String>,

    /// Says only what is as severe at least
    #[arg(long, value_enum, default_value_t = Least::Warning)]
    severity: Least,

    /// Definitions of custom resources: a file or a directory
    #[arg(long, value_name = "FILE|DIR")]
    crds: Vec<PathBuf>,

    /// For `--file`: objects that live elsewhere; a name may have a `*`
    #[arg(long, value_name = "KIND/NAME", value_delimiter = ',', requires = "files", value_parser = scalar::<ObjectPattern>)]
    elsewhere: Vec<ObjectPattern>,

    /// For `--file`: the files are all there is, so whatever is missing is an error
    #[arg(long, requires = "files")]
    complete: bool,

    /// For `--file`: how much is at stake
    #[arg(long, value_enum, default_value_t = Stake::Staging, requires = "files")]
    tier: Stake,

    /// For `--file`: the version of the cluster
    #[arg(long, value_name = "VERSION", default_value_t = KubernetesVersion::NEWEST_KNOWN, value_parser = scalar::<KubernetesVersion>, requires = "files")]
    kubernetes: KubernetesVersion,

    /// For `--file`: the namespace of objects that name none
    #[arg(long, short, value_name = "NAME", default_value = "default", requires = "files")]
    namespace: String,

    /// Tells about a rule, with a bad and a good example; about all of a family, or `all`
    #[arg(long, value_name = "RULE", exclusive = true)]
    explain: Option<String>,

    /// Lists all rules, with how much they count in each tier
    #[arg(long, exclusive = true)]
    list: bool,

    #[command(flatten)]
    profile: Profile,

    /// How many threads look; the findings are the same for any number
    #[arg(long, value_name = "N", hide_short_help = true)]
    threads: Option<NonZero<usize>>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Written {
    /// For people
    Text,
    /// An array of findings
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit XML, for test reports
    Junit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stake {
    Development,
    Staging,
    Production,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Least {
    /// Everything
    Warning,
    /// Errors alone
    Error,
}

impl Least {
    fn severity(self) -> Severity {
        match self {
            Least::Warning => Severity::Warning,
            Least::Error => Severity::Error,
        }
    }
}

impl Check {
    pub fn run(self) -> Result<(), Failure> {
        if self.list {
            return print(rules::list().as_bytes());
        }
        if let Some(name) = &self.explain {
            return print(rules::explain(name)?.as_bytes());
        }
        for name in self.only.iter().chain(&self.skip) {
            rules::known(name)?;
        }
        let mut faults = Vec::new();
        let definitions = self.definitions(&mut faults)?;
        let mut runs = match self.files.is_empty() {
            true => self.environments(&definitions, &mut faults)?,
            false => self.manifests(definitions, &mut faults)?,
        };
        let least = self.severity.severity();
        runs.iter_mut().for_each(|run| run.keep_from(least));
        let format = match self.format {
            Written::Text => Format::Text { colour: colour_on(&std::io::stdout()) },
            Written::Json => Format::Json,
            Written::Sarif => Format::Sarif,
            Written::Github => Format::Github,
            Written::Junit => Format::Junit,
        };
        // Where something cannot be read, what is found in the rest is still worth saying.
        let is_text = matches!(format, Format::Text { .. });
        if faults.is_empty() || !is_text || runs.iter().any(|run| !run.objects.is_empty()) {
            print(findings::write(&runs, format).as_bytes())?;
        }
        if !faults.is_empty() {
            return Err(Failure::Input(faults));
        }
        let errors: usize = runs.iter().map(|run| run.checked.count(Severity::Error)).sum();
        // The process ends here; see `Request::last`.
        std::mem::forget(runs);
        if errors > 0 { Err(Failure::Differences) } else { Ok(()) }
    }

    /// The definitions of custom resources that were given.
    fn definitions(&self, faults: &mut Vec<(Sources, Report)>) -> Result<Definitions, Failure> {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let mut definitions = Definitions::default();
        let given = manifests::add_all(&self.crds, &mut sources)?;
        let files = given.len();
        for source in given {
            definitions.read(source, &sources, &mut report);
        }
        // A directory may hold other things beside them.
        if files > 0 && report.len() == files {
            faults.push((sources, report));
        }
        Ok(definitions)
    }

    /// Checks environments of the project.
    fn environments(
        &self,
        definitions: &Definitions,
        faults: &mut Vec<(Sources, Report)>,
    ) -> Result<Vec<Run>, Failure> {
        let project = self.profile.project()?;
        let mut names = self.env.clone();
        if names.is_empty() {
            names = layers::environments(&project);
        }
        if names.is_empty() {
            return Err(
                anyhow!("there is no environment yet: one is a file `overlays/NAME.yaml`").into()
            );
        }
        let mut runs = Vec::new();
        for name in names {
            let (mut sources, mut report) = (Sources::default(), Report::default());
            let request = Request {
                environment: name.clone(),
                overrides: self.profile.overrides(),
                variables: of_process,
                kept: false,
                threads: threads(self.threads),
                last: true,
            };
            let rendered = crate::render(&project, &request, &mut sources, &mut report);
            let Some(mut rendered) = rendered else {
                faults.push((sources, report));
                continue;
            };
            rendered.settings.definitions = definitions.clone();
            rendered.settings.only.clone_from(&self.only);
            rendered.settings.skip.clone_from(&self.skip);
            rendered.settings.least = self.severity.severity();
            let checked = rendered.check(request.threads);
            runs.push(checking::run(&name, &rendered, sources, checked));
            std::mem::forget(rendered);
        }
        Ok(runs)
    }

    /// Checks manifests, all files together.
    fn manifests(
        &self,
        definitions: Definitions,
        faults: &mut Vec<(Sources, Report)>,
    ) -> Result<Vec<Run>, Failure> {
        let settings = Settings { definitions, ..self.settings() };
        let (mut sources, mut report) = (Sources::default(), Report::default());
        report.set_threads(threads(self.threads));
        let read = manifests::read_all(&self.files, &mut sources, &mut report)?;
        if read.is_empty() && report.is_empty() {
            return Err(anyhow!("there is no manifest in what was given").into());
        }
        let subjects: Vec<Subject<'_>> = read.iter().map(Subject::of_manifest).collect();
        let checked = check::check(&subjects, &settings, report.threads());
        let objects = read
            .iter()
            .map(|manifest| Checkable {
                identity: manifest.identity.clone(),
                source: manifest.source,
            })
            .collect();
        // The process ends soon; see `Request::last`.
        std::mem::forget(read);
        let run = Run { environment: None, sources, objects, checked };
        if report.is_empty() {
            return Ok(vec![run]);
        }
        // Both the report and the findings quote the sources.
        faults.push((run.sources.clone(), report));
        Ok(vec![run])
    }

    fn settings(&self) -> Settings {
        Settings {
            tier: match self.tier {
                Stake::Development => Tier::Development,
                Stake::Staging => Tier::Staging,
                Stake::Production => Tier::Production,
            },
            kubernetes: self.kubernetes,
            namespace: self.namespace.clone(),
            complete: self.complete,
            all_there_is: self.complete,
            elsewhere: Elsewhere(self.elsewhere.clone()),
            only: self.only.clone(),
            skip: self.skip.clone(),
            least: self.severity.severity(),
            ..Settings::default()
        }
    }
}

/// A scalar of the profile on the command line.
fn scalar<T: Scalar>(text: &str) -> Result<T, String> {
    T::parse(text)
}

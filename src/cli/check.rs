//! `k8sgen check`: what is wrong with the objects of environments or of files.

use std::num::NonZero;
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};

use crate::Request;
use crate::check;
use crate::check::api::custom::definitions::Definitions;
use crate::check::rule::Severity;
use crate::check::settings::{Elsewhere, Settings};
use crate::check::subject::Subject;
use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::findings::{self, Checkable, Format, Run, input};
use crate::manifests;
use crate::object::kinds;
use crate::profile::checks::ObjectPattern;
use crate::profile::layers;
use crate::profile::secret_values::of_process;
use crate::profile::system::Tier;
use crate::scalar::{DnsLabel, KubernetesVersion, Scalar};
use crate::source::Sources;

use super::rules;
use super::{Failure, Profile, colour_on, print, threads};
use super::{checking, definitions};

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

    /// Manifests instead of the project: a file, a directory, or `-` for standard input;
    /// may be given several times
    #[arg(long = "file", short = 'f', value_name = "FILE|DIR|-", conflicts_with_all = ["env", "project", "set", "image"])]
    files: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = Written::Text)]
    format: Written,

    /// Looks only for these: families (`api`, `refs`, `policy`) and rules, with commas
    /// between them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,

    /// Does not look for these: families and rules, with commas between them
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    skip: Vec<String>,

    /// Says only what is as severe at least
    #[arg(long, value_enum, default_value_t = Least::Warning)]
    severity: Least,

    /// Definitions of custom resources: a file or a directory; may be given several times
    #[arg(long, value_name = "FILE|DIR")]
    crds: Vec<PathBuf>,

    /// For `--file`: objects that live elsewhere; a name may have a `*`
    #[arg(long, value_name = "KIND/NAME", value_delimiter = ',', value_parser = elsewhere)]
    elsewhere: Vec<ObjectPattern>,

    /// For `--file`: the files are all there is, so whatever is missing is an error
    #[arg(long)]
    complete: bool,

    /// For `--file`: how much is at stake [default: staging]
    #[arg(long, value_enum)]
    tier: Option<Stake>,

    /// For `--file`: the version of the cluster, 1.27 to 1.37 [default: the newest known]
    #[arg(long, value_name = "VERSION", value_parser = scalar::<KubernetesVersion>)]
    kubernetes: Option<KubernetesVersion>,

    /// For `--file`: the namespace of objects that name none [default: default]
    #[arg(long, short, value_name = "NAME", value_parser = scalar::<DnsLabel>)]
    namespace: Option<DnsLabel>,

    /// Tells about a rule, with a bad and a good example; about all of a family, or `all`
    #[arg(long, value_name = "RULE", exclusive = true)]
    explain: Option<String>,

    /// Lists all rules, with how much they count in each tier
    #[arg(long, exclusive = true)]
    list: bool,

    #[command(flatten)]
    profile: Profile,

    /// What is meant for `--file`.
    #[arg(hide = true)]
    paths: Vec<PathBuf>,

    /// How many threads look; the findings are the same for any number
    #[arg(long, value_name = "N", hide_short_help = true, value_parser = super::some_threads)]
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
        self.refuse_what_does_not_fit()?;
        let (mut runs, mut faults) = (Vec::new(), Vec::new());
        if let Err(error) = self.look(&mut runs, &mut faults) {
            let mut report = Report::default();
            report.add(Diagnostic::new(format!("{error:#}")));
            unread(None, Sources::default(), report, &mut runs, &mut faults);
        }
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

    /// Refuses options that do not go together.
    fn refuse_what_does_not_fit(&self) -> Result<(), Failure> {
        if let Some(path) = self.paths.first() {
            let shown = path.display();
            return Err(anyhow!("manifests are given with `-f`: `k8sgen check -f {shown}`").into());
        }
        // clap does not ask for `--file` where another option rules it out.
        let of_files = [
            ("--elsewhere", !self.elsewhere.is_empty()),
            ("--complete", self.complete),
            ("--tier", self.tier.is_some()),
            ("--kubernetes", self.kubernetes.is_some()),
            ("--namespace", self.namespace.is_some()),
        ];
        if let Some((option, _)) = of_files.into_iter().find(|(_, given)| *given)
            && self.files.is_empty()
        {
            return Err(anyhow!(
                "`{option}` is for manifests that are given with `-f`: a project says it itself"
            )
            .into());
        }
        for name in self.only.iter().chain(&self.skip) {
            rules::known(name)?;
        }
        Ok(rules::left(&self.settings())?)
    }

    /// Checks what was given. What cannot be read is told, and the rest is checked.
    fn look(&self, runs: &mut Vec<Run>, faults: &mut Faults) -> Result<()> {
        let mut definitions = Definitions::default();
        if !self.crds.is_empty() {
            let given = definitions::read(&self.crds, &self.settings(), threads(self.threads))?;
            definitions = given.definitions;
            let run = given.run;
            if !given.report.is_empty() {
                faults.push((run.sources.clone(), given.report));
            }
            if !run.unread.is_empty() || !run.checked.findings.is_empty() {
                runs.push(run);
            }
        }
        match self.files.is_empty() {
            true => self.environments(&definitions, runs, faults),
            false => self.manifests(definitions, runs, faults),
        }
    }

    /// Checks environments of the project.
    fn environments(
        &self,
        definitions: &Definitions,
        runs: &mut Vec<Run>,
        faults: &mut Faults,
    ) -> Result<()> {
        let hint = "to check manifests, give them with `-f`: `k8sgen check -f -`";
        let project = self.profile.project().map_err(|error| anyhow!("{error:#}\n{hint}"))?;
        let all = layers::environments(&project);
        let names = if self.env.is_empty() { &all } else { &self.env };
        if names.is_empty() {
            return Err(anyhow!("there is no environment yet: one is a file `overlays/NAME.yaml`"));
        }
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
                unread(Some(name.clone()), sources, report, runs, faults);
                continue;
            };
            rendered.settings.definitions = definitions.clone();
            rendered.settings.only.clone_from(&self.only);
            rendered.settings.skip.clone_from(&self.skip);
            rendered.settings.least = self.severity.severity();
            let checked = rendered.check(request.threads);
            runs.push(checking::run(name, &rendered, sources, checked));
            std::mem::forget(rendered);
        }
        if faults.is_empty() && all.iter().all(|name| names.contains(name)) {
            checking::judge_idle_waivers(runs);
        }
        Ok(())
    }

    /// Checks manifests, all files together.
    fn manifests(
        &self,
        definitions: Definitions,
        runs: &mut Vec<Run>,
        faults: &mut Faults,
    ) -> Result<()> {
        let settings = Settings { definitions, ..self.settings() };
        let (mut sources, mut report) = (Sources::default(), Report::default());
        report.set_threads(threads(self.threads));
        let read = manifests::read_all(&self.files, &mut sources, &mut report)?;
        if read.is_empty() && report.is_empty() {
            return Err(anyhow!("there is no manifest in what was given"));
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
        let unread = input::findings(report.sorted(), &sources);
        let run = Run { environment: None, sources, objects, checked, unread };
        if !report.is_empty() {
            // Both the report and the findings quote the sources.
            faults.push((run.sources.clone(), report));
        }
        runs.push(run);
        Ok(())
    }

    fn settings(&self) -> Settings {
        Settings {
            tier: match self.tier {
                Some(Stake::Development) => Tier::Development,
                Some(Stake::Staging) | None => Tier::Staging,
                Some(Stake::Production) => Tier::Production,
            },
            kubernetes: self.kubernetes.unwrap_or(KubernetesVersion::NEWEST_KNOWN),
            namespace: self.namespace.as_ref().map_or("default".to_owned(), DnsLabel::to_string),
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

/// What cannot be read: of an environment, or of what else was given.
type Faults = Vec<(Sources, Report)>;

/// Notes that nothing could be read of an environment, or of what was given.
fn unread(
    environment: Option<String>,
    sources: Sources,
    report: Report,
    runs: &mut Vec<Run>,
    faults: &mut Faults,
) {
    runs.push(Run::of_unread(environment, sources.clone(), report.sorted()));
    faults.push((sources, report));
}

/// Objects that live elsewhere. Kinds have a capital, and `pod/web` would never be met.
fn elsewhere(text: &str) -> Result<ObjectPattern, String> {
    let pattern = ObjectPattern::parse(text)?;
    let kind = text.split('/').next().unwrap_or_default();
    if !kind.starts_with(|first: char| first.is_ascii_lowercase()) {
        return Ok(pattern);
    }
    let known = || kinds::all().map(|known| known.kind);
    let meant = known().find(|known| known.eq_ignore_ascii_case(kind));
    Err(match meant.or_else(|| nearest(kind, known())) {
        Some(near) => format!("there is no kind `{kind}`; did you mean `{near}`?"),
        None => format!("there is no kind `{kind}`: kinds begin with a capital letter"),
    })
}

/// A scalar of the profile on the command line.
fn scalar<T: Scalar>(text: &str) -> Result<T, String> {
    T::parse(text)
}

//! The command line: one file per command, and what they share.

mod check;
mod checking;
mod completions;
mod definitions;
mod explain;
mod init;
mod kustomize;
mod man;
mod render;
mod rules;
mod schema;
mod writing;

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{slice, thread};

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::check::rule::Severity;
use crate::check::settings::source_date;
use crate::diagnostic::{self, Diagnostic, Report};
use crate::findings::{self, Format, Run};
use crate::profile::layers::Overrides;
use crate::profile::project::Project;
use crate::source::Sources;

/// A usage or input error.
const REFUSED: u8 = 2;
/// Findings or differences.
const DIFFERENT: u8 = 1;

/// Typed Kubernetes manifests for every environment, from one short
/// description of a system.
#[derive(Debug, Parser)]
#[command(
    name = "k8sgen",
    version,
    long_version = LONG_VERSION,
    arg_required_else_help = true,
    styles = STYLES,
    after_help = "Start with `k8sgen init`, then `k8sgen render --env dev`."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const LONG_VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("K8SGEN_COMMIT"), ")");

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

#[derive(Debug, Subcommand)]
enum Command {
    Render(render::Render),
    Check(check::Check),
    Kustomize(kustomize::Kustomize),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Init(init::Init),
    Completions(completions::Completions),
    Man(man::Man),
}

/// One environment and what the command line changes in it.
#[derive(Args, Debug)]
struct Target {
    /// The environment: a file `overlays/ENV.yaml`
    #[arg(long, short, value_name = "ENV")]
    env: String,

    #[command(flatten)]
    profile: Profile,
}

/// A project and what the command line changes in it.
#[derive(Args, Debug)]
struct Profile {
    /// The project's directory, instead of the nearest one upwards from here
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,

    /// Sets one value, above all layers; the value is YAML and `null` removes
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,

    /// Sets an image under `images`; `NAME=:TAG` sets the tag alone
    #[arg(long, value_name = "NAME=REPOSITORY:TAG@DIGEST")]
    image: Vec<String>,
}

impl Profile {
    fn project(&self) -> anyhow::Result<Project> {
        Project::find(self.project.as_deref())
    }

    fn overrides(&self) -> Overrides {
        Overrides { set: self.set.clone(), images: self.image.clone() }
    }
}

/// How a command ends when it does not succeed.
enum Failure {
    /// The input is wrong, and the report says where: one for each environment
    /// that was read.
    Input(Vec<(Sources, Report)>),
    /// A check found errors, so nothing is printed.
    Findings(Vec<Run>),
    /// What is there is not what should be: findings, or differences. It has been said.
    Differences,
    /// Anything else: a file that cannot be written, a directory without a
    /// project.
    Other(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::Other(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Other(error.into())
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors; both may meet a closed pipe.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { REFUSED } else { 0 });
        }
    };
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.print(),
    }
}

impl Cli {
    fn run(self) -> Result<(), Failure> {
        // What day it is decides which waivers count.
        if let Command::Render(_) | Command::Check(_) | Command::Kustomize(_) = self.command {
            source_date().map_err(anyhow::Error::msg)?;
        }
        match self.command {
            Command::Render(render) => render.run(),
            Command::Check(check) => check.run(),
            Command::Kustomize(kustomize) => kustomize.run(),
            Command::Explain(explain) => explain.run(),
            Command::Schema(schema) => schema.run(),
            Command::Init(init) => init.run(),
            Command::Completions(completions) => completions.run(),
            Command::Man(man) => man.run(),
        }
    }

    /// The command line as clap knows it, for completions and manual pages.
    fn description() -> clap::Command {
        Cli::command()
    }
}

impl Failure {
    fn print(self) -> ExitCode {
        let text = match self {
            Failure::Other(error) if is_closed_pipe(&error) => return ExitCode::SUCCESS,
            Failure::Other(error) => {
                let diagnostic = Diagnostic::new(format!("{error:#}"));
                diagnostic::render(&[diagnostic], &Sources::default(), colour())
            }
            Failure::Differences => return ExitCode::from(DIFFERENT),
            Failure::Findings(mut runs) => {
                runs.iter_mut().for_each(|run| run.keep_from(Severity::Error));
                let format = Format::Text { colour: colour() };
                let _ = io::stderr().write_all(findings::write(&runs, format).as_bytes());
                return ExitCode::from(DIFFERENT);
            }
            Failure::Input(reports) => errors(reports),
        };
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().write_all(text.as_bytes());
        ExitCode::from(REFUSED)
    }
}

/// All that is wrong. What several environments share is said once.
fn errors(reports: Vec<(Sources, Report)>) -> String {
    let mut text = String::new();
    let mut said: HashSet<String> = HashSet::new();
    let mut count = 0;
    for (sources, report) in reports {
        let mut found = report.into_sorted();
        let plain = |one: &Diagnostic| diagnostic::render(slice::from_ref(one), &sources, false);
        found.retain(|one| said.insert(plain(one)));
        count += found.len();
        text.push_str(&diagnostic::render(&found, &sources, colour()));
    }
    if count > 1 {
        text.push_str(&format!("{count} errors\n"));
    }
    text
}

/// As many threads as are asked for, or as the machine has.
fn threads(wanted: Option<NonZero<usize>>) -> usize {
    wanted.or(thread::available_parallelism().ok()).map_or(1, NonZero::get)
}

/// How many threads somebody asks for.
fn some_threads(text: &str) -> Result<NonZero<usize>, String> {
    text.parse().map_err(|_| "expected a number of threads, 1 or more".to_owned())
}

/// A reader that has seen enough (`| head`) is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let found = error.downcast_ref::<io::Error>();
    found.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn colour() -> bool {
    colour_on(&io::stderr())
}

fn colour_on(stream: &impl IsTerminal) -> bool {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    wanted && able && stream.is_terminal()
}

/// Writes to standard output.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    print_pieces(&[bytes])
}

/// Writes pieces that follow each other to standard output.
fn print_pieces<T: AsRef<[u8]>>(pieces: &[T]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    pieces.iter().try_for_each(|bytes| out.write_all(bytes.as_ref()))?;
    out.flush()?;
    Ok(())
}

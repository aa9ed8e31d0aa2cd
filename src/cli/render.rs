//! `k8sgen render`: the objects of one environment.

use std::num::NonZero;
use std::path::PathBuf;

use anyhow::anyhow;
use clap::{Args, ValueEnum};

use crate::Request;
use crate::diagnostic::{Diagnostic, Report, choices, nearest};
use crate::emit::{self, Format};
use crate::object::Object;
use crate::profile::secret_values::of_process;
use crate::source::Sources;

use super::checking;
use super::writing::Writing;
use super::{Failure, Target, print_pieces, threads};

/// Prints the objects of an environment, in the order in which they can be
/// applied
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen render --env prod > out.yaml
  k8sgen render --env prod | kubectl apply -f -
  k8sgen render --env prod --image web=registry.example.com/web:v1.2.3
  k8sgen render --env dev --set workloads.web.replicas=2 --only Deployment/web
  k8sgen render --env staging --output-dir manifests/staging")]
pub struct Render {
    #[command(flatten)]
    target: Target,

    /// How objects are written
    #[arg(long, short = 'o', value_enum, default_value_t = Output::Yaml)]
    output: Output,

    /// Writes one numbered file per object into a directory
    #[arg(long, value_name = "DIR", conflicts_with = "only")]
    output_dir: Option<PathBuf>,

    #[command(flatten)]
    writing: Writing,

    /// Only objects of a kind, or one of them; may be given several times
    #[arg(long, value_name = "KIND[/NAME]")]
    only: Vec<String>,

    /// How many threads build; the output is the same for any number
    #[arg(long, value_name = "N", hide_short_help = true, value_parser = super::some_threads)]
    threads: Option<NonZero<usize>>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Output {
    /// YAML documents
    Yaml,
    /// One JSON list
    Json,
}

impl Render {
    pub fn run(self) -> Result<(), Failure> {
        if self.writing.is_asked() && self.output_dir.is_none() {
            let own = "`--check`, `--dry-run` and `--force` are for `--output-dir`";
            return Err(anyhow!(own).into());
        }
        let project = self.target.profile.project()?;
        let mut sources = Sources::default();
        let mut report = Report::default();
        let request = Request {
            environment: self.target.env.clone(),
            overrides: self.target.profile.overrides(),
            variables: of_process,
            kept: false,
            threads: threads(self.threads),
            last: true,
        };
        let Some(mut rendered) = crate::render(&project, &request, &mut sources, &mut report)
        else {
            return Err(Failure::Input(vec![(sources, report)]));
        };
        let environment = &request.environment;
        if let Some(run) = checking::stops(environment, &mut rendered, &sources, request.threads) {
            return Err(Failure::Findings(vec![run]));
        }
        let objects = chosen(rendered.objects, &self.only, &mut report);
        if !report.is_empty() {
            return Err(Failure::Input(vec![(sources, report)]));
        }
        let format = match self.output {
            Output::Yaml => Format::Yaml,
            Output::Json => Format::Json,
        };
        match self.output_dir {
            Some(directory) => {
                project.refuse_as_output(&directory)?;
                self.writing.write("render", &directory, &emit::files::of(&objects, format))
            }
            None => {
                print_pieces(&emit::objects(&objects, format, request.threads))?;
                // The process ends here; see `Request::last`.
                std::mem::forget(objects);
                Ok(())
            }
        }
    }
}

/// The objects that `--only` leaves.
fn chosen(objects: Vec<Object>, only: &[String], report: &mut Report) -> Vec<Object> {
    if only.is_empty() {
        return objects;
    }
    for wish in only {
        if !objects.iter().any(|object| matches(object, wish)) {
            report.add(nothing_chosen(&objects, wish));
        }
    }
    objects.into_iter().filter(|object| only.iter().any(|wish| matches(object, wish))).collect()
}

fn matches(object: &Object, wish: &str) -> bool {
    let (kind, name) = match wish.split_once('/') {
        Some((kind, name)) => (kind, Some(name)),
        None => (wish, None),
    };
    object.identity.kind.eq_ignore_ascii_case(kind)
        && name.is_none_or(|name| object.identity.name == name)
}

fn nothing_chosen(objects: &[Object], wish: &str) -> Diagnostic {
    let kinds = || objects.iter().map(|object| &*object.identity.kind);
    let shown: String = wish.chars().take(80).collect();
    let nothing = Diagnostic::new(format!("`--only {shown}` leaves no object"));
    let full: Vec<String> = objects.iter().map(|object| object.identity.to_string()).collect();
    let near = match wish.contains('/') {
        true => nearest(wish, full.iter().map(String::as_str)),
        false => nearest(wish, kinds()),
    };
    let mut unique: Vec<&str> = kinds().collect();
    unique.sort_unstable();
    unique.dedup();
    nothing.help(match near {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there is {}", choices(unique)),
    })
}

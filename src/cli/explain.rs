//! `k8sgen explain`: which layer set a value, and what it overrode.

use clap::Args;

use crate::diagnostic::{Diagnostic, Report, choices, nearest};
use crate::profile::explain::{self, Origin};
use crate::profile::layers;
use crate::source::Sources;
use crate::tree::path::TreePath;

use super::{Failure, Target, print};

/// Says which file and line set a value, what it overrode, or which named
/// default it is
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen explain --env prod workloads.web.replicas
  k8sgen explain --env prod workloads.web.mounts[/app/data].size
  k8sgen explain --env prod images")]
pub struct Explain {
    #[command(flatten)]
    target: Target,

    /// The value, or a part of the profile; the whole profile without it
    path: Option<String>,
}

impl Explain {
    pub fn run(self) -> Result<(), Failure> {
        let project = self.target.profile.project()?;
        let mut sources = Sources::default();
        let mut report = Report::default();
        let path = match self.path.as_deref().map(TreePath::parse) {
            None => TreePath(Vec::new()),
            Some(Ok(path)) => path,
            Some(Err((reason, _))) => {
                report.add(Diagnostic::new(format!("this path cannot be read: {reason}")));
                return Err(Failure::Input(vec![(sources, report)]));
            }
        };
        let overrides = self.target.profile.overrides();
        let layers =
            layers::load(&project, &self.target.env, &overrides, &mut sources, &mut report);
        let Some(layers) = layers else { return Err(Failure::Input(vec![(sources, report)])) };
        let values = match explain::values(layers, &path, &mut report) {
            Ok(values) if report.is_empty() => values,
            Ok(_) => return Err(Failure::Input(vec![(sources, report)])),
            Err((key, known)) => {
                let unknown = Diagnostic::new(format!("nothing sets `{path}`"));
                let names = || known.iter().map(String::as_str);
                report.add(match nearest(&key, names()) {
                    Some(near) => unknown.help(format!("did you mean `{near}` for `{key}`?")),
                    None => {
                        unknown.help(format!("in place of `{key}` there is {}", choices(names())))
                    }
                });
                return Err(Failure::Input(vec![(sources, report)]));
            }
        };
        let mut out = String::new();
        for value in &values {
            out.push_str(&format!("{} = {}\n", value.path, value.text));
            let width = value.origins.iter().map(|origin| label(origin, &sources).chars().count());
            let width = width.max().unwrap_or(0);
            for (index, origin) in value.origins.iter().enumerate() {
                let label = label(origin, &sources);
                let state = match (index, origin.removes) {
                    (0, _) => "",
                    (_, true) => "  overridden (it removed the key)",
                    (_, false) => "  overridden",
                };
                out.push_str(format!("  {label:width$}  {}{state}", origin.text).trim_end());
                out.push('\n');
            }
        }
        print(out.as_bytes())
    }
}

fn label(origin: &Origin, sources: &Sources) -> String {
    match origin.place {
        Some(place) => sources.locate(place),
        None => format!("default {}", origin.default_name),
    }
}

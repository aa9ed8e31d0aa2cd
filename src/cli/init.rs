//! `k8sgen init`: a working project to start from. The examples of the
//! repository are the source, so they are what is tested.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::emit;
use crate::profile::json_schema;

use super::Failure;

/// Writes a working, commented project
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  k8sgen init
  k8sgen init shop --from web
  k8sgen init chain --from blockchain")]
pub struct Init {
    /// The directory; made where there is none
    #[arg(default_value = ".")]
    directory: PathBuf,

    /// What to start from
    #[arg(long, value_enum, default_value_t = Example::Web)]
    from: Example,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Example {
    /// A web server with its configuration: the smallest useful project
    Web,
    /// Miners, web servers and Redis, with all that production asks for
    Blockchain,
    /// A chain of one kind of node, reached from outside, with all that production asks for
    Xai,
}

/// The schema's place in a project.
const SCHEMA: &str = ".k8sgen/profile.schema.json";

macro_rules! files {
    ($root:literal: $($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../", $root, $path)))),+]
    };
}

const WEB: &[(&str, &str)] = files!("examples/web/":
    "k8sgen.yaml",
    "overlays/dev.yaml",
    "overlays/prod.yaml",
    "templates/site.conf",
);

const BLOCKCHAIN: &[(&str, &str)] = files!("":
    "k8sgen.yaml",
    "overlays/dev.yaml",
    "overlays/staging.yaml",
    "overlays/prod.yaml",
    "templates/rate-limit/Settings.toml",
    "templates/logging/fluent.conf",
    "templates/dashboards/blockchain.json",
);

const XAI: &[(&str, &str)] = files!("examples/xai/":
    "k8sgen.yaml",
    "overlays/dev.yaml",
    "overlays/staging.yaml",
    "overlays/prod.yaml",
    "templates/node/genesis.json",
    "templates/node/start.sh",
    "dashboards/xai-blockchain.json",
);

impl Init {
    pub fn run(self) -> Result<(), Failure> {
        let files = match self.from {
            Example::Web => WEB,
            Example::Blockchain => BLOCKCHAIN,
            Example::Xai => XAI,
        };
        let mut schema = Vec::new();
        emit::json::write_document(&json_schema::schema(), &mut schema);
        let mut wanted: Vec<(&str, Vec<u8>)> = files
            .iter()
            .map(|(path, text)| (*path, with_modeline(path, text).into_bytes()))
            .collect();
        wanted.push((SCHEMA, schema));
        refuse_existing(&self.directory, &wanted)?;
        for (path, bytes) in &wanted {
            write(&self.directory.join(path), bytes)?;
        }
        let environments = files
            .iter()
            .filter_map(|(path, _)| path.strip_prefix("overlays/")?.strip_suffix(".yaml"));
        let environments: Vec<&str> = environments.collect();
        let place = match self.directory == Path::new(".") {
            true => String::new(),
            false => format!("cd {} && ", self.directory.display()),
        };
        let message = format!(
            "wrote {} files; the environments are {}\nnext: {place}k8sgen render --env {}\n",
            wanted.len(),
            environments.join(", "),
            environments.first().copied().unwrap_or("dev"),
        );
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().write_all(message.as_bytes());
        Ok(())
    }
}

/// The first line by which an editor finds the schema.
fn with_modeline(path: &str, text: &str) -> String {
    if !path.ends_with(".yaml") || path.starts_with("templates/") {
        return text.to_owned();
    }
    let own = text.strip_prefix("# yaml-language-server:").and_then(|rest| rest.split_once('\n'));
    let body = own.map_or(text, |(_, body)| body);
    let up = "../".repeat(path.matches('/').count());
    format!("# yaml-language-server: $schema={up}{SCHEMA}\n{body}")
}

/// Nothing is overwritten, and nothing is written where something stands.
fn refuse_existing(directory: &Path, wanted: &[(&str, Vec<u8>)]) -> anyhow::Result<()> {
    let there: Vec<String> = wanted
        .iter()
        .filter(|(path, _)| directory.join(path).symlink_metadata().is_ok())
        .map(|(path, _)| format!("  {path}"))
        .collect();
    if there.is_empty() {
        return Ok(());
    }
    bail!(
        "`{}` has these files already:\n{}\nchoose another directory; nothing was written",
        directory.display(),
        there.join("\n")
    );
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("`{}` cannot be made", parent.display()))?;
    }
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .with_context(|| format!("`{}` cannot be written", path.display()))?;
    file.write_all(bytes).with_context(|| format!("`{}` cannot be written", path.display()))
}

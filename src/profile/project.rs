//! A project on disk: where it is, and its files as texts.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::diagnostic::{Diagnostic, choices};
use crate::huge_pages;
use crate::source::{Place, SourceId, Sources, display_path};

use crate::scalar::{DnsLabel, Scalar};

/// The file that makes a directory a project.
pub const SYSTEM_FILE: &str = "k8sgen.yaml";
/// Larger files are refused: a profile is written by people.
const LARGEST: u64 = 64 << 20;

/// A directory with a `k8sgen.yaml`.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

/// What a file of the project holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(String),
    Binary(Vec<u8>),
}

impl Project {
    /// The project in `dir`, or the nearest one upwards from the working
    /// directory.
    pub fn find(dir: Option<&Path>) -> Result<Project> {
        if let Some(dir) = dir {
            if dir.join(SYSTEM_FILE).is_file() {
                return Ok(Project { root: dir.to_path_buf() });
            }
            bail!("there is no `{SYSTEM_FILE}` in `{}`", dir.display());
        }
        let here = std::env::current_dir().context("the working directory cannot be read")?;
        match here.ancestors().find(|dir| dir.join(SYSTEM_FILE).is_file()) {
            Some(root) => Ok(Project { root: root.to_path_buf() }),
            None => bail!(
                "there is no `{SYSTEM_FILE}` here or in a directory above\n\
                 make a project with `k8sgen init`, or name one with `--project DIR`"
            ),
        }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The project's own directories are no place for output.
    pub fn refuse_as_output(&self, directory: &Path) -> Result<()> {
        let real = |path: &Path| path.canonicalize().ok();
        let own = ["", "overlays", "templates"].map(|part| real(&self.root.join(part)));
        let Some(wanted) = real(directory) else { return Ok(()) };
        let shown = directory.display();
        if own.contains(&Some(wanted.clone())) {
            bail!("`{shown}` belongs to the project; choose a directory of its own");
        }
        let within =
            |part: &Option<PathBuf>| part.as_ref().is_some_and(|part| wanted.starts_with(part));
        if own[1..].iter().any(within) {
            bail!("`{shown}` lies in what belongs to the project; choose a directory of its own");
        }
        if own.iter().flatten().any(|own| own.starts_with(&wanted)) {
            bail!("`{shown}` holds the project; choose a directory of its own");
        }
        Ok(())
    }

    /// The environments, by name.
    pub fn environments(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.root.join("overlays"))
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                Some(name.strip_suffix(".yaml")?.to_owned())
            })
            .filter(|name| DnsLabel::parse(name).is_ok())
            .collect();
        names.sort();
        names
    }

    /// Files that look like overlays and are no environments, and why. Where all
    /// environments are wanted none of them is left out unsaid.
    pub fn odd_overlays(&self) -> Vec<Diagnostic> {
        let entries = fs::read_dir(self.root.join("overlays")).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        let odd = names.iter().filter_map(|file| {
            let fault = Diagnostic::new(format!("`overlays/{file}` is no environment"));
            if let Some(name) = file.strip_suffix(".yml") {
                return Some(fault.help(format!("rename it to `{name}.yaml`")));
            }
            let reason = DnsLabel::parse(file.strip_suffix(".yaml")?).err()?;
            Some(fault.help(format!("rename it: an environment's name {reason}")))
        });
        odd.collect()
    }

    /// Reads `k8sgen.yaml`.
    pub fn system_text(&self, sources: &mut Sources) -> Result<SourceId, Diagnostic> {
        self.layer(SourceId::SYSTEM, Path::new(SYSTEM_FILE), sources)
    }

    /// Reads an overlay that the environment was found to have.
    pub fn overlay_text(
        &self,
        id: SourceId,
        name: &str,
        sources: &mut Sources,
    ) -> Result<SourceId, Diagnostic> {
        self.layer(id, &Path::new("overlays").join(format!("{name}.yaml")), sources)
    }

    fn layer(
        &self,
        id: SourceId,
        path: &Path,
        sources: &mut Sources,
    ) -> Result<SourceId, Diagnostic> {
        let label = display_path(&self.root.join(path));
        let bytes =
            self.bytes(path, "").map_err(|reason| Diagnostic::new(format!("{label}: {reason}")))?;
        let (text, fault) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(valid))
            }
        };
        let place = fault.map(|valid| byte_place(id, &text, valid));
        sources.add(id, label, text);
        match place {
            None => Ok(id),
            Some(place) => Err(Diagnostic::new("this file is not UTF-8")
                .at(place)
                .label("the first byte that is not")
                .help("save it as UTF-8")),
        }
    }

    /// Reads a file below the project's directory.
    pub fn file(&self, path: &str) -> Result<Content, String> {
        self.file_below("", path)
    }

    /// Reads a file below a directory of the project.
    pub fn file_below(&self, directory: &str, path: &str) -> Result<Content, String> {
        let bytes = self.bytes(&Path::new(directory).join(path), directory)?;
        Ok(match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text),
            Err(error) => Content::Binary(error.into_bytes()),
        })
    }

    /// Whatever links say: a file that lies outside of the directory is refused.
    fn bytes(&self, path: &Path, directory: &str) -> Result<Vec<u8>, String> {
        if path.components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Err("this leads out of the project".to_owned());
        }
        let full = self.root.join(path);
        let read = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => format!("this cannot be read: {error}"),
        };
        let real = full.canonicalize().map_err(read)?;
        let root = self.root.join(directory).canonicalize().map_err(read)?;
        if !real.starts_with(&root) {
            return Err(match directory {
                "" => "this is a link that leads out of the project".to_owned(),
                directory => format!("this is a link that leads out of `{directory}/`"),
            });
        }
        let meta = real.metadata().map_err(read)?;
        if !meta.is_file() {
            return Err("this is not a file".to_owned());
        }
        if meta.len() > LARGEST {
            return Err(format!("this is larger than {} MiB", LARGEST >> 20));
        }
        huge_pages::reads(meta.len());
        fs::read(&real).map_err(read)
    }

    /// Why an environment does not exist, with those that do.
    pub fn unknown_environment(&self, name: &str) -> Diagnostic {
        let known = self.environments();
        let names = || known.iter().map(String::as_str);
        let shown: String = name.chars().take(60).collect();
        let unknown = Diagnostic::new(format!("unknown environment `{shown}`"));
        let is_there = |ending: &str| {
            let plain = !name.contains(['/', '\\']);
            plain && self.root.join("overlays").join(format!("{name}.{ending}")).exists()
        };
        if let (Err(reason), true) = (DnsLabel::parse(name), is_there("yaml")) {
            return unknown.help(format!("rename its file: an environment's name {reason}"));
        }
        if is_there("yml") {
            return unknown.help(format!("rename `overlays/{shown}.yml` to `{shown}.yaml`"));
        }
        match crate::diagnostic::nearest(name, names()) {
            Some(near) => unknown
                .help(format!("did you mean `{near}`? The environments are {}", choices(names()))),
            None if known.is_empty() => {
                unknown.help("an environment is a file `overlays/NAME.yaml`; there is none yet")
            }
            None => unknown.help(format!("the environments are {}", choices(names()))),
        }
    }
}

/// The place of a byte in a text.
fn byte_place(source: SourceId, text: &str, byte: usize) -> Place {
    let before = &text.as_bytes()[..byte.min(text.len())];
    let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let lines = before.iter().filter(|b| **b == b'\n').count();
    let column = String::from_utf8_lossy(&before[line_start..]).chars().count();
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
    Place { source, line: narrow(lines), column: narrow(column), length: 1 }
}

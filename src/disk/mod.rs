//! Directories that k8sgen writes: whole or not at all, and never over a file
//! that is not its own.
//!
//! A record of what was written lies in the directory. A later run removes what
//! it no longer needs, and stops before files that somebody edited since.

mod differences;
mod record;
mod replace;
mod scan;

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::digest;

pub use differences::differences;
use record::Record;
use scan::Found;

/// The files of a directory, by their path from its top, with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is wanted of a directory.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// The command that writes; it does not take over what another one wrote.
    pub command: &'static str,
    /// Whether it is written: then what lies above it is made, and what killed
    /// runs left beside it is cleared.
    pub writes: bool,
    /// Whether what stands in the way is lost.
    pub force: bool,
}

/// What a run changes in a directory.
pub struct Plan<'f> {
    directory: PathBuf,
    /// As the user named it.
    shown: String,
    files: &'f Files,
    found: BTreeMap<String, Found>,
    pub created: Vec<&'f str>,
    pub updated: Vec<&'f str>,
    pub deleted: Vec<String>,
    /// Files that are as they should be.
    pub unchanged: usize,
    /// What somebody else wrote where this run would write or delete.
    in_the_way: Vec<String>,
    record: Record,
    record_is_right: bool,
    /// Nobody else writes beside it until this is over.
    _turn: Option<File>,
}

impl<'f> Plan<'f> {
    /// Looks at the directory. It may be missing.
    pub fn new(directory: &Path, files: &'f Files, wish: &Wish) -> Result<Plan<'f>> {
        let to_write = wish.writes;
        let shown = directory.display().to_string();
        let directory = real(directory, to_write)?;
        let mut turn = None;
        if to_write {
            refuse_from_within(&shown, &directory)?;
            turn = replace::wait_for_turn(&directory);
            replace::recover(&directory)?;
        }
        let mut found = scan::list(&directory)?;
        let known = record::read(&directory, &mut found, wish.force)?;
        match &known {
            Some(known) if known.command != wish.command && !wish.force => bail!(
                "`{shown}` was written by `k8sgen {}`; choose another directory, or replace it with `--force`",
                known.command
            ),
            Some(_) => {}
            None => refuse_other_use(&shown, &found, files, wish.force)?,
        }
        let known = known.unwrap_or_default();
        let own = |path: &str| files.contains_key(path) || known.files.contains_key(path);
        scan::digest(&directory, &mut found, own)?;
        let digests = files.iter().map(|(path, bytes)| (path.clone(), digest::of_bytes(bytes)));
        let record = Record { command: wish.command.to_owned(), files: digests.collect() };
        let mut plan = Plan {
            directory,
            shown,
            files,
            found,
            created: Vec::new(),
            updated: Vec::new(),
            deleted: Vec::new(),
            unchanged: 0,
            in_the_way: Vec::new(),
            record_is_right: known == record,
            record,
            _turn: turn,
        };
        plan.compare(&known);
        Ok(plan)
    }

    fn compare(&mut self, known: &Record) {
        for (path, wanted) in &self.record.files {
            let Some((path, _)) = self.files.get_key_value(path) else { continue };
            match self.found.get(path) {
                None => {
                    self.created.push(path);
                    let blocked = self.blocked(path).map(str::to_owned);
                    self.in_the_way
                        .extend(blocked.filter(|other| !self.in_the_way.contains(other)));
                }
                Some(Found::File(digest, _)) if digest == wanted => self.unchanged += 1,
                Some(Found::File(digest, _)) => {
                    self.updated.push(path);
                    if known.files.get(path) != Some(digest) {
                        self.in_the_way.push(path.clone());
                    }
                }
                Some(_) => {
                    self.created.push(path);
                    self.in_the_way.push(path.clone());
                }
            }
        }
        let stale = known.files.iter().filter(|(path, _)| !self.files.contains_key(*path));
        for (path, digest) in stale {
            match self.found.get(path) {
                None => {}
                Some(Found::File(found, _)) => {
                    self.deleted.push(path.clone());
                    if found != digest {
                        self.in_the_way.push(path.clone());
                    }
                }
                Some(_) => self.in_the_way.push(path.clone()),
            }
        }
    }

    /// What stands where a directory is needed and is none.
    fn blocked<'p>(&self, path: &'p str) -> Option<&'p str> {
        parents(path)
            .find(|parent| !matches!(self.found.get(*parent), None | Some(Found::Directory)))
    }

    pub fn changes(&self) -> usize {
        self.created.len() + self.updated.len() + self.deleted.len()
    }

    /// Whether the directory is what it should be.
    pub fn is_done(&self) -> bool {
        self.changes() == 0 && self.in_the_way.is_empty() && self.record_is_right
    }

    /// Stops before files that are not k8sgen's, or that were edited since.
    pub fn refuse_foreign(&self) -> Result<()> {
        if self.in_the_way.is_empty() {
            return Ok(());
        }
        const MOST_LISTED: usize = 20;
        let mut listed: Vec<String> = self
            .in_the_way
            .iter()
            .take(MOST_LISTED)
            .map(|path| format!("  {}/{path}", self.shown))
            .collect();
        if self.in_the_way.len() > MOST_LISTED {
            listed.push(format!("  and {} more", self.in_the_way.len() - MOST_LISTED));
        }
        bail!(
            "these files are not k8sgen's, or were edited since:\n{}\nnothing was written; move them away, choose another directory, or lose them with `--force`",
            listed.join("\n")
        )
    }

    /// Makes the directory what it should be; `progress` hears how many files
    /// of how many are written.
    pub fn carry_out(&self, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<()> {
        if self.is_done() {
            return Ok(());
        }
        replace::replace(self, progress)
            .with_context(|| format!("`{}` cannot be written; it is as it was", self.shown))
    }

    /// What happened, or would, in one line.
    pub fn summary(&self) -> String {
        let count = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
        let parts = [
            count(self.created.len(), "created"),
            count(self.updated.len(), "updated"),
            count(self.deleted.len(), "deleted"),
            count(self.unchanged, "unchanged"),
        ];
        let record =
            (!self.record_is_right && self.changes() == 0).then(|| "its record anew".to_owned());
        let parts: Vec<String> = parts.into_iter().flatten().chain(record).collect();
        format!("{}: {}", self.shown, parts.join(", "))
    }
}

/// The directories that a path goes through.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whoever is in a directory that is replaced is in one that is gone.
fn refuse_from_within(shown: &str, directory: &Path) -> Result<()> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    if here.is_ok_and(|here| here.starts_with(directory)) {
        bail!("you are in `{shown}`, which is replaced whole; run this from outside of it");
    }
    Ok(())
}

/// A directory that is somebody's for other things is not replaced, though all
/// in it would be kept. With `force` what lies below its own directories may be
/// what it has lost the record of.
fn refuse_other_use(
    shown: &str,
    found: &BTreeMap<String, Found>,
    files: &Files,
    force: bool,
) -> Result<()> {
    const MOST_OTHERS: usize = 50;
    let may_be_own = |path: &str| files.contains_key(path) || (force && path.contains('/'));
    let others = found.iter().filter(|(path, _)| !may_be_own(path));
    let (directories, others): (Vec<_>, Vec<_>) =
        others.partition(|(_, found)| **found == Found::Directory);
    let needed: HashSet<&str> = files.keys().flat_map(|path| parents(path)).collect();
    if others.len() > MOST_OTHERS
        || directories.iter().any(|(path, _)| !needed.contains(path.as_str()))
    {
        bail!("`{shown}` holds other things; choose a directory of its own for what k8sgen writes");
    }
    Ok(())
}

/// The directory itself, whatever links the user's path goes through; its last
/// part may be missing.
fn real(directory: &Path, to_write: bool) -> Result<PathBuf> {
    let shown = directory.display();
    if let Ok(real) = directory.canonicalize() {
        if !real.is_dir() {
            bail!("`{shown}` is not a directory");
        }
        return Ok(real);
    }
    let missing = || format!("`{shown}` cannot be made");
    let Some(Component::Normal(name)) = directory.components().next_back() else {
        bail!("`{shown}` names no directory");
    };
    if fs::symlink_metadata(directory).is_ok() {
        bail!("`{shown}` is a link that leads nowhere");
    }
    let parent = match directory.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    if to_write {
        fs::create_dir_all(parent).with_context(missing)?;
    } else if !parent.exists() {
        return Ok(directory.to_path_buf());
    }
    Ok(parent.canonicalize().with_context(missing)?.join(name))
}

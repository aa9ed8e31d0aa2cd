//! What lies in a directory, without following any link.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::digest::of_bytes;
use crate::shares;

/// A directory of k8sgen's may hold some files of others, not a home.
const MOST_FOUND: usize = 100_000;
const DEEPEST: usize = 32;

/// Fewer files than this are read sooner than a thread is started.
const WORTH_A_THREAD: usize = 256;

/// One thing in a directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A file, and its digest where it was asked for.
    File(String),
    Directory,
    /// A link, wherever it leads.
    Link,
    /// A device, a socket and the like.
    Other,
}

/// Reads the digests of the files that are asked for.
pub fn digest(
    directory: &Path,
    found: &mut BTreeMap<String, Found>,
    wanted: impl Fn(&str) -> bool,
) -> Result<()> {
    let mut files: Vec<(&String, &mut Found)> = found
        .iter_mut()
        .filter(|(path, found)| matches!(found, Found::File(_)) && wanted(path))
        .collect();
    let paths: Vec<&String> = files.iter().map(|(path, _)| *path).collect();
    let threads = if paths.len() < WORTH_A_THREAD { 1 } else { 2 };
    let digests = shares::each(&shares::even(&paths, threads), |share| {
        let digest = |path: &&String| Ok(of_bytes(&fs::read(directory.join(path))?));
        share.iter().map(digest).collect::<io::Result<Vec<String>>>()
    });
    let digests: Vec<Vec<String>> = digests
        .into_iter()
        .collect::<io::Result<_>>()
        .with_context(|| format!("`{}` cannot be read", directory.display()))?;
    for ((_, found), digest) in files.iter_mut().zip(digests.into_iter().flatten()) {
        **found = Found::File(digest);
    }
    Ok(())
}

/// All that lies below a directory, by its path from there. What has a name that
/// is no text is refused: nobody could say what becomes of it.
pub fn list(directory: &Path) -> Result<BTreeMap<String, Found>> {
    if directory.join(".git").exists() {
        bail!("`{}` is the top of a repository; choose a directory in it", directory.display());
    }
    let mut found = BTreeMap::new();
    below(directory, "", 0, &mut found)
        .with_context(|| format!("`{}` cannot be read", directory.display()))?;
    Ok(found)
}

fn below(top: &Path, path: &str, depth: usize, found: &mut BTreeMap<String, Found>) -> Result<()> {
    let entries = match fs::read_dir(top.join(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_empty() => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            bail!("it holds `{}`, whose name is not UTF-8", entry.path().display());
        };
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        if found.len() >= MOST_FOUND || depth > DEEPEST {
            bail!("it holds too much that is not k8sgen's; choose a directory of its own");
        }
        let kind = kind(&entry)?;
        if kind == Found::Directory {
            below(top, &path, depth + 1, found)?;
        }
        found.insert(path, kind);
    }
    Ok(())
}

fn kind(entry: &DirEntry) -> io::Result<Found> {
    let kind = entry.file_type()?;
    Ok(match kind {
        kind if kind.is_dir() => Found::Directory,
        kind if kind.is_file() => Found::File(String::new()),
        kind if kind.is_symlink() => Found::Link,
        _ => Found::Other,
    })
}

//! What lies in a directory, without following any link.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

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
    /// A file: its digest where it was asked for, and its stamp.
    File(String, Stamp),
    Directory,
    /// A link, wherever it leads.
    Link,
}

/// Reads the digests of the files that are asked for.
pub fn digest(
    directory: &Path,
    found: &mut BTreeMap<String, Found>,
    wanted: impl Fn(&str) -> bool,
) -> Result<()> {
    let mut files: Vec<(&String, &mut Found)> = found
        .iter_mut()
        .filter(|(path, found)| matches!(found, Found::File(..)) && wanted(path))
        .collect();
    let paths: Vec<&String> = files.iter().map(|(path, _)| *path).collect();
    let threads = if paths.len() < WORTH_A_THREAD { 1 } else { 2 };
    let digests = shares::each(&shares::even(&paths, threads), |share| {
        let digest = |path: &&String| Ok(of_bytes(&unix_lines(fs::read(directory.join(path))?)));
        share.iter().map(digest).collect::<io::Result<Vec<String>>>()
    });
    let digests: Vec<Vec<String>> = digests
        .into_iter()
        .collect::<io::Result<_>>()
        .with_context(|| format!("`{}` cannot be read", directory.display()))?;
    for ((_, found), digest) in files.iter_mut().zip(digests.into_iter().flatten()) {
        if let Found::File(own, _) = &mut **found {
            *own = digest;
        }
    }
    Ok(())
}

/// A checkout may end lines in its own way, which no file of ours does.
fn unix_lines(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.windows(2).any(|pair| pair == b"\r\n") {
        true => String::from_utf8_lossy(&bytes).replace("\r\n", "\n").into_bytes(),
        false => bytes,
    }
}

/// What changes when somebody saves a file: when, how long, and which file it
/// is.
pub type Stamp = (Option<SystemTime>, u64, u64);

pub fn stamp(meta: &Metadata) -> Option<Stamp> {
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(meta);
    #[cfg(not(unix))]
    let number = 0;
    meta.is_file().then(|| (meta.modified().ok(), meta.len(), number))
}

/// All that lies below a directory, by its path from there. What has a name that
/// is no text is refused: nobody could say what becomes of it.
pub fn list(directory: &Path) -> Result<BTreeMap<String, Found>> {
    if directory.join(".git").exists() {
        bail!("`{}` is the top of a repository; choose a directory in it", directory.display());
    }
    let mut found = BTreeMap::new();
    below(directory, "", 0, &mut found)?;
    Ok(found)
}

fn below(top: &Path, path: &str, depth: usize, found: &mut BTreeMap<String, Found>) -> Result<()> {
    let place = top.join(path);
    let entries = match fs::read_dir(&place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_empty() => return Ok(()),
        entries => entries.with_context(|| format!("`{}` cannot be read", place.display()))?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            bail!("the name of `{}` is not UTF-8", entry.path().display());
        };
        let path = if path.is_empty() { name } else { format!("{path}/{name}") };
        if found.len() >= MOST_FOUND || depth > DEEPEST {
            bail!("`{}` holds too much; choose a directory of its own", top.display());
        }
        let Some(kind) = kind(&entry)? else {
            bail!("`{}` is neither a file nor a directory", entry.path().display());
        };
        if kind == Found::Directory {
            below(top, &path, depth + 1, found)?;
        }
        found.insert(path, kind);
    }
    Ok(())
}

/// Nothing for a device, a socket and the like.
fn kind(entry: &DirEntry) -> io::Result<Option<Found>> {
    let kind = entry.file_type()?;
    Ok(match kind {
        kind if kind.is_dir() => Some(Found::Directory),
        kind if kind.is_symlink() => Some(Found::Link),
        _ => stamp(&entry.metadata()?).map(|stamp| Found::File(String::new(), stamp)),
    })
}

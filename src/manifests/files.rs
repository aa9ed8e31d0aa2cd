//! The files that manifests are read from, and their texts.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, anyhow, bail};

use crate::diagnostic::Report;
use crate::huge_pages;
use crate::object::value::Value;
use crate::shares;
use crate::source::{SourceId, Sources};

use super::read;

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";
/// What Kustomize calls its own files.
const KUSTOMIZATIONS: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
/// Fewer files than this are read sooner than a thread is started.
const WORTH_A_THREAD: usize = 100;
/// Larger texts are refused.
const LARGEST: u64 = 256 << 20;

/// Adds the texts of files, and of the files in directories.
pub fn add_all(paths: &[PathBuf], sources: &mut Sources, threads: usize) -> Result<Vec<SourceId>> {
    let mut added = Vec::new();
    for path in paths {
        let files = files(path)?;
        let threads = threads.min(files.len() / WORTH_A_THREAD).max(1);
        let texts = shares::each(&shares::even(&files, threads), |share| {
            share.iter().map(|file| text(file)).collect::<Vec<_>>()
        });
        for (file, text) in files.iter().zip(texts.into_iter().flatten()) {
            if !sources.has_room() {
                bail!("`{}` has more files than can be looked at together", path.display());
            }
            added.push(sources.add_file(file.to_string_lossy(), text?));
        }
    }
    Ok(added)
}

/// A file itself, or those of a directory that may hold manifests, at any depth, by name.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.as_os_str() == STANDARD_INPUT || !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let mut open = vec![(path.to_path_buf(), None)];
    while let Some((directory, listed)) = open.pop() {
        let listed = listed_by_kustomize(&directory)?.or(listed);
        let unreadable = || format!("`{}` cannot be read", directory.display());
        for entry in fs::read_dir(&directory).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let kind = entry.file_type().with_context(unreadable)?;
            let path = entry.path();
            let is_listed = || {
                listed.as_ref().is_none_or(|listed: &Rc<HashSet<PathBuf>>| listed.contains(&path))
            };
            // A link to a directory may lead round in a circle.
            if kind.is_dir() {
                open.push((path, listed.clone()));
            } else if is_manifest(&path)
                && is_listed()
                // One that is not there, behind a link, is no less a fault than any other.
                && (kind.is_file() || fs::metadata(&path).map_or(true, |file| file.is_file()))
            {
                found.push(path);
            }
        }
    }
    if found.is_empty() {
        bail!("there is no `.yaml`, `.yml` or `.json` file with manifests in `{}`", path.display());
    }
    found.sort();
    Ok(found)
}

fn is_manifest(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_hidden = name.starts_with('.');
    matches!(extension, Some("yaml" | "yml" | "json"))
        && !is_hidden
        && !KUSTOMIZATIONS.contains(&name)
}

/// The files that a directory of Kustomize has for manifests: its patches and settings are
/// for no server. Nothing where it is none.
fn listed_by_kustomize(directory: &Path) -> Result<Option<Rc<HashSet<PathBuf>>>> {
    let mut names = KUSTOMIZATIONS.iter().map(|name| directory.join(name));
    let Some(path) = names.find(|path| path.is_file()) else { return Ok(None) };
    let mut sources = Sources::default();
    let source = sources.add_file(path.to_string_lossy(), text(&path)?);
    let read = read(source, &sources, &mut Report::default());
    // What cannot be read, or is an object of its own, says nothing of the others.
    let [kustomization] = read.as_slice() else { return Ok(None) };
    let api_version = &*kustomization.identity.api_version;
    if !(api_version.is_empty() || api_version.starts_with("kustomize.config.k8s.io/")) {
        return Ok(None);
    }
    let resources = kustomization.content.get("resources");
    let resources = resources.map(|list| match list {
        Value::List(items) => items.as_slice(),
        _ => &[],
    });
    let paths = resources.unwrap_or_default().iter().filter_map(Value::as_str);
    let paths = paths.map(|path| directory.join(path.trim_start_matches("./")));
    Ok(Some(Rc::new(paths.collect())))
}

fn text(path: &Path) -> Result<String> {
    let shown = path.display();
    let unreadable = || format!("`{shown}` cannot be read");
    let mut bytes = Vec::new();
    if path.as_os_str() == STANDARD_INPUT {
        io::stdin().take(LARGEST + 1).read_to_end(&mut bytes).with_context(unreadable)?;
    } else {
        let file = File::open(path).with_context(unreadable)?;
        // With room for all of it, a file is read at once.
        let length = file.metadata().map_or(0, |file| file.len());
        bytes.reserve(usize::try_from(length.min(LARGEST)).unwrap_or_default() + 1);
        file.take(LARGEST + 1).read_to_end(&mut bytes).with_context(unreadable)?;
    }
    let length = bytes.len() as u64;
    huge_pages::reads(length);
    if length > LARGEST {
        bail!("`{shown}` is larger than {} MB", LARGEST >> 20);
    }
    decoded(bytes).ok_or_else(|| anyhow!("`{shown}` is not text (UTF-8)"))
}

/// A text in UTF-8, or in UTF-16 with its mark, which is what PowerShell writes.
fn decoded(bytes: Vec<u8>) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes.as_slice() {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return String::from_utf8(bytes).ok(),
    };
    let (pairs, []) = bytes.as_chunks::<2>() else { return None };
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16(&units).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_where_it_is_marked() {
        let bytes = |order: fn(u16) -> [u8; 2]| "\u{feff}a: é\n".encode_utf16().flat_map(order);
        for bytes in [bytes(u16::to_le_bytes).collect(), bytes(u16::to_be_bytes).collect()] {
            assert_eq!(decoded(bytes).as_deref(), Some("\u{feff}a: é\n"));
        }
        assert_eq!(decoded(vec![0xff, 0xfe, b'a']), None);
    }
}

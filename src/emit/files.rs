//! Objects as files: one per object, numbered in the order of application.
//!
//! A record of what was written lies beside the files, so that a later run
//! removes what is no longer needed and never touches a file that is not
//! k8sgen's, or that somebody edited since.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::digest::of_bytes as digest;
use crate::object::Object;

use super::{Format, json, yaml};

/// The record of what was written: file names and digests.
const RECORD: &str = ".k8sgen.json";

const LARGEST_RECORD: u64 = 64 << 20;

type Record = BTreeMap<String, String>;

/// Writes the objects into a directory, and removes what an earlier run wrote
/// and this one does not.
pub fn write(objects: &[Object], format: Format, directory: &Path) -> Result<()> {
    let files = contents(objects, format);
    let shown = directory.display();
    fs::create_dir_all(directory).with_context(|| format!("`{shown}` cannot be made"))?;
    let record = read_record(directory)?;
    let stale: Vec<&String> = record.keys().filter(|name| !files.contains_key(*name)).collect();
    refuse_foreign(directory, &files, &record)?;
    for (name, bytes) in &files {
        // An unchanged file keeps its time of modification.
        if record.get(name) != Some(&digest(bytes)) || !directory.join(name).exists() {
            replace(directory, name, bytes)
                .with_context(|| format!("`{shown}/{name}` cannot be written"))?;
        }
    }
    for name in stale {
        match fs::remove_file(directory.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("`{shown}/{name}` cannot be removed"));
            }
            _ => {}
        }
    }
    let record: Record = files.iter().map(|(name, bytes)| (name.clone(), digest(bytes))).collect();
    let mut text = serde_json::to_vec_pretty(&record)?;
    text.push(b'\n');
    replace(directory, RECORD, &text)
        .with_context(|| format!("`{shown}/{RECORD}` cannot be written"))
}

/// The files by name. Two objects never share a name: their numbers differ.
fn contents(objects: &[Object], format: Format) -> BTreeMap<String, Vec<u8>> {
    let width = objects.len().to_string().len().max(3);
    let file = |(number, object): (usize, &Object)| {
        let kind = object.identity.kind.to_lowercase();
        // Names are checked, but for the colons of roles, which some disks
        // do not take. Long ones are cut: the number tells files apart.
        let name: String = object.identity.name.replace(|c: char| !is_plain(c), "-");
        let name: String = name.chars().take(150).collect();
        let mut bytes = Vec::new();
        let ending = match format {
            Format::Yaml => {
                yaml::write_document(&object.content, &mut bytes);
                "yaml"
            }
            Format::Json => {
                json::write_document(&object.content, &mut bytes);
                "json"
            }
        };
        (format!("{number:0width$}-{kind}-{name}.{ending}"), bytes)
    };
    (1..).zip(objects).map(file).collect()
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')
}

fn read_record(directory: &Path) -> Result<Record> {
    let path = directory.join(RECORD);
    let bytes = match fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_file() && meta.len() <= LARGEST_RECORD => fs::read(&path),
        Ok(_) => bail!("`{}` is not k8sgen's", path.display()),
        Err(error) => Err(error),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Record::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("`{}` cannot be read", path.display()));
        }
    };
    let record: Record = serde_json::from_slice(&bytes)
        .with_context(|| format!("`{}` is not k8sgen's any more", path.display()))?;
    // Whatever a record says, only files of this directory are touched.
    if record
        .keys()
        .any(|name| name.is_empty() || name.starts_with('.') || !name.chars().all(is_plain))
    {
        bail!("`{}` names files that k8sgen never writes", path.display());
    }
    Ok(record)
}

/// Stops before a file that k8sgen did not write, or that was edited since.
fn refuse_foreign(
    directory: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    record: &Record,
) -> Result<()> {
    let mut refused: Vec<String> = Vec::new();
    let names: HashSet<&String> = files.keys().chain(record.keys()).collect();
    let mut names: Vec<&String> = names.into_iter().collect();
    names.sort();
    for name in names {
        let path = directory.join(name);
        let Ok(meta) = fs::symlink_metadata(&path) else { continue };
        let unchanged = meta.is_file()
            && record
                .get(name)
                .is_some_and(|known| fs::read(&path).is_ok_and(|bytes| digest(&bytes) == *known));
        if !unchanged {
            refused.push(format!("  {}", path.display()));
        }
    }
    if refused.is_empty() {
        return Ok(());
    }
    bail!(
        "these files are not k8sgen's, or were edited since:\n{}\nmove them away, or choose another directory; nothing was written",
        refused.join("\n")
    );
}

/// Writes a file beside its place and moves it there: it is old or new, never
/// half.
fn replace(directory: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let beside = directory.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&beside, directory.join(name)));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

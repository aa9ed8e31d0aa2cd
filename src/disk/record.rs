//! The record of what k8sgen wrote into a directory: files and their digests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::scan::Found;

/// Its file. As its name begins with a dot, no tool takes it for a manifest.
pub const NAME: &str = ".k8sgen.json";

const LARGEST: u64 = 64 << 20;

#[derive(Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The command that wrote it.
    pub command: String,
    /// Paths and digests.
    pub files: BTreeMap<String, String>,
}

/// What the last run wrote. The record itself is taken out of what was found.
/// With `force` one that cannot be read is as good as none.
pub fn read(
    directory: &Path,
    found: &mut BTreeMap<String, Found>,
    force: bool,
) -> Result<Option<Record>> {
    let path = directory.join(NAME);
    let shown = path.display();
    match found.remove(NAME) {
        None => return Ok(None),
        Some(Found::File(..)) => {}
        Some(_) => bail!("`{shown}` is not k8sgen's"),
    }
    let size = fs::metadata(&path).map(|meta| meta.len()).unwrap_or(0);
    if size > LARGEST {
        bail!("`{shown}` is not k8sgen's");
    }
    let bytes = fs::read(&path).with_context(|| format!("`{shown}` cannot be read"))?;
    let record: Option<Record> = serde_json::from_slice(&bytes).ok();
    // Whatever a record says, only files of this directory are touched.
    match record.filter(|record| record.files.keys().all(|path| is_own_path(path))) {
        Some(record) => Ok(Some(record)),
        None if force => Ok(None),
        None => bail!(
            "`{shown}` is not as k8sgen wrote it; after a merge, write the directory anew with `--force`"
        ),
    }
}

/// The bytes of a record.
pub fn write(record: &Record) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(record)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn is_own_path(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    path.split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && part.chars().all(plain))
}

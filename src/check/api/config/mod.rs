//! What ConfigMaps and Secrets hold.

pub mod config_map;
pub mod secret;

use crate::check::at::At;
use crate::scalar::ConfigKey;

/// `MaxSecretSize`, of ConfigMaps too.
const MOST: usize = 1024 * 1024;

/// A key is a file name where it is mounted: `IsConfigMapKey`.
fn must_be_key(entry: At<'_>, key: &str) {
    entry.must_be_text::<ConfigKey>(key);
}

/// How many bytes base64 stands for.
fn decoded_length(text: &str) -> usize {
    let digits = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r' | b'=')).count();
    digits * 3 / 4
}

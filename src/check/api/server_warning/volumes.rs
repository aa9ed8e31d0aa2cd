//! Sources of volumes that are gone, and files of a volume that hide each other.

use std::collections::HashSet;

use crate::check::api::claim::warn_of_size;
use crate::check::api::formats::shown;
use crate::check::at::At;

/// Sources that Kubernetes no longer has code for, or will not have for long.
const GONE: [(&str, &str); 9] = [
    ("photonPersistentDisk", "does nothing since 1.16"),
    ("gitRepo", "is disabled since 1.33; clone in an init container"),
    ("scaleIO", "does nothing since 1.22"),
    ("flocker", "does nothing since 1.25"),
    ("storageos", "does nothing since 1.25"),
    ("quobyte", "does nothing since 1.25"),
    ("glusterfs", "does nothing since 1.26"),
    ("cephfs", "does nothing since 1.31"),
    ("rbd", "does nothing since 1.31"),
];

pub fn warn(spec: At<'_>) {
    for volume in spec.field("volumes").items() {
        // Nothing is said of what has no source: it is an empty directory.
        let Some(fields) = volume.map() else { continue };
        for (name, _) in fields.iter() {
            let source = volume.field(name);
            if !source.is_set() {
                continue;
            }
            warn_of_source(name, source);
            match name {
                "configMap" | "secret" | "downwardAPI" => {
                    warn_of_overlaps(source.field("items").items().map(|item| item.field("path")));
                }
                "projected" => warn_of_projected(source),
                "ephemeral" => warn_of_size(source.field("volumeClaimTemplate").field("spec")),
                _ => {}
            }
        }
    }
}

/// Of a pod's volume, or of a PersistentVolume.
pub fn warn_of_source(name: &str, source: At<'_>) {
    if let Some((_, what)) = GONE.iter().find(|(gone, _)| *gone == name) {
        source.warn(format!("`{name}` {what}"));
    }
}

fn warn_of_projected(volume: At<'_>) {
    const WITH_PATH: [&str; 2] = ["serviceAccountToken", "clusterTrustBundle"];
    const WITH_ITEMS: [&str; 3] = ["configMap", "secret", "downwardAPI"];
    let mut paths = Vec::new();
    for source in volume.field("sources").items() {
        if source.entries().all(|(_, value)| !value.is_set()) {
            source.warn_with("the source is empty", "name one, such as `configMap`");
        }
        for list in WITH_ITEMS.map(|name| source.field(name).field("items")) {
            paths.extend(list.items().map(|item| item.field("path")));
        }
        paths.extend(WITH_PATH.iter().map(|name| source.field(name).field("path")));
    }
    warn_of_overlaps(paths.into_iter());
}

/// A file cannot be where another one is, nor below it: `checkVolumeMappingForOverlap`.
fn warn_of_overlaps<'a>(paths: impl Iterator<Item = At<'a>>) {
    let paths: Vec<At<'a>> = paths.filter(|path| !path.is_empty()).collect();
    let all: HashSet<&str> = paths.iter().map(|path| trimmed(*path)).collect();
    let mut seen = HashSet::new();
    for path in paths {
        let text = trimmed(path);
        let above = text.match_indices('/').map(|(end, _)| text.get(..end).unwrap_or_default());
        if !seen.insert(text) {
            path.warn(format!("two files are at {}", shown(text)));
        } else if let Some(file) = above.into_iter().find(|above| all.contains(above)) {
            path.warn(format!("it is below {}, which is a file", shown(file)));
        }
    }
}

fn trimmed(path: At<'_>) -> &str {
    path.text_or_empty().trim_end_matches('/')
}

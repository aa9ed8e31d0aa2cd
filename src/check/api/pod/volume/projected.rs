//! Volumes that are put together from several sources.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;

use super::{RULE, files};

/// Up to 1.36 a server drops `clusterTrustBundle` and `podCertificate` unread.
const SOURCES: [&str; 4] = ["secret", "configMap", "downwardAPI", "serviceAccountToken"];

/// `validateProjectedVolumeSource`.
pub fn validate(volume: At<'_>) {
    volume.field("defaultMode").must_be_file_mode();
    let mut paths = HashSet::new();
    for source in volume.field("sources").items() {
        for name in ["secret", "configMap"] {
            let files = source.field(name);
            if files.is_set() {
                files.field("name").required();
                files.field("items").items().for_each(files::validate_item);
                take_paths(volume, files.field("items"), &mut paths);
            }
        }
        let downward = source.field("downwardAPI");
        if downward.is_set() {
            files::validate_downward(downward);
            take_paths(volume, downward.field("items"), &mut paths);
        }
        let token = source.field("serviceAccountToken");
        if token.is_set() {
            validate_token(volume, token);
        }
        let there = SOURCES.iter().filter(|name| source.field(name).is_set()).count();
        if there > 1 {
            source.fault_with("a source can be one thing only", "make a list of several sources");
        }
    }
}

/// No two files are at one path. A server compares them as they are written.
fn take_paths<'a>(volume: At<'a>, items: At<'a>, taken: &mut HashSet<&'a str>) {
    for path in items.items().map(|item| item.field("path")) {
        let text = path.text_or_empty();
        if !text.is_empty() && !taken.insert(text) {
            path.named(volume).fault(format!("two files are at {}", shown(text)));
        }
    }
}

/// Only pods themselves are asked for the account: who makes them fills it in.
pub fn must_have_account(spec: At<'_>) {
    if ["serviceAccountName", "serviceAccount"].iter().any(|name| !spec.field(name).is_empty()) {
        return;
    }
    for volume in spec.under(&RULE).field("volumes").items() {
        for source in volume.field("projected").field("sources").items() {
            source
                .field("serviceAccountToken")
                .forbid("the pod has no `serviceAccountName` that it is for");
        }
    }
}

/// Its path is named as if it were the volume's.
fn validate_token<'a>(volume: At<'a>, token: At<'a>) {
    const TEN_MINUTES: i64 = 600;
    const MOST: i64 = 1 << 32;
    token.field("expirationSeconds").must_be_within(TEN_MINUTES, MOST);
    let path = token.field("path").named(volume.field("path"));
    if path.required() {
        path.must_be_path_in_volume();
    }
}

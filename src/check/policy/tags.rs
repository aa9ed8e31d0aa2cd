//! What the tag of an image promises: a version, or whatever was pushed last.

use std::collections::HashSet;

use crate::check::at::At;
use crate::check::scene::{Container, Pod};
use crate::scalar::{ImageReference, Scalar};

/// How long a tag means the same image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// None, or `latest`.
    Latest,
    /// The newest of a branch, a channel or a flavour: `main`, `stable`, `alpine`.
    Channel,
    /// The newest of a major version: `7`, `v2-alpine`.
    Major,
    /// A version, a build or a date. Somebody may still push it anew.
    Version,
    /// A commit: whoever pushes another image under it does so on purpose.
    Commit,
}

const CHANNELS: &[&str] = &[
    "latest",
    "stable",
    "main",
    "master",
    "trunk",
    "head",
    "develop",
    "development",
    "dev",
    "edge",
    "nightly",
    "canary",
    "beta",
    "alpha",
    "rc",
    "next",
    "mainline",
    "unstable",
    "testing",
    "test",
    "staging",
    "prod",
    "production",
    "live",
    "release",
    "current",
    "lts",
    "rolling",
    "preview",
    "snapshot",
    "default",
    "alpine",
    "slim",
    "debian",
    "ubuntu",
    "bullseye",
    "bookworm",
    "trixie",
    "focal",
    "jammy",
    "noble",
];

/// An image that is known by its tag alone.
pub fn tagged(container: Container<'_>) -> Option<(ImageReference, Tag)> {
    let image = ImageReference::parse(container.at.field("image").text_or_empty()).ok()?;
    if image.digest().is_some() {
        return None;
    }
    let tag = image.tag().map_or(Tag::Latest, kind_of);
    Some((image, tag))
}

/// The images of a pod that are known by their tags alone, each of them once.
pub fn tagged_images<'a>(
    spec: At<'a>,
) -> impl Iterator<Item = (Container<'a>, ImageReference, Tag)> {
    let mut seen = HashSet::new();
    Pod::containers(spec)
        .filter(move |container| seen.insert(container.at.field("image").text_or_empty()))
        .filter_map(|container| tagged(container).map(|(image, tag)| (container, image, tag)))
}

fn kind_of(tag: &str) -> Tag {
    let tag = tag.to_ascii_lowercase();
    if tag == "latest" {
        return Tag::Latest;
    }
    let parts: Vec<&str> = tag.split(['-', '_']).collect();
    if parts.iter().any(|part| is_commit(part)) {
        return Tag::Commit;
    }
    let first = parts.first().copied().unwrap_or_default();
    if CHANNELS.contains(&first) && !tag.bytes().any(|byte| byte.is_ascii_digit()) {
        return Tag::Channel;
    }
    let others_say_more = parts.iter().skip(1).any(|part| is_fixed(part));
    if is_major(first) && !others_say_more { Tag::Major } else { Tag::Version }
}

/// `7` or `v7`. Numbers of builds soon have more digits.
fn is_major(part: &str) -> bool {
    let number = part.strip_prefix('v').unwrap_or(part);
    (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number of a build, a date, or a version of its own such as `r2`.
fn is_fixed(part: &str) -> bool {
    let bare = part.strip_prefix(['v', 'r', 'b']).unwrap_or(part);
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())
}

/// A hash as git has them, whole or short. Dates have no letters.
fn is_commit(part: &str) -> bool {
    (7..=64).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        && part.bytes().any(|byte| byte.is_ascii_digit())
        && part.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tags_promise() {
        for (tag, promise) in [
            ("latest", Tag::Latest),
            ("main", Tag::Channel),
            ("stable-alpine", Tag::Channel),
            ("alpine", Tag::Channel),
            ("latest-slim", Tag::Channel),
            ("7", Tag::Major),
            ("v7", Tag::Major),
            ("7-alpine", Tag::Major),
            ("17-jre-slim", Tag::Major),
            ("7.2", Tag::Version),
            ("1.29-alpine", Tag::Version),
            ("v1.4.2", Tag::Version),
            ("1372", Tag::Version),
            ("20240131", Tag::Version),
            ("main-42", Tag::Version),
            ("7-r2", Tag::Version),
            ("release-1.4.2", Tag::Version),
            ("alpine3.20", Tag::Version),
            ("billing", Tag::Version),
            ("sha-3f2a1bc", Tag::Commit),
            ("3f2a1bc9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f", Tag::Commit),
            ("deadbeef", Tag::Version),
        ] {
            assert_eq!(kind_of(tag), promise, "{tag}");
        }
    }
}

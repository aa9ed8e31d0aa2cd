//! Images under a name.

use crate::diagnostic::Diagnostic;
use crate::source::Place;

use super::decode::At;
use super::index::ResolvedImage;
use super::scalar::{ImageDigest, ImageReference, ImageTag};
use super::shape::{choice, record};

record! {
    /// An image that workloads use by name. Overlays and `--image` change its tag
    /// or digest in one place.
    "image" pub struct Image {
        /// The repository; a bare value may bring its tag and digest along.
        name "name": At<ImageReference>, eg "registry.example.com/shop/web"|"redis:7-alpine";
        /// The tag.
        tag "tag": Option<At<ImageTag>>, eg "v1.4.2";
        /// The digest. With one, the tag is only for readers.
        digest "digest": Option<At<ImageDigest>>, eg "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        /// When nodes pull it; Kubernetes decides by the tag where nothing is said.
        pull_policy "pullPolicy": Option<PullPolicy>;
    }
    short "name";
    hint "repository" => "did you mean `name`?";
    hint "imagePullPolicy" => "did you mean `pullPolicy`?";
}

choice! {
    /// When a node pulls an image.
    "pull policy" pub enum PullPolicy {
        /// Every time a container starts.
        Always "Always",
        /// Where the node does not have it.
        IfNotPresent "IfNotPresent",
        /// Never: it must be on the node.
        Never "Never",
    }
}

impl Image {
    /// The whole reference, with its tag and digest wherever they are written.
    pub fn resolve(&self) -> Result<ResolvedImage, Diagnostic> {
        let name = &self.name;
        let twice = |what: &str, place: Place| {
            Diagnostic::new(format!("the {what} is written twice"))
                .at(place)
                .related(name.place, "the name brings one along")
        };
        let tag = match (&self.tag, name.tag()) {
            (Some(tag), Some(_)) => return Err(twice("tag", tag.place)),
            (tag, own) => tag.as_ref().map(|tag| tag.as_str()).or(own),
        };
        let digest = match (&self.digest, name.digest()) {
            (Some(digest), Some(_)) => return Err(twice("digest", digest.place)),
            (digest, own) => digest.as_ref().map(|digest| digest.as_str()).or(own),
        };
        let mut reference = name.name().to_owned();
        for (sign, part) in [(':', tag), ('@', digest)] {
            if let Some(part) = part {
                reference.push(sign);
                reference.push_str(part);
            }
        }
        Ok(ResolvedImage { reference, tag: tag.map(str::to_owned), pull_policy: self.pull_policy })
    }
}

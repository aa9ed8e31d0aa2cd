//! Images under a name.

use crate::diagnostic::Diagnostic;
use crate::scalar::{ImageDigest, ImageReference, ImageTag};
use crate::source::Place;

use super::decode::At;
use super::index::ResolvedImage;
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
    /// A later layer's tag or digest replaces what the name brings along.
    pub fn resolve(&self) -> Result<ResolvedImage, Diagnostic> {
        let name = &self.name;
        let tag = match (&self.tag, name.tag()) {
            (Some(tag), Some(_)) => Some(self.replacing("tag", tag.as_str(), tag.place)?),
            (tag, own) => tag.as_ref().map(|tag| tag.as_str()).or(own),
        };
        let digest = match (&self.digest, name.digest()) {
            (Some(digest), Some(_)) => {
                Some(self.replacing("digest", digest.as_str(), digest.place)?)
            }
            (digest, own) => digest.as_ref().map(|digest| digest.as_str()).or(own),
        };
        self.refuse_old_digest(digest.is_some())?;
        let mut reference = name.name().to_owned();
        for (sign, part) in [(':', tag), ('@', digest)] {
            if let Some(part) = part {
                reference.push(sign);
                reference.push_str(part);
            }
        }
        Ok(ResolvedImage { reference, tag: tag.map(str::to_owned), pull_policy: self.pull_policy })
    }

    fn replacing<'a>(
        &self,
        what: &str,
        part: &'a str,
        place: Place,
    ) -> Result<&'a str, Diagnostic> {
        if place.source > self.name.place.source {
            return Ok(part);
        }
        Err(Diagnostic::new(format!("the {what} is written twice"))
            .at(place)
            .related(self.name.place, "the name brings one along"))
    }

    /// A digest decides what runs: with a newer tag it would silently be the
    /// old image.
    fn refuse_old_digest(&self, pinned: bool) -> Result<(), Diagnostic> {
        let digest = self.digest.as_ref().map_or(self.name.place, |digest| digest.place);
        match &self.tag {
            Some(tag) if pinned && digest.source < tag.place.source => {
                Err(Diagnostic::new("this tag is newer than the digest, which decides what runs")
                    .at(tag.place)
                    .related(digest, "the digest")
                    .help("give the new digest too, or remove the old one: `digest: null`"))
            }
            _ => Ok(()),
        }
    }
}

//! References to container images, by the grammar of distribution/reference.

use std::fmt;

use super::Scalar;
use super::kept_text::kept_text;
use super::word::Word;
pub use name::ImageName;
use name::{fault_as_a_whole, is_lower_hex, read_name, split_tag};

mod name;

/// A name with an optional tag and an optional digest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImageReference {
    name: ImageName,
    tag: Option<ImageTag>,
    digest: Option<ImageDigest>,
}

kept_text! {
    /// What comes after the `:`.
    ImageTag
}

kept_text! {
    /// What comes after the `@`: an algorithm and the hash of the manifest.
    ImageDigest
}

const TAG: Word = Word { upper: true, marks: "_.-", bounded: false, longest: 128 };

impl ImageReference {
    pub fn new(name: ImageName, tag: Option<ImageTag>, digest: Option<ImageDigest>) -> Self {
        Self { name, tag, digest }
    }

    /// The name with its registry: `ghcr.io/acme/app`.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    pub fn tag(&self) -> Option<&str> {
        self.tag.as_ref().map(ImageTag::as_str)
    }

    pub fn digest(&self) -> Option<&str> {
        self.digest.as_ref().map(ImageDigest::as_str)
    }

    /// The registry with its port, where the name has one: `localhost:5000`.
    pub fn registry(&self) -> Option<&str> {
        self.name.registry()
    }
}

impl Scalar for ImageReference {
    const NAME: &'static str = "image reference";
    const DOC: &'static str =
        "An image name, with an optional `:` and tag and an optional `@` and digest.";
    const EXAMPLES: &'static [&'static str] = &[
        "redis:7-alpine",
        "ghcr.io/acme/app:v1.2.3",
        "app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ];
    const PATTERN: &'static str =
        r"^[A-Za-z0-9._:/\[\]-]+(@sha(256:[0-9a-f]{64}|512:[0-9a-f]{128}))?$";

    fn parse(text: &str) -> Result<Self, String> {
        if let Some(reason) = fault_as_a_whole(text) {
            return Err(reason.into());
        }
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let (repository, tag) = split_tag(rest);
        Ok(Self {
            name: read_name(repository)?,
            tag: part("tag", tag)?,
            digest: part("digest", digest)?,
        })
    }
}

fn part<T: Scalar>(what: &str, text: Option<&str>) -> Result<Option<T>, String> {
    let read = text.map(T::parse).transpose();
    read.map_err(|reason| format!("{what} {reason}"))
}

impl Scalar for ImageTag {
    const NAME: &'static str = "image tag";
    const DOC: &'static str =
        "Up to 128 letters, digits, `_`, `.` and `-`, not starting with `.` or `-`.";
    const EXAMPLES: &'static [&'static str] = &["v1.0.0", "7-alpine"];
    const PATTERN: &'static str = "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$";

    fn parse(text: &str) -> Result<Self, String> {
        let fault = |text: &str| {
            TAG.fault(text).or_else(|| match text.chars().next() {
                Some(c @ ('.' | '-')) => Some(format!("starts with `{c}`")),
                _ => None,
            })
        };
        TAG.keep(text, '-', fault).map(Self)
    }
}

impl Scalar for ImageDigest {
    const NAME: &'static str = "image digest";
    const DOC: &'static str =
        "The word `sha256:` and 64 lower-case hexadecimal digits, or `sha512:` and 128.";
    const EXAMPLES: &'static [&'static str] =
        &["sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"];
    const PATTERN: &'static str = "^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$";

    fn parse(text: &str) -> Result<Self, String> {
        let (algorithm, hash) = text.split_once(':').unwrap_or(("", text));
        let length = match algorithm {
            "sha256" => 64,
            "sha512" => 128,
            _ => return Err("does not start with `sha256:` or `sha512:`".into()),
        };
        if hash.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err("has an upper-case letter".into());
        }
        if !hash.bytes().all(is_lower_hex) {
            return Err("has a character that is no hexadecimal digit".into());
        }
        if hash.len() != length {
            return Err(format!("has {} hexadecimal digits, not {length}", hash.len()));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name.as_str())?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn references() {
        keeps::<ImageReference>(&[
            "redis",
            "redis:7-alpine",
            "localhost:5000",
            "localhost:5000/app:v1",
            &format!("ghcr.io/acme/app:v1.2.3@sha256:{HASH}"),
            &format!("app@sha512:{HASH}{HASH}"),
        ]);
        refuses::<ImageReference>(&[
            ("", "is empty"),
            ("redis :7", "has a space"),
            ("http://ghcr.io/app:1", "leave out the scheme"),
            ("Redis:7", "repository has an upper-case letter; use `redis`"),
            (":7", "has no name"),
            ("redis:", "tag is empty"),
            ("redis:-1", "tag starts with `-`"),
            ("redis:a:b", "tag has `:`"),
            ("redis:v7/x", "registry port is not a whole number"),
            ("redis@", "digest does not start with"),
            ("redis@sha256:abc", "digest has 3 hexadecimal digits, not 64"),
        ]);
    }

    #[test]
    fn parts_of_a_reference() {
        let digest = format!("sha256:{HASH}");
        let read = ImageReference::parse(&format!("host:5000/app:v1@{digest}")).unwrap();
        assert_eq!(read.name(), "host:5000/app");
        assert_eq!(read.tag(), Some("v1"));
        assert_eq!(read.digest(), Some(&*digest));
        assert_eq!(read.registry(), Some("host:5000"));
        let read = ImageReference::parse("host:5000/app").unwrap();
        assert_eq!((read.tag(), read.digest()), (None, None));
    }

    #[test]
    fn tags_and_digests() {
        keeps::<ImageTag>(&["v1.0.0", "_", "7-alpine", "LATEST", &"t".repeat(128)]);
        refuses::<ImageTag>(&[
            ("", "is empty"),
            (".a", "starts with `.`"),
            ("-a", "starts with `-`"),
            ("a b", "has a space; use `a-b`"),
            ("1.0+build", "has `+`; use `1.0-build`"),
            (&"t".repeat(129), "has 129 characters, the limit is 128"),
        ]);
        refuses::<ImageDigest>(&[
            ("", "does not start with `sha256:`"),
            (HASH, "does not start with `sha256:`"),
            ("md5:00", "does not start with `sha256:`"),
            (&format!("sha256:{}", HASH.to_uppercase()), "has an upper-case letter"),
            (&format!("sha256:{}", "g".repeat(64)), "no hexadecimal digit"),
            (&format!("sha512:{HASH}"), "has 64 hexadecimal digits, not 128"),
        ]);
    }
}

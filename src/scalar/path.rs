//! Paths inside a container or a volume.

use super::Scalar;
use super::kept_text::kept_text;

kept_text! {
    /// A path from the root, such as the place of a mount.
    AbsolutePath
}

kept_text! {
    /// A path below some directory, such as `subPath`.
    RelativePath
}

fn fault(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if text.contains(char::is_control) {
        Some("has a control character")
    } else if text.split('/').any(|part| part == "..") {
        Some("has a `..` component")
    } else {
        None
    }
}

impl Scalar for AbsolutePath {
    const NAME: &'static str = "absolute path";
    const DOC: &'static str =
        "A path that starts with `/` and has neither a `:` nor a `..` component.";
    const EXAMPLES: &'static [&'static str] = &["/app/data", "/etc/nginx/nginx.conf"];
    const PATTERN: &'static str = "^/[^:]*$";

    fn parse(text: &str) -> Result<Self, String> {
        if let Some(reason) = fault(text) {
            return Err(reason.into());
        }
        if !text.starts_with('/') {
            return Err("does not start with `/`".into());
        }
        // The API's word for `mountPath`: "Must not contain ':'".
        if text.contains(':') {
            return Err("has `:`".into());
        }
        Ok(Self(text.into()))
    }
}

impl Scalar for RelativePath {
    const NAME: &'static str = "relative path";
    const DOC: &'static str = "A path that does not start with `/` and has no `..` component.";
    const EXAMPLES: &'static [&'static str] = &["data", "conf/redis.conf"];
    const PATTERN: &'static str = r"^[^/][\s\S]*$";

    /// `validateLocalDescendingPath` of Kubernetes.
    fn parse(text: &str) -> Result<Self, String> {
        if let Some(reason) = fault(text) {
            return Err(reason.into());
        }
        if text.starts_with('/') {
            return Err("starts with `/`".into());
        }
        Ok(Self(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn absolute() {
        keeps::<AbsolutePath>(&["/", "/app/data", "/a..b/...", "/a b/é", "/data/"]);
        refuses::<AbsolutePath>(&[
            ("", "is empty"),
            ("app", "does not start with `/`"),
            ("C:/x", "does not start with `/`"),
            ("/a:b", "has `:`"),
            ("/a/../b", "has a `..` component"),
            ("/..", "has a `..` component"),
            ("/a\nb", "has a control character"),
        ]);
    }

    #[test]
    fn relative() {
        keeps::<RelativePath>(&["a", "a/b", "..a/b", "./a", "a:b", "a/"]);
        refuses::<RelativePath>(&[
            ("", "is empty"),
            ("/a", "starts with `/`"),
            ("../a", "has a `..` component"),
            ("a/..", "has a `..` component"),
            ("a\u{0}", "has a control character"),
        ]);
    }
}

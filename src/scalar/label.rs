//! Keys and values of labels, and keys of annotations.

use super::Scalar;
use super::dns::{SUBDOMAIN, subdomain_fault};
use super::kept_text::kept_text;
use super::word::{Word, advised};

kept_text! {
    /// A name with an optional DNS prefix: `app`, `app.kubernetes.io/name`.
    LabelKey
}

kept_text! {
    /// A key of an annotation. It is a label key whose prefix may have
    /// upper-case letters.
    AnnotationKey
}

kept_text! {
    /// What a label says. It may be empty.
    LabelValue
}

const NAME: Word = Word { upper: true, marks: "-_.", bounded: true, longest: 63 };

/// `IsQualifiedName` of Kubernetes.
fn key_fault(text: &str) -> Option<String> {
    let Some((prefix, name)) = text.split_once('/') else {
        return NAME.fault(text);
    };
    if name.contains('/') {
        return Some("has more than one `/`".into());
    }
    if let Some(fault) = subdomain_fault(prefix) {
        return Some(format!("prefix {fault}"));
    }
    NAME.fault(name).map(|fault| format!("name {fault}"))
}

/// `ValidateAnnotations` of Kubernetes folds the case of a key before it looks.
fn annotation_fault(text: &str) -> Option<String> {
    key_fault(&text.to_ascii_lowercase())
}

fn checked_key(text: &str, fault: fn(&str) -> Option<String>) -> Result<Box<str>, String> {
    let Some(reason) = fault(text) else {
        return Ok(text.into());
    };
    let better = match text.split_once('/') {
        None => NAME.repaired(text, '-'),
        Some((prefix, name)) => SUBDOMAIN
            .repaired(prefix, '-')
            .zip(NAME.repaired(name, '-'))
            .map(|(prefix, name)| format!("{prefix}/{name}")),
    };
    Err(advised(reason, better.filter(|t| fault(t).is_none())))
}

const KEY_PATTERN: &str = "^([A-Za-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$";

impl Scalar for LabelKey {
    const NAME: &'static str = "label key";
    const DOC: &'static str = "A name of up to 63 letters, digits, `-`, `_` and `.`, after an optional DNS name and a `/`.";
    const EXAMPLES: &'static [&'static str] = &["app", "app.kubernetes.io/name"];
    const PATTERN: &'static str = KEY_PATTERN;

    fn parse(text: &str) -> Result<Self, String> {
        checked_key(text, key_fault).map(Self)
    }
}

impl Scalar for AnnotationKey {
    const NAME: &'static str = "annotation key";
    const DOC: &'static str = "A name of up to 63 letters, digits, `-`, `_` and `.`, after an optional DNS name and a `/`.";
    const EXAMPLES: &'static [&'static str] = &["prometheus.io/scrape", "description"];
    const PATTERN: &'static str = KEY_PATTERN;

    fn parse(text: &str) -> Result<Self, String> {
        checked_key(text, annotation_fault).map(Self)
    }
}

impl Scalar for LabelValue {
    const NAME: &'static str = "label value";
    const DOC: &'static str = "Nothing, or up to 63 letters, digits, `-`, `_` and `.`, starting and ending with a letter or a digit.";
    const EXAMPLES: &'static [&'static str] = &["backend", "v1.0.0", ""];
    const PATTERN: &'static str = "^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$";

    fn parse(text: &str) -> Result<Self, String> {
        NAME.keep(text, '-', |t| if t.is_empty() { None } else { NAME.fault(t) }).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{keeps, refuses};
    use super::*;

    #[test]
    fn keys() {
        let longest = format!("{}/{}", "a".repeat(253), "b".repeat(63));
        keeps::<LabelKey>(&["app", "A_b.c", "0", "app.kubernetes.io/name", "a/B", &longest]);
        refuses::<LabelKey>(&[
            ("", "is empty"),
            ("a/b/c", "has more than one `/`"),
            ("/a", "prefix is empty"),
            ("a/", "name is empty"),
            ("Example.com/x", "prefix has an upper-case letter; use `example.com/x`"),
            ("a_b/x", "prefix has `_`; use `a-b/x`"),
            ("my app", "has a space; use `my-app`"),
            ("x/-a", "name starts with `-`; use `x/a`"),
            (&"a".repeat(64), "the limit is 63"),
            (&format!("{}/b", "a".repeat(254)), "prefix has 254 characters"),
        ]);
    }

    #[test]
    fn annotation_keys() {
        keeps::<AnnotationKey>(&["prometheus.io/scrape", "Example.com/Foo", "x"]);
        refuses::<AnnotationKey>(&[("a b/c", "prefix has a space"), ("/", "prefix is empty")]);
    }

    #[test]
    fn values() {
        keeps::<LabelValue>(&["", "a", "v1.0.0", "A_b-c.d", &"a".repeat(63)]);
        refuses::<LabelValue>(&[
            ("-a", "starts with `-`; use `a`"),
            ("a.", "ends with `.`"),
            ("a/b", "has `/`; use `a-b`"),
            ("Jane Doe", "has a space; use `Jane-Doe`"),
            (&"a".repeat(64), "has 64 characters, the limit is 63"),
        ]);
    }
}

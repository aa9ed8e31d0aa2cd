//! Scalars with a grammar of their own. Each is parsed once, where the profile
//! is read, and carries its meaning from there on as a type.

/// A scalar that a user writes as one word and that has rules.
pub trait Scalar: Sized {
    /// What messages and the reference call it, without an article: `quantity`.
    const NAME: &'static str;
    /// One sentence for the reference: what may be written.
    const DOC: &'static str;
    /// Valid values, for the reference and the JSON Schema.
    const EXAMPLES: &'static [&'static str];
    /// A regular expression (ECMAScript, anchored) for editors. It may accept
    /// more than `parse` does, never less.
    const PATTERN: &'static str;

    /// Reads the text exactly as it stands in the file. The error is the
    /// reason, in the words Kubernetes would use, without the value itself.
    fn parse(text: &str) -> Result<Self, String>;
}

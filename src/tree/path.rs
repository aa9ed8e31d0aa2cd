//! Paths into a tree as users write them: `workloads.miner.replicas`, and
//! `workloads.miner.mounts[/app/data].size` for keys with dots or slashes.

use std::fmt;

/// The keys from the root to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreePath(pub Vec<String>);

impl TreePath {
    /// Reads a path. The error is a reason and the character it is about.
    pub fn parse(text: &str) -> Result<TreePath, (String, usize)> {
        let mut keys = Vec::new();
        let mut rest = text;
        let at = |rest: &str| text[..text.len() - rest.len()].chars().count();
        loop {
            if let Some(inner) = rest.strip_prefix('[') {
                let (key, after) =
                    bracketed(inner).ok_or(("`[` is never closed".into(), at(rest)))?;
                keys.push(key);
                rest = after;
            } else {
                let end = rest.find(['.', '[', '=']).unwrap_or(rest.len());
                if end == 0 {
                    return Err(("a key is missing here".into(), at(rest)));
                }
                keys.push(rest[..end].to_owned());
                rest = &rest[end..];
            }
            rest = match rest.chars().next() {
                None => return Ok(TreePath(keys)),
                Some('.') => &rest[1..],
                Some('[') => rest,
                Some(_) => return Err(("expected `.` or `[`".into(), at(rest))),
            };
        }
    }
}

/// The key between brackets, bare or quoted, and what follows the bracket.
fn bracketed(inner: &str) -> Option<(String, &str)> {
    for quote in ['"', '\''] {
        if let Some(quoted) = inner.strip_prefix(quote) {
            let end = quoted.find(quote)?;
            let after = quoted[end + 1..].strip_prefix(']')?;
            return Some((quoted[..end].to_owned(), after));
        }
    }
    let end = inner.find(']')?;
    Some((inner[..end].to_owned(), &inner[end + 1..]))
}

impl fmt::Display for TreePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.0.iter().enumerate() {
            if key.is_empty() || key.contains(['.', '[', ']', '=', '/']) {
                write!(f, "[{key}]")?;
            } else if index == 0 {
                write!(f, "{key}")?;
            } else {
                write!(f, ".{key}")?;
            }
        }
        Ok(())
    }
}

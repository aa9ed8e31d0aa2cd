//! Objects to bytes: the formats k8sgen prints, how several objects share one
//! stream, and one file for each. It knows nothing of profiles.

pub mod files;
pub mod json;
pub mod names;
mod number;
mod resolved;
mod scalar;
pub mod yaml;

#[cfg(test)]
mod readers;
#[cfg(test)]
mod roundtrip;

use crate::object::Object;
use crate::object::value::Value;
use crate::shares;

/// What `-o` chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Yaml,
    Json,
}

/// Between two YAML documents.
const SEPARATOR: &[u8] = b"---\n";

/// Writes objects in the order given: as YAML documents with one `---` line
/// between two, or as one JSON `List`.
pub fn stream<'a>(values: impl IntoIterator<Item = &'a Value>, format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Yaml => {
            for (position, value) in values.into_iter().enumerate() {
                if position > 0 {
                    out.extend_from_slice(SEPARATOR);
                }
                yaml::write_document(value, out);
            }
        }
        Format::Json => json::write_list(values, out),
    }
}

/// Fewer objects than this are written sooner than a thread is started.
const WORTH_A_THREAD: usize = 256;

/// About what an object takes, so that the text is seldom moved while it grows.
const BYTES_OF_AN_OBJECT: usize = 1 << 10;

/// All objects as one stream, in pieces that follow each other. The bytes do not
/// depend on the number of threads.
pub fn objects(objects: &[Object], format: Format, threads: usize) -> Vec<Vec<u8>> {
    let threads = match format {
        Format::Yaml => threads.min(objects.len() / WORTH_A_THREAD).max(1),
        // A list is one document.
        Format::Json => 1,
    };
    let written = shares::each(&shares::even(objects, threads), |share| {
        let mut out = Vec::with_capacity(share.len() * BYTES_OF_AN_OBJECT);
        stream(share.iter().map(|object| &object.content), format, &mut out);
        out
    });
    let mut pieces = Vec::with_capacity(2 * written.len());
    for bytes in written {
        if !pieces.is_empty() {
            pieces.push(SEPARATOR.to_vec());
        }
        pieces.push(bytes);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streamed(values: &[Value], format: Format) -> String {
        let mut out = Vec::new();
        stream(values, format, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_separator_stands_between_two_yaml_documents() {
        let values = [Value::Int(1), Value::Int(2), Value::Int(3)];
        assert_eq!(streamed(&values, Format::Yaml), "1\n---\n2\n---\n3\n");
        assert_eq!(streamed(&values[..1], Format::Yaml), "1\n");
        assert_eq!(streamed(&[], Format::Yaml), "");
    }

    #[test]
    fn json_is_always_one_list() {
        assert_eq!(
            streamed(&[Value::Int(1)], Format::Json),
            "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [\n    1\n  ]\n}\n"
        );
    }
}

//! Objects to bytes: the formats k8sgen prints and how several objects share
//! one stream. It knows nothing of profiles and nothing of files.

pub mod json;
mod number;
mod resolved;
mod scalar;
pub mod yaml;

#[cfg(test)]
mod readers;
#[cfg(test)]
mod roundtrip;

use crate::object::value::Value;

/// What `-o` chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Yaml,
    Json,
}

/// Writes objects in the order given: as YAML documents with one `---` line
/// between two, or as one JSON `List`.
pub fn stream<'a>(values: impl IntoIterator<Item = &'a Value>, format: Format, out: &mut Vec<u8>) {
    match format {
        Format::Yaml => {
            for (position, value) in values.into_iter().enumerate() {
                if position > 0 {
                    out.extend_from_slice(b"---\n");
                }
                yaml::write_document(value, out);
            }
        }
        Format::Json => json::write_list(values, out),
    }
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

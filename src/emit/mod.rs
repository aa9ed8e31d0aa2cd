//! Objects to bytes: the formats k8sgen prints, how several objects share one
//! stream, and one file for each. It knows nothing of profiles.

pub mod files;
pub mod json;
mod number;
mod resolved;
mod scalar;
pub mod yaml;

#[cfg(test)]
mod readers;
#[cfg(test)]
mod roundtrip;

use std::thread;

use crate::object::Object;
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

/// Fewer objects than this are written sooner than a thread is started.
const WORTH_A_THREAD: usize = 256;

/// All objects as one stream. The bytes do not depend on the number of threads.
pub fn objects(objects: &[Object], format: Format, threads: usize) -> Vec<u8> {
    let threads = threads.min(objects.len() / WORTH_A_THREAD).max(1);
    let write = |some: &[Object]| {
        let mut out = Vec::new();
        stream(some.iter().map(|object| &object.content), format, &mut out);
        out
    };
    if threads == 1 || format == Format::Json {
        return write(objects);
    }
    let (own, others) = objects.split_at(objects.len().div_ceil(threads));
    let parts = others.chunks(own.len());
    let (mut out, written) = thread::scope(|scope| {
        let running: Vec<_> = parts.map(|part| scope.spawn(move || write(part))).collect();
        let own = write(own);
        (own, running.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>())
    });
    for part in written {
        match part {
            Ok(bytes) => {
                out.extend_from_slice(b"---\n");
                out.extend_from_slice(&bytes);
            }
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    out
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

//! What ConfigMaps hold.

use std::collections::HashSet;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{MOST, decoded_length, must_be_key};

pub static RULE: Rule = Rule {
    name: "api/config-map",
    weight: Weight::ERROR,
    summary: "a ConfigMap with a key that is no file name, or with more than 1 MiB",
    page: "Keys of a ConfigMap become the names of files where it is mounted: they have letters, digits, `-`, `_` and `.`, and no `/`. All values together have 1 MiB at most. A key stands in `data` or in `binaryData`, not in both.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {etc/settings.toml: 'mode = 1'}
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: web-settings}
data: {settings.toml: 'mode = 1'}
",
    look: Look::Validation,
};

/// `ValidateConfigMap`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let (data, binary) = (object.field("data"), object.field("binaryData"));
    let binary_keys: HashSet<&str> = binary.entries().map(|(key, _)| key).collect();
    let mut size = 0;
    for (key, value) in data.entries() {
        must_be_key(value, key);
        if binary_keys.contains(key) {
            value.fault("the key is in `binaryData` too");
        }
        size += value.text_or_empty().len();
    }
    for (key, value) in binary.entries() {
        must_be_key(value, key);
        size += decoded_length(value.text_or_empty());
    }
    if size > MOST {
        object.fault_with(
            format!("all values have {size} bytes together, the limit is {MOST}"),
            "split it, or put large files into an image or a volume",
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn config_map(content: &str) -> Vec<String> {
        refused(&format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\n{content}\n"))
    }

    #[test]
    fn keys_and_sizes() {
        let none: [&str; 0] = [];
        assert_eq!(config_map("data: {a.b: x, .env: z, c: ''}\nbinaryData: {d: QUJD}"), none);
        assert_eq!(config_map("data: null\nbinaryData: {}"), none);
        assert_eq!(
            config_map("data: {'a b': v, '': w, ..x: z}"),
            ["data[a b]", "data[]", "data[..x]"]
        );
        assert_eq!(config_map("binaryData: {a/b: QUJD}"), ["binaryData[a/b]"]);
        assert_eq!(config_map("data: {a: x}\nbinaryData: {a: QUJD}"), ["data[a]"]);
        let half = "x".repeat(512 * 1024);
        assert_eq!(config_map(&format!("data: {{a: {half}, b: {half}}}")), none);
        assert_eq!(config_map(&format!("data: {{a: {half}, b: {half}, c: x}}")), [""]);
    }

    /// Go's base64 passes over line breaks and over bits that are left.
    #[test]
    fn base64_is_read_as_a_server_reads_it() {
        let none: [&str; 0] = [];
        assert_eq!(config_map("binaryData:\n  a: |\n    QUJD\n    QUJD\n"), none);
        assert_eq!(config_map("binaryData: {a: QR==}"), none);
        assert_eq!(config_map("binaryData: {a: QQ}"), ["binaryData.a"]);
        assert_eq!(config_map("binaryData: {a: 'Q Q='}"), ["binaryData.a"]);
    }
}

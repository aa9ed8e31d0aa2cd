//! What Secrets hold, by their types. No value of one is ever shown.

use std::borrow::Cow;
use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::{MOST, decoded_length, must_be_key};

pub static RULE: Rule = Rule {
    name: "api/secret",
    weight: Weight::ERROR,
    summary: "a Secret without the keys of its type, with a key that is no file name, or with more than 1 MiB",
    page: "The `type` of a Secret says which keys it has: `kubernetes.io/tls` has `tls.crt` and `tls.key`, `kubernetes.io/dockerconfigjson` has `.dockerconfigjson`, which is JSON, and so on. `stringData` counts as `data`. Keys are file names where the Secret is mounted, and all values together have 1 MiB at most.",
    bad: "
apiVersion: v1
kind: Secret
metadata: {name: web-certificate}
type: kubernetes.io/tls
data: {certificate: QUJD}
",
    good: "
apiVersion: v1
kind: Secret
metadata: {name: web-certificate}
type: kubernetes.io/tls
data: {tls.crt: QUJD, tls.key: QUJD}
",
    look: Look::Validation,
};

const ACCOUNT: &str = "kubernetes.io/service-account.name";

/// What a Secret holds in the end: `stringData` is written over `data`.
type Content<'a> = HashMap<&'a str, Entry<'a>>;

#[derive(Clone, Copy)]
enum Entry<'a> {
    Text(&'a str),
    Base64(&'a str),
}

/// `ValidateSecret`. What is in `stringData` is named as if it were in `data`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let data = object.field("data");
    let mut content = Content::new();
    for (key, value) in data.entries() {
        must_be_key(value, key);
        content.insert(key, Entry::Base64(value.text_or_empty()));
    }
    for (key, value) in object.field("stringData").entries() {
        if !content.contains_key(key) {
            must_be_key(value.named(data.key(key)), key);
        }
        content.insert(key, Entry::Text(value.text_or_empty()));
    }
    let size: usize = content.values().map(|entry| entry.length()).sum();
    if size > MOST {
        data.fault_with(
            format!("all values have {size} bytes together, the limit is {MOST}"),
            "split it: what is that large is hardly secret",
        );
    }
    of_type(object, data, &content);
}

/// What each type must have.
fn of_type<'a>(object: At<'a>, data: At<'a>, content: &Content<'a>) {
    let kind = object.field("type").text_or_empty();
    let needs = |key: &'static str| {
        let there = content.contains_key(key);
        if !there {
            let message =
                format!("a Secret of the type `{kind}` has `{key}`, and this one has not");
            data.key(key).fault(message);
        }
        there
    };
    match kind {
        "kubernetes.io/service-account-token" => {
            let name = object.down(&["metadata", "annotations"]).key(ACCOUNT);
            if name.is_empty() {
                name.fault_with("the annotation is missing", "it names the ServiceAccount");
            }
        }
        "kubernetes.io/dockercfg" if needs(".dockercfg") => is_json(data, content, ".dockercfg"),
        "kubernetes.io/dockerconfigjson" if needs(".dockerconfigjson") => {
            is_json(data, content, ".dockerconfigjson");
        }
        "kubernetes.io/basic-auth"
            if !content.contains_key("username") && !content.contains_key("password") =>
        {
            needs("username");
            needs("password");
        }
        "kubernetes.io/ssh-auth" => {
            let key = content.get("ssh-privatekey");
            if key.is_none_or(|key| key.length() == 0) {
                let at = data.key("ssh-privatekey");
                at.fault(format!("a Secret of the type `{kind}` has a key in `ssh-privatekey`"));
            }
        }
        "kubernetes.io/tls" => {
            let both = [needs("tls.crt"), needs("tls.key")];
            if both == [true, true] {
                is_pem(data, content);
            }
        }
        _ => {}
    }
}

/// A map in JSON; `null` is one to Go.
fn is_json<'a>(data: At<'a>, content: &Content<'a>, key: &'static str) {
    let Some(bytes) = content.get(key).and_then(|entry| entry.bytes()) else { return };
    let read = serde_json::from_str::<serde_json::Value>(&String::from_utf8_lossy(&bytes));
    if !read.is_ok_and(|value| value.is_object() || value.is_null()) {
        data.key(key).fault_with("this is not a map in JSON", "such as `{\"auths\": {…}}`");
    }
}

/// `tls.X509KeyPair`, of which only the envelope is looked at.
fn is_pem<'a>(data: At<'a>, content: &Content<'a>) {
    for (key, what) in [("tls.crt", "certificate"), ("tls.key", "key")] {
        let Some(bytes) = content.get(key).and_then(|entry| entry.bytes()) else { continue };
        if !bytes.windows(11).any(|part| part == b"-----BEGIN ") {
            data.key(key)
                .under(&server_warning::RULE)
                .warn(format!("there is no {what} in it: PEM begins with `-----BEGIN `"));
            return;
        }
    }
}

impl<'a> Entry<'a> {
    fn length(self) -> usize {
        match self {
            Entry::Text(text) => text.len(),
            Entry::Base64(text) => decoded_length(text),
        }
    }

    fn bytes(self) -> Option<Cow<'a, [u8]>> {
        match self {
            Entry::Text(text) => Some(Cow::Borrowed(text.as_bytes())),
            Entry::Base64(text) => {
                let digits: Vec<u8> =
                    text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
                STANDARD.decode(digits).ok().map(Cow::Owned)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::{findings, refused};

    fn secret(content: &str) -> String {
        format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\n{content}\n")
    }

    #[test]
    fn types_have_their_keys() {
        for (content, fields) in [
            ("type: kubernetes.io/tls", vec!["data[tls.crt]", "data[tls.key]"]),
            ("type: kubernetes.io/tls\nstringData: {tls.crt: '', tls.key: ''}", vec![]),
            ("type: kubernetes.io/basic-auth", vec!["data[username]", "data[password]"]),
            ("type: kubernetes.io/basic-auth\nstringData: {password: a}", vec![]),
            ("type: kubernetes.io/ssh-auth", vec!["data[ssh-privatekey]"]),
            (
                "type: kubernetes.io/ssh-auth\nstringData: {ssh-privatekey: ''}",
                vec!["data[ssh-privatekey]"],
            ),
            ("type: kubernetes.io/dockercfg", vec!["data[.dockercfg]"]),
            ("type: kubernetes.io/dockercfg\nstringData: {.dockercfg: '{}'}", vec![]),
            ("type: kubernetes.io/dockercfg\nstringData: {.dockercfg: 'null'}", vec![]),
            (
                "type: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: '[]'}",
                vec!["data[.dockerconfigjson]"],
            ),
            ("type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: e30=}", vec![]),
            (
                "type: kubernetes.io/service-account-token",
                vec!["metadata.annotations[kubernetes.io/service-account.name]"],
            ),
            ("type: helm.sh/release.v1\ndata: {release: SDRz}", vec![]),
            ("stringData: {a b: x}\ndata: {c/d: QUJD}", vec!["data[c/d]", "data[a b]"]),
            ("stringData: {a: x}\ndata: {a: QUJD}", vec![]),
        ] {
            assert_eq!(refused(&secret(content)), fields, "{content}");
        }
    }

    #[test]
    fn no_value_is_shown() {
        for content in [
            "data: {password: hunter-2}",
            "type: kubernetes.io/dockercfg\nstringData: {.dockercfg: hunter-2}",
            "type: kubernetes.io/tls\nstringData: {tls.crt: hunter-2, tls.key: hunter-2}",
        ] {
            let found = findings(&secret(content));
            assert!(!found.is_empty(), "{content}");
            for finding in found {
                assert!(!format!("{finding:?}").contains("hunter"), "{finding:?}");
            }
        }
    }
}

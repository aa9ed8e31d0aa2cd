//! Values of Secrets that are read where the profile is rendered: environment
//! variables, and files of the project. No message says what one holds.

use std::collections::HashMap;

use crate::Request;
use crate::diagnostic::{Diagnostic, Report};
use crate::scalar::DnsName;

use super::index::Index;
use super::project::{Content, Project};
use super::secret::SecretFrom;
use super::system::Tier;

/// The values, by the Secret and the key that they are for.
pub type SecretValues = HashMap<(String, String), Vec<u8>>;

/// Reads an environment variable, as bytes.
pub type Variables = fn(&str) -> Option<Vec<u8>>;

/// A variable of this process.
pub fn of_process(name: &str) -> Option<Vec<u8>> {
    std::env::var_os(name).map(std::ffi::OsString::into_encoded_bytes)
}

/// Reads all values that Secrets ask for. In a production tier none is: `build`
/// refuses them, and they are not even looked at.
pub fn read(
    project: &Project,
    index: &Index<'_>,
    request: &Request,
    report: &mut Report,
) -> SecretValues {
    let mut values = SecretValues::new();
    if index.system.tier == Tier::Production {
        return values;
    }
    for (name, secret) in &index.system.secrets {
        if let Some(from) = &secret.from {
            if request.kept {
                refuse_to_keep(from, report);
                continue;
            }
            values.extend(variables_of(name, from, request.variables, report));
            values.extend(files_of(name, from, project, report));
        }
    }
    values
}

/// What is read only now is in no repository, and a tree is made for one.
fn refuse_to_keep(from: &SecretFrom, report: &mut Report) {
    let variables = from.env.values().map(|variable| variable.place);
    let files = from.files.values().map(|file| file.place);
    if let Some(place) = variables.chain(files).next() {
        report.add(
            Diagnostic::new("this value would be kept in plain text")
                .at(place)
                .label("it is read where the profile is rendered")
                .help("a tree is for a repository: use `externalSecret`, `sealed` or `existing`, or say `--plaintext-secrets`"),
        );
    }
}

type Value = ((String, String), Vec<u8>);

fn variables_of(
    name: &DnsName,
    from: &SecretFrom,
    variables: Variables,
    report: &mut Report,
) -> Vec<Value> {
    let mut found = Vec::new();
    for (key, variable) in &from.env {
        match variables(variable.as_str()) {
            Some(value) if !value.is_empty() => {
                found.push(((name.to_string(), key.to_string()), value));
            }
            // Where a CI system does not know a secret, its variable is empty.
            other => {
                let state = if other.is_some() { "empty" } else { "not set" };
                report.add(
                    Diagnostic::new(format!(
                        "the environment variable `{}` is {state}",
                        variable.as_str()
                    ))
                    .at(variable.place)
                    .label(format!("the value of `{key}` comes from it")),
                );
            }
        }
    }
    found
}

fn files_of(
    name: &DnsName,
    from: &SecretFrom,
    project: &Project,
    report: &mut Report,
) -> Vec<Value> {
    let mut found = Vec::new();
    for (key, path) in &from.files {
        let content = match super::files::is_profile(path.as_str()) {
            true => Err("a file of the profile is no value of a Secret".to_owned()),
            false => project.file(path.as_str()),
        };
        match content {
            Ok(Content::Text(text)) => {
                found.push(((name.to_string(), key.to_string()), text.into_bytes()));
            }
            Ok(Content::Binary(bytes)) => {
                found.push(((name.to_string(), key.to_string()), bytes));
            }
            Err(reason) => {
                let fault = Diagnostic::new(format!("`{}`: {reason}", path.as_str()));
                report.add(fault.at(path.place));
            }
        }
    }
    found
}

//! Secrets that stand in a pod: in its environment, and in what it is started with.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::secret_names::{Likelihood, secret_by_name};
use super::secret_shapes::secret_in;

pub static RULE: Rule = Rule {
    name: "policy/secret-in-pod",
    weight: Weight::RISING,
    summary: "a container is given a secret in plain text",
    page: "What stands in the environment or the arguments of a container is read by everybody who may read pods, and by everybody who reads the manifest. Put the value into a Secret, and take it from there with `valueFrom: {secretKeyRef: …}` or a mounted file.\n\nA secret shows by its form (private keys, tokens of well-known services, addresses with a password) or by its name (`…_PASSWORD`). Where only the name of a key or token makes it likely, it is a warning. References such as `$(NAME)`, placeholders, digests and certificates are left alone. The value is never shown.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1
      env: [{name: DB_PASSWORD, value: hunter2}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1
      env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db/password}]
",
    look: Look::Container(look),
};

const HELP: &str = "put it into a Secret, and take it from there: `valueFrom: {secretKeyRef: …}`";

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    for one in container.at.field("env").items() {
        let at = one.field("value");
        let Some(value) = at.text() else { continue };
        if let Some(what) = secret_in(value) {
            at.fault_with(format!("this holds {what}"), HELP);
            continue;
        }
        match secret_by_name(one.field("name").text_or_empty(), value) {
            Some(Likelihood::Sure) => at.fault_with("this is a password", HELP),
            Some(Likelihood::Likely) => at.warn_with("this looks like a secret", HELP),
            None => {}
        }
    }
    for list in ["command", "args"] {
        for one in container.at.field(list).items() {
            let Some(text) = one.text() else { continue };
            if let Some(what) = secret_in(text) {
                one.fault_with(format!("this holds {what}"), HELP);
            } else if let Some((name, value)) = flag(text)
                && secret_by_name(name, value) == Some(Likelihood::Sure)
            {
                one.fault_with(format!("`{name}` is given a password"), HELP);
            }
        }
    }
}

/// `--db-password=hunter2`, or a variable that a command is given.
fn flag(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.split_once('=')?;
    let name = name.trim_start_matches('-');
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    (name.len() <= 64 && name.chars().all(is_part)).then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(container: &str) -> Vec<String> {
        findings(
            &RULE,
            &format!(
                "
apiVersion: v1
kind: Pod
metadata: {{name: web}}
spec: {{containers: [{{name: web, {container}}}]}}
"
            ),
        )
    }

    #[test]
    fn the_value_is_never_shown() {
        for container in [
            "env: [{name: DB_PASSWORD, value: hunter2}]",
            "env: [{name: DB_URL, value: 'postgres://app:hunter2@db/app'}]",
            "args: ['--db=postgres://app:hunter2@db/app']",
            "args: [--db-password=hunter2]",
            "command: [run, DB_PASSWORD=hunter2]",
            "command: [run, 'redis://:hunter2@redis']",
        ] {
            let found = found(container);
            assert_eq!(found.len(), 1, "{container}");
            assert!(!found.concat().contains("hunter2"), "{found:?}");
        }
    }

    #[test]
    fn what_is_no_secret() {
        for container in [
            "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]",
            "env: [{name: DB_PASSWORD, value: $(OTHER)}]",
            "env: [{name: DB_URL, value: 'postgres://app:$(DB_PASSWORD)@db/app'}]",
            "env: [{name: IMAGE_DIGEST, value: 'sha256:5f0c3f4d6e2b8a9170d4c1b6e7a8f9023b4c5d6e7f8091a2b3c4d5e6f708192a'}]",
            "env: [{name: TLS_SECRET, value: web-tls}]",
            "args: ['--password-file=/run/password']",
            "args: ['--password=$(DB_PASSWORD)', '--require-password=true']",
        ] {
            assert!(found(container).is_empty(), "{container}");
        }
    }
}

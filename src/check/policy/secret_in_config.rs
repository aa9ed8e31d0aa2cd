//! Secrets that stand in a ConfigMap.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;

use super::secret_names::{Likelihood, secret_by_name};
use super::secret_shapes::secret_in;

pub static RULE: Rule = Rule {
    name: "policy/secret-in-config",
    weight: Weight::RISING,
    summary: "a ConfigMap holds a secret",
    page: "ConfigMaps are for what everybody may read: they are kept unencrypted, more people and programs may read them than Secrets, and they stand in Git. Put the value into a Secret that comes from a store or is sealed, and have the program read it from there.\n\nA secret shows by its form (private keys, tokens of well-known services, addresses with a password) or by its name (`DB_PASSWORD`). Passwords within files, and keys and tokens that only their name makes likely, are warnings. References, placeholders, digests and certificates are left alone. The value is never shown.",
    bad: "
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  DB_URL: postgres://app:hunter2@db/app
",
    good: "
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  DB_URL: postgres://app:$(DB_PASSWORD)@db/app
",
    look: Look::Object(look),
};

const HELP: &str = "put it into a Secret that comes from a store or is sealed";

fn look<'a>(_: &Scene<'a>, object: At<'a>) {
    if !object.subject().is("", "ConfigMap") {
        return;
    }
    for (key, at) in object.field("data").entries() {
        let Some(value) = at.text() else { continue };
        if let Some(what) = secret_in(value) {
            at.fault_with(format!("this holds {what}"), HELP);
            continue;
        }
        match secret_by_name(key, value) {
            Some(Likelihood::Sure) => at.fault_with("this is a password", HELP),
            Some(Likelihood::Likely) => at.warn_with("this looks like a secret", HELP),
            None => {
                if let Some((line, what)) = line_with_secret(value) {
                    at.warn_with(format!("line {line} holds {what}"), HELP);
                }
            }
        }
    }
}

/// The first line of a file, from 1, that gives a secret a value, and what it is.
fn line_with_secret(text: &str) -> Option<(usize, &'static str)> {
    if !text.contains('\n') {
        return None;
    }
    let secret = |line: &str| {
        let line = line.trim().trim_start_matches("export ");
        let (name, value) = line.split_once(['=', ':'])?;
        let name = name.trim().trim_matches(['"', '\'']);
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        let value = value.trim().trim_end_matches([',', ';']).trim_matches(['"', '\'']);
        // Code, and texts that say the word itself.
        let is_value = !value.contains(['(', ')', '[', ']', '|', '\\', '$'])
            && !value.to_ascii_lowercase().contains("pass");
        if name.len() > 64 || !name.chars().all(is_name) || !is_value {
            return None;
        }
        Some(match secret_by_name(name, value)? {
            Likelihood::Sure => "a password",
            Likelihood::Likely => "what looks like a secret",
        })
    };
    (1..).zip(text.lines()).find_map(|(number, line)| Some((number, secret(line)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(file: &str) -> Vec<String> {
        let indented = file.replace('\n', "\n    ");
        let found = findings(
            &RULE,
            &format!(
                "
apiVersion: v1
kind: ConfigMap
metadata: {{name: web}}
data:
  app.conf: |
    # made up
    {indented}
"
            ),
        );
        assert!(!found.concat().contains("hunter2"), "{found:?}");
        found
    }

    #[test]
    fn files() {
        for file in [
            "password = hunter2",
            "db.password: \"hunter2\"",
            "  \"password\": \"hunter2\",",
            "export DB_PASSWORD='hunter2'",
        ] {
            assert_eq!(found(file), ["warning data[app.conf]: line 2 holds a password"], "{file}");
        }
        assert_eq!(
            found("url = redis://:hunter2@redis"),
            ["error data[app.conf]: this holds an address with a password"]
        );
        for file in [
            "# password = hunter2",
            "password = ${PASSWORD}",
            "password = $1",
            "password: str",
            "def login(user, password): pass",
            "password = os.environ.get('PASSWORD')",
            "login.password=Your password",
            "login.password=Password",
            "\"password\": \"\",",
            "password_file: /run/secrets/db",
            "PASSWORD=$(cat /run/secrets/db)",
            "requirepass",
        ] {
            assert!(found(file).is_empty(), "{file}: {:?}", found(file));
        }
    }

    #[test]
    fn keys_in_files() {
        assert_eq!(
            found("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI7K7MDENGbPxRfiCYzq8sT3vLm2Q"),
            ["warning data[app.conf]: line 2 holds what looks like a secret"]
        );
        assert!(found("cache_key = products").is_empty());
    }

    #[test]
    fn keys() {
        let text =
            RULE.bad.replace("DB_URL: postgres://app:hunter2@db/app", "DB_PASSWORD: hunter2");
        assert_eq!(findings(&RULE, &text), ["error data[DB_PASSWORD]: this is a password"]);
        let token = RULE
            .bad
            .replace("DB_URL: postgres://app:hunter2@db/app", "API_TOKEN: 9fA3kQ7pLm2ZxT8v");
        assert_eq!(findings(&RULE, &token), ["warning data[API_TOKEN]: this looks like a secret"]);
    }
}

//! Lines that give something a value which looks secret, outside of Secrets: a variable
//! of a container, a key of a ConfigMap. What looks so is decided where the rules about
//! it are; here is how it shows in a line of text.

use crate::check::policy::{secret_by_name, secret_in};

/// How many lines before and behind `value:` its `name:` may stand.
const MOST_LINES: usize = 2;

/// Whether a line holds such a value. Before and behind it stand the others of its text.
pub fn is_in(line: &str, before: &str, behind: &str) -> bool {
    if secret_in(line).is_some() {
        return true;
    }
    let mut pairs = pairs(line);
    if let [("value", _)] = pairs[..] {
        let item = indentation(line);
        let is_beside = |other: &&str| indentation(other) == item;
        let around = before.lines().rev().take(MOST_LINES);
        let around = around.chain(behind.lines().take(MOST_LINES)).filter(is_beside);
        pairs.extend(around.flat_map(self::pairs).filter(|(key, _)| *key == "name"));
    }
    let is_secret = |(key, value): &(&str, &str)| secret_by_name(key, value).is_some();
    // A variable has its name in one pair and its value in the next, or the other way.
    pairs.iter().any(is_secret)
        || pairs.windows(2).any(|two| match two {
            [("name", name), ("value", value)] | [("value", value), ("name", name)] => {
                is_secret(&(name, value))
            }
            _ => false,
        })
}

/// How far in the keys of a line stand: behind the dash of an item.
fn indentation(line: &str) -> usize {
    line.find(|c: char| !c.is_whitespace() && c != '-').unwrap_or(line.len())
}

/// The keys of a line with their values, those in braces among them, and arguments such
/// as `--password=word`.
fn pairs(line: &str) -> Vec<(&str, &str)> {
    let mut pairs = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in line.char_indices().chain([(line.len(), ',')]) {
        match quote {
            Some(open) => quote = Some(open).filter(|open| *open != c || at == line.len()),
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        if at == line.len() || quote.is_none() && matches!(c, '{' | '}' | '[' | ']' | ',') {
            pairs.extend(pair(&line[start..at]));
            start = at + c.len_utf8().min(line.len() - at);
        }
    }
    pairs
}

fn pair(text: &str) -> Option<(&str, &str)> {
    const QUOTES: [char; 2] = ['"', '\''];
    let text = text.trim().trim_start_matches("- ");
    let sign = text.find([':', '=']).filter(|at| {
        // `a:b` is no key with a value, but `"a":"b"` is one.
        let (key, rest) = text.split_at(*at);
        !rest.starts_with(':') || key.ends_with(QUOTES) || rest[1..].starts_with([' ', '\t'])
    })?;
    let key = text[..sign].trim().trim_matches(QUOTES);
    let value = text[sign + 1..].trim().trim_matches(QUOTES);
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn values_that_look_secret() {
        for line in [
            "  DB_PASSWORD: hunter2",
            "env: [{name: DB_PASSWORD, value: hunter2, valueFrom: {}}]",
            "env: [{value: hunter2, name: DB_PASSWORD}]",
            r#"{"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}"#,
            "- {name: DB_PASSWORD, value: 'hunter2,}[3'}",
            "args: [run, --password=hunter2]",
            "- --db-password=hunter2",
            "- ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        ] {
            assert!(is_in(line, "", ""), "{line}");
        }
        assert!(is_in("  value: hunter2", "- name: DB_PASSWORD\n", ""));
        assert!(is_in("- value: hunter2", "", "  name: DB_PASSWORD\n"));
        assert!(!is_in("  value: hunter2", "- name: DB_USER\n", ""));
        assert!(!is_in("  value: hunter2", "- name: A\n", "- value: a\n- name: DB_PASSWORD\n"));
    }

    #[test]
    fn other_lines() {
        for line in [
            "metadata: {name: web, labels: {app: web}}",
            "env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]",
            "env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db}]",
            "- name: password",
            "value: $(DB_PASSWORD)",
            "",
            "é: {",
            "a: 'b",
        ] {
            assert!(!is_in(line, "", ""), "{line}");
        }
    }
}

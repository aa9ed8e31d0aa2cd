//! What of a line may be shown. A message quotes the user's files, and some of
//! their lines hold plaintext secrets: those are hidden, even where the file
//! is too broken to be read or the secret stands at a wrong key, so this looks
//! at text alone.

/// Below these, values are secret: the profile's `secrets`, the literals
/// wherever they stand, and a manifest of a Secret under `objects`.
const SECRETS: &str = "secrets";
const LITERALS: &str = "literals";
const MANIFEST: [&str; 2] = ["stringData", "data"];

/// Below `secrets`, what these hold is shown: it is no value.
const STRUCTURE: [&str; 7] =
    ["keys", "optionalKeys", "type", "immutable", "labels", "annotations", "existing"];

/// What stands for hidden text.
const HIDDEN: &str = "(hidden)";

/// A line (from 1) of a text, with what is secret in it hidden.
pub fn line(text: &str, number: u32) -> String {
    without_passwords(&without_values(text, number))
}

/// The password in an address, `https://user:password@host`, wherever it stands.
fn without_passwords(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("://") {
        let (before, behind) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = behind.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(behind.len());
        let (authority, after) = behind.split_at(end);
        match authority.rsplit_once('@').and_then(|(own, host)| Some((own.split_once(':')?, host)))
        {
            Some(((user, _), host)) => shown.push_str(&format!("{user}:{HIDDEN}@{host}")),
            None => shown.push_str(authority),
        }
        rest = after;
    }
    shown + rest
}

fn without_values(text: &str, number: u32) -> String {
    let index = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    let lines: Vec<&str> = text.lines().take(index + 1).collect();
    let Some(own) = lines.get(index) else { return String::new() };
    if let Some(end) = opened_within(own) {
        return hide_from(own, end);
    }
    let above = above(&lines[..index], own);
    let Some(level) = above.iter().position(|line| opens_secrets(line, text)) else {
        return (*own).to_owned();
    };
    let key = key_of(own);
    let below_profile = key_of(above[level]) == SECRETS;
    let is_structure = |key: &str| STRUCTURE.contains(&key);
    let shown = below_profile
        && (is_structure(key) || above[..level].iter().any(|line| is_structure(key_of(line))));
    if shown {
        return (*own).to_owned();
    }
    // A key may be seen, but for the lines of a longer value.
    let start = own.len() - own.trim_start().len();
    let end = match own.find(": ") {
        Some(colon) if level == 0 || below_profile => colon + 1,
        None if own.trim_end().ends_with(':') => own.len(),
        _ => start,
    };
    let within_value =
        above[..level].iter().any(|line| line.trim_end().ends_with(['|', '>', '-', '+']));
    hide_from(own, if within_value { start } else { end })
}

/// Where a secret begins on a line that opens it itself: `literals: {A: …}`.
fn opened_within(line: &str) -> Option<usize> {
    let literals = line.find(LITERALS).map(|at| at + LITERALS.len());
    let secrets =
        (key_of(line) == SECRETS).then(|| line.find(SECRETS).unwrap_or(0) + SECRETS.len());
    let argument = line.starts_with("secrets.").then_some(0);
    let at = literals.or(secrets).or(argument)?;
    Some(line[at..].find([':', '=']).map_or(line.len(), |sign| at + sign + 1))
}

/// The lines that a line stands below, the nearest first.
fn above<'t>(before: &[&'t str], own: &str) -> Vec<&'t str> {
    // A tab has no width in YAML; what it indents is taken for deepest.
    let mut indent = match own.trim_start_matches(' ').starts_with('\t') {
        true => usize::MAX,
        false => indentation(own),
    };
    let mut above = Vec::new();
    for line in before.iter().rev() {
        let blank = line.trim().is_empty() || line.trim_start().starts_with('#');
        if !blank && indentation(line) < indent {
            indent = indentation(line);
            above.push(*line);
        }
    }
    above
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

/// The key that a line begins with.
fn key_of(line: &str) -> &str {
    let line = line.trim_start().trim_start_matches("- ");
    line.split([':', '{']).next().unwrap_or("").trim_matches(['"', '\'', ' '])
}

/// Whether what is indented below a line is secret.
fn opens_secrets(line: &str, text: &str) -> bool {
    let key = key_of(line);
    let of_profile = key == SECRETS && indentation(line) == 0;
    let of_manifest = MANIFEST.contains(&key) && text.contains("kind: Secret");
    of_profile || of_manifest || line.contains(LITERALS)
}

fn hide_from(line: &str, end: usize) -> String {
    let (shown, hidden) = line.split_at(end);
    let hidden = hidden.trim();
    // Brackets and indicators alone tell nothing, and help to read the rest.
    if matches!(hidden, "" | "{" | "}" | "[" | "]" | "|" | "|-" | ">" | "existing") {
        return line.to_owned();
    }
    let gap = if shown.trim().is_empty() || shown.ends_with(' ') { "" } else { " " };
    format!("{shown}{gap}{HIDDEN}")
}

#[cfg(test)]
mod tests {
    use super::line;

    const PROFILE: &str = "\
secrets:
  keys:
    keys: [API_KEY, CERT]
    from:
      literals:
        API_KEY: s3cret
        CERT: |
          s3cret: also
          s3cret
  wrong:
    data: {A: s3cret}
    from: s3cret
    literal:
      A: s3cret
  elsewhere: {from: existing}
workloads:
  web: {image: node}
  other: {from: {literals: {A: s3cret}}}
";

    #[test]
    fn plaintext_is_hidden_and_nothing_else() {
        for number in 1..=18 {
            let shown = line(PROFILE, number);
            assert!(!shown.contains("s3cret"), "{shown}");
        }
        assert_eq!(line(PROFILE, 3), "    keys: [API_KEY, CERT]");
        assert_eq!(line(PROFILE, 6), "        API_KEY: (hidden)");
        assert_eq!(line(PROFILE, 17), "  web: {image: node}");
    }

    #[test]
    fn arguments_and_broken_files_hide_it_too() {
        assert!(!line("secrets.x.from.literals.A=s3cret", 1).contains("s3cret"));
        assert!(!line("secrets.x.from.literal.A=s3cret", 1).contains("s3cret"));
        assert!(
            !line("secrets:\n  x:\n    from:\n      literals:\n\tA: s3cret", 5).contains("s3cret")
        );
        assert!(!line("secrets: {x: {data: {A: s3cret}}}", 1).contains("s3cret"));
        let manifest = "objects:\n  x:\n    kind: Secret\n    stringData:\n      A: s3cret\n";
        assert!(!line(manifest, 5).contains("s3cret"));
    }

    #[test]
    fn a_password_in_an_address_is_hidden() {
        let shown = line("repo: 'https://me:s3:cr@et@git.example/a' # http://a:80/b", 1);
        assert_eq!(shown, "repo: 'https://me:(hidden)@git.example/a' # http://a:80/b");
        assert_eq!(line("a: ssh://git@host:22/x", 1), "a: ssh://git@host:22/x");
    }

    #[test]
    fn other_data_is_shown() {
        let profile = "config:\n  c:\n    data:\n      A: shown\n";
        assert_eq!(line(profile, 4), "      A: shown");
    }
}

//! What of a line may be shown. A message quotes the user's files, and some of
//! their lines hold plaintext secrets: those are hidden, even where the file
//! is too broken to be read or the secret stands at a wrong key, so this looks
//! at text alone.

mod likely;

use crate::profile::secret::SHOWN as SOURCES;

/// Below these, values are secret: the profile's `secrets`, the literals
/// wherever they stand, and a manifest of a Secret under `objects`.
const SECRETS: &str = "secrets";
const LITERALS: &str = "literals";
const MANIFEST: [&str; 2] = ["stringData", "data"];

/// Of a Secret of the profile, what these hold is shown: it is no value.
const STRUCTURE: [&str; 8] =
    ["keys", "optionalKeys", "type", "server", "namespace", "immutable", "labels", "annotations"];
/// Of this it is shown where the values come from.
const FROM: &str = "from";
const EXISTING: &str = "existing";

/// Of a manifest of a Secret the fields that hold no value.
const OPEN_FIELDS: [&str; 5] = ["apiVersion", "kind", "metadata", "type", "immutable"];

/// What stands for hidden text.
const HIDDEN: &str = "(hidden)";

/// The documents of a text: what decides about a line may stand anywhere in its own.
#[derive(Clone, Debug)]
pub struct Documents(Vec<Document>);

#[derive(Clone, Debug)]
struct Document {
    /// Where it starts, in bytes.
    start: usize,
    /// Whether it is the manifest of a Secret.
    is_secret: bool,
    /// Whether it is, or holds manifests or patches of some.
    speaks_of_secrets: bool,
}

impl Documents {
    /// Where one ends is no question of YAML: a mark at the start of a line ends it
    /// wherever it stands.
    pub fn new(text: &str) -> Documents {
        let marks = text.match_indices("\n---").map(|(at, _)| at + 1);
        let starts: Vec<usize> = std::iter::once(0).chain(marks).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let documents = starts.iter().zip(ends).map(|(start, end)| {
            let own = &text[*start..end];
            let speaks_of_secrets = is_of_secret(own);
            let is_kind =
                |line: &str| indentation(line) == 0 && key_of(line) == "kind" && is_of_secret(line);
            let is_secret = speaks_of_secrets && own.lines().any(is_kind);
            Document { start: *start, is_secret, speaks_of_secrets }
        });
        Documents(documents.collect())
    }

    /// The document that a place lies in.
    fn at(&self, place: usize) -> &Document {
        const NONE: &Document = &Document { start: 0, is_secret: false, speaks_of_secrets: false };
        let behind = self.0.partition_point(|document| document.start <= place);
        self.0.get(behind.saturating_sub(1)).unwrap_or(NONE)
    }
}

/// The line of a text that starts at a byte, with what is secret in it hidden.
pub fn line(text: &str, start: usize, documents: &Documents) -> String {
    let shown = without_passwords(&without_values(text, start, documents.at(start)));
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let behind = rest.split_once('\n').map_or("", |(_, behind)| behind);
    // What is hidden already is no value.
    let is_likely = likely::is_in(&shown.replace(HIDDEN, "${}"), before, behind);
    if is_likely { without_value(&shown) } else { shown }
}

/// Whether what stands in a field of a Secret, by the first key that leads to it, may be
/// shown. Any other field may be one of values whose name is mistyped.
pub fn is_open_field(key: &str) -> bool {
    OPEN_FIELDS.contains(&key)
}

/// A line of which only the key is shown, or nothing where it has none.
pub fn without_value(line: &str) -> String {
    let start = line.len() - line.trim_start().len();
    let end = line.find([':', '=']).map_or(start, |sign| sign + 1);
    hide_from(line, end)
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

fn without_values(text: &str, start: usize, document: &Document) -> String {
    let (Some(before), Some(rest)) = (text.get(..start), text.get(start..)) else {
        return String::new();
    };
    let own = rest.lines().next().unwrap_or_default();
    let above = above(before, own);
    let profile = above.iter().position(|line| is_profile(line));
    // The keys that lead from `secrets` to this line, the nearest last.
    let path: Option<Vec<&str>> = match profile {
        // What is open in braces above may have other keys.
        Some(level) if above[..level].iter().any(|line| line.contains('{')) => None,
        Some(level) => Some(above[..level].iter().rev().map(|line| key_of(line)).collect()),
        None if is_profile(own) => Some(Vec::new()),
        None => None,
    };
    if let Some(path) = &path
        && is_shown(path, own, is_profile(own) && profile.is_none())
    {
        return (*own).to_owned();
    }
    if let Some(end) = opened_within(own, document) {
        return hide_from(own, end);
    }
    if document.is_secret && is_in_unknown_field(own, &above) {
        return without_value(own);
    }
    let Some(level) = above.iter().position(|line| opens_secrets(line, document)) else {
        return (*own).to_owned();
    };
    let below_profile = is_profile(above[level]);
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

/// Whether a line below `secrets` holds no value: each of its keys, and each
/// key above it, says what a Secret is like or where its values come from.
fn is_shown(above: &[&str], own: &str, is_top: bool) -> bool {
    // A comment may say anything, and so may the rest of a map in braces.
    if own.contains(LITERALS) || own.contains('#') || above.iter().any(|key| key.is_empty()) {
        return false;
    }
    if safe(above) == Some(true) {
        return true;
    }
    let inner = own.trim_start();
    let rest = match (is_top, inner.split_once(':')) {
        (_, None) => return false,
        (false, _) => inner,
        (true, Some((_, after))) => match after.trim_start().strip_prefix('{') {
            Some(rest) => rest,
            None => return after.trim().is_empty(),
        },
    };
    let Some(words) = words(rest) else { return false };
    words.iter().all(|(keys, value)| {
        let path: Vec<&str> = above.iter().copied().chain(keys.iter().map(|k| &**k)).collect();
        let existing = matches!(path[..], [_, FROM] | [_, FROM, EXISTING]);
        match value.as_str() {
            "" => safe(&path) != Some(false),
            EXISTING | "true" if existing => true,
            _ => safe(&path) == Some(true) && !existing,
        }
    })
}

/// The values of one line, maps in braces among them, each with the keys that
/// lead to it. None where the line is no such thing.
fn words(line: &str) -> Option<Vec<(Vec<String>, String)>> {
    let (mut depth, mut lists) = (0_usize, 0_usize);
    let mut found = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut signs = line.chars().peekable();
    while let Some(c) = signs.next() {
        let ends_key = signs.peek().is_none_or(|next| next.is_whitespace());
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => word.push(c),
            (None, '"' | '\'') => quote = Some(c),
            (None, ':') if ends_key => {
                keys.truncate(depth);
                keys.push(std::mem::take(&mut word).trim().to_owned());
            }
            (None, '{') if word.trim().is_empty() => depth += 1,
            (None, '{') => return None,
            (None, '[') => lists += 1,
            (None, ']') => lists = lists.saturating_sub(1),
            (None, ',') if lists > 0 => word.push(' '),
            (None, ',' | '}') => {
                found.push((keys.clone(), std::mem::take(&mut word).trim().to_owned()));
                depth = if c == '}' { depth.saturating_sub(1) } else { depth };
                keys.truncate(if c == '}' { depth + 1 } else { depth });
            }
            (None, _) => word.push(c),
        }
    }
    found.push((keys, word.trim().to_owned()));
    Some(found)
}

/// Whether what stands at a path below `secrets` is no value: `None` where that
/// is not decided yet, at a Secret's name or at `from`.
fn safe(path: &[&str]) -> Option<bool> {
    match path {
        [] | [_] => None,
        [_, field] if *field == FROM => None,
        [_, field, source, ..] if *field == FROM => Some(SOURCES.contains(source)),
        [_, field, ..] => Some(STRUCTURE.contains(field)),
    }
}

/// Whether a line opens the profile's Secrets.
fn is_profile(line: &str) -> bool {
    key_of(line) == SECRETS && indentation(line) == 0
}

/// Where a secret begins on a line that opens it itself: `literals: {A: …}`.
fn opened_within(line: &str, document: &Document) -> Option<usize> {
    let literals = line.find(LITERALS).map(|at| at + LITERALS.len());
    let secrets =
        (key_of(line) == SECRETS).then(|| line.find(SECRETS).unwrap_or(0) + SECRETS.len());
    let argument = line.starts_with("secrets.").then_some(0);
    // A whole manifest on one line may hold values under any key.
    let whole = (line.contains('{') && is_of_secret(line)).then_some(0);
    let in_manifest = MANIFEST.iter().find_map(|key| {
        let at = word_in(line, key)? + key.len();
        (*key == MANIFEST[0] || document.speaks_of_secrets).then_some(at)
    });
    let at = literals.or(secrets).or(argument).or(whole).or(in_manifest)?;
    Some(line[at..].find([':', '=']).map_or(line.len(), |sign| at + sign + 1))
}

/// Where a line has a word that is no part of a longer one.
fn word_in(line: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let own = |at: &usize| {
        let (before, rest) = line.split_at(*at);
        !before.ends_with(is_part) && !rest[word.len()..].starts_with(is_part)
    };
    line.match_indices(word).map(|(at, _)| at).find(own)
}

/// Whether a line stands in a field of a Secret's manifest that Secrets do not have.
fn is_in_unknown_field(own: &str, above: &[&str]) -> bool {
    let top = above.last().copied().unwrap_or(own);
    let is_key = indentation(top) == 0 && top.contains(':') && !top.starts_with(['#', '-', '{']);
    is_key && !is_open_field(key_of(top))
}

/// The lines that a line stands below, the nearest first.
fn above<'t>(before: &'t str, own: &str) -> Vec<&'t str> {
    // A tab has no width in YAML; what it indents is taken for deepest.
    let mut indent = match own.trim_start_matches(' ').starts_with('\t') {
        true => usize::MAX,
        false => indentation(own),
    };
    let mut above = Vec::new();
    for line in before.lines().rev() {
        if indent == 0 {
            break;
        }
        let of_line = indentation(line);
        let is_blank = || matches!(line.trim_start().chars().next(), None | Some('#'));
        if of_line < indent && !is_blank() {
            indent = of_line;
            above.push(line);
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
fn opens_secrets(line: &str, document: &Document) -> bool {
    let of_manifest = MANIFEST.contains(&key_of(line)) && document.speaks_of_secrets;
    is_profile(line) || of_manifest || line.contains(LITERALS)
}

/// Whether a text speaks of a Secret, as a manifest or as a patch does.
fn is_of_secret(text: &str) -> bool {
    let is_kind = |(at, key): (usize, &str)| {
        let rest = text[at + key.len()..].trim_start_matches(['"', '\'', ' ', ':']);
        // Who mistypes it has values in it all the same.
        let rest = rest.strip_prefix("Secret").or_else(|| rest.strip_prefix("secret"));
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    text.match_indices("kind").any(is_kind) || text.contains("target: Secret/")
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
    /// A line by its number, from 1.
    fn line(text: &str, number: u32) -> String {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let start = [0].into_iter().chain(breaks).nth(number as usize - 1);
        super::line(text, start.unwrap_or(text.len()), &super::Documents::new(text))
    }

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
        let patch =
            "patches:\n  x:\n    target: Secret/x\n    merge:\n      data:\n        A: s3cret\n";
        assert!(!line(patch, 6).contains("s3cret"));
        for one in [
            "a: {target: Secret/x, merge: {data: {A: s3cret}}}",
            "a: {target: Secret/x, merge: {stringData: {A: s3cret}}}",
            "a: {kind: Secret, data: {A: s3cret}}",
        ] {
            assert!(!line(one, 1).contains("s3cret"));
        }
    }

    /// Whatever is written beside what Secrets have may be a value at a wrong key.
    #[test]
    fn of_a_manifest_only_what_is_no_value_is_shown() {
        let head = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n";
        for rest in [
            "data: {user: YWRtaW4=, password: s3cret}",
            "\"data\": {\"a\": \"s3cret\"}",
            "data: [s3cret]",
            "data: s3cret",
            "data: {a: b,\n  c: s3cret}",
            "stringDat: {a: s3cret}",
            "dat: &x {a: s3cret}\ndata: *x",
            "stringDat:\n  a: s3cret",
            "password: s3cret",
        ] {
            let text = format!("{head}{rest}\n---\nkind: ConfigMap\ndata: {{A: b}}\n");
            for number in 1..10 {
                let shown = line(&text, number);
                assert!(!shown.contains("s3cret"), "{shown}");
            }
            assert_eq!(line(&text, 3), "metadata: {name: db}");
            // Another document is none of a Secret.
            let last = u32::try_from(text.lines().count()).unwrap();
            assert_eq!(line(&text, last), "data: {A: b}");
        }
        let json = "{\n \"kind\": \"Secret\",\n \"data\": {\"a\": \"s3cret\"}\n}";
        assert_eq!(line(json, 3), " \"data\": (hidden)");
        let item = "items: [{kind: Secret, metadata: {name: A}, dat: {a: s3cret}}]";
        assert_eq!(line(item, 1), "items: (hidden)");
    }

    #[test]
    fn values_that_look_secret_are_hidden_anywhere() {
        let pod = "env:\n  - name: DB_PASSWORD\n    value: s3cret\n    valueFrom: {}\n";
        assert_eq!(line(pod, 3), "    value: (hidden)");
        let pod = "    env: [{name: DB_PASSWORD, value: s3cret, valueFrom: {}}]";
        assert_eq!(line(pod, 1), "    env: (hidden)");
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

    #[test]
    fn where_values_come_from_is_shown() {
        let profile = "\
secrets:
  keys:
    from:
      externalSecret: {store: vault, prefix: shop/}
      env:
        API: CI_API
  tls: {type: tls, from: {files: {tls.key: a/tls.key, tls.crt: b}}}
  gone: {from: existing, keys: [A, B]}
  pull:
    server: https://registry.example.com
    from: {sealed: {A: s3cret}, scope: strict}
  some: {from: {env: {}, literal: {A: s3cret}}}
  keys: {from: {literal: {A: s3cret}}}
  other: {from: {env: {A: B}}} # s3cret
  type: s3cret
  more: {from: {existing: s3cret}}
  open: {from: {literal: {
    type: s3cret}}}
  block:
    from:
      sealed:
        A: s3cret
      literal:
        keys: s3cret
";
        for number in [4, 5, 6, 7, 8, 10] {
            assert_eq!(line(profile, number), profile.lines().nth(number as usize - 1).unwrap());
        }
        for number in 1..=profile.lines().count() {
            let shown = line(profile, u32::try_from(number).unwrap());
            assert!(!shown.contains("s3cret"), "{shown}");
        }
        let one = "secrets: {tls: {from: {env: {A: B}}}}";
        assert_eq!(line(one, 1), one);
        assert!(!line("secrets: {tls: {from: {env: {A: B}, x: s3cret}}}", 1).contains("s3cret"));
        assert!(!line("secrets: s3cret", 1).contains("s3cret"));
    }

    #[test]
    fn manifests_in_json_hide_their_data() {
        let manifest = "\
{
    \"kind\": \"Secret\",
    \"data\": {
        \"token\": \"s3cret\",
        \"more\": {\"x\": \"s3cret\"}
    }
}
";
        for number in 1..8 {
            assert!(!line(manifest, number).contains("s3cret"), "{}", line(manifest, number));
        }
    }
}

//! What of a line may be shown. A message quotes the user's files, and some of
//! their lines hold plaintext secrets: those are hidden, even where the file
//! is too broken to be read, so this looks at text alone.

/// The keys under which plaintext stands: in `secrets`, and in a manifest of a
/// Secret under `objects`.
const LITERALS: &str = "literals";
const MANIFEST: [&str; 2] = ["stringData", "data"];

/// What stands for hidden text.
const HIDDEN: &str = "(hidden)";

/// A line (from 1) of a text, with what is secret in it hidden.
pub fn line(text: &str, number: u32) -> String {
    let index = usize::try_from(number).unwrap_or(1).saturating_sub(1);
    let lines: Vec<&str> = text.lines().take(index + 1).collect();
    let Some(own) = lines.get(index) else { return String::new() };
    if let Some(at) = own.find(LITERALS) {
        let rest = &own[at..];
        let end = rest.find([':', '=']).map_or(own.len(), |sign| at + sign + 1);
        return hide_from(own, end);
    }
    let mut indent = indentation(own);
    let mut above: Vec<&str> = Vec::new();
    for line in lines[..index].iter().rev() {
        let blank = line.trim().is_empty() || line.trim_start().starts_with('#');
        // A list may stand as far left as the key that it belongs to.
        let opens = indentation(line) < indent;
        if !blank && opens {
            indent = indentation(line);
            above.push(line);
        }
    }
    let Some(level) = above.iter().position(|line| is_secret(line, text)) else {
        return (*own).to_owned();
    };
    // Directly below, the key may be seen; deeper, all is part of a value.
    let start = own.len() - own.trim_start().len();
    let end = match (level, own.find(": ")) {
        (0, Some(colon)) => colon + 1,
        (0, None) if own.trim_end().ends_with(':') => own.len(),
        _ => start,
    };
    hide_from(own, end)
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

/// Whether what is indented below a line is secret.
fn is_secret(line: &str, text: &str) -> bool {
    let key = line.trim_start().trim_start_matches("- ");
    let key = key.split(':').next().unwrap_or("").trim_matches(['"', '\'', ' ']);
    let of_manifest = MANIFEST.contains(&key) && text.contains("kind: Secret");
    line.contains(LITERALS) || of_manifest
}

fn hide_from(line: &str, end: usize) -> String {
    let (shown, hidden) = line.split_at(end);
    let hidden = hidden.trim();
    // Brackets alone tell nothing, and help to read the rest.
    if hidden.is_empty() || hidden == "{" || hidden == "|" {
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
    from:
      literals:
        API_KEY: s3cret
        CERT: |
          s3cret: also
          s3cret
workloads:
  web: {image: node}
  other: {from: {literals: {A: s3cret}}}
";

    #[test]
    fn plaintext_is_hidden_and_nothing_else() {
        for number in 1..=11 {
            let shown = line(PROFILE, number);
            assert!(!shown.contains("s3cret"), "{shown}");
        }
        assert_eq!(line(PROFILE, 5), "        API_KEY: (hidden)");
        assert_eq!(line(PROFILE, 10), "  web: {image: node}");
        assert_eq!(
            line("secrets.x.from.literals.A=s3cret", 1),
            "secrets.x.from.literals.A= (hidden)"
        );
    }
}

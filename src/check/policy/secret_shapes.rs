//! Secrets that show by their form alone: private keys, tokens with a known beginning,
//! addresses with a password.

use super::stand_ins::is_stand_in;

/// A token: how it begins, how many characters follow at least, and what it is.
struct Token {
    start: &'static str,
    least: usize,
    /// Whether `-` and `_` may follow.
    dashes: bool,
    what: &'static str,
}

const fn token(start: &'static str, least: usize, dashes: bool, what: &'static str) -> Token {
    Token { start, least, dashes, what }
}

static TOKENS: &[Token] = &[
    token("ghp_", 36, false, "a GitHub token"),
    token("gho_", 36, false, "a GitHub token"),
    token("ghu_", 36, false, "a GitHub token"),
    token("ghs_", 36, false, "a GitHub token"),
    token("ghr_", 36, false, "a GitHub token"),
    token("github_pat_", 60, true, "a GitHub token"),
    token("glpat-", 20, true, "a GitLab token"),
    token("gldt-", 20, true, "a GitLab token"),
    token("glrt-", 20, true, "a GitLab token"),
    token("xoxb-", 20, true, "a Slack token"),
    token("xoxp-", 20, true, "a Slack token"),
    token("xoxa-", 20, true, "a Slack token"),
    token("xoxr-", 20, true, "a Slack token"),
    token("xapp-", 20, true, "a Slack token"),
    token("sk_live_", 20, false, "a Stripe key"),
    token("rk_live_", 20, false, "a Stripe key"),
    token("whsec_", 24, false, "a webhook secret"),
    token("sk-proj-", 40, true, "an OpenAI key"),
    token("sk-ant-", 40, true, "an Anthropic key"),
    token("GOCSPX-", 24, true, "a Google client secret"),
    token("npm_", 36, false, "an npm token"),
    token("pypi-AgEI", 50, true, "a PyPI token"),
    token("hvs.", 24, true, "a Vault token"),
    token("dop_v1_", 64, false, "a DigitalOcean token"),
    token("shpat_", 32, false, "a Shopify token"),
    token("AGE-SECRET-KEY-1", 50, false, "an age key"),
    token("AKIA", 16, false, "an AWS access key"),
    token("https://hooks.slack.com/services/T", 8, true, "the address of a Slack webhook"),
    token("https://discord.com/api/webhooks/", 17, true, "the address of a Discord webhook"),
];

/// What secret a text holds, if it shows.
pub fn secret_in(text: &str) -> Option<&'static str> {
    if holds_private_key(text) {
        return Some("a private key");
    }
    words(text)
        .find_map(key_at)
        .or_else(|| holds_password(text).then_some("an address with a password"))
}

/// The key that a text begins with.
fn key_at(text: &str) -> Option<&'static str> {
    let token = TOKENS.iter().find(|token| token.begins(text)).map(|token| token.what);
    token
        .or_else(|| is_web_token(text).then_some("a signed token (JWT)"))
        .or_else(|| is_account_key(text).then_some("the key of an Azure account"))
}

impl Token {
    fn begins(&self, text: &str) -> bool {
        let Some(after) = text.strip_prefix(self.start) else { return false };
        let run = run(after, |c| c.is_ascii_alphanumeric() || self.dashes && "-_".contains(c));
        // Those of AWS have so many, and are written large.
        let fits = match self.start {
            "AKIA" => run.len() == 16 && !run.contains(|c: char| c.is_ascii_lowercase()),
            _ => run.len() >= self.least,
        };
        fits && is_varied(run) && !is_stand_in(run)
    }
}

/// What is left of a text at each word of it that is long enough for a key.
fn words(text: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 20;
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let bytes = text.as_bytes();
    let ends = text.len().saturating_sub(SHORTEST - 1);
    let begins = move |&at: &usize| is_part(bytes[at]) && (at == 0 || !is_part(bytes[at - 1]));
    (0..ends).filter(begins).map(|at| &text[at..])
}

fn run(text: &str, is_part: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !is_part(c)).unwrap_or(text.len())]
}

/// Whether it looks thrown, not written: placeholders repeat themselves.
fn is_varied(text: &str) -> bool {
    let mut seen = 0_u128;
    for byte in text.bytes().filter(u8::is_ascii) {
        seen |= 1 << (byte & 127);
    }
    seen.count_ones() >= 7.min(u32::try_from(text.len()).unwrap_or(7))
}

fn holds_private_key(text: &str) -> bool {
    text.match_indices("-----BEGIN ").any(|(at, mark)| {
        let Some((kind, body)) = text[at + mark.len()..].split_once("-----") else { return false };
        let body = body.split("-----").next().unwrap_or_default();
        // A line break may stand there as two characters, as in JSON.
        let body = body.replace("\\n", "");
        let is_part = |c: &char| c.is_ascii_alphanumeric() || "+/".contains(*c);
        let key: String = body.chars().filter(is_part).collect();
        kind.contains("PRIVATE KEY") && key.len() >= 64 && is_varied(&key)
    })
}

/// Three parts in base64, of which the first two are JSON.
fn is_web_token(text: &str) -> bool {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let Some(after) = text.strip_prefix("eyJ") else { return false };
    let header = run(after, part);
    let Some(rest) = after[header.len()..].strip_prefix(".eyJ") else { return false };
    let claims = run(rest, part);
    let Some(rest) = rest[claims.len()..].strip_prefix('.') else { return false };
    header.len() >= 10 && claims.len() >= 10 && run(rest, part).len() >= 20
}

fn is_account_key(text: &str) -> bool {
    let Some(after) = text.strip_prefix("AccountKey=") else { return false };
    let key = run(after, |c| c.is_ascii_alphanumeric() || "+/".contains(c));
    key.len() >= 80 && is_varied(key)
}

/// `postgres://user:password@host`, but for what is commented out.
fn holds_password(text: &str) -> bool {
    if !text.contains("://") {
        return false;
    }
    let is_comment =
        |line: &str| ["#", "//", ";", "-- "].iter().any(|mark| line.trim_start().starts_with(mark));
    let mut lines = text.lines().filter(|line| line.contains("://") && !is_comment(line));
    lines.any(|line| {
        line.match_indices("://").any(|(at, mark)| has_password(&line[at + mark.len()..]))
    })
}

/// Whether an address has a password, of which this comes after the `://`.
fn has_password(address: &str) -> bool {
    let authority = run(address, |c| !c.is_whitespace() && !"/?#\"'`,\\".contains(c));
    let Some((own, host)) = authority.rsplit_once('@') else { return false };
    let Some((user, password)) = own.split_once(':') else { return false };
    let in_documents = matches!((user, password), ("user" | "username", "pass" | "password"));
    // `docker://image:tag@sha256:…` has none.
    let is_none = host.is_empty() || host.starts_with("sha256:");
    let is_filled_in = password.contains(['$', '{', '<', '*', '%']);
    !(in_documents || is_none || is_filled_in || is_stand_in(password))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing here is a key: the texts are made up as they are needed.
    fn made_up(length: usize) -> String {
        "a1B2c3D4e5F6g7H8i9J0".chars().cycle().take(length).collect()
    }

    #[test]
    fn tokens() {
        for token in TOKENS.iter().filter(|token| token.start != "AKIA") {
            let text = format!("key = \"{}{}\"", token.start, made_up(token.least));
            assert_eq!(secret_in(&text), Some(token.what), "{}", token.start);
            let short = format!("{}{}", token.start, made_up(token.least - 1));
            assert_eq!(secret_in(&short), None, "{}", token.start);
            let same = format!("{}{}", token.start, "x".repeat(token.least));
            assert_eq!(secret_in(&same), None, "{}", token.start);
            let within = format!("no{}{}", token.start, made_up(token.least));
            assert_eq!(secret_in(&within), None, "{}", token.start);
        }
        assert_eq!(secret_in(&format!("AKIA{}", "A1B2C3D4E5F6G7H8")), Some("an AWS access key"));
        assert_eq!(secret_in("AKIAIOSFODNN7EXAMPLE"), None);
    }

    #[test]
    fn keys() {
        let pem = |kind: &str, body: &str| {
            format!("-----BEGIN {kind}-----\n{body}\n-----END {kind}-----\n")
        };
        for kind in
            ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"]
        {
            assert_eq!(secret_in(&pem(kind, &made_up(80))), Some("a private key"), "{kind}");
            assert_eq!(secret_in(&pem(kind, "REPLACE_ME")), None);
        }
        let in_json = pem("PRIVATE KEY", &made_up(80)).replace('\n', "\\n");
        assert_eq!(
            secret_in(&format!("{{\"private_key\": \"{in_json}\"}}")),
            Some("a private key")
        );
        for kind in ["CERTIFICATE", "PUBLIC KEY", "CERTIFICATE REQUEST"] {
            assert_eq!(secret_in(&pem(kind, &made_up(80))), None, "{kind}");
        }
        assert_eq!(
            secret_in("if grep -q 'BEGIN RSA PRIVATE KEY' \"$file\"; then exit 1; fi"),
            None
        );
    }

    #[test]
    fn addresses() {
        for text in [
            "postgres://app:hunter2@db:5432/app",
            "redis://:hunter2@redis:6379",
            "amqp://guest:guest@rabbit",
            "url: 'https://me:hunter2@example.com/x'",
        ] {
            assert_eq!(secret_in(text), Some("an address with a password"), "{text}");
        }
        for text in [
            "postgres://app@db:5432/app",
            "postgres://app:$(PASSWORD)@db",
            "postgres://app:${PASSWORD}@db",
            "postgres://app:%s@db",
            "postgres://app:{{ password }}@db",
            "postgres://<user>:<password>@db",
            "# postgres://app:hunter2@db",
            "see postgres://user:password@host",
            "docker://registry:v1@sha256:0123",
            "http://host:8080/a@b",
            "https://github.com/org/repo.git",
            "ssh://git@github.com:org/repo",
        ] {
            assert_eq!(secret_in(text), None, "{text}");
        }
    }

    #[test]
    fn signed_tokens_and_what_is_none() {
        let parts = (made_up(30), made_up(40), made_up(43));
        assert!(secret_in(&format!("eyJ{}.eyJ{}.{}", parts.0, parts.1, parts.2)).is_some());
        assert_eq!(secret_in(&format!("eyJ{}.eyJ{}.", parts.0, parts.1)), None);
        assert!(
            secret_in(&format!("DefaultEndpointsProtocol=https;AccountKey={}==;", made_up(86)))
                .is_some()
        );
        for text in [
            "sha256:5f0c3f4d6e2b8a9170d4c1b6e7a8f9023b4c5d6e7f8091a2b3c4d5e6f708192a",
            "550e8400-e29b-41d4-a716-446655440000",
            "2d24d134bd206356252e9c478baf3bca39a0778129d0f8a223c3e7c834acf0dc",
            "npm_config_registry_of_the_whole_company_which_is_long",
            "https://hooks.slack.com/services/TEAM",
        ] {
            assert_eq!(secret_in(text), None, "{text}");
        }
    }
}

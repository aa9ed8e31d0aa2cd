//! Values that are secret by what they are called: `DB_PASSWORD`, `apiKey`.

use super::stand_ins::is_stand_in;

/// How sure one can be that a value is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    Likely,
    Sure,
}

/// Whether a value that is called so is a secret.
pub fn secret_by_name(name: &str, value: &str) -> Option<Likelihood> {
    let value = value.trim();
    if value.len() < 4 || value.contains(char::is_whitespace) {
        return None;
    }
    let words = words(name);
    let (last, before) = words.split_last()?;
    let last_two = before.last().map(|word| (word.as_str(), last.as_str()));
    if is_password(last, before.last().map(String::as_str)) {
        // A place where the password stands is none, nor is a rule for it, nor its label.
        let is_none = is_stand_in(value)
            || is_place(value)
            || is_label(value)
            || before.iter().any(|word| is_about(word));
        return (!is_none).then_some(Likelihood::Sure);
    }
    let is_key = is_token(last) || last_two.is_some_and(|(first, last)| is_key(first, last));
    (is_key && is_thrown(value) && !is_stand_in(value)).then_some(Likelihood::Likely)
}

/// `dbPassword`, `DB_PASSWORD` and `db.password` are two words each.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let starts = c.is_ascii_uppercase() && before.is_ascii_lowercase();
        if starts || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_password(word: &str, before: Option<&str>) -> bool {
    // Other kinds of `pass` let something through, and other kinds of `pwd` are places.
    const OWNERS: [&str; 16] = [
        "admin", "auth", "basic", "database", "db", "ftp", "ldap", "mail", "mongo", "mysql", "pg",
        "postgres", "redis", "root", "smtp", "user",
    ];
    ["password", "passwd", "passphrase"].iter().any(|end| word.ends_with(end))
        || matches!(word, "pwd" | "pass") && before.is_some_and(|word| OWNERS.contains(&word))
}

fn is_about(word: &str) -> bool {
    matches!(
        word,
        "min"
            | "max"
            | "no"
            | "allow"
            | "empty"
            | "forgot"
            | "reset"
            | "change"
            | "require"
            | "type"
    )
}

fn is_token(word: &str) -> bool {
    matches!(
        word,
        "secret"
            | "token"
            | "apikey"
            | "secretkey"
            | "accesskey"
            | "privatekey"
            | "authtoken"
            | "apitoken"
    )
}

fn is_key(first: &str, last: &str) -> bool {
    let kinds = [
        "api",
        "access",
        "secret",
        "private",
        "encryption",
        "signing",
        "master",
        "auth",
        "account",
        "shared",
        "admin",
        "jwt",
        "hmac",
    ];
    last == "key" && kinds.contains(&first)
}

/// `Password`, `Passwort`: what a form says beside the field.
fn is_label(value: &str) -> bool {
    let mut chars = value.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
}

fn is_place(value: &str) -> bool {
    value.starts_with(['/', '.', '~']) || value.contains("://")
}

/// Whether it looks as if a machine had thrown it: names and words do not.
fn is_thrown(value: &str) -> bool {
    if is_place(value) || is_digest(value) || is_uuid(value) {
        return false;
    }
    let has = |is: fn(&u8) -> bool| value.bytes().filter(is).count();
    let (digits, upper, lower) =
        (has(u8::is_ascii_digit), has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase));
    // How often a digit stands beside a letter, or a capital behind a small letter.
    let turns = value
        .as_bytes()
        .windows(2)
        .filter(|pair| {
            let is_digit = |place: usize| pair.get(place).is_some_and(u8::is_ascii_digit);
            let is_letter = |place: usize| pair.get(place).is_some_and(u8::is_ascii_alphabetic);
            is_digit(0) && is_letter(1) || is_letter(0) && is_digit(1)
        })
        .count();
    let kinds = [digits, upper, lower].iter().filter(|count| **count > 0).count();
    match value.len() {
        0..12 => false,
        12..20 => kinds >= 2 && digits >= 2 && turns >= 4,
        _ => kinds >= 2 && digits >= 2 && turns >= 3,
    }
}

/// `sha256:…` says what something is, and hides nothing.
fn is_digest(value: &str) -> bool {
    ["sha1:", "sha256:", "sha512:", "md5:", "sha256-", "sha512-"]
        .iter()
        .any(|start| value.starts_with(start))
}

fn is_uuid(value: &str) -> bool {
    let lengths: Vec<usize> = value.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords() {
        for (name, value) in [
            ("POSTGRES_PASSWORD", "hunter2"),
            ("dbPassword", "postgres"),
            ("PGPASSWORD", "admin"),
            ("spring.datasource.password", "s3cret"),
            ("MYSQL_PWD", "root"),
            ("KEY_PASSPHRASE", "correct-horse"),
            ("DB_PASS", "hunter2"),
        ] {
            assert_eq!(secret_by_name(name, value), Some(Likelihood::Sure), "{name}");
        }
        for (name, value) in [
            ("PASSWORD_FILE", "/run/secrets/password"),
            ("PASSWORD", "/run/secrets/password"),
            ("PASSWORD", "$(OTHER)"),
            ("PASSWORD", "changeme"),
            ("PASSWORD", ""),
            ("PASSWORD_MIN_LENGTH", "12345"),
            ("MIN_PASSWORD", "12345"),
            ("MYSQL_ALLOW_EMPTY_PASSWORD", "yes"),
            ("MYSQL_RANDOM_ROOT_PASSWORD", "true"),
            ("RESET_PASSWORD", "enabled-for-all"),
            ("PASSWORD_HASH", "hunter2hunter2"),
            ("PASSWORD", "123"),
            ("PASSWORD_PROMPT", "Password"),
            ("PWD", "app1"),
            ("BYPASS", "hunter2"),
            ("PROXY_PASS", "backend:8080"),
            ("login.password", "Passwort"),
            ("PASSWORD", "Enter your new one here"),
        ] {
            assert_eq!(secret_by_name(name, value), None, "{name}: {value}");
        }
    }

    #[test]
    fn keys_and_tokens() {
        for (name, value) in [
            ("API_KEY", "a1b2c3d4e5f6"),
            ("apiKey", "9fA3kQ7pLm2ZxT8v"),
            ("JWT_SECRET", "2d24d134bd206356252e9c478baf3bca39a0778129d0f8a223c3e7c834acf0dc"),
            ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY1234567890"),
            ("CLIENT_SECRET", "x7Kq2mN9vB4tR8wL"),
            ("session.token", "dGhpcyBpcyBub3QgYSBzZWNyZXQ5OQ=="),
        ] {
            assert_eq!(secret_by_name(name, value), Some(Likelihood::Likely), "{name}");
        }
        for (name, value) in [
            ("TLS_SECRET", "ingress-tls-2024"),
            ("SECRET", "my-app-credentials"),
            ("IMAGE_PULL_SECRET", "registry.example.com"),
            ("TOKEN", "X-Auth-Token"),
            ("API_KEY_HEADER", "a1b2c3d4e5f6"),
            ("TOKEN_URL", "https://idp.example.com/token/v2"),
            ("AWS_ACCESS_KEY_ID", "a1b2c3d4e5f6"),
            ("TENANT_TOKEN", "550e8400-e29b-41d4-a716-446655440000"),
            ("BUILD_TOKEN", "sha256:5f0c3f4d6e2b8a9170d4c1b6e7a8f902"),
            ("SIGNING_KEY", "/keys/signing-1a2b3c4d5e.pem"),
            ("SORT_KEY", "a1b2c3d4e5f6"),
            ("CACHE_KEY", "a1b2c3d4e5f6"),
            ("PUBLIC_KEY", "a1b2c3d4e5f6"),
            ("NEXT_TOKEN", "3600"),
            ("SECRET", "${SECRET}"),
        ] {
            assert_eq!(secret_by_name(name, value), None, "{name}: {value}");
        }
    }
}

//! Texts that stand where a secret would, and are none: references, placeholders, and
//! what everybody may see.

/// Whether a text refers to a value, or waits for one.
pub fn is_stand_in(text: &str) -> bool {
    let text = text.trim();
    is_reference(text) || is_placeholder(text)
}

/// `$(NAME)`, `${NAME}`, `{{ … }}`, `<…>`, and what some tool replaces or decrypts.
fn is_reference(text: &str) -> bool {
    const INSIDE: [&str; 5] = ["$(", "${", "{{", "[[", "<%"];
    const STARTS: [&str; 17] = [
        "$",
        "%(",
        "@",
        "ENC[",
        "ENC(",
        "vault:",
        "ref+",
        "op://",
        "arn:",
        "secretref:",
        "awssm://",
        "gcpsm://",
        "azurekv://",
        "file:",
        "env:",
        "secret://",
        "AgA",
    ];
    INSIDE.iter().any(|mark| text.contains(mark))
        || STARTS.iter().any(|start| text.starts_with(start))
        || text.starts_with('<') && text.ends_with('>')
}

fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 27] = [
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "none",
        "null",
        "nil",
        "n/a",
        "undefined",
        "enabled",
        "disabled",
        "enable",
        "disable",
        "required",
        "optional",
        "always",
        "never",
        "auto",
        "default",
        "allow",
        "deny",
        "string",
        "todo",
    ];
    const PARTS: [&str; 16] = [
        "changeme",
        "change-me",
        "change_me",
        "change me",
        "changeit",
        "replace",
        "placeholder",
        "example",
        "dummy",
        "fixme",
        "your-",
        "your_",
        "insert",
        "redacted",
        "xxxx",
        "****",
    ];
    let lower = text.to_ascii_lowercase();
    let mut chars = lower.chars();
    let first = chars.next();
    first.is_none()
        || chars.all(|c| Some(c) == first)
        || WORDS.contains(&lower.as_str())
        || PARTS.iter().any(|part| lower.contains(part))
}

/// Whether it is a certificate or a public key, which everybody may see.
pub fn is_public(text: &str) -> bool {
    let text = text.trim_start();
    let is_pem = text.starts_with("-----BEGIN ") && !text.contains("PRIVATE KEY");
    is_pem
        || ["ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-"].iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_placeholders() {
        for text in [
            "",
            "  ",
            "$(DB_PASSWORD)",
            "${PASSWORD}",
            "$PASSWORD",
            "{{ .Values.password }}",
            "<password>",
            "<path:secret/data/db#password>",
            "vault:secret/data/db#password",
            "ref+vault://db#password",
            "op://vault/db/password",
            "ENC[AES256_GCM,data:x]",
            "changeme",
            "CHANGE-ME",
            "REPLACE_ME",
            "your-password-here",
            "xxxxxxxx",
            "********",
            "aaaaaa",
            "true",
            "Required",
            "AKIAIOSFODNN7EXAMPLE",
        ] {
            assert!(is_stand_in(text), "{text}");
        }
        for text in ["hunter2", "admin", "postgres", "p@ssw0rd!", "s3cr3t"] {
            assert!(!is_stand_in(text), "{text}");
        }
    }

    #[test]
    fn public_keys() {
        assert!(is_public("-----BEGIN CERTIFICATE-----\nMII…"));
        assert!(is_public("\n-----BEGIN PUBLIC KEY-----\nMII…"));
        assert!(is_public("ssh-ed25519 AAAA me@host"));
        assert!(!is_public("-----BEGIN EC PRIVATE KEY-----\nMII…"));
        assert!(!is_public("-----BEGIN CERTIFICATE-----\nMII…\n-----BEGIN PRIVATE KEY-----\nMII…"));
        assert!(!is_public("hunter2"));
    }
}

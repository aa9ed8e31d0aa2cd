//! The annotations of ingress-nginx, of the Kubernetes project. Its admission
//! webhook checks their values (`enable-annotation-validation`, on by default), and
//! so do we.

use crate::profile::decode::At;
use crate::profile::edge_words::Rate;
use crate::profile::ingress::{BasicAuth, Cors};
use crate::scalar::Quantity;

use super::super::context::Context;
use super::wishes::{Answer, Wish, allowed_by_cors, instead, joined, never, one, wrong};

pub fn annotations(wish: &At<Wish<'_>>, context: &Context<'_>) -> Answer {
    match &wish.value {
        Wish::Tls => Ok(Vec::new()),
        Wish::Rate(rate) => self::rate(*rate),
        Wish::Burst(burst, rate) => self::burst(*burst, *rate),
        Wish::Connections(count) => one("limit-connections", &count),
        Wish::Cors(cors) => Ok(self::cors(cors)),
        Wish::BasicAuth(auth) => basic_auth(auth, context),
        Wish::BodySize(size) => one("proxy-body-size", &nginx_size(size)),
        Wish::ConnectTimeout(secs) => match secs {
            // proxy_connect_timeout "cannot usually exceed 75 seconds".
            76.. => wrong("at most 75s"),
            _ => one("proxy-connect-timeout", &secs),
        },
        Wish::ReadTimeout(secs) => one("proxy-read-timeout", &secs),
        Wish::SendTimeout(secs) => one("proxy-send-timeout", &secs),
        Wish::IdleTimeout(_) => instead("`read` and `send` say how long it waits"),
        Wish::RequestHeaders(_) => instead("its own ConfigMap has `proxy-set-headers`, for all"),
        Wish::ResponseHeaders(_) => instead(
            "write a ConfigMap with them and name it in the annotation \
             `nginx.ingress.kubernetes.io/custom-headers`",
        ),
        Wish::RedirectToHttps(true) => one("force-ssl-redirect", &true),
        Wish::RedirectToHttps(false) => one("ssl-redirect", &false),
        Wish::Rewrite(path) => rewrite(path),
        Wish::Allow(blocks) => one("whitelist-source-range", &joined(*blocks, ",")),
        Wish::Deny(blocks) => one("denylist-source-range", &joined(*blocks, ",")),
        Wish::BackendProtocol(protocol) => one("backend-protocol", &protocol.as_str()),
        Wish::EntryPoints(_)
        | Wish::Middlewares(_)
        | Wish::Priority(_)
        | Wish::Scheme(_)
        | Wish::TargetType(_)
        | Wish::Group(_)
        | Wish::Certificates(_)
        | Wish::HealthPath(_) => never(),
    }
}

fn rate(rate: Rate) -> Answer {
    match rate.period.as_secs_exact() {
        Some(1) => one("limit-rps", &rate.requests),
        Some(60) => one("limit-rpm", &rate.requests),
        _ => wrong("it counts per 1s or per 1m"),
    }
}

/// It is written as a multiple of the rate.
fn burst(burst: u32, rate: Rate) -> Answer {
    if burst == 0 || !burst.is_multiple_of(rate.requests) {
        return wrong(format!("a whole multiple of the rate, {}", rate.requests));
    }
    one("limit-burst-multiplier", &(burst / rate.requests))
}

fn cors(cors: &Cors) -> Vec<(&'static str, String)> {
    let mut made = vec![
        ("enable-cors", "true".to_owned()),
        ("cors-allow-origin", joined(cors.origins.iter().map(|origin| origin.as_str()), ",")),
        // It allows them where nothing is said.
        ("cors-allow-credentials", cors.credentials.to_string()),
    ];
    made.extend(allowed_by_cors(cors));
    if let Some(list) = &cors.expose_headers {
        made.push(("cors-expose-headers", joined(list.iter(), ", ")));
    }
    if let Some(secs) = cors.max_age.as_ref().and_then(|age| age.as_secs_exact()) {
        made.push(("cors-max-age", secs.to_string()));
    }
    made
}

/// A htpasswd file under the key `auth`.
fn basic_auth(auth: &BasicAuth, context: &Context<'_>) -> Answer {
    let secret = context.index.secret(&auth.secret);
    if secret.is_ok_and(|secret| !secret.all_keys().any(|(key, _)| key.as_str() == "auth")) {
        return wrong("the Secret needs the key `auth`, a htpasswd file");
    }
    let mut made =
        vec![("auth-type", "basic".to_owned()), ("auth-secret", auth.secret.to_string())];
    if let Some(realm) = &auth.realm {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/ ".contains(c);
        if !realm.chars().all(plain) {
            return wrong("its realm is letters, digits, blanks and `-._~/`");
        }
        made.push(("auth-realm", realm.value.clone()));
    }
    Ok(made)
}

/// In nginx' own units, which are powers of 1024.
fn nginx_size(size: &Quantity) -> String {
    let bytes = size.units();
    [(30, 'g'), (20, 'm'), (10, 'k')]
        .into_iter()
        .find(|(shift, _)| bytes != 0 && bytes % (1 << shift) == 0)
        .map_or_else(|| bytes.to_string(), |(shift, unit)| format!("{}{unit}", bytes >> shift))
}

fn rewrite(path: &str) -> Answer {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/$".contains(c);
    if !path.starts_with('/') || !path.chars().all(plain) {
        return wrong("a path of letters, digits and `-._~/`, with `$1`, `$2` … for groups");
    }
    let mut made = vec![("rewrite-target", path.to_owned())];
    if path.contains('$') {
        made.push(("use-regex", "true".to_owned()));
    }
    Ok(made)
}

//! The annotations of the HAProxy Kubernetes Ingress Controller by HAProxy
//! Technologies (not of `haproxy-ingress`, which is another).

use crate::profile::decode::At;
use crate::profile::ingress::{BackendProtocol, Cors};

use super::wishes::{Answer, Headers, Wish, allowed_by_cors, instead, joined, never, one, wrong};

const FOR_ALL: &str = "it takes this from its own ConfigMap, for all Ingresses";

pub fn annotations(wish: &At<Wish<'_>>) -> Answer {
    match &wish.value {
        Wish::Tls => Ok(Vec::new()),
        Wish::Rate(rate) => Ok(vec![
            ("rate-limit-requests", rate.requests.to_string()),
            ("rate-limit-period", single_unit(rate.period.as_secs_exact().unwrap_or(1))),
        ]),
        Wish::Cors(cors) => self::cors(cors),
        Wish::BasicAuth(auth) => {
            let mut made = vec![
                ("auth-type", "basic-auth".to_owned()),
                ("auth-secret", auth.secret.to_string()),
            ];
            made.extend(auth.realm.as_ref().map(|realm| ("auth-realm", realm.value.clone())));
            Ok(made)
        }
        Wish::ReadTimeout(secs) => one("timeout-server", &format!("{secs}s")),
        Wish::ConnectTimeout(_) | Wish::SendTimeout(_) | Wish::IdleTimeout(_) => instead(FOR_ALL),
        Wish::RequestHeaders(headers) => self::headers("request-set-header", headers),
        Wish::ResponseHeaders(headers) => self::headers("response-set-header", headers),
        Wish::RedirectToHttps(flag) => one("ssl-redirect", &flag),
        Wish::Rewrite(text) => match text.chars().any(char::is_control) || text.is_empty() {
            true => wrong("one line: a path, or a regular expression and a path"),
            false => one("path-rewrite", &text),
        },
        Wish::Allow(blocks) => one("allow-list", &joined(*blocks, ", ")),
        Wish::Deny(blocks) => one("deny-list", &joined(*blocks, ", ")),
        Wish::BackendProtocol(protocol) => Ok(match protocol {
            BackendProtocol::Http => vec![("server-ssl", "false".to_owned())],
            BackendProtocol::Https => vec![("server-ssl", "true".to_owned())],
            BackendProtocol::Grpc => vec![("server-proto", "h2".to_owned())],
            BackendProtocol::Grpcs => {
                vec![("server-proto", "h2".to_owned()), ("server-ssl", "true".to_owned())]
            }
        }),
        Wish::Burst(..)
        | Wish::Connections(_)
        | Wish::BodySize(_)
        | Wish::EntryPoints(_)
        | Wish::Middlewares(_)
        | Wish::Priority(_)
        | Wish::Scheme(_)
        | Wish::TargetType(_)
        | Wish::Group(_)
        | Wish::Certificates(_)
        | Wish::HealthPath(_) => never(),
    }
}

/// It reads a number and one unit.
fn single_unit(secs: u64) -> String {
    [(86_400, 'd'), (3600, 'h'), (60, 'm')]
        .into_iter()
        .find(|(length, _)| secs.is_multiple_of(*length))
        .map_or_else(|| format!("{secs}s"), |(length, unit)| format!("{}{unit}", secs / length))
}

/// Of several origins it takes a regular expression.
fn cors(cors: &Cors) -> Answer {
    let origins: Vec<&str> = cors.origins.iter().map(|origin| origin.as_str()).collect();
    let origin = match origins[..] {
        ["*"] => "*".to_owned(),
        [one] if !one.contains('*') => one.to_owned(),
        _ => {
            let each =
                origins.iter().map(|origin| origin.replace('.', "\\.").replacen('*', "[^.]+", 1));
            format!("^({})$", each.collect::<Vec<_>>().join("|"))
        }
    };
    let mut made = vec![("cors-enable", "true".to_owned()), ("cors-allow-origin", origin)];
    made.extend(allowed_by_cors(cors));
    if cors.expose_headers.is_some() {
        return wrong("it has no `exposeHeaders`; write it under `responseHeaders`");
    }
    if cors.credentials {
        made.push(("cors-allow-credentials", "true".to_owned()));
    }
    if let Some(secs) = cors.max_age.as_ref().and_then(|age| age.as_secs_exact()) {
        made.push(("cors-max-age", single_unit(secs)));
    }
    Ok(made)
}

/// One a line, the name before the value.
fn headers(key: &'static str, headers: &Headers) -> Answer {
    let mut lines = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        if value.contains(['"', '\\']) {
            return wrong(format!("the value of `{name}` has a quote or a backslash"));
        }
        lines.push(format!("{} \"{}\"", name, value.value.value));
    }
    one(key, &lines.join("\n"))
}

//! The annotations of Traefik, on Ingresses. What it does with requests it does
//! with middlewares, which are objects of its own.

use crate::profile::decode::At;

use super::wishes::{Answer, Wish, instead, joined, never, one};

const MIDDLEWARE: &str =
    "write a Middleware under `objects`, and name it in `traefik: {middlewares: […]}`";

pub fn annotations(wish: &At<Wish<'_>>) -> Answer {
    match &wish.value {
        // `spec.tls` alone only loads the certificate.
        Wish::Tls => one("router.tls", &true),
        Wish::EntryPoints(list) => one("router.entrypoints", &joined(list.iter(), ",")),
        Wish::Middlewares(list) => {
            one("router.middlewares", &joined(list.iter().map(|name| name.as_str()), ","))
        }
        Wish::Priority(priority) => one("router.priority", &priority),
        Wish::Rate(_)
        | Wish::Burst(..)
        | Wish::Connections(_)
        | Wish::Cors(_)
        | Wish::BasicAuth(_)
        | Wish::BodySize(_)
        | Wish::RequestHeaders(_)
        | Wish::ResponseHeaders(_)
        | Wish::RedirectToHttps(_)
        | Wish::Rewrite(_)
        | Wish::Allow(_) => instead(MIDDLEWARE),
        Wish::BackendProtocol(_) => instead(
            "it reads it on the Service: the annotation \
             `traefik.ingress.kubernetes.io/service.serversscheme`",
        ),
        Wish::ConnectTimeout(_)
        | Wish::ReadTimeout(_)
        | Wish::SendTimeout(_)
        | Wish::IdleTimeout(_) => instead(
            "write a ServersTransport under `objects`, and name it on the Service: the annotation \
             `traefik.ingress.kubernetes.io/service.serverstransport`",
        ),
        Wish::Deny(_)
        | Wish::Scheme(_)
        | Wish::TargetType(_)
        | Wish::Group(_)
        | Wish::Certificates(_)
        | Wish::HealthPath(_) => never(),
    }
}

//! The annotations of the AWS Load Balancer Controller, on Ingresses.

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::decode::{At, Item};
use crate::profile::ingress::{AlbTarget, BackendProtocol, Ingress};
use crate::profile::service::{Service, ServiceType};

use super::super::context::Context;
use super::wishes::{Answer, Wish, instead, joined, never, one, wrong};

pub fn annotations(wish: &At<Wish<'_>>, ingress: &Ingress, context: &Context<'_>) -> Answer {
    match &wish.value {
        // With the certificates that match the hosts of `spec.tls`.
        Wish::Tls => match ingress.redirect_to_https {
            Some(_) => Ok(Vec::new()),
            None => one("listen-ports", &r#"[{"HTTPS": 443}]"#),
        },
        Wish::RedirectToHttps(true) => Ok(vec![
            ("listen-ports", r#"[{"HTTP": 80}, {"HTTPS": 443}]"#.to_owned()),
            ("ssl-redirect", "443".to_owned()),
        ]),
        Wish::RedirectToHttps(false) => match ingress.tls {
            Some(_) => one("listen-ports", &r#"[{"HTTP": 80}, {"HTTPS": 443}]"#),
            None => wrong("without `tls` there is nowhere to send to; leave it out"),
        },
        Wish::IdleTimeout(secs) => match secs {
            1..=4000 => {
                one("load-balancer-attributes", &format!("idle_timeout.timeout_seconds={secs}"))
            }
            _ => wrong("1s to 4000s"),
        },
        Wish::ConnectTimeout(_) | Wish::ReadTimeout(_) | Wish::SendTimeout(_) => {
            instead("`timeouts: {idle: …}` is the one it has")
        }
        Wish::Allow(blocks) => one("inbound-cidrs", &joined(*blocks, ",")),
        Wish::BackendProtocol(protocol) => {
            let version = ("backend-protocol-version", "GRPC".to_owned());
            Ok(match protocol {
                BackendProtocol::Http => vec![("backend-protocol", "HTTP".to_owned())],
                BackendProtocol::Https => vec![("backend-protocol", "HTTPS".to_owned())],
                BackendProtocol::Grpc => vec![("backend-protocol", "HTTP".to_owned()), version],
                BackendProtocol::Grpcs => vec![("backend-protocol", "HTTPS".to_owned()), version],
            })
        }
        Wish::Scheme(scheme) => one("scheme", &scheme.as_str()),
        Wish::TargetType(target) => match without_node_port(*target, ingress, context) {
            Some(service) => wrong(format!("nodes have no port of `{service}`: it is a ClusterIP")),
            None => one("target-type", target.as_str()),
        },
        Wish::Group(group) => match group.as_str().len() {
            ..=63 => one("group.name", &group),
            _ => wrong("a group's name has 63 characters at most"),
        },
        Wish::Certificates(arns) => match arns.iter().all(|arn| arn.starts_with("arn:")) {
            true => one("certificate-arn", &joined(arns.iter(), ",")),
            false => wrong("an ARN begins with `arn:`"),
        },
        Wish::HealthPath(path) => one("healthcheck-path", &path),
        Wish::BasicAuth(_) => instead("it asks OIDC or Cognito: its own `auth-…` annotations"),
        Wish::Rate(_) | Wish::Burst(..) | Wish::Connections(_) | Wish::Deny(_) => {
            instead("AWS WAF does, by the annotation `…/wafv2-acl-arn`")
        }
        Wish::Rewrite(_) => instead("its own annotation `…/transforms.SERVICE` does"),
        Wish::Cors(_)
        | Wish::BodySize(_)
        | Wish::RequestHeaders(_)
        | Wish::ResponseHeaders(_)
        | Wish::EntryPoints(_)
        | Wish::Middlewares(_)
        | Wish::Priority(_) => never(),
    }
}

/// Where nothing is said requests go to ports of the nodes, which a ClusterIP has
/// none of.
pub fn check_default_target(ingress: &Item<Ingress>, context: &Context<'_>, report: &mut Report) {
    let chosen = ingress.alb.as_ref().is_some_and(|alb| alb.target_type.is_some());
    let without = without_node_port(AlbTarget::Instance, ingress, context);
    if let Some(service) = without.filter(|_| !chosen) {
        let fault = format!("requests would go to ports of the nodes, and `{service}` has none");
        let help = "`alb: {targetType: ip}` sends them to the pods";
        report.add(Diagnostic::new(fault).at(ingress.key).help(help));
    }
}

/// A Service without a port of the nodes, where requests would go to one.
fn without_node_port(
    target: AlbTarget,
    ingress: &Ingress,
    context: &Context<'_>,
) -> Option<String> {
    if target != AlbTarget::Instance {
        return None;
    }
    let paths = ingress.hosts.values().flat_map(|paths| paths.value.value.values());
    let all = ingress.default.iter().chain(paths.map(|path| &path.to));
    let services = all.filter_map(|to| context.index.service(to).ok());
    let kind = |written: Option<&Service>| written.map_or(ServiceType::ClusterIp, Service::kind);
    let mut without = services.filter(|service| kind(service.written) == ServiceType::ClusterIp);
    without.next().map(|service| service.name.clone())
}

//! Where an Ingress leads: ValidateIngress.

use k8s_openapi::api::networking::v1 as networking;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::container::Protocol;
use crate::profile::decode::{At, Item};
use crate::profile::edge_words::HttpPath;
use crate::profile::index::Index;
use crate::profile::ingress::{Controller, Ingress, IngressPath, PathType};
use crate::profile::refs::{Endpoint, PortRef};
use crate::profile::service_view::{PortView, ServiceView};

use super::super::context::Context;
use super::super::meta::some_list;
use super::super::traffic::divided_by_alb;

pub fn rules(
    context: &Context<'_>,
    name: &str,
    ingress: &Ingress,
    home: &str,
    controller: Option<Controller>,
    report: &mut Report,
) -> Option<Vec<networking::IngressRule>> {
    let mut rules = Vec::with_capacity(ingress.hosts.len());
    for (host, paths) in &ingress.hosts {
        if paths.is_empty() {
            report.add(
                Diagnostic::missing(format!("`{host}` leads nowhere"))
                    .at(paths.place)
                    .help("for example `{/: web/http}`"),
            );
        }
        let all = paths.value.value.iter();
        let paths = all.filter_map(|(path, item)| {
            check_path(path, item, controller, report);
            Some(networking::HTTPIngressPath {
                path: Some(path.to_string()),
                path_type: item.path_type.as_str().to_owned(),
                backend: backend(context, name, &item.to, home, report)?,
            })
        });
        rules.push(networking::IngressRule {
            host: host.to_field(),
            http: Some(networking::HTTPIngressRuleValue { paths: paths.collect() }),
        });
    }
    some_list(rules)
}

fn check_path(
    path: &HttpPath,
    item: &Item<IngressPath>,
    controller: Option<Controller>,
    report: &mut Report,
) {
    if item.path_type.value == PathType::ImplementationSpecific {
        return;
    }
    if let Some(reason) = path.fault() {
        report.error(item.key, reason);
    }
    // Its `strict-validate-path-type`, which is on by default.
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    if controller == Some(Controller::Nginx) && !path.as_str().chars().all(plain) {
        report.add(
            Diagnostic::new("ingress-nginx takes letters, digits and `-._~/` in such a path")
                .at(item.key)
                .help("a regular expression has `pathType: ImplementationSpecific`"),
        );
    }
}

/// The Service behind an endpoint, which must be in the same namespace.
pub fn backend(
    context: &Context<'_>,
    ingress: &str,
    to: &At<Endpoint>,
    home: &str,
    report: &mut Report,
) -> Option<networking::IngressBackend> {
    let (service, _) = tcp_endpoint(context.index, to, report)?;
    if service.namespace != home {
        report.add(
            Diagnostic::new(format!(
                "an Ingress leads to Services of its own namespace, `{home}`; this one is in `{}`",
                service.namespace
            ))
            .at(to.place)
            .help(format!("let the Ingress live there: `namespace: {}`", service.namespace)),
        );
        return None;
    }
    let port = match &to.port {
        _ if divided_by_alb(context, ingress, &service.name) => networking::ServiceBackendPort {
            // Argo writes an annotation of this name with the weights.
            name: Some("use-annotation".to_owned()),
            number: None,
        },
        PortRef::Name(name) => {
            networking::ServiceBackendPort { name: Some(name.to_string()), number: None }
        }
        PortRef::Number(number) => {
            networking::ServiceBackendPort { name: None, number: Some(number.get().into()) }
        }
    };
    Some(networking::IngressBackend {
        service: Some(networking::IngressServiceBackend {
            name: service.name.clone(),
            port: Some(port),
        }),
        resource: None,
    })
}

/// What is behind an endpoint, where HTTP can be spoken with it.
pub fn tcp_endpoint<'i, 'p>(
    index: &'i Index<'p>,
    to: &At<Endpoint>,
    report: &mut Report,
) -> Option<(&'i ServiceView<'p>, &'i PortView<'p>)> {
    match index.endpoint(to) {
        Ok((_, port)) if port.protocol != Protocol::Tcp => {
            report.error(
                to.place,
                format!("HTTP needs TCP; this port is {}", port.protocol.as_str()),
            );
            None
        }
        Ok(found) => Some(found),
        Err(unknown) => {
            report.add(unknown.at(to.place));
            None
        }
    }
}

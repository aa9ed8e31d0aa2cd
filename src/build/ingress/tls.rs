//! Which certificate an Ingress shows.

use k8s_openapi::api::networking::v1 as networking;

use crate::diagnostic::{Diagnostic, Report, choices};
use crate::profile::decode::{At, place};
use crate::profile::edge_words::HostPattern;
use crate::profile::ingress::{Controller, Ingress, IngressTls};
use crate::profile::made_secrets;
use crate::scalar::{DnsName, Scalar};

use super::super::certificate;
use super::super::context::Context;
use super::super::meta::some_list;

/// `spec.tls`.
pub fn tls(
    context: &Context<'_>,
    name: &DnsName,
    ingress: &Ingress,
    controller: Option<Controller>,
    report: &mut Report,
) -> Option<Vec<networking::IngressTLS>> {
    let tls = ingress.tls.as_ref()?;
    let secret = match (&tls.issuer, &tls.secret) {
        (Some(_), secret) => {
            let made = made_secrets::of_ingress(name.as_str(), secret.as_ref());
            if let Err(reason) = DnsName::parse(&made) {
                report.add(
                    Diagnostic::new("no Secret can be called after this Ingress")
                        .at(tls.place)
                        .label(reason)
                        .help("say how it is called: `tls: {secret: …}`"),
                );
            }
            Some(made)
        }
        (None, Some(secret)) => {
            check_certificate(context, secret, report);
            Some(secret.to_string())
        }
        (None, None) => None,
    };
    if controller == Some(Controller::Alb)
        && let Some(place) = place(&tls.issuer).or(place(&tls.secret))
    {
        report.add(
            Diagnostic::new("the AWS Load Balancer Controller takes no certificates from Secrets")
                .at(place)
                .help(
                    "write `tls: {}` for those that match the hosts, or `alb: {certificates: […]}`",
                ),
        );
    }
    let hosts = hosts(ingress, tls, report);
    if secret.is_none() && hosts.is_empty() {
        report.error(tls.place, "without hosts and a Secret this says nothing");
    }
    Some(vec![networking::IngressTLS {
        hosts: some_list(hosts.iter().map(ToString::to_string).collect()),
        secret_name: secret,
    }])
}

/// A Secret with a certificate has what a server needs.
pub fn check_certificate(context: &Context<'_>, secret: &At<DnsName>, report: &mut Report) {
    let found = match context.index.secret(secret) {
        Ok(found) => found,
        Err(unknown) => {
            return report.add(unknown.at(secret.place).help(
                "name an `issuer` that makes it, or write it under `secrets` or `certificates`",
            ));
        }
    };
    let keys: Vec<&str> = found.all_keys().map(|(key, _)| key.as_str()).collect();
    for needed in ["tls.crt", "tls.key"] {
        if !keys.contains(&needed) {
            let fault = format!(
                "a certificate is kept in `tls.crt` and `tls.key`, and `{secret}` has no `{needed}`"
            );
            report.add(Diagnostic::missing(fault).at(secret.place));
        }
    }
}

/// The hosts of the certificate: those that are served, or some of them.
fn hosts<'p>(
    ingress: &'p Ingress,
    tls: &'p At<IngressTls>,
    report: &mut Report,
) -> Vec<&'p HostPattern> {
    let served = || ingress.hosts.keys().filter(|host| **host != HostPattern::Any);
    let Some(written) = &tls.hosts else {
        if let (Some(issuer), None) = (&tls.issuer, served().next()) {
            report.add(
                Diagnostic::missing("a certificate needs a host that it is for")
                    .at(issuer.place)
                    .help("name the hosts, under `hosts` of the Ingress or of `tls`"),
            );
        }
        return served().collect();
    };
    let serves_all = ingress.default.is_some() || ingress.hosts.contains_key(&HostPattern::Any);
    let mut hosts: Vec<&HostPattern> = Vec::with_capacity(written.len());
    for host in written.iter() {
        let fits = served().any(|own| host.covers(own) || own.covers(host));
        if host.value == HostPattern::Any {
            report.error(host.place, "a certificate is for hosts that are named");
        } else if !fits && !serves_all {
            let known: Vec<String> = served().map(ToString::to_string).collect();
            let fault = Diagnostic::new(format!("this Ingress does not serve `{}`", host.value));
            let fault = fault.at(host.place);
            report.add(match known.is_empty() {
                true => fault,
                false => fault.help(format!("it serves {}", choices(known.iter().map(|h| &**h)))),
            });
        } else if hosts.contains(&&host.value) {
            report.error(host.place, "this host is listed twice");
        }
        hosts.push(&host.value);
    }
    hosts
}

/// What tells cert-manager to make the Secret.
pub fn issuer_annotation(
    context: &Context<'_>,
    ingress: &Ingress,
    home: &str,
    controller: Option<Controller>,
    report: &mut Report,
) -> Option<(String, String)> {
    let tls = ingress.tls.as_ref()?;
    let issuer = tls.issuer.as_ref().filter(|_| controller != Some(Controller::Alb))?;
    let found = certificate::issuer(context, issuer, home, report)?;
    let wanted = match &tls.hosts {
        Some(written) => written.iter().map(|host| &host.value).collect(),
        None => ingress.hosts.keys().collect::<Vec<_>>(),
    };
    certificate::refuse_unprovable(found, &wanted, issuer.place, report);
    Some((certificate::annotation(*found.kind), issuer.to_string()))
}

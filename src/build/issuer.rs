//! Layer 1: who issues certificates, for cert-manager.

use serde_json::Value;

use crate::crd::cert_manager as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::certificate::{Acme, AzureDns, Issuer, IssuerKind, Route53, Solver};
use crate::profile::decode::{At, Item, Raw, place};
use crate::profile::edge_words::HostPattern;
use crate::profile::index::no_key;
use crate::profile::refs::KeyRef;
use crate::scalar::{DnsName, Scalar};
use crate::tree::Content;

use super::context::Context;
use super::meta::{extend, some_list};

/// All Issuers and ClusterIssuers.
pub fn issuers(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.issuers;
    all.iter().filter_map(|(name, item)| issuer(context, name, item, report)).collect()
}

fn issuer(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<Issuer>,
    report: &mut Report,
) -> Option<Object> {
    let kind = *item.kind;
    if let (IssuerKind::ClusterIssuer, Some(place)) = (kind, place(&item.namespace)) {
        report.error(place, "a ClusterIssuer lives in no namespace");
    }
    if item.existing.is_some() {
        refuse_settings(item, report);
        return None;
    }
    let look = Lookup { context, kind };
    let spec = match &item.spec {
        Some(spec) => crd::IssuerForm::Raw(raw(spec, report)?),
        None => crd::IssuerForm::Typed(Box::new(crd::IssuerSpec {
            acme: item.acme.as_ref().map(|acme| self::acme(&look, name, acme, report)),
            ca: item.ca.as_ref().map(|ca| {
                look.secret(&ca.secret, &["tls.crt", "tls.key"], report);
                crd::CaIssuer { secret_name: ca.secret.to_string() }
            }),
            self_signed: item.self_signed.as_ref().map(|_| Default::default()),
        })),
    };
    let mut labels = context.common_labels();
    extend(&mut labels, &item.labels);
    if kind == IssuerKind::ClusterIssuer {
        let metadata = context.cluster_wide(name.as_str(), labels, &item.annotations);
        return super::raw::object(&crd::ClusterIssuer { metadata, spec }, item.key, report);
    }
    let home = context.index.home(&item.namespace);
    let metadata = context.namespaced(home, name.as_str(), labels, &item.annotations);
    super::raw::object(&crd::Issuer { metadata, spec }, item.key, report)
}

fn refuse_settings(item: &Item<Issuer>, report: &mut Report) {
    let labels = item.labels.values().map(|label| label.key);
    let annotations = item.annotations.values().map(|annotation| annotation.key);
    for place in labels.chain(annotations) {
        report.error(place, "this issuer is made elsewhere, and its settings with it");
    }
}

/// Where an issuer's Secrets are looked up.
struct Lookup<'c, 'p> {
    context: &'c Context<'p>,
    kind: IssuerKind,
}

impl Lookup<'_, '_> {
    /// A Secret that must have keys. Those of a ClusterIssuer are in cert-manager's
    /// own namespace, which no profile knows.
    fn secret(&self, name: &At<DnsName>, keys: &[&str], report: &mut Report) {
        if self.kind == IssuerKind::ClusterIssuer {
            return;
        }
        match self.context.index.secret(name) {
            Err(unknown) => report.add(unknown.at(name.place)),
            Ok(secret) => {
                let known: Vec<&str> = secret.all_keys().map(|(key, _)| key.as_str()).collect();
                for key in keys.iter().filter(|key| !known.contains(key)) {
                    let message = format!("`{}` has no key `{key}`", name.value);
                    report.add(Diagnostic::missing(message).at(name.place));
                }
            }
        }
    }

    fn key(&self, reference: &At<KeyRef>, report: &mut Report) -> crd::SecretKey {
        if self.kind == IssuerKind::Issuer {
            match self.context.index.secret(&reference.name) {
                Err(unknown) => report.add(unknown.at(reference.place)),
                Ok(secret) if !secret.all_keys().any(|(key, _)| *key == reference.key) => {
                    let known = secret.all_keys().map(|(key, _)| key.as_str());
                    let unknown = no_key(&reference.name, &reference.key, known);
                    report.add(unknown.at(reference.place));
                }
                Ok(_) => {}
            }
        }
        crd::SecretKey { name: reference.name.to_string(), key: Some(reference.key.to_string()) }
    }
}

fn acme(
    look: &Lookup<'_, '_>,
    name: &DnsName,
    acme: &At<Acme>,
    report: &mut Report,
) -> crd::AcmeIssuer {
    if acme.solvers.is_empty() {
        report.add(
            Diagnostic::missing("nothing shows that a host is ours")
                .at(acme.place)
                .help("for example `solvers: {web: {http01: nginx}}`"),
        );
    }
    if let Some(email) = acme.email.as_ref().filter(|email| {
        !email.contains('@') || email.contains(|c: char| c.is_control() || c.is_whitespace())
    }) {
        report.error(email.place, "this is no address for mail");
    }
    let account = match &acme.account_key {
        Some(own) => own.to_string(),
        None => {
            let derived = format!("{name}-account-key");
            if let Err(reason) = DnsName::parse(&derived) {
                report.add(
                    Diagnostic::new("no Secret can be called after this issuer")
                        .at(acme.place)
                        .label(reason)
                        .help("say how it is called: `accountKey: …`"),
                );
            }
            derived
        }
    };
    let solvers = acme.solvers.values().filter_map(|solver| self::solver(look, solver, report));
    let solvers: Vec<crd::SolverForm> = solvers.collect();
    crd::AcmeIssuer {
        server: acme.server.url().to_owned(),
        email: acme.email.as_ref().map(|email| email.value.clone()),
        preferred_chain: acme.preferred_chain.clone(),
        private_key_secret_ref: crd::SecretKey { name: account, key: None },
        external_account_binding: acme.external_account.as_ref().map(|account| {
            crd::ExternalAccount {
                key_id: account.key_id.clone(),
                key_secret_ref: look.key(&account.key, report),
            }
        }),
        solvers: some_list(solvers),
    }
}

fn solver(
    look: &Lookup<'_, '_>,
    solver: &At<Solver>,
    report: &mut Report,
) -> Option<crd::SolverForm> {
    let hosts = solver.hosts.iter();
    for host in hosts.clone().filter(|host| host.value == HostPattern::Any) {
        report.error(host.place, "a solver is for hosts that are named, or for all");
    }
    if let Some(written) = &solver.raw {
        let places = hosts.map(|host| host.place).chain(solver.zones.iter().map(|zone| zone.place));
        for place in places {
            report.error(place, "with `raw` this is part of its `selector`");
        }
        return raw(written, report).map(crd::SolverForm::Raw);
    }
    let selector = crd::SolverSelector {
        dns_names: some_list(hosts.map(|host| host.value.to_string()).collect()),
        dns_zones: some_list(solver.zones.iter().map(|zone| zone.value.to_string()).collect()),
    };
    let selected = selector != crd::SolverSelector::default();
    let http01 = solver.http01.as_ref().map(|http| crd::Http01 {
        ingress: crd::Http01Ingress {
            ingress_class_name: http.class.as_ref().map(ToString::to_string),
        },
    });
    let dns01 = crd::Dns01 {
        cloudflare: solver.cloudflare.as_ref().map(|cloudflare| crd::Cloudflare {
            api_token_secret_ref: look.key(&cloudflare.token, report),
        }),
        route53: solver.route53.as_ref().map(|route53| self::route53(look, route53, report)),
        cloud_dns: solver.cloud_dns.as_ref().map(|cloud| crd::CloudDns {
            project: cloud.project.clone(),
            hosted_zone_name: cloud.hosted_zone.clone(),
            service_account_secret_ref: cloud
                .service_account
                .as_ref()
                .map(|key| look.key(key, report)),
        }),
        azure_dns: solver.azure_dns.as_ref().map(|azure| azure_dns(look, azure, report)),
        digitalocean: solver
            .digitalocean
            .as_ref()
            .map(|ocean| crd::DigitalOcean { token_secret_ref: look.key(&ocean.token, report) }),
    };
    Some(crd::SolverForm::Typed(Box::new(crd::Solver {
        selector: selected.then_some(selector),
        dns01: http01.is_none().then_some(dns01),
        http01,
    })))
}

fn route53(look: &Lookup<'_, '_>, route53: &At<Route53>, report: &mut Report) -> crd::Route53 {
    match (&route53.access_key, &route53.secret_key) {
        (Some(key), None) => report.error(key.place, "an access key needs its `secretKey`"),
        (None, Some(key)) => report.error(key.place, "`secretKey` belongs to an `accessKey`"),
        _ => {}
    }
    crd::Route53 {
        region: route53.region.clone(),
        hosted_zone_id: route53.hosted_zone.clone(),
        role: route53.role.clone(),
        access_key_id_secret_ref: route53.access_key.as_ref().map(|key| look.key(key, report)),
        secret_access_key_secret_ref: route53.secret_key.as_ref().map(|key| look.key(key, report)),
    }
}

/// A client with a secret, or a managed identity.
fn azure_dns(look: &Lookup<'_, '_>, azure: &At<AzureDns>, report: &mut Report) -> crd::AzureDns {
    let client = azure.client.as_ref().map(|client| client.value.clone());
    let tenant = azure.tenant.as_ref().map(|tenant| tenant.value.clone());
    let by_secret = azure.client_secret.is_some();
    if let Some(secret) = azure.client_secret.as_ref() {
        // validateACMEIssuerDNS01Config: all three or none.
        if azure.client.is_none() || azure.tenant.is_none() {
            report.error(secret.place, "`clientSecret` needs a `client` and its `tenant`");
        }
    } else if let (Some(tenant), None) = (&azure.tenant, &azure.client) {
        report.error(tenant.place, "`tenant` belongs to a `client`");
    }
    let identity = client.clone().filter(|_| !by_secret);
    crd::AzureDns {
        subscription_id: azure.subscription.clone(),
        resource_group_name: azure.resource_group.clone(),
        hosted_zone_name: azure.hosted_zone.clone(),
        client_id: client.filter(|_| by_secret),
        client_secret_secret_ref: azure.client_secret.as_ref().map(|key| look.key(key, report)),
        managed_identity: identity
            .map(|client_id| crd::ManagedIdentity { client_id, tenant_id: tenant.clone() }),
        tenant_id: tenant.filter(|_| by_secret),
    }
}

/// What the user wrote, as it is.
fn raw(written: &At<Raw>, report: &mut Report) -> Option<Value> {
    match &written.0.content {
        Content::Map(table) if !table.is_empty() => Some(json(&written.0.to_value())),
        _ => {
            report.error(written.place, "expected a map in cert-manager's own form");
            None
        }
    }
}

fn json(value: &crate::object::value::Value) -> Value {
    use crate::object::value::Value as Own;
    match value {
        Own::Null => Value::Null,
        Own::Bool(flag) => Value::Bool(*flag),
        Own::Int(number) => Value::from(*number),
        Own::Float(number) => Value::from(*number),
        Own::String(text) => Value::String(text.clone()),
        Own::List(items) => Value::Array(items.iter().map(json).collect()),
        Own::Map(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.to_owned(), json(value))).collect())
        }
    }
}

//! Layer 1: certificates that cert-manager keeps valid.

use crate::crd::cert_manager as crd;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::certificate::{Certificate, Issuer, IssuerKind, KeyAlgorithm, PrivateKey};
use crate::profile::decode::{At, Item};
use crate::profile::edge_words::HostPattern;
use crate::scalar::{DnsName, Duration};
use crate::source::Place;

use super::context::{Context, count};
use super::meta::{extend, some_list};

/// All Certificates.
pub fn certificates(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.certificates;
    all.iter().filter_map(|(name, item)| certificate(context, name, item, report)).collect()
}

fn certificate(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<Certificate>,
    report: &mut Report,
) -> Option<Object> {
    let home = context.index.home(&item.namespace);
    let issuer = issuer(context, &item.issuer, home, report)?;
    let hosts: Vec<&HostPattern> = item.hosts.iter().map(|host| &host.value).collect();
    refuse_unprovable(issuer, &hosts, item.issuer.place, report);
    check_names(item, report);
    check_times(item, report);
    let mut labels = context.common_labels();
    extend(&mut labels, &item.labels);
    let secret = item.secret.as_ref().map_or(name, |secret| &secret.value);
    let percentage = item.renew_before_percentage.as_ref();
    let object = crd::Certificate {
        metadata: context.namespaced(home, name.as_str(), labels, &item.annotations),
        spec: crd::CertificateSpec {
            secret_name: secret.to_string(),
            issuer_ref: crd::IssuerRef {
                name: item.issuer.to_string(),
                kind: issuer.kind.as_str().to_owned(),
                group: "cert-manager.io".to_owned(),
            },
            common_name: item.common_name.as_ref().map(|name| name.value.clone()),
            dns_names: some_list(hosts.iter().map(ToString::to_string).collect()),
            ip_addresses: some_list(
                item.ip_addresses.iter().map(|address| address.value.value().to_string()).collect(),
            ),
            duration: item.duration.as_ref().map(ToString::to_string),
            renew_before: item.renew_before.as_ref().map(ToString::to_string),
            renew_before_percentage: percentage.map(|share| count(share.value.value())),
            usages: some_list(item.usages.iter().map(|usage| usage.as_str().to_owned()).collect()),
            is_ca: item.is_ca.then_some(true),
            private_key: item.private_key.as_ref().map(|key| private_key(key, report)),
        },
    };
    super::raw::object(&object, item.key, report)
}

/// An issuer by its name, which must be of use in a namespace.
pub fn issuer<'p>(
    context: &Context<'p>,
    name: &At<DnsName>,
    home: &str,
    report: &mut Report,
) -> Option<&'p Item<Issuer>> {
    let all = &context.index.system.issuers;
    let Some(found) = all.get(&name.value) else {
        let known = all.keys().map(DnsName::as_str);
        let message = format!("there is no `{}` under `issuers`", name.value);
        report.add(Unknown::new(message, name.as_str(), known).at(name.place).help(format!(
            "for one that is made elsewhere: `issuers: {{{}: {{kind: ClusterIssuer, existing: true}}}}`",
            name.value
        )));
        return None;
    };
    let lives = context.index.home(&found.namespace);
    if *found.kind == IssuerKind::Issuer && lives != home {
        report.add(
            Diagnostic::new(format!(
                "the Issuer `{}` serves the namespace `{lives}`, and this is in `{home}`",
                name.value
            ))
            .at(name.place)
            .related(found.key, "a ClusterIssuer serves all"),
        );
        return None;
    }
    Some(found)
}

/// The annotation by which an Ingress names an issuer.
pub fn annotation(kind: IssuerKind) -> String {
    match kind {
        IssuerKind::Issuer => "cert-manager.io/issuer".to_owned(),
        IssuerKind::ClusterIssuer => "cert-manager.io/cluster-issuer".to_owned(),
    }
}

/// ACME proves a wildcard by DNS alone.
pub fn refuse_unprovable(
    issuer: &Issuer,
    hosts: &[&HostPattern],
    place: Place,
    report: &mut Report,
) {
    let Some(acme) = &issuer.acme else { return };
    let by_dns = |host: &HostPattern| {
        acme.solvers.values().any(|solver| {
            solver.http01.is_none()
                && (solver.hosts.is_empty() || solver.hosts.iter().any(|own| own.value == *host))
        })
    };
    for host in hosts.iter().filter(|host| matches!(host, HostPattern::Below(_))) {
        if !by_dns(host) {
            report.add(
                Diagnostic::new(format!("nothing can prove that `{host}` is ours"))
                    .at(place)
                    .label("all hosts of a domain are proved by DNS, and no solver does that")
                    .related(acme.place, "the issuer's solvers"),
            );
        }
    }
}

/// ValidateCertificate.
fn check_names(item: &Item<Certificate>, report: &mut Report) {
    if item.hosts.is_empty() && item.ip_addresses.is_empty() && item.common_name.is_none() {
        report.add(
            Diagnostic::missing("a certificate is for something")
                .at(item.key)
                .help("for example `hosts: [api.example.com]`"),
        );
    }
    for (at, host) in item.hosts.iter().enumerate() {
        if host.value == HostPattern::Any {
            report.error(host.place, "a certificate is for hosts that are named");
        }
        if item.hosts[..at].iter().any(|other| other.value == host.value) {
            report.error(host.place, "this host is listed twice");
        }
    }
    for (at, usage) in item.usages.iter().enumerate() {
        if item.usages[..at].iter().any(|other| other.value == usage.value) {
            report.error(usage.place, "this usage is listed twice");
        }
    }
    if let Some(name) = &item.common_name
        && (name.is_empty() || name.len() > 64)
    {
        report.error(name.place, "a common name has 1 to 64 characters");
    }
}

/// ValidateDuration: at least an hour, and renewed within it.
fn check_times(item: &Item<Certificate>, report: &mut Report) {
    const HOUR: u64 = 3_600_000;
    const DEFAULT: u64 = 90 * 24 * HOUR;
    let millis = |duration: &At<Duration>| duration.as_millis();
    if let Some(duration) = item.duration.as_ref().filter(|duration| millis(duration) < HOUR) {
        report.error(duration.place, "a certificate is valid for at least 1h");
    }
    let life = item.duration.as_ref().map_or(DEFAULT, millis);
    if let Some(before) = &item.renew_before {
        if millis(before) < 5 * 60 * 1000 {
            report.error(before.place, "there is a new one at least 5m before the end");
        } else if millis(before) >= life {
            report.error(before.place, "this is no shorter than its whole life");
        }
    }
    if let Some(share) = &item.renew_before_percentage
        && !(1..=99).contains(&share.value.value())
    {
        report.error(share.place, "1% to 99% of its life");
    }
}

fn private_key(key: &At<PrivateKey>, report: &mut Report) -> crd::PrivateKey {
    let algorithm = key.algorithm.as_ref().map(|algorithm| algorithm.value);
    if let Some(size) = &key.size {
        let (fits, sizes) = match algorithm.unwrap_or(KeyAlgorithm::Rsa) {
            KeyAlgorithm::Rsa => ((2048..=8192).contains(&**size), "2048 to 8192 bits"),
            KeyAlgorithm::Ecdsa => (matches!(**size, 256 | 384 | 521), "256, 384 or 521 bits"),
            KeyAlgorithm::Ed25519 => (false, "one size, which is not said"),
        };
        if !fits {
            report.error(size.place, format!("a key of this kind has {sizes}"));
        }
    }
    let said = key.algorithm.is_some()
        || key.size.is_some()
        || key.rotation.is_some()
        || key.encoding.is_some();
    if !said {
        report.error(key.place, "nothing is said of the key here");
    }
    crd::PrivateKey {
        algorithm: algorithm.map(|algorithm| algorithm.as_str().to_owned()),
        size: key.size.as_ref().map(|size| count(**size)),
        encoding: key.encoding.map(|encoding| encoding.as_str().to_owned()),
        rotation_policy: key.rotation.map(|policy| policy.as_str().to_owned()),
    }
}

//! Which ConfigMaps and Secrets the workloads of each namespace read. Pods read
//! only those of their own namespace, so what is read in several is made in each.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Report;
use crate::scalar::{DnsLabel, DnsName};
use crate::source::Place;

use super::certificate::IssuerKind;
use super::container::Container;
use super::decode::At;
use super::index::lives_elsewhere;
use super::mount::Mount;
use super::system::System;
use super::workload::Workload;

/// What is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    Config,
    Secret,
}

/// The namespaces in which each source is read, by kind and name.
#[derive(Default)]
pub struct Readers<'p>(HashMap<(Source, &'p str), BTreeSet<&'p str>>);

impl<'p> Readers<'p> {
    /// Looks through all workloads. A source that says where it lives is read
    /// there and nowhere else.
    pub fn new(system: &'p System, own: &'p str, report: &mut Report) -> Readers<'p> {
        let mut readers: HashMap<(Source, &'p str), BTreeSet<&'p str>> = HashMap::new();
        let here =
            |written: &'p Option<At<DnsLabel>>| written.as_ref().map_or(own, |name| name.as_str());
        let workloads = system.workloads.values().flat_map(|workload| {
            let here = here(&workload.namespace);
            reads(workload).map(move |read| (here, "these pods", read))
        });
        let edge = edge_reads(system).map(|(home, what, read)| (here(home), what, read));
        for (here, what, read) in workloads.chain(edge) {
            readers.entry((read.source, read.name.as_str())).or_default().insert(here);
            if let Some(home) = home(system, &read).filter(|home| home.as_str() != here) {
                report.add(
                    lives_elsewhere(read.name, home.as_str(), what, here)
                        .at(read.place)
                        .related(home.place, "without this it is made wherever it is read"),
                );
            }
        }
        Readers(readers)
    }

    /// Where a source is made: where it says, or wherever it is read, or in the
    /// system's own namespace.
    pub fn homes(
        &self,
        source: Source,
        name: &str,
        written: Option<&'p At<DnsLabel>>,
        own: &'p str,
    ) -> Vec<&'p str> {
        match (written, self.0.get(&(source, name))) {
            (Some(home), _) => vec![home.as_str()],
            (None, Some(namespaces)) => namespaces.iter().copied().collect(),
            (None, None) => vec![own],
        }
    }
}

fn home<'p>(system: &'p System, read: &Read<'p>) -> Option<&'p At<DnsLabel>> {
    match read.source {
        Source::Config => system.config.get(read.name)?.namespace.as_ref(),
        Source::Secret => system.secrets.get(read.name)?.namespace.as_ref(),
    }
}

/// The Secrets that Ingresses, Gateways and issuers read, with where these live.
fn edge_reads(
    system: &System,
) -> impl Iterator<Item = (&Option<At<DnsLabel>>, &'static str, Read<'_>)> {
    let ingresses = system.ingresses.values().flat_map(|ingress| {
        let auth = ingress.basic_auth.as_ref().map(|auth| &auth.secret);
        let tls = ingress.tls.as_ref().filter(|tls| tls.issuer.is_none());
        let tls = tls.and_then(|tls| tls.secret.as_ref());
        auth.into_iter().chain(tls).map(|name| (&ingress.namespace, "this Ingress", secret(name)))
    });
    // A ClusterIssuer reads those of cert-manager's own namespace.
    let issuers = system.issuers.values().filter(|issuer| *issuer.kind == IssuerKind::Issuer);
    let issuers = issuers.flat_map(|issuer| {
        let ca = issuer.ca.as_ref().map(|ca| secret(&ca.secret));
        let keys = issuer.acme.iter().flat_map(|acme| acme.keys());
        let keys =
            keys.map(|key| Read { source: Source::Secret, name: &key.name, place: key.place });
        ca.into_iter().chain(keys).map(|read| (&issuer.namespace, "this issuer", read))
    });
    let gateways = system.gateways.values().flat_map(|gateway| {
        let secrets = gateway.listeners.values().flat_map(|listener| &listener.tls);
        secrets.map(|name| (&gateway.namespace, "this Gateway", secret(name)))
    });
    ingresses.chain(gateways).chain(issuers)
}

struct Read<'p> {
    source: Source,
    name: &'p DnsName,
    place: Place,
}

fn reads(workload: &Workload) -> impl Iterator<Item = Read<'_>> {
    let others = [&workload.containers, &workload.init_containers, &workload.sidecars];
    let others = others.into_iter().flat_map(|map| map.values()).map(|item| &item.value);
    let pulls = workload.image_pull_secrets.iter().map(secret);
    std::iter::once(&workload.container).chain(others).flat_map(of_container).chain(pulls)
}

fn of_container(container: &Container) -> impl Iterator<Item = Read<'_>> {
    let variables = container.env.values().flat_map(|variable| {
        let config = variable.config.as_ref().map(|key| (Source::Config, &key.name, key.place));
        let secret = variable.secret.as_ref().map(|key| (Source::Secret, &key.name, key.place));
        config.into_iter().chain(secret)
    });
    let variables = variables.map(|(source, name, place)| Read { source, name, place });
    let whole = container.env_from.iter().flat_map(|from| {
        from.config.as_ref().map(config).into_iter().chain(from.secret.as_ref().map(secret))
    });
    let files = container.mounts.values().flat_map(|mount| of_mount(mount));
    variables.chain(whole).chain(files)
}

fn of_mount(mount: &Mount) -> impl Iterator<Item = Read<'_>> {
    let projected = mount.projected.iter().flat_map(|sources| sources.iter());
    let parts = projected.map(|source| (&source.config, &source.secret));
    std::iter::once((&mount.config, &mount.secret)).chain(parts).flat_map(|(config, secret)| {
        let config = config.as_ref().map(|file| (Source::Config, file));
        let secret = secret.as_ref().map(|file| (Source::Secret, file));
        let both = config.into_iter().chain(secret);
        both.map(|(source, file)| Read { source, name: &file.name, place: file.place })
    })
}

fn config(name: &At<DnsName>) -> Read<'_> {
    Read { source: Source::Config, name, place: name.place }
}

fn secret(name: &At<DnsName>) -> Read<'_> {
    Read { source: Source::Secret, name, place: name.place }
}

//! What every name in a profile stands for, looked up once: Services with
//! their resolved ports, the keys of ConfigMaps and Secrets, images.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::scalar::{ConfigKey, DnsLabel, DnsName, ImageReference, Scalar};

use super::config::Config;
use super::container::Protocol;
use super::decode::{At, Item, place};
use super::env::{AddressPart, Addressed};
use super::governance::PodSecurity;
use super::image::PullPolicy;
use super::readers::{Readers, Source};
use super::refs::{Endpoint, ImageUse, PortRef};
use super::secret::Secret;
use super::service_view::{
    PortView, ServiceView, derived_governing_name, free_service, headless_services,
    workload_services,
};
use super::system::System;
use super::workload::{Workload, WorkloadKind};

/// Every name of one profile.
pub struct Index<'p> {
    pub system: &'p System,
    pub namespace: &'p str,
    /// In the order of the profile.
    pub services: Vec<ServiceView<'p>>,
    by_name: HashMap<String, usize>,
    /// Services of a name that another namespace has too.
    twins: HashMap<String, Vec<usize>>,
    readers: Readers<'p>,
    /// Where a workload's Services stand: they follow each other.
    by_workload: HashMap<&'p str, Range<usize>>,
}

/// Where a Service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub host: String,
    pub port: u16,
    pub protocol: Protocol,
}

/// An image with everything that is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedImage {
    pub reference: String,
    pub tag: Option<String>,
    pub pull_policy: Option<PullPolicy>,
}

impl<'p> Index<'p> {
    pub fn new(system: &'p System, report: &mut Report) -> Index<'p> {
        let own = system.namespace.as_ref().and_then(|namespace| namespace.name.as_ref());
        let namespace = own.map_or(system.system.as_str(), |name| name.as_str());
        let mut services = Vec::new();
        let mut by_workload = HashMap::with_capacity(system.workloads.len());
        for (name, workload) in &system.workloads {
            let start = services.len();
            let home = workload.namespace.as_ref().map_or(namespace, |name| name.as_str());
            services.extend(workload_services(name, workload, home, report));
            by_workload.insert(name.as_str(), start..services.len());
        }
        for (name, service) in &system.services {
            let home = service.namespace.as_ref().map_or(namespace, |name| name.as_str());
            services.extend(free_service(name.as_str(), service, home, report));
        }
        let mut by_name = HashMap::with_capacity(services.len());
        let mut twins: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, service) in services.iter().enumerate() {
            let Some(first) = by_name.insert(service.name.clone(), at) else { continue };
            let same = twins.entry(service.name.clone()).or_insert_with(|| vec![first]);
            if let Some(other) =
                same.iter().find(|other| services[**other].namespace == service.namespace)
            {
                report.add(
                    Diagnostic::new(format!("two Services are called `{}`", service.name))
                        .at(service.place)
                        .related(services[*other].place, "the other one"),
                );
            }
            same.push(at);
        }
        refuse_shared_node_ports(&services, report);
        refuse_unknown_namespaces(system, namespace, report);
        let readers = match system.namespaces.is_empty() {
            true => Readers::default(),
            false => Readers::new(system, namespace, report),
        };
        Index { system, namespace, services, by_name, twins, readers, by_workload }
    }

    /// The namespace of what may name one.
    pub fn home(&self, written: &'p Option<At<DnsLabel>>) -> &'p str {
        written.as_ref().map_or(self.namespace, |name| name.as_str())
    }

    /// The Pod Security levels of the namespace that a workload lives in.
    pub fn pod_security(&self, workload: &Workload) -> Option<&'p PodSecurity> {
        let home = workload.namespace.as_ref().map(|name| &name.value);
        let settings = match home.filter(|home| home.as_str() != self.namespace) {
            Some(home) => self.system.namespaces.get(home).map(|item| &item.value),
            None => self.system.namespace.as_ref().map(|own| &own.settings),
        };
        settings?.pod_security.as_ref().map(|security| &security.value)
    }

    /// The namespaces in which a ConfigMap is made.
    pub fn homes_of_config(&self, name: &DnsName, config: &'p Config) -> Vec<&'p str> {
        let written = config.namespace.as_ref();
        self.readers.homes(Source::Config, name.as_str(), written, self.namespace)
    }

    /// The namespaces in which a Secret is made.
    pub fn homes_of_secret(&self, name: &DnsName, secret: &'p Secret) -> Vec<&'p str> {
        let written = secret.namespace.as_ref();
        self.readers.homes(Source::Secret, name.as_str(), written, self.namespace)
    }

    /// The Service behind an endpoint, or why there is none.
    pub fn service(&self, endpoint: &Endpoint) -> Result<&ServiceView<'p>, Unknown> {
        let name = endpoint.service.as_str();
        let missing = |what: &str, known: Vec<&str>| {
            Unknown::new(format!("there is no Service `{name}`{what}"), name, known)
        };
        let Some(first) = self.by_name.get(name).map(|at| &self.services[*at]) else {
            let known = self.services.iter().map(|service| &*service.name);
            return Err(missing("", known.collect()));
        };
        let Some(namespace) = &endpoint.namespace else {
            return match self.twins.get(name) {
                None => Ok(first),
                Some(twins) => {
                    let homes = twins.iter().map(|at| self.services[*at].namespace);
                    let message = format!("several namespaces have a Service `{name}`");
                    Err(Unknown::new(message, name, homes)
                        .instead(format!("say which one: `NAMESPACE/{endpoint}`")))
                }
            };
        };
        let twins = self.twins.get(name).map_or(&[][..], Vec::as_slice);
        let mut all = twins.iter().map(|at| &self.services[*at]).chain([first]);
        all.find(|service| service.namespace == namespace.as_str()).ok_or_else(|| {
            missing(&format!(" in the namespace `{namespace}`"), vec![first.namespace])
        })
    }

    /// How a reference names a Service: with its namespace where it must.
    pub fn reference_to(&self, service: &ServiceView<'_>) -> String {
        match self.twins.contains_key(&service.name) {
            true => format!("{}/{}", service.namespace, service.name),
            false => service.name.clone(),
        }
    }

    /// The Services that lead to a workload's pods.
    pub fn services_of(&self, workload: &str) -> &[ServiceView<'p>] {
        let range = self.by_workload.get(workload).cloned().unwrap_or(0..0);
        self.services.get(range).unwrap_or_default()
    }

    /// The Services that belong to no workload.
    pub fn free_services(&self) -> impl Iterator<Item = &ServiceView<'p>> {
        self.services.iter().filter(|service| service.workload.is_none())
    }

    /// The Service that names a StatefulSet's pods.
    pub fn governing_service(&self, name: &DnsLabel, workload: &Workload) -> String {
        match &workload.governing_service {
            Some(chosen) => chosen.to_string(),
            None => headless_services(workload)
                .next()
                .map_or_else(|| derived_governing_name(name), str::to_owned),
        }
    }

    /// The service and port behind `SERVICE/PORT`, or why there is none.
    pub fn endpoint(
        &self,
        endpoint: &Endpoint,
    ) -> Result<(&ServiceView<'p>, &PortView<'p>), Unknown> {
        let service = self.service(endpoint)?;
        let port = service.ports.iter().find(|port| match &endpoint.port {
            PortRef::Name(name) => port.name == name,
            PortRef::Number(number) => port.number == number.get(),
        });
        port.map(|port| (service, port)).ok_or_else(|| {
            let known = service.ports.iter().map(|port| port.name.as_str());
            let wrong = endpoint.port.to_string();
            let message = format!("the Service `{}` has no port `{wrong}`", service.name);
            Unknown::new(message, wrong, known)
        })
    }

    /// Where an endpoint is reached: `host` and `port`, checked.
    pub fn address(&self, endpoint: &Endpoint) -> Result<Address, Unknown> {
        let (service, port) = self.endpoint(endpoint)?;
        Ok(self.reached(service, port))
    }

    /// Where a port of a Service is reached.
    pub fn reached(&self, service: &ServiceView<'_>, port: &PortView<'_>) -> Address {
        let host = self.host(service);
        Address { host, port: port.reached_at(service), protocol: port.protocol }
    }

    fn host(&self, service: &ServiceView<'_>) -> String {
        format!("{}.{}.svc.{}", service.name, service.namespace, self.system.cluster_domain)
    }

    /// The text that an address stands for.
    pub fn address_text(&self, written: &Addressed, report: &mut Report) -> Option<String> {
        let Some(endpoint) = &written.address else {
            unused_without_address(written, report);
            return None;
        };
        let address = match self.address(endpoint) {
            Ok(address) => address,
            Err(unknown) => {
                report.add(unknown.at(endpoint.place));
                return None;
            }
        };
        let host = match &written.pod {
            None => address.host,
            Some(pod) => match self.pod_host(endpoint, pod) {
                Ok(host) => host,
                Err(diagnostic) => {
                    report.add(diagnostic);
                    return None;
                }
            },
        };
        let middle = match written.part.as_ref().map_or(AddressPart::HostPort, |part| part.value) {
            AddressPart::HostPort => format!("{host}:{}", address.port),
            AddressPart::Host => host,
            AddressPart::Port => address.port.to_string(),
        };
        let prefix = written.prefix.as_ref().map_or("", |text| text.as_str());
        let suffix = written.suffix.as_ref().map_or("", |text| text.as_str());
        Some(format!("{prefix}{middle}{suffix}"))
    }

    /// The DNS name of one pod of a StatefulSet.
    fn pod_host(&self, endpoint: &At<Endpoint>, pod: &At<u32>) -> Result<String, Diagnostic> {
        let fault = |message: String| Err(Diagnostic::new(message).at(pod.place));
        let name = endpoint.service.as_str();
        let service = self.service(endpoint).map_err(|unknown| unknown.at(endpoint.place))?;
        let Some((workload_name, workload)) = service.workload else {
            return fault(format!("the Service `{name}` leads to no workload of this system"));
        };
        if *workload.kind != WorkloadKind::StatefulSet {
            return fault(format!(
                "only a StatefulSet's pods have numbers; `{workload_name}` is a {}",
                workload.kind.as_str()
            ));
        }
        let governing = self.governing_service(workload_name, workload);
        if governing != name {
            return fault(format!(
                "the pods of `{workload_name}` have their names from `{governing}`"
            ));
        }
        let most = match &workload.scale {
            Some(scale) => *scale.min,
            None => workload.replicas.as_ref().map_or(1, |replicas| **replicas),
        };
        if **pod >= most {
            return fault(format!(
                "of `{workload_name}` only {most} pods are always there, numbered from 0"
            ));
        }
        Ok(format!("{workload_name}-{}.{}", **pod, self.host(service)))
    }

    /// The image that a container names.
    pub fn image(&self, used: &At<ImageUse>) -> Result<ResolvedImage, Diagnostic> {
        let text = used.as_str();
        let images = &self.system.images;
        if let Some(image) = images.get(text) {
            return image.resolve();
        }
        if text.contains([':', '/', '@']) {
            let tag =
                ImageReference::parse(text).ok().and_then(|image| image.tag().map(str::to_owned));
            return Ok(ResolvedImage { reference: text.to_owned(), tag, pull_policy: None });
        }
        let known = images.keys().map(DnsLabel::as_str);
        Err(Unknown::new(format!("there is no image `{text}` under `images`"), text, known)
            .at(used.place)
            .help("or write a reference with a tag: `redis:7-alpine`"))
    }

    pub fn config(&self, name: &DnsName) -> Result<&'p Item<Config>, Unknown> {
        self.system.config.get(name).ok_or_else(|| {
            let known = self.system.config.keys().map(DnsName::as_str);
            Unknown::new(format!("there is no `{name}` under `config`"), name.as_str(), known)
        })
    }

    pub fn secret(&self, name: &DnsName) -> Result<&'p Item<Secret>, Unknown> {
        self.system.secrets.get(name).ok_or_else(|| {
            let known = self.system.secrets.keys().map(DnsName::as_str);
            Unknown::new(format!("there is no `{name}` under `secrets`"), name.as_str(), known)
        })
    }
}

/// A key that a ConfigMap or a Secret does not have.
pub fn no_key<'k>(
    of: &DnsName,
    key: &ConfigKey,
    known: impl IntoIterator<Item = &'k str>,
) -> Unknown {
    Unknown::new(format!("`{of}` has no key `{key}`"), key.as_str(), known)
}

/// Something is asked for from `home` that lives in another namespace.
pub fn lives_elsewhere(name: &DnsName, own: &str, asked_by: &str, home: &str) -> Diagnostic {
    Diagnostic::new(format!("`{name}` lives in the namespace `{own}`, and {asked_by} in `{home}`"))
}

/// The namespaces that anything says it lives in.
fn homes(system: &System) -> Vec<&At<DnsLabel>> {
    let mut homes: Vec<&At<DnsLabel>> = Vec::new();
    homes.extend(system.workloads.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.config.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.secrets.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.services.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.accounts.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.ingresses.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.gateways.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.routes.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.issuers.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.certificates.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.analysis.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.claims.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.snapshots.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.dashboards.values().filter_map(|item| item.namespace.as_ref()));
    homes.extend(system.monitoring.iter().filter_map(|item| item.namespace.as_ref()));
    let roles = system.roles.values().filter_map(|role| role.namespace.as_ref());
    homes.extend(roles.flat_map(|namespaces| &namespaces.0));
    homes
}

/// What lives in a namespace lives in one that the profile knows.
fn refuse_unknown_namespaces(system: &System, own: &str, report: &mut Report) {
    if let Some((name, twice)) = system.namespaces.iter().find(|(name, _)| name.as_str() == own) {
        let help = "its settings stand under `namespace`";
        let fault = format!("`{name}` is the system's own namespace");
        report.add(Diagnostic::new(fault).at(twice.key).help(help));
    }
    for written in homes(system) {
        if written.as_str() != own && !system.namespaces.contains_key(&written.value) {
            let known = system.namespaces.keys().map(DnsLabel::as_str).chain([own]);
            let message = format!("there is no namespace `{}` under `namespaces`", written.value);
            report.add(Unknown::new(message, written.as_str(), known).at(written.place));
        }
    }
    for workload in system.workloads.values() {
        for place in workload.services.values().filter_map(|service| place(&service.namespace)) {
            report.error(place, "a workload's Service lives where the workload does");
        }
    }
}

/// A port of the nodes leads to one Service.
fn refuse_shared_node_ports(services: &[ServiceView<'_>], report: &mut Report) {
    let mut taken = HashMap::new();
    for port in services.iter().flat_map(|service| &service.ports) {
        let Some(node_port) = port.written.and_then(|written| written.node_port.as_ref()) else {
            continue;
        };
        if let Some(first) = taken.insert((node_port.get(), port.protocol), node_port.place) {
            report.add(
                Diagnostic::new(format!("the node port {} is taken twice", node_port.value))
                    .at(node_port.place)
                    .related(first, "the other one"),
            );
        }
    }
}

impl Config {
    /// Its keys, wherever they come from.
    pub fn all_keys(&self) -> impl Iterator<Item = &ConfigKey> {
        self.data.keys().chain(self.files.keys()).chain(self.keys.iter().map(|key| &key.value))
    }
}

/// The parts of an address that mean nothing without one.
fn unused_without_address(written: &Addressed, report: &mut Report) {
    let parts = [
        ("part", place(&written.part)),
        ("pod", place(&written.pod)),
        ("prefix", place(&written.prefix)),
        ("suffix", place(&written.suffix)),
    ];
    for (key, place) in parts {
        if let Some(place) = place {
            report.error(place, format!("`{key}` belongs to an `address`, and there is none"));
        }
    }
}

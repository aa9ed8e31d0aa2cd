//! What every name in a profile stands for, looked up once: Services with
//! their resolved ports, the keys of ConfigMaps and Secrets, images.

use std::collections::HashMap;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::scalar::{ConfigKey, DnsLabel, DnsName, ImageReference, Scalar};

use super::config::{Config, Secret, SecretFrom};
use super::container::Protocol;
use super::decode::{At, Item, place};
use super::env::{AddressPart, Addressed};
use super::image::PullPolicy;
use super::refs::{Endpoint, ImageUse, PortRef};
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
            services.extend(workload_services(name, workload, report));
            by_workload.insert(name.as_str(), start..services.len());
        }
        for (name, service) in &system.services {
            services.extend(free_service(name.as_str(), service, report));
        }
        let mut by_name = HashMap::with_capacity(services.len());
        for (at, service) in services.iter().enumerate() {
            if let Some(first) = by_name.insert(service.name.clone(), at) {
                report.add(
                    Diagnostic::new(format!("two Services are called `{}`", service.name))
                        .at(service.place)
                        .related(services[first].place, "the other one"),
                );
            }
        }
        refuse_shared_node_ports(&services, report);
        Index { system, namespace, services, by_name, by_workload }
    }

    pub fn service(&self, name: &str) -> Option<&ServiceView<'p>> {
        self.by_name.get(name).map(|at| &self.services[*at])
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
        let Some(service) = self.service(endpoint.service.as_str()) else {
            let known = self.services.iter().map(|service| &*service.name);
            let wrong = endpoint.service.as_str();
            return Err(Unknown::new(format!("there is no Service `{wrong}`"), wrong, known));
        };
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
        let host = self.host(&service.name);
        Address { host, port: port.reached_at(service), protocol: port.protocol }
    }

    fn host(&self, service: &str) -> String {
        format!("{service}.{}.svc.{}", self.namespace, self.system.cluster_domain)
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
    fn pod_host(&self, endpoint: &Endpoint, pod: &At<u32>) -> Result<String, Diagnostic> {
        let fault = |message: String| Err(Diagnostic::new(message).at(pod.place));
        let name = endpoint.service.as_str();
        let Some((workload_name, workload)) =
            self.service(name).and_then(|service| service.workload)
        else {
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
        Ok(format!("{workload_name}-{}.{}", **pod, self.host(name)))
    }

    /// The image that a container names.
    pub fn image(&self, used: &At<ImageUse>) -> Result<ResolvedImage, Diagnostic> {
        let text = used.0.as_str();
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

impl Secret {
    /// Its keys, and whether each may be missing.
    pub fn all_keys(&self) -> impl Iterator<Item = (&ConfigKey, bool)> {
        let literals = match self.from.as_ref().map(|from| &from.value) {
            Some(SecretFrom { literals: Some(literals), .. }) => Some(literals.value.keys()),
            _ => None,
        };
        let own = self.keys.iter().map(|key| (&key.value, false));
        let optional = self.optional_keys.iter().map(|key| (&key.value, true));
        own.chain(optional).chain(literals.into_iter().flatten().map(|key| (key, false)))
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

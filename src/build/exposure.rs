//! What is reached from outside: the workloads and ports that Ingresses and routes
//! lead to, for whoever lets that traffic in.

use crate::profile::container::Protocol;
use crate::profile::decode::At;
use crate::profile::index::Index;
use crate::profile::ingress::Controller;
use crate::profile::refs::{Endpoint, PortRef};
use crate::scalar::{DnsLabel, DnsName};
use crate::source::Place;

use super::ingress::controller;

/// What leads in from outside.
pub enum Entrance<'p> {
    /// An Ingress, its class and its controller.
    Ingress { class: Option<&'p str>, controller: Option<Controller> },
    /// A route, the namespaces of its Gateways, and whether one of them is a load
    /// balancer outside of the cluster.
    Route { gateways: Vec<&'p str>, outside: bool },
}

/// An Ingress or a route, and all that it leads to.
pub struct Exposure<'p> {
    pub entrance: Entrance<'p>,
    pub name: &'p DnsName,
    pub namespace: &'p str,
    pub place: Place,
    /// Each once, in the order of the profile.
    pub backends: Vec<Exposed<'p>>,
}

/// A port of a workload's pods.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposed<'p> {
    pub workload: &'p DnsLabel,
    pub namespace: &'p str,
    /// The port as a policy names it.
    pub port: PortRef,
    /// Its number, where the profile knows it.
    pub number: Option<u16>,
    pub protocol: Protocol,
}

/// All of them. What leads to no workload is not here, and what leads nowhere is
/// reported where it is built.
pub fn exposures<'p>(index: &Index<'p>) -> Vec<Exposure<'p>> {
    let system = index.system;
    let ingresses = system.ingresses.iter().map(|(name, item)| {
        let paths = item.hosts.values().flat_map(|paths| paths.value.value.values());
        let all = item.default.iter().chain(paths.map(|path| &path.to));
        Exposure {
            entrance: Entrance::Ingress {
                class: item.class.as_ref().map(|class| class.as_str()),
                controller: controller(item),
            },
            name,
            namespace: index.home(&item.namespace),
            place: item.key,
            backends: backends(index, all.cloned()),
        }
    });
    let routes = system.routes.iter().map(|(name, item)| {
        let home = index.home(&item.namespace);
        let parents = item.parents.values();
        let mut gateways: Vec<&'p str> = parents
            .map(|parent| parent.namespace.as_ref().map_or(home, |namespace| namespace.as_str()))
            .collect();
        // Google's classes: `gke-l7-…`.
        let outside = item.parents.iter().any(|(name, parent)| {
            let wanted = parent.gateway.as_ref().map_or(name.as_str(), |own| own.as_str());
            let gateway = system.gateways.get(wanted);
            gateway.is_some_and(|gateway| gateway.class.as_str().starts_with("gke-"))
        });
        gateways.sort_unstable();
        gateways.dedup();
        let all = item.rules.values().flat_map(|rule| {
            let to = rule.to.iter().flat_map(|to| to.iter().map(|(endpoint, _)| endpoint));
            to.chain(rule.mirror.iter().map(|mirror| mirror.to.clone()))
        });
        Exposure {
            entrance: Entrance::Route { gateways, outside },
            name,
            namespace: home,
            place: item.key,
            backends: backends(index, all),
        }
    });
    ingresses.chain(routes).collect()
}

fn backends<'p>(index: &Index<'p>, all: impl Iterator<Item = At<Endpoint>>) -> Vec<Exposed<'p>> {
    let mut found: Vec<Exposed<'p>> = Vec::new();
    for endpoint in all {
        let Ok((service, port)) = index.endpoint(&endpoint) else { continue };
        let Some((workload, _)) = service.workload else { continue };
        let exposed = Exposed {
            workload,
            namespace: service.namespace,
            port: port.target.clone(),
            number: port.container_port,
            protocol: port.protocol,
        };
        if !found.contains(&exposed) {
            found.push(exposed);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::profile::decode::Decode;
    use crate::profile::system::System;
    use crate::source::{SourceId, Sources};
    use crate::tree::read::read_text;

    const PROFILE: &str = "
system: shop
namespaces: {edge: {}}
workloads:
  web: {image: 'a:1', ports: {http: 8080, alt: 8081}, services: {web: {ports: {http: 80, alt: 81}}}}
  far: {image: 'a:1', namespace: edge, ports: {http: 9000}, services: {far: {}}}
services: {db: {type: ExternalName, externalName: db.example.com, ports: {sql: 5432}}}
ingresses:
  i: {class: nginx, default: web/alt, hosts: {a.example.com: {/: web/http, /b: web/80, /c: db/sql}}}
routes:
  r: {parents: {p: {namespace: gateways}}, rules: {a: {to: {far/http: 1, web/http: 1}, mirror: web/alt}}}
";

    #[test]
    fn each_port_behind_an_entrance_is_named_once() {
        let (sources, mut report) = (Sources::default(), Report::default());
        let node = read_text(PROFILE, SourceId::SYSTEM, &sources, &mut report).unwrap();
        let system = System::decode(&node, &mut report).unwrap();
        let index = Index::new(&system, &mut report);
        assert!(report.is_empty());
        let all = exposures(&index);
        let ports = |at: usize| {
            let backends = all[at].backends.iter();
            let texts = backends.map(|to| format!("{} {} {}", to.namespace, to.workload, to.port));
            texts.collect::<Vec<_>>()
        };
        assert!(matches!(
            all[0].entrance,
            Entrance::Ingress { class: Some("nginx"), controller: Some(Controller::Nginx) }
        ));
        assert_eq!(ports(0), ["shop web alt", "shop web http"]);
        assert!(
            matches!(&all[1].entrance, Entrance::Route { gateways, .. } if gateways[..] == ["gateways"])
        );
        assert_eq!(ports(1), ["edge far http", "shop web http", "shop web alt"]);
    }
}

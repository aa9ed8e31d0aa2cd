//! Layer 3: routes of the Gateway API, by the rules of their definition.

mod filters;
mod matches;

use std::collections::BTreeMap;

use crate::crd::gateway as crd;
use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::edge_words::HostPattern;
use crate::profile::refs::Endpoint;
use crate::profile::route::{Backends, Route, RouteRule, RouteTimeouts};
use crate::scalar::{DnsLabel, DnsName, Duration, Scalar};

use super::context::{Context, count};
use super::gateway;
use super::ingress::tcp_endpoint;
use super::meta::{extend, some_list};

/// All HTTPRoutes, and the consent of other namespaces that they need.
pub fn routes(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = context.index.system.routes.iter();
    all.flat_map(|(name, item)| route(context, name, item, report)).collect()
}

fn route(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<Route>,
    report: &mut Report,
) -> Vec<Object> {
    let home = context.index.home(&item.namespace);
    let mut labels = context.common_labels();
    extend(&mut labels, &item.labels);
    if item.parents.is_empty() {
        report.add(
            Diagnostic::missing(format!("the route `{name}` belongs to no Gateway"))
                .at(item.key)
                .help("for example `parents: {public: {namespace: gateways}}`"),
        );
    }
    at_most(32, item.parents.len(), "parents", item, report);
    at_most(16, item.hosts.len(), "hosts", item, report);
    at_most(16, item.rules.len(), "rules", item, report);
    if item.rules.is_empty() {
        report.add(
            Diagnostic::missing(format!("the route `{name}` leads nowhere"))
                .at(item.key)
                .help("for example `rules: {all: {to: web/http}}`"),
        );
    }
    refuse_twin_parents(item, home, report);
    for (key, parent) in &item.parents {
        match &parent.gateway {
            Some(name) => gateway::check_parent(context, name, parent, home, report),
            None => {
                // A label is a name too.
                if let Ok(name) = DnsName::parse(key.as_str()) {
                    gateway::check_parent(context, &name, parent, home, report);
                }
            }
        }
    }
    let mut edge = Edge { context, home, grants: BTreeMap::new() };
    let rules: Vec<crd::HttpRouteRule> =
        item.rules.iter().map(|(name, rule)| edge.rule(name, rule, report)).collect();
    let matched: usize = rules.iter().map(|rule| rule.matches.as_ref().map_or(1, Vec::len)).sum();
    at_most(128, matched, "matches", item, report);
    let object = crd::HTTPRoute {
        metadata: context.namespaced(home, name.as_str(), labels, &item.annotations),
        spec: crd::HttpRouteSpec {
            parent_refs: some_list(
                item.parents
                    .iter()
                    .map(|(key, parent)| crd::ParentRef {
                        name: parent
                            .gateway
                            .as_ref()
                            .map_or(key.as_str(), |name| name.as_str())
                            .to_owned(),
                        namespace: parent.namespace.as_ref().map(ToString::to_string),
                        section_name: parent.section.as_ref().map(ToString::to_string),
                        port: parent.port.as_ref().map(|port| port.get().into()),
                    })
                    .collect(),
            ),
            hostnames: some_list(hosts(item, report)),
            rules,
        },
    };
    let grants = edge.grants(name, item, report);
    super::raw::object(&object, item.key, report).into_iter().chain(grants).collect()
}

fn at_most(limit: usize, found: usize, what: &str, item: &Item<Route>, report: &mut Report) {
    if found > limit {
        let fault = format!("a route has at most {limit} {what}, and this one {found}");
        report.add(Diagnostic::new(fault).at(item.key).help("make two of it"));
    }
}

fn hosts(item: &Item<Route>, report: &mut Report) -> Vec<String> {
    let mut hosts = Vec::with_capacity(item.hosts.len());
    for (at, host) in item.hosts.iter().enumerate() {
        if host.value == HostPattern::Any {
            report.error(host.place, "leave `hosts` out for all that the Gateway has");
        }
        if item.hosts[..at].iter().any(|other| other.value == host.value) {
            report.error(host.place, "this host is listed twice");
        }
        hosts.push(host.value.to_string());
    }
    hosts
}

/// The rules of `parentRefs`: the same Gateway twice is told apart by `section`
/// and `port`.
fn refuse_twin_parents(item: &Item<Route>, home: &str, report: &mut Report) {
    let all: Vec<_> = item
        .parents
        .iter()
        .map(|(key, parent)| {
            let gateway = parent.gateway.as_ref().map_or(key.as_str(), |name| name.as_str());
            let namespace =
                parent.namespace.as_ref().map(DnsLabel::as_str).filter(|own| *own != home);
            let section = parent.section.as_ref().map(|section| section.as_str());
            let port = parent.port.as_ref().map(|port| port.get());
            ((gateway, namespace), (section, port), parent.key)
        })
        .collect();
    for (at, (gateway, part, place)) in all.iter().enumerate() {
        let Some((_, other, first)) = all[..at].iter().find(|(own, _, _)| own == gateway) else {
            continue;
        };
        let whole = *part == (None, None) || *other == (None, None);
        if whole || part == other {
            report.add(
                Diagnostic::new("two parents are one Gateway")
                    .at(*place)
                    .related(*first, "the other one")
                    .help("tell them apart: `section: …`"),
            );
        }
    }
}

/// A route while its rules are built.
struct Edge<'c, 'p> {
    context: &'c Context<'p>,
    home: &'p str,
    /// The Services that it leads to in other namespaces.
    grants: BTreeMap<&'p str, Vec<String>>,
}

impl<'p> Edge<'_, 'p> {
    fn rule(
        &mut self,
        name: &DnsName,
        item: &Item<RouteRule>,
        report: &mut Report,
    ) -> crd::HttpRouteRule {
        if item.to.is_none() && item.redirect.is_none() {
            report.add(
                Diagnostic::missing(format!("the rule `{name}` leads nowhere"))
                    .at(item.key)
                    .help("write `to: SERVICE/PORT`, or a `redirect`"),
            );
        }
        if let (Some(to), Some(redirect)) = (&item.to, &item.redirect) {
            report.add(
                Diagnostic::new("what is redirected goes nowhere else")
                    .at(redirect.place)
                    .related(to.place, "where it would go"),
            );
        }
        let matches = matches::matches(item, report);
        crd::HttpRouteRule {
            name: Some(name.to_string()),
            filters: some_list(filters::filters(self, item, &matches, report)),
            matches: some_list(matches),
            backend_refs: item.to.as_ref().map(|to| self.backends(to, report)),
            timeouts: item.timeouts.as_ref().map(|timeouts| self::timeouts(timeouts, report)),
        }
    }

    fn backends(&mut self, to: &At<Backends>, report: &mut Report) -> Vec<crd::BackendRef> {
        let all: Vec<_> = to.iter().collect();
        if all.len() > 16 {
            report.error(to.place, "a rule leads to at most 16 Services");
        }
        let weights = all.iter().filter_map(|(_, weight)| *weight);
        for weight in weights.filter(|weight| ***weight > 1_000_000) {
            report.error(weight.place, "a share is at most 1000000");
        }
        if all.iter().all(|(_, weight)| weight.is_some_and(|weight| **weight == 0)) {
            report.error(to.place, "with no share above 0 nothing is answered");
        }
        let built = all.iter().filter_map(|(endpoint, weight)| {
            let backend = self.backend(endpoint, report)?;
            Some(crd::BackendRef { weight: weight.map(|weight| count(**weight)), ..backend })
        });
        built.collect()
    }

    /// A Service, and where it is in another namespace, the consent of that one.
    fn backend(&mut self, to: &At<Endpoint>, report: &mut Report) -> Option<crd::BackendRef> {
        let (service, port) = tcp_endpoint(self.context.index, to, report)?;
        let away = (service.namespace != self.home).then_some(service.namespace);
        if let Some(namespace) = away {
            let services = self.grants.entry(namespace).or_default();
            if !services.contains(&service.name) {
                services.push(service.name.clone());
            }
        }
        Some(crd::BackendRef {
            name: service.name.clone(),
            namespace: away.map(str::to_owned),
            port: port.number.into(),
            weight: None,
        })
    }

    /// One ReferenceGrant in each namespace that the route leads to from outside.
    fn grants(self, name: &DnsName, item: &Item<Route>, report: &mut Report) -> Vec<Object> {
        let (context, home) = (self.context, self.home);
        let grant = |(namespace, services): (&str, Vec<String>)| {
            let to = services.into_iter().map(|service| crd::GrantTo {
                group: String::new(),
                kind: "Service".to_owned(),
                name: Some(service),
            });
            let object = crd::ReferenceGrant {
                metadata: context.namespaced(
                    namespace,
                    name.as_str(),
                    context.common_labels(),
                    &Default::default(),
                ),
                spec: crd::ReferenceGrantSpec {
                    from: vec![crd::GrantFrom {
                        group: "gateway.networking.k8s.io".to_owned(),
                        kind: "HTTPRoute".to_owned(),
                        namespace: home.to_owned(),
                    }],
                    to: to.collect(),
                },
            };
            super::raw::object(&object, item.key, report)
        };
        self.grants.into_iter().filter_map(grant).collect()
    }
}

fn timeouts(timeouts: &At<RouteTimeouts>, report: &mut Report) -> crd::Timeouts {
    if let (Some(all), Some(each)) = (&timeouts.request, &timeouts.backend_request)
        && !all.is_zero()
        && each.as_millis() > all.as_millis()
    {
        report.add(
            Diagnostic::new("one try takes no longer than the request")
                .at(each.place)
                .related(all.place, "the request"),
        );
    }
    if timeouts.request.is_none() && timeouts.backend_request.is_none() {
        report.error(timeouts.place, "no timeout is written here");
    }
    let mut text = |duration: &At<Duration>| {
        // Its definition takes five digits before a unit.
        if duration.as_millis() >= 100_000 * 3_600_000 {
            report.error(duration.place, "a timeout is shorter than 100000 hours");
        }
        duration.to_string()
    };
    crd::Timeouts {
        request: timeouts.request.as_ref().map(&mut text),
        backend_request: timeouts.backend_request.as_ref().map(&mut text),
    }
}

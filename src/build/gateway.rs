//! Layer 3: Gateways, and whether the routes that name one of them are let in.

use std::collections::HashMap;

use crate::crd::gateway as crd;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::decode::Item;
use crate::profile::edge_words::HostPattern;
use crate::profile::gateway::{Gateway, RoutesFrom};
use crate::profile::route::RouteParent;
use crate::scalar::DnsName;
use crate::source::Place;

use super::context::Context;
use super::ingress::check_certificate;
use super::meta::extend;

/// All Gateways.
pub fn gateways(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.gateways;
    all.iter().filter_map(|(name, item)| gateway(context, name, item, report)).collect()
}

fn gateway(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<Gateway>,
    report: &mut Report,
) -> Option<Object> {
    if item.listeners.is_empty() || item.listeners.len() > 64 {
        report.add(
            Diagnostic::missing("a Gateway has 1 to 64 listeners")
                .at(item.key)
                .help("for example `listeners: {http: {port: 80}}`"),
        );
    }
    let mut taken: HashMap<_, Place> = HashMap::new();
    let mut listeners = Vec::with_capacity(item.listeners.len());
    for (name, listener) in &item.listeners {
        let host = listener.host.as_ref();
        if let Some(any) = host.filter(|host| host.value == HostPattern::Any) {
            report.error(any.place, "leave `host` out for every host");
        }
        let host = host.map(ToString::to_string);
        let key = (listener.port.get(), listener.tls.is_some(), host.clone());
        if let Some(first) = taken.insert(key, listener.key) {
            report.add(
                Diagnostic::new("two listeners are for the same requests")
                    .at(listener.key)
                    .related(first, "the other one"),
            );
        }
        if listener.tls.is_none() && listener.port.get() == 443 {
            report.add(
                Diagnostic::new("without a certificate this would be plain HTTP on port 443")
                    .at(listener.key)
                    .help("`{port: 443, tls: SECRET}`"),
            );
        }
        if let Some(secret) = &listener.tls {
            check_certificate(context, secret, report);
        }
        listeners.push(crd::Listener {
            name: name.to_string(),
            hostname: host,
            port: listener.port.get().into(),
            protocol: if listener.tls.is_some() { "HTTPS" } else { "HTTP" }.to_owned(),
            tls: listener.tls.as_ref().map(|secret| crd::ListenerTls {
                mode: "Terminate".to_owned(),
                certificate_refs: vec![crd::CertificateRef { name: secret.to_string() }],
            }),
            allowed_routes: crd::AllowedRoutes {
                namespaces: crd::RouteNamespaces { from: listener.routes.as_str().to_owned() },
            },
        });
    }
    let mut labels = context.common_labels();
    extend(&mut labels, &item.labels);
    let home = context.index.home(&item.namespace);
    let object = crd::Gateway {
        metadata: context.namespaced(home, name.as_str(), labels, &item.annotations),
        spec: crd::GatewaySpec { gateway_class_name: item.class.to_string(), listeners },
    };
    super::raw::object(&object, item.key, report)
}

/// A Gateway of the profile must have what a route wants of it. Others are made
/// elsewhere, and nothing is known of them.
pub fn check_parent(
    context: &Context<'_>,
    name: &DnsName,
    parent: &Item<RouteParent>,
    home: &str,
    report: &mut Report,
) {
    let Some(gateway) = context.index.system.gateways.get(name) else { return };
    let lives = context.index.home(&gateway.namespace);
    if parent.namespace.as_ref().map_or(home, |namespace| namespace.as_str()) != lives {
        return;
    }
    if let Some(section) = &parent.section
        && !gateway.listeners.contains_key(&section.value)
    {
        let known = gateway.listeners.keys().map(DnsName::as_str);
        let message = format!("the Gateway `{name}` has no listener `{}`", section.value);
        report.add(Unknown::new(message, section.as_str(), known).at(section.place));
        return;
    }
    let wanted = gateway.listeners.iter().filter(|(name, listener)| {
        parent.section.as_ref().is_none_or(|section| section.value == **name)
            && parent.port.as_ref().is_none_or(|port| port.value == listener.port)
    });
    let wanted: Vec<_> = wanted.collect();
    if let (Some(port), true) = (&parent.port, wanted.is_empty()) {
        let fault = format!("the Gateway `{name}` does not listen on {} for this", port.value);
        report.error(port.place, fault);
    } else if home != lives && wanted.iter().all(|(_, one)| one.routes == RoutesFrom::Same) {
        report.add(
            Diagnostic::new(format!(
                "the Gateway `{name}` takes routes of its own namespace, `{lives}`; this one is in `{home}`"
            ))
            .at(parent.key)
            .related(gateway.key, "its listeners may have `routes: All`"),
        );
    }
}

//! How Prometheus learns of a workload's endpoints: annotations of its pods,
//! or a monitor.

use std::borrow::Cow;
use std::collections::BTreeMap;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;

use crate::crd::monitoring as crd;
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::container::{ContainerPort, Protocol};
use crate::profile::decode::{At, Item, place};
use crate::profile::index::Index;
use crate::profile::progressive::service_pair;
use crate::profile::refs::PortRef;
use crate::profile::scrape::{EndpointView, Scrape, ScrapeBy, ScrapeSettings, way};
use crate::profile::service_view::{PortView, ServiceView, container_ports};
use crate::profile::system::Annotations;
use crate::profile::workload::Workload;
use crate::scalar::DnsLabel;

use super::super::context::Context;
use super::super::meta::{Pairs, WorkloadLabels, selector};
use super::super::raw;
use super::relabel::relabelings;
use super::{placed, selected_labels, span};

/// The label of a Service that a ServiceMonitor selects: its own name, as all
/// Services of a workload share their other labels.
const SCRAPED: &str = "prometheus.io/service";

/// The annotations by which a Prometheus without an operator finds pods.
pub fn scrape_annotations(index: &Index<'_>, workload: &Workload, report: &mut Report) -> Pairs {
    let mut annotations = Pairs::new();
    let Some(scrape) = &workload.scrape else { return annotations };
    if way(index, scrape) != ScrapeBy::Annotations {
        return annotations;
    }
    let views = checked_views(workload, scrape, report);
    if let Some((second, _)) = views.get(1) {
        report.add(
            Diagnostic::new("annotations name one endpoint")
                .at(second.place)
                .help("`by: pod` or `by: service` takes several"),
        );
    }
    if let Some(service) = &scrape.service {
        report.error(service.place, "`service` belongs to `by: service`");
    }
    let Some((view, port)) = views.first() else { return annotations };
    for (key, place) in view.settings.written() {
        if let Some(place) = place.filter(|_| !matches!(key, "path" | "scheme")) {
            let fault = format!("`{key}` belongs to `by: service` or `by: pod`");
            report.add(Diagnostic::new(fault).at(place).help(
                "annotations say only port, path and scheme; the rest stands in Prometheus' own settings",
            ));
        }
    }
    let mut add = |key: &str, value: String| {
        annotations.insert(format!("prometheus.io/{key}"), value);
    };
    add("scrape", "true".to_owned());
    add("port", port.port.get().to_string());
    if let Some(path) = &view.settings.path {
        add("path", path.as_str().to_owned());
    }
    if let Some(scheme) = &view.settings.scheme {
        add("scheme", scheme.as_str().to_owned());
    }
    for (key, own) in &workload.pod_annotations {
        if annotations.contains_key(key.as_str()) {
            report.error(own.key, format!("`scrape` sets `{key}`"));
        }
    }
    annotations
}

/// The labels of a workload's Service, with the one that its monitor selects.
pub fn labels_of_service<'l>(
    index: &Index<'_>,
    view: &ServiceView<'_>,
    labels: &'l Pairs,
) -> Cow<'l, Pairs> {
    let chosen = view.workload.filter(|_| !super::is_off(index)).and_then(|(name, workload)| {
        let scrape = workload.scrape.as_ref()?;
        let is_way = way(index, scrape) == ScrapeBy::Service;
        is_way.then(|| chosen_service(index, name, scrape).ok())?
    });
    match chosen {
        Some(chosen) if chosen.name == view.name || is_pair(view, &chosen.name) => {
            let mut labels = labels.clone();
            labels.insert(SCRAPED.to_owned(), chosen.name.clone());
            Cow::Owned(labels)
        }
        _ => Cow::Borrowed(labels),
    }
}

/// Whether a Service leads to the new pods of a Rollout whose old ones the chosen
/// Service leads to: Argo divides the pods between the two.
fn is_pair(view: &ServiceView<'_>, chosen: &str) -> bool {
    let Some((name, workload)) = view.workload else { return false };
    let Ok(pair) = service_pair(name.as_str(), workload) else { return false };
    pair.current.as_deref() == Some(chosen) && pair.next.as_deref() == Some(view.name.as_str())
}

/// The ServiceMonitor or PodMonitor of a workload.
pub fn monitor(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Item<Workload>,
    labels: &WorkloadLabels,
    report: &mut Report,
) -> Option<Object> {
    let scrape = workload.scrape.as_ref()?;
    let way = way(context.index, scrape);
    if way == ScrapeBy::Annotations {
        return None;
    }
    let views = checked_views(workload, scrape, report);
    let home = context.index.home(&workload.namespace);
    let (namespace, full) = placed(None, context, home, name.as_str());
    let own = selected_labels(context, labels.object.clone());
    let metadata = context.namespaced(namespace, &full, own, &Annotations::default());
    let namespace_selector =
        (namespace != home).then(|| crd::NamespaceSelector { match_names: vec![home.to_owned()] });
    if way == ScrapeBy::Pod {
        if let Some(service) = &scrape.service {
            report.error(service.place, "`service` belongs to `by: service`");
        }
        let endpoints = views.iter().map(|(view, _)| endpoint(context, view.port, view, report));
        let pod_metrics_endpoints = endpoints.collect();
        let selector = labels.selector();
        let spec = crd::PodMonitorSpec { selector, namespace_selector, pod_metrics_endpoints };
        return raw::object(&crd::PodMonitor { metadata, spec }, scrape.place, report);
    }
    if views.is_empty() {
        return None;
    }
    let service = match chosen_service(context.index, name, scrape) {
        Ok(service) => service,
        Err(diagnostic) => {
            report.add(diagnostic);
            return None;
        }
    };
    let given = service.written.is_some_and(|written| written.labels.contains_key(SCRAPED));
    if given || labels.object.contains_key(SCRAPED) {
        let fault = format!("the ServiceMonitor selects by the label `{SCRAPED}`; do not set it");
        report.error(service.place, fault);
    }
    let endpoints = views
        .iter()
        .filter_map(|(view, _)| {
            let port = port_for(service, view)?;
            Some(endpoint(context, port.name.as_str(), view, report))
        })
        .collect();
    let spec = crd::ServiceMonitorSpec {
        selector: one_service(&service.name),
        namespace_selector,
        endpoints,
    };
    raw::object(&crd::ServiceMonitor { metadata, spec }, scrape.place, report)
}

fn one_service(name: &str) -> LabelSelector {
    selector(Pairs::from([(SCRAPED.to_owned(), name.to_owned())]))
}

type Scraped<'w> = (EndpointView<'w>, &'w ContainerPort);

/// The endpoints whose ports are there.
fn checked_views<'w>(
    workload: &'w Workload,
    scrape: &'w At<Scrape>,
    report: &mut Report,
) -> Vec<Scraped<'w>> {
    if let Some(endpoints) = &scrape.endpoints {
        if endpoints.is_empty() {
            report.error(endpoints.place, "at least one endpoint");
        }
        for (key, place) in scrape.settings.written() {
            if let Some(place) = place {
                let fault =
                    format!("`{key}` belongs to `port`; each of the `endpoints` says its own");
                report.error(place, fault);
            }
        }
    }
    let mut found: Vec<Scraped<'w>> = Vec::new();
    for view in scrape.views() {
        let known = || container_ports(workload);
        let Some((_, port)) = known().find(|(own, _)| own.as_str() == view.port) else {
            let message = format!("the workload has no port `{}`", view.port);
            let known = known().map(|(own, _)| own.as_str());
            report.add(Unknown::new(message, view.port, known).at(view.place));
            continue;
        };
        if port.protocol != Protocol::Tcp {
            report.error(view.place, "Prometheus scrapes TCP ports");
        }
        let path = |view: &EndpointView<'_>| {
            view.settings.path.as_ref().map_or("/metrics", |path| path.as_str()).to_owned()
        };
        // With parameters one path may give different things.
        let alike = |other: &&Scraped<'w>| {
            other.0.port == view.port
                && path(&other.0) == path(&view)
                && other.0.settings.params.is_none()
                && view.settings.params.is_none()
        };
        if let Some((other, _)) = found.iter().find(alike) {
            report.add(
                Diagnostic::new("this is scraped twice")
                    .at(view.place)
                    .related(other.place, "here too"),
            );
        }
        found.push((view, port));
    }
    found
}

fn port_for<'s, 'p>(
    service: &'s ServiceView<'p>,
    view: &EndpointView<'_>,
) -> Option<&'s PortView<'p>> {
    service.ports.iter().find(|port| match &port.target {
        PortRef::Name(name) => name.as_str() == view.port,
        PortRef::Number(_) => false,
    })
}

/// The Service through which a workload is scraped: the one that is named, or
/// the first that has all ports. Whichever it is, it leads to the same pods.
fn chosen_service<'i, 'p>(
    index: &'i Index<'p>,
    name: &DnsLabel,
    scrape: &At<Scrape>,
) -> Result<&'i ServiceView<'p>, Diagnostic> {
    let services = index.services_of(name.as_str());
    let views = scrape.views();
    let missing = |service: &ServiceView<'_>| {
        views.iter().find(|view| port_for(service, view).is_none()).copied()
    };
    if let Some(wanted) = &scrape.service {
        let Some(service) = services.iter().find(|service| service.name == wanted.as_str()) else {
            let message = format!("`{name}` has no Service `{}`", wanted.value);
            let known = services.iter().map(|service| &*service.name);
            return Err(Unknown::new(message, wanted.as_str(), known).at(wanted.place));
        };
        return match missing(service) {
            None => Ok(service),
            Some(view) => Err(Diagnostic::missing(format!(
                "the Service `{}` does not lead to the port `{}`",
                service.name, view.port
            ))
            .at(wanted.place)
            .related(view.place, "the port that is scraped")),
        };
    }
    if let Some(service) = services.iter().find(|service| missing(service).is_none()) {
        return Ok(service);
    }
    let nowhere =
        views.iter().find(|view| services.iter().all(|service| port_for(service, view).is_none()));
    let (place, message) = match nowhere {
        Some(view) => {
            (view.place, format!("no Service of `{name}` leads to the port `{}`", view.port))
        }
        None => (scrape.place, format!("no one Service of `{name}` leads to all of these ports")),
    };
    let ports: Vec<&str> = views.iter().map(|view| view.port).collect();
    let ports = ports.join(", ");
    Err(Diagnostic::missing(message).at(place).help(format!(
        "`services: {{{name}-metrics: {{headless: true, ports: [{ports}]}}}}`, or `by: pod`"
    )))
}

fn endpoint(
    context: &Context<'_>,
    port: &str,
    view: &EndpointView<'_>,
    report: &mut Report,
) -> crd::Endpoint {
    let settings: &ScrapeSettings = view.settings;
    let monitoring = context.index.system.monitoring.as_ref();
    let interval =
        settings.interval.as_ref().or_else(|| monitoring.and_then(|all| all.interval.as_ref()));
    if let (Some(timeout), Some(interval)) = (&settings.timeout, interval)
        && timeout.value > interval.value
    {
        report.add(
            Diagnostic::new("an answer may not take longer than the interval")
                .at(timeout.place)
                .related(interval.place, "the interval"),
        );
    }
    if let Some(params) = &settings.params {
        for (name, values) in params.value.iter() {
            if values.is_empty() {
                report.error(values.key, format!("`{name}` needs a value"));
            }
        }
        if params.is_empty() {
            report.error(params.place, "at least one parameter");
        }
    }
    crd::Endpoint {
        port: port.to_owned(),
        path: settings.path.as_ref().map(|path| path.as_str().to_owned()),
        scheme: settings.scheme.as_ref().map(|scheme| scheme.as_str().to_owned()),
        params: settings.params.as_ref().map(|params| {
            let pairs =
                params.iter().map(|(name, values)| (name.to_string(), values.value.clone()));
            pairs.collect::<BTreeMap<_, _>>()
        }),
        interval: interval.map(|interval| span(interval, report)),
        scrape_timeout: settings.timeout.as_ref().map(|timeout| span(timeout, report)),
        honor_labels: settings.honor_labels.as_ref().map(|flag| flag.value),
        relabelings: relabelings(settings.relabelings.as_ref(), report),
        metric_relabelings: relabelings(settings.metric_relabelings.as_ref(), report),
    }
}

/// Whether Prometheus scrapes a workload.
pub fn is_scraped(workload: &Workload) -> bool {
    place(&workload.scrape).is_some()
}

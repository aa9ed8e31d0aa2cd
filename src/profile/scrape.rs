//! Which ports of a workload Prometheus scrapes, and how it learns of them.

use crate::scalar::{DnsLabel, Duration, PortName, Scalar, ServiceName, kept_text};
use crate::source::Place;

use super::container::Protocol;
use super::decode::{At, Item, Named, Raw, place};
use super::index::Index;
use super::service_view::container_ports;
use super::shape::{choice, record, scalars};
use super::workload::Workload;

record! {
    /// What Prometheus scrapes of a workload: one port, or several `endpoints`.
    "scrape" pub struct Scrape {
        /// The port, by its name.
        port "port": Option<At<PortName>>, eg "metrics";
        /// Several endpoints by name: that of the port, or one of your own.
        endpoints "endpoints": Option<At<Named<DnsLabel, ScrapeEndpoint>>>;
        /// How Prometheus learns of it.
        by "by": Option<At<ScrapeBy>>, else "what `monitoring` says", eg "pod";
        /// The Service that the ServiceMonitor selects, with `by: service`.
        service "service": Option<At<ServiceName>>, else "the first of its Services that has the ports", eg "web-metrics";
    }
    include settings: ScrapeSettings;
    short "port";
    one_of ["port", "endpoints"];
    companions ["path", "scheme", "params", "interval", "timeout", "honorLabels", "relabelings", "metricRelabelings"];
    needs_one "a port";
    hint "scrapeTimeout" => "did you mean `timeout`?";
}

record! {
    /// One of several endpoints of a workload.
    "endpoint" pub struct ScrapeEndpoint {
        /// The port, by its name.
        port "port": Option<At<PortName>>, else "the endpoint's name", eg "metrics";
    }
    include settings: ScrapeSettings;
    short "port";
    hint "scrapeTimeout" => "did you mean `timeout`?";
}

record! {
    /// How an endpoint is scraped.
    "set of scrape settings" pub struct ScrapeSettings {
        /// The path; Prometheus' own `/metrics` where nothing is said.
        path "path": Option<At<MetricsPath>>, eg "/metrics";
        /// What is spoken; plain HTTP where nothing is said.
        scheme "scheme": Option<At<ScrapeScheme>>, eg "https";
        /// Parameters of the request.
        params "params": Option<At<Named<ParameterName, Vec<String>>>>, eg "{format: [prometheus]}";
        /// How often, with a monitor.
        interval "interval": Option<At<Duration>>, else "what `monitoring` says", eg "15s";
        /// How long an answer may take, with a monitor.
        timeout "timeout": Option<At<Duration>>, eg "10s";
        /// Whether labels that the pods give win over those of the target, with a monitor.
        honor_labels "honorLabels": Option<At<bool>>;
        /// What becomes of the target's labels, as the Prometheus operator defines it.
        relabelings "relabelings": Option<Raw>;
        /// What becomes of the metrics, as the Prometheus operator defines it.
        metric_relabelings "metricRelabelings": Option<Raw>;
    }
}

choice! {
    /// How Prometheus learns which pods to scrape.
    "way to scrape" pub enum ScrapeBy {
        /// Annotations of the pods, `prometheus.io/…`: one endpoint, and no operator needed. Prometheus' own settings must read them, and give targets the labels `namespace` and `pod`.
        Annotations "annotations",
        /// A ServiceMonitor for the Service that has the port.
        Service "service",
        /// A PodMonitor.
        Pod "pod",
    }
}

choice! {
    /// What is spoken with an endpoint.
    "scheme" pub enum ScrapeScheme {
        /// Plain HTTP.
        Http "http",
        /// HTTP over TLS.
        Https "https",
    }
}

kept_text! {
    /// The path of metrics.
    MetricsPath
}

impl Scalar for MetricsPath {
    const NAME: &'static str = "path of metrics";
    const DOC: &'static str = "A path that starts with `/`, without parameters.";
    const EXAMPLES: &'static [&'static str] = &["/metrics", "/actuator/prometheus"];
    const PATTERN: &'static str = "^/[^?# ]*$";

    fn parse(text: &str) -> Result<MetricsPath, String> {
        if !text.starts_with('/') {
            return Err("does not start with `/`".to_owned());
        }
        // Prometheus escapes it: it would be part of the path.
        if text.contains('?') {
            return Err("has parameters; write them under `params`".to_owned());
        }
        if text.contains(|c: char| c.is_control() || c == ' ' || c == '#') {
            return Err("a path has no blanks, no `#` and no control characters".to_owned());
        }
        Ok(MetricsPath(text.into()))
    }
}

kept_text! {
    /// The name of a parameter of a request.
    ParameterName
}

impl Scalar for ParameterName {
    const NAME: &'static str = "name of a parameter";
    const DOC: &'static str = "What stands before the `=` of a parameter.";
    const EXAMPLES: &'static [&'static str] = &["format", "match[]"];
    const PATTERN: &'static str = "^[^&=]+$";

    fn parse(text: &str) -> Result<ParameterName, String> {
        let refused = |c: char| c.is_control() || c == '&' || c == '=';
        if text.is_empty() || text.contains(refused) {
            return Err("not empty, without `&`, `=` and control characters".to_owned());
        }
        Ok(ParameterName(text.into()))
    }
}

scalars!(MetricsPath, ParameterName);

/// One endpoint with nothing left to derive.
#[derive(Clone, Copy)]
pub struct EndpointView<'p> {
    /// The container's port.
    pub port: &'p str,
    /// Where the port is named.
    pub place: Place,
    pub settings: &'p ScrapeSettings,
}

impl Scrape {
    /// What is scraped, in the order of the profile.
    pub fn views(&self) -> Vec<EndpointView<'_>> {
        let own = self.port.as_ref().map(|port| EndpointView {
            port: port.as_str(),
            place: port.place,
            settings: &self.settings,
        });
        let several = self.endpoints.iter().flat_map(|endpoints| endpoints.iter());
        let several = several.map(|(name, endpoint)| match &endpoint.port {
            Some(port) => (port.as_str(), port.place, endpoint),
            None => (name.as_str(), endpoint.key, endpoint),
        });
        let several = several.map(|(port, place, endpoint)| {
            let Item { value, .. } = endpoint;
            EndpointView { port, place, settings: &value.settings }
        });
        own.into_iter().chain(several).collect()
    }
}

impl ScrapeSettings {
    /// What is written, by key.
    pub fn written(&self) -> [(&'static str, Option<Place>); 8] {
        [
            ("path", place(&self.path)),
            ("params", place(&self.params)),
            ("interval", place(&self.interval)),
            ("timeout", place(&self.timeout)),
            ("honorLabels", place(&self.honor_labels)),
            ("relabelings", self.relabelings.as_ref().map(|part| part.0.place)),
            ("metricRelabelings", self.metric_relabelings.as_ref().map(|part| part.0.place)),
            ("scheme", place(&self.scheme)),
        ]
    }
}

/// How Prometheus learns of a workload's endpoints.
pub fn way(index: &Index<'_>, scrape: &Scrape) -> ScrapeBy {
    let general = || index.system.monitoring.as_ref()?.by.as_ref();
    scrape.by.as_ref().or_else(general).map_or(ScrapeBy::Annotations, |by| by.value)
}

/// A port of a workload's pods that Prometheus scrapes.
#[derive(Clone, Copy, Debug)]
pub struct ScrapedPort<'p> {
    pub workload: &'p DnsLabel,
    /// The namespace of the pods.
    pub namespace: &'p str,
    pub port: &'p PortName,
    pub number: u16,
    pub protocol: Protocol,
}

/// The ports of a workload's pods that Prometheus scrapes, each once.
pub fn scraped_ports<'p>(
    index: &Index<'p>,
    name: &'p DnsLabel,
    workload: &'p Workload,
) -> Vec<ScrapedPort<'p>> {
    let Some(scrape) = &workload.scrape else { return Vec::new() };
    let views = scrape.views();
    let wanted = |own: &PortName| views.iter().any(|view| view.port == own.as_str());
    container_ports(workload)
        .filter(|(own, _)| wanted(own))
        .map(|(own, spec)| ScrapedPort {
            workload: name,
            namespace: index.home(&workload.namespace),
            port: own,
            number: spec.port.get(),
            protocol: spec.protocol,
        })
        .collect()
}

/// All ports of the system's pods that Prometheus scrapes.
pub fn all_scraped_ports<'p>(index: &Index<'p>) -> Vec<ScrapedPort<'p>> {
    let workloads = index.system.workloads.iter();
    workloads.flat_map(|(name, workload)| scraped_ports(index, name, workload)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::decode::Decode;
    use super::super::system::System;
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::{SourceId, Sources};
    use crate::tree::read::read_text;

    #[test]
    fn the_ports_that_are_scraped() {
        let text = "
system: shop
namespaces: {far: {}}
workloads:
  web: {image: 'a:1', ports: {http: 80, metrics: 90}, scrape: metrics}
  db:
    image: a:1
    namespace: far
    ports: {db: 1}
    sidecars: {exporter: {image: 'b:1', ports: {metrics: 2, more: 3}}}
    scrape: {endpoints: {more: {}, again: {port: more, path: /x}, metrics: {}}}
  quiet: {image: 'a:1', ports: {http: 80}}
";
        let mut report = Report::default();
        let node = read_text(text, SourceId::SYSTEM, &Sources::default(), &mut report).unwrap();
        let system = System::decode(&node, &mut report).unwrap();
        let index = Index::new(&system, &mut report);
        let found: Vec<String> = all_scraped_ports(&index)
            .iter()
            .map(|port| {
                format!("{}/{} {}:{}", port.namespace, port.workload, port.port, port.number)
            })
            .collect();
        assert!(report.is_empty());
        assert_eq!(found, ["shop/web metrics:90", "far/db metrics:2", "far/db more:3"]);
    }
}

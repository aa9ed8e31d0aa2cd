//! Scalars of single keys: what containers ask for, fields of pods, steps and
//! targets of autoscalers, topologies.

use crate::diagnostic::{choices, nearest};
use crate::scalar::{DnsName, Duration, LabelKey, Percentage, Quantity, Scalar, kept_text};

use super::shape::scalars;

kept_text! {
    /// A resource that containers ask for.
    ResourceName
}

impl ResourceName {
    /// Whether its name has a domain.
    pub fn is_extended(&self) -> bool {
        self.0.contains('/')
    }

    pub fn is_huge_pages(&self) -> bool {
        self.0.starts_with(HUGE_PAGES)
    }

    /// Whether it is given to one container whole: what is asked for is what
    /// may be used.
    pub fn is_whole(&self) -> bool {
        self.is_extended() || self.is_huge_pages()
    }
}

const HUGE_PAGES: &str = "hugepages-";

impl Scalar for ResourceName {
    const NAME: &'static str = "resource";
    const DOC: &'static str = "`cpu`, `memory`, `ephemeral-storage`, `hugepages-SIZE`, or an extended resource with its domain.";
    const EXAMPLES: &'static [&'static str] = &["cpu", "memory", "nvidia.com/gpu"];
    const PATTERN: &'static str = "^[A-Za-z0-9._/-]+$";

    fn parse(text: &str) -> Result<ResourceName, String> {
        const OWN: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];
        LabelKey::parse(text)?;
        if let Some(size) = text.strip_prefix(HUGE_PAGES) {
            Quantity::parse(size).map_err(|reason| format!("the size of the pages: {reason}"))?;
        } else if let Some((domain, _)) = text.split_once('/') {
            // IsExtendedResourceName.
            if domain == "kubernetes.io" || domain.ends_with(".kubernetes.io") {
                return Err("the domain `kubernetes.io` is Kubernetes' own".to_owned());
            }
            if domain.starts_with("requests.") {
                return Err("a domain that begins with `requests.` is for quotas".to_owned());
            }
        } else if !OWN.contains(&text) {
            return Err(match nearest(text, OWN) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "an extended resource has a domain: `example.com/name`".to_owned(),
            });
        }
        Ok(ResourceName(text.into()))
    }
}

kept_text! {
    /// A field of a pod for an environment variable.
    FieldPath
}

impl FieldPath {
    /// Whether a volume may show it: only the metadata is.
    pub fn is_metadata(&self) -> bool {
        self.0.starts_with("metadata.")
    }
}

impl Scalar for FieldPath {
    const NAME: &'static str = "pod field";
    const DOC: &'static str = "A field of the pod, as the downward API names it.";
    const EXAMPLES: &'static [&'static str] =
        &["metadata.name", "status.podIP", "metadata.labels['app.kubernetes.io/name']"];
    const PATTERN: &'static str = "^(metadata|spec|status)\\..+$";

    fn parse(text: &str) -> Result<FieldPath, String> {
        // validateObjectFieldSelector and its list of env downward paths.
        const KNOWN: [&str; 11] = [
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "metadata.labels",
            "metadata.annotations",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs",
        ];
        for map in ["metadata.labels", "metadata.annotations"] {
            let key = text.strip_prefix(map).and_then(|rest| rest.strip_prefix("['"));
            if let Some(key) = key {
                let key = key.strip_suffix("']").ok_or("`['` is never closed with `']`")?;
                LabelKey::parse(key)?;
                return Ok(FieldPath(text.into()));
            }
        }
        if KNOWN.contains(&text) {
            return Ok(FieldPath(text.into()));
        }
        Err(match nearest(text, KNOWN) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("expected {}", choices(KNOWN)),
        })
    }
}

kept_text! {
    /// A resource of a container for an environment variable.
    ResourceField
}

impl Scalar for ResourceField {
    const NAME: &'static str = "resource field";
    const DOC: &'static str = "A request or limit of a container.";
    const EXAMPLES: &'static [&'static str] = &["limits.cpu", "requests.memory"];
    const PATTERN: &'static str = "^(limits|requests)\\..+$";

    fn parse(text: &str) -> Result<ResourceField, String> {
        let resource = text
            .strip_prefix("limits.")
            .or_else(|| text.strip_prefix("requests."))
            .ok_or("starts with `limits.` or `requests.`")?;
        // validContainerResourceFieldPathExpressions.
        let own = matches!(resource, "cpu" | "memory" | "ephemeral-storage");
        if own || resource.starts_with("hugepages-") {
            return Ok(ResourceField(text.into()));
        }
        Err("ends in `cpu`, `memory`, `ephemeral-storage` or `hugepages-SIZE`".to_owned())
    }
}

/// How far an autoscaler may go in a while.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScalePolicy {
    pub amount: u32,
    pub percent: bool,
    pub period: u32,
}

impl Scalar for ScalePolicy {
    const NAME: &'static str = "scaling step";
    const DOC: &'static str = "How many pods, or which share of them, in a period of at most 30 minutes: `N per DURATION`.";
    const EXAMPLES: &'static [&'static str] = &["2 per 1m", "50% per 2m"];
    const PATTERN: &'static str = "^\\d+%? per [0-9a-z.]+$";

    fn parse(text: &str) -> Result<ScalePolicy, String> {
        let (amount, period) =
            text.split_once(" per ").ok_or("expected `N per DURATION` or `N% per DURATION`")?;
        let number = amount.strip_suffix('%').unwrap_or(amount);
        let amount_value = number
            .parse::<u32>()
            .ok()
            .filter(|n| (1..=1_000_000).contains(n))
            .ok_or("the amount is a whole number above 0")?;
        let period = Duration::parse(period)?
            .as_secs_exact()
            .and_then(|secs| u32::try_from(secs).ok())
            // validateScalingPolicy: at most 1800 seconds.
            .filter(|secs| (1..=1800).contains(secs))
            .ok_or("the period is 1 second to 30 minutes, in whole seconds")?;
        Ok(ScalePolicy { amount: amount_value, percent: number.len() < amount.len(), period })
    }
}

/// What an autoscaler holds a resource at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MetricTarget {
    /// Of what the pods request.
    Utilization(u32),
    /// Per pod.
    Average(Quantity),
}

impl Scalar for MetricTarget {
    const NAME: &'static str = "target";
    const DOC: &'static str = "A share of what the pods request, or an amount per pod.";
    const EXAMPLES: &'static [&'static str] = &["80%", "500m", "2Gi"];
    const PATTERN: &'static str = "^[0-9.]+([a-zA-Z]+|%)?$";

    fn parse(text: &str) -> Result<MetricTarget, String> {
        if text.ends_with('%') {
            let percent = Percentage::parse(text)?.value();
            return if percent == 0 {
                Err("the share is above 0%".to_owned())
            } else {
                Ok(MetricTarget::Utilization(percent))
            };
        }
        let quantity = Quantity::parse(text)?;
        if quantity.is_negative() || quantity.is_zero() {
            return Err("the amount is above 0".to_owned());
        }
        Ok(MetricTarget::Average(quantity))
    }
}

/// What pods are spread over or kept apart on: a label of nodes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Topology(String);

impl Topology {
    /// The node label.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl Scalar for Topology {
    const NAME: &'static str = "topology";
    const DOC: &'static str = "`host`, `zone`, `region`, or the key of a node label.";
    const EXAMPLES: &'static [&'static str] = &["host", "zone", "example.com/rack"];
    const PATTERN: &'static str = "^[A-Za-z0-9._/-]+$";

    fn parse(text: &str) -> Result<Topology, String> {
        Ok(Topology(match text {
            "host" => "kubernetes.io/hostname".to_owned(),
            "zone" => "topology.kubernetes.io/zone".to_owned(),
            "region" => "topology.kubernetes.io/region".to_owned(),
            key if key.contains('/') => {
                LabelKey::parse(key)?;
                key.to_owned()
            }
            _ => {
                return Err(
                    "expected `host`, `zone`, `region` or a node label with its domain".into()
                );
            }
        }))
    }
}

kept_text! {
    /// The name of a header of an HTTP probe.
    HeaderName
}

impl Scalar for HeaderName {
    const NAME: &'static str = "header name";
    const DOC: &'static str = "The name of an HTTP header.";
    const EXAMPLES: &'static [&'static str] = &["X-Probe"];
    const PATTERN: &'static str = "^[-A-Za-z0-9]+$";

    fn parse(text: &str) -> Result<HeaderName, String> {
        // apimachinery's IsHTTPHeaderName.
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            Ok(HeaderName(text.into()))
        } else {
            Err("consists of letters, digits and `-`".to_owned())
        }
    }
}

kept_text! {
    /// The class of a claim; none at all is a class too.
    StorageClassName
}

impl Scalar for StorageClassName {
    const NAME: &'static str = "storage class";
    const DOC: &'static str =
        "The name of a StorageClass; `\"\"` for volumes that are made by hand.";
    const EXAMPLES: &'static [&'static str] = &["fast-ssd"];
    const PATTERN: &'static str = "^[a-z0-9.-]*$";

    fn parse(text: &str) -> Result<StorageClassName, String> {
        if !text.is_empty() {
            DnsName::parse(text)?;
        }
        Ok(StorageClassName(text.into()))
    }
}

kept_text! {
    /// The name of a metric, as it stands in the path of a request.
    MetricName
}

impl Scalar for MetricName {
    const NAME: &'static str = "metric name";
    const DOC: &'static str = "The name of a metric, as the metrics API of the cluster has it.";
    const EXAMPLES: &'static [&'static str] = &["http_requests_per_second"];
    const PATTERN: &'static str = "^[^/%]+$";

    fn parse(text: &str) -> Result<MetricName, String> {
        // IsValidPathSegmentName.
        if text.is_empty() || text == "." || text == ".." || text.contains(['/', '%']) {
            return Err("a part of a path: not empty, without `/` and `%`".to_owned());
        }
        Ok(MetricName(text.into()))
    }
}

scalars!(
    ResourceName,
    FieldPath,
    ResourceField,
    ScalePolicy,
    MetricTarget,
    Topology,
    HeaderName,
    StorageClassName,
    MetricName
);

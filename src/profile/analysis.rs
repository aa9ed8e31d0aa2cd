//! What Argo measures before a new version goes on.

use crate::scalar::{DnsLabel, DnsName, Duration, Scalar, kept_text};

use super::decode::{At, Named, Raw};
use super::refs::KeyRef;
use super::shape::{record, scalars};
use super::system::{Annotations, Labels};

record! {
    /// An AnalysisTemplate: measures that say whether a new version is fit.
    "analysis" pub struct Analysis {
        /// The namespace it lives in: that of the Rollouts that use it.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "jobs";
        /// What it must be told, by name. An empty one has no value of its own.
        args "args": Named<ArgumentName, AnalysisArgument>, eg "{service: {}, limit: \"0.95\"}";
        /// The measures by name.
        metrics "metrics": Named<DnsName, At<AnalysisMetric>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
}

record! {
    /// Something that an analysis must be told.
    "argument" pub struct AnalysisArgument {
        /// Its value where nobody says another.
        value "value": Option<At<String>>, eg "web";
        /// A key of a Secret that holds its value.
        secret "secret": Option<At<KeyRef>>, eg "metrics/token";
    }
    short "value";
    one_of ["value", "secret"];
}

record! {
    /// A measure. `{{args.NAME}}` in its texts stands for an argument.
    "measure" pub struct AnalysisMetric {
        /// How long lies between two measurements.
        interval "interval": Option<At<Duration>>, eg "1m";
        /// How long it waits before the first.
        initial_delay "initialDelay": Option<At<Duration>>, eg "30s";
        /// How many measurements there are; 1 without `interval`, and no end with it.
        count "count": Option<At<u32>>, eg "5";
        /// How many may fail; Argo's 0 where nothing is said.
        failure_limit "failureLimit": Option<At<u32>>, eg "2";
        /// How many may be inconclusive; Argo's 0 where nothing is said.
        inconclusive_limit "inconclusiveLimit": Option<At<u32>>;
        /// How many in a row may break; Argo's 4 where nothing is said.
        consecutive_error_limit "consecutiveErrorLimit": Option<At<u32>>;
        /// When a measurement succeeds.
        success_condition "successCondition": Option<At<String>>, eg "result[0] >= 0.95";
        /// When a measurement fails.
        failure_condition "failureCondition": Option<At<String>>, eg "result[0] < 0.9";
        /// A query of Prometheus.
        prometheus "prometheus": Option<At<PrometheusQuery>>;
        /// Another source, as Argo defines it.
        provider "provider": Option<Raw>, eg "{web: {url: \"http://web/ok\", jsonPath: \"{$.ok}\"}}";
    }
    one_of ["prometheus", "provider"];
    needs_one "a source";
}

record! {
    /// A query of Prometheus.
    "query" pub struct PrometheusQuery {
        /// The URL of Prometheus.
        address "address": At<String>, eg "http://prometheus.monitoring:9090";
        /// The query.
        query "query": At<String>, eg "sum(up{service=\"{{args.service}}\"})";
        /// How long it may take.
        timeout "timeout": Option<At<Duration>>, eg "30s";
        /// Whether its certificate goes unchecked.
        insecure "insecure": Option<At<bool>>;
    }
}

kept_text! {
    /// The name of an analysis's argument.
    ArgumentName
}

impl Scalar for ArgumentName {
    const NAME: &'static str = "argument name";
    const DOC: &'static str = "Letters, digits, `-`, `_` and `.`.";
    const EXAMPLES: &'static [&'static str] = &["service-name"];
    const PATTERN: &'static str = "^[A-Za-z0-9._-]+$";

    fn parse(text: &str) -> Result<ArgumentName, String> {
        let sign = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        if text.is_empty() || !text.bytes().all(sign) {
            return Err("consists of letters, digits, `-`, `_` and `.`".to_owned());
        }
        Ok(ArgumentName(text.into()))
    }
}

scalars!(ArgumentName);

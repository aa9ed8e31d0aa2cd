//! Alerting and recording rules of Prometheus.

use crate::scalar::{DnsName, Duration, Scalar, kept_text};

use super::alert_text::AlertText;
use super::decode::{At, Named};
use super::promql::PromQl;
use super::shape::{choice, record, scalars};

/// Groups of rules by name.
pub type Rules = Named<DnsName, RuleGroup>;

record! {
    /// Rules that are evaluated together: the records first, then the alerts.
    "rule group" pub struct RuleGroup {
        /// How often they are evaluated; Prometheus' own interval where nothing is said.
        interval "interval": Option<At<Duration>>, eg "30s";
        /// Series that are kept under names of their own.
        records "records": Named<RecordName, Record>;
        /// Alerts by name.
        alerts "alerts": Named<AlertName, Alert>;
    }
    hint "rules" => "write them as `alerts` and `records`, by name";
}

record! {
    /// A series that is computed and kept.
    "record" pub struct Record {
        /// What is computed, in PromQL.
        expr "expr": PromQl, eg "sum by (job) (rate(http_requests_total[5m]))";
        /// Labels that it gets.
        labels "labels": Named<LabelName, String>;
    }
    short "expr";
}

record! {
    /// An alert: it fires for each series that the expression gives.
    "alert" pub struct Alert {
        /// What is wrong, in PromQL.
        expr "expr": PromQl, eg "blockchain_peers < 2";
        /// How long it must be so.
        for_ "for": Option<At<Duration>>, eg "2m";
        /// How bad it is: the label `severity`.
        severity "severity": Option<At<Severity>>, eg "critical";
    }
    include settings: AlertSettings;
    short "expr";
    hint "keep_firing_for" => "did you mean `keepFiringFor`?";
    hint "summary" => "write it under `annotations`";
    hint "description" => "write it under `annotations`";
}

record! {
    /// What every alert may say.
    "alert" pub struct AlertSettings {
        /// How long it fires on when all is well again.
        keep_firing_for "keepFiringFor": Option<At<Duration>>, eg "5m";
        /// Labels of the alert. `{{ … }}` in them is Prometheus' own.
        labels "labels": Named<LabelName, AlertText>, eg "{team: chain}";
        /// What people are told. `{{ … }}` in it is Prometheus' own.
        annotations "annotations": Named<LabelName, AlertText>, eg "{summary: \"{{ $labels.pod }} has few peers\"}";
        /// Where it stands what to do: the annotation `runbook_url`.
        runbook "runbook": Option<At<WebAddress>>, eg "https://wiki.example.com/peers";
    }
}

choice! {
    /// How bad it is.
    "severity" pub enum Severity {
        /// Somebody is woken.
        Critical "critical",
        /// Somebody looks today.
        Warning "warning",
        /// Good to know.
        Info "info",
    }
}

kept_text! {
    /// The name of an alert.
    AlertName
}

impl Scalar for AlertName {
    const NAME: &'static str = "alert name";
    const DOC: &'static str = "Letters, digits and `_`, starting with a letter.";
    const EXAMPLES: &'static [&'static str] = &["LowPeerCount"];
    const PATTERN: &'static str = "^[A-Za-z][A-Za-z0-9_]*$";

    /// Prometheus takes any text. What is routed and silenced by name is a word.
    fn parse(text: &str) -> Result<AlertName, String> {
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if starts && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            Ok(AlertName(text.into()))
        } else {
            Err("letters, digits and `_`, starting with a letter".to_owned())
        }
    }
}

kept_text! {
    /// The name of a label or an annotation of Prometheus.
    LabelName
}

impl Scalar for LabelName {
    const NAME: &'static str = "label name of Prometheus";
    const DOC: &'static str = "Letters, digits and `_`, not starting with a digit or with `__`.";
    const EXAMPLES: &'static [&'static str] = &["team", "summary"];
    const PATTERN: &'static str = "^[A-Za-z_][A-Za-z0-9_]*$";

    fn parse(text: &str) -> Result<LabelName, String> {
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if !starts || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err("letters, digits and `_`, not starting with a digit".to_owned());
        }
        if text.starts_with("__") {
            return Err("names that start with `__` are Prometheus' own".to_owned());
        }
        Ok(LabelName(text.into()))
    }
}

kept_text! {
    /// The name of a series that a rule computes.
    RecordName
}

impl Scalar for RecordName {
    const NAME: &'static str = "name of a series";
    const DOC: &'static str = "Letters, digits, `_` and `:`, not starting with a digit.";
    const EXAMPLES: &'static [&'static str] = &["job:http_requests:rate5m"];
    const PATTERN: &'static str = "^[A-Za-z_:][A-Za-z0-9_:]*$";

    /// `IsValidMetricName` of Prometheus, as all its versions have it.
    fn parse(text: &str) -> Result<RecordName, String> {
        let letter = |b: u8| b.is_ascii_alphabetic() || b == b'_' || b == b':';
        match text.as_bytes().first() {
            Some(first) if letter(*first) => {}
            _ => return Err("starts with a letter, `_` or `:`".to_owned()),
        }
        if !text.bytes().all(|b| letter(b) || b.is_ascii_digit()) {
            return Err("letters, digits, `_` and `:`".to_owned());
        }
        Ok(RecordName(text.into()))
    }
}

kept_text! {
    /// Where something stands on the web.
    WebAddress
}

impl Scalar for WebAddress {
    const NAME: &'static str = "web address";
    const DOC: &'static str = "An address that starts with `https://` or `http://`.";
    const EXAMPLES: &'static [&'static str] = &["https://wiki.example.com/runbooks/peers"];
    const PATTERN: &'static str = "^https?://[^ ]+$";

    fn parse(text: &str) -> Result<WebAddress, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(rest) = rest.filter(|rest| !rest.is_empty()) else {
            return Err("starts with `https://` or `http://`, and a host".to_owned());
        };
        if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("an address has no blanks".to_owned());
        }
        // An annotation is a template; an address has no business being one.
        if rest.contains("{{") {
            return Err("write an address with `{{ … }}` under `annotations`".to_owned());
        }
        Ok(WebAddress(text.into()))
    }
}

scalars!(AlertName, LabelName, RecordName, WebAddress);

//! APIServices: `ValidateAPIService`.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsName, Scalar, ServiceName};

pub static RULE: Rule = Rule {
    name: "api/api-service",
    weight: Weight::ERROR,
    summary: "an APIService that a server refuses",
    page: "An APIService hands one version of one API group over to another server. It is called by the version and the group, and says by two numbers where it stands among the others.",
    bad: "
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 0
  service: {name: metrics-server, namespace: kube-system}
",
    good: "
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  groupPriorityMinimum: 100
  versionPriority: 100
  service: {name: metrics-server, namespace: kube-system}
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let (group, version) = (spec.field("group"), spec.field("version"));
    group.may_be::<DnsName>();
    if group.is_empty() && version.text() != Some("v1") {
        group.fault("`group` is missing: only `v1` has none");
    }
    match ServiceName::parse(version.text_or_empty()) {
        Err(_) if version.is_empty() => version.missing(),
        Err(reason) => {
            let text = shown(version.text_or_empty());
            version.fault(format!("{text} is not a version: it {reason}"));
        }
        Ok(_) => {}
    }
    for (field, most) in [("groupPriorityMinimum", 20_000), ("versionPriority", 1_000)] {
        let priority = spec.field(field);
        match priority.int() {
            Some(_) => priority.must_be_within(1, most),
            None => priority.missing(),
        }
    }
    validate_server(spec);
}

/// Where the other server is, and how it is trusted.
fn validate_server(spec: At<'_>) {
    let service = spec.field("service");
    let (bundle, insecure) = (spec.field("caBundle"), spec.field("insecureSkipTLSVerify"));
    if service.is_set() {
        service.field("namespace").required();
        service.field("name").required();
        service.field("port").must_be_within(1, u16::MAX.into());
        if insecure.is_true() && !bundle.is_empty() {
            insecure.fault_with("there is `caBundle` to verify with", "drop one of them");
        }
        return;
    }
    let reason = "an API of the server itself needs no trust";
    if !bundle.is_empty() {
        bundle.forbid(reason);
    }
    if insecure.is_true() {
        insecure.forbid(reason);
    }
}

//! EndpointSlices: `ValidateEndpointSlice`.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName, IpAddress, LabelValue, Scalar};

pub static RULE: Rule = Rule {
    name: "api/endpoint-slice",
    weight: Weight::ERROR,
    summary: "an EndpointSlice that a server refuses",
    page: "An EndpointSlice says where a part of the traffic of a Service goes. It holds addresses of one type, and `addressType` says which: IPv4 and IPv6 do not mix in one slice.",
    bad: "
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: database-1, labels: {kubernetes.io/service-name: database}}
addressType: IPv4
endpoints: [{addresses: ['2001:db8::10']}]
ports: [{port: 5432}]
",
    good: "
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: database-1, labels: {kubernetes.io/service-name: database}}
addressType: IPv6
endpoints: [{addresses: ['2001:db8::10']}]
ports: [{port: 5432}]
",
    look: Look::Validation,
};

const MOST_ENDPOINTS: usize = 1_000;
const MOST_ADDRESSES: usize = 100;
const MOST_PORTS: usize = 20_000;
const MOST_HINTS: usize = 8;

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let kind = object.field("addressType");
    if kind.required() {
        kind.must_be_one_of(&["IPv4", "IPv6", "FQDN"]);
    }
    if kind.text() == Some("FQDN") {
        kind.under(&server_warning::RULE).warn("endpoints with names are deprecated");
    }
    let endpoints = object.field("endpoints");
    endpoints.must_not_have_more_than(MOST_ENDPOINTS);
    for endpoint in endpoints.items().take(MOST_ENDPOINTS) {
        validate_endpoint(endpoint, kind.text_or_empty());
    }
    let ports = object.field("ports");
    ports.must_not_have_more_than(MOST_PORTS);
    validate_ports(ports);
}

fn validate_endpoint(endpoint: At<'_>, kind: &str) {
    let addresses = endpoint.field("addresses");
    addresses.required();
    addresses.must_not_have_more_than(MOST_ADDRESSES);
    for address in addresses.items() {
        match kind {
            "IPv4" | "IPv6" => validate_address(address, kind == "IPv4"),
            "FQDN" => validate_name(address),
            _ => {}
        }
    }
    endpoint.field("hostname").must_be::<DnsLabel>();
    endpoint.field("nodeName").must_be::<DnsName>();
    let hints = endpoint.field("hints");
    validate_hints::<LabelValue>(hints.field("forZones"));
    validate_hints::<DnsName>(hints.field("forNodes"));
}

fn validate_address(address: At<'_>, wants_v4: bool) {
    let text = address.text_or_empty();
    if let Ok(parsed) = IpAddress::parse(text)
        && parsed.value().is_ipv4() != wants_v4
    {
        let family = if wants_v4 { "IPv4" } else { "IPv6" };
        address.fault(format!("{} is not {family}, as `addressType` has it", shown(text)));
        return;
    }
    address.must_be_reachable_address();
    address.warn_of_long_address();
}

/// `IsFullyQualifiedDomainName`.
fn validate_name(address: At<'_>) {
    let text = address.text_or_empty();
    let text = text.strip_suffix('.').unwrap_or(text);
    if DnsName::parse(text).is_err() {
        address.must_be_text::<DnsName>(text);
    } else if !text.contains('.') {
        address.fault_with(format!("{} has no domain", shown(text)), "such as `db.example.com`");
    } else {
        text.split('.').for_each(|label| address.must_be_text::<DnsLabel>(label));
    }
}

fn validate_hints<T: Scalar>(hints: At<'_>) {
    hints.must_not_have_more_than(MOST_HINTS);
    hints.must_differ_in("name");
    for hint in hints.items().take(MOST_HINTS) {
        let name = hint.field("name");
        name.must_be_text::<T>(name.text_or_empty());
    }
}

fn validate_ports(ports: At<'_>) {
    let mut names = HashSet::new();
    for port in ports.items() {
        let (name, protocol) = (port.field("name"), port.field("protocol"));
        let text = name.text_or_empty();
        name.may_be::<DnsLabel>();
        // Only one may have no name.
        if !names.insert(text) {
            match text {
                "" => name.fault_with("`name` is missing", "each of several ports needs one"),
                _ => name.fault(format!("{} is there twice", shown(text))),
            }
        }
        protocol.must_be_one_of(&["TCP", "UDP", "SCTP"]);
        port.field("appProtocol").must_be_qualified_name();
    }
}

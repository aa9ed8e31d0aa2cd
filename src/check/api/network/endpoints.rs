//! Endpoints: `ValidateEndpoints`.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName};

pub static RULE: Rule = Rule {
    name: "api/endpoints",
    weight: Weight::ERROR,
    summary: "Endpoints that a server refuses",
    page: "Endpoints say where the traffic of a Service goes that has no selector. They hold addresses that other machines can reach, not names, and their ports are called as those of the Service are. EndpointSlices do the same, and are what a server wants to see instead.",
    bad: "
apiVersion: v1
kind: Endpoints
metadata: {name: database}
subsets:
  - addresses: [{ip: db.example.com}]
    ports: [{port: 5432}]
",
    good: "
apiVersion: v1
kind: Endpoints
metadata: {name: database}
subsets:
  - addresses: [{ip: 192.0.2.10}]
    ports: [{port: 5432}]
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    for subset in object.field("subsets").items() {
        validate_subset(subset);
    }
}

fn validate_subset(subset: At<'_>) {
    let lists = [subset.field("addresses"), subset.field("notReadyAddresses")];
    if lists.iter().all(|list| list.is_empty()) {
        subset.fault("it has neither `addresses` nor `notReadyAddresses`");
    }
    for address in lists.into_iter().flat_map(At::items) {
        address.field("ip").must_be_reachable_address();
        address.field("hostname").may_be::<DnsLabel>();
        address.field("nodeName").must_be::<DnsName>();
    }
    let ports = subset.field("ports");
    let many = ports.list().len() > 1;
    for port in ports.items() {
        let (name, number) = (port.field("name"), port.field("port"));
        if many && name.is_empty() {
            name.fault_with("`name` is missing", "each of several ports needs one");
        }
        name.may_be::<DnsLabel>();
        if number.must_be_set() {
            number.must_be_port();
        }
        port.field("protocol").may_be_one_of(&["TCP", "UDP", "SCTP"]);
        port.field("appProtocol").must_be_qualified_name();
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn ports() {
        let endpoints = |port: &str| {
            format!(
                "{{apiVersion: v1, kind: Endpoints, metadata: {{name: a}}, subsets: [{{addresses: [{{ip: 10.0.0.1}}], ports: [{port}]}}]}}"
            )
        };
        none(&endpoints("{port: 80, appProtocol: kubernetes.io/h2c}"));
        for (bad, field) in [
            ("{port: 80, appProtocol: ''}", "appProtocol"),
            ("{port: 0}", "port"),
            ("{port: 80, name: A}", "name"),
        ] {
            assert_eq!(faults(&endpoints(bad)), [format!("subsets[0].ports[0].{field}")], "{bad}");
        }
    }
}

//! IPAddresses: `ValidateIPAddress`.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsName;

pub static RULE: Rule = Rule {
    name: "api/ip-address",
    weight: Weight::ERROR,
    summary: "an IPAddress that a server refuses",
    page: "An IPAddress says which Service an address of the cluster belongs to. It is called as the address itself, in its shortest form, and names what the address belongs to in `parentRef`. A server makes them by itself.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata: {name: 10.96.0.10}
spec: {parentRef: {name: dns, namespace: kube-system}}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata: {name: 10.96.0.10}
spec: {parentRef: {resource: services, name: dns, namespace: kube-system}}
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let parent = object.field("spec").field("parentRef");
    if !parent.must_be_set() {
        return;
    }
    parent.field("group").may_be::<DnsName>();
    for part in ["resource", "name"].map(|part| parent.field(part)) {
        if part.required() {
            part.must_be_path_segment();
        }
    }
    parent.field("namespace").must_be_path_segment();
}

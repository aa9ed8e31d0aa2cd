//! NetworkPolicies: `ValidateNetworkPolicy`.

use crate::check::api::formats::shown;
use crate::check::api::selector::validate_label_selector;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::Cidr;

pub static RULE: Rule = Rule {
    name: "api/network-policy",
    weight: Weight::ERROR,
    summary: "a NetworkPolicy that a server refuses",
    page: "A NetworkPolicy lets traffic through that its rules name, and nothing else. Each peer is a selector of pods, of namespaces, of both at once, or a block of addresses; a block stands alone. What is in `except` lies within its block, and is smaller.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [192.168.0.0/16]}}]
",
    good: "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    validate_label_selector(spec.field("podSelector"));
    for (rules, peers) in [("ingress", "from"), ("egress", "to")] {
        for rule in spec.field(rules).items() {
            rule.field("ports").items().for_each(validate_port);
            rule.field(peers).items().for_each(validate_peer);
        }
    }
    let types = spec.field("policyTypes");
    if types.list().len() > 2 {
        types.fault("there are two types only, `Ingress` and `Egress`");
        return;
    }
    for kind in types.items() {
        if kind.text().is_none() {
            kind.missing();
        }
        kind.must_be_one_of(&["Ingress", "Egress"]);
    }
}

fn validate_port(at: At<'_>) {
    at.field("protocol").must_be_one_of(&["TCP", "UDP", "SCTP"]);
    let (port, end) = (at.field("port"), at.field("endPort"));
    if port.is_set() {
        port.may_be_port_or_name();
    }
    let Some(last) = end.int() else { return };
    match port.int() {
        Some(first) => {
            if last < first {
                end.fault(format!("it is {last}, and less than `port`, which is {first}"));
            }
            end.required_port();
        }
        None if port.is_set() => end.forbid("`port` is a name, and a range needs a number"),
        None => end.forbid("a range needs `port` as its start"),
    }
}

fn validate_peer(peer: At<'_>) {
    let selectors = [peer.field("podSelector"), peer.field("namespaceSelector")];
    let block = peer.field("ipBlock");
    let selects = selectors.iter().any(|selector| selector.is_set());
    for selector in selectors {
        validate_label_selector(selector);
    }
    if block.is_set() {
        validate_block(block);
    }
    match (selects, block.is_set()) {
        (false, false) => peer.fault_with(
            "it names no peer",
            "an empty list of peers stands for all; an empty selector for all pods of this namespace",
        ),
        (true, true) => {
            peer.fault_with("an `ipBlock` stands alone", "put it into an item of its own");
        }
        _ => {}
    }
}

/// `ValidateIPBlock`.
fn validate_block(block: At<'_>) {
    let cidr = block.field("cidr");
    if !cidr.required() {
        return;
    }
    cidr.must_be::<Cidr>();
    cidr.warn_of_long_block();
    let Some(whole) = Cidr::around(cidr.text_or_empty()) else { return };
    for except in block.field("except").items() {
        let text = except.text_or_empty();
        except.must_be_text::<Cidr>(text);
        match Cidr::around(text) {
            Some(part) if !whole.contains(&part) || whole.prefix() >= part.prefix() => {
                except.fault(format!("{} is not a part of `{whole}`", shown(text)));
            }
            _ => except.warn_of_long_block(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    fn policy(spec: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: web}}, spec: {spec}}}"
        ))
    }

    #[test]
    fn peers() {
        let peer =
            |peer: &str| policy(&format!("{{podSelector: {{}}, ingress: [{{from: [{peer}]}}]}}"));
        for good in [
            "{podSelector: {}}",
            "{podSelector: {}, namespaceSelector: {}}",
            "{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8, 169.254.169.254/32]}}",
            "{ipBlock: {cidr: '::/0', except: ['FD00::/8']}}",
        ] {
            assert_eq!(peer(good), <[&str; 0]>::default(), "{good}");
        }
        let at = "spec.ingress[0].from[0]";
        for (bad, field) in [
            ("{}", ""),
            ("{podSelector: {}, ipBlock: {cidr: 0.0.0.0/0}}", ""),
            ("{ipBlock: {}}", ".ipBlock.cidr"),
            ("{ipBlock: {cidr: 10.0.0.1}}", ".ipBlock.cidr"),
            ("{ipBlock: {cidr: 10.0.0.1/8}}", ".ipBlock.cidr"),
            ("{ipBlock: {cidr: 10.0.0.1/8, except: [10.1.0.0/16]}}", ".ipBlock.cidr"),
            ("{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}", ".ipBlock.except[0]"),
            ("{podSelector: {matchLabels: {a: b c}}}", ".podSelector.matchLabels"),
            (
                "{podSelector: {matchExpressions: [{key: a, operator: In}]}}",
                ".podSelector.matchExpressions[0].values",
            ),
        ] {
            assert_eq!(peer(bad), [format!("{at}{field}")], "{bad}");
        }
    }

    #[test]
    fn ports() {
        let port =
            |port: &str| policy(&format!("{{podSelector: {{}}, egress: [{{ports: [{port}]}}]}}"));
        for good in ["{}", "{port: dns, protocol: UDP}", "{port: 80, endPort: 80}"] {
            assert_eq!(port(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("{port: '80'}", "port"),
            ("{port: 81, endPort: 80}", "endPort"),
            ("{port: http, endPort: 80}", "endPort"),
            ("{endPort: 80}", "endPort"),
            ("{protocol: ''}", "protocol"),
        ] {
            assert_eq!(port(bad), [format!("spec.egress[0].ports[0].{field}")], "{bad}");
        }
    }

    #[test]
    fn types() {
        assert_eq!(policy("{policyTypes: [Ingress, Ingress]}"), <[&str; 0]>::default());
        assert_eq!(policy("{policyTypes: [Both]}"), ["spec.policyTypes[0]"]);
    }
}

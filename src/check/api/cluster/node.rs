//! Nodes.

use std::collections::HashSet;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{Cidr, LabelValue};

use crate::check::api::formats::shown;
use crate::check::api::selector::must_be_label_key;

pub static RULE: Rule = Rule {
    name: "api/node",
    weight: Weight::ERROR,
    summary: "a Node that a server refuses",
    page: "A taint has a `key`, an `effect` (`NoSchedule`, `PreferNoSchedule` or `NoExecute`), and no other taint has both of them. `podCIDRs` has one block of IPv4 addresses and one of IPv6 addresses at most.",
    bad: "
apiVersion: v1
kind: Node
metadata: {name: node-1}
spec:
  taints:
    - {key: dedicated, value: database, effect: NoScheduling}
",
    good: "
apiVersion: v1
kind: Node
metadata: {name: node-1}
spec:
  taints:
    - {key: dedicated, value: database, effect: NoSchedule}
",
    look: Look::Validation,
};

/// `ValidateNode`.
pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    // A server takes taints for metadata in what it says of them.
    let named = object.down(&["metadata", "taints"]);
    let taints = object.down(&["spec", "taints"]).named(named);
    let mut seen = HashSet::new();
    for taint in taints.items() {
        let [key, value, effect] = ["key", "value", "effect"].map(|field| taint.field(field));
        must_be_label_key(key);
        value.must_be::<LabelValue>();
        if effect.required() {
            effect.must_be_one_of(&["NoSchedule", "PreferNoSchedule", "NoExecute"]);
        }
        if !seen.insert((key.text_or_empty(), effect.text_or_empty())) {
            taint.fault("another taint has the same key and effect");
        }
    }
    blocks(object.field("spec"));
    for field in ["capacity", "allocatable"] {
        let amounts = object.down(&["status", field]);
        for (resource, amount) in amounts.entries() {
            amount.named(amounts.field(resource)).must_be_amount_of(resource);
        }
    }
}

/// The older field has one block. Where the list does not start with it, it stands in the
/// place of the whole list: `Convert_v1_NodeSpec_To_core_NodeSpec`.
fn blocks(spec: At<'_>) {
    let (one, all) = (spec.field("podCIDR"), spec.field("podCIDRs"));
    if one.is_empty() || all.index(0).text() == one.text() {
        return each(all);
    }
    one.named(all.index(0)).must_be_text::<Cidr>(one.text_or_empty());
}

/// One block of each family.
fn each(blocks: At<'_>) {
    for block in blocks.items() {
        block.must_be_text::<Cidr>(block.text_or_empty());
    }
    let all: Vec<&str> = blocks.items().map(|block| block.text_or_empty()).collect();
    if all.len() < 2 {
        return;
    }
    let families: Vec<Option<bool>> = all.iter().map(|block| is_of_ipv4(block)).collect();
    if families.contains(&None) {
        blocks.fault("not all of them can be read");
    }
    if families != [Some(true), Some(false)] && families != [Some(false), Some(true)] {
        blocks.fault("there is more than one block of a family");
    }
    let mut seen = HashSet::new();
    for (block, text) in blocks.items().zip(all) {
        if !seen.insert(text) {
            block.fault(format!("{} is there twice", shown(text)));
        }
    }
}

fn is_of_ipv4(block: &str) -> Option<bool> {
    Cidr::around(block).map(|block| block.network().is_ipv4())
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn nodes() {
        let node =
            |rest: &str| format!("apiVersion: v1\nkind: Node\nmetadata: {{name: a}}\n{rest}\n");
        none(&node(
            "spec: {podCIDR: 10.0.0.0/24, podCIDRs: [10.0.0.0/24, 'fd00::/64'], providerID: x}\nstatus: {capacity: {cpu: '4', pods: '110', ephemeral-storage: 1Ki}, nodeInfo: {}}",
        ));
        for (rest, fields) in [
            ("spec: {taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoExecute}]}", vec![]),
            (
                "spec: {taints: [{key: a, effect: NoSchedule}, {key: a, effect: NoSchedule}]}",
                vec!["metadata.taints[1]"],
            ),
            (
                "spec: {taints: [{key: a b}]}",
                vec!["metadata.taints[0].key", "metadata.taints[0].effect"],
            ),
            ("spec: {podCIDRs: [10.0.0.0/24, 10.1.0.0/24]}", vec!["spec.podCIDRs"]),
            ("spec: {podCIDRs: [10.0.0.0]}", vec!["spec.podCIDRs[0]"]),
            ("spec: {podCIDRs: [10.0.0.5/24]}", vec!["spec.podCIDRs[0]"]),
            (
                "spec: {podCIDRs: [10.0.0.0/24, 10.0.0.0/24]}",
                vec!["spec.podCIDRs", "spec.podCIDRs[1]"],
            ),
            (
                "spec: {podCIDRs: [10.0.0.0/24, a]}",
                vec!["spec.podCIDRs[1]", "spec.podCIDRs", "spec.podCIDRs"],
            ),
            ("spec: {podCIDR: 10.0.0.0, podCIDRs: [10.0.0.0/24]}", vec!["spec.podCIDRs[0]"]),
            ("spec: {podCIDR: 10.0.0.0/24, podCIDRs: [a, b]}", vec![]),
            ("status: {capacity: {pods: '1.5'}}", vec!["status.capacity.pods"]),
        ] {
            assert_eq!(faults(&node(rest)), fields, "{rest}");
        }
    }
}

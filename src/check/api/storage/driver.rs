//! Drivers of the Container Storage Interface, and the nodes that they run on.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::pod::volume::storage::validate_driver;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::LabelKey;

pub static RULE: Rule = Rule {
    name: "api/csi-driver",
    weight: Weight::ERROR,
    summary: "a CSIDriver or CSINode that a server refuses",
    page: "A CSIDriver says what a driver can do and what it needs. `volumeLifecycleModes` are `Persistent` and `Ephemeral`, and each of `tokenRequests` has another `audience` and lasts ten minutes at least.",
    bad: "
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: csi.example.com}
spec: {fsGroupPolicy: Always}
",
    good: "
apiVersion: storage.k8s.io/v1
kind: CSIDriver
metadata: {name: csi.example.com}
spec: {fsGroupPolicy: File}
",
    look: Look::Validation,
};

/// `ValidateCSIDriver`.
pub fn validate(object: At<'_>) {
    const TEN_MINUTES: i64 = 600;
    let spec = object.under(&RULE).field("spec");
    spec.field("fsGroupPolicy").must_be_one_of(&["ReadWriteOnceWithFSType", "File", "None"]);
    let mut audiences = HashSet::new();
    for token in spec.field("tokenRequests").items() {
        let audience = token.field("audience");
        if audiences.insert(audience.text_or_empty()) {
            token.field("expirationSeconds").must_be_within(TEN_MINUTES, 1 << 32);
        } else {
            audience.fault(format!("{} is there twice", shown(audience.text_or_empty())));
        }
    }
    let in_secrets = spec.field("serviceAccountTokenInSecrets");
    if in_secrets.is_set() && spec.field("tokenRequests").is_empty() {
        in_secrets.fault("there are no `tokenRequests`, and so no tokens");
    }
    let modes = spec.field("volumeLifecycleModes");
    for mode in modes.items() {
        if !matches!(mode.text_or_empty(), "Persistent" | "Ephemeral") {
            mode.named(modes).fault(format!(
                "{} is neither `Persistent` nor `Ephemeral`",
                shown(mode.text_or_empty())
            ));
        }
    }
    spec.field("nodeAllocatableUpdatePeriodSeconds").must_be_at_least(10);
}

/// `ValidateCSINode`.
pub fn validate_node(object: At<'_>) {
    let drivers = object.under(&RULE).down(&["spec", "drivers"]);
    let mut names = HashSet::new();
    for driver in drivers.items() {
        let name = driver.field("name");
        validate_driver(name);
        if !names.insert(name.text_or_empty()) {
            name.fault(format!("{} is there twice", shown(name.text_or_empty())));
        }
        let node = driver.field("nodeID");
        if node.required() {
            node.must_not_be_longer_than(256);
        }
        driver.down(&["allocatable", "count"]).must_not_be_negative();
        let mut keys = HashSet::new();
        for key in driver.field("topologyKeys").items() {
            let text = key.text_or_empty();
            // A server names the driver alone.
            key.named(driver).must_be_text::<LabelKey>(text);
            if !keys.insert(text) {
                key.named(driver).fault(format!("{} is there twice", shown(text)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn object(kind: &str, spec: &str) -> String {
        format!(
            "apiVersion: storage.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a}}\nspec: {spec}\n"
        )
    }

    #[test]
    fn drivers() {
        none(&object("CSIDriver", "{}"));
        none(&object(
            "CSIDriver",
            "{volumeLifecycleModes: [Ephemeral], tokenRequests: [{audience: a}, {audience: b, expirationSeconds: 600}]}",
        ));
        for (spec, field) in [
            ("{volumeLifecycleModes: [Never]}", "spec.volumeLifecycleModes"),
            ("{tokenRequests: [{audience: a}, {audience: a}]}", "spec.tokenRequests[1].audience"),
            (
                "{tokenRequests: [{audience: a, expirationSeconds: 1}]}",
                "spec.tokenRequests[0].expirationSeconds",
            ),
            ("{serviceAccountTokenInSecrets: true}", "spec.serviceAccountTokenInSecrets"),
            ("{nodeAllocatableUpdatePeriodSeconds: 9}", "spec.nodeAllocatableUpdatePeriodSeconds"),
        ] {
            assert_eq!(faults(&object("CSIDriver", spec)), [field], "{spec}");
        }
    }

    #[test]
    fn nodes() {
        none(&object("CSINode", "{drivers: [{name: a.b, nodeID: c, topologyKeys: [a.b/zone]}]}"));
        assert_eq!(
            faults(&object(
                "CSINode",
                "{drivers: [{name: a}, {name: a, nodeID: b, topologyKeys: [x y]}]}"
            )),
            ["spec.drivers[0].nodeID", "spec.drivers[1].name", "spec.drivers[1]"]
        );
    }
}

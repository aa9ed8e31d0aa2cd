//! ResourceSlices: `ValidateResourceSlice`.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::api::pod::node_selector;
use crate::check::api::pod::volume::storage::validate_driver;
use crate::check::api::selector::must_be_label_key;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName, LabelValue};

use super::resource_claim::must_be_qualified;
use super::{TAINT_EFFECTS, must_differ};

pub static RULE: Rule = Rule {
    name: "api/resource-slice",
    weight: Weight::ERROR,
    summary: "a ResourceSlice that a server refuses",
    page: "A driver publishes its devices in ResourceSlices. A slice says which pool it is a part of, and on which nodes its devices are: by `nodeName`, `nodeSelector`, `allNodes` or `perDeviceNodeSelection`, exactly one of them. It holds either devices or the counters that devices share.",
    bad: "
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: node-1-gpus}
spec:
  driver: gpu.example.com
  pool: {name: node-1, generation: 1, resourceSliceCount: 1}
  devices: [{name: gpu-0}]
",
    good: "
apiVersion: resource.k8s.io/v1
kind: ResourceSlice
metadata: {name: node-1-gpus}
spec:
  driver: gpu.example.com
  nodeName: node-1
  pool: {name: node-1, generation: 1, resourceSliceCount: 1}
  devices: [{name: gpu-0}]
",
    look: Look::Validation,
};

const MOST_DEVICES: usize = 128;
/// With taints, or counters that they share.
const MOST_ADVANCED_DEVICES: usize = 64;
const MOST_ATTRIBUTES: usize = 32;
const MOST_TAINTS: usize = 16;
const MOST_COUNTER_SETS: usize = 8;
const MOST_COUNTERS: usize = 32;
const MOST_CONSUMED: usize = 2;
const MOST_CONDITIONS: usize = 4;
const LONGEST_POOL: usize = 253;
const LONGEST_VALUE: usize = 64;

pub fn validate(object: At<'_>) {
    let spec = object.under(&RULE).field("spec");
    validate_driver(spec.field("driver"));
    validate_pool(spec.field("pool"));
    validate_place(spec, &["nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"]);
    let terms = spec.field("nodeSelector").field("nodeSelectorTerms");
    if terms.list().len() > 1 {
        terms.fault("it has more than one term");
    }
    let (devices, counters) = (spec.field("devices"), spec.field("sharedCounters"));
    if devices.is_set() && counters.is_set() {
        spec.fault("it has both `devices` and `sharedCounters`");
    }
    let is_advanced = devices.items().any(|device| {
        ["taints", "consumesCounters"].iter().any(|field| !device.field(field).is_empty())
    });
    let most = if is_advanced { MOST_ADVANCED_DEVICES } else { MOST_DEVICES };
    devices.must_not_have_more_than(most);
    if devices.list().len() <= most {
        let chosen_apart = spec.field("perDeviceNodeSelection").is_true();
        devices.items().for_each(|device| validate_device(device, chosen_apart));
        must_differ(devices, "name");
    }
    counters.must_not_have_more_than(MOST_COUNTER_SETS);
    if counters.list().len() <= MOST_COUNTER_SETS {
        counters.items().for_each(|set| validate_counters(set, "name"));
        must_differ(counters, "name");
    }
}

/// `validatePoolName` and the numbers beside it.
fn validate_pool(pool: At<'_>) {
    let name = pool.field("name");
    if name.required() {
        name.must_not_be_longer_than(LONGEST_POOL);
        name.text_or_empty().split('/').for_each(|part| name.must_be_text::<DnsName>(part));
    }
    for (field, least) in [("resourceSliceCount", 1), ("generation", 0)] {
        if pool.field(field).int().unwrap_or_default() < least {
            pool.field(field).fault(format!("must be at least {least}"));
        }
    }
}

/// Where devices are: exactly one of these says so.
fn validate_place(at: At<'_>, ways: &[&'static str]) {
    let mut given = 0;
    for way in ways.iter().map(|way| at.field(way)).filter(|way| way.is_set()) {
        match (way.text(), way.flag()) {
            (Some(""), _) => way.fault("it is empty: leave it out"),
            (_, Some(false)) => way.fault("it is true, or not there"),
            (Some(_), _) => way.must_be::<DnsName>(),
            (None, None) => node_selector::validate(way),
            _ => {}
        }
        given += usize::from(!way.is_empty() && way.flag() != Some(false));
    }
    if given != 1 {
        let all = ways.iter().map(|way| format!("`{way}`")).collect::<Vec<_>>().join(", ");
        at.fault(format!("it has {given} of {all}, and needs exactly one"));
    }
}

fn validate_device(device: At<'_>, chosen_apart: bool) {
    const WAYS: [&str; 3] = ["nodeName", "nodeSelector", "allNodes"];
    let name = device.field("name");
    name.must_be_text::<DnsLabel>(name.text_or_empty());
    let (attributes, capacity) = (device.field("attributes"), device.field("capacity"));
    let count = attributes.entries().count() + capacity.entries().count();
    if count > MOST_ATTRIBUTES {
        device.fault(format!(
            "it has {count} attributes and capacities together, the limit is {MOST_ATTRIBUTES}"
        ));
    }
    for (key, attribute) in attributes.entries() {
        must_be_qualified(attribute.named(attributes), key);
        validate_value(attribute);
    }
    for (key, amount) in capacity.entries() {
        must_be_qualified(amount.named(capacity), key);
        if !device.field("allowMultipleAllocations").is_true() {
            amount.field("requestPolicy").forbid("`allowMultipleAllocations` is not true");
        }
    }
    device.field("taints").must_not_have_more_than(MOST_TAINTS);
    device.field("taints").items().take(MOST_TAINTS).for_each(validate_taint);
    let consumed = device.field("consumesCounters");
    consumed.must_not_have_more_than(MOST_CONSUMED);
    consumed.items().take(MOST_CONSUMED).for_each(|set| validate_counters(set, "counterSet"));
    must_differ(consumed, "counterSet");
    if chosen_apart {
        validate_place(device, &WAYS);
    } else if WAYS.iter().any(|way| device.field(way).is_set()) {
        device.fault("only with `perDeviceNodeSelection: true` a device has its own nodes");
    }
    validate_conditions(device);
}

/// `validateDeviceAttribute`.
fn validate_value(attribute: At<'_>) {
    let given = attribute.entries().filter(|(_, value)| value.is_set()).count();
    if given != 1 {
        attribute.fault(format!("it has {given} values, and needs exactly one"));
    }
    attribute.field("string").must_not_be_longer_than(LONGEST_VALUE);
    let version = attribute.field("version");
    version.must_not_be_longer_than(LONGEST_VALUE);
    if let Some(text) = version.text().filter(|text| !is_semantic_version(text)) {
        version.fault(format!("{} is not a version such as `1.2.3`", shown(text)));
    }
}

/// A version of semver.org, all three numbers of it.
fn is_semantic_version(text: &str) -> bool {
    let (text, build) = text.split_once('+').map_or((text, None), |(a, b)| (a, Some(b)));
    let (numbers, before) = text.split_once('-').map_or((text, None), |(a, b)| (a, Some(b)));
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let is_number = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (text == "0" || !text.starts_with('0'))
    };
    let counts = |word: &str| !word.bytes().all(|b| b.is_ascii_digit()) || is_number(word);
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && before.is_none_or(|part| part.split('.').all(|word| is_word(word) && counts(word)))
        && build.is_none_or(|part| part.split('.').all(is_word))
}

/// `validateDeviceTaint`.
fn validate_taint(taint: At<'_>) {
    must_be_label_key(taint.field("key"));
    taint.field("value").must_be::<LabelValue>();
    if taint.field("effect").required() {
        taint.field("effect").must_be_one_of(&TAINT_EFFECTS);
    }
}

/// Counters that devices share, or that one of them takes.
fn validate_counters(set: At<'_>, name: &'static str) {
    set.field(name).required_as::<DnsLabel>();
    let counters = set.field("counters");
    counters.required();
    let count = counters.entries().count();
    if count > MOST_COUNTERS {
        counters.fault(format!("has {count} entries, the limit is {MOST_COUNTERS}"));
        return;
    }
    for (key, counter) in counters.entries() {
        counter.named(counters).must_be_text::<DnsLabel>(key);
    }
}

/// `validateDeviceBindingParameters`.
fn validate_conditions(device: At<'_>) {
    let good = device.field("bindingConditions");
    let bad = device.field("bindingFailureConditions");
    let awaited: HashSet<&str> = good.items().map(At::text_or_empty).collect();
    for (list, other) in [(good, bad), (bad, good)] {
        list.must_not_have_more_than(MOST_CONDITIONS);
        let mut seen = HashSet::new();
        for condition in list.items().take(MOST_CONDITIONS) {
            must_be_label_key(condition);
            if !seen.insert(condition.text_or_empty()) {
                condition.fault(format!("{} is there twice", shown(condition.text_or_empty())));
            }
        }
        if list.is_empty() && !other.is_empty() {
            list.fault("conditions that are awaited and those that fail go together");
        }
    }
    for condition in bad.items().filter(|one| awaited.contains(one.text_or_empty())) {
        condition.fault("it is awaited, and so is no failure");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    const POOL: &str = "driver: gpu.example.com, pool: {name: a/b, resourceSliceCount: 1}";

    fn slice(spec: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: resource.k8s.io/v1, kind: ResourceSlice, metadata: {{name: a}}, spec: {{{spec}}}}}"
        ))
    }

    #[test]
    fn slices() {
        for good in ["nodeName: node-1", "allNodes: true", "allNodes: true, sharedCounters: []"] {
            assert_eq!(slice(&format!("{POOL}, {good}")), <[&str; 0]>::default(), "{good}");
        }
        for (bad, fields) in [
            ("", &["driver", "pool.name", "pool.resourceSliceCount", ""][..]),
            (&format!("{POOL}, nodeName: ''"), &["nodeName", ""]),
            (&format!("{POOL}, allNodes: true, nodeName: a"), &[""]),
            (
                &format!("{POOL}, allNodes: true, sharedCounters: [{{}}], devices: [{{name: a}}]"),
                &["", "sharedCounters[0].name", "sharedCounters[0].counters"],
            ),
        ] {
            let found = slice(bad);
            let wanted: Vec<String> = fields
                .iter()
                .map(|field| match *field {
                    "" => "spec".to_owned(),
                    field => format!("spec.{field}"),
                })
                .collect();
            assert_eq!(found, wanted, "{bad}");
        }
    }

    #[test]
    fn devices() {
        let device =
            |rest: &str| slice(&format!("{POOL}, nodeName: a, devices: [{{name: gpu, {rest}}}]"));
        for good in [
            "attributes: {model: {string: a}, a.b/c: {version: 1.2.3-rc.1+x}, n: {int: 1}}",
            "capacity: {memory: {value: 1Gi}}, taints: [{key: a, effect: None}]",
            "consumesCounters: [{counterSet: a, counters: {b: {value: 1}}}]",
            "bindingConditions: [a/b], bindingFailureConditions: [a/c]",
        ] {
            assert_eq!(device(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("attributes: {a-b: {int: 1}}", ".attributes"),
            ("attributes: {a: {}}", ".attributes[a]"),
            ("attributes: {a: {int: 1, bool: true}}", ".attributes[a]"),
            ("attributes: {a: {version: '1.2'}}", ".attributes[a].version"),
            ("taints: [{effect: None}]", ".taints[0].key"),
            ("taints: [{key: a, effect: Never}]", ".taints[0].effect"),
            ("nodeName: a", ""),
            ("bindingConditions: [a/b]", ".bindingFailureConditions"),
            (
                "bindingConditions: [a/b], bindingFailureConditions: [a/b]",
                ".bindingFailureConditions[0]",
            ),
            ("consumesCounters: [{counterSet: a}]", ".consumesCounters[0].counters"),
            (
                "capacity: {memory: {value: 1, requestPolicy: {default: 1}}}",
                ".capacity[memory].requestPolicy",
            ),
        ] {
            assert_eq!(device(bad), [format!("spec.devices[0]{field}")], "{bad}");
        }
        let two = slice(&format!("{POOL}, allNodes: true, devices: [{{name: a}}, {{name: a}}]"));
        assert_eq!(two, ["spec.devices[1]"]);
    }
}

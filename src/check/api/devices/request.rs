//! One request for devices in a claim: `validateDeviceRequest`.

use crate::check::at::At;
use crate::scalar::{DnsLabel, DnsName, LabelKey, LabelValue};

use super::selection::validate_selectors;
use super::{TAINT_EFFECTS, must_differ};

const MOST_ALTERNATIVES: usize = 8;

pub fn validate_request(request: At<'_>) {
    request.field("name").required_as::<DnsLabel>();
    let (exactly, first) = (request.field("exactly"), request.field("firstAvailable"));
    match (exactly.is_set(), !first.is_empty()) {
        (true, true) => request.fault("it has both `exactly` and `firstAvailable`"),
        (false, false) => request.fault("it has neither `exactly` nor `firstAvailable`"),
        (true, false) => validate_exact(exactly),
        (false, true) => {
            first.must_not_have_more_than(MOST_ALTERNATIVES);
            must_differ(first, "name");
            for one in first.items().take(MOST_ALTERNATIVES) {
                one.field("name").required_as::<DnsLabel>();
                validate_exact(one);
            }
        }
    }
}

fn validate_exact(request: At<'_>) {
    request.field("deviceClassName").required_as::<DnsName>();
    validate_selectors(request.field("selectors"));
    let (mode, count) = (request.field("allocationMode"), request.field("count"));
    match mode.text_or("ExactCount") {
        "ExactCount" => count.must_not_be_negative(),
        "All" if count.int().is_some_and(|count| count != 0) => {
            count.forbid("all devices are asked for");
        }
        "All" => {}
        _ => {
            mode.must_be_one_of(&["All", "ExactCount"]);
        }
    }
    request.field("tolerations").items().for_each(validate_toleration);
}

/// `validateDeviceToleration`.
fn validate_toleration(toleration: At<'_>) {
    let (key, value) = (toleration.field("key"), toleration.field("value"));
    key.may_be::<LabelKey>();
    let operator = toleration.field("operator");
    match operator.text_or("Equal") {
        "Equal" => value.must_be::<LabelValue>(),
        "Exists" if !value.is_empty() => value.forbid("`Exists` looks at the key alone"),
        "Exists" => {}
        _ => {
            operator.must_be_one_of(&["Equal", "Exists"]);
        }
    }
    toleration.field("effect").may_be_one_of(&TAINT_EFFECTS);
}

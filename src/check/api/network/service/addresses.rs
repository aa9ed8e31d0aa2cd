//! The addresses inside of a cluster that a Service asks for:
//! `ValidateServiceClusterIPsRelatedFields`. Whether a cluster has them is not known
//! here.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::scalar::{DnsName, IpAddress, Scalar};

use super::Type;

/// What an address must be where a Service has none.
const NONE: &str = "None";

pub fn validate(spec: At<'_>, kind: Type) {
    match kind {
        Type::ExternalName => {
            validate_external_name(spec);
            return;
        }
        Type::NodePort | Type::LoadBalancer if is_headless(spec) => {
            first_address(spec).fault_with(
                "a Service without an address cannot be reached from outside",
                "drop it, or make the Service one of type `ClusterIP`",
            );
        }
        _ => {}
    }
    validate_families(spec);
    let (one, all) = (spec.field("clusterIP"), spec.field("clusterIPs"));
    match (one.text_or_empty(), all.list().is_empty()) {
        ("", true) => return,
        ("", false) => all.fault_with("`clusterIP` is missing", "it is the first of them"),
        (_, true) => {}
        (text, false) if all.index(0).text_or_empty() != text => {
            all.fault(format!("the first one is not `clusterIP`, which is {}", shown(text)));
        }
        (_, false) => {}
    }
    validate_addresses(spec);
}

/// Its address, where a server looks for it: it copies a single one to the list.
fn first_address(spec: At<'_>) -> At<'_> {
    match spec.field("clusterIPs").is_empty() {
        true => spec.field("clusterIP").named(spec.field("clusterIPs").index(0)),
        false => spec.field("clusterIPs").index(0),
    }
}

/// Whether it has no address of its own, but those of its pods.
pub fn is_headless(spec: At<'_>) -> bool {
    spec.field("clusterIPs").list().len() < 2 && first_address(spec).text() == Some(NONE)
}

fn validate_external_name(spec: At<'_>) {
    let reason = "a Service of type `ExternalName` has no address of its own";
    let addresses = spec.field("clusterIPs");
    if !addresses.is_empty() {
        addresses.forbid(reason);
    } else if !spec.field("clusterIP").is_empty() {
        spec.field("clusterIP").named(addresses).forbid(reason);
    }
    let families = spec.field("ipFamilies");
    if !families.is_empty() {
        families.forbid(reason);
    }
    spec.field("ipFamilyPolicy").forbid(reason);
    let name = spec.field("externalName");
    let text = name.text_or_empty();
    // A dot at the end says that nothing is to be added to it.
    match text.strip_suffix('.').unwrap_or(text) {
        "" => name.missing(),
        text => name.must_be_text::<DnsName>(text),
    }
}

fn validate_families(spec: At<'_>) {
    let families = spec.field("ipFamilies");
    for (index, family) in families.items().enumerate() {
        let text = family.text_or_empty();
        family.must_be_one_of(&["IPv4", "IPv6"]);
        // Two are all there can be, so that looking back costs nothing.
        if families.list().iter().take(index.min(2)).any(|one| one.as_str() == Some(text)) {
            family.fault(format!("{} is there twice", shown(text)));
        }
    }
    let policy = spec.field("ipFamilyPolicy");
    policy.must_be_one_of(&["SingleStack", "PreferDualStack", "RequireDualStack"]);
    // Without a policy one is enough, but for headless Services without a selector.
    let single = match policy.text() {
        Some(policy) => policy == "SingleStack",
        None => !(is_headless(spec) && spec.field("selector").is_empty()),
    };
    for (list, what) in [("ipFamilies", "families"), ("clusterIPs", "addresses")] {
        if single && spec.field(list).list().len() == 2 {
            policy.fault_with(
                format!("the Service has two {what}, and `SingleStack` allows one"),
                "set it to `PreferDualStack` or `RequireDualStack`",
            );
        }
    }
}

fn validate_addresses(spec: At<'_>) {
    let all = spec.field("clusterIPs");
    let mut addresses = Vec::new();
    let given = all.items().count().max(1);
    let each = std::iter::once(first_address(spec)).chain(all.items().skip(1));
    for (index, at) in each.enumerate() {
        let text = at.text_or_empty();
        if index == 0 && text == NONE {
            if given > 1 {
                all.fault("`None` is there together with addresses");
            }
            return;
        }
        match IpAddress::parse(text) {
            Ok(address) => addresses.push((at, address.value().is_ipv4())),
            Err(_) => at.must_be_text::<IpAddress>(text),
        }
    }
    if given > 2 {
        all.fault(format!("has {given} addresses, a Service has two at most"));
    }
    // What is no address would only lead to more of the same.
    if addresses.len() < given {
        return;
    }
    let of_v4 = addresses.iter().filter(|(_, is_v4)| *is_v4).count();
    if given > 1 && (of_v4 == 0 || of_v4 == given) {
        all.fault("they are of one family, a Service has one address of each");
    }
    for ((at, is_v4), family) in addresses.into_iter().zip(spec.field("ipFamilies").items()) {
        let family = family.text_or_empty();
        if (family == "IPv4" && !is_v4) || (family == "IPv6" && is_v4) {
            at.fault(format!("it is not of the family {}, as `ipFamilies` has it", shown(family)));
        }
    }
}

//! What a container asks for and what it may use.

use std::collections::BTreeMap;

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report};
use crate::profile::container::Resources;
use crate::profile::decode::{At, Item, Named};
use crate::profile::words::ResourceName;
use crate::scalar;

type Amounts = Named<ResourceName, At<scalar::Quantity>>;

/// The rules are ValidateResourceRequirements'.
pub fn requirements(resources: &Resources, report: &mut Report) -> core::ResourceRequirements {
    for (name, request) in &resources.requests {
        check_amount(name, request, report);
        match resources.limits.get(name) {
            Some(limit) if request.value.value > limit.value.value => report.add(
                Diagnostic::new(format!("the request of `{}` is above its limit", name.as_str()))
                    .at(request.place)
                    .related(limit.place, "the limit"),
            ),
            None if name.is_whole() => report.error(
                request.place,
                format!(
                    "`{}` is not shared, so it needs a limit of the same amount",
                    name.as_str()
                ),
            ),
            _ => {}
        }
    }
    for (name, limit) in &resources.limits {
        check_amount(name, limit, report);
        let request = resources.requests.get(name).map(|request| &request.value.value);
        if name.is_whole() && request.is_some_and(|request| *request != limit.value.value) {
            report.error(limit.place, "request and limit of this resource must be the same");
        }
    }
    let all = || resources.requests.iter().chain(&resources.limits);
    let huge = all().find(|(name, _)| name.is_huge_pages());
    let has_base = all().any(|(name, _)| matches!(name.as_str(), "cpu" | "memory"));
    if let (Some((_, item)), false) = (huge, has_base) {
        report.error(item.key, "huge pages need `cpu` or `memory` beside them");
    }
    core::ResourceRequirements {
        requests: amounts(&resources.requests),
        limits: amounts(&resources.limits),
        claims: None,
    }
}

fn amounts(named: &Amounts) -> Option<BTreeMap<String, Quantity>> {
    let amounts: BTreeMap<String, Quantity> = named
        .iter()
        .map(|(name, amount)| (name.as_str().to_owned(), Quantity(amount.value.to_string())))
        .collect();
    (!amounts.is_empty()).then_some(amounts)
}

fn check_amount(name: &ResourceName, amount: &Item<At<scalar::Quantity>>, report: &mut Report) {
    if amount.is_negative() {
        report.error(amount.place, format!("an amount of `{}` is not below 0", name.as_str()));
    }
    let whole = amount.nanos() % 1_000_000_000 == 0;
    if name.is_extended() && !whole {
        report.error(amount.place, format!("`{}` is counted in whole ones", name.as_str()));
    }
}

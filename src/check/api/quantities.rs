//! Amounts in objects, and what the names of resources say of them.

use crate::check::at::At;
use crate::object::value::Value;
use crate::scalar::{LabelKey, Quantity, Scalar};

const HUGE_PAGES: &str = "hugepages-";

impl At<'_> {
    /// The amount that stands here: as text, or as a number, which a server takes too.
    /// `null` in a list or a map is nothing of it.
    pub fn quantity(self) -> Option<Quantity> {
        match self.value()? {
            Value::String(text) => Quantity::parse(text).ok(),
            Value::Int(number) => Quantity::parse(&number.to_string()).ok(),
            Value::Float(number) => Quantity::parse(&number.to_string()).ok(),
            _ => None,
        }
    }

    /// An amount that is there must not be below zero: `ValidateNonnegativeQuantity`.
    pub fn must_not_be_less_than_nothing(self) {
        if let Some(amount) = self.quantity().filter(Quantity::is_negative) {
            self.fault(format!("must not be negative, and is {amount}"));
        }
    }

    /// An amount that is there must be above zero: `ValidatePositiveQuantityValue`.
    pub fn must_be_more_than_nothing(self) {
        if let Some(amount) = self.quantity().filter(|amount| amount.nanos() <= 0) {
            self.fault(format!("must be more than zero, and is {amount}"));
        }
    }

    /// The amount of a resource: not negative, and whole where the resource comes in
    /// pieces. `ValidateResourceQuantityValue`.
    pub fn must_be_amount_of(self, resource: &str) {
        self.must_not_be_less_than_nothing();
        if is_counted(resource)
            && let Some(amount) = self.quantity().filter(|amount| !is_whole(amount))
        {
            self.fault_with(
                format!("{amount} is not a whole number"),
                format!("`{resource}` comes in pieces"),
            );
        }
    }
}

/// No fraction is left after the thousandths, to which a server rounds up.
pub fn is_whole(amount: &Quantity) -> bool {
    const NANOS: i128 = 1_000_000_000;
    const NANOS_IN_MILLI: i128 = 1_000_000;
    let nanos = amount.nanos();
    let rest = nanos.rem_euclid(NANOS);
    rest == 0 || rest > NANOS - NANOS_IN_MILLI
}

/// Whether Kubernetes itself knows the resource: `IsNativeResource`.
pub fn is_native(resource: &str) -> bool {
    !resource.contains('/') || resource.contains("kubernetes.io/")
}

/// `hugepages-2Mi`: memory in pages of that size.
pub fn is_huge_pages(resource: &str) -> bool {
    resource.starts_with(HUGE_PAGES)
}

/// What a node has of others: `nvidia.com/gpu`. `IsExtendedResourceName`.
pub fn is_extended(resource: &str) -> bool {
    // Its name must still be one behind `requests.`, as quotas have it.
    !is_native(resource)
        && !resource.starts_with("requests.")
        && LabelKey::parse(&format!("requests.{resource}")).is_ok()
}

/// Whether pods may use more of it together than there is: `IsOvercommitAllowed`.
pub fn is_overcommitted(resource: &str) -> bool {
    is_native(resource) && !is_huge_pages(resource)
}

/// Whether it comes in whole pieces: `IsIntegerResourceName`.
fn is_counted(resource: &str) -> bool {
    const COUNTED: [&str; 9] = [
        "pods",
        "services",
        "replicationcontrollers",
        "resourcequotas",
        "secrets",
        "configmaps",
        "persistentvolumeclaims",
        "services.nodeports",
        "services.loadbalancers",
    ];
    COUNTED.contains(&resource) || is_extended(resource)
}

/// Whether an amount of huge pages is so many pages: `IsHugePageResourceValueDivisible`.
pub fn is_whole_pages(resource: &str, amount: &Quantity) -> bool {
    let size = resource.strip_prefix(HUGE_PAGES).and_then(|size| Quantity::parse(size).ok());
    match size {
        Some(size) if size.nanos() > 0 && is_whole(&size) => {
            amount.units().checked_rem(size.units()) == Some(0)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn resources_by_their_names() {
        assert!(is_native("cpu") && is_native("hugepages-2Mi") && is_native("kubernetes.io/x"));
        assert!(!is_native("nvidia.com/gpu") && is_extended("nvidia.com/gpu"));
        assert!(!is_extended("requests.nvidia.com/gpu") && !is_extended("Example.com/gpu"));
        assert!(is_overcommitted("cpu") && !is_overcommitted("hugepages-2Mi"));
        assert!(!is_overcommitted("nvidia.com/gpu"));
    }

    #[test]
    fn pages_are_counted_by_their_size() {
        assert!(is_whole_pages("hugepages-2Mi", &quantity("4Mi")));
        assert!(!is_whole_pages("hugepages-2Mi", &quantity("3Mi")));
        assert!(!is_whole_pages("hugepages-big", &quantity("4Mi")));
        assert!(!is_whole_pages("hugepages-0", &quantity("4Mi")));
    }

    #[test]
    fn whole_amounts() {
        assert!(
            is_whole(&quantity("2")) && is_whole(&quantity("1Gi")) && is_whole(&quantity("-3"))
        );
        assert!(!is_whole(&quantity("0.5")) && !is_whole(&quantity("1500m")));
        // A server takes 1999.9999m for 2000m.
        assert!(!is_whole(&quantity("1n")) && is_whole(&quantity("1999999999n")));
    }
}

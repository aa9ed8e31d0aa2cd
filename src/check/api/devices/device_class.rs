//! DeviceClasses: `ValidateDeviceClass`.

use crate::check::api::formats::shown;
use crate::check::api::quantities::is_extended;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::configuration::{MOST_CONFIGURATIONS, validate_configuration};
use super::selection::validate_selectors;

pub static RULE: Rule = Rule {
    name: "api/device-class",
    weight: Weight::ERROR,
    summary: "a DeviceClass that a server refuses",
    page: "A DeviceClass gives a name to devices that claims can ask for. It chooses them by expressions in CEL; `extendedResourceName` lets pods ask for one as for a resource, by a domain and a name.",
    bad: "
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu.example.com}
spec:
  selectors: [{cel: {expression: device.driver == 'gpu.example.com'}}]
  extendedResourceName: gpu
",
    good: "
apiVersion: resource.k8s.io/v1
kind: DeviceClass
metadata: {name: gpu.example.com}
spec:
  selectors: [{cel: {expression: device.driver == 'gpu.example.com'}}]
  extendedResourceName: example.com/gpu
",
    look: Look::Validation,
};

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    validate_selectors(spec.field("selectors"));
    let configs = spec.field("config");
    configs.must_not_have_more_than(MOST_CONFIGURATIONS);
    configs.items().take(MOST_CONFIGURATIONS).for_each(validate_configuration);
    let resource = spec.field("extendedResourceName");
    if let Some(name) = resource.text().filter(|name| !is_extended(name)) {
        resource.fault_with(
            format!("{} is not a domain and a name", shown(name)),
            "such as `example.com/gpu`",
        );
    }
}

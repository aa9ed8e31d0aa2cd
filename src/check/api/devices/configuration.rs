//! What a driver is told about a device: `validateDeviceConfiguration`.

use crate::check::at::At;
use crate::object::value::Value;
use crate::scalar::DnsName;

pub const MOST_CONFIGURATIONS: usize = 32;

const LONGEST_DRIVER: usize = 63;

pub fn validate_configuration(config: At<'_>) {
    let opaque = config.field("opaque");
    if !opaque.must_be_set() {
        return;
    }
    let (driver, parameters) = (opaque.field("driver"), opaque.field("parameters"));
    if driver.required() {
        driver.must_not_be_longer_than(LONGEST_DRIVER);
        driver.must_be::<DnsName>();
    }
    if parameters.must_be_set() && !matches!(parameters.value(), Some(Value::Map(_))) {
        parameters.fault("it is not a map");
    }
}

//! What a driver is told about a device: `validateDeviceConfiguration`.

use crate::check::api::pod::volume::storage::validate_driver;
use crate::check::at::At;
use crate::object::value::Value;

pub const MOST_CONFIGURATIONS: usize = 32;

pub fn validate_configuration(config: At<'_>) {
    let opaque = config.field("opaque");
    if !opaque.must_be_set() {
        return;
    }
    let (driver, parameters) = (opaque.field("driver"), opaque.field("parameters"));
    validate_driver(driver);
    if parameters.must_be_set() && !matches!(parameters.value(), Some(Value::Map(_))) {
        parameters.fault("it is not a map");
    }
}

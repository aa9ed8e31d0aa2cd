//! What a path of an Ingress leads to: `validateIngressBackend`.

use crate::check::at::At;
use crate::scalar::{DnsLabel, DnsName, PortName, ServiceName};

/// What paths may lead to.
#[derive(Clone, Copy)]
pub struct Backends {
    /// Names of Services start with a letter.
    pub strict_names: bool,
}

impl Backends {
    /// `validateIngressBackend`.
    pub fn validate(self, backend: At<'_>) {
        let (service, resource) = (backend.field("service"), backend.field("resource"));
        match (service.is_set(), resource.is_set()) {
            (true, true) => backend.fault("it has both a `service` and a `resource`"),
            (true, false) => self.validate_service(backend, service),
            (false, true) => validate_resource(resource),
            (false, false) => backend.fault_with(
                "it leads nowhere",
                "name a Service: `service: {name: web, port: {number: 80}}`",
            ),
        }
    }

    fn validate_service(self, backend: At<'_>, service: At<'_>) {
        let name = service.field("name");
        if name.required() {
            match self.strict_names {
                true => name.must_be::<ServiceName>(),
                false => name.must_be::<DnsLabel>(),
            }
        }
        let port = service.field("port");
        let (number, name) = (port.field("number"), port.field("name"));
        let has_number = number.int().is_some_and(|number| number != 0);
        match (has_number, !name.is_empty()) {
            (true, true) => backend.fault("the port of its Service has both a number and a name"),
            (true, false) => number.must_be_port(),
            (false, true) => name.must_be::<PortName>(),
            (false, false) => backend.fault_with(
                "the port of its Service is missing",
                "give its number, `port: {number: 80}`, or its name, `port: {name: http}`",
            ),
        }
    }
}

/// `validateIngressTypedLocalObjectReference`.
fn validate_resource(resource: At<'_>) {
    resource.field("apiGroup").must_be::<DnsName>();
    for part in ["kind", "name"].map(|part| resource.field(part)) {
        if part.required() {
            part.must_be_path_segment();
        }
    }
}

//! IngressClasses: `ValidateIngressClass`.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName};

pub static RULE: Rule = Rule {
    name: "api/ingress-class",
    weight: Weight::ERROR,
    summary: "an IngressClass that a server refuses",
    page: "An IngressClass says which program serves the Ingresses of its name. `controller` is what that program calls itself: a domain and a path, such as `k8s.io/ingress-nginx`.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: ingress-nginx}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
",
    look: Look::Validation,
};

const LONGEST_CONTROLLER: usize = 250;

pub fn validate(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let controller = spec.field("controller");
    if controller.required() {
        controller.must_not_be_longer_than(LONGEST_CONTROLLER);
        validate_controller(controller);
    }
    let parameters = spec.field("parameters");
    if parameters.is_set() {
        validate_parameters(parameters);
    }
}

/// `IsDomainPrefixedPath`.
fn validate_controller(controller: At<'_>) {
    let text = controller.text_or_empty();
    match text.split_once('/') {
        Some((domain, path)) if !domain.is_empty() && !path.is_empty() => {
            controller.must_be_text::<DnsName>(domain);
            let refused = |c: char| !c.is_ascii_alphanumeric() && !"/-._~%!$&'()*+,;=:".contains(c);
            if path.contains(refused) {
                controller.fault(format!("{} has what no path may have", shown(path)));
            }
        }
        _ => controller.fault_with(
            format!("{} is not a domain and a path", shown(text)),
            "such as `k8s.io/ingress-nginx`",
        ),
    }
}

fn validate_parameters(parameters: At<'_>) {
    parameters.field("apiGroup").must_be::<DnsName>();
    for part in ["kind", "name"].map(|part| parameters.field(part)) {
        if part.required() {
            part.must_be_path_segment();
        }
    }
    let (scope, namespace) = (parameters.field("scope"), parameters.field("namespace"));
    match scope.text().unwrap_or("Cluster") {
        "Cluster" => namespace.forbid("the scope is `Cluster`"),
        "Namespace" if namespace.must_be_set() => namespace.must_be::<DnsLabel>(),
        "Namespace" => {}
        _ => {
            scope.must_be_one_of(&["Cluster", "Namespace"]);
        }
    }
}

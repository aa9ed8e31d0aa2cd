//! Ingresses: `ValidateIngress`.

mod backend;

use crate::check::api::formats::shown;
use crate::check::api::network::address::is_address;
use crate::check::api::server_warning;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::scalar::{DnsName, Scalar};

use backend::Backends;

pub static RULE: Rule = Rule {
    name: "api/ingress",
    weight: Weight::ERROR,
    summary: "an Ingress that a server refuses",
    page: "An Ingress leads requests from outside to Services, by host and by path. Hosts are names, not addresses; each path says by `pathType` how it is compared, and leads to a Service and one of its ports, by number or by name.",
    bad: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules:
    - host: www.example.com
      http:
        paths:
          - {path: shop, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
",
    good: "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  ingressClassName: nginx
  rules:
    - host: www.example.com
      http:
        paths:
          - {path: /shop, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
",
    look: Look::Validation,
};

const CLASS: &str = "kubernetes.io/ingress.class";

/// What no path may have that is compared character by character.
const REFUSED_PARTS: [&str; 5] = ["//", "/./", "/../", "%2f", "%2F"];
const REFUSED_ENDS: [&str; 2] = ["/..", "/."];

pub fn validate<'a>(scene: &Scene<'a>, object: At<'a>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let (rules, default) = (spec.field("rules"), spec.field("defaultBackend"));
    if rules.is_empty() && !default.is_set() {
        spec.fault("an Ingress has `rules`, a `defaultBackend`, or both");
    }
    // Names of Services may start with a digit since then.
    let backends = Backends { strict_names: scene.settings.kubernetes.minor() < 36 };
    if default.is_set() {
        backends.validate(default);
    }
    for rule in rules.items() {
        validate_rule(rule, backends);
    }
    for tls in spec.field("tls").items() {
        tls.field("hosts").items().for_each(validate_host);
        tls.field("secretName").may_be::<DnsName>();
    }
    let class = spec.field("ingressClassName");
    class.must_be::<DnsName>();
    let annotation = object.field("metadata").field("annotations").key(CLASS);
    validate_class(class, annotation);
}

/// A server refuses both if they differ, and warns of the annotation alone.
fn validate_class(class: At<'_>, annotation: At<'_>) {
    if !annotation.is_set() {
        return;
    }
    if !class.is_set() {
        annotation
            .under(&server_warning::RULE)
            .warn_with("this annotation is deprecated", "use `spec.ingressClassName`");
    } else if annotation.text() != class.text() {
        annotation.fault_with(
            format!("it is not {}, as `ingressClassName` is", shown(class.text_or_empty())),
            "drop it: `ingressClassName` is enough",
        );
    }
}

fn validate_rule(rule: At<'_>, backends: Backends) {
    let host = rule.field("host");
    if !host.is_empty() {
        match is_address(host.text_or_empty()) {
            true => host.fault_with(
                format!("{} is an address, not a name", shown(host.text_or_empty())),
                "leave the host out to take requests for any",
            ),
            false => validate_host(host),
        }
    }
    let http = rule.field("http");
    if http.is_set() {
        http.field("paths").required();
    }
    for path in http.field("paths").items() {
        validate_path(path, backends);
    }
}

/// A name, or `*.` and a name.
fn validate_host(host: At<'_>) {
    let text = host.text_or_empty();
    match text.strip_prefix("*.") {
        Some(rest) if rest.contains('*') => {
            host.fault(format!("{} has `*` in it, not in front alone", shown(text)));
        }
        Some(rest) if DnsName::parse(rest).is_ok() => host.must_not_be_longer_than(253),
        Some(rest) => host.must_be_text::<DnsName>(rest),
        None if text.contains('*') => host.fault_with(
            format!("{} has `*` where none may be", shown(text)),
            "such as `*.example.com`",
        ),
        None => host.must_be_text::<DnsName>(text),
    }
}

fn validate_path(at: At<'_>, backends: Backends) {
    let (kind, path) = (at.field("pathType"), at.field("path"));
    let text = path.text_or_empty();
    match kind.text() {
        // A server does not look any further either.
        None => {
            kind.fault_with("`pathType` is missing", "most often it is `Prefix`");
            return;
        }
        Some("Exact" | "Prefix") => {
            if !text.starts_with('/') {
                path.fault_with(format!("{} does not start with `/`", shown(text)), "such as `/`");
            }
            for part in REFUSED_PARTS.iter().filter(|part| text.contains(**part)) {
                path.fault(format!("{} has `{part}` in it", shown(text)));
            }
            for end in REFUSED_ENDS.iter().filter(|end| text.ends_with(**end)) {
                path.fault(format!("{} ends with `{end}`", shown(text)));
            }
        }
        Some("ImplementationSpecific") if text.is_empty() || text.starts_with('/') => {}
        Some("ImplementationSpecific") => {
            path.fault(format!("{} does not start with `/`", shown(text)));
        }
        Some(_) => {
            kind.must_be_one_of(&["Exact", "Prefix", "ImplementationSpecific"]);
        }
    }
    backends.validate(at.field("backend"));
}

#[cfg(test)]
mod tests {
    use crate::check::settings::Settings;
    use crate::check::testing::{found_by, refused};

    fn ingress(spec: &str) -> String {
        format!(
            "{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: web}}, spec: {spec}}}"
        )
    }

    fn warned(manifest: &str) -> Vec<String> {
        let found = found_by("api/server-warning", manifest, &Settings::default());
        found.into_iter().map(|(_, field)| field).collect()
    }

    fn path(path: &str) -> String {
        ingress(&format!("{{rules: [{{http: {{paths: [{path}]}}}}]}}"))
    }

    const TO_WEB: &str = "backend: {service: {name: web, port: {number: 80}}}";

    #[test]
    fn paths() {
        for good in [
            "path: /, pathType: Exact",
            "path: /a/*, pathType: ImplementationSpecific",
            "pathType: ImplementationSpecific",
            "path: '/(.*)', pathType: ImplementationSpecific",
        ] {
            assert_eq!(refused(&path(&format!("{{{good}, {TO_WEB}}}"))), <[&str; 0]>::default());
        }
        for bad in [
            "pathType: Prefix",
            "path: a, pathType: Prefix",
            "path: /a/.., pathType: Exact",
            "path: a, pathType: ImplementationSpecific",
        ] {
            let found = refused(&path(&format!("{{{bad}, {TO_WEB}}}")));
            assert_eq!(found, ["spec.rules[0].http.paths[0].path"], "{bad}");
        }
    }

    #[test]
    fn backends() {
        let at = "spec.defaultBackend";
        for (backend, field) in [
            ("{}", ""),
            ("{service: {name: web}}", ""),
            ("{service: {name: web, port: {name: http, number: 80}}}", ""),
            ("{service: {port: {number: 80}}}", ".service.name"),
            ("{service: {name: web, port: {name: '80'}}}", ".service.port.name"),
            ("{resource: {kind: Bucket}}", ".resource.name"),
        ] {
            let found = refused(&ingress(&format!("{{defaultBackend: {backend}}}")));
            assert_eq!(found, [format!("{at}{field}")], "{backend}");
        }
        let numbers = ingress("{defaultBackend: {service: {name: 1web, port: {name: http}}}}");
        assert_eq!(refused(&numbers), <[&str; 0]>::default());
    }

    #[test]
    fn hosts() {
        let host = |host: &str| refused(&ingress(&format!("{{rules: [{{host: '{host}'}}]}}")));
        for good in ["", "example.com", "*.example.com", "localhost"] {
            assert_eq!(host(good), <[&str; 0]>::default(), "{good}");
        }
        for bad in
            ["*", "a.*.com", "*.*.com", "*.", "192.0.2.1", "192.0.02.1", "::1", "a_b.com", "a:80"]
        {
            assert_eq!(host(bad), ["spec.rules[0].host"], "{bad}");
        }
    }

    #[test]
    fn classes() {
        let with = |class: &str| {
            format!(
                "{{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {{name: web, annotations: {{kubernetes.io/ingress.class: nginx}}}}, spec: {{{class}defaultBackend: {{service: {{name: web, port: {{number: 80}}}}}}}}}}"
            )
        };
        let annotation = ["metadata.annotations[kubernetes.io/ingress.class]"];
        assert_eq!(warned(&with("")), annotation);
        assert_eq!(refused(&with("")), <[&str; 0]>::default());
        assert_eq!(refused(&with("ingressClassName: nginx, ")), <[&str; 0]>::default());
        assert_eq!(refused(&with("ingressClassName: traefik, ")), annotation);
    }
}

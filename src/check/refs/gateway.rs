//! Routes that no Gateway takes.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::check::subject::Subject;
use crate::diagnostic::choices;
use crate::object::value::Value;

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/gateway",
    weight: Weight::ERROR,
    summary: "a route is for a Gateway or listener that is not there or does not take it",
    page: "A route is attached to the Gateways of its `parentRefs`, where the Gateway exists, has the listener of `sectionName`, lets routes of this namespace in (`allowedRoutes`; without a word only its own), and has a listener for one of the route's hosts. Otherwise the route says so in its status, and gets no requests.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: outside, sectionName: htps}]
  hostnames: [www.example.com]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: outside}
spec:
  gatewayClassName: istio
  listeners: [{name: https, port: 80, protocol: HTTP, hostname: '*.example.com'}]
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: outside, sectionName: https}]
  hostnames: [www.example.com]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: outside}
spec:
  gatewayClassName: istio
  listeners: [{name: https, port: 80, protocol: HTTP, hostname: '*.example.com'}]
",
    look: Look::Object(look),
};

const GROUP: &str = "gateway.networking.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if subject.group() != GROUP || subject.is_made() {
        return;
    }
    let spec = object.field("spec");
    if subject.kind() == "Gateway" {
        class(scene, spec.field("gatewayClassName"));
    }
    if !subject.kind().ends_with("Route") {
        return;
    }
    let own = scene.namespace_of(subject);
    for parent in spec.field("parentRefs").items() {
        let group = parent.field("group").text().unwrap_or(GROUP);
        let kind = parent.field("kind").text_or("Gateway");
        let name = parent.field("name");
        let namespace = parent.field("namespace").text_or(own);
        let wanted = Wanted::of(group, kind, namespace, name.text_or_empty());
        let Some(gateway) = absent::lead(scene, name, wanted) else { continue };
        if (group, kind) == (GROUP, "Gateway") {
            must_be_taken(scene, spec, parent, gateway);
        }
    }
}

/// Controllers bring their classes.
fn class<'a>(scene: &Scene<'a>, at: At<'a>) {
    const WELL_KNOWN: [&str; 12] = [
        "istio",
        "istio-remote",
        "istio-waypoint",
        "cilium",
        "nginx",
        "eg",
        "envoy-gateway",
        "traefik",
        "kong",
        "contour",
        "amazon-vpc-lattice",
        "azure-alb-external",
    ];
    let name = at.text_or_empty();
    if !WELL_KNOWN.contains(&name) && !name.starts_with("gke-") {
        absent::lead(scene, at, Wanted::of_cluster(GROUP, "GatewayClass", name).usual());
    }
}

fn must_be_taken<'a>(scene: &Scene<'a>, spec: At<'a>, parent: At<'a>, gateway: &'a Subject<'a>) {
    let listeners: &[Value] = match gateway.content.get("spec").and_then(|s| s.get("listeners")) {
        Some(Value::List(listeners)) => listeners,
        _ => return,
    };
    let name = &gateway.identity;
    let section = parent.field("sectionName");
    let wanted = section.text_or_empty();
    let named: Vec<&Value> = listeners
        .iter()
        .filter(|listener| wanted.is_empty() || listener.word("name") == wanted)
        .collect();
    if named.is_empty() {
        let names = || listeners.iter().map(|listener| listener.word("name"));
        let help = match absent::near(scene, wanted, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", choices(names())),
        };
        section.fault_with(format!("{name} has no listener {}", shown(wanted)), help);
        return;
    }
    let port = parent.field("port");
    let at_port: Vec<&Value> = named
        .into_iter()
        .filter(|listener| port.int().is_none_or(|p| listener.get("port") == Some(&Value::Int(p))))
        .collect();
    if at_port.is_empty() {
        let ports = listeners.iter().filter_map(|listener| match listener.get("port") {
            Some(Value::Int(number)) => Some(number.to_string()),
            _ => None,
        });
        let ports: Vec<String> = ports.collect();
        port.fault_with(
            format!("{name} has no such listener at this port"),
            format!("it listens at {}", choices(ports.iter().map(String::as_str))),
        );
        return;
    }
    let own = scene.namespace_of(spec.subject());
    let open: Vec<&Value> = at_port
        .into_iter()
        .filter(|listener| lets_in(scene, listener, scene.namespace_of(gateway), own))
        .collect();
    if open.is_empty() {
        parent.field("namespace").fault_with(
            format!("{name} does not take routes of namespace {}", shown(own)),
            "allow it in the listener's `allowedRoutes.namespaces`",
        );
        return;
    }
    let hosts = spec.field("hostnames");
    let meet = |host: &str| {
        open.iter().any(|listener| {
            let listened = listener.word("hostname");
            listened.is_empty() || is_within(host, listened) || is_within(listened, host)
        })
    };
    let all: Vec<&str> = hosts.items().filter_map(At::text).collect();
    if !all.is_empty() && !all.iter().any(|host| meet(host)) {
        let listened = open.iter().map(|listener| listener.word("hostname"));
        hosts.fault_with(
            format!("{name} listens for none of these hosts"),
            format!("it listens for {}", choices(listened)),
        );
    }
}

/// Whether a listener lets routes of a namespace in; without a word, those of its own.
fn lets_in(scene: &Scene<'_>, listener: &Value, gateway: &str, route: &str) -> bool {
    let namespaces = listener.get("allowedRoutes").and_then(|routes| routes.get("namespaces"));
    match namespaces.map(|namespaces| namespaces.word("from")) {
        Some("All") => true,
        Some("Selector") => {
            let selector = namespaces.and_then(|all| all.get("selector")?.as_map());
            selector
                .is_none_or(|selector| scene.namespaces().takes(selector, route).unwrap_or(true))
        }
        Some("None") => false,
        _ => gateway == route,
    }
}

/// Whether a host is one that another one stands for: `*.example.com` has all names
/// below it.
fn is_within(host: &str, pattern: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(end) => host.ends_with(end) && host.len() > end.len(),
        None => host == pattern,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn attached(parent: &str, hosts: &str, listener: &str) -> Vec<String> {
        let text = format!(
            "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: shop}}
spec: {{parentRefs: [{{{parent}}}], hostnames: [{hosts}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: g, namespace: infra}}
spec: {{gatewayClassName: istio, listeners: [{{name: http, port: 80, protocol: HTTP, {listener}}}]}}
---
{{apiVersion: v1, kind: Namespace, metadata: {{name: shop, labels: {{team: a}}}}}}
---
{{apiVersion: v1, kind: Namespace, metadata: {{name: infra}}}}
"
        );
        said(RULE.name, &text)
    }

    const G: &str = "name: g, namespace: infra";

    #[test]
    fn namespaces_that_are_let_in() {
        assert!(attached(G, "", "allowedRoutes: {namespaces: {from: All}}").is_empty());
        let selector = |team: &str| {
            let listener = format!(
                "allowedRoutes: {{namespaces: {{from: Selector, selector: {{matchLabels: {{team: {team}}}}}}}}}"
            );
            attached(G, "", &listener)
        };
        assert!(selector("a").is_empty());
        assert_eq!(selector("b").len(), 1);
        assert_eq!(
            attached(G, "", "hostname: a.example.com"),
            [
                "error HTTPRoute/web spec.parentRefs[0].namespace: Gateway/g does not take routes of namespace `shop`"
            ]
        );
        assert_eq!(attached("name: g", "", "hostname: a").len(), 1);
    }

    #[test]
    fn hosts_that_meet() {
        let all = "allowedRoutes: {namespaces: {from: All}}";
        for (host, listened, meet) in [
            ("a.example.com", "'*.example.com'", true),
            ("'*.example.com'", "a.example.com", true),
            ("example.com", "'*.example.com'", false),
            ("b.example.com", "a.example.com", false),
            ("b.example.com, a.example.com", "a.example.com", true),
        ] {
            let listener = format!("{all}, hostname: {listened}");
            assert_eq!(attached(G, host, &listener).is_empty(), meet, "{host} {listened}");
        }
        assert!(attached(G, "a.example.com", all).is_empty());
    }

    #[test]
    fn ports_and_classes() {
        let all = "allowedRoutes: {namespaces: {from: All}}";
        assert!(attached(&format!("{G}, port: 80"), "", all).is_empty());
        assert_eq!(attached(&format!("{G}, port: 81"), "", all).len(), 1);
        let gateway = "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g}, spec: {gatewayClassName: own}}";
        assert!(said(RULE.name, gateway)[0].starts_with("warning "));
    }
}

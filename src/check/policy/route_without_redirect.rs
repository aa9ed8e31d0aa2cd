//! Routes that are served over plain HTTP.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::Scene;
use crate::object::value::Value;

pub static RULE: Rule = Rule {
    name: "policy/route-without-redirect",
    weight: Weight::ADVICE,
    summary: "a route serves its backends over plain HTTP",
    page: "A route that belongs to an HTTP listener of its Gateway serves its backends unencrypted, even where it belongs to an HTTPS listener as well: without `sectionName` a route belongs to every listener that takes it. Name the HTTPS listener (`sectionName`), and give the HTTP one a route that only redirects: `filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {containers: [{name: web, image: registry.example.com/web:v1, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: public}
spec: {controllerName: example.com/gateway}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec:
  gatewayClassName: public
  listeners: [{name: http, protocol: HTTP, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules: [{backendRefs: [{name: web, port: 80}]}]
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: public}
spec: {controllerName: example.com/gateway}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: public}
spec:
  gatewayClassName: public
  listeners: [{name: http, protocol: HTTP, port: 80}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public, sectionName: http}]
  rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]
",
    look: Look::Object(look),
};

const GROUP: &str = "gateway.networking.k8s.io";

fn look<'a>(scene: &Scene<'a>, object: At<'a>) {
    let subject = object.subject();
    if !subject.is(GROUP, "HTTPRoute") {
        return;
    }
    let spec = object.field("spec");
    let serves = spec.field("rules").items().any(|rule| !rule.field("backendRefs").is_empty());
    if !serves {
        return;
    }
    let home = scene.namespace_of(subject);
    let hosts: Vec<&str> = spec.field("hostnames").items().filter_map(At::text).collect();
    for parent in spec.field("parentRefs").items() {
        if parent.field("kind").text_or("Gateway") != "Gateway" {
            continue;
        }
        let namespace = parent.field("namespace").text_or(home);
        let name = parent.field("name").text_or_empty();
        let Some(gateway) = scene.find(GROUP, "Gateway", namespace, name) else { continue };
        let listeners = gateway.content.get("spec").and_then(|spec| spec.get("listeners"));
        let Some(Value::List(listeners)) = listeners else { continue };
        let plain = listeners.iter().find(|listener| {
            let word = |key| listener.word(key);
            let section = parent.field("sectionName").text();
            let port = parent.field("port").int();
            word("protocol") == "HTTP"
                && section.is_none_or(|section| section == word("name"))
                && port.is_none_or(|port| listener.get("port") == Some(&Value::Int(port)))
                && (home == namespace || takes_others(listener))
                && meet(word("hostname"), &hosts)
        });
        if let Some(listener) = plain {
            let listener = listener.word("name");
            parent.fault_with(
                format!(
                    "the listener `{listener}` of the Gateway `{name}` serves it over plain HTTP"
                ),
                "name the HTTPS listener with `sectionName`, and redirect from the HTTP one",
            );
        }
    }
}

/// Whether a listener takes routes of other namespaces; by itself it does not.
fn takes_others(listener: &Value) -> bool {
    let from =
        listener.get("allowedRoutes").and_then(|routes| routes.get("namespaces")?.get("from"));
    from.and_then(Value::as_str).is_some_and(|from| from != "Same")
}

/// Whether a listener for one host, or for all, is for one of these, or for all.
fn meet(listener: &str, hosts: &[&str]) -> bool {
    let within = |host: &str, wide: &str| {
        host == wide || wide.strip_prefix('*').is_some_and(|end| host.ends_with(end))
    };
    listener.is_empty()
        || hosts.is_empty()
        || hosts.iter().any(|host| within(host, listener) || within(listener, host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    fn found(listener: &str, parent: &str, spec: &str) -> usize {
        let text = RULE.bad.replace(
            "protocol: HTTP, port: 80}",
            &format!("port: 80, {listener}}}, {{name: https, protocol: HTTPS, port: 443}}"),
        );
        let text = text.replace(
            "  parentRefs: [{name: public}]",
            &format!("  {spec}\n  parentRefs: [{{name: public{parent}}}]"),
        );
        findings(&RULE, &text).len()
    }

    #[test]
    fn which_listeners_take_it() {
        for (listener, parent, spec, count) in [
            ("protocol: HTTP", "", "", 1),
            ("protocol: HTTP", ", sectionName: http", "", 1),
            ("protocol: HTTP", ", sectionName: https", "", 0),
            ("protocol: HTTP", ", port: 80", "", 1),
            ("protocol: HTTP", ", port: 443", "", 0),
            ("protocol: HTTPS", "", "", 0),
            ("protocol: HTTP, hostname: a.example.com", "", "hostnames: [b.example.com]", 0),
            ("protocol: HTTP, hostname: '*.example.com'", "", "hostnames: [b.example.com]", 1),
            ("protocol: HTTP", ", namespace: other", "", 0),
        ] {
            assert_eq!(found(listener, parent, spec), count, "{listener} {parent} {spec}");
        }
    }
}

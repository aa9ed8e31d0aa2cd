//! HTTPRoutes of the Gateway API.

use crate::support::{Scratch, shop};

/// A system with one route, whose rules are these.
fn route(rules: &str) -> Scratch {
    shop(&format!(
        "
namespaces: {{other: {{}}}}
workloads:
  web: {{image: 'nginx:1', ports: {{http: 8080, alt: 8081}}, services: {{web: {{ports: {{http: 80, alt: 8081}}}}}}}}
  far: {{image: 'nginx:1', namespace: other, ports: {{http: 80}}, services: {{far: {{}}}}}}
routes:
  r:
    parents: {{public: {{namespace: gateways, section: https}}}}
    rules: {rules}
"
    ))
}

#[test]
fn the_smallest_route() {
    route("{all: {to: web/http}}").render("").has(
        "HTTPRoute/r",
        "
        apiVersion: gateway.networking.k8s.io/v1
        metadata: {namespace: shop}
        spec:
          parentRefs: [{name: public, namespace: gateways, sectionName: https}]
          rules: [{name: all, backendRefs: [{name: web, port: 80}]}]
        ",
    );
}

#[test]
fn matches() {
    route("
      {a: {path: /a, pathType: Exact, method: GET, to: web/http},
       b: {matches: {x: {path: /b, headers: {X-Version: v2}}, y: {query: {beta: {regex: '.+'}}}}, to: web/http}}")
    .render("")
    .has(
        "HTTPRoute/r",
        "
        spec:
          rules:
          - name: a
            matches: [{path: {type: Exact, value: /a}, method: GET}]
          - name: b
            matches:
            - path: {type: PathPrefix, value: /b}
              headers: [{name: X-Version, type: Exact, value: v2}]
            - queryParams: [{name: beta, type: RegularExpression, value: .+}]
        ",
    );
}

#[test]
fn shares_of_several_services() {
    let project = route(
        "{all: {to: {web/http: 90, web/alt: 10}, timeouts: {request: 1m30s, backendRequest: 10s}}}",
    );
    project.render("").has(
        "HTTPRoute/r",
        "
        spec:
          rules:
          - backendRefs: [{name: web, port: 80, weight: 90}, {name: web, port: 8081, weight: 10}]
            timeouts: {request: 1m30s, backendRequest: 10s}
        ",
    );
    // An environment may have one instead.
    project.write("overlays/prod.yaml", "routes: {r: {rules: {all: {to: web/alt}}}}\n");
    project.render("--env prod").has(
        "HTTPRoute/r",
        "spec: {rules: [{backendRefs: [{name: web, port: 8081, weight: null}]}]}",
    );
}

#[test]
fn what_becomes_of_requests() {
    route("
      {old: {path: /old, redirect: {scheme: https, hostname: b.example.com, port: 8443, prefix: /new, status: 301}},
       all: {path: /x, to: web/http,
             requestHeaders: {set: {A: b}, add: {C: d}, remove: [E]}, responseHeaders: {remove: [F]},
             rewrite: {hostname: c.example.com, prefix: /}, mirror: {to: web/alt, percent: 10%}}}")
    .render("")
    .has(
        "HTTPRoute/r",
        "
        spec:
          rules:
          - name: old
            backendRefs: null
            filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
                hostname: b.example.com
                port: 8443
                path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}
                statusCode: 301
          - name: all
            filters:
            - type: RequestHeaderModifier
              requestHeaderModifier: {set: [{name: A, value: b}], add: [{name: C, value: d}], remove: [E]}
            - type: ResponseHeaderModifier
              responseHeaderModifier: {remove: [F]}
            - type: URLRewrite
              urlRewrite: {hostname: c.example.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}
            - type: RequestMirror
              requestMirror: {backendRef: {name: web, port: 8081}, percent: 10}
        ",
    );
}

/// Both namespaces are the system's own, so the one consents.
#[test]
fn a_service_of_another_namespace_comes_with_its_consent() {
    let run = || route("{all: {to: {web/http: 1, far/http: 1}}}").render("");
    run().has(
        "HTTPRoute/r",
        "spec: {rules: [{backendRefs: [{name: web, namespace: null}, {name: far, namespace: other, port: 80}]}]}",
    );
    run().has(
        "ReferenceGrant/r",
        "
        apiVersion: gateway.networking.k8s.io/v1beta1
        metadata: {namespace: other}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]
          to: [{group: '', kind: Service, name: far}]
        ",
    );
}

/// The rules of the definition itself.
#[test]
fn what_a_server_would_refuse() {
    for rules in [
        "{}",
        "{all: {}}",
        "{all: {to: nope/http}}",
        "{all: {to: {}}}",
        "{all: {to: {web/http: 0}}}",
        "{all: {to: {web/http: 1000001}}}",
        "{all: {to: web/http, redirect: {scheme: https}}}",
        "{all: {redirect: {}}}",
        "{all: {redirect: {scheme: https, status: 304}}}",
        "{all: {redirect: {path: /a, prefix: /b}}}",
        "{all: {to: web/http, rewrite: {prefix: /b}}}",
        "{all: {to: web/http, rewrite: {prefix: /b}, path: /a, pathType: Exact}}",
        "{all: {to: web/http, rewrite: {}}}",
        "{all: {to: web/http, path: a}}",
        "{all: {to: web/http, path: /a//b}}",
        "{all: {to: web/http, path: '/a#b'}}",
        "{all: {to: web/http, path: '/a%zz'}}",
        "{all: {to: web/http, path: '/a b'}}",
        "{all: {to: web/http, pathType: Exact}}",
        "{all: {to: web/http, path: /a, matches: {b: {path: /b}}}}",
        "{all: {to: web/http, matches: {}}}",
        "{all: {to: web/http, matches: {b: {}}}}",
        "{all: {to: web/http, headers: {A: ''}}}",
        "{all: {to: web/http, headers: {X-A: b, x-a: c}}}",
        "{all: {to: web/http, requestHeaders: {}}}",
        "{all: {to: web/http, requestHeaders: {set: {A: \"b\\nc\"}}}}",
        "{all: {to: web/http, requestHeaders: {remove: [A, a]}}}",
        "{all: {to: web/http, mirror: {to: web/http, percent: 101%}}}",
        "{all: {to: web/http, timeouts: {}}}",
        "{all: {to: web/http, timeouts: {request: 1s, backendRequest: 2s}}}",
    ] {
        let run = route(rules).render("");
        assert_eq!(run.status, 2, "{rules}");
        run.mentions(&["--> k8sgen.yaml:"]);
    }
}

#[test]
fn one_gateway_twice_is_told_apart() {
    let parents = |parents: &str| {
        let rules = "{all: {to: web/http}}";
        let web = "workloads: {web: {image: 'nginx:1', ports: {http: 80}, services: {web: {}}}}";
        shop(&format!("{web}\nroutes: {{r: {{parents: {parents}, rules: {rules}}}}}\n")).render("")
    };
    parents("{a: {gateway: g, section: http}, b: {gateway: g, section: https}}").succeeds();
    // The definition that clusters have by default tells them apart by sections alone.
    let by_port = parents("{a: {gateway: g, port: 80}, b: {gateway: g, port: 443}}");
    assert_eq!(by_port.status, 1);
    assert!(by_port.stderr.contains("sectionName must be unique"), "{}", by_port.stderr);
    parents("{a: {}, b: {namespace: other}}").succeeds();
    parents("{a: {gateway: g}, b: {gateway: g, section: https}}").mentions(&["one Gateway"]);
    parents("{a: {gateway: g}, g: {namespace: shop}}").mentions(&["one Gateway"]);
    parents("{}").mentions(&["belongs to no Gateway"]);
}

#[test]
fn hosts() {
    let hosts = |hosts: &str| {
        let project = route("{all: {to: web/http}}");
        project.write(
            "overlays/dev.yaml",
            format!("tier: development\nroutes: {{r: {{hosts: {hosts}}}}}\n"),
        );
        project.render("")
    };
    hosts("[a.example.com, '*.b.example.com']")
        .has("HTTPRoute/r", "spec: {hostnames: [a.example.com, '*.b.example.com']}");
    hosts("['*']").mentions(&["leave `hosts` out"]);
    hosts("[a.example.com, a.example.com]").mentions(&["twice"]);
}

#[test]
fn a_gateway_and_who_may_come_in() {
    let text = "
issuers: {own: {selfSigned: true}}
certificates: {web: {hosts: ['*.example.com'], issuer: own}}
namespaces: {apps: {}}
workloads: {web: {image: 'nginx:1', namespace: apps, ports: {http: 80}, services: {web: {}}}}
gateways:
  public:
    class: istio
    listeners: {http: 80, https: {port: 443, host: '*.example.com', tls: web, routes: All}}
routes: {r: {namespace: apps, parents: {public: {namespace: shop, section: https}}, rules: {all: {to: web/http}}}}
";
    shop(text).render("").has(
        "Gateway/public",
        "
        apiVersion: gateway.networking.k8s.io/v1
        metadata: {namespace: shop}
        spec:
          gatewayClassName: istio
          listeners:
          - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Same}}}
          - name: https
            hostname: '*.example.com'
            port: 443
            protocol: HTTPS
            tls: {mode: Terminate, certificateRefs: [{name: web}]}
            allowedRoutes: {namespaces: {from: All}}
        ",
    );
    let with = |old: &str, new: &str| shop(&text.replace(old, new)).render("");
    with("section: https}", "section: http}").mentions(&["routes of its own namespace, `shop`"]);
    with("section: https}", "section: htps}").mentions(&["did you mean `https`?"]);
    with("section: https}", "port: 444}").mentions(&["does not listen on 444"]);
    with("tls: web", "tls: wbe").mentions(&["did you mean `web`?"]);
    with("http: 80,", "http: {port: 443, host: '*.example.com', tls: web},")
        .mentions(&["two listeners"]);
    with("{http: 80, https: {port: 443, host: '*.example.com', tls: web, routes: All}}", "{}")
        .mentions(&["1 to 64 listeners"]);
}

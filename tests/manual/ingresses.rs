//! Ingresses, and what each controller makes of their settings.

use crate::support::{Run, Scratch, shop};

const RPC: &str = "
workloads:
  rpc:
    image: nginx:1
    ports: {http: 8545, ws: 8546, udp: {port: 53, protocol: UDP}}
    services: {rpc: {}}
";

/// A system with one Ingress, `api`, which serves `api.example.com` by `rpc/http`.
fn api(settings: &str) -> Scratch {
    let settings: String =
        settings.trim().lines().map(|line| format!("    {}\n", line.trim())).collect();
    shop(&format!(
        "{RPC}ingresses:\n  api:\n    hosts: {{api.example.com: {{/: rpc/http}}}}\n{settings}"
    ))
}

fn annotations(run: Run) -> Vec<String> {
    let ingress = run.object("Ingress/api");
    let all = ingress["metadata"]["annotations"].as_mapping().cloned().unwrap_or_default();
    let text = |(key, value): (&serde_yaml::Value, &serde_yaml::Value)| {
        format!("{}: {}", key.as_str().unwrap(), value.as_str().unwrap())
    };
    all.iter().map(text).collect()
}

#[test]
fn hosts_paths_and_a_default() {
    shop(&format!(
        "{RPC}
ingresses:
  api:
    class: nginx
    hosts:
      rpc.example.com: {{/: rpc/http, /v1: {{to: rpc/8545, pathType: Exact}}}}
      '*.ws.example.com': {{/: rpc/ws}}
      '*': {{/: rpc/http}}
    default: rpc/http
    labels: {{tier: edge}}
"
    ))
    .render("")
    .has(
        "Ingress/api",
        r#"
        apiVersion: networking.k8s.io/v1
        metadata: {name: api, namespace: shop, labels: {tier: edge}}
        spec:
          ingressClassName: nginx
          defaultBackend: {service: {name: rpc, port: {name: http}}}
          rules:
          - host: rpc.example.com
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: rpc, port: {name: http}}}}
              - {path: /v1, pathType: Exact, backend: {service: {name: rpc, port: {number: 8545}}}}
          - host: "*.ws.example.com"
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: rpc, port: {name: ws}}}}]}
          - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: rpc, port: {name: http}}}}]}
        "#,
    );
}

#[test]
fn an_environment_changes_where_one_path_leads() {
    let project = api("class: nginx");
    project.write(
        "overlays/prod.yaml",
        "ingresses: {api: {hosts: {api.example.com: {/: rpc/ws}, b.example.com: {/x: rpc/http}}}}\n",
    );
    project.render("--env prod").has(
        "Ingress/api",
        "
        spec:
          rules:
          - host: api.example.com
            http: {paths: [{path: /, backend: {service: {port: {name: ws}}}}]}
          - host: b.example.com
            http: {paths: [{path: /x, backend: {service: {port: {name: http}}}}]}
        ",
    );
}

#[test]
fn what_ingress_nginx_is_told() {
    let project = api("
        class: nginx
        rateLimit: {rate: 100 per 1s, burst: 300, connections: 20}
        cors: {origins: ['https://a.example.com', 'https://*.b.example.com'], methods: [GET, POST], headers: [Authorization, X-A], exposeHeaders: [X-B], maxAge: 1d}
        basicAuth: {secret: rpc-auth, realm: Admin Area}
        bodySize: 8Mi
        timeouts: {connect: 5s, read: 1m, send: 90s}
        redirectToHttps: true
        rewrite: /$1
        allow: [10.0.0.0/8, 192.168.0.0/16]
        deny: [10.1.0.0/16]
        backendProtocol: GRPC
        annotations: {example.org/by: us}
        ");
    project.write(
        "overlays/dev.yaml",
        "tier: development\nsecrets: {rpc-auth: {from: existing, keys: [auth]}}\n",
    );
    assert_eq!(
        annotations(project.render("")),
        [
            "example.org/by: us",
            "nginx.ingress.kubernetes.io/auth-realm: Admin Area",
            "nginx.ingress.kubernetes.io/auth-secret: rpc-auth",
            "nginx.ingress.kubernetes.io/auth-type: basic",
            "nginx.ingress.kubernetes.io/backend-protocol: GRPC",
            "nginx.ingress.kubernetes.io/cors-allow-credentials: false",
            "nginx.ingress.kubernetes.io/cors-allow-headers: Authorization, X-A",
            "nginx.ingress.kubernetes.io/cors-allow-methods: GET, POST",
            "nginx.ingress.kubernetes.io/cors-allow-origin: https://a.example.com,https://*.b.example.com",
            "nginx.ingress.kubernetes.io/cors-expose-headers: X-B",
            "nginx.ingress.kubernetes.io/cors-max-age: 86400",
            "nginx.ingress.kubernetes.io/denylist-source-range: 10.1.0.0/16",
            "nginx.ingress.kubernetes.io/enable-cors: true",
            "nginx.ingress.kubernetes.io/force-ssl-redirect: true",
            "nginx.ingress.kubernetes.io/limit-burst-multiplier: 3",
            "nginx.ingress.kubernetes.io/limit-connections: 20",
            "nginx.ingress.kubernetes.io/limit-rps: 100",
            "nginx.ingress.kubernetes.io/proxy-body-size: 8m",
            "nginx.ingress.kubernetes.io/proxy-connect-timeout: 5",
            "nginx.ingress.kubernetes.io/proxy-read-timeout: 60",
            "nginx.ingress.kubernetes.io/proxy-send-timeout: 90",
            "nginx.ingress.kubernetes.io/rewrite-target: /$1",
            "nginx.ingress.kubernetes.io/use-regex: true",
            "nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8,192.168.0.0/16",
        ]
    );
}

#[test]
fn sizes_and_rates_in_the_units_of_ingress_nginx() {
    for (setting, annotation) in [
        ("bodySize: 0", "proxy-body-size: 0"),
        ("bodySize: 1500", "proxy-body-size: 1500"),
        ("bodySize: 1Gi", "proxy-body-size: 1g"),
        ("bodySize: 8M", "proxy-body-size: 8000000"),
        ("bodySize: 512Ki", "proxy-body-size: 512k"),
        ("rateLimit: 600 per 1m", "limit-rpm: 600"),
        ("redirectToHttps: false", "ssl-redirect: false"),
    ] {
        let found = annotations(api(&format!("class: nginx\n{setting}")).render(""));
        assert_eq!(found, [format!("nginx.ingress.kubernetes.io/{annotation}")]);
    }
}

#[test]
fn what_haproxy_is_told() {
    let project = api("
        class: public
        controller: haproxy
        rateLimit: 100 per 120s
        cors: {origins: ['https://a.example.com', 'https://*.b.example.com'], credentials: true}
        timeouts: {read: 90s}
        requestHeaders: {X-A: b, X-C: d e}
        responseHeaders: {X-F: g}
        redirectToHttps: true
        rewrite: (.*) /foo\\1
        allow: [10.0.0.0/8, 192.168.0.0/16]
        backendProtocol: HTTPS
        ");
    assert_eq!(
        annotations(project.render("")),
        [
            "haproxy.org/allow-list: 10.0.0.0/8, 192.168.0.0/16",
            "haproxy.org/cors-allow-credentials: true",
            "haproxy.org/cors-allow-origin: ^(https://a\\.example\\.com|https://[^.]+\\.b\\.example\\.com)$",
            "haproxy.org/cors-enable: true",
            "haproxy.org/path-rewrite: (.*) /foo\\1",
            "haproxy.org/rate-limit-period: 2m",
            "haproxy.org/rate-limit-requests: 100",
            "haproxy.org/request-set-header: X-A \"b\"\nX-C \"d e\"",
            "haproxy.org/response-set-header: X-F \"g\"",
            "haproxy.org/server-ssl: true",
            "haproxy.org/ssl-redirect: true",
            "haproxy.org/timeout-server: 90s",
        ]
    );
}

#[test]
fn what_traefik_is_told() {
    let project = api("
        class: traefik
        tls: {}
        traefik: {entryPoints: [web, websecure], middlewares: [shop-auth@kubernetescrd], priority: 42}
        ");
    assert_eq!(
        annotations(project.render("")),
        [
            "traefik.ingress.kubernetes.io/router.entrypoints: web,websecure",
            "traefik.ingress.kubernetes.io/router.middlewares: shop-auth@kubernetescrd",
            "traefik.ingress.kubernetes.io/router.priority: 42",
            "traefik.ingress.kubernetes.io/router.tls: true",
        ]
    );
}

#[test]
fn what_the_aws_load_balancer_controller_is_told() {
    let project = api("
        class: alb
        tls: {}
        redirectToHttps: true
        timeouts: {idle: 90s}
        allow: [10.0.0.0/8]
        backendProtocol: GRPC
        alb: {scheme: internet-facing, targetType: ip, group: shop, healthPath: /healthz}
        ");
    project.render("").has("Ingress/api", "spec: {tls: [{hosts: [api.example.com]}]}");
    assert_eq!(
        annotations(project.render("")),
        [
            "alb.ingress.kubernetes.io/backend-protocol: HTTP",
            "alb.ingress.kubernetes.io/backend-protocol-version: GRPC",
            "alb.ingress.kubernetes.io/group.name: shop",
            "alb.ingress.kubernetes.io/healthcheck-path: /healthz",
            "alb.ingress.kubernetes.io/inbound-cidrs: 10.0.0.0/8",
            "alb.ingress.kubernetes.io/listen-ports: [{\"HTTP\": 80}, {\"HTTPS\": 443}]",
            "alb.ingress.kubernetes.io/load-balancer-attributes: idle_timeout.timeout_seconds=90",
            "alb.ingress.kubernetes.io/scheme: internet-facing",
            "alb.ingress.kubernetes.io/ssl-redirect: 443",
            "alb.ingress.kubernetes.io/target-type: ip",
        ]
    );
}

#[test]
fn what_a_controller_cannot_do_is_an_error() {
    api("class: traefik\nbodySize: 8Mi").render("").says(
        "
        error: Traefik has no annotation for `bodySize`
          --> k8sgen.yaml:11:15
           |
        11 |     bodySize: 8Mi
           |               ^^^
           |
           = help: write a Middleware under `objects`, and name it in `traefik: {middlewares: […]}`
        ",
    );
    for (class, setting, option) in [
        ("traefik", "deny: [10.0.0.0/8]", "`deny`"),
        ("traefik", "timeouts: {read: 5s}", "`timeouts.read`"),
        ("haproxy", "bodySize: 8Mi", "`bodySize`"),
        ("haproxy", "timeouts: {connect: 5s}", "`timeouts.connect`"),
        ("haproxy", "rateLimit: {rate: 5 per 1s, burst: 5}", "`burst`"),
        ("haproxy", "rateLimit: {connections: 5}", "`connections`"),
        ("haproxy", "cors: {origins: ['*'], exposeHeaders: [A]}", "`exposeHeaders`"),
        ("alb", "rateLimit: 5 per 1s", "`rateLimit`"),
        ("alb", "cors: {origins: ['*']}", "`cors`"),
        ("alb", "rewrite: /x", "`rewrite`"),
        ("alb", "timeouts: {read: 5s}", "`timeouts.read`"),
        ("alb", "redirectToHttps: false", "`redirectToHttps`"),
        ("alb", "timeouts: {idle: 2h}", "4000s"),
        ("alb", "alb: {targetType: instance}", "`rpc`"),
        ("nginx", "responseHeaders: {A: b}", "`responseHeaders`"),
        ("nginx", "timeouts: {idle: 5s}", "`timeouts.idle`"),
        ("nginx", "timeouts: {connect: 2m}", "75s"),
        ("nginx", "rateLimit: 5 per 10s", "per 1s"),
        ("nginx", "rateLimit: {rate: 5 per 1s, burst: 7}", "multiple"),
        ("nginx", "rewrite: x", "`rewrite`"),
        ("nginx", "alb: {scheme: internal}", "`alb.scheme`"),
        ("nginx", "traefik: {priority: 1}", "`traefik.priority`"),
    ] {
        api(&format!("class: {class}\n{setting}"))
            .render("")
            .mentions(&[option, "k8sgen.yaml:11:"]);
    }
}

#[test]
fn somebody_must_do_what_is_wanted() {
    api("class: internal\nbodySize: 8Mi").render("").mentions(&["`bodySize`", "controller: nginx"]);
    api("class: internal\ncontroller: nginx").render("").mentions(&["leave this out"]);
    api("class: internal").render("").succeeds();
}

#[test]
fn what_says_nothing_is_refused() {
    for setting in [
        "rateLimit: {}",
        "rateLimit: {burst: 5}",
        "rateLimit: {connections: 0}",
        "timeouts: {}",
        "timeouts: {read: 0s}",
        "timeouts: {read: 500ms}",
        "cors: {origins: []}",
        "cors: {origins: ['*', 'https://a.b']}",
        "cors: {origins: ['*'], credentials: true}",
        "cors: {origins: ['https://a.b'], maxAge: 500ms}",
        "allow: []",
        "bodySize: 100m",
        "traefik: {}",
        "alb: {}",
    ] {
        api(&format!("class: nginx\n{setting}")).render("").mentions(&["--> k8sgen.yaml:11:"]);
    }
    shop("ingresses: {api: {}}").render("").mentions(&["leads nowhere"]);
    shop("ingresses: {api: {hosts: {a.example.com: {}}}}").render("").mentions(&["leads nowhere"]);
}

#[test]
fn an_annotation_is_written_once() {
    api("class: nginx\nbodySize: 8Mi\nannotations: {nginx.ingress.kubernetes.io/proxy-body-size: 1m}")
        .render("")
        .mentions(&["k8sgen.yaml:12:", "another setting of `api`"]);
}

#[test]
fn a_class_is_written_once() {
    api("class: nginx\nannotations: {kubernetes.io/ingress.class: nginx}")
        .render("")
        .mentions(&["k8sgen.yaml:10:", "`kubernetes.io/ingress.class`"]);
}

#[test]
fn hosts_and_paths_have_a_grammar() {
    for hosts in [
        "{A.example.com: {/: rpc/http}}",
        "{1.2.3.4: {/: rpc/http}}",
        "{'*a.example.com': {/: rpc/http}}",
        "{'a.*.com': {/: rpc/http}}",
        "{a.example.com: {api: rpc/http}}",
        "{a.example.com: {/a//b: rpc/http}}",
        "{a.example.com: {/a/../b: rpc/http}}",
        "{a.example.com: {/a/.: rpc/http}}",
        "{a.example.com: {'/a%2Fb': rpc/http}}",
        "{a.example.com: {/: nope/http}}",
        "{a.example.com: {/: rpc/nope}}",
        "{a.example.com: {/: rpc/udp}}",
        "{a.example.com: {/: {to: rpc/http, pathType: Regex}}}",
    ] {
        let text = format!("{RPC}ingresses:\n  api: {{hosts: {hosts}}}\n");
        shop(&text).render("").mentions(&["--> k8sgen.yaml:8:"]);
    }
    // ingress-nginx compares what is no regular expression strictly.
    let odd = "hosts: {b.example.com: {'/a(.*)': rpc/http}}";
    let text = |class: &str| format!("{RPC}ingresses:\n  api: {{class: {class}, {odd}}}\n");
    shop(&text("nginx")).render("").mentions(&["ImplementationSpecific"]);
    shop(&text("haproxy")).render("").succeeds();
}

#[test]
fn two_ingresses_of_one_class_share_no_path() {
    let two = |class: &str| {
        format!(
            "{RPC}ingresses:\n  a: {{class: x, hosts: {{a.example.com: {{/: rpc/http}}}}}}\n  \
             b: {{class: {class}, hosts: {{a.example.com: {{/: rpc/ws}}}}}}\n"
        )
    };
    shop(&two("x")).render("").mentions(&["`a.example.com/`", "k8sgen.yaml:8:", "k8sgen.yaml:9:"]);
    shop(&two("y")).render("").succeeds();
}

#[test]
fn backends_live_where_the_ingress_does() {
    let text = |more: &str| {
        format!(
            "
namespaces: {{edge: {{}}}}
workloads: {{far: {{image: 'nginx:1', namespace: edge, ports: {{http: 80}}, services: {{far: {{}}}}}}}}
ingresses: {{api: {{hosts: {{a.example.com: {{/: far/http}}}}{more}}}}}
"
        )
    };
    shop(&text("")).render("").mentions(&["`shop`", "`edge`", "namespace: edge"]);
    shop(&text(", namespace: nope")).render("").mentions(&["no namespace `nope`"]);
    shop(&text(", namespace: edge")).render("").has("Ingress/api", "metadata: {namespace: edge}");
}

/// A Secret that is literal, and read by an Ingress alone, is made where that lives.
#[test]
fn passwords_are_made_where_they_are_read() {
    let text = "
namespaces: {edge: {}}
secrets: {auth: {from: {literals: {auth: 'a:b'}}}}
workloads: {far: {image: 'nginx:1', namespace: edge, ports: {http: 80}, services: {far: {}}}}
ingresses: {api: {namespace: edge, class: nginx, basicAuth: auth, hosts: {a.example.com: {/: far/http}}}}
";
    shop(text).render("").has("Secret/auth", "metadata: {namespace: edge}");
    let there = text.replace("secrets: {auth: {", "secrets: {auth: {namespace: shop, ");
    shop(&there).render("").mentions(&["this Ingress in `edge`"]);
}

#[test]
fn the_secret_of_passwords_has_the_key_that_the_controller_wants() {
    let with = |class: &str, keys: &str| {
        let project = api(&format!("class: {class}\nbasicAuth: users"));
        let secrets =
            format!("tier: development\nsecrets: {{users: {{from: existing, keys: {keys}}}}}\n");
        project.write("overlays/dev.yaml", secrets);
        project.render("")
    };
    with("nginx", "[auth]").succeeds();
    with("nginx", "[bob]").mentions(&["`auth`", "k8sgen.yaml:11:"]);
    with("haproxy", "[bob, alice]").succeeds();
    api("class: nginx\nbasicAuth: users").render("").mentions(&["`users` under `secrets`"]);
}

#[test]
fn a_certificate_by_an_issuer_or_a_secret() {
    let issued = api("tls: {issuer: le, secret: api-cert}");
    issued.write(
        "overlays/dev.yaml",
        "tier: development\nissuers: {le: {kind: ClusterIssuer, existing: true}}\n",
    );
    issued.render("").has(
        "Ingress/api",
        "
        metadata: {annotations: {cert-manager.io/cluster-issuer: le}}
        spec: {tls: [{secretName: api-cert, hosts: [api.example.com]}]}
        ",
    );
    let by_name = api("tls: le");
    by_name.write("overlays/dev.yaml", "tier: development\nissuers: {le: {selfSigned: true}}\n");
    by_name.render("").has(
        "Ingress/api",
        "
        metadata: {annotations: {cert-manager.io/issuer: le}}
        spec: {tls: [{secretName: api-tls, hosts: [api.example.com]}]}
        ",
    );
    let own = api("tls: {secret: cert}");
    own.render("").mentions(&["`cert` under `secrets`", "`issuer`"]);
    own.write(
        "overlays/dev.yaml",
        "tier: development\nsecrets: {cert: {from: existing, keys: [tls.crt]}}\n",
    );
    own.render("").mentions(&["`tls.key`"]);
    own.write(
        "overlays/dev.yaml",
        "tier: development\nsecrets: {cert: {from: existing, keys: [tls.crt, tls.key]}}\n",
    );
    own.render("").has("Ingress/api", "spec: {tls: [{secretName: cert}]}");
    api("tls: le").render("").mentions(&["no `le` under `issuers`", "existing: true"]);
    api("tls: {}").render("").has("Ingress/api", "spec: {tls: [{hosts: [api.example.com]}]}");
}

#[test]
fn a_certificate_is_for_hosts_that_are_served() {
    api("tls: {hosts: [b.example.com]}")
        .render("")
        .mentions(&["`b.example.com`", "`api.example.com`"]);
    api("tls: {hosts: ['*.example.com']}").render("").succeeds();
    api("tls: {hosts: ['*']}").render("").mentions(&["named"]);
    api("tls: {hosts: [api.example.com, api.example.com]}").render("").mentions(&["twice"]);
    api("default: rpc/http\ntls: {hosts: [b.example.com]}").render("").succeeds();
}

#[test]
fn a_load_balancer_of_aws_takes_no_secret() {
    let project = api("class: alb\ntls: le");
    project.write("overlays/dev.yaml", "tier: development\nissuers: {le: {selfSigned: true}}\n");
    project.render("").mentions(&["takes no certificates from Secrets", "k8sgen.yaml:11:"]);
}

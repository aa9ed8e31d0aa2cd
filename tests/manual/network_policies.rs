//! Network policies from flows: what passes, and what does not.

use std::net::IpAddr;

use crate::support::network::{End, Network};
use crate::support::{Run, shop};

const SHOP: &str = "
workloads:
  web:
    image: web:1
    ports: {http: 2001}
    services: {front: {ports: {http: 2101}}}
    connects: [redis/redis]
  redis: {image: 'redis:7', ports: {redis: 6379, admin: 9000}, services: {redis: {}}}
  batch: {kind: Job, image: 'batch:1', connects: [front/http]}
  other: {image: 'other:1', ports: {http: 80}}
";

fn network(run: Run) -> Network {
    Network::new(&run.objects())
}

fn lets(network: &Network, from: &str, to: &str, port: u16) -> bool {
    network.lets(&network.pod(from), &network.pod(to), port, "TCP")
}

fn address(text: &str) -> End {
    End::Address(text.parse::<IpAddr>().unwrap())
}

#[test]
fn a_flow_opens_both_ends_on_the_pods_own_port() {
    let run = shop(SHOP).render("");
    run.has(
        "NetworkPolicy/redis",
        "
        spec:
          podSelector:
            matchLabels: {app.kubernetes.io/instance: shop, app.kubernetes.io/name: redis}
          policyTypes: [Ingress]
          ingress:
          - from:
            - podSelector:
                matchLabels: {app.kubernetes.io/instance: shop, app.kubernetes.io/name: web}
            ports: [{port: 6379, protocol: TCP}]
        ",
    );
    let network = network(shop(SHOP).render(""));
    assert!(lets(&network, "web", "redis", 6379));
    assert!(!lets(&network, "web", "redis", 9000));
    assert!(!lets(&network, "other", "redis", 6379));
    // The Service has another number than the pods.
    assert!(lets(&network, "batch", "web", 2001));
    assert!(!lets(&network, "batch", "web", 2101));
    // Who says no flows is left alone.
    assert!(lets(&network, "redis", "other", 80));
    assert!(!lets(&network, "web", "other", 80));
}

#[test]
fn default_deny_closes_all_but_the_flows() {
    let network = network(
        shop(SHOP)
            .file("overlays/dev.yaml", "tier: development\nnetworkPolicy: {defaultDeny: true}\n")
            .render(""),
    );
    let mut open = Vec::new();
    for from in network.pods() {
        for to in network.pods() {
            for port in [80, 443, 2001, 2101, 6379, 9000] {
                if lets(&network, &from.name, &to.name, port) {
                    open.push(format!("{}-{}:{port}", from.name, to.name));
                }
            }
        }
    }
    assert_eq!(open, ["web-redis:6379", "batch-web:2001"]);
    assert!(!network.lets(&network.pod("web"), &address("1.1.1.1"), 443, "TCP"));
}

#[test]
fn names_are_resolved() {
    shop(SHOP).render("").has(
        "NetworkPolicy/batch",
        "
        spec:
          policyTypes: [Egress]
          egress:
          - to:
            - podSelector: {matchLabels: {app.kubernetes.io/name: web}}
            ports: [{port: 2001, protocol: TCP}]
          - to:
            - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
              podSelector: {matchLabels: {k8s-app: kube-dns}}
            ports: [{port: 53, protocol: TCP}, {port: 53, protocol: UDP}]
        ",
    );
    shop(SHOP)
        .file("overlays/dev.yaml", "tier: development\nnetworkPolicy: {dns: {namespace: dns, pods: {app: coredns}}}\n")
        .render("")
        .has(
            "NetworkPolicy/batch",
            "
            spec:
              egress:
              - ports: [{port: 2001}]
              - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: dns}}, podSelector: {matchLabels: {app: coredns}}}]
            ",
        );
}

#[test]
fn an_environment_has_none() {
    let names = shop(SHOP)
        .file("overlays/dev.yaml", "tier: development\nnetworkPolicy: {enabled: false}\n")
        .render("")
        .names();
    assert!(!names.iter().any(|name| name.starts_with("NetworkPolicy")));
}

#[test]
fn what_is_waited_for_is_let_through_and_closes_nothing() {
    let project = shop(
        "
        workloads:
          web: {image: 'web:1', waitFor: [redis/redis]}
          redis: {image: 'redis:7', ports: {redis: 6379}, services: {redis: {}}}
        ",
    );
    assert!(!project.render("").names().contains(&"NetworkPolicy/web".to_owned()));
    let denied = project
        .file("overlays/dev.yaml", "tier: development\nnetworkPolicy: {defaultDeny: true}\n");
    assert!(lets(&network(denied.render("")), "web", "redis", 6379));
}

#[test]
fn outside_addresses_without_the_metadata_service() {
    let yaml = |more: &str| {
        shop(&format!(
            "workloads: {{web: {{image: 'w:1', outside: {{all: {{to: [0.0.0.0/0], except: [10.0.0.0/8], ports: [443, 8000-8010, 53/UDP]{more}}}}}}}}}"
        ))
    };
    let closed = network(yaml("").render(""));
    let web = closed.pod("web");
    assert!(closed.lets(&web, &address("203.0.113.7"), 443, "TCP"));
    assert!(closed.lets(&web, &address("203.0.113.7"), 8005, "TCP"));
    assert!(closed.lets(&web, &address("203.0.113.7"), 53, "UDP"));
    assert!(!closed.lets(&web, &address("203.0.113.7"), 80, "TCP"));
    assert!(!closed.lets(&web, &address("10.1.2.3"), 443, "TCP"));
    assert!(!closed.lets(&web, &address("169.254.169.254"), 443, "TCP"));
    let open = network(yaml(", metadataService: true").render(""));
    assert!(open.lets(&web, &address("169.254.169.254"), 443, "TCP"));
}

#[test]
fn flows_from_outside() {
    let network = network(
        shop(
            "
            workloads:
              node:
                image: n:1
                ports: {p2p: 30303, rpc: 8546, metrics: 9090}
                services: {rpc: {type: LoadBalancer, ports: [rpc]}}
                accepts:
                  peers: {from: [0.0.0.0/0], except: [10.0.0.0/8], ports: [p2p]}
                  prometheus: {namespace: monitoring, pods: {app: prometheus}, ports: [metrics]}
            ",
        )
        .render(""),
    );
    let node = network.pod("node");
    assert!(network.lets(&address("203.0.113.7"), &node, 30303, "TCP"));
    assert!(!network.lets(&address("10.1.1.1"), &node, 30303, "TCP"));
    assert!(!network.lets(&address("203.0.113.7"), &node, 9090, "TCP"));
    // A load balancer is open to whom it is open to.
    assert!(network.lets(&address("203.0.113.7"), &node, 8546, "TCP"));
    let scraper = |namespace: &str, app: &str| {
        End::Pod(crate::support::network::Pod {
            name: "prometheus".to_owned(),
            namespace: namespace.to_owned(),
            labels: serde_yaml::from_str(&format!("app: {app}")).unwrap(),
        })
    };
    assert!(network.lets(&scraper("monitoring", "prometheus"), &node, 9090, "TCP"));
    assert!(!network.lets(&scraper("monitoring", "grafana"), &node, 9090, "TCP"));
    assert!(!network.lets(&scraper("shop", "prometheus"), &node, 9090, "TCP"));
}

#[test]
fn flows_cross_namespaces() {
    let network = network(
        shop(
            "
            namespaces: {jobs: {}}
            networkPolicy: {defaultDeny: true}
            workloads:
              web: {image: 'w:1', ports: {http: 80}, services: {web: {}}}
              batch: {namespace: jobs, kind: Job, image: 'b:1', connects: [web/http]}
              same: {kind: Job, image: 'b:1', connects: [batch/http], ports: {x: 1}}
            ",
        )
        .file(
            "overlays/dev.yaml",
            "tier: development\nworkloads: {same: {connects: {batch/http: null, web/http: {}}}}\n",
        )
        .render(""),
    );
    assert!(lets(&network, "batch", "web", 80));
    assert!(lets(&network, "same", "web", 80));
    assert!(!lets(&network, "web", "batch", 1));
}

#[test]
fn the_api_server_for_pods_with_a_token() {
    let network = network(
        shop(
            "
            networkPolicy: {defaultDeny: true, apiServer: {to: [10.0.0.1/32], port: 6443}}
            workloads:
              a: {image: 'a:1', automountToken: true}
              b: {image: 'b:1'}
            ",
        )
        .render(""),
    );
    assert!(network.lets(&network.pod("a"), &address("10.0.0.1"), 6443, "TCP"));
    assert!(!network.lets(&network.pod("b"), &address("10.0.0.1"), 6443, "TCP"));
}

#[test]
fn flows_that_lead_nowhere() {
    shop("workloads: {web: {image: 'w:1', connects: [redi/redis]}, redis: {image: 'r:1', ports: {redis: 6379}, services: {redis: {}}}}")
        .render("")
        .mentions(&["there is no Service `redi`", "did you mean `redis`?"]);
    shop("workloads: {web: {image: 'w:1', connects: [redis/metrics]}, redis: {image: 'r:1', ports: {redis: 6379}}}")
        .render("")
        .mentions(&["the workload `redis` has no port `metrics`"]);
    shop("services: {db: {externalName: db.example.com, ports: {sql: 5432}}}\nworkloads: {web: {image: 'w:1', connects: [db/sql]}}")
        .render("")
        .mentions(&["the Service `db` stands for a name outside", "a policy knows only addresses there"]);
    shop(
        "workloads: {web: {image: 'w:1', outside: {x: {to: [10.0.0.0/8], except: [11.0.0.0/16]}}}}",
    )
    .render("")
    .mentions(&["`11.0.0.0/16` lies in none of the addresses"]);
    shop("workloads: {web: {image: 'w:1', outside: {x: {to: [10.0.0.0/8], ports: [90-80]}}}}")
        .render("")
        .mentions(&["the range ends before it begins"]);
}

#[test]
fn monitoring_scrapes_what_is_scraped() {
    let network = network(
        shop(
            "
            networkPolicy: {defaultDeny: true, monitoring: {namespace: metrics, pods: {app: prometheus}}}
            workloads:
              web: {image: 'w:1', ports: {http: 80, metrics: 9090}, services: {web: {}}, scrape: metrics}
            ",
        )
        .render(""),
    );
    let scraper = End::Pod(crate::support::network::Pod {
        name: "prometheus".to_owned(),
        namespace: "metrics".to_owned(),
        labels: serde_yaml::from_str("app: prometheus").unwrap(),
    });
    assert!(network.lets(&scraper, &network.pod("web"), 9090, "TCP"));
    assert!(!network.lets(&scraper, &network.pod("web"), 80, "TCP"));
}

fn elsewhere(namespace: &str, labels: &str) -> End {
    End::Pod(crate::support::network::Pod {
        name: "elsewhere".to_owned(),
        namespace: namespace.to_owned(),
        labels: serde_yaml::from_str(labels).unwrap(),
    })
}

const OPEN: &str = "
networkPolicy: {defaultDeny: true}
issuers: {le: {acme: {server: letsencrypt, email: a@example.com, solvers: {web: {http01: nginx}}}}}
ingresses: {web: {class: nginx, hosts: {a.example.com: {/: web/http}}, tls: le}}
workloads:
  web: {image: 'w:1', ports: {http: 8080, admin: 9000}, services: {web: {ports: {http: 80}}}}
";

#[test]
fn the_ingress_controller_reaches_what_it_leads_to() {
    let network = network(shop(OPEN).render(""));
    let web = network.pod("web");
    assert!(network.lets(&elsewhere("ingress-nginx", "a: b"), &web, 8080, "TCP"));
    assert!(!network.lets(&elsewhere("ingress-nginx", "a: b"), &web, 9000, "TCP"));
    assert!(!network.lets(&elsewhere("other", "a: b"), &web, 8080, "TCP"));
}

#[test]
fn another_ingress_controller() {
    let network = network(
        shop(OPEN)
            .file("overlays/dev.yaml", "tier: development\nnetworkPolicy: {ingressController: {namespace: edge, pods: {app: nginx}}}\n")
            .render(""),
    );
    let web = network.pod("web");
    assert!(network.lets(&elsewhere("edge", "app: nginx"), &web, 8080, "TCP"));
    assert!(!network.lets(&elsewhere("edge", "app: other"), &web, 8080, "TCP"));
    assert!(!network.lets(&elsewhere("ingress-nginx", "a: b"), &web, 8080, "TCP"));
}

#[test]
fn challenges_of_certificates_are_answered() {
    shop(OPEN).render("").has(
        "NetworkPolicy/acme-http01-solver",
        "
        spec:
          podSelector: {matchLabels: {acme.cert-manager.io/http01-solver: 'true'}}
          policyTypes: [Ingress]
          ingress:
          - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}]
            ports: [{port: 8089, protocol: TCP}]
        ",
    );
}

const SNAPSHOTS: &str = "
snapshots: {nightly: {of: db/data, schedule: '0 2 * * *', keep: 3, image: 'kubectl:1'}}
workloads: {db: {kind: StatefulSet, image: 'db:1', mounts: {/d: {claim: data, size: 1Gi}}}}
";

#[test]
fn what_makes_snapshots_reaches_the_api_server_alone() {
    let policy = |text: &str| {
        shop(SNAPSHOTS)
            .file("overlays/dev.yaml", format!("tier: development\nnetworkPolicy: {text}\n"))
    };
    policy("{defaultDeny: true}")
        .render("")
        .mentions(&["nobody says where the API server is that this asks for snapshots"]);
    let network = network(
        policy("{defaultDeny: true, apiServer: {to: [10.0.0.1/32], port: 6443}}").render(""),
    );
    let maker = network.pod("nightly");
    assert!(network.lets(&maker, &address("10.0.0.1"), 6443, "TCP"));
    assert!(!network.lets(&maker, &address("10.0.0.2"), 6443, "TCP"));
}

#[test]
fn pods_of_other_namespaces_outside_the_system() {
    let network = network(
        shop("workloads: {web: {image: 'w:1', outside: {logs: {namespace: logging, pods: {app: loki}, ports: [3100]}}}}")
            .render(""),
    );
    let web = network.pod("web");
    assert!(network.lets(&web, &elsewhere("logging", "app: loki"), 3100, "TCP"));
    assert!(!network.lets(&web, &elsewhere("logging", "app: loki"), 80, "TCP"));
    assert!(!network.lets(&web, &elsewhere("logging", "app: other"), 3100, "TCP"));
}

/// A Service of its own selector leads to pods that are the system's after all.
#[test]
fn a_service_for_one_pod_opens_both_ends() {
    let network = network(
        shop(
            "
            networkPolicy: {defaultDeny: true}
            services: {primary: {selector: {statefulset.kubernetes.io/pod-name: db-0}, ports: {pg: 5432}}}
            workloads:
              db: {kind: StatefulSet, image: 'db:1', ports: {pg: 5432}}
              web: {image: 'w:1', connects: [primary/pg]}
            ",
        )
        .render(""),
    );
    let policies = shop("").render("").names();
    assert!(policies.iter().all(|name| !name.starts_with("NetworkPolicy")));
    // The evaluator knows no labels of single pods: the ingress end is what counts.
    assert!(network.takes("web", "db", 5432));
}

#[test]
fn a_token_needs_the_api_server() {
    shop(
        "networkPolicy: {defaultDeny: true}\nworkloads: {a: {image: 'a:1', automountToken: true}}",
    )
    .render("")
    .mentions(&["nobody says where the API server is that these pods have a token for"]);
}

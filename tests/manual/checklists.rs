//! `docs/checklists.md`: what the two systems of the examples must have, and the
//! lines that give it. The lines are looked up, so the table cannot go stale.

use std::fmt::Write as _;

use crate::support::{ROOT, snapshot};

/// An item, and for each place that gives it a file and the line's text.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

const BASE: &str = "k8sgen.yaml";
const DEV: &str = "overlays/dev.yaml";
const PROD: &str = "overlays/prod.yaml";
const XAI: &str = "examples/xai/k8sgen.yaml";
const XAI_PROD: &str = "examples/xai/overlays/prod.yaml";
const SHOP_PROD: &str = "examples/shop/overlays/prod.yaml";
const SHOP_AWS: &str = "examples/shop/overlays/aws.yaml";
const SHOP_AZURE: &str = "examples/shop/overlays/azure.yaml";
const SHOP_GCP: &str = "examples/shop/overlays/gcp.yaml";
const WEB: &str = "examples/web/overlays/prod.yaml";

const TABLES: &[(&str, &[Row])] = &[
    (
        "The book's objects",
        &[
            ("Namespace `blockchain`", &[(BASE, "system: blockchain"), (PROD, "namespace:")]),
            ("ConfigMap `blockchain-config`", &[(BASE, "  blockchain-config:")]),
            (
                "ConfigMap with `Settings.toml` for the rate limits",
                &[(BASE, "  rate-limit-settings:")],
            ),
            (
                "Secret `blockchain-secrets`, with an optional miner address",
                &[(BASE, "  blockchain-secrets:"), (BASE, "    optionalKeys: [MINER_ADDRESS]")],
            ),
            (
                "Miners: StatefulSet with per-pod claims",
                &[(BASE, "  miner:"), (BASE, "      /app/data: {claim: miner-data, size: 50Gi}")],
            ),
            (
                "Web servers: StatefulSet with per-pod claims",
                &[
                    (BASE, "  webserver:"),
                    (BASE, "      /app/data: {claim: webserver-data, size: 50Gi}"),
                ],
            ),
            (
                "Redis: Deployment and Service",
                &[(BASE, "    image: redis"), (BASE, "      redis: {}")],
            ),
            (
                "Headless Services",
                &[
                    (
                        BASE,
                        "      miner-headless: {headless: true, publishNotReadyAddresses: true}",
                    ),
                    (BASE, "      webserver-headless: {headless: true}"),
                ],
            ),
            (
                "Services with one name for all pods",
                &[
                    (BASE, "      miner-service: {ports: [p2p], sessionAffinity: 3h}"),
                    (BASE, "      webserver-service: {ports: [web]}"),
                ],
            ),
            (
                "HorizontalPodAutoscalers with behaviours",
                &[
                    (PROD, "      name: miner-hpa"),
                    (PROD, "      up: {window: 0s, add: 1 per 2m}"),
                    (PROD, "      name: webserver-hpa"),
                ],
            ),
            (
                "PodDisruptionBudgets",
                &[
                    (BASE, "    disruption: {name: miner-pdb, minAvailable: 1}"),
                    (BASE, "    disruption: {name: webserver-pdb, minAvailable: 1}"),
                ],
            ),
            ("Downward API", &[(BASE, "      POD_NAME: {field: metadata.name}")]),
            (
                "Init containers that wait",
                &[(BASE, "    waitFor: [miner-service/p2p, redis/redis]")],
            ),
            (
                "Probes",
                &[
                    (
                        BASE,
                        "      liveness: {tcp: p2p, initialDelay: 30s, period: 10s, timeout: 5s}",
                    ),
                    (
                        BASE,
                        "      startup: {http: web/api/health/live, period: 10s, failureThreshold: 30}",
                    ),
                ],
            ),
            (
                "minikube with 4 CPUs and 3072 MB",
                &[(DEV, "# One laptop: minikube start --cpus=4 --memory=3072mb")],
            ),
        ],
    ),
    (
        "The book's production checklists",
        &[
            (
                "Specific image tags, not `latest`",
                &[(BASE, "    tag: v1.0.0"), (PROD, "    tag: v1.0.0")],
            ),
            (
                "Immutable tags, and a way back",
                &[
                    (
                        PROD,
                        "    digest: sha256:5f0c3f4d6e2b8a9170d4c1b6e7a8f9023b4c5d6e7f8091a2b3c4d5e6f708192a",
                    ),
                    (PROD, "    strategy: {partition: 2}"),
                ],
            ),
            ("A pull policy", &[(PROD, "    pullPolicy: IfNotPresent")]),
            (
                "CPU and memory requests and limits",
                &[(BASE, "      requests: {cpu: 500m, memory: 512Mi}")],
            ),
            (
                "LimitRange and ResourceQuota",
                &[(PROD, "    blockchain-limits:"), (PROD, "    blockchain-quota:")],
            ),
            (
                "Service exposure: Ingress and TLS",
                &[(PROD, "ingresses:"), (PROD, "    tls: letsencrypt")],
            ),
            (
                "Network policies: default deny, flows, DNS, egress",
                &[
                    (PROD, "  defaultDeny: true"),
                    (BASE, "    connects: [miner-service/p2p, redis/redis]"),
                ],
            ),
            (
                "RBAC for CI with the least privilege",
                &[(PROD, "  ci-deployer-role:"), (PROD, "    deploys: true")],
            ),
            ("External secrets, no plain text in Git", &[(PROD, "      externalSecret:")]),
            (
                "Supply chain: what runs is pinned by digest",
                &[(
                    PROD,
                    "    digest: sha256:5f0c3f4d6e2b8a9170d4c1b6e7a8f9023b4c5d6e7f8091a2b3c4d5e6f708192a",
                )],
            ),
            (
                "Redis: append-only file and a claim of its own",
                &[
                    (PROD, "    args: [--appendonly, \"yes\"]"),
                    (PROD, "      /data: {claim: data, size: 5Gi, storageClassName: fast-ssd}"),
                ],
            ),
            ("Storage classes", &[(PROD, "storageClasses:")]),
            (
                "Snapshots instead of `kubectl cp`, every night",
                &[(PROD, "snapshotClasses:"), (PROD, "  webserver-nightly:")],
            ),
            ("Restore from a snapshot", &[(SHOP_PROD, "    restoreFrom: postgres-before-17")]),
            (
                "Retention of claims",
                &[(PROD, "    claimRetention: {whenDeleted: Retain, whenScaled: Retain}")],
            ),
            ("Metrics: ServiceMonitor", &[(PROD, "    scrape: {port: web, path: /metrics}")]),
            ("Alerts", &[(PROD, "    alerts: standard")]),
            ("Dashboard", &[(PROD, "dashboards:")]),
            ("Logging", &[(PROD, "  fluentd-config:")]),
            (
                "Hardening: not root, no capabilities, read-only root, seccomp",
                &[(PROD, "  level: restricted"), (PROD, "  readOnlyRootFilesystem: true")],
            ),
            (
                "Pod Security of the namespace",
                &[(
                    PROD,
                    "  podSecurity: {enforce: restricted, audit: restricted, warn: restricted}",
                )],
            ),
            ("Availability during maintenance", &[(PROD, "    disruption: {minAvailable: 2}")]),
            ("Partitioned rollouts", &[(PROD, "    strategy: {partition: 2}")]),
            ("Canary deployments", &[(WEB, "    kind: Rollout")]),
            (
                "Workload identity on AWS, Azure and Google Cloud",
                &[
                    (SHOP_AWS, "      identity: {aws: arn:aws:iam::123456789012:role/shop-api}"),
                    (SHOP_AZURE, "      identity: {azure: 1f2e3d4c-5b6a-4789-8abc-0123456789ab}"),
                    (
                        SHOP_GCP,
                        "      identity: {google: shop-api@shop-prod.iam.gserviceaccount.com}",
                    ),
                ],
            ),
            (
                "GitOps: Argo CD and Flux",
                &[
                    (SHOP_AWS, "  applications:"),
                    (SHOP_AZURE, "  applicationSets:"),
                    (SHOP_GCP, "  kustomizations:"),
                ],
            ),
        ],
    ),
    (
        "The XAI chain",
        &[
            ("`namespace.yaml`", &[(XAI, "system: xai-blockchain")]),
            (
                "`statefulset.yaml`: 3 replicas",
                &[(XAI, "  xai-blockchain-node:"), (XAI, "    replicas: 3")],
            ),
            ("Anti-affinity", &[(XAI_PROD, "    antiAffinity: required")]),
            ("100Gi for each pod", &[(XAI, "      /data: {claim: data, size: 100Gi}")]),
            (
                "Startup and other probes",
                &[(XAI, "      startup: {http: rpc/health, period: 10s, failureThreshold: 60}")],
            ),
            (
                "Non-root 1000, no escalation, few capabilities, read-only root",
                &[
                    (XAI, "      level: restricted"),
                    (XAI, "      runAsUser: 1000"),
                    (XAI, "      readOnlyRootFilesystem: true"),
                ],
            ),
            (
                "preStop",
                &[(XAI, "      preStop: {exec: [/bin/sh, -c, \"xai-cli drain && sleep 10\"]}")],
            ),
            (
                "Requests of 1 CPU and 2Gi, limits of 2 CPUs and 4Gi",
                &[(XAI, "      requests: {cpu: 1000m, memory: 2Gi}")],
            ),
            (
                "`service.yaml`: five Services",
                &[
                    (
                        XAI,
                        "      xai-blockchain-headless: {headless: true, publishNotReadyAddresses: true}",
                    ),
                    (XAI, "      xai-blockchain-p2p: {ports: {p2p: 8545, p2p-public: 30303}}"),
                    (XAI, "      xai-blockchain-rpc: {ports: [rpc]}"),
                    (XAI, "      xai-blockchain-ws: {ports: [ws], sessionAffinity: 3h}"),
                    (XAI, "      xai-blockchain-metrics: {ports: [metrics]}"),
                ],
            ),
            (
                "Port 8545, P2P: internal and load balancer",
                &[
                    (XAI, "      p2p: 8545"),
                    (
                        XAI_PROD,
                        "      xai-blockchain-p2p: {type: LoadBalancer, externalTrafficPolicy: Local}",
                    ),
                ],
            ),
            (
                "Port 8546, JSON-RPC: internal, Ingress, load balancer",
                &[
                    (XAI, "      rpc: 8546"),
                    (XAI_PROD, "      rpc.xai.example.com: {/: xai-blockchain-rpc/rpc}"),
                ],
            ),
            (
                "Port 8547, WebSocket: internal, Ingress, load balancer",
                &[
                    (XAI, "      ws: 8547"),
                    (XAI_PROD, "      ws.xai.example.com: {/: xai-blockchain-ws/ws}"),
                ],
            ),
            ("Port 9090, metrics: internal", &[(XAI, "      metrics: 9090")]),
            ("Port 30303, public P2P: external", &[(XAI, "      p2p-public: 30303")]),
            (
                "`configmap.yaml`: settings, genesis, startup script",
                &[
                    (XAI, "  xai-blockchain-config:"),
                    (XAI, "  xai-blockchain-genesis:"),
                    (XAI, "  xai-blockchain-scripts:"),
                ],
            ),
            (
                "`secret.yaml`: API keys, private keys; External Secrets Operator",
                &[
                    (XAI, "  xai-blockchain-secrets:"),
                    (
                        XAI_PROD,
                        "      externalSecret: {store: cloud-secrets, refresh: 1h, prefix: xai-blockchain/}",
                    ),
                ],
            ),
            (
                "TLS certificates",
                &[(XAI_PROD, "    tls: {issuer: letsencrypt, secret: xai-blockchain-tls}")],
            ),
            (
                "`pv.yaml`: StorageClass with Retain",
                &[(XAI_PROD, "  xai-blockchain-ssd:"), (XAI_PROD, "    reclaimPolicy: Retain")],
            ),
            ("`ingress.yaml`: TLS", &[(XAI_PROD, "    redirectToHttps: true")]),
            ("100 requests per second", &[(XAI_PROD, "    rateLimit: 100 per 1s")]),
            ("CORS", &[(XAI_PROD, "    cors:")]),
            (
                "Basic authentication",
                &[(XAI_PROD, "    basicAuth: {secret: xai-blockchain-rpc-auth, realm: XAI RPC}")],
            ),
            (
                "`rbac.yaml`: ServiceAccount and roles",
                &[(XAI, "    serviceAccount: xai-blockchain"), (XAI_PROD, "roles:")],
            ),
            (
                "NetworkPolicies, ingress and egress",
                &[
                    (XAI_PROD, "  defaultDeny: true"),
                    (XAI, "    connects: [xai-blockchain-headless/p2p]"),
                    (
                        XAI_PROD,
                        "      peers: {to: [0.0.0.0/0], except: [10.0.0.0/8], ports: [8545, 30303]}",
                    ),
                ],
            ),
            (
                "Pod Security Standards",
                &[(
                    XAI_PROD,
                    "  podSecurity: {enforce: restricted, audit: restricted, warn: restricted}",
                )],
            ),
            (
                "Quotas and limit ranges",
                &[
                    (XAI_PROD, "    xai-blockchain-quota:"),
                    (XAI_PROD, "    xai-blockchain-limits:"),
                ],
            ),
            (
                "`hpa.yaml`: 3 to 10, CPU 70 %, memory 75 %",
                &[(XAI_PROD, "      cpu: 70%"), (XAI_PROD, "      memory: 75%")],
            ),
            (
                "Connected peers, sync lag, transaction pool",
                &[
                    (XAI_PROD, "        connected-peers: {pods: xai_connected_peers, average: 45}"),
                    (XAI_PROD, "        block-sync-lag: {pods: xai_block_sync_lag, average: 10}"),
                    (
                        XAI_PROD,
                        "        transaction-pool: {pods: xai_transaction_pool_size, average: 500}",
                    ),
                ],
            ),
            (
                "Up: 50 % or 2 pods a minute",
                &[(XAI_PROD, "      up: {window: 1m, add: [50% per 1m, 2 per 1m], select: Max}")],
            ),
            (
                "Down: 50 % or 1 pod in two minutes",
                &[(
                    XAI_PROD,
                    "      down: {window: 5m, remove: [50% per 2m, 1 per 2m], select: Min}",
                )],
            ),
            (
                "Disruption budget: a quorum stays",
                &[(XAI_PROD, "    disruption: {name: xai-blockchain-pdb, minAvailable: 2}")],
            ),
            (
                "`monitoring.yaml`: scraped by Prometheus, ServiceMonitor",
                &[
                    (XAI_PROD, "    scrape: {port: metrics, path: /metrics}"),
                    (XAI_PROD, "  by: service"),
                ],
            ),
            (
                "Alert: node down, 2 minutes",
                &[(XAI_PROD, "      down: {for: 2m, severity: critical}")],
            ),
            ("Alert: fewer than 2 peers", &[(XAI_PROD, "      XAILowPeerCount:")]),
            ("Alert: no blocks for 10 minutes", &[(XAI_PROD, "      XAINoBlocksProduced:")]),
            (
                "Alert: resources above 90 %",
                &[(XAI_PROD, "      cpu: 90%"), (XAI_PROD, "      memory: 90%")],
            ),
            ("Alert: partition, fewer than 2 nodes", &[(XAI_PROD, "      XAINetworkPartition:")]),
            (
                "Alert: storage 95 % full",
                &[(XAI_PROD, "      disk: {above: 95%, severity: critical}")],
            ),
            (
                "Grafana dashboard",
                &[(
                    XAI_PROD,
                    "  xai-blockchain: {file: dashboards/xai-blockchain.json, folder: Blockchain}",
                )],
            ),
            ("Backups: snapshots", &[(XAI_PROD, "snapshots:")]),
        ],
    ),
];

fn document() -> String {
    let mut text = String::from(
        "# Checklists\n\nWhat the documents of the two example systems ask for, and the lines that give it. The\n\
         table is made by a test, which looks the lines up.\n",
    );
    for (title, rows) in TABLES {
        write!(text, "\n## {title}\n\n| item | lines |\n|---|---|\n").unwrap();
        for (item, places) in *rows {
            let places: Vec<String> = places.iter().map(|(file, line)| link(file, line)).collect();
            writeln!(text, "| {item} | {} |", places.join(", ")).unwrap();
        }
    }
    text
}

/// A link to the first line of a file that is this text.
fn link(file: &str, wanted: &str) -> String {
    let text = std::fs::read_to_string(std::path::Path::new(ROOT).join(file)).unwrap();
    let at = text.lines().position(|line| line == wanted);
    let number = at.unwrap_or_else(|| panic!("{file} has no line `{wanted}`")) + 1;
    let target = file.strip_prefix("docs/").map_or(format!("../{file}"), str::to_owned);
    let shown = file.strip_prefix("examples/").unwrap_or(file);
    format!("[{shown}:{number}]({target}#L{number})")
}

#[test]
fn each_item_has_its_lines() {
    snapshot::assert_same("docs/checklists.md", &document());
}

//! Parts of profiles, each valid by itself. Together they say every key there
//! is; a generated system is a handful of them.

/// A part of a workload, and the kinds that it is for. `W` in it stands for
/// the workload's name, so that names in a system stay apart.
pub type Fragment = (&'static [&'static str], &'static str);

pub const KINDS: [&str; 5] = ["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"];

const ANY: &[&str] = &KINDS;
const LASTING: &[&str] = &["Deployment", "StatefulSet", "DaemonSet"];
const COUNTED: &[&str] = &["Deployment", "StatefulSet"];
const JOBS: &[&str] = &["Job", "CronJob"];

/// What every system begins with: things for workloads to refer to.
pub const BASE: &str = "
system: shop
images:
  app: {name: registry.example.com/app, tag: v1}
config:
  app: {data: {LEVEL: info, EXTRA: more, a.conf: text}}
secrets:
  keys: {from: {literals: {API: one, tls.crt: two}}}
workloads:
  redis: {image: app, ports: {redis: 6379}, services: {redis: {}}}
";

/// What a workload begins with, by its kind.
pub fn workload(kind: &str) -> &'static str {
    match kind {
        "Deployment" => "{image: app, ports: {http: 8080}}",
        "StatefulSet" => "{kind: StatefulSet, image: app, ports: {http: 8080}}",
        "DaemonSet" => "{kind: DaemonSet, image: app, ports: {http: 8080}}",
        "Job" => "{kind: Job, image: app, ports: {http: 8080}}",
        _ => "{kind: CronJob, image: app, ports: {http: 8080}, schedule: '0 2 * * *'}",
    }
}

/// Parts of the system itself.
pub const SYSTEM: &[&str] = &[
    "labels: {team: a}",
    "annotations: {example.org/by: us}",
    "namespace: other",
    "namespace: {name: other, labels: {a: b}, annotations: {c: d}}",
    "namespace: {create: false}",
    "namespaces: {jobs: {labels: {a: b}, annotations: {c: d}}}\nworkloads: {other: {image: app, namespace: jobs}}",
    "namespaces: {made: {create: false}}\nconfig: {far: {namespace: made, data: {A: b}}}\nservices: {far: {namespace: made, selector: {a: b}, ports: {http: 80}}}",
    "namespace: {podSecurity: {enforce: baseline, audit: restricted, warn: restricted, version: '1.33'}}",
    "namespaces: {jobs: {podSecurity: privileged, quotas: {all: {hard: {requests.cpu: '10', pods: 5, count/deployments.apps: 3}}, some: {hard: {pods: 5}, scopes: [BestEffort], priorityClasses: [low]}}}}",
    "namespace: {limitRanges: {all: {container: {default: {cpu: 1}, defaultRequest: {cpu: 500m}, min: {cpu: 100m}, max: {cpu: 2}, maxLimitRequestRatio: {cpu: 10}}, pod: {min: {cpu: 100m}, max: {cpu: 4}, maxLimitRequestRatio: {cpu: 3}}, claim: {min: 1Gi, max: 10Gi}}}}",
    "priorityClasses: {low: 10, high: {value: 1000, globalDefault: true, preemptionPolicy: Never, description: d}}",
    "security: {level: baseline, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, fsGroupChangePolicy: OnRootMismatch, addCapabilities: [NET_BIND_SERVICE]}",
    "security: restricted",
    "networkPolicy: {defaultDeny: true, dns: {namespace: dns, pods: {a: b}}, apiServer: {to: [10.0.0.1/32], port: 6443}}\nworkloads: {redis: {automountToken: true}}",
    "networkPolicy: {defaultDeny: true, dns: {namespace: dns, cidrs: [169.254.20.10/32]}}",
    "clusterDomain: k8s.example\nworkloads: {redis: {env: {A: {address: redis/redis}}}}",
    "images: {app: {pullPolicy: Never}}",
    "images: {app: {digest: 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}}",
    "waitImage: busybox:1\nworkloads: {other: {image: app, waitFor: [redis/redis]}}",
    "config: {app: {immutable: true, labels: {a: b}, annotations: {c: d}}}",
    "config: {other: {data: {A: {address: redis/redis, part: host, prefix: 'p:', suffix: /s}}}}",
    "config: {other: {data: {A: {value: text}}}}",
    "config: {other: {files: {a: files/a.txt, b: {file: files/b.bin}, c: {template: a.txt}}}}",
    "config: {outside: {existing: true, keys: [A]}}\nworkloads: {redis: {env: {A: {config: outside/A}}}}",
    "secrets: {keys: {keys: [API], optionalKeys: [tls.crt]}}",
    "secrets: {keys: {type: example.org/keys, immutable: true, labels: {a: b}, annotations: {c: d}}}",
    "secrets: {outside: {from: existing, keys: [A], optionalKeys: [B]}}\nworkloads: {redis: {env: {A: {secret: outside/A}, B: {secret: outside/B}}}}",
    "secrets: {outside: {from: {existing: true}, keys: [A]}}\nworkloads: {redis: {env: {A: {secret: outside/A}}}}",
    "secrets: {far: {keys: [API], from: {externalSecret: {store: cloud, prefix: shop/, refresh: 1h}}}}",
    "secrets: {far: {keys: [A, B], optionalKeys: [C], labels: {a: b}, annotations: {c: d}, immutable: true, from: {externalSecret: {store: {name: vault, kind: SecretStore}, name: far-keys, propertiesOf: {key: shop/web, version: v1, decodingStrategy: Auto, metadataPolicy: Fetch}, keys: {B: shared/b, C: {key: shared/c, property: d}}, creationPolicy: Orphan, deletionPolicy: Delete}}}}",
    "secrets: {far: {from: {externalSecret: {store: vault, extract: {key: shop/web, conversionStrategy: Unicode}}}}}",
    "secrets: {cert: {type: tls, from: {externalSecret: {store: vault, prefix: tls/}}}}",
    "secrets: {cert: {type: tls, from: existing}}\nworkloads: {redis: {env: {A: {secret: cert/tls.crt}}}}",
    "secrets: {pull: {type: registry, server: ghcr.io, from: {literals: {username: a, password: b}}}}",
    "secrets: {far: {immutable: true, type: example.org/a, labels: {a: b}, from: {sealed: {A: AIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=}, scope: cluster-wide}}}\nworkloads: {redis: {env: {A: {secret: far/A}}}}",
    "secrets: {read: {from: {env: {A: SHOP_API_KEY}, files: {b: files/b.bin}}}}\nworkloads: {redis: {env: {A: {secret: read/A}}}}",
    "accounts: {ci: {labels: {a: b}, annotations: {c: d}, identity: {aws: 'arn:aws:iam::123456789012:role/a'}}}",
    "namespaces: {jobs: {}}\naccounts: {ci: {namespace: jobs, identity: {google: shop-ci@shop.iam.gserviceaccount.com}}}\nroles: {view: {clusterRole: view, namespace: [other, jobs], to: [ci]}}\nnamespace: other",
    "accounts: {there: {existing: true}}\nroles: {r: {rules: [{resources: [pods, apps/deployments], verbs: [get]}, {resources: [configmaps], names: [app], verbs: [update]}], to: [there], labels: {a: b}, annotations: {c: d}}}",
    "roles: {r: {cluster: true, rules: [{nonResourceURLs: [/healthz], verbs: [get]}], to: [{user: jane}, {group: devs}, {account: argo, namespace: argocd}]}}",
    "roles: {ci: {deploys: true, to: [{user: ci}]}, ci-cluster: {deploys: true, cluster: true, to: [{user: ci}]}}",
    "services: {db: {type: ExternalName, externalName: db.example.com, labels: {a: b}, annotations: {c: d}}}",
    "services: {all: {selector: {a: b}, ports: {http: {port: 80, target: 8080, protocol: UDP, appProtocol: x}}}}",
    "services: {all: {headless: true, selector: {a: b}, ports: {http: 80}}}",
    // The edge.
    "ingresses: {all: {class: nginx, default: redis/redis, hosts: {all.example.com: {/: redis/redis, /v1: {to: redis/6379, pathType: Exact}}, '*.all.example.com': {'/a(/|$)(.*)': {to: redis/redis, pathType: ImplementationSpecific}}, '*': {/: redis/redis}}, labels: {a: b}, annotations: {c: d}}}",
    "namespaces: {edge: {}}\nworkloads: {far: {image: app, namespace: edge, ports: {http: 80}, services: {far: {}}}}\ningresses: {away: {namespace: edge, hosts: {away.example.com: {/: far/http}}}}",
    "issuers: {le: {kind: ClusterIssuer, existing: true}}\ningresses: {made: {hosts: {made.example.com: {/: redis/redis}, b.made.example.com: {/: redis/redis}}, tls: {issuer: le, secret: made-cert, hosts: [made.example.com]}}}\nworkloads: {redis: {mounts: {/tls: {secret: made-cert/tls.crt}}}}",
    "secrets: {cert: {from: existing, keys: [tls.crt, tls.key]}}\ningresses: {own: {hosts: {own.example.com: {/: redis/redis}}, tls: {secret: cert}}}",
    "secrets: {auth: {from: existing, keys: [auth]}}\ningresses: {ng: {class: nginx, hosts: {ng.example.com: {/: redis/redis}}, rateLimit: {rate: 100 per 1s, burst: 500, connections: 20}, basicAuth: {secret: auth, realm: Some Where}, bodySize: 8Mi, timeouts: {connect: 5s, read: 60s, send: 61s}, redirectToHttps: true, rewrite: /$2, allow: [10.0.0.0/8], deny: [10.1.0.0/16], backendProtocol: GRPCS}}",
    "ingresses: {cors: {controller: nginx, hosts: {cors.example.com: {/: redis/redis}}, cors: {origins: ['https://a.example.com', 'https://*.b.example.com'], methods: [GET, POST], headers: [X-A], exposeHeaders: [X-B], credentials: true, maxAge: 1d}}}",
    "ingresses: {tr: {class: traefik, hosts: {tr.example.com: {/: redis/redis}}, tls: {}, traefik: {entryPoints: [websecure], middlewares: [shop-auth@kubernetescrd], priority: 7}}}",
    "ingresses: {ha: {class: haproxy, hosts: {ha.example.com: {/: redis/redis}}, rateLimit: 5 per 10s, requestHeaders: {X-A: b}, responseHeaders: {X-C: d}, redirectToHttps: false, backendProtocol: HTTPS}}",
    "ingresses: {alb: {class: alb, hosts: {alb.example.com: {/: redis/redis}}, tls: {}, redirectToHttps: true, timeouts: {idle: 90s}, alb: {scheme: internet-facing, targetType: ip, group: shop, certificates: ['arn:aws:acm:x'], healthPath: /x}}}",
    "secrets: {cert: {from: existing, keys: [tls.crt, tls.key]}}\ngateways: {g: {class: istio, listeners: {http: {port: 80}, https: {port: 443, host: '*.example.com', tls: cert, routes: All}}, labels: {a: b}, annotations: {c: d}}}\nroutes: {g: {parents: {g: {section: https}}, rules: {all: {to: redis/redis}}}}",
    "namespaces: {gates: {}}\ngateways: {h: {namespace: gates, class: istio, listeners: {http: 80}}}",
    "routes: {r: {parents: {a: {gateway: public, namespace: gateways, section: https, port: 443}, own: {}}, hosts: [r.example.com], rules: {all: {to: redis/redis}}, labels: {a: b}, annotations: {c: d}}}",
    "namespaces: {routes: {}}\nworkloads: {near: {image: app, namespace: routes, ports: {http: 80}, services: {near: {}}}}\nroutes: {n: {namespace: routes, parents: {own: {}}, rules: {all: {to: near/http}}}}",
    "routes: {m: {parents: {own: {}}, rules: {several: {matches: {a: {path: /a, pathType: Exact, method: GET}, b: {headers: {X-A: b, X-B: {regex: 'c+'}}, query: {d: {value: e}}}}, to: {redis/redis: 9, redis/6379: 1}, timeouts: {request: 30s, backendRequest: 10s}}, one: {path: /x, rewrite: {hostname: a.example.com, prefix: /y}, to: redis/redis}, whole: {path: /z, rewrite: {path: /w}, to: redis/redis}}}}",
    "routes: {f: {parents: {own: {}}, rules: {moved: {path: /old, redirect: {scheme: https, hostname: b.example.com, port: 8443, prefix: /new, status: 301}}, gone: {path: /gone, redirect: {path: /}}, filtered: {to: redis/redis, requestHeaders: {set: {A: b}, add: {C: d}, remove: [E]}, responseHeaders: {remove: [F]}, mirror: {to: redis/redis, percent: 10%}}}}}",
    "secrets: {dns: {from: existing, keys: [token, id, secret, key]}}\nissuers: {acme: {labels: {a: b}, annotations: {c: d}, acme: {server: letsencrypt-staging, email: a@example.com, accountKey: account, preferredChain: X, externalAccount: {keyID: '1', key: dns/key}, solvers: {web: {http01: nginx, hosts: [a.example.com]}, cf: {cloudflare: dns/token, zones: [a.example]}, aws: {route53: {region: eu-west-1, hostedZone: Z1, role: 'arn:x', accessKey: dns/id, secretKey: dns/secret}}, google: {cloudDNS: {project: p, hostedZone: z, serviceAccount: dns/key}}, azure: {azureDNS: {subscription: s, resourceGroup: g, hostedZone: z, tenant: t, client: c, clientSecret: dns/secret}}, ocean: {digitalocean: {token: dns/token}}, own: {raw: {dns01: {webhook: {groupName: a.example, solverName: b}}}}}}}}",
    "namespaces: {certs: {}}\nissuers: {self: {namespace: certs, selfSigned: true}, ca: {kind: ClusterIssuer, ca: {secret: root}}, vault: {spec: {vault: {path: x, server: 'https://v.example', auth: {}}}}}\ncertificates: {c: {namespace: certs, issuer: self, commonName: root, isCA: true, renewBeforePercentage: 25%, labels: {a: b}, annotations: {c: d}}}",
    "issuers: {own: {selfSigned: true}}\ncertificates: {web: {secret: web-cert, issuer: own, hosts: [web.example.com, '*.web.example.com'], ipAddresses: [10.0.0.1], duration: 90d, renewBefore: 15d, usages: [server auth, client auth], privateKey: {algorithm: ECDSA, size: 256, rotationPolicy: Always, encoding: PKCS8}}}",
    "delivery: {applications: {a: {namespace: argo, project: p, repo: 'https://git.example/a.git', revision: main, path: deploy/dev, server: 'https://c.example', into: elsewhere, sync: {automated: true, prune: true, selfHeal: true, options: [ServerSideApply=true], retry: {limit: 5, after: 10s, factor: 3, longest: 5m}}, labels: {a: b}, annotations: {c: d}}, b: {repo: 'git@git.example:b.git', tree: deploy, cluster: c, sync: {retry: 3}}}}",
    "delivery: {applicationSets: {s: {repo: 'https://git.example/a.git', tree: deploy, environments: {dev: {}, prod: {cluster: eu}}, labels: {a: b}, annotations: {c: d}}}}",
    "delivery: {kustomizations: {k: {namespace: flux, source: {name: s, kind: Bucket, namespace: t}, path: deploy/dev, interval: 5m, retryInterval: 2m, timeout: 4m, prune: false, healthChecks: [redis], dependsOn: [i], serviceAccount: d, into: elsewhere, force: true, suspend: true, labels: {a: b}, annotations: {c: d}}, l: {source: s, tree: deploy, wait: true}}}",
    "objects: {a: {apiVersion: v1, kind: ConfigMap, metadata: {name: raw, labels: {a: b}}, data: {a: b}}}",
    "objects: {a: {apiVersion: example.org/v1, kind: Gadget, metadata: {name: raw, namespace: x}, spec: {a: [1, {b: c}]}}}",
    "patches: {a: {target: Deployment/redis, merge: {spec: {paused: true}}}}",
    "patches: {a: {target: Service/redis, json: [{op: add, path: /metadata/labels/x, value: z}]}}",
];

/// Parts of a workload.
pub const WORKLOAD: &[Fragment] = &[
    (ANY, "containerName: main"),
    (ANY, "pullPolicy: Always\ncommand: [a]\nargs: [b, c]\nworkingDir: /d"),
    (ANY, "tty: true\nstdin: true\nterminationMessagePolicy: FallbackToLogsOnError"),
    (ANY, "securityContext: {runAsUser: 1000, capabilities: {drop: [ALL]}}"),
    (ANY, "ports: {dns: {port: 53, protocol: UDP, hostPort: 53, hostIP: 127.0.0.1}}"),
    (
        ANY,
        "env: {A: text, B: {value: text}, C: {config: app/LEVEL}, D: {secret: keys/API, optional: true}}",
    ),
    (
        ANY,
        "env: {E: {field: metadata.name}, F: {resource: limits.cpu, divisor: 1m, container: side}}\ncontainers: {side: {image: 'side:1', resources: {limits: {cpu: 1}}}}",
    ),
    (ANY, "env: {G: {address: redis/redis, part: port, prefix: 'p:', suffix: /s}, H: $(G)x}"),
    (ANY, "envFrom: [{config: app, prefix: A_}, {secret: keys, optional: true}]"),
    (
        ANY,
        "mounts: {/c: {claim: W-data, size: 1Gi, storageClassName: fast, accessModes: [ReadWriteMany], subPath: x}}",
    ),
    (
        ANY,
        "security: {readOnlyRootFilesystem: true, level: restricted}\nwrites: {/tmp: 1Mi, /run: {medium: Memory}}",
    ),
    (ANY, "connects: [redis/redis]"),
    (
        ANY,
        "outside: {x: {to: [0.0.0.0/0], except: [10.0.0.0/8], ports: [443, 80-90], metadataService: true}}",
    ),
    (
        ANY,
        "ports: {admin: 9000}\naccepts: {x: {from: [10.0.0.0/8], except: [10.1.0.0/16], ports: [http]}, y: {namespace: other, pods: {a: b}}}",
    ),
    (ANY, "mounts: {/e: {existingClaim: shared, readOnly: true}}"),
    (ANY, "mounts: {/f: {config: app, items: {a.conf: x.conf}, mode: 0440, optional: true}}"),
    (ANY, "mounts: {/g: {config: app/a.conf}, /h: {secret: keys/tls.crt, mode: 0400}}"),
    (
        ANY,
        "mounts: {/i: {emptyDir: {size: 1Gi, medium: Memory}}, /j: {emptyDir: 2Gi}, /k: {emptyDir: {}}}",
    ),
    (
        ANY,
        "mounts: {/l: {hostPath: {path: /var/log, type: Directory}, mountPropagation: HostToContainer}}",
    ),
    (ANY, "mounts: {/m: {hostPath: /var/lib}}"),
    (
        ANY,
        "mounts: {/n: {projected: [{config: app, items: {a.conf: a}}, {secret: keys, optional: true}, {token: {path: t, audience: a, expiration: 1h}}, {token: u}], mode: 0400}}",
    ),
    (
        ANY,
        "mounts: {/o: {projected: [{fields: {name: metadata.name}}, {resources: {cpu: {container: W, resource: limits.cpu, divisor: 1m}}}]}}",
    ),
    (ANY, "volumes: {nfs: {nfs: {server: a.example, path: /x}}}\nmounts: {/p: {volume: nfs}}"),
    (
        ANY,
        "env: {POD: {field: metadata.name}}\nmounts: {/q: {emptyDir: {}, subPathExpr: x/$(POD)}}",
    ),
    (
        ANY,
        "resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi, ephemeral-storage: 1Gi}}",
    ),
    (
        ANY,
        "probes: {liveness: {http: http/x, scheme: HTTPS, host: a, headers: {X-A: b}, initialDelay: 3s, period: 4s, timeout: 5s, failureThreshold: 6, terminationGracePeriod: 7s}}",
    ),
    (
        ANY,
        "probes: {readiness: {tcp: http, host: a, successThreshold: 2}, startup: {grpc: 8080/x}}",
    ),
    (ANY, "probes: {liveness: {exec: [a, b]}}"),
    (ANY, "lifecycle: {postStart: {exec: [a]}, preStop: {sleep: 3s}}"),
    (ANY, "lifecycle: {preStop: {http: http/x}}"),
    (ANY, "containers: {beside: {image: 'beside:1', env: {A: b}, ports: {more: 9000}}}"),
    (ANY, "initContainers: {before: {image: 'before:1', command: [a], env: {A: b}}}"),
    (ANY, "sidecars: {with: {image: 'with:1', ports: {side: 9001}}}"),
    (ANY, "waitFor: [redis/redis]"),
    (
        ANY,
        "ports: {dns: 53}\nservices: {W-a: {ports: [http], sessionAffinity: 3h, clusterIP: 10.0.0.7, labels: {s: t}, annotations: {c: d}}}",
    ),
    (
        ANY,
        "services: {W-b: {type: NodePort, ports: {alt: {port: 80, target: http, nodePort: 30080, appProtocol: http}}, internalTrafficPolicy: Local, trafficDistribution: PreferClose}}",
    ),
    (
        ANY,
        "services: {W-c: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30100, loadBalancerSourceRanges: [10.0.0.0/8], loadBalancerClass: a/b, loadBalancerIP: 10.0.0.8, allocateLoadBalancerNodePorts: false}}",
    ),
    (
        ANY,
        "services: {W-d: {externalIPs: [10.0.0.9], ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv4, IPv6]}}",
    ),
    (ANY, "services: {W-e: {headless: true, publishNotReadyAddresses: true}}"),
    (ANY, "serviceAccount: {name: W, labels: {a: b}, annotations: {c: d}}"),
    (ANY, "serviceAccount: {name: outside, existing: true}\nautomountToken: true"),
    (ANY, "serviceAccount: W\nimagePullSecrets: [keys]"),
    (ANY, "serviceAccount: {name: W, identity: {azure: 1f2e3d4c-5b6a-4789-8abc-0123456789ab}}"),
    (
        ANY,
        "nodeSelector: {disk: ssd}\npriorityClassName: high\nschedulerName: mine\nruntimeClassName: gvisor",
    ),
    (
        ANY,
        "antiAffinity: {strength: required, across: zone}\nnear: {redis: {strength: preferred, across: region}}",
    ),
    (ANY, "antiAffinity: preferred\nnear: {redis: required}"),
    (ANY, "spread: {host: {maxSkew: 2, whenUnsatisfiable: DoNotSchedule, minDomains: 3}, zone: 2}"),
    (
        ANY,
        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}",
    ),
    (
        ANY,
        "topologySpreadConstraints: [{maxSkew: 3, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {a: b}}}]",
    ),
    (ANY, "tolerations: [{key: a, operator: Equal, value: b, effect: NoExecute, duration: 5m}]"),
    (
        ANY,
        "dns: {policy: None, nameservers: [10.0.0.10], searches: [a.example], options: {ndots: 2}}",
    ),
    (
        ANY,
        "dns: Default\nhostAliases: {127.0.0.1: [a.local]}\nhostname: x\nsubdomain: y\nsetHostnameAsFQDN: true",
    ),
    (ANY, "hostNetwork: true\nhostPID: true\nhostIPC: true"),
    (ANY, "shareProcessNamespace: true\nenableServiceLinks: false\nterminationGracePeriod: 60s"),
    (ANY, "podSecurityContext: {fsGroup: 1000}"),
    (ANY, "labels: {a: b}\nannotations: {c: d}\npodLabels: {e: f}\npodAnnotations: {g: h}"),
    (ANY, "restartOnChange: false\nenv: {R: {config: app/LEVEL}}"),
    (LASTING, "selector: {app: W}"),
    (LASTING, "minReady: 10s\nrevisionHistoryLimit: 3"),
    (
        LASTING,
        "disruption: {name: W-pdb, minAvailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow}",
    ),
    (LASTING, "disruption: {maxUnavailable: 50%}"),
    (COUNTED, "replicas: 3"),
    (COUNTED, "scale: {name: W-hpa, min: 2, max: 5, cpu: 80%, memory: 1Gi}"),
    (
        COUNTED,
        "scale: {max: 6, metrics: {a: {pods: x, average: 100, selector: {a: b}}, b: {external: y, value: 1k}, c: {object: {of: Ingress/i, metric: z}, value: 2k}, d: {container: W, resource: cpu, utilization: 70%}}}",
    ),
    (
        COUNTED,
        "scale: {max: 6, metrics: {e: {object: {of: Gadget/g, apiVersion: a.b/v1, metric: z}, average: 2k}}}",
    ),
    (
        COUNTED,
        "scale: {max: 7, cpu: 50%, up: {window: 5s, add: [100% per 30s, 2 per 1m], select: Min}, down: {window: 10m, remove: 1 per 5m, select: Max}}",
    ),
    (&["Deployment"], "progressDeadline: 5m\nstrategy: {maxSurge: 2, maxUnavailable: 25%}"),
    (&["Deployment"], "strategy: Recreate"),
    (&["StatefulSet"], "strategy: {partition: 2}\npodManagementPolicy: Parallel"),
    (
        &["StatefulSet"],
        "strategy: {type: OnDelete}\nclaimRetention: {whenDeleted: Delete, whenScaled: Delete}",
    ),
    (
        &["StatefulSet"],
        "services: {W-x: {headless: true}, W-y: {headless: true}}\ngoverningService: W-y",
    ),
    (&["StatefulSet"], "replicas: 3\nenv: {P: {address: W-headless/http, pod: 1}}"),
    (&["DaemonSet"], "strategy: {maxUnavailable: 2}"),
    (
        JOBS,
        "job: {completions: 3, parallelism: 2, completionMode: Indexed, backoffLimit: 4, deadline: 1h, ttl: 1d, restartPolicy: Never, suspend: true}",
    ),
    (&["Job"], "job: {newNameOnChange: true}"),
    (
        JOBS,
        "job: {restartPolicy: Never, podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [42]}}]}}",
    ),
    (
        &["CronJob"],
        "schedule: {cron: '@daily', timeZone: Europe/Berlin, concurrencyPolicy: Forbid, startingDeadline: 10m, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 2, suspend: true}",
    ),
];

/// Settings that may not make sense together. Each is refused, or every key of
/// it has an effect. (Not here: settings of the whole system that nothing needs
/// yet, as `waitImage`, and what is empty, as `env: {}`: they say nothing.)
pub const ODD_SYSTEM: &[&str] = &[
    "secrets: {x: {from: existing, type: a}}",
    "secrets: {x: {from: existing, immutable: true}}",
    "secrets: {x: {from: existing, type: tls, keys: [tls.crt]}}",
    "secrets: {x: {from: existing, server: ghcr.io}}",
    "secrets: {x: {from: {existing: true, scope: strict}}}",
    "secrets: {x: {from: {literals: {A: b}, waiver: made up}}}",
    "secrets: {x: {from: {literals: {A: b}, scope: strict}}}",
    "secrets: {x: {keys: [A], server: ghcr.io, from: {externalSecret: {store: v, prefix: a/}}}}",
    "secrets: {x: {keys: [A], from: {externalSecret: {store: v, prefix: a/, keys: {A: b}}}}}",
    "secrets: {x: {keys: [A], from: {externalSecret: {store: v, extract: a, keys: {A: {key: b, conversionStrategy: Unicode}}}}}}",
    "accounts: {x: {existing: true, identity: {aws: 'arn:aws:iam::123456789012:role/a'}}}",
    "accounts: {x: {existing: true, annotations: {a: b}}}",
    "accounts: {x: {annotations: {eks.amazonaws.com/role-arn: a}, identity: {aws: 'arn:aws:iam::123456789012:role/a'}}}",
    "roles: {x: {cluster: true, namespace: other, rules: [{resources: [pods], verbs: [get]}]}}",
    "roles: {x: {cluster: true, clusterRole: view, namespace: other, to: [{user: a}]}}\nnamespace: other",
    "roles: {x: {clusterRole: view, to: [{user: a, namespace: b}]}}",
    "roles: {x: {rules: [{resources: [pods, pods], verbs: [get]}]}}",
    "roles: {x: {rules: [{resources: [pods], names: [a], verbs: [create]}]}}",
    "roles: {x: {cluster: true, rules: [{nonResourceURLs: [/x], names: [a], verbs: [get]}]}}",
    "accounts: {x: {}}\nworkloads: {redis: {serviceAccount: {name: x, existing: true}}}",
    "accounts: {x: {}}\nworkloads: {redis: {serviceAccount: {name: x, labels: {a: b}}}}",
    "config: {x: {existing: true, immutable: true}}",
    "namespace: {create: false, labels: {a: b}}",
    "namespace: {create: false, annotations: {a: b}}",
    "namespace: {name: default, labels: {a: b}}",
    "patches: {a: {target: Deployment/redis, merge: {}}}",
    "secrets: {x: {from: existing, labels: {a: b}}}",
    "config: {x: {existing: true, annotations: {a: b}}}",
    "services: {x: {type: ExternalName, externalName: a.b, selector: {a: b}}}",
    "services: {x: {type: ExternalName, externalName: a.b, sessionAffinity: 3h}}",
    "services: {x: {type: ExternalName, externalName: a.b, publishNotReadyAddresses: true}}",
    "services: {x: {type: ExternalName, externalName: a.b, ipFamilies: [IPv4]}}",
    "services: {x: {type: ExternalName, externalName: a.b, internalTrafficPolicy: Local}}",
    "services: {x: {type: ExternalName, externalName: a.b, externalIPs: [10.0.0.1]}}",
    "services: {x: {headless: true, selector: {a: b}, ports: {http: 80}, sessionAffinity: 3h}}",
    "services: {x: {headless: true, selector: {a: b}, ports: {http: {port: 80, target: 81}}}}",
    "images: {app: {name: 'a:1', tag: v2}}",
    "objects: {a: {apiVersion: v1, kind: ConfigMap, metadata: {name: raw}, stringData: {a: b}}}",
    "objects: {a: {apiVersion: v1, kind: Secret, metadata: {name: raw}, stringData: {a: b}, data: {a: YQ==}}}",
    "objects: {a: {apiVersion: v1, kind: ConfigMap, metadata: {name: raw}, status: {a: b}}}",
    "patches: {a: {target: Deployment/redis, merge: {spec: {paused: null}}}}",
    "config: {x: {data: {A: {value: a, prefix: b}}}}",
    "config: {x: {data: {A: {address: redis/redis, part: host, pod: 0}}}}",
    "ingresses: {o: {class: traefik, hosts: {o.example.com: {/: redis/redis}}, bodySize: 8Mi}}",
    "ingresses: {o: {class: haproxy, hosts: {o.example.com: {/: redis/redis}}, rateLimit: {rate: 5 per 1s, burst: 5}}}",
    "ingresses: {o: {class: alb, hosts: {o.example.com: {/: redis/redis}}, redirectToHttps: false}}",
    "ingresses: {o: {class: nginx, hosts: {o.example.com: {/: redis/redis}}, tls: {hosts: [p.example.com]}}}",
    "ingresses: {o: {class: nginx, hosts: {o.example.com: {/: redis/redis}}, traefik: {priority: 3}}}",
    "ingresses: {o: {class: nginx, hosts: {o.example.com: {/: redis/redis}}, controller: haproxy}}",
    "ingresses: {o: {class: nginx, hosts: {o.example.com: {/: redis/redis}}, timeouts: {}}}",
    "ingresses: {o: {class: nginx, hosts: {o.example.com: {}}}}",
    "ingresses: {o: {class: nginx, hosts: {o.example.com: {/: redis/redis}}, bodySize: 8Mi, annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 1m}}}",
    "issuers: {x: {existing: true, labels: {a: b}}}",
    "issuers: {x: {kind: ClusterIssuer, namespace: other, selfSigned: true}}",
    "issuers: {x: {acme: {server: letsencrypt}}}",
    "issuers: {x: {acme: {server: letsencrypt, solvers: {a: {raw: {http01: {ingress: {}}}, zones: [a.example]}}}}}",
    "issuers: {x: {acme: {server: letsencrypt, solvers: {a: {azureDNS: {subscription: s, resourceGroup: g, client: c, tenant: t}}}}}}",
    "issuers: {x: {selfSigned: true}}\ncertificates: {c: {issuer: x, hosts: [a.example.com], privateKey: {algorithm: Ed25519, size: 256}}}",
    "routes: {o: {parents: {own: {}}, rules: {a: {to: redis/redis, redirect: {scheme: https}}}}}",
    "routes: {o: {parents: {own: {}}, rules: {a: {to: redis/redis, pathType: Exact}}}}",
    "routes: {o: {parents: {own: {}}, rules: {a: {to: redis/redis, path: /a, matches: {b: {path: /b}}}}}}",
    "delivery: {applications: {a: {repo: 'https://git.example/a.git', tree: deploy, sync: {prune: true}}}}",
    "delivery: {applicationSets: {s: {repo: 'https://git.example/a.git', path: deploy, environments: {dev: {}}}}}",
    "delivery: {kustomizations: {k: {source: s, tree: deploy, wait: true, healthChecks: [redis]}}}",
];

/// Settings that would do nothing. (An image that no workload uses is none of
/// them: it stands ready for an environment that does.)
pub const IGNORED: &[&str] = &["patches: {a: {target: Deployment/redis, json: []}}"];

pub const ODD_WORKLOAD: &[Fragment] = &[
    (ANY, "env: {A: {value: x, container: web}}"),
    (ANY, "env: {A: {value: x, divisor: 1}}"),
    (ANY, "env: {A: {field: metadata.name, optional: true}}"),
    (ANY, "env: {A: {field: metadata.name, divisor: 1}}"),
    (ANY, "env: {A: {config: app/LEVEL, prefix: x}}"),
    (ANY, "env: {A: {config: app/LEVEL, container: web}}"),
    (ANY, "mounts: {/a: {emptyDir: {}, storageClassName: x}}"),
    (ANY, "mounts: {/a: {emptyDir: {}, accessModes: [ReadWriteOnce]}}"),
    (ANY, "mounts: {/a: {emptyDir: {}, items: {a: b}}}"),
    (ANY, "mounts: {/a: {emptyDir: {}, optional: true}}"),
    (ANY, "mounts: {/a: {existingClaim: x, size: 1Gi}}"),
    (ANY, "mounts: {/a: {existingClaim: x, accessModes: [ReadWriteOnce]}}"),
    (ANY, "mounts: {/a: {claim: x, size: 1Gi, mode: 0400}}"),
    (ANY, "mounts: {/a: {claim: x, size: 1Gi, optional: true}}"),
    (ANY, "mounts: {/a: {config: app, size: 1Gi}}"),
    (ANY, "mounts: {/a: {config: app/a.conf, items: {a.conf: b}}}"),
    (ANY, "mounts: {/a: {config: app/a.conf, subPath: b}}"),
    (ANY, "mounts: {/a: {hostPath: /x, mode: 0400}}"),
    (ANY, "mounts: {/a: {projected: [{token: t, items: {a: b}}]}}"),
    (ANY, "mounts: {/a: {projected: [{token: t, optional: true}]}}"),
    (ANY, "mounts: {/a: {projected: [{fields: {a: metadata.name}, optional: true}]}}"),
    (ANY, "mounts: {/a: {projected: [{config: app/a.conf, items: {a.conf: b}}]}}"),
    (ANY, "mounts: {/a: {projected: [{config: app}], optional: true}}"),
    (ANY, "mounts: {/a: {projected: [{config: app}], items: {a: b}}}"),
    (ANY, "mounts: {/a: {config: app, mode: 0400}, /b: {config: app, mode: 0440}}"),
    (ANY, "mounts: {/a: {config: app, optional: true}, /b: {config: app}}"),
    (ANY, "mounts: {/a: {emptyDir: {size: 1Gi}}, /b: {emptyDir: {}}}"),
    (ANY, "mounts: {/a: {claim: x, size: 1Gi}, /b: {claim: x, storageClassName: y}}"),
    (ANY, "volumes: {x: {emptyDir: {}}}"),
    (ANY, "volumes: {x: {name: y, emptyDir: {}}}\nmounts: {/a: {volume: x}}"),
    (ANY, "probes: {liveness: {grpc: 8080, host: a}}"),
    (ANY, "probes: {liveness: {grpc: 8080, scheme: HTTP}}"),
    (ANY, "probes: {liveness: {exec: [a], host: a}}"),
    (ANY, "probes: {liveness: {tcp: http, headers: {A: b}}}"),
    (ANY, "resources: {}"),
    (ANY, "lifecycle: {}"),
    (ANY, "initContainers: {a: {image: 'a:1', probes: {liveness: {exec: [a]}}}}"),
    (ANY, "initContainers: {a: {image: 'a:1', lifecycle: {preStop: {exec: [a]}}}}"),
    (ANY, "initContainers: {a: {image: 'a:1', ports: {x: 90}}}"),
    (ANY, "tolerations: [{key: a, operator: Exists, duration: 5m}]"),
    (ANY, "tolerations: [{key: a}]"),
    (ANY, "dns: {policy: Default, nameservers: [10.0.0.1]}"),
    (
        ANY,
        "antiAffinity: required\naffinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}",
    ),
    (
        ANY,
        "spread: {zone: 1}\ntopologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]",
    ),
    (ANY, "spread: {zone: {minDomains: 2}}"),
    (ANY, "hostNetwork: true\nports: {x: {port: 90, hostPort: 91}}"),
    (ANY, "hostNetwork: true\nhostname: a"),
    (ANY, "services: {W-s: {headless: true, internalTrafficPolicy: Local}}"),
    (ANY, "services: {W-s: {headless: true, loadBalancerIP: 10.0.0.1}}"),
    (ANY, "services: {W-s: {allocateLoadBalancerNodePorts: false}}"),
    (ANY, "services: {W-s: {selector: {a: b}}}"),
    (ANY, "services: {W-s: {sessionAffinity: None}}"),
    (ANY, "serviceAccount: {name: x, existing: true, labels: {a: b}}"),
    (LASTING, "minReady: 0s"),
    (COUNTED, "replicas: 3\nscale: {min: 2, max: 5, cpu: 80%}"),
    (
        COUNTED,
        "scale: {max: 5, metrics: {a: {container: W, resource: cpu, utilization: 70%, selector: {a: b}}}}",
    ),
    (COUNTED, "scale: {max: 5, metrics: {a: {container: W, resource: cpu, value: 2}}}"),
    (COUNTED, "scale: {max: 5, metrics: {a: {external: x, value: 2, resource: cpu}}}"),
    (COUNTED, "scale: {max: 5, cpu: 80%, up: {}}"),
    (COUNTED, "scale: {max: 5, cpu: 80%, up: {select: Disabled, add: 1 per 1m}}"),
    (COUNTED, "scale: {max: 5, cpu: 80%, up: {tolerance: 0.05}}"),
    (&["StatefulSet"], "claimRetention: {}"),
    (&["StatefulSet"], "claimRetention: {whenDeleted: Delete}"),
    (&["Deployment"], "strategy: {type: Recreate, maxSurge: 1}"),
    (&["Deployment"], "strategy: {}"),
    (JOBS, "job: {completionMode: Indexed}"),
    (JOBS, "job: {podFailurePolicy: {rules: []}}"),
    (&["CronJob"], "job: {suspend: true}\nschedule: {cron: '@daily', suspend: false}"),
];

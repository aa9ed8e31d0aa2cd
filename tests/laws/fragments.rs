//! Parts of profiles, each valid by itself. Together they say every key there
//! is; a generated system is a handful of them.

/// A part of a workload, and the kinds that it is for. `W` in it stands for
/// the workload's name, so that names in a system stay apart.
pub type Fragment = (&'static [&'static str], &'static str);

pub const KINDS: [&str; 6] =
    ["Deployment", "Rollout", "StatefulSet", "DaemonSet", "Job", "CronJob"];

const ANY: &[&str] = &KINDS;
const LASTING: &[&str] = &["Deployment", "Rollout", "StatefulSet", "DaemonSet"];
const COUNTED: &[&str] = &["Deployment", "Rollout", "StatefulSet"];
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
        "Rollout" => "{kind: Rollout, image: app, ports: {http: 8080}, canary: {}}",
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
    "services: {db: {type: ExternalName, externalName: db.example.com, labels: {a: b}, annotations: {c: d}}}",
    "services: {all: {selector: {a: b}, ports: {http: {port: 80, target: 8080, protocol: UDP, appProtocol: x}}}}",
    "services: {all: {headless: true, selector: {a: b}, ports: {http: 80}}}",
    "objects: {a: {apiVersion: v1, kind: ConfigMap, metadata: {name: raw, labels: {a: b}}, data: {a: b}}}",
    "objects: {a: {apiVersion: example.org/v1, kind: Gadget, metadata: {name: raw, namespace: x}, spec: {a: [1, {b: c}]}}}",
    "patches: {a: {target: Deployment/redis, merge: {spec: {paused: true}}}}",
    "patches: {a: {target: Service/redis, json: [{op: add, path: /metadata/labels/x, value: z}]}}",
    "analysis: {fit: {args: {service: {}, limit: '0.95', token: {secret: keys/API}}, labels: {a: b}, annotations: {c: d}, metrics: {rate: {interval: 1m, initialDelay: 30s, count: 5, failureLimit: 2, inconclusiveLimit: 1, consecutiveErrorLimit: 3, successCondition: 'result[0] > {{args.limit}}', failureCondition: 'result[0] < 0.1', prometheus: {address: 'http://prometheus:9090', query: 'up{service=\"{{args.service}}\"}', timeout: 20s, insecure: true}}, page: {provider: {web: {url: 'http://{{ args.service }}/{{args.token}}', jsonPath: '{$.ok}'}}}}}}",
    "namespaces: {far: {}}\nanalysis: {far: {namespace: far, metrics: {ok: {provider: {prometheus: {query: up}}}}}}",
    "analysis: {well: {args: {service: {}, hash: {}, where: {}}, metrics: {ok: {interval: 1m, count: 2, provider: {prometheus: {query: '{{args.service}} {{args.hash}} {{args.where}}'}}}}}}\nworkloads: {moved: {kind: Rollout, image: app, ports: {http: 8080}, canary: {steps: [10%, {weight: 20}, pause 2m, {pause: {duration: 3m}}, {pause: forever}, {analysis: {templates: well, args: {service: a, hash: {podTemplateHash: Latest}, where: {field: metadata.namespace}}}}, {canaryScale: {replicas: 2}}, {canaryScale: {weight: 25%}}, {canaryScale: {matchTrafficWeight: true}}], maxSurge: 1, maxUnavailable: 10%, scaleDownDelay: 31s, abortScaleDownDelay: 10s, trafficRouting: {nginx: {ingress: main, annotationPrefix: a.b}, maxTrafficWeight: 1000}, analysis: {templates: [well], startingStep: 1, args: {service: {value: b}, hash: c, where: d}}}}}",
    "workloads: {routed: {kind: Rollout, image: app, ports: {http: 8080}, services: {now: {}, later: {}, more: {}}, canary: {stableService: now, canaryService: later, dynamicStableScale: true, trafficRouting: {gateway: {httpRoute: web}}}}}",
    "workloads: {balanced: {kind: Rollout, image: app, ports: {http: 8080}, services: {balanced: {}, root: {}}, canary: {stableService: balanced, trafficRouting: {alb: {ingress: main, servicePort: 8080, rootService: root, annotationPrefix: a.b}}}}}",
    "workloads: {meshed: {kind: Rollout, image: app, ports: {http: 8080}, canary: {trafficRouting: {istio: {virtualService: web, routes: [primary]}}}}}",
    "workloads: {plugged: {kind: Rollout, image: app, ports: {http: 8080}, canary: {trafficRouting: {plugins: {example.org/mine: {a: b}}}}}}",
    "analysis: {smoke: {metrics: {ok: {provider: {prometheus: {query: up}}}}}, after: {metrics: {fine: {provider: {prometheus: {query: up}}}}}}\nworkloads: {switched: {kind: Rollout, image: app, ports: {http: 8080}, services: {blue: {}, green: {}, red: {}}, blueGreen: {activeService: blue, previewService: green, autoPromotion: true, autoPromotionAfter: 10m, previewReplicas: 1, scaleDownDelay: 10m, abortScaleDownDelay: 40s, maxUnavailable: 1, prePromotionAnalysis: smoke, postPromotionAnalysis: {templates: [after]}}}}",
    "workloads: {coloured: {kind: Rollout, image: app, ports: {http: 8080}, blueGreen: {autoPromotion: false}}}",
    "storageClasses: {fast: {provisioner: aws-ebs, type: gp3, encrypted: true, fsType: xfs, parameters: {iops: '5000'}, reclaimPolicy: Retain, volumeBindingMode: Immediate, allowVolumeExpansion: true, mountOptions: [noatime], zones: [a, b], default: true, labels: {a: b}, annotations: {c: d}}}",
    "storageClasses: {blue: {provisioner: azure-disk, type: Premium_LRS}, other: {provisioner: csi.example.org, allowedTopologies: [{matchLabelExpressions: [{key: a, values: [b]}]}]}, hand: {provisioner: local}}",
    "persistentVolumes: {disks: {for: store/data, nodes: [a, b], local: /mnt, reclaimPolicy: Delete, labels: {a: b}, annotations: {c: d}}}\nworkloads: {store: {kind: StatefulSet, image: app, replicas: 2, mounts: {/d: {claim: data, size: 5Gi, storageClassName: local}}}}",
    "persistentVolumes: {disk: {for: kept/data, pod: 1, nfs: {server: nfs.example.org, path: /x, readOnly: true}, capacity: 6Gi, accessModes: [ReadWriteOnce, ReadOnlyMany], mountOptions: [hard]}}\nworkloads: {kept: {kind: StatefulSet, image: app, replicas: 2, mounts: {/d: {claim: data, size: 5Gi, storageClassName: ''}}}}",
    "persistentVolumes: {own: {hostPath: {path: /srv, type: Directory}, nodes: [a], capacity: 1Gi, volumeMode: Filesystem}, disk-1: {csi: {driver: a.example.org, volumeHandle: v}, capacity: 1Gi, storageClassName: x, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}}",
    "claims: {pile: {size: 1Gi, storageClassName: fast, accessModes: [ReadWriteMany], volumeMode: Filesystem, restoreFrom: old, labels: {a: b}, annotations: {c: d}}, given: {size: 1Gi, volumeName: v}, chosen: {size: 1Gi, selector: {a: b}}}\nworkloads: {reader: {image: app, mounts: {/d: {existingClaim: pile}}}}",
    "namespaces: {stored: {}}\nclaims: {away: {namespace: stored, size: 1Gi}}\nsnapshots: {away: {claim: x, namespace: stored}}",
    "snapshotClasses: {csi: {driver: aws-ebs, deletionPolicy: Retain, parameters: {a: b}, default: true, labels: {a: b}, annotations: {c: d}}}",
    "snapshots: {one: {of: saved/data, pod: 1, volumeSnapshotClassName: csi, labels: {a: b}, annotations: {c: d}}, nightly: {of: saved/data, schedule: {cron: '0 2 * * *', timeZone: Europe/Berlin, concurrencyPolicy: Replace, startingDeadline: 10m, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 2, suspend: true}, keep: 7, image: app, resources: {requests: {cpu: 20m}}, labels: {a: b}, annotations: {c: d}}}\nworkloads: {saved: {kind: StatefulSet, image: app, replicas: 2, mounts: {/d: {claim: data, size: 5Gi}}}}",
    "snapshots: {shelf: {of: shelf}, weekly: {claim: x, schedule: '@weekly', keep: 2, image: app, volumeSnapshotClassName: csi}}\nclaims: {shelf: {size: 1Gi}}",
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
        "mounts: {/c: {claim: W-data, size: 1Gi, storageClassName: fast, accessModes: [ReadWriteMany], restoreFrom: old, subPath: x}}",
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
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {name: W-hpa, min: 2, max: 5, cpu: 80%, memory: 1Gi}",
    ),
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {max: 6, metrics: {a: {pods: x, average: 100, selector: {a: b}}, b: {external: y, value: 1k}, c: {object: {of: Ingress/i, metric: z}, value: 2k}, d: {container: W, resource: cpu, utilization: 70%}}}",
    ),
    (
        COUNTED,
        "scale: {max: 6, metrics: {e: {object: {of: Gadget/g, apiVersion: a.b/v1, metric: z}, average: 2k}}}",
    ),
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {max: 7, cpu: 50%, up: {window: 5s, add: [100% per 30s, 2 per 1m], select: Min}, down: {window: 10m, remove: 1 per 5m, select: Max}}",
    ),
    (&["Deployment", "Rollout"], "progressDeadline: 5m"),
    (&["Deployment"], "strategy: {maxSurge: 2, maxUnavailable: 25%}"),
    (&["Deployment"], "strategy: Recreate"),
    (
        ANY,
        "verticalScale: {mode: Initial, name: W-vpa, min: {cpu: 10m, memory: 32Mi}, max: {cpu: 2, memory: 2Gi}, controlledResources: [cpu, memory], controlledValues: RequestsOnly}",
    ),
    (
        ANY,
        "verticalScale: {mode: Initial, containers: {W: {min: {cpu: 10m}, controlledResources: [cpu], controlledValues: RequestsAndLimits}, side: {mode: Off}}}\ncontainers: {side: {image: 'side:1'}}",
    ),
    (LASTING, "verticalScale: {mode: Recreate, minReplicas: 1, controlledResources: [memory]}"),
    (ANY, "verticalScale: Off"),
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
    "storageClasses: {x: {provisioner: local, type: a}}",
    "storageClasses: {x: {provisioner: local, mountOptions: [a]}}",
    "storageClasses: {x: {provisioner: a.b, type: gp3}}",
    "storageClasses: {x: {provisioner: gce-pd, encrypted: true}}",
    "storageClasses: {x: {provisioner: aws-ebs, type: a, parameters: {type: b}}}",
    "persistentVolumes: {x: {hostPath: /a, capacity: 1Gi, pod: 1}}",
    "persistentVolumes: {x: {local: /a, capacity: 1Gi}}",
    "claims: {a: {size: 1Gi, storageClassName: x}}\npersistentVolumes: {x: {for: a, storageClassName: x, hostPath: /a}}",
    "claims: {a: {size: 1Gi, storageClassName: x, volumeMode: Block}}\npersistentVolumes: {x: {for: a, volumeMode: Block, hostPath: /a}}",
    "snapshots: {x: {claim: a, keep: 1}}",
    "snapshots: {x: {claim: a, image: app}}",
    "snapshots: {x: {claim: a, pod: 1}}",
    "snapshots: {x: {of: a, namespace: b}}\nclaims: {a: {size: 1Gi}}",
    "analysis: {x: {args: {a: {}}, metrics: {m: {provider: {prometheus: {query: a}}}}}}",
    "config: {x: {data: {A: {value: a, prefix: b}}}}",
    "config: {x: {data: {A: {address: redis/redis, part: host, pod: 0}}}}",
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
    (COUNTED, "replicas: 3\nresources: {requests: {cpu: 100m}}\nscale: {min: 2, max: 5, cpu: 80%}"),
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {max: 5, metrics: {a: {container: W, resource: cpu, utilization: 70%, selector: {a: b}}}}",
    ),
    (COUNTED, "scale: {max: 5, metrics: {a: {container: W, resource: cpu, value: 2}}}"),
    (COUNTED, "scale: {max: 5, metrics: {a: {external: x, value: 2, resource: cpu}}}"),
    (COUNTED, "resources: {requests: {cpu: 100m}}\nscale: {max: 5, cpu: 80%, up: {}}"),
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {max: 5, cpu: 80%, up: {select: Disabled, add: 1 per 1m}}",
    ),
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {max: 5, cpu: 80%, up: {tolerance: 0.05}}",
    ),
    (COUNTED, "scale: {max: 5, cpu: 80%}"),
    (
        COUNTED,
        "resources: {requests: {cpu: 100m}}\nscale: {max: 5, cpu: 80%}\nverticalScale: Recreate",
    ),
    (ANY, "verticalScale: {mode: Off, min: {cpu: 10m}}"),
    (ANY, "verticalScale: {mode: Off, containers: {W: {}}}"),
    (ANY, "verticalScale: {mode: Off, containers: {W: {mode: Off, min: {cpu: 1}}}}"),
    (ANY, "verticalScale: {mode: Initial, controlledResources: [cpu], min: {memory: 1Gi}}"),
    (ANY, "verticalScale: {mode: Initial, minReplicas: 1}"),
    (&["Rollout"], "canary: {scaleDownDelay: 30s}"),
    (&["Rollout"], "canary: {dynamicStableScale: true}"),
    (&["Rollout"], "canary: {steps: [{canaryScale: {replicas: 1}}]}"),
    (&["Rollout"], "canary: {steps: [{pause: {}}, {pause: forever}]}"),
    (&["Rollout"], "canary: {trafficRouting: {maxTrafficWeight: 10}}"),
    (&["Rollout"], "strategy: Recreate"),
    (&["Deployment"], "canary: {}"),
    (ANY, "mounts: {/a: {existingClaim: x, restoreFrom: y}}"),
    (ANY, "mounts: {/a: {claim: x, size: 1Gi}, /b: {claim: x, restoreFrom: y}}"),
    (&["StatefulSet"], "claimRetention: {}"),
    (&["StatefulSet"], "claimRetention: {whenDeleted: Delete}"),
    (&["Deployment"], "strategy: {type: Recreate, maxSurge: 1}"),
    (&["Deployment"], "strategy: {}"),
    (JOBS, "job: {completionMode: Indexed}"),
    (JOBS, "job: {podFailurePolicy: {rules: []}}"),
    (&["CronJob"], "job: {suspend: true}\nschedule: {cron: '@daily', suspend: false}"),
];

//! Objects as clusters print them and as widely used projects write them: a server took
//! them all, so nothing is wrong with them.

use crate::check::testing::refused;

#[test]
fn what_a_server_printed_or_took_is_no_error() {
    for object in OBJECTS {
        assert_eq!(refused(object), <[&str; 0]>::default(), "{object}");
    }
}

const OBJECTS: &[&str] = &[
    "
apiVersion: v1
kind: Service
metadata:
  name: ingress-nginx-controller
  namespace: ingress-nginx
  uid: 3f2c
  resourceVersion: '1047'
  creationTimestamp: '2025-03-01T10:00:00Z'
  labels: {app.kubernetes.io/name: ingress-nginx}
  annotations: {service.beta.kubernetes.io/aws-load-balancer-type: nlb}
  finalizers: [service.kubernetes.io/load-balancer-cleanup]
spec:
  allocateLoadBalancerNodePorts: true
  clusterIP: 10.96.14.3
  clusterIPs: [10.96.14.3]
  externalTrafficPolicy: Local
  healthCheckNodePort: 30912
  internalTrafficPolicy: Cluster
  ipFamilies: [IPv4]
  ipFamilyPolicy: SingleStack
  loadBalancerIP: 203.0.113.9
  ports:
    - {appProtocol: http, name: http, nodePort: 31080, port: 80, protocol: TCP, targetPort: http}
    - {appProtocol: https, name: https, nodePort: 31443, port: 443, protocol: TCP, targetPort: https}
  selector: {app.kubernetes.io/name: ingress-nginx}
  sessionAffinity: None
  type: LoadBalancer
status:
  loadBalancer: {ingress: [{ip: 203.0.113.9, ipMode: VIP}]}
",
    "
apiVersion: v1
kind: Service
metadata: {name: kubernetes, namespace: default}
spec:
  clusterIP: 'fd00:10:96::1'
  clusterIPs: ['fd00:10:96::1', 10.96.0.1]
  ipFamilies: [IPv6, IPv4]
  ipFamilyPolicy: PreferDualStack
  ports: [{name: https, port: 443, protocol: TCP, targetPort: 6443}]
  sessionAffinity: ClientIP
  sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}}
status: {loadBalancer: {}}
",
    "
apiVersion: v1
kind: Service
metadata: {name: database}
spec:
  clusterIP: None
  clusterIPs: [None]
  ipFamilies: [IPv4, IPv6]
  ipFamilyPolicy: RequireDualStack
  publishNotReadyAddresses: true
",
    "
apiVersion: v1
kind: Endpoints
metadata: {name: kubernetes, labels: {endpointslice.kubernetes.io/skip-mirror: 'true'}}
subsets:
  - addresses: [{ip: 172.18.0.2, nodeName: node-1, targetRef: {kind: Pod, name: a, uid: b}}]
    notReadyAddresses: [{ip: 172.18.0.3, hostname: db-0}]
    ports: [{name: https, port: 6443, protocol: TCP}]
  - {notReadyAddresses: [{ip: 172.18.0.4}]}
",
    "
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {generateName: web-, name: web-xk2vd, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints:
  - addresses: [10.244.1.7]
    conditions: {ready: true, serving: true, terminating: false}
    hints: {forZones: [{name: eu-1a}], forNodes: [{name: node-1}]}
    nodeName: node-1
    targetRef: {kind: Pod, name: web-0, namespace: default, uid: b}
    zone: eu-1a
ports: [{appProtocol: kubernetes.io/h2c, name: '', port: 8080, protocol: TCP}]
",
    "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$2
    nginx.ingress.kubernetes.io/use-regex: 'true'
spec:
  ingressClassName: nginx
  rules:
    - host: '*.example.com'
      http:
        paths:
          - backend: {service: {name: web, port: {number: 80}}}
            path: /api(/|$)(.*)
            pathType: ImplementationSpecific
          - backend: {service: {name: web, port: {name: use-annotation}}}
            path: /.well-known/acme-challenge/a.b
            pathType: Prefix
    - host: plain.example.com
  tls: [{hosts: ['*.example.com']}, {secretName: web.tls}]
status: {loadBalancer: {ingress: [{ip: 203.0.113.9, ports: [{port: 80, protocol: TCP}]}]}}
",
    "
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: files}
spec:
  defaultBackend: {resource: {apiGroup: k8s.example.com, kind: StorageBucket, name: static-assets}}
",
    "
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: alb, annotations: {ingressclass.kubernetes.io/is-default-class: 'true'}}
spec:
  controller: ingress.k8s.aws/alb
  parameters: {apiGroup: elbv2.k8s.aws, kind: IngressClassParams, name: alb}
",
    "
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny-and-dns}
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress: [{}]
  egress:
    - ports: [{port: 53, protocol: UDP}, {port: dns-tcp, protocol: TCP}, {port: 32000, endPort: 32768}]
      to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
          podSelector: {matchExpressions: [{key: k8s-app, operator: In, values: [kube-dns]}]}
    - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32, 10.0.0.0/8]}}]
",
    "
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  behavior:
    scaleDown:
      policies: [{periodSeconds: 15, type: Percent, value: 100}]
      selectPolicy: Max
    scaleUp:
      policies: [{periodSeconds: 15, type: Pods, value: 4}, {periodSeconds: 15, type: Percent, value: 100}]
      selectPolicy: Max
      stabilizationWindowSeconds: 0
  maxReplicas: 10
  metrics:
    - resource: {name: cpu, target: {averageUtilization: 80, type: Utilization}}
      type: Resource
    - external:
        metric: {name: sqs_messages, selector: {matchLabels: {queue: 'a b'}}}
        target: {averageValue: 100m, type: AverageValue}
      type: External
  minReplicas: 1
  scaleTargetRef: {apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: web}
status:
  conditions: [{lastTransitionTime: '2025-03-01T10:00:00Z', message: m, reason: r, status: 'True', type: AbleToScale}]
  currentMetrics: [{resource: {current: {averageUtilization: 0, averageValue: '0'}, name: cpu}, type: Resource}]
  currentReplicas: 1
  desiredReplicas: 0
",
    "
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: old}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: v1, kind: ReplicationController, name: old}
  targetCPUUtilizationPercentage: 80
",
    "
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 25%, selector: {}, unhealthyPodEvictionPolicy: AlwaysAllow}
status: {conditions: [], currentHealthy: 1, desiredHealthy: 0, disruptionsAllowed: 1, expectedPods: 1, observedGeneration: 1}
",
    "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: cert-manager-webhook
  annotations: {cert-manager.io/inject-ca-from-secret: cert-manager/cert-manager-webhook-ca}
webhooks:
  - name: webhook.cert-manager.io
    namespaceSelector:
      matchExpressions: [{key: cert-manager.io/disable-validation, operator: NotIn, values: ['true']}]
    objectSelector: {}
    rules:
      - apiGroups: [cert-manager.io, acme.cert-manager.io]
        apiVersions: [v1]
        operations: [CREATE, UPDATE]
        resources: ['*/*']
        scope: '*'
    admissionReviewVersions: [v1, v1beta1]
    matchPolicy: Equivalent
    timeoutSeconds: 30
    failurePolicy: Fail
    sideEffects: None
    clientConfig:
      caBundle: Cg==
      service: {name: cert-manager-webhook, namespace: cert-manager, path: /validate, port: 443}
  - name: validate.nginx.ingress.kubernetes.io
    clientConfig:
      service: {name: ingress-nginx-controller-admission, namespace: ingress-nginx, path: /networking/v1/ingresses}
    admissionReviewVersions: [v1]
    sideEffects: None
    matchConditions: [{name: not-leases, expression: '!(request.resource.group == \"coordination.k8s.io\")'}]
    rules: [{apiGroups: [''], apiVersions: ['*'], operations: ['*'], resources: [pods, pods/exec, services/status]}]
",
    "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: demo-policy.example.com}
spec:
  auditAnnotations: [{key: high-replica-count, valueExpression: 'null'}]
  failurePolicy: Fail
  matchConditions: [{name: exclude-kubelet, expression: 'true'}]
  matchConstraints:
    matchPolicy: Equivalent
    namespaceSelector: {}
    objectSelector: {}
    excludeResourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: ['*'], resources: [deployments], resourceNames: [web, 'a:b']}]
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments], scope: '*'}]
  paramKind: {apiVersion: v1, kind: ConfigMap}
  validations:
    - {expression: object.spec.replicas <= int(params.data.max), messageExpression: \"'at most ' + params.data.max\", reason: Invalid}
  variables: [{name: foo, expression: \"'foo' in object.metadata.labels ? 1 : 2\"}]
status: {observedGeneration: 1, typeChecking: {}}
",
    "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: demo-binding-test.example.com}
spec:
  policyName: demo-policy.example.com
  paramRef: {name: limits, namespace: default, parameterNotFoundAction: Deny}
  validationActions: [Warn, Audit]
  matchResources:
    matchPolicy: Equivalent
    namespaceSelector: {matchLabels: {environment: test}}
    objectSelector: {}
",
    "
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {name: sidecar}
spec: {policyName: sidecar.example.com, paramRef: {selector: {}, parameterNotFoundAction: Allow}}
",
    "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: exempt, annotations: {apf.kubernetes.io/autoupdate-spec: 'true'}}
spec:
  matchingPrecedence: 1
  priorityLevelConfiguration: {name: exempt}
  rules:
    - nonResourceRules: [{nonResourceURLs: ['*'], verbs: ['*']}]
      resourceRules:
        - {apiGroups: ['*'], clusterScope: true, namespaces: ['*'], resources: ['*'], verbs: ['*']}
      subjects: [{group: {name: 'system:masters'}, kind: Group}]
status: {conditions: [{status: 'False', type: Dangling}]}
",
    "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: FlowSchema
metadata: {name: service-accounts}
spec:
  distinguisherMethod: {type: ByUser}
  matchingPrecedence: 9000
  priorityLevelConfiguration: {name: workload-low}
  rules:
    - resourceRules:
        - {apiGroups: [''], clusterScope: true, resources: [nodes], verbs: [get, deletecollection]}
      subjects:
        - {kind: ServiceAccount, serviceAccount: {name: '*', namespace: kube-system}}
        - {kind: User, user: {name: 'system:kube-scheduler'}}
",
    "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: exempt}
spec: {exempt: {lendablePercent: 0, nominalConcurrencyShares: 0}, type: Exempt}
status: {}
",
    "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: catch-all}
spec:
  limited: {lendablePercent: 0, limitResponse: {type: Reject}, nominalConcurrencyShares: 5}
  type: Limited
",
    "
apiVersion: flowcontrol.apiserver.k8s.io/v1
kind: PriorityLevelConfiguration
metadata: {name: workload-low}
spec:
  limited:
    lendablePercent: 90
    limitResponse: {queuing: {handSize: 6, queueLengthLimit: 50, queues: 128}, type: Queue}
    nominalConcurrencyShares: 100
  type: Limited
",
    "
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1.}
spec: {groupPriorityMinimum: 18000, version: v1, versionPriority: 1}
status: {conditions: [{lastTransitionTime: '2025-03-01T10:00:00Z', message: m, reason: Local, status: 'True', type: Available}]}
",
    "
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  groupPriorityMinimum: 100
  insecureSkipTLSVerify: true
  service: {name: metrics-server, namespace: kube-system}
  version: v1beta1
  versionPriority: 100
",
    "
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: node-1, namespace: kube-node-lease}
spec: {holderIdentity: node-1, leaseDurationSeconds: 40, leaseTransitions: 0, renewTime: '2025-03-01T10:00:00.000000Z'}
",
    "
apiVersion: node.k8s.io/v1
kind: RuntimeClass
metadata: {name: gvisor}
handler: runsc
overhead: {podFixed: {cpu: 250m, memory: 120Mi}}
scheduling:
  nodeSelector: {sandbox.gke.io/runtime: gvisor}
  tolerations: [{effect: NoSchedule, key: sandbox.gke.io/runtime, operator: Equal, value: gvisor}, {operator: Exists}]
",
    "
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: {name: kubernetes, finalizers: [networking.k8s.io/service-cidr-finalizer]}
spec: {cidrs: [10.96.0.0/16, 'fd00:10:96::/112']}
status: {conditions: []}
",
    "
apiVersion: networking.k8s.io/v1
kind: IPAddress
metadata: {name: 'fd00:10:96::1', labels: {ipaddress.kubernetes.io/ip-family: IPv6}}
spec: {parentRef: {name: kubernetes, namespace: default, resource: services}}
",
    "
apiVersion: resource.k8s.io/v1
kind: ResourceClaimTemplate
metadata: {name: gpus}
spec:
  metadata: {labels: {app: inference}}
  spec:
    devices:
      requests:
        - name: gpu
          exactly:
            allocationMode: ExactCount
            count: 1
            deviceClassName: gpu.nvidia.com
            selectors: [{cel: {expression: \"device.attributes['gpu.nvidia.com'].type == 'gpu'\"}}]
            tolerations: [{key: a, operator: Exists, effect: NoExecute}]
      config:
        - requests: [gpu]
          opaque: {driver: gpu.nvidia.com, parameters: {apiVersion: a/v1, kind: GpuConfig}}
",
];

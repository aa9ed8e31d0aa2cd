// The objects of one workload, as benches/project/mod.rs describes it.
local system = {
  'app.kubernetes.io/instance': 'shop',
  'app.kubernetes.io/managed-by': 'k8sgen',
  'app.kubernetes.io/part-of': 'shop',
};

{
  namespace(name):: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: name, labels: system },
  },

  // A list of objects. `checksum` is given: a program cannot make the digest.
  workload(name, config, checksum, shard, memory='256Mi'):: {
    local own = system { 'app.kubernetes.io/name': name },
    local selector = {
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/name': name,
    },
    local versioned = own { 'app.kubernetes.io/version': 'v1.4.2' },
    local fromConfig(key) = {
      name: key,
      valueFrom: { configMapKeyRef: { name: name + '-config', key: key } },
    },
    objects: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: name + '-config', namespace: 'shop', labels: system },
        data: config,
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: name, namespace: 'shop', labels: own },
        spec: {
          type: 'ClusterIP',
          selector: selector,
          ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: name, namespace: 'shop', labels: versioned },
        spec: {
          selector: { matchLabels: selector },
          template: {
            metadata: { labels: versioned, annotations: { 'checksum/config': checksum } },
            spec: {
              automountServiceAccountToken: false,
              containers: [{
                name: name,
                image: 'registry.example.com/shop/app:v1.4.2',
                ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
                env: [
                  fromConfig('LOG_LEVEL'),
                  fromConfig('WORKERS'),
                  fromConfig('UPSTREAM'),
                  {
                    name: 'POD_NAME',
                    valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
                  },
                  { name: 'SHARD', value: shard },
                ],
                resources: {
                  requests: { cpu: '100m', memory: '128Mi' },
                  limits: { cpu: '500m', memory: memory },
                },
                livenessProbe: {
                  httpGet: { path: '/healthz', port: 'http' },
                  initialDelaySeconds: 10,
                  periodSeconds: 10,
                  timeoutSeconds: 3,
                },
                readinessProbe: {
                  httpGet: { path: '/ready', port: 'http' },
                  periodSeconds: 5,
                },
              }],
            },
          },
        },
      },
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: name, namespace: 'shop', labels: own },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: name },
          minReplicas: 2,
          maxReplicas: 10,
          metrics: [{
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'Utilization', averageUtilization: 80 },
            },
          }],
        },
      },
    ],
  }.objects,
}

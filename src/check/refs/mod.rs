//! What leads nowhere: one rule a file.

mod argo_project;
mod backend;
mod binding_subject;
mod blocked;
mod blocked_dns;
mod blocked_outside;
mod budget_selector;
mod claim;
mod config_map;
mod container;
mod flux_source;
mod gateway;
mod governing_service;
mod host;
mod host_port;
mod ingress_class;
mod issuer;
mod key;
mod lookup;
mod monitor;
mod namespace;
mod node_port;
mod policy_binding;
mod policy_selector;
mod priority_class;
mod probe_port;
mod resource_claim;
mod restore_size;
mod rights;
mod role;
mod rollout;
mod route_backend;
mod runtime_class;
mod same_route;
mod scale_target;
mod scrape_port;
mod secret;
mod secret_store;
mod secret_type;
mod selector_overlap;
mod service_account;
mod service_selector;
mod shared_claim;
mod snapshot;
mod spread_selector;
mod storage_class;
mod sub_path;
mod target_port;
mod twins;
mod two_budgets;
mod two_scalers;
mod variable;
mod volume;
mod webhook;

use super::rule::Rule;

/// The rules of this family.
pub static RULES: &[&Rule] = &[
    &argo_project::RULE,
    &backend::RULE,
    &binding_subject::RULE,
    &blocked::RULE,
    &blocked_dns::RULE,
    &blocked_outside::RULE,
    &budget_selector::RULE,
    &claim::RULE,
    &config_map::RULE,
    &container::RULE,
    &flux_source::RULE,
    &gateway::RULE,
    &governing_service::RULE,
    &host::RULE,
    &host_port::RULE,
    &ingress_class::RULE,
    &issuer::RULE,
    &key::RULE,
    &monitor::RULE,
    &namespace::RULE,
    &node_port::RULE,
    &policy_binding::RULE,
    &policy_selector::RULE,
    &priority_class::RULE,
    &probe_port::RULE,
    &resource_claim::RULE,
    &restore_size::RULE,
    &rights::RULE,
    &role::RULE,
    &rollout::RULE,
    &route_backend::RULE,
    &runtime_class::RULE,
    &same_route::RULE,
    &scale_target::RULE,
    &scrape_port::RULE,
    &secret::RULE,
    &secret_store::RULE,
    &secret_type::RULE,
    &selector_overlap::RULE,
    &service_account::RULE,
    &service_selector::RULE,
    &shared_claim::RULE,
    &snapshot::RULE,
    &spread_selector::RULE,
    &storage_class::RULE,
    &sub_path::RULE,
    &target_port::RULE,
    &twins::RULE,
    &two_budgets::RULE,
    &two_scalers::RULE,
    &variable::RULE,
    &volume::RULE,
    &webhook::RULE,
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::check::settings::Settings;
    use crate::check::testing::Objects;

    /// What k8sgen makes of its own projects leads somewhere, but for what lives in the
    /// clusters that they are for.
    #[test]
    fn the_systems_of_this_repository_lead_somewhere() {
        let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
        let mut files: Vec<_> = fs::read_dir(snapshots).unwrap().flatten().collect();
        files.sort_by_key(fs::DirEntry::file_name);
        let mut said = Vec::new();
        let mut settings = Settings::default();
        for pattern in ["ClusterSecretStore/cloud-secrets", "Service/logging/loki"] {
            settings.elsewhere.0.push(crate::scalar::Scalar::parse(pattern).unwrap());
        }
        for file in files {
            let objects = Objects::read(&fs::read_to_string(file.path()).unwrap());
            let name = file.file_name().into_string().unwrap();
            for finding in objects.findings(&settings) {
                if finding.rule.family() == "refs" {
                    let object = finding.object.unwrap();
                    said.push(format!("{name} {object} {}: {}", finding.field, finding.message));
                }
            }
        }
        assert_eq!(said, [""; 0]);
    }

    /// `kubectl get all,configmap,secret,pvc,ingress,serviceaccount -o yaml`.
    #[test]
    fn what_a_cluster_shows_leads_somewhere() {
        let text = "
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata:
      name: web-7d8f9c4b5-x2k9p
      generateName: web-7d8f9c4b5-
      namespace: shop
      labels: {app: web, pod-template-hash: 7d8f9c4b5}
      ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-7d8f9c4b5, uid: u1, controller: true, blockOwnerDeletion: true}]
    spec:
      serviceAccountName: default
      serviceAccount: default
      nodeName: node-1
      priorityClassName: gone
      containers:
        - name: web
          image: web
          envFrom: [{configMapRef: {name: gone}}]
          volumeMounts: [{name: kube-api-access-abcde, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true}]
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: data}
        - name: kube-api-access-abcde
          projected:
            sources:
              - serviceAccountToken: {expirationSeconds: 3607, path: token}
              - configMap: {name: kube-root-ca.crt, items: [{key: ca.crt, path: ca.crt}]}
              - downwardAPI: {items: [{path: namespace, fieldRef: {apiVersion: v1, fieldPath: metadata.namespace}}]}
  - apiVersion: apps/v1
    kind: ReplicaSet
    metadata:
      name: web-7d8f9c4b5
      namespace: shop
      labels: {app: web, pod-template-hash: 7d8f9c4b5}
      ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u2, controller: true}]
    spec:
      replicas: 1
      selector: {matchLabels: {app: web, pod-template-hash: 7d8f9c4b5}}
      template:
        metadata: {labels: {app: web, pod-template-hash: 7d8f9c4b5}}
        spec:
          containers: [{name: web, image: web, envFrom: [{configMapRef: {name: gone}}]}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
  - apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop}
    spec:
      replicas: 1
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          serviceAccountName: default
          containers: [{name: web, image: web, env: [{name: A, valueFrom: {configMapKeyRef: {name: settings, key: A}}}]}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
  - apiVersion: v1
    kind: Service
    metadata: {name: web, namespace: shop}
    spec: {type: NodePort, clusterIP: 10.0.0.7, clusterIPs: [10.0.0.7], selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30123, protocol: TCP}]}
  - apiVersion: v1
    kind: Endpoints
    metadata: {name: web, namespace: shop}
    subsets: [{addresses: [{ip: 10.1.0.7}], ports: [{port: 8080, protocol: TCP}]}]
  - apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: web-abcde, namespace: shop, labels: {kubernetes.io/service-name: web}}
    addressType: IPv4
    endpoints: [{addresses: [10.1.0.7]}]
    ports: [{port: 8080, protocol: TCP, name: ''}]
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings, namespace: shop}
    data: {A: x}
  - apiVersion: v1
    kind: Secret
    metadata: {name: web-token-abcde, namespace: shop, annotations: {kubernetes.io/service-account.name: web}}
    type: kubernetes.io/service-account-token
    data: {ca.crt: eA==, namespace: eA==, token: eA==}
  - apiVersion: v1
    kind: ServiceAccount
    metadata: {name: default, namespace: shop}
    secrets: [{name: default-token-x8s2p}]
    imagePullSecrets: [{name: default-dockercfg-x8s2p}]
  - apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data, namespace: shop, annotations: {pv.kubernetes.io/bind-completed: 'yes'}}
    spec: {volumeName: pvc-0b1c, storageClassName: own, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    status: {phase: Bound}
";
        let settings = crate::check::testing::some_files();
        let findings = Objects::read(text).findings(&settings);
        let of_refs: Vec<_> = findings.iter().filter(|f| f.rule.family() == "refs").collect();
        assert!(of_refs.is_empty(), "{of_refs:#?}");
    }
}

//! Names that pods are not allowed to look up.

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::{absent, flows, reach};

pub static RULE: Rule = Rule {
    name: "refs/blocked-dns",
    weight: Weight::ERROR,
    summary: "network policies keep a pod that names Services from looking names up",
    page: "A pod that any policy with `Egress` selects may ask no name server unless one of them allows it: each name fails, after a long wait, whatever else is allowed. Allow port 53, UDP and TCP, to the name servers of the cluster (`k8s-app: kube-dns` in `kube-system`).",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: REDIS, value: 'redis.default.svc.cluster.local:6379'}]
---
apiVersion: v1
kind: Pod
metadata: {name: redis, labels: {app: redis}}
spec: {containers: [{name: redis, image: 'redis:7.4.1', ports: [{containerPort: 6379}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec: {selector: {app: redis}, ports: [{port: 6379}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: redis}}}], ports: [{port: 6379}]}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      env: [{name: REDIS, value: 'redis.default.svc.cluster.local:6379'}]
---
apiVersion: v1
kind: Pod
metadata: {name: redis, labels: {app: redis}}
spec: {containers: [{name: redis, image: 'redis:7.4.1', ports: [{containerPort: 6379}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: redis}
spec: {selector: {app: redis}, ports: [{port: 6379}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Egress]
  egress:
    - {to: [{podSelector: {matchLabels: {app: redis}}}], ports: [{port: 6379}]}
    - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
      ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if pod.is_made() || reach::may_ask_dns(scene, pod) || reach::has_other_policies(scene) {
        return;
    }
    let flows = flows::flows(scene, pod, spec);
    let Some(first) = flows.iter().find(|flow| flow.of_map.is_none()).or(flows.first()) else {
        return;
    };
    let message = format!(
        "no policy lets {} ask for names, and it names {}",
        pod.owner.identity,
        shown(first.service.name())
    );
    let help = "allow port 53, UDP and TCP, to `k8s-app: kube-dns` of the namespace kube-system";
    absent::missed(scene, first.at, message, help);
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn asks(egress: &str) -> bool {
        let text = format!(
            "
{{apiVersion: v1, kind: Pod, metadata: {{name: web}}, spec: {{containers: [{{name: web, image: web, args: ['http://db.default.svc']}}]}}}}
---
{{apiVersion: v1, kind: Service, metadata: {{name: db}}, spec: {{ports: [{{port: 80}}]}}}}
---
{{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {{name: n}}, spec: {{podSelector: {{}}, policyTypes: [Egress], egress: [{egress}]}}}}
"
        );
        said(RULE.name, &text).is_empty()
    }

    #[test]
    fn ways_to_the_name_servers() {
        for rule in [
            "{}",
            "{ports: [{port: 53, protocol: UDP}]}",
            "{ports: [{protocol: UDP}]}",
            "{ports: [{port: 1, endPort: 100, protocol: UDP}]}",
            "{to: [{ipBlock: {cidr: 169.254.20.10/32}}], ports: [{port: 53, protocol: UDP}]}",
            "{to: [{namespaceSelector: {}}]}",
            "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}",
            "{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}]}",
            "{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}",
        ] {
            assert!(asks(rule), "{rule}");
        }
        for rule in [
            "",
            "{ports: [{port: 53}]}",
            "{ports: [{port: 53, protocol: TCP}, {port: 443}]}",
            "{to: [{podSelector: {}}]}",
            "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}",
            "{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}",
        ] {
            assert!(!asks(rule), "{rule}");
        }
    }
}

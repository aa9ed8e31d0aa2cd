//! What a cluster lets through, by its NetworkPolicies: a small evaluator of
//! Kubernetes' own rules, for pods of workloads and for addresses.

use std::net::IpAddr;

use serde_yaml::Value;

/// The pods of one workload.
#[derive(Clone, Debug)]
pub struct Pod {
    pub name: String,
    pub namespace: String,
    pub labels: Value,
}

/// One end of a packet's way.
#[derive(Clone, Debug)]
pub enum End {
    Pod(Pod),
    Address(IpAddr),
}

/// The objects of one environment.
pub struct Network {
    pods: Vec<Pod>,
    policies: Vec<Value>,
}

impl Network {
    pub fn new(objects: &[Value]) -> Network {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let pod = |object: &Value| {
            let template = match object["kind"].as_str()? {
                "CronJob" => &object["spec"]["jobTemplate"]["spec"]["template"],
                _ => &object["spec"]["template"],
            };
            template.get("metadata")?;
            Some(Pod {
                name: text(&object["metadata"]["name"]),
                namespace: text(&object["metadata"]["namespace"]),
                labels: template["metadata"]["labels"].clone(),
            })
        };
        let policies = objects.iter().filter(|object| object["kind"] == "NetworkPolicy");
        Network {
            pods: objects.iter().filter_map(pod).collect(),
            policies: policies.cloned().collect(),
        }
    }

    pub fn pods(&self) -> &[Pod] {
        &self.pods
    }

    pub fn pod(&self, name: &str) -> End {
        End::Pod(self.pods.iter().find(|pod| pod.name == name).unwrap().clone())
    }

    /// Whether a packet goes from one end to a port of the other.
    pub fn lets(&self, from: &End, to: &End, port: u16, protocol: &str) -> bool {
        let out = match from {
            End::Pod(pod) => self.side(pod, to, port, protocol, "Egress", "egress", "to"),
            End::Address(_) => true,
        };
        let into = match to {
            End::Pod(pod) => self.side(pod, from, port, protocol, "Ingress", "ingress", "from"),
            End::Address(_) => true,
        };
        out && into
    }

    /// Whether a packet would be let in, wherever it came through.
    pub fn takes(&self, from: &str, to: &str, port: u16) -> bool {
        let (End::Pod(to), from) = (self.pod(to), self.pod(from)) else { return true };
        self.side(&to, &from, port, "TCP", "Ingress", "ingress", "from")
    }

    #[allow(clippy::too_many_arguments)]
    fn side(
        &self,
        pod: &Pod,
        other: &End,
        port: u16,
        protocol: &str,
        kind: &str,
        rules: &str,
        peers: &str,
    ) -> bool {
        let mut isolated = false;
        for policy in &self.policies {
            let spec = &policy["spec"];
            let selects = policy["metadata"]["namespace"] == pod.namespace.as_str()
                && selects(&spec["podSelector"], &pod.labels);
            let is_of_kind = list(&spec["policyTypes"]).iter().any(|own| own == kind);
            if !selects || !is_of_kind {
                continue;
            }
            isolated = true;
            let passes = list(&spec[rules]).iter().any(|rule| {
                let to = &rule[peers];
                (to.is_null() || list(to).iter().any(|peer| is(peer, other, &pod.namespace)))
                    && (rule["ports"].is_null()
                        || list(&rule["ports"]).iter().any(|own| opens(own, port, protocol)))
            });
            if passes {
                return true;
            }
        }
        !isolated
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_sequence().map_or(&[], |list| list.as_slice())
}

fn selects(selector: &Value, labels: &Value) -> bool {
    assert!(selector.get("matchExpressions").is_none(), "k8sgen writes none");
    let wanted = selector.get("matchLabels").and_then(Value::as_mapping);
    wanted.into_iter().flatten().all(|(key, value)| labels.get(key) == Some(value))
}

fn is(peer: &Value, end: &End, own_namespace: &str) -> bool {
    match end {
        End::Address(address) => {
            let Some(block) = peer.get("ipBlock") else { return false };
            holds(block["cidr"].as_str().unwrap(), *address)
                && !list(&block["except"])
                    .iter()
                    .any(|cidr| holds(cidr.as_str().unwrap(), *address))
        }
        End::Pod(pod) => {
            // Pods' addresses are none of those that profiles name.
            if peer.get("ipBlock").is_some() {
                return false;
            }
            let lives = match peer.get("namespaceSelector") {
                None => pod.namespace == own_namespace,
                Some(selector) => {
                    let labels = format!("kubernetes.io/metadata.name: {}", pod.namespace);
                    selects(selector, &serde_yaml::from_str(&labels).unwrap())
                }
            };
            lives && peer.get("podSelector").is_none_or(|selector| selects(selector, &pod.labels))
        }
    }
}

fn holds(cidr: &str, address: IpAddr) -> bool {
    let (network, length) = cidr.split_once('/').unwrap();
    let length: u32 = length.parse().unwrap();
    let bits = |text: IpAddr| match text {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()) << 96, 4),
        IpAddr::V6(v6) => (v6.to_bits(), 6),
    };
    let ((network, kind), (address, other)) = (bits(network.parse().unwrap()), bits(address));
    let mask = if length == 0 { 0 } else { u128::MAX << (128 - length) };
    kind == other && network & mask == address & mask
}

fn opens(rule: &Value, port: u16, protocol: &str) -> bool {
    let own = rule["protocol"].as_str().unwrap_or("TCP");
    let first = rule["port"].as_u64().unwrap();
    let last = rule["endPort"].as_u64().unwrap_or(first);
    own == protocol && (first..=last).contains(&u64::from(port))
}

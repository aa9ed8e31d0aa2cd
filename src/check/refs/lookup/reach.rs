//! Whether network policies let one pod talk to another. What depends on addresses that
//! are known only in a cluster counts as let through.

use crate::check::scene::{Pod, Scene, Selector};
use crate::check::subject::Subject;
use crate::object::value::{Value, list_of};
use crate::scalar::{Cidr, Scalar};

use super::effort::{self, Effort, Exhausted};
use super::ports;

/// Packets from one pod to a port of another.
#[derive(Clone, Copy)]
pub struct Traffic<'s, 'a> {
    pub from: &'s Pod<'a>,
    pub to: &'s Pod<'a>,
    pub port: i64,
    pub protocol: &'a str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Egress,
    Ingress,
}

impl Direction {
    fn rules(self) -> &'static str {
        match self {
            Direction::Egress => "egress",
            Direction::Ingress => "ingress",
        }
    }

    fn peers(self) -> &'static str {
        match self {
            Direction::Egress => "to",
            Direction::Ingress => "from",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Direction::Egress => "Egress",
            Direction::Ingress => "Ingress",
        }
    }
}

/// Whether other policies than Kubernetes' own are at work: they may allow what these
/// do not.
pub fn has_other_policies(scene: &Scene<'_>) -> bool {
    const GROUPS: [&str; 5] = [
        "cilium.io",
        "projectcalico.org",
        "crd.projectcalico.org",
        "crd.antrea.io",
        "policy.networking.k8s.io",
    ];
    scene.kinds().any(|(group, _)| GROUPS.contains(&group))
}

/// The policies that isolate a pod in a direction; it is open where there are none.
pub fn isolating<'s, 'a: 's>(
    scene: &'s Scene<'a>,
    pod: &'s Pod<'a>,
    direction: Direction,
    effort: &mut Effort,
) -> Result<Vec<&'a Subject<'a>>, Exhausted> {
    let mut found = Vec::new();
    // Pods with the network of their node are not selected by policies.
    if on_host(pod) {
        return Ok(found);
    }
    for (selector, policy) in scene.policies().candidates(pod) {
        effort.spend(effort::size_of_map(selector.map()))?;
        if selector.takes_pod(pod) && applies(policy, direction) {
            found.push(*policy);
        }
    }
    Ok(found)
}

fn on_host(pod: &Pod<'_>) -> bool {
    pod.spec.get("hostNetwork") == Some(&Value::Bool(true))
}

/// Without `policyTypes`, a policy is for what comes in, and with rules for what goes
/// out for that as well (`SetDefaults_NetworkPolicy`).
fn applies(policy: &Subject<'_>, direction: Direction) -> bool {
    let spec = policy.content.get("spec");
    let types = list_of(spec.and_then(|spec| spec.get("policyTypes")));
    if types.is_empty() {
        return direction == Direction::Ingress
            || !list_of(spec.and_then(|spec| spec.get("egress"))).is_empty();
    }
    types.iter().any(|one| one.as_str() == Some(direction.name()))
}

/// The rules of a policy in a direction.
pub fn rules<'a>(policy: &Subject<'a>, direction: Direction) -> &'a [Value] {
    list_of(policy.content.get("spec").and_then(|spec| spec.get(direction.rules())))
}

/// The peers of a rule; all where there are none.
pub fn peers(rule: &Value, direction: Direction) -> &[Value] {
    rule.items(direction.peers())
}

/// Whether policies stop it in a direction.
pub fn is_stopped(
    scene: &Scene<'_>,
    traffic: Traffic<'_, '_>,
    direction: Direction,
    effort: &mut Effort,
) -> Result<bool, Exhausted> {
    let (isolated, peer) = match direction {
        Direction::Egress => (traffic.from, traffic.to),
        Direction::Ingress => (traffic.to, traffic.from),
    };
    let policies = isolating(scene, isolated, direction, effort)?;
    // What a pod with the network of its node sends has the address of the node.
    let lets_in = |rule: &Value| {
        let peers = peers(rule, direction);
        takes_port(rule, traffic)
            && (peers.is_empty()
                || on_host(peer)
                || peers.iter().any(|one| takes_peer(scene, isolated.namespace, one, peer)))
    };
    for rule in policies.iter().flat_map(|policy| rules(policy, direction)) {
        effort.spend(effort::size(rule))?;
        if lets_in(rule) {
            return Ok(false);
        }
    }
    Ok(!policies.is_empty())
}

/// Policies are applied behind the Service: the port is that of the pod, and a name is
/// that of a port of the pod which is talked to.
fn takes_port(rule: &Value, traffic: Traffic<'_, '_>) -> bool {
    let list = rule.items("ports");
    list.is_empty()
        || list.iter().any(|port| {
            let protocol = Some(port.word("protocol")).filter(|text| !text.is_empty());
            protocol.unwrap_or("TCP") == traffic.protocol
                && match port.get("port") {
                    Some(Value::Int(first)) => match port.get("endPort") {
                        Some(Value::Int(last)) => (*first..=*last).contains(&traffic.port),
                        _ => *first == traffic.port,
                    },
                    Some(Value::String(name)) => {
                        ports::named(traffic.to, name, traffic.protocol) == Some(traffic.port)
                    }
                    _ => true,
                }
        })
}

fn takes_peer(scene: &Scene<'_>, own: &str, peer: &Value, pod: &Pod<'_>) -> bool {
    if let Some(block) = peer.get("ipBlock") {
        return may_hold_pods(block);
    }
    let in_namespace = match peer.get("namespaceSelector").and_then(Value::as_map) {
        Some(selector) => scene.namespaces().takes(selector, pod.namespace).unwrap_or(true),
        None => pod.namespace == own,
    };
    let is_selected = match peer.get("podSelector").and_then(Value::as_map) {
        Some(selector) => Selector::Full(selector).takes_pod(pod),
        None => true,
    };
    in_namespace && is_selected
}

/// Whether pods may have addresses of a block: clusters give them private ones.
fn may_hold_pods(block: &Value) -> bool {
    const PRIVATE: [&str; 5] =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"];
    let Ok(cidr) = Cidr::parse(block.word("cidr")) else { return true };
    let except: Vec<Cidr> =
        block.items("except").iter().filter_map(|one| Cidr::parse(one.as_str()?).ok()).collect();
    PRIVATE.iter().filter_map(|text| Cidr::parse(text).ok()).any(|private| {
        let common = match (cidr.contains(&private), private.contains(&cidr)) {
            (true, _) => private,
            (_, true) => cidr,
            _ => return false,
        };
        !except.iter().any(|except| except.contains(&common))
    })
}

/// Whether a pod may ask for names: port 53, of whatever answers there.
pub fn may_ask_dns<'a>(scene: &Scene<'a>, pod: &Pod<'a>) -> bool {
    let mut effort = Effort::of_one(scene);
    let Ok(policies) = isolating(scene, pod, Direction::Egress, &mut effort) else { return true };
    policies.is_empty()
        || policies.iter().any(|policy| {
            let rules = rules(policy, Direction::Egress);
            rules.iter().any(|rule| lets_dns_out(scene, policy, rule))
        })
}

fn lets_dns_out(scene: &Scene<'_>, policy: &Subject<'_>, rule: &Value) -> bool {
    // Names are asked for by UDP first. OpenShift's servers listen at 5353.
    let ports = rule.items("ports");
    let is_dns = |number: i64| matches!(number, 53 | 5353);
    let by_port = ports.iter().any(|port| {
        port.word("protocol") == "UDP"
            && match (port.get("port"), port.get("endPort")) {
                (Some(Value::Int(first)), Some(Value::Int(last))) => *first <= 53 && 53 <= *last,
                (Some(Value::Int(number)), _) => is_dns(*number),
                _ => true,
            }
    });
    let peers = peers(rule, Direction::Egress);
    // Whoever names the port means the servers that there are.
    if by_port || ports.is_empty() && peers.is_empty() {
        return true;
    }
    ports.is_empty()
        && peers.iter().any(|peer| {
            let selector = peer.get("namespaceSelector").and_then(Value::as_map);
            peer.get("ipBlock").is_some_and(may_hold_pods)
                || match selector {
                    Some(selector) => ["kube-system", "openshift-dns"]
                        .iter()
                        .any(|name| scene.namespaces().takes(selector, name).unwrap_or(true)),
                    None => policy.identity.namespace.as_deref() == Some("kube-system"),
                }
        })
}

/// Whether a pod may get packets from what is not among the pods of its namespace here.
pub fn may_come_from_outside<'a>(
    scene: &Scene<'a>,
    to: &Pod<'a>,
    port: i64,
    protocol: &'a str,
    effort: &mut Effort,
) -> Result<bool, Exhausted> {
    let policies = isolating(scene, to, Direction::Ingress, effort)?;
    let traffic = Traffic { from: to, to, port, protocol };
    for rule in policies.iter().flat_map(|policy| rules(policy, Direction::Ingress)) {
        effort.spend(effort::size(rule))?;
        if !takes_port(rule, traffic) {
            continue;
        }
        let peers = peers(rule, Direction::Ingress);
        if peers.is_empty() {
            return Ok(true);
        }
        for peer in peers {
            if may_be_outside(scene, to.namespace, peer, effort)? {
                return Ok(true);
            }
        }
    }
    Ok(policies.is_empty())
}

fn may_be_outside(
    scene: &Scene<'_>,
    namespace: &str,
    peer: &Value,
    effort: &mut Effort,
) -> Result<bool, Exhausted> {
    if peer.get("ipBlock").is_some() || peer.get("namespaceSelector").is_some() {
        return Ok(true);
    }
    let Some(selector) = peer.get("podSelector").and_then(Value::as_map) else { return Ok(false) };
    let pods = Selector::Full(selector);
    let candidates = scene.count_candidates(namespace, pods);
    effort.spend(candidates.saturating_mul(effort::size_of_map(selector)))?;
    Ok(scene.selected(namespace, pods).next().is_none())
}

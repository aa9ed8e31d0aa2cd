//! Layer 3: network policies. Each flow gives the egress of one end and the
//! ingress of the other; what is said at one end holds at both.

use std::collections::BTreeMap;

use k8s_openapi::api::networking::v1 as networking;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::LabelSelector;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use crate::diagnostic::Report;
use crate::object::Object;
use crate::profile::container::Protocol;
use crate::profile::decode::Item;
use crate::profile::flows::{self, Flow, PodPort, Target};
use crate::profile::network_policy::{NetworkPolicies, PodsElsewhere};
use crate::profile::system::Annotations;
use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::{Cidr, DnsLabel};
use crate::source::Place;

use super::border;
use super::context::Context;
use super::exposure::exposures;
use super::meta::{Pairs, WorkloadLabels, selector, selector_labels, some_list};
use super::raw;

/// What the rules of one workload are made of.
#[derive(Default)]
pub struct Rules {
    egress: BTreeMap<Peer, Vec<Port>>,
    ingress: BTreeMap<Peer, Vec<Port>>,
    pub sends: bool,
    pub takes: bool,
}

/// One end of a flow as a policy names it, in the order of the rules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// Whoever it is.
    Anyone,
    Pods {
        namespace: Option<String>,
        labels: Pairs,
    },
    Addresses {
        cidr: String,
        except: Vec<String>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Port {
    pub port: PodPort,
    pub last: Option<u16>,
    pub protocol: Protocol,
}

impl Rules {
    pub fn sends_to(&mut self, peer: Peer, ports: &[Port]) {
        add(&mut self.egress, peer, ports);
    }

    pub fn takes_from(&mut self, peer: Peer, ports: &[Port]) {
        add(&mut self.ingress, peer, ports);
    }
}

/// No ports are all ports, so a rule for all swallows the others of its peer.
fn add(rules: &mut BTreeMap<Peer, Vec<Port>>, peer: Peer, ports: &[Port]) {
    let known = rules.contains_key(&peer);
    let list = rules.entry(peer).or_default();
    if ports.is_empty() || (known && list.is_empty()) {
        list.clear();
        return;
    }
    list.extend_from_slice(ports);
    list.sort();
    list.dedup();
}

/// All policies of the environment.
pub fn policies(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let system = context.index.system;
    let flows = flows::all(context.index, report);
    let settings = system.network_policy.as_ref();
    if settings.is_some_and(|settings| !*settings.enabled) {
        return Vec::new();
    }
    let deny = settings.is_some_and(|settings| settings.default_deny);
    let says = |workload: &Item<Workload>| {
        let flows = workload.connects.0.len() + workload.outside.len() + workload.accepts.len();
        flows > 0
    };
    if !deny && !system.workloads.values().any(says) {
        return Vec::new();
    }
    let labels: Vec<Pairs> = system
        .workloads
        .iter()
        .map(|(name, workload)| selector_labels(context, name, workload))
        .collect();
    let mut rules: Vec<Rules> = system.workloads.iter().map(|_| Rules::default()).collect();
    for (rules, workload) in rules.iter_mut().zip(system.workloads.values()) {
        rules.sends = deny || !workload.connects.0.is_empty() || !workload.outside.is_empty();
        rules.takes = deny || !workload.accepts.is_empty();
    }
    for flow in flows.iter().filter(|flow| flow.isolates) {
        for at in reached(context, &flow.to) {
            rules[at].takes = true;
        }
    }
    for flow in &flows {
        add_flow(context, flow, &labels, &mut rules);
    }
    let entrances = exposures(context.index);
    for entrance in &entrances {
        let callers = border::callers_through(&entrance.entrance, settings);
        for backend in &entrance.backends {
            let Some(at) = system.workloads.get_index_of(backend.workload) else { continue };
            rules[at].takes_from_all(&callers, &[border::exposed_port(backend)]);
        }
    }
    for (at, (name, workload)) in system.workloads.iter().enumerate() {
        border::add(context, name, workload, &mut rules[at], deny, report);
        if rules[at].sends {
            rules[at].sends_to_all(&dns(settings), &name_services());
        }
    }
    let mut objects = Vec::new();
    if deny {
        objects.extend(deny_all(context, settings, report));
        objects.extend(border::acme_solvers(context, &entrances, settings, report));
        objects.extend(border::snapshot_schedules(context, settings, report));
    }
    for (at, (name, workload)) in system.workloads.iter().enumerate() {
        objects.extend(policy(context, name, workload, &labels[at], &rules[at], report));
    }
    objects
}

impl Rules {
    pub fn sends_to_all(&mut self, peers: &[Peer], ports: &[Port]) {
        for peer in peers {
            self.sends_to(peer.clone(), ports);
        }
    }

    pub fn takes_from_all(&mut self, peers: &[Peer], ports: &[Port]) {
        for peer in peers {
            self.takes_from(peer.clone(), ports);
        }
    }
}

/// The workloads at the end of a flow: the one it names, or those of which a
/// Service's own selector chooses pods.
fn reached(context: &Context<'_>, target: &Target<'_>) -> Vec<usize> {
    let (home, wanted) = match target {
        Target::Workload(at) => return vec![*at],
        Target::Pods { namespace, labels } => (*namespace, labels),
    };
    // Labels that a controller gives each of its pods.
    const OF_ONE_POD: [&str; 2] =
        ["statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index"];
    let workloads = context.index.system.workloads.iter().enumerate();
    let chosen = workloads.filter(|(_, (name, workload))| {
        let silent = &mut Report::default();
        let own = WorkloadLabels::new(context, name, workload, None, silent).pod;
        let of_one = |key: &str, value: &str| {
            OF_ONE_POD.contains(&key)
                && *workload.kind == WorkloadKind::StatefulSet
                && (key != OF_ONE_POD[0]
                    || value.rsplit_once('-').is_some_and(|(base, _)| base == name.as_str()))
        };
        context.index.home(&workload.namespace) == home
            && wanted.iter().all(|(key, value)| own.get(key) == Some(value) || of_one(key, value))
    });
    chosen.map(|(at, _)| at).collect()
}

fn add_flow(context: &Context<'_>, flow: &Flow<'_>, labels: &[Pairs], rules: &mut [Rules]) {
    let workloads = &context.index.system.workloads;
    let home =
        |at: usize| workloads.get_index(at).map(|(_, own)| context.index.home(&own.namespace));
    let port = Port { port: flow.port.clone(), last: None, protocol: flow.protocol };
    let source = home(flow.from).unwrap_or_default();
    let (target, other) = match &flow.to {
        Target::Workload(at) => (home(*at).unwrap_or_default(), labels[*at].clone()),
        Target::Pods { namespace, labels } => (*namespace, labels.clone()),
    };
    let apart = source != target;
    let near = |namespace: &str| apart.then(|| namespace.to_owned());
    rules[flow.from].sends_to(
        Peer::Pods { namespace: near(target), labels: other },
        std::slice::from_ref(&port),
    );
    for at in reached(context, &flow.to) {
        let from = Peer::Pods { namespace: near(source), labels: labels[flow.from].clone() };
        rules[at].takes_from(from, std::slice::from_ref(&port));
    }
}

/// The port that names are asked for at.
pub fn name_services() -> [Port; 2] {
    [Protocol::Tcp, Protocol::Udp].map(|protocol| Port {
        port: PodPort::Number(53),
        last: None,
        protocol,
    })
}

/// Who resolves names.
pub fn dns(settings: Option<&NetworkPolicies>) -> Vec<Peer> {
    let labels = [("k8s-app".to_owned(), "kube-dns".to_owned())];
    let usual = Peer::Pods { namespace: Some("kube-system".to_owned()), labels: labels.into() };
    elsewhere(settings.and_then(|own| own.dns.as_deref()), usual)
}

/// Pods that are none of the system's, or those that are usual for the part
/// they play.
pub fn elsewhere(written: Option<&PodsElsewhere>, usual: Peer) -> Vec<Peer> {
    let Some(written) = written else { return vec![usual] };
    let mut peers = Vec::new();
    let labels: Pairs =
        written.pods.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
    if written.namespace.is_some() || !labels.is_empty() {
        let namespace = written.namespace.as_ref().map(ToString::to_string);
        peers.push(Peer::Pods { namespace, labels });
    }
    peers.extend(written.cidrs.iter().map(|cidr| addresses(cidr, &[])));
    peers
}

pub fn addresses(cidr: &Cidr, except: &[String]) -> Peer {
    Peer::Addresses { cidr: cidr.to_string(), except: except.to_vec() }
}

/// In each namespace with workloads: nothing in, nothing out.
fn deny_all(
    context: &Context<'_>,
    settings: Option<&NetworkPolicies>,
    report: &mut Report,
) -> Vec<Object> {
    let index = context.index;
    let homes = index.system.workloads.values().map(|workload| index.home(&workload.namespace));
    let mut homes: Vec<&str> = homes.collect();
    homes.sort_unstable();
    homes.dedup();
    let place = settings.map_or(index.system.system.place, |own| own.enabled.place);
    let both = vec!["Ingress".to_owned(), "Egress".to_owned()];
    let policy = |home: &&str| networking::NetworkPolicy {
        metadata: context.namespaced(
            home,
            "default-deny",
            context.common_labels(),
            &Annotations::default(),
        ),
        spec: Some(networking::NetworkPolicySpec {
            pod_selector: Some(LabelSelector::default()),
            policy_types: Some(both.clone()),
            ..networking::NetworkPolicySpec::default()
        }),
    };
    homes.iter().filter_map(|home| raw::object(&policy(home), place, report)).collect()
}

/// The policy of one workload, where its pods are not left alone.
fn policy(
    context: &Context<'_>,
    name: &DnsLabel,
    workload: &Item<Workload>,
    pods: &Pairs,
    rules: &Rules,
    report: &mut Report,
) -> Option<Object> {
    if !rules.sends && !rules.takes {
        return None;
    }
    let labels = WorkloadLabels::new(context, name, workload, None, &mut Report::default()).object;
    let home = context.index.home(&workload.namespace);
    rules.policy(context, home, name.as_str(), labels, pods, workload.key, report)
}

impl Rules {
    /// The policy of the pods with these labels.
    #[allow(clippy::too_many_arguments)]
    pub fn policy(
        &self,
        context: &Context<'_>,
        home: &str,
        name: &str,
        labels: Pairs,
        pods: &Pairs,
        place: Place,
        report: &mut Report,
    ) -> Option<Object> {
        let kinds = [(self.takes, "Ingress"), (self.sends, "Egress")];
        let ingress = by_ports(&self.ingress).into_iter().map(|(from, own)| {
            networking::NetworkPolicyIngressRule { from: peers(&from), ports: ports(own) }
        });
        let egress = by_ports(&self.egress).into_iter().map(|(to, own)| {
            networking::NetworkPolicyEgressRule { to: peers(&to), ports: ports(own) }
        });
        let object = networking::NetworkPolicy {
            metadata: context.namespaced(home, name, labels, &Annotations::default()),
            spec: Some(networking::NetworkPolicySpec {
                pod_selector: Some(selector(pods.clone())),
                policy_types: Some(
                    kinds
                        .into_iter()
                        .filter(|(on, _)| *on)
                        .map(|(_, kind)| kind.to_owned())
                        .collect(),
                ),
                ingress: some_list(ingress.filter(|_| self.takes).collect()),
                egress: some_list(egress.filter(|_| self.sends).collect()),
            }),
        };
        raw::object(&object, place, report)
    }
}

/// Peers with the same ports share a rule.
fn by_ports(rules: &BTreeMap<Peer, Vec<Port>>) -> Vec<(Vec<&Peer>, &[Port])> {
    let mut shared: Vec<(Vec<&Peer>, &[Port])> = Vec::new();
    for (peer, ports) in rules {
        let same = |(peers, own): &&mut (Vec<&Peer>, &[Port])| {
            *own == ports.as_slice() && *peer != Peer::Anyone && peers[0] != &Peer::Anyone
        };
        match shared.iter_mut().find(same) {
            Some((peers, _)) => peers.push(peer),
            None => shared.push((vec![peer], ports)),
        }
    }
    shared
}

/// No peers are all peers.
fn peers(peers: &[&Peer]) -> Option<Vec<networking::NetworkPolicyPeer>> {
    peers.iter().map(|peer| self::peer(peer)).collect()
}

fn peer(peer: &Peer) -> Option<networking::NetworkPolicyPeer> {
    const NAME: &str = "kubernetes.io/metadata.name";
    let empty = networking::NetworkPolicyPeer::default();
    Some(match peer {
        Peer::Anyone => return None,
        Peer::Pods { namespace, labels } => networking::NetworkPolicyPeer {
            namespace_selector: namespace
                .as_ref()
                .map(|name| selector([(NAME.to_owned(), name.clone())].into())),
            pod_selector: (!labels.is_empty() || namespace.is_none())
                .then(|| selector(labels.clone())),
            ..empty
        },
        Peer::Addresses { cidr, except } => networking::NetworkPolicyPeer {
            ip_block: Some(networking::IPBlock {
                cidr: cidr.clone(),
                except: (!except.is_empty()).then(|| except.clone()),
            }),
            ..empty
        },
    })
}

fn ports(own: &[Port]) -> Option<Vec<networking::NetworkPolicyPort>> {
    let port = |port: &Port| networking::NetworkPolicyPort {
        port: Some(match &port.port {
            PodPort::Number(number) => IntOrString::Int(i32::from(*number)),
            PodPort::Name(name) => IntOrString::String(name.clone()),
        }),
        end_port: port.last.map(i32::from),
        protocol: Some(port.protocol.as_str().to_owned()),
    };
    (!own.is_empty()).then(|| own.iter().map(port).collect())
}

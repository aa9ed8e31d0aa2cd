//! What the projects of this repository must give, for reviewers to see.

use std::collections::BTreeSet;

use crate::support::environments::{ALL, every};
use crate::support::network::Network;
use crate::support::{objects_of, snapshot};

#[test]
fn every_environment_gives_its_snapshot() {
    for environment in ALL {
        let path = format!("snapshots/{}.yaml", environment.name);
        snapshot::assert_same(&path, &environment.rendered());
    }
}

/// Every kind that k8sgen makes is made by an example.
#[test]
fn every_kind_is_shown() {
    const KINDS: &[&str] = &[
        "AnalysisTemplate",
        "Application",
        "ApplicationSet",
        "Certificate",
        "ClusterIssuer",
        "ClusterRole",
        "ClusterRoleBinding",
        "ConfigMap",
        "CronJob",
        "DaemonSet",
        "Deployment",
        "ExternalSecret",
        "Gateway",
        "HTTPRoute",
        "HorizontalPodAutoscaler",
        "Ingress",
        "Issuer",
        "Job",
        "Kustomization",
        "LimitRange",
        "Namespace",
        "NetworkPolicy",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "PodDisruptionBudget",
        "PodMonitor",
        "PriorityClass",
        "PrometheusRule",
        "ResourceQuota",
        "Role",
        "RoleBinding",
        "Rollout",
        "SealedSecret",
        "Secret",
        "Service",
        "ServiceAccount",
        "ServiceMonitor",
        "StatefulSet",
        "StorageClass",
        "VerticalPodAutoscaler",
        "VolumeSnapshot",
        "VolumeSnapshotClass",
    ];
    let mut shown = BTreeSet::new();
    for environment in every() {
        for object in objects_of(&environment.rendered()) {
            shown.insert(object["kind"].as_str().unwrap().to_owned());
        }
    }
    let missing: Vec<_> = KINDS.iter().filter(|kind| !shown.contains(**kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// In the book's prod exactly these flows pass between the system's own pods.
#[test]
fn the_flows_of_the_book_are_those_it_declares() {
    let prod = ALL.iter().find(|environment| environment.name == "book-prod").unwrap();
    let network = Network::new(&objects_of(&prod.rendered()));
    let mut open = Vec::new();
    for from in network.pods() {
        for to in network.pods() {
            for port in [2001, 6379, 8080, 9090] {
                let ends = (network.pod(&from.name), network.pod(&to.name));
                if network.lets(&ends.0, &ends.1, port, "TCP") {
                    open.push(format!("{} to {}:{port}", from.name, to.name));
                }
            }
        }
    }
    assert_eq!(
        open,
        ["miner to miner:2001", "webserver to miner:2001", "webserver to redis:6379"],
        "in the order of the output"
    );
}

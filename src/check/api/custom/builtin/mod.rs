//! The definitions of the custom resources that k8sgen makes, each read when the first
//! object of its kind asks for it. `README.md` beside this says where they come from.

mod json;

use std::sync::{Arc, OnceLock};

use crate::object::value::Value;

use super::definition::Definition;

/// A definition of k8sgen's own.
#[derive(Debug)]
pub struct Own {
    pub group: &'static str,
    pub kind: &'static str,
    /// The kind whose schema it has, but for the cluster as a whole.
    pub like: Option<&'static str>,
    text: &'static str,
    read: OnceLock<Option<Arc<Definition>>>,
}

macro_rules! own {
    ($($group:literal: $($kind:ident $(for $like:ident)?),+;)*) => {
        [$($( own!(@one $group, $kind $(for $like)?) ),+),*]
    };
    (@one $group:literal, $kind:ident) => {
        Own {
            group: $group,
            kind: stringify!($kind),
            like: None,
            text: include_str!(concat!($group, "/", stringify!($kind), ".json")),
            read: OnceLock::new(),
        }
    };
    (@one $group:literal, $kind:ident for $like:ident) => {
        Own {
            group: $group,
            kind: stringify!($kind),
            like: Some(stringify!($like)),
            text: include_str!(concat!($group, "/", stringify!($like), ".json")),
            read: OnceLock::new(),
        }
    };
}

pub static OWN: [Own; 23] = own! {
    "argoproj.io": AnalysisTemplate, Application, ApplicationSet, AppProject, Rollout;
    "autoscaling.k8s.io": VerticalPodAutoscaler;
    "bitnami.com": SealedSecret;
    "cert-manager.io": Certificate, ClusterIssuer for Issuer, Issuer;
    "external-secrets.io": ClusterSecretStore for SecretStore, ExternalSecret, SecretStore;
    "gateway.networking.k8s.io": Gateway, HTTPRoute;
    "kustomize.toolkit.fluxcd.io": Kustomization;
    "monitoring.coreos.com": PodMonitor, Probe, Prometheus, PrometheusRule, ServiceMonitor;
    "snapshot.storage.k8s.io": VolumeSnapshot, VolumeSnapshotClass;
};

/// The definition of a kind.
pub fn find(group: &str, kind: &str) -> Option<Arc<Definition>> {
    let own = OWN.iter().find(|own| own.group == group && own.kind == kind)?;
    own.read.get_or_init(|| own.read().map(Arc::new)).clone()
}

impl Own {
    fn read(&self) -> Option<Definition> {
        let content = json::read(self.text)?;
        let parts = content.get("parts").and_then(Value::as_map);
        let mut definition = Definition::read(&content, parts)?;
        if self.like.is_some() {
            definition.kind = self.kind.to_owned();
            definition.namespaced = false;
        }
        Some(definition)
    }
}

//! Which host names some Ingress has a certificate for. Controllers put all Ingresses of
//! one host together, so one of them is enough.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::check::scene::Scene;
use crate::object::value::{Value, list_of};

/// Host names in small letters; `*.example.com` among them.
#[derive(Default)]
pub struct TlsHosts(HashSet<Box<str>, RandomState>);

impl TlsHosts {
    pub fn of(scene: &Scene<'_>) -> TlsHosts {
        let mut hosts = TlsHosts::default();
        for ingress in scene.of_kind("networking.k8s.io", "Ingress") {
            for entry in list_of(ingress.content.get("spec").and_then(|spec| spec.get("tls"))) {
                let names = entry.items("hosts");
                hosts.0.extend(names.iter().filter_map(Value::as_str).map(small));
            }
        }
        hosts
    }

    /// Whether a certificate holds for a host. A wildcard stands for one part.
    pub fn cover(&self, host: &str) -> bool {
        let host = small(host);
        let parent = host.split_once('.').map(|(_, parent)| format!("*.{parent}"));
        self.0.contains(&host) || parent.is_some_and(|parent| self.0.contains(&*parent))
    }
}

fn small(host: &str) -> Box<str> {
    host.to_ascii_lowercase().into()
}

//! What policies look up of all objects: worked out once, by the first rule that asks.
//! It holds numbers and amounts, and refers to nothing.

use std::sync::OnceLock;

use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

use super::claims::Classes;
use super::cluster_wide::ClusterWide;
use super::isolation::Isolation;
use super::limit_ranges::{Bounds, Ranges};
use super::quotas::Quotas;
use super::role_holders::RoleHolders;
use super::scale_range::{ScaleRange, Scales};
use super::scraping::Scraping;
use super::serving::Serving;
use super::tls_hosts::TlsHosts;

/// See above.
#[derive(Default)]
pub struct Overview {
    scales: OnceLock<Scales>,
    ranges: OnceLock<Ranges>,
    quotas: OnceLock<Quotas>,
    isolation: OnceLock<Isolation>,
    scraping: OnceLock<Scraping>,
    serving: OnceLock<Serving>,
    role_holders: OnceLock<RoleHolders>,
    cluster_wide: OnceLock<ClusterWide>,
    classes: OnceLock<Classes>,
    tls_hosts: OnceLock<TlsHosts>,
    default_priority: OnceLock<Option<u32>>,
}

impl<'a> Scene<'a> {
    /// How many pods there are of it; nothing where none says.
    pub fn scale_of(&self, pod: &Pod<'a>) -> Option<ScaleRange> {
        self.scales().range(pod)
    }

    /// What scales its pods.
    pub fn autoscalers_of(&self, pod: &Pod<'a>) -> impl Iterator<Item = &'a Subject<'a>> {
        let subjects = self.subjects;
        self.scales().scalers(pod).iter().filter_map(move |n| subjects.get(*n as usize))
    }

    /// Whether an autoscaler sets the requests of its containers.
    pub fn is_sized(&self, pod: &Pod<'a>) -> bool {
        self.scales().is_sized(pod)
    }

    fn scales(&self) -> &Scales {
        self.overview.scales.get_or_init(|| Scales::of(self))
    }

    /// The Services that send requests to a pod.
    pub fn services_of(&self, pod: &Pod<'a>) -> impl Iterator<Item = &'a Subject<'a>> {
        let subjects = self.subjects;
        self.serving().services(pod).iter().filter_map(move |n| subjects.get(*n as usize))
    }

    pub fn serving(&self) -> &Serving {
        self.overview.serving.get_or_init(|| Serving::of(self))
    }

    pub fn role_holders(&self) -> &RoleHolders {
        self.overview.role_holders.get_or_init(|| RoleHolders::of(self))
    }

    /// What the LimitRanges of a namespace ask for together.
    pub fn bounds_in(&self, namespace: &str) -> Option<&Bounds> {
        self.overview.ranges.get_or_init(|| Ranges::of(self)).of_namespace(namespace)
    }

    /// Whether a namespace may have LimitRanges that are not here.
    pub fn may_have_other_bounds(&self, namespace: &str) -> bool {
        !self.settings.complete || self.is_elsewhere("LimitRange", namespace, "")
    }

    pub fn quotas(&self) -> &Quotas {
        self.overview.quotas.get_or_init(|| Quotas::of(self))
    }

    pub fn isolation(&self) -> &Isolation {
        self.overview.isolation.get_or_init(|| Isolation::of(self))
    }

    pub fn scraping(&self) -> &Scraping {
        self.overview.scraping.get_or_init(|| Scraping::of(self))
    }

    /// The ClusterRoles that hold in the whole cluster.
    pub fn cluster_wide(&self) -> &ClusterWide {
        self.overview.cluster_wide.get_or_init(|| ClusterWide::of(self))
    }

    /// The storage classes that claims ask for.
    pub fn claimed_classes(&self) -> &Classes {
        self.overview.classes.get_or_init(|| Classes::of(self))
    }

    pub fn tls_hosts(&self) -> &TlsHosts {
        self.overview.tls_hosts.get_or_init(|| TlsHosts::of(self))
    }

    /// The priority class of pods that name none.
    pub fn default_priority(&self) -> Option<&'a str> {
        let number = self.overview.default_priority.get_or_init(|| {
            let mut classes = self.numbered("scheduling.k8s.io", "PriorityClass");
            let is_default = |class: &Subject<'_>| {
                matches!(class.content.get("globalDefault"), Some(Value::Bool(true)))
            };
            classes.find(|(_, class)| is_default(class)).map(|(number, _)| number)
        });
        Some(self.subjects.get((*number)? as usize)?.name())
    }
}

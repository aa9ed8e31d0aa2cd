//! The whole profile of an environment: what `k8sgen.yaml` and the overlays
//! say together.

use crate::scalar::{
    AnnotationKey, DnsLabel, DnsName, KubernetesVersion, LabelKey, LabelValue, ServiceName,
};

use super::access::{Account, RbacName, Role};
use super::analysis::Analysis;
use super::certificate::{Certificate, Issuer};
use super::checks::Checks;
use super::config::Config;
use super::dashboard::Dashboards;
use super::decode::{At, Named, Raw};
use super::delivery::Delivery;
use super::gateway::Gateway;
use super::governance::PriorityClass;
use super::hardening::Security;
use super::image::Image;
use super::ingress::Ingress;
use super::monitoring::Monitoring;
use super::namespace::{Namespace, NamespaceSettings};
use super::network_policy::NetworkPolicies;
use super::refs::{ImageUse, ObjectRef};
use super::route::Route;
use super::rules::Rules;
use super::secret::Secret;
use super::service::{NodePortRange, Service};
use super::shape::{choice, record};
use super::snapshot::{Snapshot, SnapshotClass};
use super::storage::{PersistentVolume, StandaloneClaim, StorageClass};
use super::workload::Workload;

/// The user's own labels.
pub type Labels = Named<LabelKey, LabelValue>;
/// The user's own annotations.
pub type Annotations = Named<AnnotationKey, String>;

record! {
    /// The system and one environment of it. `k8sgen.yaml` says what is the same
    /// everywhere, `overlays/ENV.yaml` what differs; both take these keys.
    "profile" pub struct System {
        /// The name of the system: the label `app.kubernetes.io/part-of` of every object.
        system "system": At<DnsLabel>, eg "shop";
        /// The overlay that this one lies on. Only in an overlay.
        extends "extends": Option<At<DnsLabel>>, eg "staging";
        /// Whether it is only there for others to extend: it is no environment itself. Only in an overlay.
        only_extended "abstract": bool = "false";
        /// How much is at stake. Literal secrets are for development only.
        tier "tier": Tier = "production";
        /// The namespace of everything that names no other.
        namespace "namespace": Option<Namespace>, else "the system's name", eg "shop";
        /// More namespaces by name, for what says that it lives there.
        namespaces "namespaces": Named<DnsLabel, NamespaceSettings>;
        /// The Kubernetes version of the cluster.
        kubernetes "kubernetes": At<KubernetesVersion> = "1.34";
        /// The DNS domain of the cluster.
        cluster_domain "clusterDomain": DnsName = "cluster.local";
        /// The ports of nodes that the cluster gives to Services.
        node_port_range "nodePortRange": At<NodePortRange> = "30000-32767";
        /// Labels of every generated object and pod.
        labels "labels": Labels;
        /// Annotations of every generated object.
        annotations "annotations": Annotations;
        /// How important pods are: priority classes by name.
        priority_classes "priorityClasses": Named<DnsName, PriorityClass>, eg "{critical: 1000000}";
        /// How little all pods may do: a Pod Security level, and what differs from it.
        security "security": Option<At<Security>>, eg "restricted";
        /// Images by name, so that a tag or digest is written once.
        images "images": Named<DnsLabel, Image>;
        /// The image that `waitFor` waits with. It needs `sh` and `nc`.
        wait_image "waitImage": At<ImageUse> = "busybox:1.37";
        /// ConfigMaps by name.
        config "config": Named<DnsName, Config>;
        /// Secrets by name.
        secrets "secrets": Named<DnsName, Secret>;
        /// Accounts by name that no workload brings along.
        accounts "accounts": Named<DnsName, Account>;
        /// Roles by name, and who has them.
        roles "roles": Named<RbacName, Role>;
        /// Workloads by name.
        workloads "workloads": Named<DnsLabel, Workload>;
        /// Services that belong to no workload: external names, and those with a selector of their own.
        services "services": Named<ServiceName, Service>;
        /// What Argo Rollouts measure before they go on, by name.
        analysis "analysis": Named<DnsName, Analysis>;
        /// StorageClasses by name.
        storage_classes "storageClasses": Named<DnsName, StorageClass>;
        /// PersistentVolumes that are made by hand, by name.
        persistent_volumes "persistentVolumes": Named<DnsName, PersistentVolume>;
        /// PersistentVolumeClaims by themselves, by name: mounts name them with `existingClaim`.
        claims "claims": Named<DnsName, StandaloneClaim>;
        /// VolumeSnapshotClasses by name.
        snapshot_classes "snapshotClasses": Named<DnsName, SnapshotClass>;
        /// Snapshots of claims by name: single ones, and those of a schedule.
        snapshots "snapshots": Named<DnsName, Snapshot>;
        /// Ingresses by name: requests from outside, by host and path.
        ingresses "ingresses": Named<DnsName, Ingress>;
        /// Gateways of the Gateway API by name.
        gateways "gateways": Named<DnsName, Gateway>;
        /// HTTPRoutes of the Gateway API by name.
        routes "routes": Named<DnsName, Route>;
        /// Issuers of certificates by name, for cert-manager.
        issuers "issuers": Named<DnsName, Issuer>;
        /// Certificates by name, kept valid by cert-manager.
        certificates "certificates": Named<DnsName, Certificate>;
        /// Who may talk to whom.
        network_policy "networkPolicy": Option<NetworkPolicies>, eg "{defaultDeny: true}";
        /// How the monitoring of the cluster finds what this system gives it.
        monitoring "monitoring": Option<At<Monitoring>>;
        /// Alerting and recording rules, by the name of their group. Plain texts in them are no templates of k8sgen's.
        rules "rules": Rules;
        /// Dashboards of Grafana by name.
        dashboards "dashboards": Dashboards;
        /// Who brings the manifests to the cluster: Argo CD, Flux.
        delivery "delivery": Option<Delivery>;
        /// How the objects are checked.
        checks "checks": Option<Checks>;
        /// Manifests of any kind, as Kubernetes defines them, each under a name of your choice.
        objects "objects": Named<DnsLabel, Raw>;
        /// Changes to generated objects, each under a name of your choice, applied in this order.
        patches "patches": Named<DnsLabel, Patch>;
    }
    hint "configMaps" => "did you mean `config`?";
    hint "ingress" => "did you mean `ingresses`?";
    hint "httpRoutes" => "did you mean `routes`?";
    hint "serviceAccounts" => "did you mean `accounts`?";
    hint "deployments" => "did you mean `workloads`?";
    hint "env" => "the environment is the overlay's file name; variables stand in a workload's `env`";
}

choice! {
    /// How much is at stake in an environment.
    "tier" pub enum Tier {
        /// Where people try things out.
        Development "development",
        /// Like production, without its data.
        Staging "staging",
        /// What users depend on.
        Production "production",
    }
}

record! {
    /// A change to one generated object. It must hit an object, and the object
    /// must be valid afterwards.
    "patch" pub struct Patch {
        /// The object to change.
        target "target": At<ObjectRef>, eg "StatefulSet/miner";
        /// The namespace of the object, where several of one name are in different ones.
        namespace "namespace": Option<DnsLabel>;
        /// A strategic merge patch: a part of the object, laid on it. Lists of named things merge by name.
        merge "merge": Option<Raw>;
        /// JSON 6902 operations.
        json "json": Option<Raw>;
    }
    one_of ["merge", "json"];
    needs_one "a change";
}

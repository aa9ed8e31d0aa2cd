//! A workload: what creates pods, and all that belongs to it.

use crate::scalar::ServiceName;
use crate::scalar::{
    CronSchedule, DnsLabel, DnsName, Duration, IntOrPercent, IpAddress, LabelKey, LabelValue,
    Surge, TimeZone,
};

use super::alerts::Alerts;
use super::container::Container;
use super::decode::{At, Named, Raw};
use super::hardening::Security;
use super::identity::Identity;
use super::network_policy::{Accepted, Connections, Outside};
use super::progressive::{BlueGreen, Canary};
use super::refs::Endpoint;
use super::scale::{Disruption, Scale};
use super::scheduling::{AntiAffinity, Near, NodeSelector, Spread, Toleration};
use super::scrape::Scrape;
use super::service::Service;
use super::shape::{choice, record};
use super::system::{Annotations, Labels};
use super::vertical::VerticalScale;
use super::words::Topology;

record! {
    /// What creates pods. The keys of its main container stand beside its own.
    "workload" pub struct Workload {
        /// What keeps the pods running.
        kind "kind": At<WorkloadKind> = "Deployment";
        /// The namespace it lives in; one under `namespaces`.
        namespace "namespace": Option<At<DnsLabel>>, else "the system's own", eg "jobs";
        /// How many pods. With `scale` it must lie within the bounds, and is left to the autoscaler.
        replicas "replicas": Option<At<u32>>, else "1, or what `scale` makes of it", eg "3";
        /// The name of the main container.
        container_name "containerName": Option<DnsLabel>, else "the workload's name", eg "server";
        /// More containers that run beside the main one.
        containers "containers": Named<DnsLabel, Container>;
        /// Containers that run before the others, one after another.
        init_containers "initContainers": Named<DnsLabel, Container>;
        /// Containers that start before the others and run as long as they do.
        sidecars "sidecars": Named<DnsLabel, Container>;
        /// Services that must answer before the containers start.
        wait_for "waitFor": Vec<At<Endpoint>>, eg "[redis/redis]";
        /// Services, or workloads, that it sends to: policies let it, and nothing else where it says this.
        connects "connects": Connections, eg "[redis/redis]";
        /// Addresses outside that it sends to.
        outside "outside": Named<DnsLabel, Outside>, eg "{bank: {to: [203.0.113.0/24], ports: [443]}}";
        /// Who else may send to it: addresses outside, and pods that are none of this system's.
        accepts "accepts": Named<DnsLabel, Accepted>, eg "{peers: {from: [0.0.0.0/0], ports: [p2p]}}";
        /// Services that lead to the pods.
        services "services": Named<ServiceName, Service>;
        /// An autoscaler.
        scale "scale": Option<At<Scale>>;
        /// A vertical autoscaler, which sets what the containers request.
        vertical_scale "verticalScale": Option<Box<At<VerticalScale>>>, eg "Off"|"{mode: Initial, max: {memory: 4Gi}}";
        /// A disruption budget.
        disruption "disruption": Option<At<Disruption>>;
        /// What Prometheus scrapes.
        scrape "scrape": Option<At<Scrape>>, eg "metrics";
        /// Alerts about it: a ready set, single ones, and your own.
        alerts "alerts": Option<Box<At<Alerts>>>, eg "standard";
        /// How new pods replace old ones.
        strategy "strategy": Option<At<Strategy>>;
        /// A Rollout's new version gets a growing share of the work.
        canary "canary": Option<Box<At<Canary>>>, eg "[10%, pause 2m, 100%]"|"{steps: [10%, pause], maxSurge: 1}";
        /// A Rollout's new version stands ready beside the old one, and takes over at once.
        blue_green "blueGreen": Option<Box<At<BlueGreen>>>, eg "{autoPromotion: false}";
        /// What a Job runs to its end. For the kinds Job and CronJob.
        job "job": Option<At<Job>>;
        /// When a CronJob runs.
        schedule "schedule": Option<At<Schedule>>, eg "0 2 * * *";
        /// What becomes of a StatefulSet's claims.
        claim_retention "claimRetention": Option<At<ClaimRetention>>;
        /// Whether a StatefulSet's pods start and end one after another.
        pod_management "podManagementPolicy": Option<At<PodManagement>>;
        /// The headless Service that names a StatefulSet's pods, where there are several.
        governing_service "governingService": Option<At<ServiceName>>, else "its one headless Service, or one of its own";
        /// How long a pod is ready before it counts.
        min_ready "minReady": Option<At<Duration>>, eg "10s";
        /// How many old versions are kept to go back to.
        revision_history_limit "revisionHistoryLimit": Option<At<u32>>;
        /// How long a rollout may take before it counts as failed.
        progress_deadline "progressDeadline": Option<At<Duration>>, eg "10m";
        /// Whether a change of a ConfigMap or Secret that the pods read restarts them. Of a Secret that is made elsewhere or from a store nothing is known.
        restart_on_change "restartOnChange": bool = "true";

        /// The account that the pods act as.
        service_account "serviceAccount": Option<At<ServiceAccount>>, eg "web";
        /// Whether the pods get a token for the API server.
        automount_token "automountToken": bool = "false";
        /// Secrets with passwords of registries.
        image_pull_secrets "imagePullSecrets": Vec<At<DnsName>>;
        /// Labels of nodes that the pods may run on.
        node_selector "nodeSelector": NodeSelector;
        /// Keeps the pods apart from each other.
        anti_affinity "antiAffinity": Option<AntiAffinity>, eg "preferred";
        /// Draws the pods to those of other workloads.
        near "near": Named<DnsLabel, Near>, eg "{redis: preferred}";
        /// How evenly the pods are spread, by topology.
        spread "spread": Named<Topology, Spread>, eg "{zone: 1}";
        /// Affinity as Kubernetes defines it.
        affinity "affinity": Option<Raw>;
        /// Spread as Kubernetes defines it.
        topology_spread "topologySpreadConstraints": Option<Raw>;
        /// Taints of nodes that the pods put up with.
        tolerations "tolerations": Vec<At<Toleration>>;
        /// How important the pods are.
        priority_class "priorityClassName": Option<DnsName>;
        /// Which scheduler places them.
        scheduler_name "schedulerName": Option<DnsName>;
        /// Which runtime runs them.
        runtime_class "runtimeClassName": Option<DnsName>;
        /// How the pods resolve names.
        dns "dns": Option<At<Dns>>;
        /// Names for addresses in the pods' hosts file.
        host_aliases "hostAliases": Named<IpAddress, Vec<DnsName>>;
        /// The host name of the pods.
        hostname "hostname": Option<DnsLabel>;
        /// The domain of the pods' full name: a headless Service.
        subdomain "subdomain": Option<DnsLabel>;
        /// Whether the pods call themselves by their full name.
        hostname_as_fqdn "setHostnameAsFQDN": Option<bool>;
        /// Whether the pods use the node's network.
        host_network "hostNetwork": Option<At<bool>>;
        /// Whether the pods see the node's processes.
        host_pid "hostPID": Option<bool>;
        /// Whether the pods share the node's IPC.
        host_ipc "hostIPC": Option<bool>;
        /// Whether the containers of a pod see each other's processes.
        share_processes "shareProcessNamespace": Option<At<bool>>;
        /// Whether Kubernetes puts addresses of Services into the environment.
        service_links "enableServiceLinks": Option<bool>;
        /// How long a pod has to end.
        termination_grace_period "terminationGracePeriod": Option<At<Duration>>, eg "60s";
        /// How little the pods may do: a Pod Security level, and what differs from it.
        security "security": Option<At<Security>>, else "the system's `security`", eg "restricted";
        /// The pods' security context, as Kubernetes defines it.
        pod_security_context "podSecurityContext": Option<Raw>;
        /// Volumes as Kubernetes defines them, for `mounts` to name: kinds that it does not know, and those that containers share.
        volumes "volumes": Named<DnsLabel, Raw>;

        /// Labels of its objects and pods.
        labels "labels": Labels;
        /// Annotations of the workload object.
        annotations "annotations": Annotations;
        /// Labels of its pods alone.
        pod_labels "podLabels": Labels, eg "{app: web}";
        /// Annotations of its pods.
        pod_annotations "podAnnotations": Annotations;
        /// The labels that select its pods, where they must be given ones: Kubernetes never lets them change.
        selector "selector": Option<At<Named<LabelKey, LabelValue>>>, eg "{app: web}";
    }
    include container: Container;
    one_of ["canary", "blueGreen"];
    hint "serviceAccountName" => "did you mean `serviceAccount`?";
    hint "terminationGracePeriodSeconds" => "write it as `terminationGracePeriod: 60s`";
    hint "updateStrategy" => "it is `strategy` for every kind";
    hint "hpa" => "did you mean `scale`?";
    hint "vpa" => "did you mean `verticalScale`?";
    hint "pdb" => "did you mean `disruption`?";
    hint "volumeClaimTemplates" => "write them as `mounts: {/path: {claim: NAME, size: …}}`";
    hint "minReadySeconds" => "write it as `minReady: 10s`";
    hint "dnsConfig" => "did you mean `dns`?";
    hint "dnsPolicy" => "write it as `dns: {policy: …}`";
}

choice! {
    /// What keeps pods running.
    "kind of workload" pub enum WorkloadKind {
        /// Interchangeable pods.
        Deployment "Deployment",
        /// Interchangeable pods, whose versions Argo Rollouts changes step by step.
        Rollout "Rollout",
        /// Pods with names, each with storage of its own.
        StatefulSet "StatefulSet",
        /// One pod on every node.
        DaemonSet "DaemonSet",
        /// Pods that run to their end once.
        Job "Job",
        /// Pods that run to their end, again and again.
        CronJob "CronJob",
    }
}

impl WorkloadKind {
    /// The version of the API that has objects of this kind.
    pub fn api_version(self) -> &'static str {
        match self {
            WorkloadKind::Deployment | WorkloadKind::StatefulSet | WorkloadKind::DaemonSet => {
                "apps/v1"
            }
            WorkloadKind::Rollout => "argoproj.io/v1alpha1",
            WorkloadKind::Job | WorkloadKind::CronJob => "batch/v1",
        }
    }
}

record! {
    /// How new pods replace old ones.
    "strategy" pub struct Strategy {
        /// RollingUpdate, Recreate (Deployment), or OnDelete (StatefulSet, DaemonSet).
        strategy_type "type": Option<At<StrategyType>>;
        /// How many pods there may be beyond the wanted number.
        max_surge "maxSurge": Option<At<Surge>>, eg "1"|"25%";
        /// How many pods may be missing meanwhile.
        max_unavailable "maxUnavailable": Option<At<IntOrPercent>>, eg "0";
        /// A StatefulSet's pods with smaller numbers keep the old version.
        partition "partition": Option<At<u32>>, eg "1";
    }
    short "type";
    hint "rollingUpdate" => "write its fields right here";
}

choice! {
    /// How new pods replace old ones.
    "strategy" pub enum StrategyType {
        /// A few at a time.
        RollingUpdate "RollingUpdate",
        /// All old ones end before new ones start.
        Recreate "Recreate",
        /// Whenever somebody deletes an old one.
        OnDelete "OnDelete",
    }
}

record! {
    /// What a Job runs to its end.
    "job" pub struct Job {
        /// How many pods must succeed.
        completions "completions": Option<At<u32>>;
        /// How many run at once.
        parallelism "parallelism": Option<At<u32>>;
        /// Whether each pod has a number.
        completion_mode "completionMode": Option<At<CompletionMode>>;
        /// How many failures are too many.
        backoff_limit "backoffLimit": Option<At<u32>>;
        /// How long it may take in all.
        deadline "deadline": Option<At<Duration>>, eg "1h";
        /// How long it is kept once it is finished.
        ttl "ttl": Option<At<Duration>>, eg "1d";
        /// What becomes of a container that fails.
        restart_policy "restartPolicy": RestartPolicy = "OnFailure";
        /// Which failures count, as Kubernetes defines it.
        pod_failure_policy "podFailurePolicy": Option<Raw>;
        /// Whether it waits to be started.
        suspend "suspend": Option<bool>;
        /// Whether each version of a Job has a name of its own. Kubernetes never lets a Job's pods change, so without it a new version is refused until the old Job is gone. For the kind Job.
        new_name_on_change "newNameOnChange": bool = "false";
    }
    hint "activeDeadlineSeconds" => "write it as `deadline: 1h`";
    hint "ttlSecondsAfterFinished" => "write it as `ttl: 1d`";
}

impl Job {
    pub fn is_indexed(&self) -> bool {
        self.completion_mode.as_ref().is_some_and(|mode| mode.value == CompletionMode::Indexed)
    }
}

choice! {
    /// Whether each pod of a Job has a number.
    "completion mode" pub enum CompletionMode {
        /// They are all alike.
        NonIndexed "NonIndexed",
        /// Each has its own.
        Indexed "Indexed",
    }
}

choice! {
    /// What becomes of a container of a Job that fails.
    "restart policy" pub enum RestartPolicy {
        /// It is restarted in its pod.
        OnFailure "OnFailure",
        /// A new pod takes over.
        Never "Never",
    }
}

record! {
    /// When a CronJob runs.
    "schedule" pub struct Schedule {
        /// The times.
        cron "cron": CronSchedule, eg "0 2 * * *";
        /// The time zone of the times; the controller's where nothing is said.
        time_zone "timeZone": Option<At<TimeZone>>, eg "Europe/Berlin";
        /// What happens where the last run is not finished.
        concurrency_policy "concurrencyPolicy": Option<ConcurrencyPolicy>;
        /// How late a run may still start.
        starting_deadline "startingDeadline": Option<At<Duration>>, eg "10m";
        /// How many successful runs are kept.
        successful_history "successfulJobsHistoryLimit": Option<u32>;
        /// How many failed runs are kept.
        failed_history "failedJobsHistoryLimit": Option<u32>;
        /// Whether it pauses.
        suspend "suspend": Option<bool>;
    }
    short "cron";
    hint "schedule" => "did you mean `cron`?";
    hint "startingDeadlineSeconds" => "write it as `startingDeadline: 10m`";
}

choice! {
    /// What happens where the last run is not finished.
    "concurrency policy" pub enum ConcurrencyPolicy {
        /// They run side by side.
        Allow "Allow",
        /// The new one is left out.
        Forbid "Forbid",
        /// The old one is ended.
        Replace "Replace",
    }
}

record! {
    /// What becomes of a StatefulSet's claims.
    "claim retention" pub struct ClaimRetention {
        /// When the StatefulSet is deleted.
        when_deleted "whenDeleted": Option<Retention>;
        /// When it has fewer pods.
        when_scaled "whenScaled": Option<Retention>;
    }
}

choice! {
    /// What becomes of a claim.
    "retention" pub enum Retention {
        /// It stays.
        Retain "Retain",
        /// It is deleted, with its data.
        Delete "Delete",
    }
}

choice! {
    /// Whether a StatefulSet's pods wait for each other.
    "pod management policy" pub enum PodManagement {
        /// One after another.
        OrderedReady "OrderedReady",
        /// All at once.
        Parallel "Parallel",
    }
}

record! {
    /// The account that pods act as.
    "service account" pub struct ServiceAccount {
        /// Its name.
        name "name": At<DnsName>, eg "web";
        /// Whether it is made elsewhere.
        existing "existing": bool = "false";
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
        /// Who it is to a cloud.
        identity "identity": Option<At<Identity>>;
    }
    short "name";
}

record! {
    /// How pods resolve names.
    "set of DNS settings" pub struct Dns {
        /// Which settings they start from.
        policy "policy": Option<At<DnsPolicy>>;
        /// Name servers.
        nameservers "nameservers": Vec<IpAddress>;
        /// Domains that short names are looked up in.
        searches "searches": Vec<DnsName>;
        /// Options of the resolver, by name; an empty text is an option without a value.
        options "options": Named<DnsLabel, String>, eg "{ndots: 2}";
    }
    short "policy";
}

choice! {
    /// Which DNS settings pods start from.
    "DNS policy" pub enum DnsPolicy {
        /// The cluster's.
        ClusterFirst "ClusterFirst",
        /// The cluster's, on the node's network too.
        ClusterFirstWithHostNet "ClusterFirstWithHostNet",
        /// The node's.
        Default "Default",
        /// None but what is written here.
        None "None",
    }
}

//! Who brings the manifests to the cluster: Argo CD and Flux.

use crate::scalar::{DnsLabel, DnsName, Duration, RelativePath, kept_text};

use super::decode::{At, Named};
use super::edge_words::RepositoryUrl;
use super::shape::{choice, record};
use super::system::{Annotations, Labels};

record! {
    /// Who brings the manifests from a repository to the cluster.
    "delivery" pub struct Delivery {
        /// Argo CD Applications by name.
        applications "applications": Named<DnsName, Application>;
        /// Argo CD ApplicationSets by name: one Application for each environment.
        application_sets "applicationSets": Named<DnsName, ApplicationSet>;
        /// Flux Kustomizations by name.
        kustomizations "kustomizations": Named<DnsName, FluxKustomization>;
    }
}

record! {
    /// One environment, brought to a cluster by Argo CD.
    "application" pub struct Application {
        /// The cluster by the name that Argo CD knows it by.
        cluster "cluster": Option<At<String>>, eg "prod-eu";
        /// The cluster by its address.
        server "server": Option<At<String>>, else "https://kubernetes.default.svc, the cluster of Argo CD itself";
    }
    include source: ArgoSource;
    one_of ["cluster", "server"];
    hint "source" => "write its fields right here: `repo`, `path`, `revision`";
    hint "destination" => "write it as `cluster` or `server`, and `into`";
    hint "syncPolicy" => "did you mean `sync`?";
}

record! {
    /// One Application for each of several environments.
    "application set" pub struct ApplicationSet {
        /// The environments, each with its cluster.
        environments "environments": Named<DnsLabel, SetEnvironment>, eg "{dev: {}, prod: {cluster: prod-eu}}";
    }
    include source: ArgoSource;
    hint "generators" => "write the environments under `environments`";
}

record! {
    /// An environment of an ApplicationSet.
    "environment" pub struct SetEnvironment {
        /// The cluster by the name that Argo CD knows it by.
        cluster "cluster": Option<String>, else "`in-cluster`, the one of Argo CD itself", eg "prod-eu";
    }
    short "cluster";
}

record! {
    /// What Argo CD brings, and how.
    "source" pub struct ArgoSource {
        /// The namespace of Argo CD.
        namespace "namespace": DnsLabel = "argocd";
        /// The project that allows it.
        project "project": DnsName = "default";
        /// The repository.
        repo "repo": RepositoryUrl, eg "https://github.com/example/shop.git";
        /// The branch, tag or commit.
        revision "revision": String = "HEAD";
        /// The directory in the repository.
        path "path": Option<At<RelativePath>>, eg "deploy/prod";
        /// The directory in the repository that `k8sgen kustomize` writes to; the environment is below it.
        tree "tree": Option<At<RelativePath>>, eg "deploy";
        /// The namespace of what names none.
        into "into": Option<DnsLabel>, else "the system's own", eg "shop";
        /// What happens without being asked for.
        sync "sync": Option<At<ArgoSync>>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["path", "tree"];
    needs_one "a place in the repository";
}

record! {
    /// What Argo CD does by itself.
    "sync policy" pub struct ArgoSync {
        /// Whether a change in the repository is brought at once.
        automated "automated": bool = "false";
        /// Whether what is gone from the repository goes from the cluster. With `automated`.
        prune "prune": Option<At<bool>>, eg "true";
        /// Whether a change in the cluster is taken back. With `automated`.
        self_heal "selfHeal": Option<At<bool>>, eg "true";
        /// Argo CD's own options.
        options "options": Vec<At<SyncOption>>, eg "[ServerSideApply=true]";
        /// What happens after a failure.
        retry "retry": Option<ArgoRetry>, eg "5";
    }
}

record! {
    /// What happens after a failure.
    "retry" pub struct ArgoRetry {
        /// How many times it is tried again.
        limit "limit": u32, eg "5";
        /// How long until the first time.
        after "after": Option<At<Duration>>, else "5s", eg "10s";
        /// How many times longer each further wait is.
        factor "factor": Option<At<u32>>, else "2", eg "2";
        /// The longest wait.
        longest "longest": Option<At<Duration>>, else "3m", eg "5m";
    }
    short "limit";
}

record! {
    /// One environment, brought to the cluster by Flux.
    "kustomization" pub struct FluxKustomization {
        /// The namespace of Flux.
        namespace "namespace": At<DnsLabel> = "flux-system";
        /// Where the manifests come from.
        source "source": FluxSource, eg "shop";
        /// The directory in the source.
        path "path": Option<At<RelativePath>>, eg "deploy/prod";
        /// The directory in the source that `k8sgen kustomize` writes to; the environment is below it.
        tree "tree": Option<At<RelativePath>>, eg "deploy";
        /// How often it looks.
        interval "interval": At<Duration> = "10m";
        /// How soon it looks again after a failure.
        retry_interval "retryInterval": Option<At<Duration>>, else "the interval", eg "2m";
        /// How long everything may take.
        timeout "timeout": Option<At<Duration>>, else "the interval", eg "5m";
        /// Whether what is gone from the source goes from the cluster.
        prune "prune": bool = "true";
        /// Whether it waits until all is ready.
        wait "wait": Option<At<bool>>, eg "true";
        /// The workloads that must be ready, by name.
        health_checks "healthChecks": Vec<At<DnsLabel>>, eg "[web]";
        /// Other Kustomizations that come first.
        depends_on "dependsOn": Vec<At<DnsName>>, eg "[infrastructure]";
        /// The account it acts as.
        service_account "serviceAccount": Option<DnsName>, eg "deployer";
        /// The namespace that everything is put into, whatever it names.
        into "into": Option<DnsLabel>, eg "shop";
        /// Whether what cannot be changed is made anew.
        force "force": Option<bool>;
        /// Whether it rests.
        suspend "suspend": Option<bool>;
        /// Its own labels.
        labels "labels": Labels;
        /// Its own annotations.
        annotations "annotations": Annotations;
    }
    one_of ["path", "tree"];
    needs_one "a place in the source";
    hint "sourceRef" => "did you mean `source`?";
    hint "targetNamespace" => "did you mean `into`?";
}

record! {
    /// Where Flux takes manifests from.
    "source" pub struct FluxSource {
        /// Its name.
        name "name": DnsName, eg "shop";
        /// What it is.
        kind "kind": FluxSourceKind = "GitRepository";
        /// Its namespace.
        namespace "namespace": Option<DnsLabel>, else "that of Flux", eg "flux-system";
    }
    short "name";
}

choice! {
    /// What Flux takes manifests from.
    "kind of source" pub enum FluxSourceKind {
        /// A repository of git.
        GitRepository "GitRepository",
        /// A registry.
        OciRepository "OCIRepository",
        /// A bucket.
        Bucket "Bucket",
    }
}

kept_text! {
    /// One of Argo CD's own options.
    SyncOption
}

impl crate::scalar::Scalar for SyncOption {
    const NAME: &'static str = "sync option";
    const DOC: &'static str = "An option of Argo CD and its value: `NAME=VALUE`.";
    const EXAMPLES: &'static [&'static str] = &["ServerSideApply=true", "CreateNamespace=true"];
    const PATTERN: &'static str = "^[A-Za-z]+=[A-Za-z]+$";

    fn parse(text: &str) -> Result<SyncOption, String> {
        let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic());
        match text.split_once('=') {
            Some((name, value)) if word(name) && word(value) => Ok(SyncOption(text.into())),
            _ => Err("expected `NAME=VALUE`".to_owned()),
        }
    }
}

super::shape::scalars!(SyncOption);

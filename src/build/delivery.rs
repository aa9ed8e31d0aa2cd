//! Layer 6: who brings the manifests to the cluster. What stands here lives in the
//! namespace of the one who does, which is none of the system's.

use std::collections::{BTreeMap, HashSet};

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::crd::{argo_cd, flux};
use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::object::Object;
use crate::profile::decode::{At, Item};
use crate::profile::delivery::{
    Application, ApplicationSet, ArgoRetry, ArgoSource, ArgoSync, FluxKustomization,
};
use crate::profile::system::Labels;
use crate::profile::workload::WorkloadKind;
use crate::scalar::{DnsLabel, DnsName, RelativePath};

use super::context::{Context, count, seconds_from};
use super::meta::{Pairs, extend, some, some_list};

/// The cluster that Argo CD itself runs in.
const OWN_CLUSTER: &str = "https://kubernetes.default.svc";

/// All that delivers.
pub fn deliveries(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let Some(delivery) = &context.index.system.delivery else { return Vec::new() };
    let mut objects = Vec::new();
    for (name, item) in &delivery.applications {
        objects.extend(application(context, name, item, report));
    }
    for (name, item) in &delivery.application_sets {
        objects.extend(application_set(context, name, item, report));
    }
    for (name, item) in &delivery.kustomizations {
        objects.extend(kustomization(context, name, item, report));
    }
    objects
}

fn application(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<Application>,
    report: &mut Report,
) -> Option<Object> {
    let named = item.cluster.as_ref().map(|cluster| cluster.value.clone());
    let server = item.server.as_ref().map(|server| server.value.clone());
    if let Some(server) = item.server.as_ref().filter(|server| !server.starts_with("https://")) {
        report.error(server.place, "the address of a cluster begins with `https://`");
    }
    if let Some(cluster) = item.cluster.as_ref().filter(|cluster| cluster.is_empty()) {
        report.error(cluster.place, "the name of a cluster");
    }
    let destination = argo_cd::Destination {
        server: named.is_none().then(|| server.unwrap_or_else(|| OWN_CLUSTER.to_owned())),
        name: named,
        namespace: into(context, &item.source),
    };
    let object = argo_cd::Application {
        metadata: argo_metadata(context, name, &item.source),
        spec: spec(&item.source, context.environment, destination, report),
    };
    super::raw::object(&object, item.key, report)
}

fn application_set(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<ApplicationSet>,
    report: &mut Report,
) -> Option<Object> {
    if item.environments.is_empty() {
        report.add(
            Diagnostic::missing(format!("`{name}` is for no environment"))
                .at(item.key)
                .help("for example `environments: {dev: {}, prod: {cluster: prod-eu}}`"),
        );
    }
    if let Some(path) = &item.source.path {
        report.error(
            path.place,
            "each environment has a path of its own; write `tree`, the directory above them",
        );
    }
    let elements = item.environments.iter().map(|(name, environment)| {
        let cluster = environment.cluster.as_deref().unwrap_or("in-cluster");
        BTreeMap::from([
            ("environment".to_owned(), name.to_string()),
            ("cluster".to_owned(), cluster.to_owned()),
        ])
    });
    let destination = argo_cd::Destination {
        name: Some("{{.cluster}}".to_owned()),
        server: None,
        namespace: into(context, &item.source),
    };
    let mut labels = context.common_labels();
    extend(&mut labels, &item.source.labels);
    let object = argo_cd::ApplicationSet {
        metadata: argo_metadata(context, name, &item.source),
        spec: argo_cd::ApplicationSetSpec {
            go_template: true,
            go_template_options: vec!["missingkey=error".to_owned()],
            generators: vec![argo_cd::Generator {
                list: argo_cd::ListGenerator { elements: elements.collect() },
            }],
            template: argo_cd::ApplicationTemplate {
                metadata: argo_cd::TemplateMetadata {
                    name: format!("{name}-{{{{.environment}}}}"),
                    labels: some(labels),
                },
                spec: spec(&item.source, "{{.environment}}", destination, report),
            },
        },
    };
    super::raw::object(&object, item.key, report)
}

fn argo_metadata(context: &Context<'_>, name: &DnsName, source: &ArgoSource) -> ObjectMeta {
    let labels = own_labels(context, &source.labels);
    context.namespaced(source.namespace.as_str(), name.as_str(), labels, &source.annotations)
}

fn own_labels(context: &Context<'_>, own: &Labels) -> Pairs {
    let mut labels = context.common_labels();
    extend(&mut labels, own);
    labels
}

fn into(context: &Context<'_>, source: &ArgoSource) -> String {
    source.into.as_ref().map_or(context.index.namespace, |name| name.as_str()).to_owned()
}

fn spec(
    source: &ArgoSource,
    environment: &str,
    destination: argo_cd::Destination,
    report: &mut Report,
) -> argo_cd::ApplicationSpec {
    argo_cd::ApplicationSpec {
        project: source.project.to_string(),
        source: argo_cd::Source {
            repo_url: source.repo.to_string(),
            target_revision: source.revision.clone(),
            path: directory(&source.path, &source.tree, environment),
        },
        destination,
        sync_policy: source.sync.as_ref().map(|sync| sync_policy(sync, report)),
    }
}

/// A directory, or that of an environment in what `k8sgen kustomize` writes.
fn directory(
    path: &Option<At<RelativePath>>,
    tree: &Option<At<RelativePath>>,
    environment: &str,
) -> String {
    match (path, tree) {
        (Some(path), _) => path.to_string(),
        (None, Some(tree)) => format!("{}/overlays/{environment}", tree.value),
        // The record needs one of the two, and reading it said so.
        (None, None) => String::new(),
    }
}

fn sync_policy(sync: &At<ArgoSync>, report: &mut Report) -> argo_cd::SyncPolicy {
    if !sync.automated {
        for (key, flag) in [("prune", &sync.prune), ("selfHeal", &sync.self_heal)] {
            if let Some(flag) = flag {
                report.error(flag.place, format!("`{key}` belongs to `automated: true`"));
            }
        }
    }
    let mut seen = HashSet::new();
    for option in &sync.options {
        if !seen.insert(option.as_str().split('=').next()) {
            report.error(option.place, "this option is listed twice");
        }
    }
    if !sync.automated && sync.options.is_empty() && sync.retry.is_none() {
        report.error(
            sync.place,
            "this changes nothing: say `automated: true`, `options` or `retry`, or leave it out",
        );
    }
    argo_cd::SyncPolicy {
        automated: sync.automated.then(|| argo_cd::Automated {
            prune: sync.prune.as_ref().map(|flag| flag.value),
            self_heal: sync.self_heal.as_ref().map(|flag| flag.value),
        }),
        sync_options: some_list(sync.options.iter().map(|option| option.to_string()).collect()),
        retry: sync.retry.as_ref().map(|retry| self::retry(retry, report)),
    }
}

fn retry(retry: &ArgoRetry, report: &mut Report) -> argo_cd::Retry {
    if let Some(factor) = retry.factor.as_ref().filter(|factor| ***factor == 0) {
        report.error(factor.place, "at least 1");
    }
    for duration in [&retry.after, &retry.longest].into_iter().flatten() {
        seconds_from(1, duration, report);
    }
    let backoff = argo_cd::Backoff {
        duration: retry.after.as_ref().map(ToString::to_string),
        factor: retry.factor.as_ref().map(|factor| count(**factor)),
        max_duration: retry.longest.as_ref().map(ToString::to_string),
    };
    let said = backoff != argo_cd::Backoff::default();
    argo_cd::Retry { limit: count(retry.limit), backoff: said.then_some(backoff) }
}

fn kustomization(
    context: &Context<'_>,
    name: &DnsName,
    item: &Item<FluxKustomization>,
    report: &mut Report,
) -> Option<Object> {
    if let (Some(wait), Some(first)) =
        (item.wait.as_ref().filter(|wait| wait.value), item.health_checks.first())
    {
        report.add(
            Diagnostic::new("whoever waits for all asks none by name")
                .at(first.place)
                .related(wait.place, "it waits for all"),
        );
    }
    for duration in [Some(&item.interval), item.retry_interval.as_ref(), item.timeout.as_ref()]
        .into_iter()
        .flatten()
    {
        seconds_from(1, duration, report);
    }
    let mut seen = HashSet::new();
    for other in &item.depends_on {
        if other.value == *name {
            report.error(other.place, "it cannot come before itself");
        }
        if !seen.insert(&other.value) {
            report.error(other.place, "this is listed twice");
        }
    }
    let path = directory(&item.path, &item.tree, context.environment);
    let metadata = context.namespaced(
        item.namespace.as_str(),
        name.as_str(),
        own_labels(context, &item.labels),
        &item.annotations,
    );
    let dependency = |name: &At<DnsName>| flux::Dependency { name: name.to_string() };
    let checks = item.health_checks.iter().filter_map(|name| health_check(context, name, report));
    let checks: Vec<flux::HealthCheck> = checks.collect();
    let object = flux::Kustomization {
        metadata,
        spec: flux::KustomizationSpec {
            source_ref: flux::SourceRef {
                kind: item.source.kind.as_str().to_owned(),
                name: item.source.name.to_string(),
                namespace: item.source.namespace.as_ref().map(ToString::to_string),
            },
            path: format!("./{path}"),
            interval: item.interval.to_string(),
            retry_interval: item.retry_interval.as_ref().map(ToString::to_string),
            timeout: item.timeout.as_ref().map(ToString::to_string),
            prune: item.prune,
            wait: item.wait.as_ref().map(|wait| wait.value),
            force: item.force,
            suspend: item.suspend,
            target_namespace: item.into.as_ref().map(ToString::to_string),
            service_account_name: item.service_account.as_ref().map(ToString::to_string),
            depends_on: some_list(item.depends_on.iter().map(dependency).collect()),
            health_checks: some_list(checks),
        },
    };
    super::raw::object(&object, item.key, report)
}

/// A workload of the system, as Flux asks for it.
fn health_check(
    context: &Context<'_>,
    name: &At<DnsLabel>,
    report: &mut Report,
) -> Option<flux::HealthCheck> {
    let all = &context.index.system.workloads;
    let Some(workload) = all.get(&name.value) else {
        let known = all.keys().map(DnsLabel::as_str);
        let message = format!("there is no workload `{}`", name.value);
        report.add(Unknown::new(message, name.as_str(), known).at(name.place));
        return None;
    };
    let kind = workload.kind.value;
    let job = matches!(kind, WorkloadKind::Job | WorkloadKind::CronJob);
    Some(flux::HealthCheck {
        api_version: if job { "batch/v1" } else { "apps/v1" }.to_owned(),
        kind: kind.as_str().to_owned(),
        name: name.to_string(),
        namespace: context.index.home(&workload.namespace).to_owned(),
    })
}

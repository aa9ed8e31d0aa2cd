//! What makes snapshots again and again: a CronJob, and an account that may do
//! this and nothing else.

use k8s_openapi::api::batch::v1 as batch;
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::rbac::v1 as rbac;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::Item;
use crate::profile::snapshot::Snapshot;
use crate::profile::system::Annotations;
use crate::scalar::{DnsLabel, DnsName, Scalar};

use super::context::Context;
use super::meta::{Pairs, add, extend, some};
use super::pod::resources;
use super::snapshot::Source;
use super::{job, raw};

/// What the pod runs. All that differs comes from its environment; names of
/// objects hold nothing that a shell or JSON would take for more than text.
const SCRIPT: &str = include_str!("snapshot_schedule.sh");

/// `CLAIM-` and the time behind it.
const LONGEST_CLAIM: usize = 253 - "-20060102-150405".len();

const GROUP: &str = "rbac.authorization.k8s.io";
const NAME: &str = "app.kubernetes.io/name";
const INSTANCE: &str = "app.kubernetes.io/instance";
/// How long a run may take, in seconds: it asks the API server a few times, and one that
/// hangs would keep all later ones from starting.
const LONGEST_RUN: i64 = 900;
/// It writes what kubectl knows of the server.
const SCRATCH: &str = "64Mi";
/// Whoever this is, it is not root and owns nothing.
const NOBODY: i64 = 65534;

/// What tells the pods of a schedule from all others.
pub fn pod_labels(context: &Context<'_>, name: &DnsName) -> Pairs {
    let system = context.index.system.system.to_string();
    [(NAME.to_owned(), name.to_string()), (INSTANCE.to_owned(), system)].into()
}

/// The CronJob, its account, and what the account may do.
pub fn objects(
    context: &Context<'_>,
    name: &DnsName,
    snapshot: &Item<Snapshot>,
    home: &str,
    source: &Source,
    report: &mut Report,
) -> Vec<Object> {
    check_names(name, snapshot, source, report);
    check_workloads(context, name, snapshot, home, report);
    let mut labels = context.common_labels();
    labels.insert(NAME.to_owned(), name.to_string());
    extend(&mut labels, &snapshot.labels);
    // What tells its snapshots from others must stay what it is.
    let own = pod_labels(context, name);
    for (key, value) in &snapshot.labels {
        if own.contains_key(key.as_str()) {
            let message = format!("`{key}` tells these snapshots from others");
            report.error(value.key, message);
        }
    }
    labels.extend(own.clone());
    let metadata = |annotations: &Annotations| {
        context.namespaced(home, name.as_str(), labels.clone(), annotations)
    };
    let plain = Annotations::default();
    let place = snapshot.key;
    let account = core::ServiceAccount {
        metadata: metadata(&plain),
        automount_service_account_token: Some(false),
        ..core::ServiceAccount::default()
    };
    let role = rbac::Role { metadata: metadata(&plain), rules: Some(rules(source)) };
    let binding = rbac::RoleBinding {
        metadata: metadata(&plain),
        role_ref: rbac::RoleRef {
            api_group: Some(GROUP.to_owned()),
            kind: "Role".to_owned(),
            name: name.to_string(),
        },
        subjects: Some(vec![rbac::Subject {
            kind: "ServiceAccount".to_owned(),
            name: name.to_string(),
            namespace: Some(home.to_owned()),
            api_group: None,
        }]),
    };
    let made = [
        raw::object(&account, place, report),
        raw::object(&role, place, report),
        raw::object(&binding, place, report),
        cron_job(context, name, snapshot, source, &labels, &own, metadata, report),
    ];
    made.into_iter().flatten().collect()
}

fn check_names(name: &DnsName, snapshot: &Item<Snapshot>, source: &Source, report: &mut Report) {
    // It is the value of a label too.
    if let Err(reason) = DnsLabel::parse(name.as_str()) {
        report.error(snapshot.key, format!("the name of a schedule {reason}"));
    } else if name.as_str().len() > 52 {
        // ValidateCronJobCreate.
        let message =
            "the name of a schedule has at most 52 characters: its Jobs add 11 of their own";
        report.error(snapshot.key, message);
    }
    if let Source::Claim(claim) = source
        && claim.len() > LONGEST_CLAIM
    {
        report.error(snapshot.key, "the claim's name leaves no room for the time behind it");
    }
}

/// What selects a workload's pods would select these too.
fn check_workloads(
    context: &Context<'_>,
    name: &DnsName,
    snapshot: &Item<Snapshot>,
    home: &str,
    report: &mut Report,
) {
    let same = context.index.system.workloads.get_key_value(name.as_str());
    if let Some((_, workload)) = same
        && context.index.home(&workload.namespace) == home
    {
        report.add(
            Diagnostic::new(format!("a workload is called `{name}` too"))
                .at(snapshot.key)
                .related(workload.key, "its Services would lead to these pods as well"),
        );
    }
}

/// Snapshots alone; claims only where they are looked for.
fn rules(source: &Source) -> Vec<rbac::PolicyRule> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let rule = |group: &str, resource: &str, verbs: &[&str]| rbac::PolicyRule {
        api_groups: Some(words(&[group])),
        resources: Some(words(&[resource])),
        verbs: words(verbs),
        ..rbac::PolicyRule::default()
    };
    let snapshots =
        rule("snapshot.storage.k8s.io", "volumesnapshots", &["get", "list", "create", "delete"]);
    match source {
        Source::Claim(_) => vec![snapshots],
        Source::EachPod { .. } => vec![snapshots, rule("", "persistentvolumeclaims", &["list"])],
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one object, from one place")]
fn cron_job(
    context: &Context<'_>,
    name: &DnsName,
    snapshot: &Item<Snapshot>,
    source: &Source,
    labels: &Pairs,
    own: &Pairs,
    metadata: impl Fn(&Annotations) -> ObjectMeta,
    report: &mut Report,
) -> Option<Object> {
    let schedule = snapshot.schedule.as_ref()?;
    let image = match context.index.image(snapshot.image.as_ref()?) {
        Ok(image) => image,
        Err(fault) => {
            report.add(fault);
            return None;
        }
    };
    let mut annotations = Pairs::new();
    add(&mut annotations, &snapshot.annotations);
    let template = core::PodTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: some(labels.clone()),
            annotations: some(annotations.clone()),
            ..ObjectMeta::default()
        }),
        spec: Some(core::PodSpec {
            restart_policy: Some("Never".to_owned()),
            service_account_name: Some(name.to_string()),
            automount_service_account_token: Some(true),
            security_context: Some(core::PodSecurityContext {
                run_as_non_root: Some(true),
                run_as_user: Some(NOBODY),
                run_as_group: Some(NOBODY),
                seccomp_profile: Some(core::SeccompProfile {
                    type_: "RuntimeDefault".to_owned(),
                    localhost_profile: None,
                }),
                ..core::PodSecurityContext::default()
            }),
            containers: vec![core::Container {
                name: "snapshot".to_owned(),
                image: Some(image.reference),
                image_pull_policy: image.pull_policy.map(|policy| policy.as_str().to_owned()),
                command: Some(vec!["sh".to_owned(), "-c".to_owned()]),
                args: Some(vec![SCRIPT.to_owned()]),
                env: Some(environment(snapshot, source, labels, own)),
                resources: Some(needed(snapshot, report)),
                volume_mounts: Some(vec![core::VolumeMount {
                    name: "tmp".to_owned(),
                    mount_path: "/tmp".to_owned(),
                    ..core::VolumeMount::default()
                }]),
                security_context: Some(core::SecurityContext {
                    allow_privilege_escalation: Some(false),
                    read_only_root_filesystem: Some(true),
                    capabilities: Some(core::Capabilities {
                        add: None,
                        drop: Some(vec!["ALL".to_owned()]),
                    }),
                    ..core::SecurityContext::default()
                }),
                ..core::Container::default()
            }],
            volumes: Some(vec![core::Volume {
                name: "tmp".to_owned(),
                empty_dir: Some(core::EmptyDirVolumeSource {
                    size_limit: Some(Quantity(SCRATCH.to_owned())),
                    ..core::EmptyDirVolumeSource::default()
                }),
                ..core::Volume::default()
            }]),
            ..core::PodSpec::default()
        }),
    };
    // Two runs at once would both count, and delete too much.
    let concurrency = schedule.concurrency_policy.map_or("Forbid", |policy| policy.as_str());
    // It tries again by itself: a second run would make all snapshots twice.
    let job = batch::JobSpec {
        active_deadline_seconds: Some(LONGEST_RUN),
        backoff_limit: Some(0),
        template,
        ..batch::JobSpec::default()
    };
    let job_template = batch::JobTemplateSpec {
        metadata: Some(ObjectMeta {
            labels: some(labels.clone()),
            annotations: some(annotations),
            ..ObjectMeta::default()
        }),
        spec: Some(job),
    };
    let object = batch::CronJob {
        metadata: metadata(&snapshot.annotations),
        spec: batch::CronJobSpec {
            concurrency_policy: Some(concurrency.to_owned()),
            ..job::times(schedule, job_template, report)
        },
        status: None,
    };
    raw::object(&object, snapshot.key, report)
}

fn environment(
    snapshot: &Snapshot,
    source: &Source,
    labels: &Pairs,
    own: &Pairs,
) -> Vec<core::EnvVar> {
    let selector = |labels: &Pairs| {
        let all: Vec<String> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
        all.join(",")
    };
    let claims = match source {
        Source::Claim(claim) => vec![("CLAIM", claim.clone())],
        Source::EachPod { selector: labels, prefix } => {
            vec![("CLAIM_SELECTOR", selector(labels)), ("CLAIM_PREFIX", prefix.clone())]
        }
    };
    let class = snapshot.class.as_ref().map(ToString::to_string);
    let others = [
        ("SNAPSHOT_CLASS", json(&class)),
        ("SNAPSHOT_LABELS", json(labels)),
        ("SNAPSHOT_SELECTOR", selector(own)),
        ("KEEP", snapshot.keep.as_ref().map_or(1, |keep| **keep).to_string()),
        // Where kubectl keeps what it learns of the server.
        ("HOME", "/tmp".to_owned()),
    ];
    let all = claims.into_iter().chain(others);
    all.map(|(name, value)| core::EnvVar {
        name: name.to_owned(),
        // `$(X)` would be another variable's value.
        value: Some(value.replace("$(", "$$(")),
        value_from: None,
    })
    .collect()
}

/// Neither a name nor labels can fail to be JSON.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn needed(snapshot: &Snapshot, report: &mut Report) -> core::ResourceRequirements {
    let amounts = |cpu: &str, memory: &str| {
        let all = [("cpu", cpu), ("memory", memory)];
        Some(all.map(|(key, value)| (key.to_owned(), Quantity(value.to_owned()))).into())
    };
    match &snapshot.resources {
        Some(written) => resources::requirements(written, report),
        None => core::ResourceRequirements {
            requests: amounts("10m", "32Mi"),
            limits: amounts("200m", "128Mi"),
            claims: None,
        },
    }
}

//! Labels that a pod gets from what makes it, when it runs: selectors may ask for
//! them, and no template has them.

use crate::check::subject::Subject;

/// What a label of a pod is, as far as it is known before the pod runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label<'a> {
    Missing,
    Is(&'a str),
    /// This, a hyphen, and something: `db-0`, `backup-29012345`.
    Numbered(&'a str),
    /// There, and nobody knows what it is.
    Something,
}

/// Of `StatefulSet`, `Deployment`, `DaemonSet`, `Job` and `Rollout` controllers.
const LABELS: [&str; 10] = [
    "pod-template-hash",
    "controller-revision-hash",
    "rollouts-pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "batch.kubernetes.io/job-name",
    "job-name",
    "batch.kubernetes.io/controller-uid",
    "controller-uid",
    "batch.kubernetes.io/job-completion-index",
];

/// Whether pods have a label of this name only once they run.
pub(super) fn is_one(name: &str) -> bool {
    LABELS.contains(&name)
}

/// What a label will be on the pods that an object makes.
pub(super) fn when_it_runs<'a>(owner: &Subject<'a>, name: &str) -> Label<'a> {
    if !is_one(name) {
        return Label::Missing;
    }
    match (owner.kind(), name) {
        ("StatefulSet", "statefulset.kubernetes.io/pod-name") => Label::Numbered(owner.name()),
        ("StatefulSet", "apps.kubernetes.io/pod-index")
        | ("StatefulSet" | "DaemonSet", "controller-revision-hash")
        | ("Deployment" | "ReplicaSet", "pod-template-hash")
        | ("Rollout", "rollouts-pod-template-hash")
        | (
            "Job" | "CronJob",
            "batch.kubernetes.io/controller-uid"
            | "controller-uid"
            | "batch.kubernetes.io/job-completion-index",
        ) => Label::Something,
        ("Job", "batch.kubernetes.io/job-name" | "job-name") => Label::Is(owner.name()),
        ("CronJob", "batch.kubernetes.io/job-name" | "job-name") => Label::Numbered(owner.name()),
        _ => Label::Missing,
    }
}

impl Label<'_> {
    /// Whether it is this, or some pod has it so.
    pub(super) fn may_be(self, wanted: &str) -> bool {
        match self {
            Label::Missing => false,
            Label::Something => true,
            Label::Is(value) => value == wanted,
            Label::Numbered(stem) => wanted
                .strip_prefix(stem)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit())),
        }
    }
}

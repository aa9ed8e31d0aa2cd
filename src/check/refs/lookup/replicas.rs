//! How many pods run of a template.

use crate::check::scene::{Right, Scene};
use crate::check::subject::Subject;
use crate::object::value::Value;

/// As far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replicas {
    None,
    One,
    /// In words: ``3 replicas``.
    Several(String),
}

/// How many pods an object asks for, with what scales it.
pub fn of<'a>(scene: &Scene<'a>, subject: &'a Subject<'a>) -> Replicas {
    let spec = subject.content.get("spec");
    let number = |key| match spec.and_then(|spec| spec.get(key)) {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    };
    let count = match subject.kind() {
        "DaemonSet" => return Replicas::Several("the pods of all nodes".to_owned()),
        "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" | "Rollout" => {
            number("replicas").unwrap_or(1)
        }
        "Job" => number("parallelism").unwrap_or(1),
        _ => 1,
    };
    match (count, most_by_scaler(scene, subject)) {
        (_, Some(most @ 2..)) => Replicas::Several(format!("up to {most} replicas")),
        (2.., _) => Replicas::Several(format!("{count} replicas")),
        (..=0, None) => Replicas::None,
        _ => Replicas::One,
    }
}

/// The most that an autoscaler lets a workload have.
fn most_by_scaler<'a>(scene: &Scene<'a>, subject: &'a Subject<'a>) -> Option<i64> {
    let scaler = scene.exclusive().first(&right(scene, subject))?;
    let spec = scaler.content.get("spec")?;
    match spec.get("maxReplicas").or_else(|| spec.get("maxReplicaCount")) {
        Some(Value::Int(most)) => Some(*most),
        _ => None,
    }
}

/// Whether an autoscaler has the last word.
pub fn is_scaled<'a>(scene: &Scene<'a>, subject: &'a Subject<'a>) -> bool {
    scene.exclusive().first(&right(scene, subject)).is_some()
}

fn right<'a>(scene: &Scene<'a>, subject: &'a Subject<'a>) -> Right<'a> {
    Right::Scale {
        namespace: scene.namespace_of(subject),
        group: subject.group(),
        kind: subject.kind(),
        name: subject.name(),
    }
}

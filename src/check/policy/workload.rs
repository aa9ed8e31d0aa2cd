//! What sort of workload a pod belongs to: what is asked of a server is not asked of
//! a job or of an agent of the nodes.

use crate::check::at::At;
use crate::check::scene::{Pod, Scene};
use crate::object::value::Value;

/// Whether it runs on the nodes for the nodes' sake: logs, metrics, network, disks.
pub fn is_node_agent(pod: &Pod<'_>) -> bool {
    pod.owner.kind() == "DaemonSet"
}

/// Whether it is meant to run on, and to be replaced when it ends.
pub fn runs_on(pod: &Pod<'_>) -> bool {
    let again = pod.spec.get("restartPolicy").and_then(Value::as_str);
    !matches!(pod.owner.kind(), "Job" | "CronJob" | "PodTemplate")
        && again.is_none_or(|policy| policy == "Always")
}

/// Whether its nodes run Windows, which has no users, capabilities or filters of
/// system calls in Linux' sense.
pub fn is_windows(pod: &Pod<'_>) -> bool {
    let system = pod.spec.get("os").and_then(|os| os.get("name"));
    let selected = pod.spec.get("nodeSelector").and_then(|labels| labels.get("kubernetes.io/os"));
    [system, selected].into_iter().flatten().any(|name| name.as_str() == Some("windows"))
}

pub fn is_true(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

/// Whether anything is there: `null` is nothing.
pub fn is_there(value: Option<&Value>) -> bool {
    value.is_some_and(|value| !matches!(value, Value::Null))
}

/// The pods that a workload with a count of them starts with; 1 where it says nothing.
pub fn replicas(pod: &Pod<'_>) -> Option<i64> {
    let counts = matches!(
        (pod.owner.group(), pod.owner.kind()),
        ("", "ReplicationController")
            | ("apps", "Deployment" | "StatefulSet" | "ReplicaSet")
            | ("argoproj.io", "Rollout")
    );
    let written = pod.owner.content.get("spec").and_then(|spec| spec.get("replicas"));
    counts.then(|| whole(written).unwrap_or(1))
}

/// The most pods that a workload may have: what it says itself, or its autoscaler.
pub fn most_replicas<'a>(scene: &Scene<'a>, pod: &Pod<'a>) -> Option<i64> {
    let own = replicas(pod)?;
    let most = scene.scalers_of(pod).filter_map(|scaler| {
        let spec = scaler.content.get("spec")?;
        match scaler.kind() {
            "HorizontalPodAutoscaler" => whole(spec.get("maxReplicas")),
            // KEDA's default.
            "ScaledObject" => Some(whole(spec.get("maxReplicaCount")).unwrap_or(100)),
            _ => None,
        }
    });
    most.max().or(Some(own))
}

/// Whether something else says how many pods there are.
pub fn is_scaled<'a>(scene: &Scene<'a>, pod: &Pod<'a>) -> bool {
    scene.scalers_of(pod).any(|scaler| scaler.kind() != "VerticalPodAutoscaler")
}

fn whole(value: Option<&Value>) -> Option<i64> {
    match value {
        Some(Value::Int(number)) => Some(*number),
        _ => None,
    }
}

/// The labels and annotations of a pod, from anywhere in its object.
pub fn metadata_at<'a>(pod: &Pod<'a>, at: At<'a>) -> At<'a> {
    pod.holder(at.object()).field("metadata")
}

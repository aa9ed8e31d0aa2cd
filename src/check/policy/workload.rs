//! What sort of workload a pod belongs to: what is asked of a server is not asked of
//! a job or of an agent of the nodes.

use crate::check::at::At;
use crate::check::scene::Pod;
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

/// The labels and annotations of a pod, from anywhere in its object.
pub fn metadata_at<'a>(pod: &Pod<'a>, at: At<'a>) -> At<'a> {
    pod.holder(at.object()).field("metadata")
}

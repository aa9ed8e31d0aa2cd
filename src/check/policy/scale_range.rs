//! How many pods a workload has at least and at most: what its autoscaler says, or
//! else its `replicas`.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;

use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;
use crate::object::kinds::group;
use crate::object::value::Value;

use super::share::Share;

/// So many pods, at least and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleRange {
    pub least: i64,
    pub most: i64,
}

/// The ranges of all pods, and what sets them.
pub struct Scales {
    /// By pod.
    ranges: Vec<Option<ScaleRange>>,
    /// The objects that scale a pod's workload.
    scalers: HashMap<u32, Vec<u32>, RandomState>,
    /// The pods whose requests a vertical autoscaler sets.
    sized: HashSet<u32, RandomState>,
}

/// What scales horizontally. KEDA's makes an autoscaler of its own.
const SCALERS: [(&str, &str); 2] =
    [("autoscaling", "HorizontalPodAutoscaler"), ("keda.sh", "ScaledObject")];

impl Scales {
    pub fn of(scene: &Scene<'_>) -> Scales {
        let mut scalers: HashMap<u32, Vec<u32>, RandomState> = HashMap::default();
        let mut ranges: Vec<Option<ScaleRange>> = scene.pods().iter().map(own_range).collect();
        for (group, kind) in SCALERS {
            for (number, scaler) in scene.numbered(group, kind) {
                if scaler.is_made() {
                    continue;
                }
                let Some(pod) = target(scene, scaler, "scaleTargetRef") else { continue };
                let first = scalers.entry(pod.number).or_default();
                first.push(number);
                // Nobody scales what somebody stopped.
                let own = ranges.get_mut(pod.number as usize).and_then(Option::as_mut);
                if let Some(own) = own.filter(|own| first.len() == 1 && own.most > 0) {
                    *own = range_of_scaler(scaler);
                }
            }
        }
        Scales { ranges, scalers, sized: sized(scene) }
    }

    pub fn is_sized(&self, pod: &Pod<'_>) -> bool {
        self.sized.contains(&pod.number)
    }

    pub fn range(&self, pod: &Pod<'_>) -> Option<ScaleRange> {
        self.ranges.get(pod.number as usize).copied().flatten()
    }

    pub fn scalers(&self, pod: &Pod<'_>) -> &[u32] {
        self.scalers.get(&pod.number).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The pods of vertical autoscalers that do more than recommend.
fn sized(scene: &Scene<'_>) -> HashSet<u32, RandomState> {
    let scalers = scene.of_kind("autoscaling.k8s.io", "VerticalPodAutoscaler");
    let acting = scalers.filter(|scaler| {
        let policy = scaler.content.get("spec").and_then(|spec| spec.get("updatePolicy"));
        policy.and_then(|policy| policy.get("updateMode")?.as_str()) != Some("Off")
    });
    acting.filter_map(|scaler| target(scene, scaler, "targetRef")).map(|pod| pod.number).collect()
}

/// Whether a number of interchangeable pods is kept of it, which can be scaled.
pub fn is_scaled(owner: &Subject<'_>) -> bool {
    matches!(
        (owner.group(), owner.kind()),
        ("apps", "Deployment" | "StatefulSet" | "ReplicaSet")
            | ("", "ReplicationController")
            | ("argoproj.io", "Rollout")
    )
}

/// The workload that an autoscaler is for.
pub fn target<'s, 'a>(
    scene: &'s Scene<'a>,
    scaler: &Subject<'a>,
    reference: &str,
) -> Option<&'s Pod<'a>> {
    let target = scaler.content.get("spec")?.get(reference)?;
    let word = |key| target.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let kind = word("kind").unwrap_or("Deployment");
    let group = word("apiVersion").map_or("apps", group);
    let found = scene.find(group, kind, scene.namespace_of(scaler), word("name")?)?;
    scene.pod_of(found)
}

fn own_range(pod: &Pod<'_>) -> Option<ScaleRange> {
    let owner = pod.owner;
    // Whatever made it is counted.
    if owner.is_made() {
        return None;
    }
    let count = match owner.kind() {
        _ if is_scaled(owner) => number(owner.content.get("spec")?.get("replicas")).unwrap_or(1),
        "Pod" => 1,
        _ => return None,
    };
    Some(ScaleRange { least: count, most: count })
}

fn range_of_scaler(scaler: &Subject<'_>) -> ScaleRange {
    let of = |key| number(scaler.content.get("spec").and_then(|spec| spec.get(key)));
    let (least, most) = match scaler.kind() {
        "ScaledObject" => {
            let least = of("idleReplicaCount").or(of("minReplicaCount")).unwrap_or(0);
            (least, of("maxReplicaCount").unwrap_or(100))
        }
        _ => (of("minReplicas").unwrap_or(1), of("maxReplicas").unwrap_or(1)),
    };
    ScaleRange { least, most: most.max(least) }
}

/// A whole number that is there.
pub fn number(value: Option<&Value>) -> Option<i64> {
    match value {
        // More than a server takes would only make sums too large.
        Some(Value::Int(number)) => Some((*number).clamp(0, i64::from(i32::MAX))),
        _ => None,
    }
}

/// How many pods more there may be while new ones replace old ones.
pub fn surge(owner: &Subject<'_>, count: i64) -> i64 {
    let Some(spec) = owner.content.get("spec") else { return 0 };
    let strategy = spec.get("strategy");
    let of = |way: &str, key: &str| strategy?.get(way)?.get(key);
    match (owner.kind(), strategy.and_then(|s| s.get("type")).and_then(Value::as_str)) {
        ("Deployment", Some("Recreate")) => 0,
        ("Deployment", _) => {
            Share::read(of("rollingUpdate", "maxSurge")).unwrap_or(Share::QUARTER).up(count)
        }
        ("Rollout", _) if strategy.is_some_and(|s| s.get("blueGreen").is_some()) => {
            number(of("blueGreen", "previewReplicaCount")).unwrap_or(count)
        }
        // With a router the old pods stay until the new ones have all traffic.
        ("Rollout", _) if of("canary", "trafficRouting").is_some() => count,
        ("Rollout", _) => Share::read(of("canary", "maxSurge")).unwrap_or(Share::QUARTER).up(count),
        _ => 0,
    }
}

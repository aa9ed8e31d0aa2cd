//! Who changes the number of pods: autoscaling and disruption budgets.

use crate::diagnostic::Report;
use crate::scalar::{
    DnsLabel, DnsName, Duration, IntOrPercent, LabelKey, LabelValue, Percentage, Quantity,
};
use crate::tree::{Content, Node};

use super::decode::{At, Decode, Named};
use super::refs::ObjectRef;
use super::shape::{Shape, choice, record};
use super::words::{MetricName, MetricTarget, ScalePolicy};

record! {
    /// Bounds and measures for a HorizontalPodAutoscaler. The number of replicas is
    /// left to it.
    "autoscaler" pub struct Scale {
        /// The name of the HorizontalPodAutoscaler.
        name "name": Option<DnsName>, else "the workload's name", eg "web-hpa";
        /// Fewest pods.
        min "min": At<u32> = "1", eg "2";
        /// Most pods.
        max "max": At<u32>, eg "10";
        /// What CPU is held at.
        cpu "cpu": Option<At<MetricTarget>>, eg "80%"|"500m";
        /// What memory is held at.
        memory "memory": Option<At<MetricTarget>>, eg "75%"|"1Gi";
        /// Other measures by name.
        metrics "metrics": Named<DnsLabel, At<Metric>>;
        /// How pods are added.
        up "up": Option<At<ScaleUp>>;
        /// How pods are taken away.
        down "down": Option<At<ScaleDown>>;
    }
    hint "minReplicas" => "did you mean `min`?";
    hint "maxReplicas" => "did you mean `max`?";
    hint "behavior" => "write it as `up` and `down`";
}

record! {
    /// A measure other than the pods' CPU and memory.
    "metric" pub struct Metric {
        /// A metric of each pod, by name.
        pods "pods": Option<At<MetricName>>, eg "http_requests_per_second";
        /// A metric of one object.
        object "object": Option<At<ObjectMetric>>;
        /// A metric from outside the cluster, by name.
        external "external": Option<At<MetricName>>, eg "queue_depth";
        /// CPU or memory of one container.
        container "container": Option<At<DnsLabel>>, eg "web";
        /// Which resource of the container.
        resource "resource": Option<At<ContainerMetric>>, eg "cpu";
        /// Labels that narrow the metric.
        selector "selector": Option<At<Named<LabelKey, LabelValue>>>;
        /// The value per pod it is held at.
        average "average": Option<At<Quantity>>, eg "100";
        /// The value in all it is held at.
        value "value": Option<At<Quantity>>, eg "1k";
        /// The share of the request it is held at, for `container`.
        utilization "utilization": Option<At<Percentage>>, eg "70%";
    }
    one_of ["pods", "object", "external", "container"];
    one_of ["average", "value", "utilization"];
    companions ["resource", "selector"];
    needs_one "a measure and what it is held at";
}

choice! {
    /// A resource of a container.
    "resource" pub enum ContainerMetric {
        /// CPU.
        Cpu "cpu",
        /// Memory.
        Memory "memory",
    }
}

record! {
    /// A metric of one object.
    "object metric" pub struct ObjectMetric {
        /// The object.
        of "of": ObjectRef, eg "Ingress/main";
        /// Its API version, where it is not one of Kubernetes' own.
        api_version "apiVersion": Option<String>, eg "networking.k8s.io/v1";
        /// The name of the metric.
        metric "metric": MetricName, eg "requests_per_second";
    }
}

record! {
    /// How pods are added.
    "scale up" pub struct ScaleUp {
        /// How long the highest wish of the past is looked back for.
        window "window": Option<At<Duration>>, eg "0s";
        /// How many at a time.
        add "add": Option<Steps>, eg "2 per 1m"|"[50% per 1m, 2 per 1m]";
        /// Which of several steps holds.
        select "select": Option<Select>;
        /// How far the measure may be off before anything happens.
        tolerance "tolerance": Option<At<Quantity>>, eg "0.05";
    }
    hint "stabilizationWindowSeconds" => "write it as `window: 0s`";
}

record! {
    /// How pods are taken away.
    "scale down" pub struct ScaleDown {
        /// How long the lowest wish of the past is looked back for.
        window "window": Option<At<Duration>>, eg "10m";
        /// How many at a time.
        remove "remove": Option<Steps>, eg "1 per 2m";
        /// Which of several steps holds.
        select "select": Option<Select>;
        /// How far the measure may be off before anything happens.
        tolerance "tolerance": Option<At<Quantity>>, eg "0.05";
    }
    hint "stabilizationWindowSeconds" => "write it as `window: 5m`";
}

/// One step or several.
#[derive(Clone, Debug)]
pub struct Steps(pub Vec<ScalePolicy>);

impl Decode for Steps {
    fn shape() -> Shape {
        Shape::OneOf(&[ScalePolicy::shape, Vec::<ScalePolicy>::shape])
    }

    fn decode(node: &Node, report: &mut Report) -> Option<Steps> {
        match &node.content {
            Content::List(items) if items.is_empty() => {
                report.error(node.place, "at least one step");
                None
            }
            Content::List(_) => Vec::decode(node, report).map(Steps),
            _ => ScalePolicy::decode(node, report).map(|step| Steps(vec![step])),
        }
    }
}

choice! {
    /// Which of several steps holds.
    "selection" pub enum Select {
        /// The one that changes most.
        Max "Max",
        /// The one that changes least.
        Min "Min",
        /// None: nothing changes in this direction.
        Disabled "Disabled",
    }
}

record! {
    /// How many pods a drain or an upgrade of nodes may take away at once.
    "disruption budget" pub struct Disruption {
        /// The name of the PodDisruptionBudget.
        name "name": Option<DnsName>, else "the workload's name", eg "web-pdb";
        /// How many pods stay.
        min_available "minAvailable": Option<At<IntOrPercent>>, eg "1"|"50%";
        /// How many pods may be away.
        max_unavailable "maxUnavailable": Option<At<IntOrPercent>>, eg "1";
        /// Whether pods that are not ready may always be taken.
        unhealthy_pod_eviction "unhealthyPodEvictionPolicy": Option<UnhealthyPodEviction>;
    }
    one_of ["minAvailable", "maxUnavailable"];
    needs_one "a bound";
}

choice! {
    /// Whether pods that are not ready may be taken.
    "eviction policy" pub enum UnhealthyPodEviction {
        /// Only within the budget.
        IfHealthyBudget "IfHealthyBudget",
        /// Always.
        AlwaysAllow "AlwaysAllow",
    }
}

//! Who sets what pods request: the VerticalPodAutoscaler.

use crate::scalar::{DnsLabel, DnsName, Quantity};

use super::decode::{At, Named};
use super::scale::ContainerMetric;
use super::shape::{choice, record};

record! {
    /// A VerticalPodAutoscaler, which sets requests by what is used. What stands
    /// beside `mode` holds for all containers.
    "vertical autoscaler" pub struct VerticalScale {
        /// What it does with what it finds.
        mode "mode": At<VerticalMode>, eg "Initial";
        /// The name of the VerticalPodAutoscaler.
        name "name": Option<DnsName>, else "the workload's name", eg "web-vpa";
        /// How few pods there may be for one to be replaced; 2 where nothing is said.
        min_replicas "minReplicas": Option<At<u32>>, eg "1";
        /// What differs for single containers, by name.
        containers "containers": Named<DnsLabel, ContainerVertical>, eg "{proxy: {mode: Off}}";
    }
    include bounds: VerticalBounds;
    short "mode";
    hint "updateMode" => "did you mean `mode`?";
    hint "minAllowed" => "did you mean `min`?";
    hint "maxAllowed" => "did you mean `max`?";
}

record! {
    /// Between which bounds requests are set.
    "bounds" pub struct VerticalBounds {
        /// The least that is requested.
        min "min": Option<At<Amounts>>, eg "{cpu: 50m, memory: 64Mi}";
        /// The most that is requested.
        max "max": Option<At<Amounts>>, eg "{cpu: 2, memory: 2Gi}";
        /// Which of the two are set; both where nothing is said.
        controlled_resources "controlledResources": Option<At<Vec<ContainerMetric>>>, eg "[memory]";
        /// Whether limits follow, in the proportion in which they are written. They do where nothing is said.
        controlled_values "controlledValues": Option<At<ControlledValues>>;
    }
}

record! {
    /// Amounts of what a container requests.
    "set of amounts" pub struct Amounts {
        /// CPU.
        cpu "cpu": Option<At<Quantity>>, eg "50m";
        /// Memory.
        memory "memory": Option<At<Quantity>>, eg "64Mi";
    }
}

record! {
    /// What holds for one container.
    "container's bounds" pub struct ContainerVertical {
        /// `Off` leaves this container alone.
        mode "mode": Option<At<ContainerMode>>;
    }
    include bounds: VerticalBounds;
    short "mode";
    hint "minAllowed" => "did you mean `min`?";
    hint "maxAllowed" => "did you mean `max`?";
}

choice! {
    /// What becomes of a recommendation.
    "mode" pub enum VerticalMode {
        /// Nothing: it can be read in the object's status.
        Off "Off",
        /// New pods get it.
        Initial "Initial",
        /// Pods that are far off are replaced. Not for Jobs.
        Recreate "Recreate",
        /// Pods are changed while they run, and replaced where that fails. Not for Jobs.
        InPlaceOrRecreate "InPlaceOrRecreate",
        /// Deprecated: it means `Recreate`, or whatever comes after it.
        Auto "Auto",
    }
}

choice! {
    /// Whether a container is looked after.
    "container mode" pub enum ContainerMode {
        /// It is.
        Auto "Auto",
        /// It is left alone.
        Off "Off",
    }
}

choice! {
    /// What is set.
    "set of values" pub enum ControlledValues {
        /// Requests, and limits in proportion.
        RequestsAndLimits "RequestsAndLimits",
        /// Requests alone.
        RequestsOnly "RequestsOnly",
    }
}

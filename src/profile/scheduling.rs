//! Where pods run, in short forms. Kubernetes' full forms are taken as they are.

use crate::scalar::{Duration, LabelKey, LabelValue};

use super::decode::{At, Named};
use super::shape::{choice, record};
use super::words::Topology;

record! {
    /// Keeps the pods of a workload apart from each other.
    "anti-affinity" pub struct AntiAffinity {
        /// Whether it must hold.
        strength "strength": Strength, eg "preferred";
        /// What they are kept apart on.
        across "across": Topology = "host";
    }
    short "strength";
}

choice! {
    /// Whether a rule must hold.
    "strength" pub enum Strength {
        /// It should; a pod runs somewhere else rather than nowhere.
        Preferred "preferred",
        /// It must; a pod waits until it does.
        Required "required",
    }
}

record! {
    /// How evenly the pods of a workload are spread.
    "spread" pub struct Spread {
        /// How many more pods one place may have than another.
        max_skew "maxSkew": At<u32> = "1";
        /// What happens to a pod that would break it.
        when_unsatisfiable "whenUnsatisfiable": Unsatisfiable = "ScheduleAnyway";
        /// How many places there must be, with `DoNotSchedule`.
        min_domains "minDomains": Option<At<u32>>;
    }
    short "maxSkew";
}

choice! {
    /// What happens to a pod that would break a spread.
    "choice" pub enum Unsatisfiable {
        /// It runs all the same.
        ScheduleAnyway "ScheduleAnyway",
        /// It waits.
        DoNotSchedule "DoNotSchedule",
    }
}

record! {
    /// Draws the pods of a workload to those of another.
    "nearness" pub struct Near {
        /// Whether it must hold.
        strength "strength": Strength, eg "preferred";
        /// What they share.
        across "across": Topology = "host";
    }
    short "strength";
}

record! {
    /// A taint of nodes that pods put up with.
    "toleration" pub struct Toleration {
        /// The key of the taint; every taint where nothing is said.
        key "key": Option<LabelKey>, eg "dedicated";
        /// How the value is compared.
        operator "operator": Option<At<TolerationOperator>>;
        /// The value of the taint.
        value "value": Option<At<LabelValue>>, eg "chain";
        /// Which effect; all of them where nothing is said.
        effect "effect": Option<At<TaintEffect>>, eg "NoSchedule";
        /// How long a pod stays, with the effect NoExecute.
        duration "duration": Option<At<Duration>>, eg "5m";
    }
    hint "tolerationSeconds" => "write it as `duration: 5m`";
}

choice! {
    /// How the value of a taint is compared.
    "operator" pub enum TolerationOperator {
        /// It is the same.
        Equal "Equal",
        /// It does not matter.
        Exists "Exists",
    }
}

choice! {
    /// What a taint does.
    "effect" pub enum TaintEffect {
        /// New pods keep away.
        NoSchedule "NoSchedule",
        /// New pods keep away where they can.
        PreferNoSchedule "PreferNoSchedule",
        /// Running pods have to go.
        NoExecute "NoExecute",
    }
}

/// Labels of the nodes that pods may run on.
pub type NodeSelector = Named<LabelKey, LabelValue>;

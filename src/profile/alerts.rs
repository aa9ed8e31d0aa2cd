//! Alerts of one workload: those that k8sgen knows how to write, and the
//! user's own.

use crate::scalar::{Duration, Percentage};

use super::decode::{At, Named};
use super::rules::{Alert, AlertName, AlertSettings, Severity};
use super::shape::{choice, record};

record! {
    /// Alerts of a workload: a ready set, single ready alerts, and some of your own.
    "set of alerts" pub struct Alerts {
        /// A ready set, to which single alerts below may be added, or changed.
        set "set": Option<At<AlertSet>>, eg "standard";
        /// Alerts of the set that are left out.
        without "without": Vec<At<ReadyName>>, eg "[restarts]";
        /// A pod does not answer: its scrapes fail, or where it is not scraped, it is not ready.
        down "down": Option<At<DownAlert>>, eg "2m";
        /// Containers of a pod restart again and again.
        restarts "restarts": Option<At<RestartsAlert>>, eg "3";
        /// A container uses nearly all memory that it may.
        memory "memory": Option<At<MemoryAlert>>, eg "90%";
        /// A container uses nearly all CPU that it may. Not part of the set: `cpuThrottling` says when that hurts.
        cpu "cpu": Option<At<CpuAlert>>, eg "90%";
        /// A container wants more CPU than it may use.
        throttling "cpuThrottling": Option<At<ThrottlingAlert>>, eg "50%";
        /// A claim is nearly full.
        disk "disk": Option<At<DiskAlert>>, eg "95%";
        /// Fewer pods are available than wanted. For a Deployment, StatefulSet or DaemonSet.
        replicas "replicasUnavailable": Option<At<ReplicasAlert>>, eg "2"|"{for: 10m}";
        /// A Job failed. For a Job or CronJob.
        failed "failed": Option<At<FailedAlert>>, eg "critical";
        /// A CronJob did not run when it should have.
        not_scheduled "notScheduled": Option<At<NotScheduledAlert>>, eg "10m";
        /// More alerts by name, each with an expression of its own.
        own "own": Named<AlertName, Alert>;
    }
    short "set";
}

choice! {
    /// A ready set of alerts.
    "set of alerts" pub enum AlertSet {
        /// All ready alerts that mean something for the workload: those of memory where it has a limit, of disk where it has a claim. Not `restarts` of a Job or CronJob.
        Standard "standard",
    }
}

choice! {
    /// A ready alert.
    "ready alert" pub enum ReadyName {
        /// A pod does not answer.
        Down "down",
        /// Containers restart.
        Restarts "restarts",
        /// Memory is nearly used up.
        Memory "memory",
        /// CPU is nearly used up.
        Cpu "cpu",
        /// CPU is held back.
        CpuThrottling "cpuThrottling",
        /// A claim is nearly full.
        Disk "disk",
        /// Pods are missing.
        ReplicasUnavailable "replicasUnavailable",
        /// A Job failed.
        Failed "failed",
        /// A CronJob did not run.
        NotScheduled "notScheduled",
    }
}

record! {
    /// A pod does not answer: its scrapes fail, or where it is not scraped, it is not ready.
    "alert" pub struct DownAlert {
        /// How long it must be so.
        for_ "for": At<Duration> = "2m";
        /// How bad it is.
        severity "severity": Severity = "critical";
    }
    include settings: AlertSettings;
    short "for";
}

record! {
    /// Containers of a pod restart again and again.
    "alert" pub struct RestartsAlert {
        /// More restarts than this.
        above "above": At<u32> = "3";
        /// In this time.
        within "within": At<Duration> = "15m";
        /// How long it must be so.
        for_ "for": Option<At<Duration>>, eg "5m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "above";
}

record! {
    /// A container uses nearly all memory that it may.
    "alert" pub struct MemoryAlert {
        /// More than this share of its limit.
        above "above": At<Percentage> = "90%";
        /// How long it must be so.
        for_ "for": At<Duration> = "5m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "above";
}

record! {
    /// A container uses nearly all CPU that it may.
    "alert" pub struct CpuAlert {
        /// More than this share of its limit.
        above "above": At<Percentage> = "90%";
        /// How long it must be so.
        for_ "for": At<Duration> = "15m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "above";
}

record! {
    /// A container wants more CPU than it may use.
    "alert" pub struct ThrottlingAlert {
        /// It is held back in more than this share of the periods.
        above "above": At<Percentage> = "50%";
        /// How long it must be so.
        for_ "for": At<Duration> = "15m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "above";
}

record! {
    /// A claim is nearly full.
    "alert" pub struct DiskAlert {
        /// More than this share of it.
        above "above": At<Percentage> = "95%";
        /// How long it must be so.
        for_ "for": At<Duration> = "5m";
        /// How bad it is.
        severity "severity": Severity = "critical";
    }
    include settings: AlertSettings;
    short "above";
}

record! {
    /// Fewer pods are available than wanted.
    "alert" pub struct ReplicasAlert {
        /// Fewer than this many.
        below "below": Option<At<u32>>, else "as many as wanted", eg "2";
        /// How long it must be so.
        for_ "for": At<Duration> = "15m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "below";
}

record! {
    /// A Job failed. For a CronJob: the last one did.
    "alert" pub struct FailedAlert {
        /// How long it must be so.
        for_ "for": Option<At<Duration>>, eg "5m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "severity";
}

record! {
    /// A CronJob did not run when it should have.
    "alert" pub struct NotScheduledAlert {
        /// Later than this.
        late "late": At<Duration> = "10m";
        /// How long it must be so.
        for_ "for": Option<At<Duration>>, eg "5m";
        /// How bad it is.
        severity "severity": Severity = "warning";
    }
    include settings: AlertSettings;
    short "late";
}

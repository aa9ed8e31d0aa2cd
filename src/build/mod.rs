//! From the profile to objects: one file per layer of a deployment. It reads
//! no files and writes no YAML.

pub mod access;
pub mod config;
pub mod context;
pub mod controllers;
pub mod job;
pub mod meta;
pub mod network;
pub mod objects;
pub mod patch;
pub mod pod;
pub mod raw;
pub mod rollout;
pub mod scaling;
pub mod scope;
pub mod secrets;
pub mod storage;
pub mod waiting;
pub mod workload;

use std::thread;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::decode::Item;
use crate::profile::workload::Workload;
use crate::scalar::DnsLabel;

use context::Context;
use patch::{Patches, Stage};

/// Fewer workloads than this are built sooner than a thread is started.
const WORTH_A_THREAD: usize = 64;

/// All objects of an environment, in the order in which they can be applied.
/// The result does not depend on the number of threads.
pub fn build(context: &mut Context<'_>, threads: usize, report: &mut Report) -> Vec<Object> {
    waiting::refuse_circles(context.index, report);
    let mut objects = Vec::new();
    objects.extend(scope::namespace(context, report));
    objects.extend(config::config_maps(context, report));
    objects.extend(secrets::secrets(context, report));
    objects.extend(objects::raw_objects(context, report));
    // What pods read must be final before they are built: its digests are
    // theirs.
    let patches = Patches::new(context.index.system);
    patches.apply(Stage::Contents, &mut objects, report);
    context.hold_what_is_patched(&objects);
    objects.extend(network::free_services(context, report));
    objects.extend(build_workloads(context, threads, report));
    access::deduplicate_accounts(&mut objects, report);
    refuse_twins(&objects, report);
    patches.apply(Stage::Rest, &mut objects, report);
    secrets::refuse_plaintext(context, &objects, report);
    controllers::check(&objects, report);
    objects.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    objects
}

fn build_workloads(context: &Context<'_>, threads: usize, report: &mut Report) -> Vec<Object> {
    let workloads: Vec<_> = context.index.system.workloads.iter().collect();
    let build_some = |some: &[(&DnsLabel, &Item<Workload>)]| {
        let mut report = report.part();
        let mut objects = Vec::with_capacity(some.len() * 4);
        for (name, item) in some {
            objects.extend(workload::objects(context, name, item, &mut report));
        }
        (objects, report)
    };
    let threads = threads.min(workloads.len() / WORTH_A_THREAD).max(1);
    if threads == 1 {
        let (objects, found) = build_some(&workloads);
        report.append(found);
        return objects;
    }
    let (own, others) = workloads.split_at(workloads.len().div_ceil(threads));
    let parts = others.chunks(own.len());
    let ((mut objects, found), built) = thread::scope(|scope| {
        let build_some = &build_some;
        let running: Vec<_> = parts.map(|part| scope.spawn(move || build_some(part))).collect();
        let own = build_some(own);
        (own, running.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>())
    });
    report.append(found);
    for part in built {
        match part {
            Ok((some, found)) => {
                objects.extend(some);
                report.append(found);
            }
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    objects
}

/// Two objects with one identity would overwrite each other in the cluster.
fn refuse_twins(objects: &[Object], report: &mut Report) {
    let mut seen = std::collections::HashMap::with_capacity(objects.len());
    for object in objects {
        if let Some(first) = seen.insert(&object.identity, object.place) {
            report.add(
                Diagnostic::new(format!("two objects are called `{}`", object.identity))
                    .at(object.place)
                    .related(first, "the other one"),
            );
        }
    }
}

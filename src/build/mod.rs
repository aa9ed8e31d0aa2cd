//! From the profile to objects: one file per layer of a deployment. It reads
//! no files and writes no YAML.

pub mod access;
pub mod analysis;
pub mod border;
pub mod certificate;
pub mod claims;
pub mod config;
pub mod context;
pub mod controllers;
pub mod delivery;
pub mod exposure;
pub mod gateway;
pub mod governance;
pub mod ingress;
pub mod issuer;
pub mod job;
pub mod meta;
pub mod monitoring;
pub mod network;
pub mod network_policy;
pub mod objects;
pub mod patch;
pub mod persistent_volume;
pub mod pod;
pub mod progressive;
pub mod raw;
pub mod rollout;
pub mod route;
pub mod scaling;
pub mod scope;
pub mod secrets;
pub mod snapshot;
pub mod snapshot_schedule;
pub mod storage;
pub mod storage_class;
pub mod traffic;
pub mod vertical;
pub mod waiting;
pub mod workload;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::object::value::{Map, Value};
use crate::shares;

use context::Context;
use patch::Stage;

/// Fewer workloads than this are built sooner than a thread is started.
const WORTH_A_THREAD: usize = 64;

/// All objects of an environment, in the order in which they can be applied.
/// The result does not depend on the number of threads.
pub fn build(context: &mut Context<'_>, threads: usize, report: &mut Report) -> Vec<Object> {
    waiting::refuse_circles(context.index, report);
    let mut objects = Vec::new();
    objects.extend(scope::namespaces(context, report));
    objects.extend(governance::priority_classes(context, report));
    objects.extend(config::config_maps(context, report));
    objects.extend(secrets::secrets(context, report));
    objects.extend(monitoring::dashboards(context, report));
    objects.extend(objects::raw_objects(context, report));
    // What pods read must be final before they are built: its digests are
    // theirs.
    patch::apply(context.index.system, Stage::Contents, &mut objects, report);
    context.hold_what_is_patched(&objects);
    objects.extend(network::free_services(context, report));
    objects.extend(issuer::issuers(context, report));
    objects.extend(certificate::certificates(context, report));
    objects.extend(ingress::ingresses(context, report));
    objects.extend(gateway::gateways(context, report));
    objects.extend(route::routes(context, report));
    objects.extend(delivery::deliveries(context, report));
    objects.extend(network_policy::policies(context, report));
    objects.extend(monitoring::rules(context, report));
    objects.extend(storage_class::storage_classes(context, report));
    objects.extend(persistent_volume::volumes(context, report));
    objects.extend(claims::standalone(context, report));
    objects.extend(snapshot::classes(context, report));
    objects.extend(snapshot::snapshots(context, report));
    objects.extend(analysis::templates(context, report));
    objects.extend(build_workloads(context, threads, report));
    objects.extend(access::accounts(context, report));
    access::deduplicate_accounts(&mut objects, report);
    // A deployer may change the kinds of all other objects: they come first.
    objects.extend(access::roles::roles(context, &objects, report));
    refuse_twins(&objects, report);
    patch::apply(context.index.system, Stage::Rest, &mut objects, report);
    secrets::refuse_plaintext(context, &objects, report);
    controllers::check(&objects, report);
    objects.iter_mut().for_each(drop_empty_annotations);
    objects.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    objects
}

/// Annotations of which a patch left none: to a server they are the same as
/// nothing, and Kustomize drops them.
fn drop_empty_annotations(object: &mut Object) {
    if let Value::Map(content) = &mut object.content
        && let Some(Value::Map(metadata)) = content.get_mut("metadata")
        && metadata.get("annotations").and_then(Value::as_map).is_some_and(Map::is_empty)
    {
        metadata.remove("annotations");
    }
}

fn build_workloads(context: &Context<'_>, threads: usize, report: &mut Report) -> Vec<Object> {
    let workloads: Vec<_> = context.index.system.workloads.iter().collect();
    let threads = threads.min(workloads.len() / WORTH_A_THREAD).max(1);
    let built = shares::each(&shares::even(&workloads, threads), |share| {
        let mut report = report.part();
        let mut objects = Vec::with_capacity(share.len() * 4);
        for (name, item) in share {
            objects.extend(workload::objects(context, name, item, &mut report));
        }
        (objects, report)
    });
    let mut objects = Vec::with_capacity(workloads.len() * 4);
    for (some, found) in built {
        objects.extend(some);
        report.append(found);
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

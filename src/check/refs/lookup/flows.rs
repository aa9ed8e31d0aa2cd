//! The Services that a pod names in its settings: whom it will talk to.

use std::collections::HashSet;

use crate::check::at::At;
use crate::check::scene::hosts::Host;
use crate::check::scene::{Pod, Scene};
use crate::check::subject::Subject;

use super::hosts::{self, Leads};

/// No more than these are looked at: a ConfigMap may name thousands, and thousands of
/// pods may read it.
const MOST: usize = 500;

/// One Service that a pod names.
#[derive(Clone, Copy)]
pub struct Flow<'a> {
    /// Where it does.
    pub at: At<'a>,
    pub service: &'a Subject<'a>,
    pub port: Option<u16>,
    /// The ConfigMap that it stands in, where the pod reads all of it: what is there may
    /// be meant for other readers.
    pub of_map: Option<&'a str>,
}

/// All of them, as far as they are there.
pub fn flows<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) -> Vec<Flow<'a>> {
    let mut found = Vec::new();
    let mut add = |at: At<'a>, host: &Host<'a>, of_map: Option<&'a str>| {
        if found.len() < MOST
            && let Leads::To(service) = hosts::lead(scene, pod.namespace, host)
        {
            found.push(Flow { at, service, port: host.port, of_map });
        }
    };
    for at in hosts::texts(spec) {
        for host in hosts::in_text(scene, at) {
            add(at, &host, None);
        }
    }
    for container in Pod::containers(spec) {
        for variable in container.at.field("env").items() {
            let reference = variable.field("valueFrom").field("configMapKeyRef");
            let (name, key) = (reference.field("name").text_or_empty(), reference.field("key"));
            for (_, host) in of_key(scene, pod.namespace, name, key.text_or_empty()) {
                add(reference, host, None);
            }
        }
        for source in container.at.field("envFrom").items() {
            whole(scene, pod.namespace, source.field("configMapRef"), &mut add);
        }
    }
    for volume in spec.field("volumes").items() {
        whole(scene, pod.namespace, volume.field("configMap"), &mut add);
        for source in volume.field("projected").field("sources").items() {
            whole(scene, pod.namespace, source.field("configMap"), &mut add);
        }
    }
    found
}

fn of_key<'s, 'a>(
    scene: &'s Scene<'a>,
    namespace: &'s str,
    name: &'s str,
    key: &'s str,
) -> impl Iterator<Item = &'s (&'a str, Host<'a>)> {
    scene.named().of(namespace, name).iter().filter(move |(own, _)| *own == key)
}

fn whole<'a>(
    scene: &Scene<'a>,
    namespace: &'a str,
    reference: At<'a>,
    add: &mut impl FnMut(At<'a>, &Host<'a>, Option<&'a str>),
) {
    let name = reference.field("name");
    let Some(own) = name.text() else { return };
    let items = reference.field("items");
    let mounted: Option<HashSet<&str>> =
        items.is_set().then(|| items.items().filter_map(|item| item.field("key").text()).collect());
    let hosts = scene.named().of(namespace, own).iter().take(MOST);
    for (key, host) in hosts {
        if mounted.as_ref().is_none_or(|keys| keys.contains(key)) {
            add(name, host, Some(own));
        }
    }
}

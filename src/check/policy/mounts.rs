//! Which containers of a pod mount which of its volumes.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::check::at::At;
use crate::check::scene::{Container, Pod};

/// Each mount of each container.
pub fn mounts<'a>(spec: At<'a>) -> impl Iterator<Item = (Container<'a>, At<'a>)> {
    Pod::containers(spec).flat_map(|container| {
        container.at.field("volumeMounts").items().map(move |mount| (container, mount))
    })
}

/// The containers that mount a volume, by its name.
pub fn users_of_volumes<'a>(spec: At<'a>) -> HashMap<&'a str, Vec<Container<'a>>, RandomState> {
    let mut users: HashMap<_, Vec<_>, _> = HashMap::default();
    for (container, mount) in mounts(spec) {
        users.entry(mount.field("name").text_or_empty()).or_default().push(container);
    }
    users
}

/// The volumes of a pod, by name.
pub fn volumes<'a>(spec: At<'a>) -> HashMap<&'a str, At<'a>, RandomState> {
    let volumes = spec.field("volumes").items();
    volumes.map(|volume| (volume.field("name").text_or_empty(), volume)).collect()
}

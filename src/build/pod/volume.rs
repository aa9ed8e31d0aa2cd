//! What containers mount, and the volumes of the pod that this calls for.

use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;

use crate::diagnostic::{Diagnostic, Report, Unknown};
use crate::profile::container::Container;
use crate::profile::decode::{At, Item, Named, Raw, place};
use crate::profile::index::no_key;
use crate::profile::mount::{EmptyDir, Mount, ProjectedSource, Propagation};
use crate::profile::refs::FileRef;
use crate::profile::workload::{Workload, WorkloadKind};
use crate::scalar::{AbsolutePath, ConfigKey, DnsLabel, RelativePath};
use crate::source::Place;
use crate::tree::{Content, Entry, Node};

use super::super::meta::some_list;
use super::super::storage::{shared_name, use_claim};
use super::super::{claims, context, raw};
use super::checksum::Sources;
use super::{Gather, all_containers, env};

/// The volumes of a pod, each source once.
#[derive(Default)]
pub struct Volumes {
    pub list: Vec<core::Volume>,
    /// Names that are taken, or given: a StatefulSet makes volumes of its
    /// claims, and the user's own have names of their own.
    taken: HashSet<String>,
    by_source: HashMap<String, String>,
    /// The user's own volumes that are mounted.
    own: Vec<DnsLabel>,
}

impl Volumes {
    pub fn new(name: &DnsLabel, workload: &Workload) -> Volumes {
        let mut taken: HashSet<String> = workload.volumes.keys().map(ToString::to_string).collect();
        if *workload.kind == WorkloadKind::StatefulSet {
            let mounts = all_containers(name, workload).flat_map(|(_, c)| c.mounts.values());
            taken.extend(mounts.filter_map(|mount| Some(mount.claim.as_ref()?.to_string())));
        }
        Volumes { taken, ..Volumes::default() }
    }

    /// The name of the volume with this source: the one that is there already,
    /// or a new one called after what it holds.
    fn name_of(&mut self, wish: &str, source: String, volume: core::Volume) -> String {
        if let Some(known) = self.by_source.get(&source) {
            return known.clone();
        }
        let name = self.add(wish, volume);
        self.by_source.insert(source, name.clone());
        name
    }

    /// Adds a volume under a name that is free.
    fn add(&mut self, wish: &str, volume: core::Volume) -> String {
        // A volume's name is a DNS label, with room for a number.
        let wish: String = wish.replace('.', "-").chars().take(56).collect();
        let wish = wish.trim_end_matches('-');
        let numbered = (2..).map(|number| format!("{wish}-{number}"));
        let free = |name: &String| !self.taken.contains(name);
        let name = std::iter::once(wish.to_owned()).chain(numbered).find(free).unwrap_or_default();
        self.taken.insert(name.clone());
        self.list.push(core::Volume { name: name.clone(), ..volume });
        name
    }

    /// A volume that nothing mounts was forgotten.
    pub fn refuse_unused(&self, workload: &Workload, report: &mut Report) {
        for (name, volume) in &workload.volumes {
            if !self.own.contains(name) {
                report.add(
                    Diagnostic::missing(format!("nothing mounts the volume `{name}`"))
                        .at(volume.key)
                        .help(format!("`mounts: {{/path: {{volume: {name}}}}}`")),
                );
            }
        }
    }
}

pub fn mounts<'p>(
    gather: &mut Gather<'_, 'p>,
    container: &'p Container,
    report: &mut Report,
) -> Vec<core::VolumeMount> {
    let all = container.mounts.iter();
    let mut mounts: Vec<core::VolumeMount> = all
        .filter_map(|(path, mount)| self::mount(gather, container, path, mount, report))
        .collect();
    mounts.extend(writes(gather, container, report));
    mounts
}

/// Scratch space where the container says that it writes.
fn writes(
    gather: &mut Gather<'_, '_>,
    container: &Container,
    report: &mut Report,
) -> Vec<core::VolumeMount> {
    let Some(paths) = &container.writes else { return Vec::new() };
    let mut mounts = Vec::with_capacity(paths.0.len());
    for (path, directory) in &paths.0 {
        if let Some(mount) = container.mounts.get(path) {
            report.add(
                Diagnostic::new(format!("something is mounted at `{path}` already"))
                    .at(directory.key)
                    .related(mount.key, "this"),
            );
            continue;
        }
        mounts.push(core::VolumeMount {
            name: scratch(gather, &volume_name(path.as_str()), directory, report),
            mount_path: path.to_string(),
            ..core::VolumeMount::default()
        });
    }
    mounts
}

fn mount<'p>(
    gather: &mut Gather<'_, 'p>,
    container: &Container,
    path: &AbsolutePath,
    mount: &'p Item<Mount>,
    report: &mut Report,
) -> Option<core::VolumeMount> {
    check_companions(mount, report);
    if let Some(text) = &mount.sub_path_expr {
        check_sub_path(container, text, report);
    }
    let (name, file) = source(gather, mount, report)?;
    if let (Some(text), Some(_)) = (&mount.sub_path_expr, &file) {
        report.error(text.place, "one file of a ConfigMap or Secret has no paths inside");
    }
    if let Some(way) =
        mount.propagation.as_ref().filter(|way| way.value == Propagation::Bidirectional)
        && !is_privileged(container)
    {
        report.add(
            Diagnostic::new("only a privileged container may mount both ways")
                .at(way.place)
                .help("`securityContext: {privileged: true}`"),
        );
    }
    let sub_path = match (&mount.sub_path, file) {
        (Some(written), Some(_)) => {
            report.error(written.place, "one file of a ConfigMap or Secret has no paths inside");
            return None;
        }
        (written, file) => written.as_ref().map(ToString::to_string).or(file),
    };
    Some(core::VolumeMount {
        name,
        mount_path: path.to_string(),
        sub_path,
        sub_path_expr: mount.sub_path_expr.as_ref().map(|text| text.value.clone()),
        read_only: mount.read_only,
        mount_propagation: mount.propagation.as_ref().map(|way| way.as_str().to_owned()),
        ..core::VolumeMount::default()
    })
}

/// The rules of validateVolumeMounts; the variables must be there.
fn check_sub_path(container: &Container, text: &At<String>, report: &mut Report) {
    if text.starts_with('/') || text.split('/').any(|part| part == "..") {
        report.error(text.place, "a path inside the volume is relative and has no `..`");
    }
    env::check_references(container, text, report);
}

fn is_privileged(container: &Container) -> bool {
    let flag = container.security_context.as_ref().and_then(|part| part.0.get("privileged"));
    flag.and_then(Node::as_text) == Some("true")
}

/// The volume of a mount, and the file in it where only one is wanted.
fn source<'p>(
    gather: &mut Gather<'_, 'p>,
    mount: &'p Item<Mount>,
    report: &mut Report,
) -> Option<(String, Option<String>)> {
    let empty = core::Volume::default();
    if let Some(claim) = &mount.claim {
        use_claim(&mut gather.claims, &claim.value, claim.place, mount, report);
        if *gather.workload.kind == WorkloadKind::StatefulSet {
            // The StatefulSet makes the volume from the claim of each pod.
            return Some((claim.to_string(), None));
        }
        let claim_name = shared_name(gather.workload_name.as_str(), claim.as_str());
        return Some((claimed(gather, claim.as_str(), claim_name), None));
    }
    if let Some(claim) = &mount.existing_claim {
        claims::check_mounted(gather.context, gather.workload, claim, report);
        return Some((claimed(gather, claim.as_str(), claim.to_string()), None));
    }
    if let Some(reference) = &mount.config {
        let items = files(gather, reference, mount.items.as_ref(), Source::Config, report)?;
        let config = core::ConfigMapVolumeSource {
            name: reference.name.to_string(),
            items,
            default_mode: mount.mode.as_ref().map(|mode| mode.value.value()),
            optional: mount.optional.as_ref().map(|flag| **flag),
        };
        let source = format!("{config:?}");
        let volume = core::Volume { config_map: Some(config), ..empty };
        let name = gather.volumes.name_of(reference.name.as_str(), source, volume);
        return Some((name, reference.key.as_ref().map(ToString::to_string)));
    }
    if let Some(reference) = &mount.secret {
        let items = files(gather, reference, mount.items.as_ref(), Source::Secret, report)?;
        let secret = core::SecretVolumeSource {
            secret_name: Some(reference.name.to_string()),
            items,
            default_mode: mount.mode.as_ref().map(|mode| mode.value.value()),
            optional: mount.optional.as_ref().map(|flag| **flag),
        };
        let source = format!("{secret:?}");
        let volume = core::Volume { secret: Some(secret), ..empty };
        let name = gather.volumes.name_of(reference.name.as_str(), source, volume);
        return Some((name, reference.key.as_ref().map(ToString::to_string)));
    }
    if let Some(directory) = &mount.empty_dir {
        return Some((scratch(gather, "scratch", directory, report), None));
    }
    if let Some(path) = &mount.host_path {
        let host_path = core::HostPathVolumeSource {
            path: path.path.to_string(),
            type_: path.path_type.map(|kind| kind.as_str().to_owned()),
        };
        let wish = format!("host-{}", volume_name(path.path.as_str()));
        let source = format!("{host_path:?}");
        let volume = core::Volume { host_path: Some(host_path), ..empty };
        return Some((gather.volumes.name_of(&wish, source, volume), None));
    }
    if let Some(sources) = &mount.projected {
        let list: Vec<core::VolumeProjection> =
            sources.iter().filter_map(|source| projection(gather, source, report)).collect();
        if list.is_empty() {
            report
                .add(Diagnostic::missing("a projected directory needs a source").at(sources.place));
        }
        refuse_shared_paths(&list, sources.place, report);
        let projected = core::ProjectedVolumeSource {
            default_mode: mount.mode.as_ref().map(|mode| mode.value.value()),
            sources: some_list(list),
        };
        let source = format!("{projected:?}");
        let volume = core::Volume { projected: Some(projected), ..empty };
        return Some((gather.volumes.name_of("projected", source, volume), None));
    }
    if let Some(name) = &mount.volume {
        return Some((own_volume(gather, name, report)?, None));
    }
    report.add(
        Diagnostic::missing("nothing says what is mounted here")
            .at(mount.key)
            .help("for example `{claim: data, size: 10Gi}`, `{config: NAME}`, `{secret: NAME}` or `{emptyDir: {}}`"),
    );
    None
}

/// Two sources must not write one file: validateProjectedVolumeSource. What
/// comes of a whole ConfigMap or Secret only the cluster knows.
fn refuse_shared_paths(list: &[core::VolumeProjection], place: Place, report: &mut Report) {
    let mut seen = HashSet::new();
    for source in list {
        let config = source.config_map.iter().filter_map(|source| source.items.as_ref());
        let secret = source.secret.iter().filter_map(|source| source.items.as_ref());
        let items = config.chain(secret).flatten().map(|item| item.path.as_str());
        let downward = source.downward_api.iter().filter_map(|source| source.items.as_ref());
        let downward = downward.flatten().map(|item| item.path.as_str());
        let token = source.service_account_token.iter().map(|token| token.path.as_str());
        for path in items.chain(downward).chain(token) {
            if !seen.insert(path) {
                report.error(place, format!("two sources write the file `{path}`"));
            }
        }
    }
}

fn claimed(gather: &mut Gather<'_, '_>, wish: &str, claim_name: String) -> String {
    let claim = core::PersistentVolumeClaimVolumeSource { claim_name, read_only: None };
    let source = format!("{claim:?}");
    let volume = core::Volume { persistent_volume_claim: Some(claim), ..core::Volume::default() };
    gather.volumes.name_of(wish, source, volume)
}

/// A volume called after a path: `var-log` for `/var/log`.
fn volume_name(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = path.trim_matches('/').chars().map(plain).collect();
    if name.is_empty() { "root".to_owned() } else { name }
}

/// Scratch space is never shared by accident: each mount has its own.
fn scratch(
    gather: &mut Gather<'_, '_>,
    wish: &str,
    directory: &EmptyDir,
    report: &mut Report,
) -> String {
    if let Some(size) = directory.size.as_ref().filter(|size| size.is_negative()) {
        report.error(size.place, "a size is not below 0");
    }
    let source = core::EmptyDirVolumeSource {
        medium: directory.medium.map(|medium| medium.as_str().to_owned()),
        size_limit: directory.size.as_ref().map(|size| Quantity(size.to_string())),
    };
    let volume = core::Volume { empty_dir: Some(source), ..core::Volume::default() };
    gather.volumes.add(wish, volume)
}

/// A volume in Kubernetes' own form.
fn own_volume(
    gather: &mut Gather<'_, '_>,
    name: &At<DnsLabel>,
    report: &mut Report,
) -> Option<String> {
    let Some(written) = gather.workload.volumes.get(&name.value) else {
        let known = gather.workload.volumes.keys().map(DnsLabel::as_str);
        let message = format!("there is no `{}` under `volumes`", name.value);
        report.add(Unknown::new(message, name.as_str(), known).at(name.place));
        return None;
    };
    if !gather.volumes.own.contains(&name.value) {
        gather.volumes.own.push(name.value.clone());
        let volume = named_volume(&name.value, written, report)?;
        gather.volumes.list.push(volume);
    }
    Some(name.to_string())
}

fn named_volume(name: &DnsLabel, written: &Item<Raw>, report: &mut Report) -> Option<core::Volume> {
    let mut node = written.value.0.clone();
    match &mut node.content {
        Content::Map(table) if !table.contains_key("name") => {
            let value = Node::scalar(written.key, name.as_str());
            table.insert("name".to_owned(), Entry { key: written.key, value });
        }
        Content::Map(_) => {
            report.error(written.key, "the name of a volume is its key");
            return None;
        }
        _ => {}
    }
    let kinds = node.as_map().map_or(0, |table| table.len() - 1);
    if kinds != 1 {
        report.error(written.key, format!("a volume is of one kind; this names {kinds}"));
        return None;
    }
    raw::part(&Raw(node), report)
}

/// Notes what a mount reads: one key, or all of them.
fn read<'p>(sources: &mut Sources<'p>, reference: &'p FileRef) {
    match &reference.key {
        Some(key) => sources.key(reference.name.as_str(), key.as_str()),
        None => sources.all(reference.name.as_str()),
    }
}

#[derive(Clone, Copy)]
enum Source {
    Config,
    Secret,
}

/// Checks a reference to files, and gives the keys that become some.
fn files<'p>(
    gather: &mut Gather<'_, 'p>,
    reference: &'p At<FileRef>,
    items: Option<&At<Named<ConfigKey, RelativePath>>>,
    source: Source,
    report: &mut Report,
) -> Option<Option<Vec<core::KeyToPath>>> {
    if let (Some(_), Some(items)) = (&reference.key, items) {
        report
            .error(items.place, "`items` belongs to a whole ConfigMap or Secret, not to one file");
    }
    let name = &reference.name;
    let keys: Option<Vec<&str>> = match source {
        Source::Config => match gather.context.index.config(name) {
            Ok(config) => {
                read(&mut gather.reads.config, reference);
                let known = !(config.existing && config.keys.is_empty());
                known.then(|| config.all_keys().map(ConfigKey::as_str).collect())
            }
            Err(unknown) => {
                report.add(unknown.at(reference.place));
                return None;
            }
        },
        Source::Secret => match gather.context.index.secret(name) {
            Ok(secret) => {
                read(&mut gather.reads.secrets, reference);
                let keys: Vec<&str> = secret.all_keys().map(|(key, _)| key.as_str()).collect();
                (!keys.is_empty()).then_some(keys)
            }
            Err(unknown) => {
                report.add(unknown.at(reference.place));
                return None;
            }
        },
    };
    let check = |key: &ConfigKey, place: Place, report: &mut Report| {
        if let Some(known) = keys.as_ref().filter(|known| !known.contains(&key.as_str())) {
            report.add(no_key(name, key, known.iter().copied()).at(place));
        }
    };
    if let Some(key) = &reference.key {
        check(key, reference.place, report);
    }
    Some(items.map(|items| {
        items
            .iter()
            .map(|(key, path)| {
                check(key, path.key, report);
                core::KeyToPath { key: key.to_string(), path: path.value.to_string(), mode: None }
            })
            .collect()
    }))
}

fn projection<'p>(
    gather: &mut Gather<'_, 'p>,
    source: &'p ProjectedSource,
    report: &mut Report,
) -> Option<core::VolumeProjection> {
    let base = core::VolumeProjection::default();
    let optional = source.optional.as_ref().map(|flag| **flag);
    let reference = source.config.as_ref().or(source.secret.as_ref());
    if reference.is_none() {
        let rules = [("items", place(&source.items)), ("optional", place(&source.optional))];
        for (key, place) in rules {
            if let Some(place) = place {
                report.error(place, format!("`{key}` belongs to a ConfigMap or Secret"));
            }
        }
    }
    let one_file = |reference: &FileRef, items: Option<Vec<core::KeyToPath>>| match &reference.key {
        Some(key) => {
            Some(vec![core::KeyToPath { key: key.to_string(), path: key.to_string(), mode: None }])
        }
        None => items,
    };
    if let Some(reference) = &source.config {
        let items = files(gather, reference, source.items.as_ref(), Source::Config, report)?;
        let items = one_file(reference, items);
        let config =
            core::ConfigMapProjection { name: reference.name.to_string(), items, optional };
        return Some(core::VolumeProjection { config_map: Some(config), ..base });
    }
    if let Some(reference) = &source.secret {
        let items = files(gather, reference, source.items.as_ref(), Source::Secret, report)?;
        let items = one_file(reference, items);
        let secret = core::SecretProjection { name: reference.name.to_string(), items, optional };
        return Some(core::VolumeProjection { secret: Some(secret), ..base });
    }
    if let Some(token) = &source.token {
        let expiration = token.expiration.as_ref().and_then(|time| {
            // validateProjectedVolumeSource: at least ten minutes.
            context::seconds_from(600, time, report)
        });
        let token = core::ServiceAccountTokenProjection {
            path: token.path.to_string(),
            audience: token.audience.clone(),
            expiration_seconds: expiration.map(i64::from),
        };
        return Some(core::VolumeProjection { service_account_token: Some(token), ..base });
    }
    let mut items = Vec::new();
    for (path, field) in source.fields.iter().flatten() {
        if !field.is_metadata() {
            report.error(field.place, "a file shows only fields of `metadata`");
        }
        items.push(core::DownwardAPIVolumeFile {
            path: path.to_string(),
            field_ref: Some(core::ObjectFieldSelector {
                api_version: None,
                field_path: field.value.as_str().to_owned(),
            }),
            ..core::DownwardAPIVolumeFile::default()
        });
    }
    for (path, wanted) in source.resources.iter().flatten() {
        env::check_container(gather, &wanted.container, report);
        if let Some(divisor) = &wanted.divisor {
            env::check_divisor(&wanted.resource, divisor, report);
        }
        items.push(core::DownwardAPIVolumeFile {
            path: path.to_string(),
            resource_field_ref: Some(core::ResourceFieldSelector {
                container_name: Some(wanted.container.to_string()),
                divisor: wanted.divisor.as_ref().map(|divisor| Quantity(divisor.to_string())),
                resource: wanted.resource.as_str().to_owned(),
            }),
            ..core::DownwardAPIVolumeFile::default()
        });
    }
    let downward = core::DownwardAPIProjection { items: some_list(items) };
    Some(core::VolumeProjection { downward_api: Some(downward), ..base })
}

/// Keys that belong to another kind of mount than this one.
fn check_companions(mount: &Mount, report: &mut Report) {
    let claim = mount.claim.is_some();
    let files = mount.config.is_some() || mount.secret.is_some();
    let projected = mount.projected.is_some();
    let rules = [
        ("size", place(&mount.size), claim, "a `claim`"),
        ("storageClassName", place(&mount.storage_class), claim, "a `claim`"),
        ("accessModes", place(&mount.access_modes), claim, "a `claim`"),
        ("restoreFrom", place(&mount.restore_from), claim, "a `claim`"),
        ("items", place(&mount.items), files, "a ConfigMap or Secret"),
        ("optional", place(&mount.optional), files, "a ConfigMap or Secret"),
        ("mode", place(&mount.mode), files || projected, "files"),
    ];
    for (key, place, allowed, owner) in rules {
        if let (Some(place), false) = (place, allowed) {
            report.error(place, format!("`{key}` belongs to {owner}"));
        }
    }
}

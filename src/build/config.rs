//! Layer 1: ConfigMaps.

use std::collections::{BTreeMap, HashMap};

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1 as core;

use crate::diagnostic::{Diagnostic, Report};
use crate::object::Object;
use crate::profile::config::{Config, DataValue};
use crate::profile::decode::{Item, place};
use crate::profile::index::Index;
use crate::profile::project::Content;
use crate::scalar::DnsName;

use super::context::{Context, Held};
use super::meta::{extend, some};

/// The API server's own limit on the sum of a ConfigMap's or Secret's values.
pub const LARGEST: usize = 1 << 20;

/// What every ConfigMap holds, with addresses resolved and files read.
pub fn contents<'p>(
    index: &'p Index<'p>,
    mut files: HashMap<(String, String), Content>,
    report: &mut Report,
) -> BTreeMap<&'p str, Held> {
    let maps = index.system.config.iter().filter(|(_, config)| !config.existing);
    maps.map(|(name, config)| (name.as_str(), content(index, name, config, &mut files, report)))
        .collect()
}

fn content(
    index: &Index<'_>,
    name: &DnsName,
    config: &Item<Config>,
    files: &mut HashMap<(String, String), Content>,
    report: &mut Report,
) -> Held {
    let (mut text, mut binary) = (BTreeMap::new(), BTreeMap::new());
    for (key, value) in &config.data {
        if let Some(value) = text_of(index, value, report) {
            text.insert(key.to_string(), value);
        }
    }
    for (key, file) in &config.files {
        if config.data.contains_key(key) {
            let twice = format!("the key `{key}` stands under `data` and under `files`");
            report.error(file.key, twice);
        }
        match files.remove(&(name.to_string(), key.to_string())) {
            Some(Content::Text(content)) => {
                text.insert(key.to_string(), content);
            }
            Some(Content::Binary(bytes)) => {
                binary.insert(key.to_string(), bytes);
            }
            // It could not be read, and the report says so.
            None => {}
        }
    }
    let size = text.values().map(String::len).sum::<usize>()
        + binary.values().map(Vec::len).sum::<usize>();
    if size > LARGEST {
        report.add(
            Diagnostic::new(format!("the ConfigMap `{name}` holds {size} bytes"))
                .at(config.key)
                .label("Kubernetes takes 1 MiB at most"),
        );
    }
    Held::new(text, binary)
}

fn text_of(index: &Index<'_>, value: &DataValue, report: &mut Report) -> Option<String> {
    match &value.value {
        // Parts of an address that stand beside a text are reported there.
        Some(text) => {
            index.address_text(&value.address, report);
            Some(text.clone())
        }
        None => index.address_text(&value.address, report),
    }
}

pub fn config_maps(context: &Context<'_>, report: &mut Report) -> Vec<Object> {
    let all = &context.index.system.config;
    let mut objects = Vec::with_capacity(all.len());
    for (name, config) in all {
        if config.existing {
            refuse_contents(config, report);
            continue;
        }
        for key in &config.keys {
            report.error(key.place, "`keys` is for what is made elsewhere (`existing: true`)");
        }
        for home in context.index.homes_of_config(name, config) {
            objects.extend(config_map(context, home, name, config, report));
        }
    }
    objects
}

fn config_map(
    context: &Context<'_>,
    home: &str,
    name: &DnsName,
    config: &Item<Config>,
    report: &mut Report,
) -> Option<Object> {
    let content = context.config.get(name.as_str())?;
    let mut labels = context.common_labels();
    extend(&mut labels, &config.labels);
    let binary: BTreeMap<String, ByteString> = content
        .binary
        .iter()
        .map(|(key, bytes)| (key.clone(), ByteString(bytes.clone())))
        .collect();
    let object = core::ConfigMap {
        metadata: context.namespaced(home, name.as_str(), labels, &config.annotations),
        immutable: config.immutable.as_ref().map(|flag| flag.value),
        data: some(content.text.clone()),
        binary_data: (!binary.is_empty()).then_some(binary),
    };
    super::raw::object(&object, config.key, report)
}

/// What is made elsewhere is only named here.
fn refuse_contents(config: &Item<Config>, report: &mut Report) {
    let contents = config.data.values().map(|item| item.key);
    let files = config.files.values().map(|item| item.key);
    let labels = config.labels.values().map(|item| item.key);
    let annotations = config.annotations.values().map(|item| item.key);
    let immutable = place(&config.immutable);
    for place in contents.chain(files).chain(labels).chain(annotations).chain(immutable) {
        report.error(place, "this ConfigMap is made elsewhere; only its `keys` are named here");
    }
}

//! What all builders see.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Report};
use crate::digest;
use crate::object::Object;
use crate::object::value::Map;
use crate::profile::decode::At;
use crate::profile::files::Contents;
use crate::profile::index::Index;
use crate::profile::project::Content;
use crate::scalar::Duration;
use crate::source::Place;

/// One environment, with every name in it looked up.
pub struct Context<'p> {
    pub index: &'p Index<'p>,
    /// Its name.
    pub environment: &'p str,
    /// What ConfigMaps hold.
    pub config: BTreeMap<&'p str, Held>,
    /// What Secrets hold whose values are known, plain or sealed.
    pub secrets: BTreeMap<&'p str, Held>,
    /// What dashboards hold.
    pub dashboards: HashMap<String, Content>,
}

/// What a ConfigMap or Secret holds.
#[derive(Clone, Default)]
pub struct Held {
    pub text: BTreeMap<String, String>,
    pub binary: BTreeMap<String, Vec<u8>>,
    pub digest: String,
}

impl<'p> Context<'p> {
    /// Resolves what ConfigMaps and Secrets hold.
    pub fn new(
        index: &'p Index<'p>,
        files: Contents,
        environment: &'p str,
        report: &mut Report,
    ) -> Context<'p> {
        let config = super::config::contents(index, files.config, report);
        let secrets = super::secrets::contents(index, files.secrets);
        Context { index, environment, config, secrets, dashboards: files.dashboards }
    }

    /// Takes what patches made of ConfigMaps and Secrets for what they hold.
    pub fn hold_what_is_patched(&mut self, objects: &[Object]) {
        let patches = self.index.system.patches.values();
        let targets: HashSet<&str> = patches.map(|patch| patch.target.name.as_str()).collect();
        for object in objects.iter().filter(|object| targets.contains(&*object.identity.name)) {
            let held = match &*object.identity.kind {
                "ConfigMap" => &mut self.config,
                "Secret" => &mut self.secrets,
                _ => continue,
            };
            if let Some(held) = held.get_mut(&*object.identity.name) {
                let fields = ["data", "stringData", "binaryData"].into_iter();
                let maps = fields.filter_map(|field| object.content.get(field)?.as_map());
                let texts = maps
                    .flat_map(Map::iter)
                    .filter_map(|(key, value)| Some((key.to_owned(), value.as_str()?.to_owned())));
                *held = Held::new(texts.collect(), BTreeMap::new());
            }
        }
    }

    /// Reports a use of what the target version does not have yet.
    pub fn since(&self, minor: u8, what: &str, place: Place, report: &mut Report) {
        let version = &self.index.system.kubernetes;
        if version.minor() < minor {
            let fault = Diagnostic::new(format!("{what} needs Kubernetes 1.{minor}")).at(place);
            // A default stands nowhere.
            report.add(match version.place.length {
                0 => fault
                    .help(format!("the target is {} unless `kubernetes` says more", version.value)),
                _ => fault.related(version.place, "the target is older"),
            });
        }
    }
}

impl Held {
    pub fn new(text: BTreeMap<String, String>, binary: BTreeMap<String, Vec<u8>>) -> Held {
        let texts = text.iter().map(|(key, text)| (key.as_str(), text.as_bytes()));
        let bytes = binary.iter().map(|(key, bytes)| (key.as_str(), bytes.as_slice()));
        let digest = digest::of_entries(texts.chain(bytes));
        Held { text, binary, digest }
    }

    /// What a key holds.
    pub fn bytes(&self, key: &str) -> Option<&[u8]> {
        let text = self.text.get(key).map(String::as_bytes);
        text.or_else(|| self.binary.get(key).map(Vec::as_slice))
    }
}

/// A duration that Kubernetes counts in seconds.
pub fn seconds(duration: &At<Duration>, report: &mut Report) -> Option<i32> {
    let whole = duration.as_secs_exact().and_then(|secs| i32::try_from(secs).ok());
    if whole.is_none() {
        report.add(
            Diagnostic::new("Kubernetes counts this in whole seconds")
                .at(duration.place)
                .label("at least 1s, and at most 68 years"),
        );
    }
    whole
}

/// A duration of at least so many seconds.
pub fn seconds_from(least: i32, duration: &At<Duration>, report: &mut Report) -> Option<i32> {
    let secs = seconds(duration, report)?;
    if secs < least {
        report.error(duration.place, format!("this must be at least {least}s"));
        return None;
    }
    Some(secs)
}

/// A count as Kubernetes holds it. Profiles hold none above its range.
pub fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

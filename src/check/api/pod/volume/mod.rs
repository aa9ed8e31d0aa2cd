//! The volumes of a pod: each with a name of its own, and one source.

use std::collections::{HashMap, HashSet};

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName};

pub mod files;
pub mod projected;
pub mod source;
pub mod storage;

pub static RULE: Rule = Rule {
    name: "api/volume",
    weight: Weight::ERROR,
    summary: "a volume of a pod that a server refuses",
    page: "A volume has a name, which is a DNS label and no other volume's, and one source, such as `emptyDir`, `configMap` or `persistentVolumeClaim`. Without a source it is an empty directory.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: settings, mountPath: /etc/web}]
  volumes: [{name: settings, secret: {name: web}, configMap: {name: web}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: settings, mountPath: /etc/web}]
  volumes: [{name: settings, configMap: {name: web}}]
",
    look: Look::Validation,
};

/// The volumes that containers can mount: a server looks only at those without a fault.
pub struct Volumes<'a> {
    good: HashMap<&'a str, Volume<'a>>,
    faulty: HashSet<&'a str>,
}

/// A volume without a fault.
#[derive(Clone, Copy)]
pub enum Volume<'a> {
    /// Of the pod's own.
    Listed(At<'a>),
    /// A claim that a StatefulSet makes.
    Claimed,
}

impl Volume<'_> {
    pub fn is_claim(self) -> bool {
        match self {
            Volume::Listed(at) => {
                at.field("persistentVolumeClaim").is_set() || at.field("ephemeral").is_set()
            }
            Volume::Claimed => true,
        }
    }

    /// An empty directory, which it is without a source.
    pub fn is_empty_dir(self) -> bool {
        match self {
            Volume::Listed(at) => at.field("emptyDir").is_set() || source::of(at).next().is_none(),
            Volume::Claimed => false,
        }
    }
}

impl<'a> Volumes<'a> {
    pub fn find(&self, name: &str) -> Option<Volume<'a>> {
        self.good.get(name).copied()
    }

    /// There is one, but with a fault.
    pub fn is_faulty(&self, name: &str) -> bool {
        self.faulty.contains(name)
    }

    /// What can be mounted.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.good.keys().copied()
    }

    /// Takes in a volume that has just been looked at.
    fn add(&mut self, name: &'a str, volume: Volume<'a>, is_good: bool) {
        if is_good {
            self.good.insert(name, volume);
        } else {
            self.faulty.insert(name);
        }
    }
}

/// `ValidateVolumes`. `pod` is what the pod is called, where it is one itself.
pub fn validate<'a>(spec: At<'a>, pod: Option<&'a str>, claims: Option<At<'a>>) -> Volumes<'a> {
    let volumes = spec.field("volumes").under(&RULE);
    let mut all = Volumes { good: HashMap::new(), faulty: HashSet::new() };
    let claimed = claims.map(|claims| add_claims(&mut all, volumes, claims)).unwrap_or_default();
    let pod = pod.filter(|pod| !pod.is_empty());
    let made: HashSet<String> = match pod {
        Some(pod) => volumes
            .items()
            .filter(|volume| volume.field("ephemeral").is_set())
            .map(|volume| format!("{pod}-{}", volume.field("name").text_or_empty()))
            .collect(),
        None => HashSet::new(),
    };
    for (index, volume) in volumes.items().enumerate() {
        // A server counts the claims of a StatefulSet first.
        let at = if claimed == 0 { volume } else { volume.named(volumes.index(claimed + index)) };
        let name = at.field("name");
        let text = name.text_or_empty();
        let found = at.found();
        source::validate(at, pod);
        name.required_as::<DnsLabel>();
        let is_claimed = claims.is_some() && matches!(all.find(text), Some(Volume::Claimed));
        // The claim of a StatefulSet takes the place of a volume of its name.
        if all.find(text).is_some() && !is_claimed {
            name.fault(format!("there is another volume {}", shown(text)));
        }
        if !is_claimed {
            all.add(text, Volume::Listed(at), at.found() == found);
        }
        let claim = at.field("persistentVolumeClaim").field("claimName");
        if claim.text().is_some_and(|claim| made.contains(claim)) {
            claim.fault("this claim is made for an `ephemeral` volume of the pod");
        }
    }
    all
}

/// The claims that a StatefulSet makes are volumes of its pods, before all others. How
/// many there are; of two with one name the last one counts.
fn add_claims<'a>(all: &mut Volumes<'a>, volumes: At<'a>, claims: At<'a>) -> usize {
    let mut names = HashSet::new();
    for claim in claims.under(&RULE).items() {
        let name = claim.field("metadata").field("name");
        let text = name.text_or_empty();
        let volume = volumes.index(names.len());
        if !names.insert(text) {
            continue;
        }
        let found = name.found();
        if name.is_empty() {
            name.named(volume.field("persistentVolumeClaim").field("claimName")).missing();
        }
        let name = name.named(volume.field("name"));
        name.required_as::<DnsLabel>();
        all.add(text, Volume::Claimed, name.found() == found);
    }
    names.len()
}

/// The claim that is made for an ephemeral volume is named after the pod.
fn validate_name_of_claim(name: At<'_>, pod: &str) {
    let text = name.text_or_empty();
    if !text.is_empty() {
        name.must_be_text::<DnsName>(&format!("{pod}-{text}"));
    }
}

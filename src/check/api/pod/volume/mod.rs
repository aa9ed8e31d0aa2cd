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
    /// The names of those, in their order.
    names: Vec<&'a str>,
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
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// Takes in a volume that has just been looked at.
    fn add(&mut self, name: &'a str, volume: Volume<'a>, is_good: bool) {
        if is_good {
            self.good.insert(name, volume);
            self.names.push(name);
        } else {
            self.faulty.insert(name);
        }
    }
}

/// `ValidateVolumes`. `pod` is what the pod is called, where it is one itself.
pub fn validate<'a>(spec: At<'a>, pod: Option<&'a str>, claims: Option<At<'a>>) -> Volumes<'a> {
    let volumes = spec.field("volumes").under(&RULE);
    let mut all = Volumes { good: HashMap::new(), names: Vec::new(), faulty: HashSet::new() };
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

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(volume: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  serviceAccountName: web\n  containers: [{{name: a, image: 'a:1'}}]\n  volumes: [{{name: v, {volume}}}]\n"
        )
    }

    #[test]
    fn sources_that_a_server_takes() {
        for volume in [
            "emptyDir: null",
            "emptyDir: {medium: Memory, sizeLimit: 64Mi}",
            "hostPath: {path: /a, type: ''}",
            "hostPath: {path: relative}",
            "configMap: {name: c, defaultMode: 0644, items: [{key: k, path: a/..b}]}",
            "secret: {secretName: 'Not Checked', optional: true}",
            "projected: {sources: null}",
            "projected: {sources: [{serviceAccountToken: {path: t}}]}",
            "projected: {sources: [{clusterTrustBundle: {path: ca}}]}",
            "iscsi: {targetPortal: 10.0.0.1, iqn: 'iqn.2001-04.com.example:a', lun: 0}",
            "iscsi: {targetPortal: a, iqn: naa.0123456789abcdef0123456789abcdef, lun: 255}",
            "fc: {wwids: [a]}",
            "nfs: {server: a, path: /}",
            "csi: {driver: Secrets-Store.csi.k8s.io}",
            "image: {reference: a, pullPolicy: ''}",
            "azureDisk: {diskName: a, diskURI: 'https://a'}",
            "gitRepo: {repository: a}",
            "downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.annotations}}]}",
        ] {
            none(&with(volume));
        }
    }

    #[test]
    fn faults_are_named_as_a_server_names_them() {
        for (volume, field) in [
            ("emptyDir: {sizeLimit: -1}", "emptyDir.sizeLimit"),
            ("emptyDir: {}, hostPath: {path: /a}", "hostPath"),
            ("configMap: {name: a}, emptyDir: {}", "configMap"),
            ("emptyDir: {}, downwardAPI: {items: []}", "downwarAPI"),
            ("hostPath: {path: /a, type: Folder}", "hostPath.type"),
            ("hostPath: {path: /a/../b}", "hostPath.path"),
            ("configMap: {name: a, defaultMode: 644}", "configMap.defaultMode"),
            ("configMap: {name: a, items: [{key: k, path: ..a}]}", "configMap.items[0].path"),
            ("secret: {items: []}", "secret.secretName"),
            ("downwardAPI: {items: [{path: a}]}", "downwardAPI"),
            (
                "downwardAPI: {items: [{path: a, resourceFieldRef: {resource: limits.cpu}}]}",
                "downwardAPI.resourceFieldRef.containerName",
            ),
            ("projected: {sources: [{serviceAccountToken: {}}]}", "projected.path"),
            (
                "projected: {sources: [{serviceAccountToken: {path: a, expirationSeconds: 60}}]}",
                "projected.sources[0].serviceAccountToken.expirationSeconds",
            ),
            (
                "projected: {sources: [{configMap: {name: a}, secret: {name: a}}]}",
                "projected.sources[0]",
            ),
            ("gcePersistentDisk: {}", "persistentDisk.pdName"),
            ("iscsi: {targetPortal: a, iqn: 'iqn.x:a', lun: 0}", "iscsi.iqn"),
            (
                "iscsi: {targetPortal: a, iqn: eui.0123456789abcdef, lun: 0, chapAuthSession: true}",
                "iscsi.secretRef",
            ),
            (
                "iscsi: {targetPortal: a, iqn: eui.0123456789abcdef, lun: 0, initiatorName: a}",
                "iscsi.initiatorname",
            ),
            ("fc: {targetWWNs: [a]}", "fc.lun"),
            ("flexVolume: {driver: a, options: {k8s.io/a: b}}", "flexVolume.options[k8s.io/a]"),
            ("nfs: {server: a, path: b}", "nfs.path"),
            ("csi: {driver: a, nodePublishSecretRef: {name: A}}", "csi.name"),
            ("azureDisk: {diskName: a, diskURI: a, kind: Managed}", "azureDisk.diskURI"),
            ("ephemeral: {}", "ephemeral.volumeClaimTemplate"),
            ("image: {}", "image.reference"),
        ] {
            assert_eq!(faults(&with(volume)), [format!("spec.volumes[0].{field}")], "{volume}");
        }
    }

    #[test]
    fn claims_of_ephemeral_volumes_are_made_for_the_pod() {
        let claim = "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}";
        let ephemeral = |metadata: &str| {
            format!("ephemeral: {{volumeClaimTemplate: {{metadata: {metadata}, spec: {claim}}}}}")
        };
        none(&with(&ephemeral("{labels: {a: b}, creationTimestamp: null}")));
        let start = "spec.volumes[0].ephemeral.volumeClaimTemplate.metadata";
        assert_eq!(faults(&with(&ephemeral("{name: a}"))), [format!("{start}.name")]);
        let both = format!(
            "{}}}, {{name: w, persistentVolumeClaim: {{claimName: web-v}}",
            ephemeral("{}")
        );
        assert_eq!(faults(&with(&both)), ["spec.volumes[1].persistentVolumeClaim.claimName"]);
    }
}

//! What a claim of storage asks for: in PersistentVolumeClaims, in the claims that a
//! StatefulSet makes, and in ephemeral volumes.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::diagnostic::choices;
use crate::scalar::{DnsLabel, DnsName};

use super::formats::shown;
use super::selector::validate_label_selector;
use super::server_warning::must_be_whole_bytes;

pub static RULE: Rule = Rule {
    name: "api/volume-claim",
    weight: Weight::ERROR,
    summary: "a claim of storage that a server refuses",
    page: "A claim says how the volume is mounted (`accessModes`) and how large it is (`resources.requests.storage`). Both are needed, also in the claims that a StatefulSet makes for its pods.",
    bad: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis}
spec:
  serviceName: redis
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers:
        - name: redis
          image: registry.example.com/redis:7.2.4
          volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [RWO]
        resources: {requests: {storage: 1Gi}}
",
    good: "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis}
spec:
  serviceName: redis
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers:
        - name: redis
          image: registry.example.com/redis:7.2.4
          volumeMounts: [{name: data, mountPath: /data}]
  volumeClaimTemplates:
    - metadata: {name: data}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
",
    look: Look::Validation,
};

const ACCESS_MODES: [&str; 4] =
    ["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"];

/// A claim of its own. What a server drops from it before it looks is not looked at.
pub fn validate_claim(object: At<'_>) {
    let spec = object.field("spec").under(&RULE);
    let source = spec.field("dataSource");
    let is_kept = is_claim_or_snapshot(source);
    if source.is_set() && !is_kept {
        source.warn_with(
            "a server drops a source that is neither a claim nor a snapshot: the volume is empty",
            "name a `PersistentVolumeClaim`, a `VolumeSnapshot` of `snapshot.storage.k8s.io`, or use `dataSourceRef`",
        );
    }
    validate_parts(spec);
    validate_source(spec, is_kept.then_some(source));
    copied(spec, is_kept.then_some(source));
    warn_of_size(spec);
}

/// Where one of the two sources stands, a server copies it to the other, and says twice
/// what is wrong with it: `NormalizeDataSources`.
fn copied<'a>(spec: At<'a>, source: Option<At<'a>>) {
    let reference = spec.field("dataSourceRef");
    let is_local = reference.field("namespace").is_empty();
    match source.filter(|source| source.is_set()) {
        Some(source) if !reference.is_set() => validate_origin(source.named(reference)),
        None if reference.is_set() && is_local => {
            validate_origin(reference.named(spec.field("dataSource")));
        }
        _ => {}
    }
}

/// `EnforceDataSourceBackwardsCompatibility`.
fn is_claim_or_snapshot(source: At<'_>) -> bool {
    matches!(
        (source.field("apiGroup").text_or_empty(), source.field("kind").text_or_empty()),
        ("", "PersistentVolumeClaim") | ("snapshot.storage.k8s.io", "VolumeSnapshot")
    )
}

/// `ValidatePersistentVolumeClaimSpec`.
pub fn validate_claim_spec(at: At<'_>) {
    let at = at.under(&RULE);
    validate_parts(at);
    validate_source(at, Some(at.field("dataSource")));
}

/// All but where its content comes from.
fn validate_parts(at: At<'_>) {
    let modes = at.field("accessModes");
    if modes.required() {
        validate_access_modes(modes);
    }
    validate_label_selector(at.field("selector"));
    validate_size(at.field("resources"));
    let class = at.field("storageClassName");
    if !class.is_empty() {
        class.must_be::<DnsName>();
    }
    at.field("volumeMode").must_be_one_of(&["Filesystem", "Block"]);
    let attributes = at.field("volumeAttributesClassName");
    if !attributes.is_empty() {
        attributes.must_be::<DnsName>();
    }
}

/// `ReadWriteOnce` and its like; of volumes as well.
pub fn validate_access_modes(at: At<'_>) {
    const ALONE: &str = "ReadWriteOncePod";
    let (mut alone, mut others) = (false, false);
    for mode in at.items() {
        let word = mode.text_or_empty();
        if !ACCESS_MODES.contains(&word) {
            let full = ACCESS_MODES.iter().find(|full| initials(full) == word);
            let at = mode.named(at);
            match full {
                Some(full) => at.fault_with(
                    format!("{} is not an access mode", shown(word)),
                    format!("it is spelled out: `{full}`"),
                ),
                None => at.fault(format!("{} is none of {}", shown(word), choices(ACCESS_MODES))),
            }
        }
        alone |= word == ALONE;
        others |= word != ALONE && ACCESS_MODES.contains(&word);
    }
    if alone && others {
        at.fault(format!("`{ALONE}` does not go with other access modes"));
    }
}

/// `RWO`, as kubectl shows it.
fn initials(mode: &str) -> String {
    mode.chars().filter(char::is_ascii_uppercase).collect()
}

/// The size is named `resources[storage]`, without `requests`.
fn validate_size(resources: At<'_>) {
    let storage = resources.field("requests").field("storage").named(resources.key("storage"));
    // `null` is there, and is zero.
    let requests = resources.field("requests").map();
    match requests.and_then(|requests| requests.get("storage")) {
        None => storage.fault_with(
            "the claim does not say how much storage it asks for",
            "such as `resources: {requests: {storage: 1Gi}}`",
        ),
        Some(_) if !storage.is_set() => storage.fault("must be more than zero, and is nothing"),
        Some(_) => storage.must_be_more_than_nothing(),
    }
}

fn validate_source<'a>(at: At<'a>, source: Option<At<'a>>) {
    let reference = at.field("dataSourceRef");
    let given = source.into_iter().chain([reference]).filter(|from| from.is_set());
    given.for_each(validate_origin);
    let namespace = reference.field("namespace");
    if !namespace.is_empty() {
        namespace.must_be::<DnsLabel>();
    }
    let Some(source) = source.filter(|source| source.is_set() && reference.is_set()) else {
        return;
    };
    if !namespace.is_empty() {
        source.named(at).fault("`dataSource` must not be here: `dataSourceRef` names a namespace");
    } else if ["apiGroup", "kind", "name"]
        .iter()
        .any(|field| source.field(field).text() != reference.field(field).text())
    {
        source.named(at).fault("`dataSource` is another than `dataSourceRef`");
    }
}

/// `validateDataSource`.
fn validate_origin(from: At<'_>) {
    from.field("name").required();
    from.field("kind").required();
    let group = from.field("apiGroup");
    match group.text_or_empty() {
        "" if from.field("kind").text_or_empty() != "PersistentVolumeClaim" => {
            from.fault_with(
                "only a `PersistentVolumeClaim` is without an `apiGroup`",
                "name the group, such as `snapshot.storage.k8s.io`",
            );
        }
        "" => {}
        _ => group.must_be::<DnsName>(),
    }
}

/// What a server warns of: a size in thousandths of a byte.
pub fn warn_of_size(spec: At<'_>) {
    for amounts in ["requests", "limits"] {
        must_be_whole_bytes(spec.field("resources").field(amounts).key("storage"));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn a_source_is_copied_to_its_other_name() {
        let claim = |source: &str| {
            format!(
                "{{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {{name: a}}, spec: {{accessModes: [ReadWriteOnce], resources: {{requests: {{storage: 1Gi}}}}, {source}}}}}"
            )
        };
        none(&claim("dataSource: {kind: PersistentVolumeClaim, name: b}"));
        none(&claim("dataSourceRef: {apiGroup: example.com, kind: Backup, name: b}"));
        assert_eq!(
            faults(&claim("dataSource: {kind: PersistentVolumeClaim}")),
            ["spec.dataSource.name", "spec.dataSourceRef.name"]
        );
        assert_eq!(
            faults(&claim("dataSourceRef: {kind: Backup, name: b}")),
            ["spec.dataSourceRef", "spec.dataSource"]
        );
    }
}

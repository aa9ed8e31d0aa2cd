//! Where volumes stand in a container: as directories, and as devices.

use std::collections::{HashMap, HashSet};

use crate::check::api::formats::{meant, shown};
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};

use super::Surroundings;

pub static RULE: Rule = Rule {
    name: "api/mount",
    weight: Weight::ERROR,
    summary: "a mount or device of a container that a server refuses",
    page: "A container mounts volumes of its pod by their names, each at a path of its own. For a StatefulSet the claims in `volumeClaimTemplates` are volumes as well. Where a volume itself is at fault, its mounts are too.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: temp, mountPath: /tmp}]
  volumes: [{name: tmp, emptyDir: {}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      volumeMounts: [{name: tmp, mountPath: /tmp}]
  volumes: [{name: tmp, emptyDir: {}}]
",
    look: Look::Validation,
};

const PROPAGATIONS: [&str; 3] = ["None", "HostToContainer", "Bidirectional"];

/// `ValidateVolumeMounts` and `ValidateVolumeDevices`.
pub fn validate<'a>(surroundings: &Surroundings<'a>, container: At<'a>) {
    let container = container.under(&RULE);
    let (mounts, devices) = (container.field("volumeMounts"), container.field("volumeDevices"));
    if mounts.is_empty() && devices.is_empty() {
        return;
    }
    let mounted = Places::of(mounts, "mountPath");
    let attached = Places::of(devices, "devicePath");
    let privileged = container.field("securityContext").field("privileged").is_true();
    let mut paths = HashSet::new();
    for mount in mounts.items() {
        must_be_volume(surroundings, mount.field("name"));
        let path = mount.field("mountPath");
        path.required();
        if !paths.insert(path.text_or_empty()) {
            path.fault(format!("something is mounted at {} already", shown(path.text_or_empty())));
        }
        attached.must_not_have(mount.field("name"), path, "a device");
        validate_sub_path(mounts, mount);
        validate_propagation(mounts, mount, privileged);
    }
    let (mut names, mut paths) = (HashSet::new(), HashSet::new());
    for device in devices.items() {
        let (name, path) = (device.field("name"), device.field("devicePath"));
        must_be_volume(surroundings, name);
        must_be_claim(surroundings, name);
        if !name.is_empty() && !names.insert(name.text_or_empty()) {
            name.fault(format!("{} is a device already", shown(name.text_or_empty())));
        }
        path.required();
        path.must_not_step_back();
        if !paths.insert(path.text_or_empty()) {
            path.fault(format!("a device is at {} already", shown(path.text_or_empty())));
        }
        mounted.must_not_have(name, path, "a mount");
    }
}

/// The volumes that stand somewhere, and where.
struct Places<'a> {
    names: HashSet<&'a str>,
    paths: HashSet<&'a str>,
}

impl<'a> Places<'a> {
    fn of(list: At<'a>, path: &'a str) -> Places<'a> {
        // Of two with one name the last one counts.
        let places: HashMap<&str, &str> = list
            .items()
            .map(|item| (item.field("name").text_or_empty(), item.field(path).text_or_empty()))
            .collect();
        Places { names: places.keys().copied().collect(), paths: places.into_values().collect() }
    }

    fn must_not_have(&self, name: At<'_>, path: At<'_>, what: &str) {
        if self.names.contains(name.text_or_empty()) {
            name.fault(format!("{} is {what} already", shown(name.text_or_empty())));
        }
        if self.paths.contains(path.text_or_empty()) {
            path.fault(format!("{what} is at {} already", shown(path.text_or_empty())));
        }
    }
}

fn must_be_volume(surroundings: &Surroundings<'_>, name: At<'_>) {
    let text = name.text_or_empty();
    if !name.required() || surroundings.volumes.find(text).is_some() {
        return;
    }
    let volumes = &surroundings.volumes;
    if volumes.is_faulty(text) {
        name.fault(format!("the volume {} is at fault itself", shown(text)));
        return;
    }
    let message = format!("the pod has no volume {}", shown(text));
    name.fault_with(message, meant(text, volumes.names()));
}

fn must_be_claim(surroundings: &Surroundings<'_>, name: At<'_>) {
    let volume = surroundings.volumes.find(name.text_or_empty());
    if volume.is_some_and(|volume| !volume.is_claim()) {
        name.fault_with(
            format!("the volume {} is no device", shown(name.text_or_empty())),
            "only a `persistentVolumeClaim` or an `ephemeral` volume can be one",
        );
    }
}

/// What is wrong with these is named without the number of the mount.
fn validate_sub_path<'a>(mounts: At<'a>, mount: At<'a>) {
    let [path, expression] = ["subPath", "subPathExpr"].map(|name| mount.field(name));
    if !path.is_empty() {
        path.named(mounts.field("subPath")).must_stay_below();
    }
    if expression.is_empty() {
        return;
    }
    if !path.is_empty() {
        expression.fault_with("does not go with `subPath`", "keep one of them");
    }
    expression.named(mounts.field("subPathExpr")).must_stay_below();
}

fn validate_propagation<'a>(mounts: At<'a>, mount: At<'a>, privileged: bool) {
    let own = mount.field("mountPropagation");
    let propagation = own.named(mounts.field("mountPropagation"));
    propagation.must_be_one_of(&PROPAGATIONS);
    if own.text() == Some("Bidirectional") && !privileged {
        propagation.fault("only privileged containers have `Bidirectional` mounts");
    }
    let recursive = mount.field("recursiveReadOnly").named(mounts.field("recursiveReadOnly"));
    if !recursive.must_be_one_of(&["Disabled", "IfPossible", "Enabled"])
        || matches!(recursive.text(), None | Some("Disabled"))
    {
        return;
    }
    if !mount.field("readOnly").is_true() {
        recursive.fault_with("the mount is not read-only", "set `readOnly: true`");
    }
    if own.text().is_some_and(|text| text != "None") {
        recursive.fault("does not go with `mountPropagation`");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    fn with(container: &str) -> String {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers: [{{name: a, image: 'a:1', {container}}}]\n  volumes: [{{name: tmp}}, {{name: disk, persistentVolumeClaim: {{claimName: disk}}}}, {{name: bad, hostPath: {{path: ''}}}}]\n"
        )
    }

    /// Without what is wrong with the volume `bad`.
    fn fields(container: &str) -> Vec<String> {
        let found = faults(&with(container)).into_iter();
        let found = found.filter(|field| field != "spec.volumes[2].hostPath.path");
        found.map(|field| field.replace("spec.containers[0].", "")).collect()
    }

    #[test]
    fn mounts() {
        for (mount, field) in [
            ("name: tmp, mountPath: relative", ""),
            (
                "name: tmp, mountPath: /a, subPath: b, readOnly: true, recursiveReadOnly: Enabled",
                "",
            ),
            ("name: bad, mountPath: /a", "[0].name"),
            ("name: none, mountPath: /a", "[0].name"),
            ("name: tmp", "[0].mountPath"),
            ("name: tmp, mountPath: /a, subPath: /b", ".subPath"),
            ("name: tmp, mountPath: /a, subPathExpr: ../b", ".subPathExpr"),
            ("name: tmp, mountPath: /a, subPath: b, subPathExpr: c", "[0].subPathExpr"),
            ("name: tmp, mountPath: /a, mountPropagation: Bidirectional", ".mountPropagation"),
            ("name: tmp, mountPath: /a, recursiveReadOnly: Enabled", ".recursiveReadOnly"),
        ] {
            let wanted =
                if field.is_empty() { vec![] } else { vec![format!("volumeMounts{field}")] };
            assert_eq!(fields(&format!("volumeMounts: [{{{mount}}}]")), wanted, "{mount}");
        }
    }

    #[test]
    fn devices() {
        for (device, field) in [
            ("name: disk, devicePath: /dev/a", ""),
            ("name: tmp, devicePath: /dev/a", "[0].name"),
            ("name: disk", "[0].devicePath"),
            ("name: disk, devicePath: /dev/../a", "[0].devicePath"),
        ] {
            let wanted =
                if field.is_empty() { vec![] } else { vec![format!("volumeDevices{field}")] };
            assert_eq!(fields(&format!("volumeDevices: [{{{device}}}]")), wanted, "{device}");
        }
        let both = "volumeMounts: [{name: disk, mountPath: /a}], volumeDevices: [{name: disk, devicePath: /a}]";
        assert_eq!(
            fields(both),
            [
                "volumeMounts[0].name",
                "volumeMounts[0].mountPath",
                "volumeDevices[0].name",
                "volumeDevices[0].devicePath"
            ]
        );
    }

    #[test]
    fn no_two_are_at_one_place() {
        none(&with("ports: []").replace("path: ''", "path: /a"));
        assert_eq!(
            fields("volumeMounts: [{name: tmp, mountPath: /a}, {name: disk, mountPath: /a}]"),
            ["volumeMounts[1].mountPath"]
        );
    }
}

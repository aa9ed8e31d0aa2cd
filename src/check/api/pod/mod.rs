//! Pods and templates of pods: what of a pod belongs to no part of it alone. Each part
//! has a file of its own.

use std::collections::HashSet;

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{DnsLabel, DnsName};

use super::formats::shown;
use super::selector::{must_be_label_key, validate_labels};
use super::server_warning;
use volume::Volumes;

pub mod affinity;
pub mod annotations;
pub mod binding;
pub mod container;
pub mod dns;
pub mod env;
pub mod ephemeral;
pub mod field_reference;
pub mod handler;
pub mod lifecycle;
pub mod mount;
pub mod node_selector;
pub mod os;
pub mod pod_resources;
pub mod port;
pub mod probe;
pub mod resource_claims;
pub mod resources;
pub mod restart;
pub mod security;
pub mod toleration;
pub mod topology_spread;
pub mod volume;

pub static RULE: Rule = Rule {
    name: "api/pod",
    weight: Weight::ERROR,
    summary: "a pod, or a template of pods, that a server refuses",
    page: "These are the fields that a pod has as a whole: when it is restarted, what it is called, when it ends, what it waits for. A template is checked as the pods are that are made of it.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  restartPolicy: always
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  restartPolicy: Always
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// How long a pod has to end where it does not say so.
const GRACE_PERIOD: i64 = 30;

/// What the parts of a pod must know of the others.
pub struct Surroundings<'a> {
    /// A pod itself, not a template of pods.
    pub is_pod: bool,
    pub spec: At<'a>,
    pub volumes: Volumes<'a>,
    /// The names of the devices that it claims.
    pub claims: HashSet<&'a str>,
    /// How many seconds it has to end.
    pub grace_period: i64,
    /// Its containers' users are those of the node.
    pub has_host_users: bool,
}

/// What `null` and the empty text stand for.
pub fn restart_policy(spec: At<'_>) -> &str {
    spec.field("restartPolicy").text_or("Always")
}

/// All containers of a pod, in the order in which a server visits them.
pub fn containers(spec: At<'_>) -> impl Iterator<Item = At<'_>> {
    let lists = ["initContainers", "containers", "ephemeralContainers"];
    lists.into_iter().flat_map(move |list| spec.field(list).items())
}

/// `ValidatePodCreate`, but for the pod's own metadata.
pub fn validate_pod(object: At<'_>) {
    let object = object.under(&RULE);
    let (metadata, spec) = (object.field("metadata"), object.field("spec"));
    annotations::validate(metadata.field("annotations"), spec);
    validate_spec(spec, Some(metadata.field("name").text_or_empty()), None);
    volume::projected::must_have_account(spec);
    if !spec.field("ephemeralContainers").is_empty() {
        spec.field("ephemeralContainers")
            .fault_with("a new pod has no ephemeral containers", "`kubectl debug` adds them later");
    }
    let node = spec.field("nodeName");
    if !node.is_empty() && !spec.field("schedulingGates").is_empty() {
        node.fault("a pod cannot be on a node while `schedulingGates` hold it back");
    }
    server_warning::of_pod(metadata, spec);
    server_warning::of_name_of_hosts(object);
}

/// `ValidatePodTemplateSpec`. `claims` are those that a StatefulSet makes for each pod.
pub fn validate_template<'a>(template: At<'a>, claims: Option<At<'a>>) {
    let template = template.under(&RULE);
    let (metadata, spec) = (template.field("metadata"), template.field("spec"));
    // A server leaves `metadata` out of the names of these.
    let labels = metadata.field("labels");
    validate_labels(labels.named(template.field("labels")));
    let all = metadata.field("annotations").named(template.field("annotations"));
    annotations::validate_keys(all);
    annotations::validate(all, spec);
    validate_spec(spec, None, claims);
    if !spec.field("ephemeralContainers").is_empty() {
        spec.field("ephemeralContainers").forbid("a template has none; `kubectl debug` adds them");
    }
    server_warning::of_pod(metadata, spec);
}

/// `ValidatePodSpec`. Only a pod itself has a name.
fn validate_spec<'a>(spec: At<'a>, name: Option<&'a str>, claims: Option<At<'a>>) {
    let volumes = volume::validate(spec, name, claims);
    let surroundings = Surroundings {
        is_pod: name.is_some(),
        spec,
        volumes,
        claims: resource_claims::validate(spec.field("resourceClaims")),
        grace_period: spec.field("terminationGracePeriodSeconds").int().unwrap_or(GRACE_PERIOD),
        has_host_users: spec.field("hostUsers").flag().unwrap_or(true),
    };
    container::validate_all(&surroundings);
    pod_resources::validate(spec);
    pod_resources::validate_overhead(spec);
    dns::validate(spec);
    affinity::validate(spec.field("affinity"), name.is_some());
    toleration::validate(spec.field("tolerations"));
    topology_spread::validate(spec.field("topologySpreadConstraints"));
    security::validate_of_pod(&surroundings);
    os::validate(spec);
    validate_fields(spec);
    validate_host_users(&surroundings);
}

fn validate_fields(spec: At<'_>) {
    spec.field("restartPolicy").may_be_one_of(&["Always", "OnFailure", "Never"]);
    validate_labels(spec.field("nodeSelector"));
    for name in ["serviceAccountName", "nodeName", "priorityClassName"] {
        spec.field(name).may_be::<DnsName>();
    }
    // The older name of it counts where the newer one is missing.
    if spec.field("serviceAccountName").is_empty() {
        let name = spec.field("serviceAccount");
        name.named(spec.field("serviceAccountName")).may_be::<DnsName>();
    }
    spec.field("hostname").may_be::<DnsLabel>();
    spec.field("subdomain").may_be::<DnsLabel>();
    spec.field("runtimeClassName").must_be::<DnsName>();
    spec.field("activeDeadlineSeconds").must_be_within(1, i32::MAX.into());
    let preemption = spec.field("preemptionPolicy");
    if preemption.is_set() && preemption.required() {
        preemption.must_be_one_of(&["PreemptLowerPriority", "Never"]);
    }
    for gate in spec.field("readinessGates").items() {
        must_be_label_key(gate.field("conditionType"));
    }
    let mut gates = HashSet::new();
    for gate in spec.field("schedulingGates").items() {
        let at = gate.field("name").named(gate);
        let name = at.text_or_empty();
        must_be_label_key(at);
        if !gates.insert(name) {
            at.fault(format!("{} is there twice", shown(name)));
        }
    }
    validate_hostname_override(spec);
}

/// `validatePodHostName`.
fn validate_hostname_override(spec: At<'_>) {
    let hostname = spec.field("hostnameOverride");
    if !hostname.is_set() {
        return;
    }
    hostname.must_be::<DnsName>();
    hostname.must_not_be_longer_than(64);
    if spec.field("setHostnameAsFQDN").is_true() {
        spec.field("setHostnameAsFQDN").fault("does not go with `hostnameOverride`");
    }
    if spec.field("hostNetwork").is_true() {
        hostname.fault("a pod with `hostNetwork: true` has the name of its node");
    }
}

/// Namespaces of the node do not go with users of the pod's own: `validateHostUsers`.
fn validate_host_users(surroundings: &Surroundings<'_>) {
    if surroundings.has_host_users {
        return;
    }
    let spec = surroundings.spec;
    // Two of them are named as Go has them.
    for (field, name) in
        [("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")]
    {
        if spec.field(field).is_true() {
            spec.field(field)
                .named(spec.field(name))
                .fault(format!("`{field}: true` does not go with `hostUsers: false`"));
        }
    }
    for devices in containers(spec).map(|container| container.field("volumeDevices")) {
        if !devices.is_empty() {
            devices.forbid("`hostUsers: false` does not go with devices");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::api::trial::{faults, none};

    #[test]
    fn users_of_its_own_go_with_no_namespace_or_device_of_the_node() {
        let pod = |spec: &str| {
            format!(
                "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{{spec}, containers: [{{name: a, image: 'a:1', volumeDevices: [{{name: disk, devicePath: /disk}}]}}], volumes: [{{name: disk, persistentVolumeClaim: {{claimName: disk}}}}]}}}}"
            )
        };
        none(&pod("hostUsers: true"));
        assert_eq!(
            faults(&pod("hostUsers: false, hostPID: true")),
            ["spec.HostPID", "spec.containers[0].volumeDevices"]
        );
    }
}

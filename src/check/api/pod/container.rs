//! Containers: of all three sorts what they have in common, and what each sort may
//! have. Their parts have files of their own.

use std::collections::HashSet;

use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::DnsLabel;

use super::{
    Surroundings, env, ephemeral, lifecycle, mount, port, probe, resources, restart, security,
};

pub static RULE: Rule = Rule {
    name: "api/container",
    weight: Weight::ERROR,
    summary: "a container that a server refuses",
    page: "A pod has one container at least. Each has an image, and a name that no other container of the pod has, init containers included. Probes and lifecycle hooks belong to containers that run beside others: those of `containers`, and init containers with `restartPolicy: Always`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
    - {name: web, image: 'registry.example.com/migrate:v1.4.2'}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
    - {name: migrate, image: 'registry.example.com/migrate:v1.4.2'}
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    look: Look::Validation,
};

/// What only containers that run beside others have.
const OF_RUNNING: [&str; 4] = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

/// `validateContainers`, `validateInitContainers` and `validateEphemeralContainers`.
pub fn validate_all(surroundings: &Surroundings<'_>) {
    let spec = surroundings.spec.under(&RULE);
    let (containers, init) = (spec.field("containers"), spec.field("initContainers"));
    let mut names = HashSet::new();
    let mut host_ports = port::HostPorts::of(surroundings);
    let on_host = spec.field("hostNetwork").is_true();
    if containers.is_empty() {
        containers.fault_with("a pod needs a container", "add one with a `name` and an `image`");
    }
    for container in containers.items() {
        validate_any(surroundings, container);
        must_have_other_name(container, &mut names);
        validate_running(surroundings, container);
        restart::validate(container);
        host_ports.claim(container);
        if on_host {
            port::must_be_of_node(container);
        }
    }
    for container in init.items() {
        validate_any(surroundings, container);
        must_have_other_name(container, &mut names);
        restart::validate(container);
        // They run one after the other, and may use one port after the other. A server
        // counts each as if it were the first one.
        port::HostPorts::of(surroundings).claim(container.named(init.index(0)));
        if container.field("restartPolicy").text() == Some("Always") {
            validate_running(surroundings, container);
            continue;
        }
        for field in OF_RUNNING.into_iter().map(|name| container.field(name)) {
            field.forbid("an init container has it only with `restartPolicy: Always`");
        }
    }
    ephemeral::validate(surroundings, &mut names);
}

/// The name of a container is its own: the empty one is reported for itself.
pub fn must_have_other_name<'a>(container: At<'a>, names: &mut HashSet<&'a str>) {
    let name = container.field("name");
    if !name.is_empty() && !names.insert(name.text_or_empty()) {
        name.fault_with(
            format!("there is another container {}", shown(name.text_or_empty())),
            "each container of a pod has a name of its own",
        );
    }
}

/// `validateContainerCommon`.
pub fn validate_any<'a>(surroundings: &Surroundings<'a>, container: At<'a>) {
    container.field("name").required_as::<DnsLabel>();
    validate_image(surroundings, container.field("image"));
    container.field("imagePullPolicy").may_be_one_of(&["Always", "IfNotPresent", "Never"]);
    container.field("terminationMessagePolicy").may_be_one_of(&["File", "FallbackToLogsOnError"]);
    port::validate(container.field("ports"));
    env::validate(surroundings, container);
    mount::validate(surroundings, container);
    resources::validate(surroundings, container.field("resources"));
    resources::validate_resize_policy(surroundings, container);
    security::validate(surroundings, container.field("securityContext"));
}

fn validate_image(surroundings: &Surroundings<'_>, image: At<'_>) {
    let text = image.text_or_empty();
    if image.required() && surroundings.is_pod && text.trim() != text {
        image.fault_with(format!("{} has spaces around it", shown(text)), "drop them");
    }
}

fn validate_running<'a>(surroundings: &Surroundings<'a>, container: At<'a>) {
    lifecycle::validate(surroundings, container.field("lifecycle"));
    probe::validate_all(surroundings, container);
}

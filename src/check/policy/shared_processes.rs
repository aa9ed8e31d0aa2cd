//! Containers of a pod that see each other's processes.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

pub static RULE: Rule = Rule {
    name: "policy/shared-processes",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "the containers of a pod see each other's processes",
    page: "\
With `shareProcessNamespace` each container of the pod sees the processes of the others, with \
their arguments and environment, reaches their files through `/proc/PID/root`, and can end them. \
A sidecar that is broken into then has the secrets of the program beside it.

Remove the field. A sidecar that has to send signals to another container needs it; waive this \
rule for such a pod.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  shareProcessNamespace: true
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
    - {name: logs, image: 'registry.example.com/logs:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
    - {name: logs, image: 'registry.example.com/logs:v1.4.2'}
",
    look: Look::Pod(look),
};

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, spec: At<'a>) {
    let shared = spec.field("shareProcessNamespace");
    let several = || Pod::containers(spec).filter(|container| container.stays()).nth(1).is_some();
    if shared.is_true() && several() {
        shared.fault_with(
            "the containers see each other's processes, secrets and files",
            "remove `shareProcessNamespace`, unless one has to send signals to another",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn alone_there_is_nothing_to_share() {
        let one = "shareProcessNamespace: true, containers: [{name: a, image: 'a:v1'}]";
        assert_eq!(fires(&RULE, &pod(one)), 0);
    }
}

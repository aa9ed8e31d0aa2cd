//! Containers that can change their own programs.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::effective::own_setting;
use super::workload::is_windows;

pub static RULE: Rule = Rule {
    name: "policy/writable-root",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a container can write to its root file system",
    page: "\
Whoever breaks into a container with a writable root file system can put tools there, replace \
the program, and stay until the next restart. What a program writes there is also lost with the \
container, and fills the node's disk.

Set `readOnlyRootFilesystem: true` in the container's `securityContext`, and mount an `emptyDir` \
at each path that the program writes to, most often `/tmp`. Init containers are not asked: they \
soon end.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:v1.4.2'}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      securityContext: {readOnlyRootFilesystem: true}
      volumeMounts: [{name: tmp, mountPath: /tmp}]
  volumes:
    - {name: tmp, emptyDir: {sizeLimit: 64Mi}}
",
    look: Look::Container(look),
};

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    let setting = own_setting(container, "readOnlyRootFilesystem");
    // Windows cannot.
    if container.stays() && !setting.is_true() && !is_windows(pod) {
        setting.fault_with(
            format!("{container} can write to its root file system"),
            "set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where it writes",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn init_containers_are_not_asked() {
        let own = "containers: [{name: a, image: 'a:v1', \
            securityContext: {readOnlyRootFilesystem: true}}]";
        let init = format!("initContainers: [{{name: i, image: 'i:v1'}}], {own}");
        assert_eq!(fires(&RULE, &pod(&init)), 0);
        let sidecar = init.replace("'i:v1'", "'i:v1', restartPolicy: Always");
        assert_eq!(fires(&RULE, &pod(&sidecar)), 1);
    }
}

//! Security contexts, and what a Pod Security level asks for.

use crate::support::{shop, web};

#[test]
fn restricted_sets_all_that_it_asks_for() {
    web("security: restricted").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
              containers:
              - securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        ",
    );
}

#[test]
fn single_fields_are_changed() {
    web("
    security: {level: restricted, runAsUser: 1000, fsGroup: 1000, addCapabilities: [NET_BIND_SERVICE]}
    securityContext: {runAsUser: 1001}
    ")
    .render("")
    .has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000}
              containers:
              - securityContext:
                  runAsUser: 1001
                  capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}
        ",
    );
}

#[test]
fn a_workload_lies_on_the_system() {
    shop(
        "
        security: {level: restricted, runAsUser: 1000}
        workloads:
          a: {image: 'a:1', security: {runAsUser: 2000}}
          b: {image: 'b:1', security: privileged}
        ",
    )
    .render("")
    .has(
        "Deployment/a",
        "spec: {template: {spec: {securityContext: {runAsNonRoot: true, runAsUser: 2000}}}}",
    );
}

#[test]
fn a_read_only_root_asks_where_the_program_writes() {
    web("security: {level: restricted, readOnlyRootFilesystem: true}").render("").says(
        "
        error: the root file system is read-only: where does the container `web` write?
         --> k8sgen.yaml:4:12
          |
        4 |     image: nginx:1
          |            ^^^^^^^
          |
         ::: k8sgen.yaml:5:59
          |
        5 |     security: {level: restricted, readOnlyRootFilesystem: true}
          |                                                           ---- asked for here
          |
          = help: `writes: [/tmp]`, or `writes: []` where its mounts are enough
        ",
    );
    web("security: {readOnlyRootFilesystem: true}\nwrites: {/tmp: 64Mi, /run: {}}").render("").has(
        "Deployment/web",
        "
        spec:
          template:
            spec:
              containers:
              - securityContext: {readOnlyRootFilesystem: true}
                volumeMounts:
                - {name: tmp, mountPath: /tmp}
                - {name: run, mountPath: /run}
              volumes:
              - {name: tmp, emptyDir: {sizeLimit: 64Mi}}
              - {name: run, emptyDir: {}}
        ",
    );
    web("writes: [/tmp]\nmounts: {/tmp: {emptyDir: {}}}")
        .render("")
        .mentions(&["something is mounted at `/tmp` already"]);
}

#[test]
fn what_is_beyond_the_level_is_refused() {
    web("security: restricted\nhostNetwork: true\nmounts: {/host: {hostPath: /var}}")
        .render("")
        .mentions(&[
            "beyond the Pod Security level `restricted`",
            "`hostNetwork` opens the node to it",
            "is a path of the node",
        ]);
    web("security: {level: restricted, addCapabilities: [SYS_ADMIN]}")
        .render("")
        .mentions(&["the container `web` adds the capability SYS_ADMIN"]);
    web("security: {level: restricted, runAsUser: 0}").render("").mentions(&["runs as root"]);
}

#[test]
fn the_namespace_enforces_its_level() {
    shop("namespace: {podSecurity: restricted}\nworkloads: {web: {image: 'nginx:1'}}")
        .render("")
        .mentions(&[
            "beyond the Pod Security level `restricted`",
            "the container `web` does not drop all capabilities",
            "`security: restricted` sets what it asks for",
        ]);
    shop("namespace: {podSecurity: restricted}\nsecurity: restricted\nworkloads: {web: {image: 'nginx:1', waitFor: [web/http], ports: {http: 80}, services: {web: {}}}, b: {image: 'b:1', waitFor: [web/http]}}")
        .render("")
        .mentions(&["wait"]);
    shop("namespace: {podSecurity: restricted}\nsecurity: restricted\nworkloads: {web: {image: 'nginx:1', ports: {http: 80}, services: {web: {}}}, b: {image: 'b:1', waitFor: [web/http]}}")
        .render("")
        .succeeds();
}

#[test]
fn rules_of_the_server() {
    web("securityContext: {privileged: true, allowPrivilegeEscalation: false}")
        .render("")
        .mentions(&["a privileged container has all rights"]);
    web("podSecurityContext: {runAsUser: -1}").render("").mentions(&["-1 is no user or group"]);
    web("security: {level: restricted, fsGroupChangePolicy: Always}")
        .render("")
        .mentions(&["this belongs to `fsGroup`"]);
    web("security: {addCapabilities: [CAP_SYS_ADMIN]}")
        .render("")
        .mentions(&["Kubernetes writes it as `SYS_ADMIN`"]);
}

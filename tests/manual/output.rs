//! Output: order, formats, files, and a choice of objects.

use crate::support::{Scratch, objects_of, shop, web};

/// Objects of many kinds.
fn everything() -> Scratch {
    shop(
        "
        config: {b: {data: {A: b}}, a: {data: {A: b}}}
        secrets: {s: {from: {literals: {A: b}}}}
        services: {db: {type: ExternalName, externalName: db.example.com}}
        objects:
          class: {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: x.y/z}
          role: {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r}, rules: []}
          quota: {apiVersion: v1, kind: ResourceQuota, metadata: {name: q}}
        workloads:
          web:
            image: nginx:1
            ports: {http: 80}
            services: {web: {}}
            serviceAccount: web
            mounts: {/d: {claim: d, size: 1Gi}}
            resources: {requests: {cpu: 100m}}
            scale: {max: 3, cpu: 80%}
            disruption: {minAvailable: 1}
          job: {image: 'j:1', kind: Job}
          set: {image: 's:1', kind: StatefulSet}
          daemon: {image: 'd:1', kind: DaemonSet}
          cron: {image: 'c:1', kind: CronJob, schedule: '@daily'}
        ",
    )
}

#[test]
fn objects_come_as_they_can_be_applied() {
    let names = everything().render("").names();
    let kinds: Vec<&str> = names.iter().map(|name| name.split('/').next().unwrap()).collect();
    let at =
        |kind: &str| kinds.iter().position(|own| *own == kind).unwrap_or_else(|| panic!("{kind}"));
    let order = [
        "Namespace",
        "StorageClass",
        "ResourceQuota",
        "ServiceAccount",
        "ConfigMap",
        "Secret",
        "PersistentVolumeClaim",
        "Service",
        "Deployment",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
    ];
    for pair in order.windows(2) {
        assert!(at(pair[0]) < at(pair[1]), "{pair:?} in {names:?}");
    }
    assert!(at("Role") < at("Deployment"));
    // Within one kind by name.
    assert!(names.windows(2).all(|pair| {
        let kind = |name: &str| name.split('/').next().unwrap().to_owned();
        kind(&pair[0]) != kind(&pair[1]) || pair[0] < pair[1]
    }));
}

#[test]
fn documents_are_plain() {
    let text = everything().render("").succeeds().stdout;
    assert!(
        text.starts_with("apiVersion: v1\n") && text.ends_with('\n') && !text.ends_with("\n\n")
    );
    assert!(text.lines().all(|line| line == line.trim_end()));
    let objects = objects_of(&text).len();
    assert_eq!(text.lines().filter(|line| *line == "---").count(), objects - 1);
}

#[test]
fn json_has_the_same_objects() {
    let project = everything();
    let yaml = objects_of(&project.render("").succeeds().stdout);
    let json: serde_yaml::Value =
        serde_json::from_str(&project.render("-o json").succeeds().stdout).unwrap();
    assert_eq!(json["kind"].as_str(), Some("List"));
    assert_eq!(json["items"].as_sequence(), Some(&yaml));
}

#[test]
fn only_some_objects() {
    let project = everything();
    assert_eq!(project.render("--only ConfigMap").names(), ["ConfigMap/a", "ConfigMap/b"]);
    assert_eq!(
        project.render("--only configmap/b --only Deployment").names(),
        ["ConfigMap/b", "Deployment/web"]
    );
    project.render("--only Ingress").mentions(&["`--only Ingress` leaves no object"]);
    project.render("--only Deployment/wbe").mentions(&["did you mean `Deployment/web`?"]);
    project.render("--only Deploymnt").mentions(&["did you mean `Deployment`?"]);
}

#[test]
fn one_numbered_file_per_object() {
    let project = web("ports: {http: 80}\nservices: {web: {}}");
    let run = project.render("--output-dir out/dev").succeeds();
    assert_eq!(run.stdout, "");
    let files = ["003-namespace-shop.yaml", "037-service-web.yaml", "047-deployment-web.yaml"];
    assert_eq!(project.list("out/dev"), [&[".k8sgen.json"][..], &files].concat());
    let whole: Vec<String> =
        files.iter().map(|name| project.read(&format!("out/dev/{name}"))).collect();
    assert_eq!(whole.join("---\n"), project.render("").succeeds().stdout);
}

#[test]
fn files_that_are_no_longer_needed_go() {
    let project = web("ports: {http: 80}\nservices: {web: {}}");
    project.render("--output-dir out").succeeds();
    project.render("--output-dir out --set workloads.web.services=null").succeeds();
    assert_eq!(
        project.list("out"),
        [".k8sgen.json", "003-namespace-shop.yaml", "047-deployment-web.yaml"]
    );
    project.render("--output-dir out -o json").succeeds();
    assert_eq!(project.list("out").len(), 4);
    assert!(project.list("out").contains(&"003-namespace-shop.json".to_owned()));
}

#[test]
fn no_file_of_others_is_touched() {
    let project = web("").file("out/notes.txt", "mine").file("out/003-namespace-shop.yaml", "mine");
    project
        .render("--output-dir out")
        .mentions(&["003-namespace-shop.yaml", "nothing was written"]);
    assert_eq!(project.list("out"), ["003-namespace-shop.yaml", "notes.txt"]);
    std::fs::remove_file(project.path().join("out/003-namespace-shop.yaml")).unwrap();
    project.render("--output-dir out").succeeds();
    // And none that somebody edited since.
    project.write("out/003-namespace-shop.yaml", "edited");
    project.render("--output-dir out --set labels.a=b").mentions(&["003-namespace-shop.yaml"]);
    assert_eq!(project.read("out/003-namespace-shop.yaml"), "edited");
    assert_eq!(project.read("out/notes.txt"), "mine");
}

#[test]
fn a_run_that_changes_nothing_touches_nothing() {
    let project = web("");
    project.render("--output-dir out").succeeds();
    let time = |name: &str| {
        std::fs::metadata(project.path().join("out").join(name)).unwrap().modified().unwrap()
    };
    let before = time("003-namespace-shop.yaml");
    std::thread::sleep(std::time::Duration::from_millis(20));
    project.render("--output-dir out").succeeds();
    assert_eq!(before, time("003-namespace-shop.yaml"));
}

#[test]
fn an_error_leaves_files_alone() {
    let project = web("");
    project.render("--output-dir out").succeeds();
    let before = project.read("out/003-namespace-shop.yaml");
    project.render("--output-dir out --set labels.a=-").fails();
    assert_eq!(project.read("out/003-namespace-shop.yaml"), before);
    project.render("--output-dir other --set labels.a=-").fails();
    assert!(!project.path().join("other").exists());
}

/// A part of the objects would look like the loss of the others.
#[test]
fn files_are_of_all_objects() {
    web("").render("--output-dir out --only Deployment").mentions(&["cannot be used with"]);
}

#[test]
fn strings_of_several_lines_are_blocks() {
    shop("config: {a: {data: {x: \"one\\n  two\\n\", y: \"end\\n\\n\", z: \"no end\\nhere\"}}}")
        .render("--only ConfigMap")
        .succeeds()
        .stdout
        .split_once("\ndata:\n")
        .map(|(_, data)| {
            assert_eq!(data, "  x: |\n    one\n      two\n  \"y\": |+\n    end\n\n  z: |-\n    no end\n    here\n");
        })
        .unwrap();
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let workloads: String = (0..300)
        .map(|n| {
            format!("  w{n}: {{image: 'nginx:1', ports: {{http: 80}}, services: {{s{n}: {{}}}}}}\n")
        })
        .collect();
    let project = shop(&format!("workloads:\n{workloads}"));
    let one = project.render("--threads 1").succeeds().stdout;
    for threads in ["--threads 2", "--threads 7", ""] {
        assert_eq!(project.render(threads).succeeds().stdout, one);
    }
    // Errors come in the same order too.
    let broken = shop(&format!(
        "workloads:\n{}",
        workloads.replace("ports: {http: 80}", "probes: {liveness: {tcp: http}}")
    ));
    let one = broken.render("--threads 1").fails().stderr;
    assert_eq!(broken.render("--threads 7").fails().stderr, one);
}

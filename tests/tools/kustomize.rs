//! Every version of kubectl makes of the trees of all examples what is
//! rendered, without a warning; kpt reads the same from it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use crate::support::environments::{Environment, every};
use crate::support::kustomize::{Objects, build, by_identity, of_list, of_stream};
use crate::support::tools::{find, kubectls, skipped};
use crate::support::{ROOT, Scratch, run, run_in, say};

fn rendered(environment: &Environment) -> Objects {
    let arguments = ["render", "--env", environment.environment, "-o", "json"];
    of_list(run_in(&environment.directory(), &arguments).succeeds().stdout.as_bytes())
}

#[test]
fn all_examples_are_built_as_they_are_rendered() {
    let kubectls = kubectls();
    let projects: BTreeSet<&str> = every().map(|environment| environment.project).collect();
    for project in projects {
        let place = Scratch::new();
        let environments: Vec<Environment> =
            every().filter(|environment| environment.project == project).collect();
        let output = place.path().join("deploy");
        let output = output.to_str().unwrap();
        run_in(&environments[0].directory(), &["kustomize", "-o", output]).succeeds();
        for environment in &environments {
            let wanted = rendered(environment);
            let overlay = Path::new(output).join("overlays").join(environment.environment);
            for kubectl in &kubectls {
                let made = of_stream(&build(kubectl, &overlay).unwrap());
                assert_eq!(made, wanted, "{} by {}", environment.name, kubectl.display());
            }
        }
    }
}

/// The strings of `../shared/yaml-hazards.json` in objects of the base, in merge
/// patches (the ConfigMap) and in JSON patches (the list of a custom resource that
/// grows). What Kustomize itself spoils is refused; that is U+0085, which its
/// writer takes for the end of a line.
#[test]
fn hostile_strings_go_through_patches() {
    let path = Path::new(ROOT).join("../shared/yaml-hazards.json");
    let Ok(file) = std::fs::read(&path) else {
        return say(&format!("skipped: {} not found", path.display()));
    };
    let hazards: Vec<String> = serde_json::from_slice(&file).unwrap();
    let (spoiled, hazards): (Vec<String>, Vec<String>) =
        hazards.into_iter().partition(|text| text.contains('\u{85}'));
    for text in spoiled {
        let overlay = serde_json::json!({"config": {"a": {"data": {"k": text}}}});
        let project = Scratch::new().file("k8sgen.yaml", "system: shop\n");
        project.write("overlays/a.yaml", overlay.to_string());
        project.run(&["kustomize", "-o", "deploy"]).mentions(&["Kustomize cannot carry U+0085"]);
    }
    let of = |turned: usize| {
        let mut strings = hazards.clone();
        strings.rotate_left(turned);
        let keys = strings.iter().enumerate();
        let data: serde_json::Map<String, Json> =
            keys.map(|(key, text)| (format!("k{key}"), text.clone().into())).collect();
        let widget = serde_json::json!({
            "apiVersion": "example.com/v1", "kind": "Widget",
            "metadata": {"name": "w", "namespace": "shop"},
            "spec": {"kept": (0..200).collect::<Vec<i32>>(), "strings": strings},
        });
        serde_json::json!({
            "tier": "development", "config": {"a": {"data": data}}, "objects": {"w": widget},
        })
    };
    let project = Scratch::new().file("k8sgen.yaml", "system: shop\n");
    let environments = ["a", "b", "c"];
    for (turned, name) in environments.into_iter().enumerate() {
        project.write(&format!("overlays/{name}.yaml"), of(turned).to_string());
    }
    project.run(&["kustomize", "-o", "deploy"]).succeeds();
    let patches = project.list("deploy/overlays/c").join(" ");
    assert!(patches.contains("patch-configmap-a.yaml patch-widget-w.yaml"), "{patches}");
    for kubectl in kubectls() {
        for name in environments {
            let overlay = project.path().join("deploy/overlays").join(name);
            let made = of_stream(&build(&kubectl, &overlay).unwrap());
            let arguments = ["render", "--env", name, "-o", "json"];
            let wanted = of_list(project.run(&arguments).succeeds().stdout.as_bytes());
            assert_eq!(made, wanted, "{name} by {}", kubectl.display());
        }
    }
}

#[test]
fn kpt_reads_what_kubectl_built() {
    let Some(kpt) = find("kpt") else { return skipped("kpt") };
    let Some(kubectl) = kubectls().pop() else { return };
    let place = Scratch::new();
    let output = place.path().join("deploy");
    let prod = every().find(|environment| environment.name == "book-prod").unwrap();
    run_in(&prod.directory(), &["kustomize", "-o", output.to_str().unwrap()]).succeeds();
    place.write("built/all.yaml", build(&kubectl, &output.join("overlays/prod")).unwrap());
    let mut source = Command::new(kpt);
    let printed = run(source.args(["fn", "source", "built"]).current_dir(place.path())).succeeds();
    let list: Json = serde_yaml::from_str(&printed.stdout).unwrap();
    let items = list["items"].as_array().unwrap().iter().cloned().map(without_notes);
    assert_eq!(by_identity(items), rendered(&prod));
}

/// Without the notes that kpt makes of where it found an object.
fn without_notes(mut object: Json) -> Json {
    let metadata = object["metadata"].as_object_mut().unwrap();
    let notes = metadata["annotations"].as_object_mut().unwrap();
    notes.retain(|key, _| !key.contains("config.kubernetes.io/"));
    if notes.is_empty() {
        metadata.remove("annotations");
    }
    object
}

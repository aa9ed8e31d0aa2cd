//! Kustomize says the same: what kubectl makes of an overlay is what is
//! rendered, object for object and field for field.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use k8sgen::Request;
use k8sgen::diagnostic::{Report, render};
use k8sgen::emit::{Format, objects as written};
use k8sgen::kustomize::{self, Environment};
use k8sgen::profile::layers::Overrides;
use k8sgen::profile::project::Project;
use k8sgen::source::Sources;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_yaml::{Mapping, Value};

use crate::fragments::{KINDS, SYSTEM};
use crate::rendering::config;
use crate::support::kustomize::{Objects, build, of_list, of_stream};
use crate::support::tools::kubectls;
use crate::support::{Scratch, VARIABLE};
use crate::systems::{System, lay, project, system, text, tree, with_workload};

/// A system and what its environments say, by name.
#[derive(Clone, Debug)]
struct Generated {
    system: System,
    overlays: BTreeMap<&'static str, System>,
}

const NAMES: [&str; 4] = ["dev", "prod", "qa", "staging"];

/// Strings that writers and readers of YAML have stumbled over.
const HOSTILE: [&str; 16] = [
    "",
    "yes",
    "0o17",
    "1e3",
    "null",
    "~",
    "2001-01-01",
    " leading",
    "trailing ",
    "one\ntwo\n",
    "one\n\n  two\n\n\n",
    "\n",
    "- a: b # c",
    "${VAR} {{ .Values }} $(env)",
    "tab\there",
    "é 😀 \u{2028} \u{feff}",
];

/// What an overlay may say beside the fragments.
const CHANGES: [&str; 30] = [
    "namespace: shop-E",
    "namespace: elsewhere",
    "labels: {team: E}",
    "annotations: {example.com/env: E}",
    "config: {settings: {data: {a: E, b: null}}}",
    "config: {settings: null}",
    "config: {settings: {data: {file.txt: \"one\\nE\\n\"}}}",
    "config: {more: {data: {E: \"1\"}}}",
    "workloads: {w0: null}",
    "workloads: {w0: {replicas: 5}}",
    "workloads: {w0: {env: {ADDED: E, KEPT: null}}}",
    "workloads: {w0: {env: {FIRST: E}}}",
    "workloads: {w0: {image: \"example.com/app:E\"}}",
    "workloads: {w0: {image: \"example.com/app:v2@sha256:0123456789012345678901234567890123456789012345678901234567890123\"}}",
    "workloads: {w0: {image: \"mirror.example.com/app:v1\"}}",
    "namespaces: {jobs: {}}\nworkloads: {w0: {namespace: jobs}}",
    "namespaces: {jobs-E: {}}\nworkloads: {w0: {namespace: jobs-E}}",
    "namespaces: {jobs: {}}\nobjects: {widget: {metadata: {namespace: jobs}}}",
    "workloads: {w0: {args: [E, two], command: [run]}}",
    "workloads: {w0: {mounts: {/scratch: {emptyDir: {}}}}}",
    "objects: {widget: {spec: {size: 3, parts: [{name: b}, {name: a}, {name: E}], on: null}}}",
    "objects: {widget: {spec: {nested: {deep: [1, 2.5, E], empty: {}, none: []}}}}",
    "objects: {widget: null}",
    "namespaces: {second: {}}\naccounts: {robot: {}}\nroles: {second: {namespace: second, rules: [{resources: [pods], verbs: [get]}], to: [robot]}}",
    "roles: {foreign: {clusterRole: view, to: [{account: default, namespace: other}]}}",
    "objects: {widget: {spec: {size: \"1\", on: \"true\", ratio: E}}}",
    "images: {app: {tag: v1, digest: \"sha512:01234567890123456789012345678901234567890123456789012345678901230123456789012345678901234567890123456789012345678901234567890123\"}}",
    "objects: {widget: {spec: {containers: [a, E], initContainers: none}}}",
    "objects: {widget: {metadata: {annotations: {}}}}",
    "accounts: {robot: {}}\nroles: {look: {rules: [{resources: [pods], verbs: [get]}], to: [robot]}}",
];

/// What all systems of this law have, so that there is something to change.
const COMMON: &str = r#"
config: {settings: {data: {a: "1", b: "2", file.txt: "one\ntwo\n"}}}
objects:
  widget:
    apiVersion: example.com/v1
    kind: Widget
    metadata: {name: widget, namespace: shop}
    spec: {size: 1, on: true, ratio: 0.5, large: 9007199254740993, parts: [{name: a}, {name: b, of: 1}]}
"#;

fn projects() -> impl Strategy<Value = Generated> {
    let overlays = subsequence(&NAMES[..], 1..=4);
    (system(), overlays).prop_flat_map(|(system, names)| {
        let overlays: Vec<_> = names.into_iter().map(overlay).collect();
        (Just(system), overlays).prop_map(|(mut system, overlays)| {
            lay(&mut system.0, tree(COMMON));
            let workload =
                "workloads: {w0: {image: \"example.com/app:v1\", env: {KEPT: a, FIRST: b}}}";
            lay(&mut system.0, tree(workload));
            Generated { system, overlays: overlays.into_iter().collect() }
        })
    })
}

/// One overlay: some changes, some fragments, perhaps a workload of its own.
fn overlay(name: &'static str) -> impl Strategy<Value = (&'static str, System)> {
    let changes = subsequence(&CHANGES[..], 0..=5);
    let parts = subsequence(SYSTEM, 0..=2);
    let own = prop::option::weighted(0.3, select(&KINDS[..]));
    let hostile = prop::option::weighted(0.5, select(&HOSTILE[..]));
    (changes, parts, own, hostile).prop_map(move |(changes, parts, own, hostile)| {
        let mut overlay = tree("tier: development");
        for change in changes {
            // A null at the end of a key removes it, which `lay` leaves to layers.
            lay(&mut overlay, tree(&change.replace("E", name)));
        }
        parts.iter().for_each(|part| lay(&mut overlay, tree(part)));
        if let Some(kind) = own {
            with_workload(&mut overlay, "own", kind, &[]);
        }
        if let Some(hostile) = hostile {
            let data = Mapping::from_iter([(Value::from("hostile"), Value::from(hostile))]);
            let data = Mapping::from_iter([(Value::from("data"), Value::from(data))]);
            let settings = Mapping::from_iter([(Value::from("hostile"), Value::from(data))]);
            lay(&mut overlay, Mapping::from_iter([("config".into(), settings.into())]).into());
        }
        (name, System(overlay))
    })
}

/// The environments that are valid, as a tree and as what is rendered.
fn environments(project: &Scratch, names: impl Iterator<Item = &'static str>) -> Vec<Environment> {
    let found = Project::find(Some(project.path())).unwrap();
    let environment = |name: &'static str| {
        let request = Request {
            environment: name.to_owned(),
            overrides: Overrides::default(),
            variables: |name| (name == VARIABLE.0).then(|| VARIABLE.1.into()),
            kept: false,
            threads: 1,
            last: false,
        };
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let objects = k8sgen::render(&found, &request, &mut sources, &mut report)?.objects;
        let environment = Environment { name: name.to_owned(), objects };
        kustomize::check(&environment, &mut report);
        assert!(report.is_empty(), "{}", render(&report.into_sorted(), &sources, false));
        Some(environment)
    };
    names.filter_map(environment).collect()
}

fn rendered(environment: &Environment) -> Objects {
    of_list(&written(&environment.objects, Format::Json, 1).concat())
}

/// The oldest and the newest, where there are any.
fn asked() -> &'static [PathBuf] {
    static FOUND: OnceLock<Vec<PathBuf>> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut all = kubectls();
        all.retain(|path| {
            path.to_string_lossy().contains("kubectl.1.") || path.ends_with("kubectl")
        });
        if all.len() > 2 {
            all = vec![all[1].clone(), all[all.len() - 1].clone()];
        }
        all
    })
}

/// Writes the tree and asks kubectl.
fn holds(environments: &[Environment], case: usize, base: Option<&str>) -> Result<(), String> {
    let files = match kustomize::tree(environments, base) {
        Ok(files) => files,
        // Kustomize gives users and groups that are called like an account that
        // moves a namespace, whatever a tree says.
        Err(error) if error.to_string().contains("RoleBinding/") => return Ok(()),
        Err(error) => return Err(format!("{error:#}")),
    };
    let place = Scratch::new();
    for (path, bytes) in &files {
        place.write(path, bytes);
    }
    for (number, environment) in environments.iter().enumerate() {
        let wanted = rendered(environment);
        // They take turns: each is a process of a tenth of a second.
        let kubectls = asked();
        let Some(kubectl) = kubectls.get((case + number) % kubectls.len().max(1)) else { continue };
        let overlay = place.path().join("overlays").join(&environment.name);
        let made = of_stream(&build(kubectl, &overlay)?);
        if made != wanted {
            let show = |objects: &Objects, other: &Objects| {
                let differing =
                    objects.iter().filter(|(name, object)| other.get(*name) != Some(object));
                differing.map(|(name, object)| format!("{name}: {object}\n")).collect::<String>()
            };
            return Err(format!(
                "{}, {}\nwanted:\n{}made:\n{}",
                environment.name,
                kubectl.display(),
                show(&wanted, &made),
                show(&made, &wanted)
            ));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 60, ..config(150) })]

    #[test]
    fn kubectl_builds_what_is_rendered(generated in projects(), case in 0..2usize) {
        let mut project = project(&generated.system.0);
        for (name, overlay) in &generated.overlays {
            project = project.file(&format!("overlays/{name}.yaml"), text(&overlay.0));
        }
        let environments = environments(&project, generated.overlays.keys().copied());
        if !environments.is_empty() {
            let base = (case == 1).then(|| environments[0].name.as_str());
            let held = holds(&environments, case, base);
            prop_assert!(held.is_ok(), "{}", held.unwrap_err());
        }
    }
}

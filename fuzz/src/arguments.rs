//! Any texts behind `--set` and `--image`, one per line, on a small project.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use k8sgen::diagnostic::Report;
use k8sgen::profile::decode::Decode;
use k8sgen::profile::layers::{self, Overrides};
use k8sgen::profile::project::Project;
use k8sgen::profile::system::System;
use k8sgen::source::Sources;
use k8sgen::tree::path::TreePath;

use crate::pipeline::show;

const SYSTEM: &str = "\
system: a
images: {web: nginx:1, app: {name: b, tag: c}}
workloads:
  web: {image: web, ports: {http: 80}, mounts: {/a.b: {emptyDir: {}}}}
";

pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut overrides = Overrides::default();
    for line in text.split('\n').take(4) {
        let _ = TreePath::parse(line);
        match line.strip_prefix('!') {
            Some(image) => overrides.images.push(image.to_owned()),
            None => overrides.set.push(line.to_owned()),
        }
    }
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let layers = layers::load(project(), "dev", &overrides, &mut sources, &mut report);
    if let Some(layers) = layers {
        let merged = layers.merge(&mut report);
        System::decode(&merged, &mut report);
    } else {
        assert!(!report.is_empty(), "nothing says what is wrong");
    }
    show(report, &sources);
}

fn project() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let root = directory("arguments");
        fs::create_dir_all(root.join("overlays")).expect("a directory");
        fs::write(root.join("k8sgen.yaml"), SYSTEM).expect("a file");
        fs::write(root.join("overlays/dev.yaml"), "tier: development\n").expect("a file");
        Project::find(Some(&root)).expect("the project")
    })
}

/// A directory of this process alone.
pub fn directory(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("k8sgen-fuzz-{name}-{}", std::process::id()))
}

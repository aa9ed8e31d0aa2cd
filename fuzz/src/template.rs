//! Any text as a template.

use std::fs;
use std::sync::OnceLock;

use k8sgen::Request;
use k8sgen::diagnostic::Report;
use k8sgen::profile::layers::Overrides;
use k8sgen::profile::project::Project;
use k8sgen::source::Sources;

use crate::arguments::directory;
use crate::pipeline::show;

const SYSTEM: &str = "\
system: a
images: {web: nginx:1}
config:
  a: {files: {text: {template: text}}, data: {B: c}}
workloads:
  web: {image: web, ports: {http: 80}, services: {web: {}}}
";

pub fn run(data: &[u8]) {
    let project = project();
    fs::write(project.root().join("templates/text"), data).expect("a file");
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let request = Request {
        environment: "dev".to_owned(),
        overrides: Overrides::default(),
        variables: |_| None,
        kept: false,
        threads: 1,
        last: false,
    };
    let rendered = k8sgen::render(project, &request, &mut sources, &mut report);
    assert!(rendered.is_some() || !report.is_empty(), "no objects, and nothing says why");
    show(report, &sources);
}

fn project() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let root = directory("template");
        for below in ["overlays", "templates"] {
            fs::create_dir_all(root.join(below)).expect("a directory");
        }
        fs::write(root.join("k8sgen.yaml"), SYSTEM).expect("a file");
        fs::write(root.join("overlays/dev.yaml"), "tier: development\n").expect("a file");
        Project::find(Some(&root)).expect("the project")
    })
}

//! `init`: a working project to start from.

use std::path::Path;

use crate::support::environments::ALL;
use crate::support::{Scratch, run_in};

#[test]
fn a_project_that_renders() {
    for (example, project) in
        [("web", "examples/web"), ("blockchain", "."), ("xai", "examples/xai")]
    {
        let scratch = Scratch::new();
        let run = scratch.run(&["init", "shop", "--from", example]).succeeds();
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("cd shop && k8sgen render --env dev"), "{}", run.stderr);
        for environment in ALL.iter().filter(|environment| environment.project == project) {
            let place = scratch.path().join("shop");
            let rendered = run_in(&place, &["render", "--env", environment.environment]);
            assert_eq!(rendered.succeeds().stdout, environment.rendered());
        }
    }
}

#[test]
fn here_and_web_is_what_there_is_without_words() {
    let scratch = Scratch::new();
    scratch.run(&["init"]).succeeds();
    let web = Scratch::new();
    web.run(&["init", ".", "--from", "web"]).succeeds();
    assert_eq!(scratch.list("."), web.list("."));
}

/// An editor finds the schema by the first line of each file.
#[test]
fn files_lead_an_editor_to_the_schema() {
    for example in ["web", "blockchain", "xai"] {
        let scratch = Scratch::new();
        scratch.run(&["init", "--from", example]).succeeds();
        let schema = scratch.run(&["schema"]).succeeds().stdout;
        for name in scratch.list(".").iter().filter(|name| name.ends_with(".yaml")) {
            let text = scratch.read(name);
            let first = text.lines().next().unwrap();
            let path = first.strip_prefix("# yaml-language-server: $schema=").unwrap();
            let place = scratch.path().join(name);
            let found = place.parent().unwrap().join(Path::new(path));
            assert_eq!(std::fs::read_to_string(found).unwrap(), schema, "{name}");
            assert_eq!(text.matches("yaml-language-server").count(), 1, "{name}");
        }
    }
}

#[test]
fn nothing_is_overwritten() {
    let scratch = Scratch::new().file("overlays/dev.yaml", "mine");
    scratch.run(&["init"]).mentions(&["overlays/dev.yaml", "nothing was written"]);
    assert_eq!(scratch.list("."), ["overlays/dev.yaml"]);
}

#[test]
fn an_unknown_example() {
    Scratch::new().run(&["init", "--from", "shop"]).mentions(&["web", "blockchain"]);
}

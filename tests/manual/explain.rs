//! `explain`: which layer set a value, and what it overrode.

use crate::support::{Scratch, web};

fn project() -> Scratch {
    web("replicas: 1\nmounts: {/app/data: {claim: data, size: 1Gi}}\nenv: {A: one, B: two}")
        .file(
            "overlays/prod.yaml",
            "tier: production\nworkloads:\n  web: {replicas: 3, env: {A: null}}\n",
        )
        .file("overlays/eu.yaml", "extends: prod\nworkloads:\n  web:\n    replicas: 5\n")
}

#[test]
fn every_layer_that_spoke() {
    project().run(&["explain", "--env", "eu", "workloads.web.replicas"]).prints(
        "
        workloads.web.replicas = 5
          overlays/eu.yaml:4:15    5
          overlays/prod.yaml:3:19  3  overridden
          k8sgen.yaml:5:15         1  overridden
        ",
    );
}

#[test]
fn a_named_default() {
    let run = project().run(&["explain", "--env", "eu", "workloads.web.kind"]).succeeds();
    assert!(run.stdout.contains("workloads.web.kind = Deployment"), "{}", run.stdout);
    assert!(run.stdout.contains("default"), "{}", run.stdout);
}

#[test]
fn what_was_removed() {
    project().run(&["explain", "--env", "eu", "workloads.web.env.A"]).prints(
        "
        workloads.web.env.A = (removed)
          overlays/prod.yaml:3:28  null
          k8sgen.yaml:7:14         {value: one}  overridden
        ",
    );
}

#[test]
fn keys_with_slashes() {
    let run = project().run(&["explain", "--env", "dev", "workloads.web.mounts[/app/data].size"]);
    let run = run.succeeds();
    assert!(
        run.stdout.starts_with("workloads.web.mounts[/app/data].size = 1Gi\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("k8sgen.yaml:6:45"), "{}", run.stdout);
}

#[test]
fn the_command_line_is_a_layer() {
    let run = project()
        .run(&[
            "explain",
            "--env",
            "eu",
            "--set",
            "workloads.web.replicas=7",
            "workloads.web.replicas",
        ])
        .succeeds();
    assert!(run.stdout.starts_with("workloads.web.replicas = 7\n  --set:1:"), "{}", run.stdout);
}

#[test]
fn a_part_and_the_whole() {
    let part = project().run(&["explain", "--env", "eu", "workloads.web"]).succeeds().stdout;
    assert!(
        part.contains("workloads.web.replicas = 5")
            && part.contains("workloads.web.env.B.value = two"),
        "{part}"
    );
    assert!(!part.contains("workloads.web.env.A"), "{part}");
    let whole = project().run(&["explain", "--env", "eu"]).succeeds().stdout;
    assert!(whole.contains("tier = production") && whole.contains(part.lines().next().unwrap()));
}

#[test]
fn paths_that_lead_nowhere() {
    project()
        .run(&["explain", "--env", "eu", "workloads.wbe.replicas"])
        .mentions(&["did you mean `web`"]);
    project().run(&["explain", "--env", "eu", "workloads..web"]).mentions(&["cannot be read"]);
    project().run(&["explain", "--env", "uk"]).mentions(&["unknown environment `uk`"]);
}

/// Every line of the whole can be asked for by itself.
#[test]
fn what_it_prints_can_be_asked() {
    let project = project();
    let whole = project.run(&["explain", "--env", "eu"]).succeeds().stdout;
    let paths =
        whole.lines().filter(|line| !line.starts_with(' ')).filter_map(|l| l.split(" = ").next());
    for path in paths {
        let own = project.run(&["explain", "--env", "eu", path]).succeeds().stdout;
        assert!(whole.contains(&own), "{path}\n{own}");
    }
}

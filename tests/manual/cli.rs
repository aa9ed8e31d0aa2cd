//! The command line itself.

use std::io::Read as _;
use std::process::{Command, Stdio};

use crate::support::{PROGRAM, ROOT, Scratch, run, web};

#[test]
fn the_version_has_the_commit() {
    let scratch = Scratch::new();
    let short = scratch.run(&["-V"]).succeeds().stdout;
    assert_eq!(short.trim_end(), concat!("k8sgen ", env!("CARGO_PKG_VERSION")));
    let long = scratch.run(&["--version"]).succeeds().stdout;
    let commit = long.trim_end().strip_prefix(short.trim_end()).unwrap();
    let commit = commit.strip_prefix(" (").unwrap().strip_suffix(')').unwrap();
    assert!(commit == "no commit" || commit.chars().all(|c| c.is_ascii_hexdigit()), "{long}");
}

#[test]
fn help_goes_to_standard_output() {
    let help = Scratch::new().run(&["--help"]).succeeds();
    assert_eq!(help.stderr, "");
    for command in ["render", "kustomize", "explain", "schema", "init", "completions", "man"] {
        assert!(help.stdout.contains(command), "{}", help.stdout);
        let own = Scratch::new().run(&[command, "--help"]).succeeds();
        assert!(own.stdout.contains("Examples:"), "{}", own.stdout);
    }
}

#[test]
fn a_usage_error_has_status_2() {
    let scratch = Scratch::new();
    scratch.run(&[]).fails();
    scratch.run(&["rendre"]).mentions(&["unrecognized subcommand 'rendre'", "render"]);
    web("").run(&["render"]).mentions(&["--env <ENV>"]);
    web("").run(&["render", "--env", "dev", "-o", "xml"]).mentions(&["yaml", "json"]);
    web("").run(&["render", "--env", "dev", "--threads", "0"]).fails();
}

#[test]
fn completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Scratch::new().run(&["completions", shell]).succeeds().stdout;
        assert!(script.contains("k8sgen") && script.contains("render"), "{script}");
    }
    Scratch::new().run(&["completions", "tcl"]).mentions(&["bash"]);
}

#[test]
fn bash_takes_its_completions() {
    let script = Scratch::new().run(&["completions", "bash"]).succeeds().stdout;
    let words =
        r#"COMP_WORDS=(k8sgen re); COMP_CWORD=1; _k8sgen k8sgen re k8sgen; echo "${COMPREPLY[@]}""#;
    let mut bash = Command::new("bash");
    let Ok(true) = Command::new("bash").arg("--version").output().map(|o| o.status.success())
    else {
        return crate::support::say("skipped: bash not found");
    };
    let found = run(bash.args(["-c", &format!("{script}\n{words}")]));
    assert_eq!(found.stdout.trim(), "render", "{}", found.stderr);
}

#[test]
fn manual_pages() {
    let page = Scratch::new().run(&["man"]).succeeds().stdout;
    assert!(page.contains(".TH k8sgen 1"), "{page}");
    let page = Scratch::new().run(&["man", "render"]).succeeds().stdout;
    assert!(page.contains(".TH k8sgen-render 1") && page.contains("\\-\\-env"), "{page}");
    Scratch::new().run(&["man", "rendre"]).mentions(&["`render`"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    // More than a pipe holds, so that writing meets the closed end.
    let data: String = (0..4000).map(|n| format!("KEY_{n}: {}\n", "x".repeat(60))).collect();
    let data: String = data.lines().map(|line| format!("      {line}\n")).collect();
    let project = crate::support::shop(&format!("config:\n  big:\n    data:\n{data}"));
    for arguments in [&["render", "--env", "dev"][..], &["schema"], &["--help"]] {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .current_dir(project.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut some = [0; 100];
        child.stdout.take().unwrap().read_exact(&mut some).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""), "{arguments:?}");
    }
}

/// Runs in a terminal, as `script` makes one.
fn in_a_terminal(variable: (&str, &str)) -> Option<String> {
    let script = crate::support::tools::find("script")?;
    let project = web("replica: 1");
    let mut command = Command::new(script);
    let line = format!("'{PROGRAM}' render --env dev");
    command.args(["-qec", &line, "/dev/null"]).current_dir(project.path());
    command.env_remove("NO_COLOR").env("TERM", "xterm").env(variable.0, variable.1);
    Some(run(&mut command).stdout)
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let Some(coloured) = in_a_terminal(("X", "")) else {
        return crate::support::say("skipped: script not found");
    };
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    for variable in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let plain = in_a_terminal(variable).unwrap();
        assert!(plain.contains("did you mean") && !plain.contains('\u{1b}'), "{plain}");
    }
    // An empty NO_COLOR asks for nothing: https://no-color.org
    assert!(in_a_terminal(("NO_COLOR", "")).unwrap().contains("\u{1b}["));
    let piped = web("replica: 1").render("").fails();
    assert!(!piped.stderr.contains('\u{1b}'));
}

#[test]
fn paths_are_shown_as_they_lie_from_here() {
    let project = web("replica: 1").file("deep/er/x", "");
    let path = project.path().join("deep");
    let below = crate::support::run_in(&path, &["render", "--env", "dev"]).fails();
    assert!(below.stderr.contains("k8sgen.yaml:5:5"), "{}", below.stderr);
    let from = crate::support::run_in(
        project.path().parent().unwrap(),
        &[
            "render",
            "--env",
            "dev",
            "--project",
            project.path().file_name().unwrap().to_str().unwrap(),
        ],
    );
    let shown =
        format!("--> {}/k8sgen.yaml:5:5", project.path().file_name().unwrap().to_str().unwrap());
    from.mentions(&[&shown]);
}

#[test]
fn the_repository_itself_is_a_project() {
    let run = crate::support::run_in(std::path::Path::new(ROOT), &["render", "--env", "prod"]);
    assert!(run.succeeds().stdout.starts_with("apiVersion: v1\nkind: Namespace\n"));
}

//! Every command of the README does what it says there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{PROGRAM, ROOT, Scratch, copy, run, say, tools};

/// A fenced block of shell commands.
struct Block {
    line: usize,
    /// Where its commands run, from the repository's root.
    directory: String,
    console: bool,
    text: Vec<String>,
}

/// The blocks of the languages `sh` and `console`. A comment
/// `<!-- in: DIRECTORY -->` above a block says where its commands run, and
/// `<!-- not run: WHY -->` that they do not.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut directory = ".".to_owned();
    let mut skip = false;
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
            match comment.trim().split_once(':') {
                Some(("in", place)) => directory = place.trim().to_owned(),
                Some(("not run", _)) => skip = true,
                _ => {}
            }
        } else if let Some(language) = line.strip_prefix("```") {
            let body: Vec<String> = lines
                .by_ref()
                .map(|(_, line)| line.to_owned())
                .take_while(|line| !line.trim_start().starts_with("```"))
                .collect();
            let console = language == "console";
            if (console || language == "sh") && !skip {
                let directory = directory.clone();
                blocks.push(Block { line: number + 1, directory, console, text: body });
            }
            (directory, skip) = (".".to_owned(), false);
        } else if !line.is_empty() {
            (directory, skip) = (".".to_owned(), false);
        }
    }
    blocks
}

/// A command and what the block shows below it.
struct Shown {
    command: String,
    output: Vec<String>,
}

impl Block {
    /// Its commands, with continued lines joined.
    fn commands(&self) -> Vec<Shown> {
        let mut commands: Vec<Shown> = Vec::new();
        let mut continued = false;
        for line in &self.text {
            let (starts, text) = match (continued, self.console) {
                (true, _) => (false, line.strip_prefix("> ").unwrap_or(line)),
                (false, true) => match line.strip_prefix("$ ") {
                    Some(command) => (true, command),
                    None => {
                        if let Some(last) = commands.last_mut() {
                            last.output.push(line.trim_end().to_owned());
                        }
                        continue;
                    }
                },
                (false, false) => (true, line.as_str()),
            };
            let (text, more) = match text.strip_suffix('\\') {
                Some(text) => (text, true),
                None => (text, false),
            };
            match commands.last_mut() {
                Some(last) if !starts => last.command.push_str(text),
                _ => commands.push(Shown { command: text.to_owned(), output: Vec::new() }),
            }
            continued = more;
        }
        commands.retain(|shown| !matches!(shown.command.trim().chars().next(), None | Some('#')));
        commands
    }
}

/// A copy of what the README speaks of, with the program as `k8sgen` in `bin`.
fn scratch_copy() -> Scratch {
    let scratch = Scratch::new();
    let root = Path::new(ROOT);
    for directory in ["overlays", "templates", "examples", "docs", "snapshots"] {
        if root.join(directory).is_dir() {
            copy(&root.join(directory), &scratch.path().join("repo").join(directory));
        }
    }
    scratch.write("repo/k8sgen.yaml", std::fs::read(root.join("k8sgen.yaml")).unwrap());
    std::fs::create_dir(scratch.path().join("bin")).unwrap();
    std::os::unix::fs::symlink(PROGRAM, scratch.path().join("bin/k8sgen")).unwrap();
    scratch
}

/// What a command becomes when the program is built already; `None` where this
/// test cannot run it.
fn runnable(command: &str) -> Option<String> {
    let built = ["cargo run --release --quiet -- ", "cargo run --release -- ", "cargo run -- "];
    let command =
        built.iter().fold(command.to_owned(), |text, built| text.replace(built, "k8sgen "));
    let words: Vec<&str> = command.split_whitespace().collect();
    let first = words.iter().position(|word| *word == "k8sgen")?;
    // Nothing that builds, installs or fetches runs in a test.
    if words[..first].iter().any(|word| matches!(*word, "cargo" | "git" | "curl" | "docker")) {
        return None;
    }
    // A test has no cluster; kubectl reads what it is given all the same.
    let command =
        command.replace("kubectl apply -f -", "kubectl label --local -f - x=y > /dev/null");
    if command.contains("kubectl") && tools::find("kubectl").is_none() {
        say(&format!("skipped: kubectl not found: {command}"));
        return None;
    }
    Some(command)
}

#[test]
fn every_command_runs() {
    let path = Path::new(ROOT).join("README.md");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return say("skipped: README.md not found");
    };
    let scratch = scratch_copy();
    let mut search: Vec<PathBuf> = vec![scratch.path().join("bin")];
    search.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let search = std::env::join_paths(search).unwrap();
    let mut count = 0;
    for block in blocks(&text) {
        let directory = scratch.path().join("repo").join(&block.directory);
        // Commands of one block follow each other, also where one changes the
        // directory.
        let commands: Vec<String> =
            block.commands().iter().filter_map(|shown| runnable(&shown.command)).collect();
        count += commands.len();
        let script = format!("set -eu -o pipefail\n{}\n", commands.join("\n"));
        let mut bash = Command::new("bash");
        bash.args(["-c", &script]).current_dir(&directory).env("PATH", &search);
        let result = run(&mut bash);
        let place = format!("README.md:{}", block.line);
        assert_eq!(result.status, 0, "{place}\n{script}\n{}", result.stderr);
    }
    assert!(count > 0, "no command of README.md was run");
}

/// What a `console` block shows below a command is what the command prints.
#[test]
fn what_a_command_shows_is_what_it_prints() {
    let path = Path::new(ROOT).join("README.md");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return say("skipped: README.md not found");
    };
    let scratch = scratch_copy();
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", scratch.path().join("bin").display());
    for block in blocks(&text).iter().filter(|block| block.console) {
        let directory = scratch.path().join("repo").join(&block.directory);
        for Shown { command, output } in block.commands() {
            let plain = command.starts_with("k8sgen ") && !command.contains(['|', '>']);
            if output.is_empty() || !plain {
                continue;
            }
            let mut bash = Command::new("bash");
            bash.args(["-c", &command]).current_dir(&directory).env("PATH", &path);
            let result = run(&mut bash);
            let printed = format!("{}{}", result.stdout, result.stderr);
            let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
            if let Err(line) = shows(&output, &printed) {
                let printed = printed.join("\n");
                panic!(
                    "README.md:{}: `{command}` does not print\n{line}\nbut\n{printed}",
                    block.line
                );
            }
        }
    }
}

/// Whether these lines are printed, where `…` or `...` stands for any lines.
/// The error is the first that is not.
fn shows(wanted: &[String], printed: &[&str]) -> Result<(), String> {
    let mut rest = printed;
    let mut free = false;
    for line in wanted {
        if matches!(line.trim(), "…" | "...") {
            free = true;
            continue;
        }
        let at = rest.iter().position(|own| own == line).filter(|at| *at == 0 || free);
        rest = &rest[at.ok_or_else(|| line.clone())? + 1..];
        free = false;
    }
    match rest.first() {
        Some(line) if !free && !line.is_empty() => Err(format!("(nothing more, but) {line}")),
        _ => Ok(()),
    }
}

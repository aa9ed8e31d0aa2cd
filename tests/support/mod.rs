//! A project in a directory of its own, and the program run in it. What tests
//! say about the output stands here too.
// Each test crate uses its own part of this.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

pub mod contains;
pub mod environments;
pub mod kustomize;
pub mod network;
pub mod snapshot;
pub mod tools;

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

pub use serde_yaml::Value;

/// The repository, which is itself a project.
pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The program as it was built for this test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_k8sgen");

/// An environment variable that every run of the program has.
pub const VARIABLE: (&str, &str) = ("SHOP_API_KEY", "from-ci");

/// A directory that is gone when the test is over.
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    pub fn new() -> Scratch {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("k8sgen-test-{}-{number}", std::process::id());
        // The program prints real paths; a temporary directory may be a link.
        let path = std::env::temp_dir().canonicalize().unwrap().join(name);
        fs::create_dir(&path).unwrap();
        Scratch { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file, and the directories on the way to it.
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Scratch {
        self.write(path, bytes);
        self
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let full = self.path.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path.join(path)).unwrap()
    }

    /// The names of the files below a directory, sorted.
    pub fn list(&self, path: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = vec![self.path.join(path)];
        while let Some(directory) = open.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    found.push(path);
                }
            }
        }
        let from = self.path.join(path);
        let name = |path: &PathBuf| path.strip_prefix(&from).unwrap().display().to_string();
        let mut names: Vec<String> = found.iter().map(name).collect();
        names.sort();
        names
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Run {
        run_in(&self.path, arguments)
    }

    /// `k8sgen render --env dev`, and what the words of `more` add to it.
    pub fn render(&self, more: &str) -> Run {
        let mut arguments = vec!["render"];
        if !more.contains("--env") {
            arguments.extend(["--env", "dev"]);
        }
        arguments.extend(more.split_whitespace());
        self.run(&arguments)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind in a temporary directory harms nobody.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A project with the environments dev (a development tier) and prod (without advice). The text
/// is its `k8sgen.yaml`, after a first line `system: shop`.
pub fn shop(text: &str) -> Scratch {
    Scratch::new()
        .file("k8sgen.yaml", format!("system: shop\n{}", dedent(text)))
        .file("overlays/dev.yaml", "tier: development\n")
        .file("overlays/prod.yaml", "tier: production\nchecks: {rules: {policy: off}}\n")
}

/// The same with one workload, `web`, which runs the image `nginx:1`.
pub fn web(text: &str) -> Scratch {
    let body: String = dedent(text).lines().map(|line| format!("    {line}\n")).collect();
    shop(&format!("workloads:\n  web:\n    image: nginx:1\n{body}"))
}

/// What one run of the program gave.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

pub fn run_in(directory: &Path, arguments: &[&str]) -> Run {
    run(Command::new(PROGRAM).args(arguments).current_dir(directory).env(VARIABLE.0, VARIABLE.1))
}

pub fn run(command: &mut Command) -> Run {
    run_with_input(command, b"")
}

pub fn run_with_input(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A reader that stops early says why on its standard error.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Run {
    /// It went well: status 0, and nothing to complain about.
    #[track_caller]
    pub fn succeeds(self) -> Run {
        assert_eq!(self.status, 0, "{}", self.stderr);
        self
    }

    /// The input is refused: status 2, and not a byte of output.
    #[track_caller]
    pub fn fails(self) -> Run {
        assert_ne!(self.status, 0, "this was not refused");
        assert_eq!((self.status, &*self.stdout), (2, ""), "{}", self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }

    /// It is refused with exactly this message.
    #[track_caller]
    pub fn says(self, message: &str) {
        let run = self.fails();
        assert_eq!(run.stderr.trim_end(), dedent(message).trim_end(), "\n{}", run.stderr);
    }

    /// It is refused, and what it says has these parts.
    #[track_caller]
    pub fn mentions(self, parts: &[&str]) {
        let run = self.fails();
        for part in parts {
            assert!(run.stderr.contains(part), "no `{part}` in:\n{}", run.stderr);
        }
    }

    #[track_caller]
    pub fn prints(self, expected: &str) {
        let run = self.succeeds();
        assert_eq!(run.stdout, dedent(expected), "\n{}", run.stdout);
    }

    /// The objects of the output, in their order.
    #[track_caller]
    pub fn objects(self) -> Vec<Value> {
        objects_of(&self.succeeds().stdout)
    }

    /// One object, by `KIND/NAME`.
    #[track_caller]
    pub fn object(self, name: &str) -> Value {
        let objects = self.objects();
        let names: Vec<String> = objects.iter().map(name_of).collect();
        let found = objects.into_iter().find(|object| name_of(object) == name);
        found.unwrap_or_else(|| panic!("there is no {name}, but {names:?}"))
    }

    /// `KIND/NAME` of each object, in their order.
    #[track_caller]
    pub fn names(self) -> Vec<String> {
        self.objects().iter().map(name_of).collect()
    }

    /// The object has all of this, and may have more; a list has just these items.
    #[track_caller]
    pub fn has(self, name: &str, part: &str) {
        let object = self.object(name);
        let part = serde_yaml::from_str(&dedent(part)).unwrap();
        if let Err(difference) = contains::contains(&object, &part) {
            let shown = serde_yaml::to_string(&object).unwrap();
            panic!("{name}: {difference}\n\n{shown}");
        }
    }
}

/// The documents of a stream.
pub fn objects_of(stream: &str) -> Vec<Value> {
    use serde::Deserialize as _;
    let documents = serde_yaml::Deserializer::from_str(stream);
    documents.map(|document| Value::deserialize(document).unwrap()).collect()
}

pub fn name_of(object: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    format!("{}/{}", text(&object["kind"]), text(&object["metadata"]["name"]))
}

/// The text without the blanks that all its lines begin with, and without an
/// empty first line: tests write files indented like the code around them.
pub fn dedent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text);
    let margin = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(line.get(margin..).unwrap_or(""));
        out.push('\n');
    }
    // The last line holds the blanks before the closing quote.
    match text.rsplit('\n').next() {
        Some(last) if last.trim().is_empty() && !last.is_empty() => {
            out.truncate(out.trim_end_matches('\n').len() + 1);
        }
        _ => {}
    }
    out
}

/// To the real standard error: a test that passes does not show `eprintln!`.
pub fn say(line: &str) {
    let line = format!("{line}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// Copies a directory with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Whether an environment variable asks for something.
pub fn asked(name: impl AsRef<OsStr>) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0")
}

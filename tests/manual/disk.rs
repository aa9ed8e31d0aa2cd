//! Directories that k8sgen writes: whole or not at all, and never over what is
//! not its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::tools::{find, skipped};
use crate::support::{PROGRAM, Run, Scratch, run, run_in, web};

fn tree(project: &Scratch, more: &str) -> Run {
    let mut arguments = vec!["kustomize", "-o", "deploy"];
    arguments.extend(more.split_whitespace());
    project.run(&arguments)
}

/// All files below a directory and what they hold.
fn contents(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let below = contents(&path).into_iter();
            all.extend(below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            all.insert(name, fs::read(&path).unwrap());
        }
    }
    all
}

/// What lies in a directory by itself.
fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn an_edited_file_stops_all() {
    let project = web("");
    tree(&project, "").succeeds();
    project.write("deploy/base/047-deployment-web.yaml", "edited");
    tree(&project, "--set workloads.web.replicas=2").mentions(&[
        "these files are not k8sgen's, or were edited since:",
        "  deploy/base/047-deployment-web.yaml",
        "nothing was written",
        "`--force`",
    ]);
    assert_eq!(project.read("deploy/base/047-deployment-web.yaml"), "edited");
    tree(&project, "--dry-run").fails();
    tree(&project, "--set workloads.web.replicas=2 --force").succeeds();
    assert!(project.read("deploy/base/047-deployment-web.yaml").contains("replicas: 2"));
    // Edited into what it should be.
    tree(&project, "").succeeds();
    tree(&project, "--check").succeeds();
}

/// What is no longer needed but was edited is no less somebody's.
#[test]
fn an_edited_file_that_would_go_stops_all() {
    let project = web("ports: {http: 80}\nservices: {web: {}}");
    tree(&project, "").succeeds();
    project.write("deploy/base/037-service-web.yaml", "mine");
    tree(&project, "--set workloads.web.services=null").mentions(&["037-service-web.yaml"]);
    tree(&project, "--set workloads.web.services=null --force").succeeds();
    assert!(!project.path().join("deploy/base/037-service-web.yaml").exists());
}

#[test]
fn files_of_others_stay() {
    let project = web("").file("deploy/README.md", "mine");
    tree(&project, "").succeeds();
    project.write("deploy/base/notes/a", "too");
    tree(&project, "--set labels.a=b").succeeds();
    assert_eq!(project.read("deploy/README.md"), "mine");
    assert_eq!(project.read("deploy/base/notes/a"), "too");
    let project = web("").file("deploy/base", "a file where a directory is needed");
    tree(&project, "").mentions(&["  deploy/base\n"]);
    tree(&project, "--force").succeeds();
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let project = web("").file("elsewhere/047-deployment-web.yaml", "mine");
    fs::create_dir(project.path().join("deploy")).unwrap();
    symlink("../elsewhere", project.path().join("deploy/base")).unwrap();
    tree(&project, "").mentions(&["  deploy/base\n"]);
    tree(&project, "--force").succeeds();
    assert_eq!(project.list("elsewhere"), ["047-deployment-web.yaml"]);
    assert_eq!(project.read("elsewhere/047-deployment-web.yaml"), "mine");
    // A link of the user's to the directory itself is meant.
    symlink("real", project.path().join("link")).unwrap();
    fs::create_dir(project.path().join("real")).unwrap();
    project.run(&["kustomize", "-o", "link"]).succeeds();
    assert!(project.path().join("real/base").is_dir());
    assert!(project.path().join("link").is_symlink());
}

#[test]
fn unchanged_files_are_as_old_as_before() {
    let project = web("ports: {http: 80}\nservices: {web: {}}");
    tree(&project, "").succeeds();
    let time = |name: &str| fs::metadata(project.path().join(name)).unwrap().modified().unwrap();
    let (service, workload) =
        ("deploy/base/037-service-web.yaml", "deploy/base/047-deployment-web.yaml");
    let before = (time(service), time(workload), time("deploy"));
    std::thread::sleep(Duration::from_millis(20));
    tree(&project, "").succeeds();
    assert_eq!(before, (time(service), time(workload), time("deploy")));
    tree(&project, "--set workloads.web.replicas=2").succeeds();
    assert_eq!(before.0, time(service));
    assert_ne!(before.1, time(workload));
}

#[test]
fn check_says_what_differs_and_changes_nothing() {
    let project = web("replicas: 1");
    let missing = tree(&project, "--check");
    assert_eq!(missing.status, 1);
    assert!(missing.stdout.contains("--- /dev/null\n+++ deploy/base/"), "{}", missing.stdout);
    assert!(!project.path().join("deploy").exists());
    tree(&project, "").succeeds();
    let before = contents(&project.path().join("deploy"));
    assert_eq!(tree(&project, "--check").status, 0);
    let changed = tree(&project, "--check --set workloads.web.replicas=2");
    assert_eq!(changed.status, 1);
    assert!(changed.stdout.contains("-  replicas: 1\n+  replicas: 2\n"), "{}", changed.stdout);
    assert_eq!(changed.stderr, "not up to date: deploy: 1 updated, 4 unchanged\n");
    assert_eq!(before, contents(&project.path().join("deploy")));
    project.write("deploy/base/047-deployment-web.yaml", "edited\n");
    let edited = tree(&project, "--check");
    assert_eq!(edited.status, 1);
    assert!(edited.stdout.contains("\n-edited\n"), "{}", edited.stdout);
}

#[test]
fn a_dry_run_says_what_would_happen() {
    let project = web("ports: {http: 80}\nservices: {web: {}}");
    tree(&project, "").succeeds();
    let before = contents(&project.path().join("deploy"));
    let run = tree(&project, "--dry-run --set workloads.web.services=null --set config.a.data.b=c");
    let run = run.succeeds();
    assert_eq!(
        run.stdout,
        "create base/023-configmap-a.yaml\ndelete base/037-service-web.yaml\nupdate base/kustomization.yaml\n"
    );
    assert_eq!(before, contents(&project.path().join("deploy")));
}

#[test]
fn output_has_a_directory_of_its_own() {
    let project = web("").file("file", "").file("repository/.git/HEAD", "ref");
    let output = |place: &str| project.run(&["kustomize", "-o", place]);
    output(".").mentions(&["belongs to the project"]);
    output("overlays").mentions(&["belongs to the project"]);
    fs::create_dir(project.path().join("overlays/tree")).unwrap();
    output("overlays/tree").mentions(&["lies in what belongs to the project"]);
    output("..").mentions(&["`..` holds the project"]);
    project.write("used/by/others", "");
    output("used").mentions(&["`used` holds other things"]);
    project.run(&["kustomize", "-o", "used", "--force"]).mentions(&["holds other things"]);
    output("file").mentions(&["`file` is not a directory"]);
    output("repository").mentions(&["is the top of a repository; choose a directory in it"]);
    output("a/b/c").succeeds();
    assert!(project.path().join("a/b/c/base").is_dir());
}

#[test]
fn a_record_that_lies_is_refused() {
    let project = web("").file("outside.yaml", "mine");
    for record in [
        r#"{"command": "kustomize", "files": {"../outside.yaml": "00"}}"#,
        r#"{"command": "kustomize", "files": {"/etc/passwd": "00"}}"#,
        "[]",
        "<<<<<<< HEAD",
    ] {
        project.write("deploy/.k8sgen.json", record);
        tree(&project, "").mentions(&[".k8sgen.json` is not as k8sgen wrote it", "`--force`"]);
        assert_eq!(project.list("deploy"), [".k8sgen.json"]);
        tree(&project, "--force").succeeds();
        assert_eq!(project.read("outside.yaml"), "mine");
        fs::remove_dir_all(project.path().join("deploy")).unwrap();
    }
}

/// A tree is not the place of a `render`, nor the other way round.
#[test]
fn one_command_does_not_take_over_what_another_wrote() {
    let project = web("");
    tree(&project, "").succeeds();
    project
        .render("--output-dir deploy")
        .mentions(&["`deploy` was written by `k8sgen kustomize`", "`--force`"]);
    project.render("--output-dir out").succeeds();
    project.run(&["kustomize", "-o", "out"]).mentions(&["written by `k8sgen render`"]);
    project.run(&["kustomize", "-o", "out", "--force"]).succeeds();
}

/// Its own place would be gone.
#[test]
fn nobody_writes_the_directory_that_they_are_in() {
    let project = web("");
    tree(&project, "").succeeds();
    let base = project.path().join("deploy/base");
    run_in(&base, &["kustomize", "-o", "..", "--check"]).succeeds();
    run_in(&base, &["kustomize", "-o", "..", "--set", "labels.a=b"])
        .mentions(&["you are in `..`, which is replaced whole"]);
}

/// As git leaves them where it is told to.
#[test]
fn lines_may_end_in_another_way() {
    let project = web("");
    tree(&project, "").succeeds();
    for file in project.list("deploy") {
        let path = format!("deploy/{file}");
        project.write(&path, project.read(&path).replace('\n', "\r\n"));
    }
    assert_eq!(tree(&project, "--check").status, 0);
    tree(&project, "--set labels.a=b").succeeds();
}

/// What is in a Secret is no part of a log.
#[test]
fn values_of_secrets_are_not_shown() {
    let project = web("").file(
        "overlays/dev.yaml",
        "tier: development\nsecrets: {keys: {from: {literals: {A: topsecret}}}}\n",
    );
    project.write(
        "k8sgen.yaml",
        "system: shop\nsecrets: {keys: {keys: [A], from: existing}}\nworkloads: {web: {image: \"nginx:1\", env: {A: {secret: keys/A}}}}\n",
    );
    let missing = tree(&project, "--check");
    assert_eq!(missing.status, 1);
    assert!(missing.stdout.contains("(a Secret: its values are not shown)"), "{}", missing.stdout);
    assert!(!missing.stdout.contains("dG9wc2VjcmV0"), "{}", missing.stdout);
}

/// Directories that nobody may write into are kept and leave no litter.
#[cfg(unix)]
#[test]
fn closed_directories_of_others_stay_closed() {
    use std::os::unix::fs::PermissionsExt;
    let project = web("");
    tree(&project, "").succeeds();
    project.write("deploy/mine/x", "x");
    let mine = project.path().join("deploy/mine");
    fs::set_permissions(&mine, fs::Permissions::from_mode(0o555)).unwrap();
    tree(&project, "--set labels.a=b").succeeds();
    assert_eq!(project.read("deploy/mine/x"), "x");
    assert_eq!(fs::metadata(&mine).unwrap().permissions().mode() & 0o777, 0o555);
    assert_eq!(names(project.path()), ["deploy", "k8sgen.yaml", "overlays"]);
    fs::set_permissions(&mine, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Whatever lies beside it under a name like those of its own.
#[cfg(unix)]
#[test]
fn what_is_beside_is_not_ours_because_of_its_name() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let project = web("").file("victim/a", "mine").file(".deploy.k8sgen-mine/a", "mine");
    let victim = project.path().join("victim");
    fs::set_permissions(&victim, fs::Permissions::from_mode(0o700)).unwrap();
    symlink(&victim, project.path().join(".deploy.k8sgen-1-2")).unwrap();
    project.write(".deploy.k8sgen-3-4", "a file");
    fs::create_dir(project.path().join(".deploy.k8sgen-5-6")).unwrap();
    tree(&project, "").succeeds();
    assert_eq!(fs::metadata(&victim).unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(project.read("victim/a"), "mine");
    assert_eq!(project.read(".deploy.k8sgen-mine/a"), "mine");
    assert_eq!(project.read(".deploy.k8sgen-3-4"), "a file");
    assert!(!project.path().join(".deploy.k8sgen-5-6").exists());
}

/// Runs that meet wait for each other.
#[test]
fn runs_at_once_follow_each_other() {
    let project = web("").file("k8sgen.yaml", many(300, 0));
    tree(&project, "").succeeds();
    let run = |value: &str| {
        Command::new(PROGRAM)
            .args(["kustomize", "-o", "deploy", "--set", value])
            .current_dir(project.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    for _ in 0..5 {
        let mut runs: Vec<_> = ["labels.a=b", "labels.a=c"].map(run).into();
        assert!(runs.iter_mut().all(|run| run.wait().unwrap().success()));
        let whole = ["--set labels.a=b --check", "--set labels.a=c --check"];
        assert!(whole.iter().any(|more| tree(&project, more).status == 0));
    }
}

/// Who may read a file does not change with what is in it.
#[cfg(unix)]
#[test]
fn modes_of_files_stay() {
    use std::os::unix::fs::PermissionsExt;
    let project = web("");
    tree(&project, "").succeeds();
    let file = project.path().join("deploy/base/047-deployment-web.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    tree(&project, "--set workloads.web.replicas=2").succeeds();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Two objects whose names differ in capitals alone have two files on any disk.
#[test]
fn names_that_disks_take_for_one() {
    let project = web("").file(
        "k8sgen.yaml",
        "system: shop\nroles:\n  Look: {cluster: true, rules: [{resources: [pods], verbs: [get]}], to: [{group: a}]}\n  look: {cluster: true, rules: [{resources: [pods], verbs: [get]}], to: [{group: a}]}\n  'lo:ok': {cluster: true, rules: [{resources: [pods], verbs: [get]}], to: [{group: a}]}\n",
    );
    tree(&project, "").succeeds();
    let mut files: Vec<String> =
        project.list("deploy/base").iter().map(|file| file.to_lowercase()).collect();
    let count = files.len();
    files.dedup();
    assert_eq!(files.len(), count, "{files:?}");
    assert_eq!(files.iter().filter(|file| file.contains("-clusterrole-")).count(), 3, "{files:?}");
}

fn many(count: usize, value: usize) -> String {
    let configs: String =
        (0..count).map(|number| format!("  c{number}: {{data: {{k: v{value}}}}}\n")).collect();
    format!("system: shop\nconfig:\n{configs}")
}

/// Kills the program at many moments of its run: there is the old tree or the
/// new one, whole, and the next run finds its way.
#[test]
fn a_kill_at_any_moment_leaves_the_old_tree_or_the_new() {
    let project = web("").file("k8sgen.yaml", many(300, 0));
    let deploy = project.path().join("deploy");
    tree(&project, "").succeeds();
    let old = contents(&deploy);
    project.write("k8sgen.yaml", many(300, 1));
    let beside = project.path().join("beside");
    let begun = Instant::now();
    project.run(&["kustomize", "-o", "beside"]).succeeds();
    let whole = begun.elapsed();
    let new = contents(&beside);
    fs::remove_dir_all(&beside).unwrap();
    assert_ne!(old, new);
    let (mut olds, mut news) = (0, 0);
    // Later and later, until some were too late.
    for kill in 0.. {
        if olds + news >= 60 && news >= 3 {
            break;
        }
        let mut child = Command::new(PROGRAM)
            .args(["kustomize", "-o", "deploy"])
            .current_dir(project.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * kill / 50);
        child.kill().unwrap();
        child.wait().unwrap();
        let found = contents(&deploy);
        if found == old {
            olds += 1;
        } else {
            assert!(found == new, "neither old nor new at the {kill}th kill");
            news += 1;
            // Back to the start.
            project.write("k8sgen.yaml", many(300, 0));
            tree(&project, "").succeeds();
            assert!(contents(&deploy) == old);
            project.write("k8sgen.yaml", many(300, 1));
        }
    }
    assert!(olds > 0, "all kills were too late");
    // Nothing that killed runs left behind outlives the next one.
    tree(&project, "").succeeds();
    assert_eq!(names(project.path()), ["deploy", "k8sgen.yaml", "overlays"]);
}

/// A disk that has room for one tree and not for two.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_tree() {
    let project = web("").file("k8sgen.yaml", many(200, 0));
    project.write("new/k8sgen.yaml", many(200, 1));
    project.write("new/overlays/dev.yaml", "tier: development\n");
    fs::create_dir(project.path().join("disk")).unwrap();
    // A mount of its own needs a namespace of its own.
    let script = format!(
        "mount -t tmpfs -o size=1100k none disk && cd . && {PROGRAM} kustomize -o disk/deploy \
         && cp -r disk/deploy before && ! (cd new && {PROGRAM} kustomize -o ../disk/deploy) \
         && diff -r before disk/deploy && ls -A disk"
    );
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "--mount", "sh", "-c"]).arg(script);
    let probe = ["--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /mnt"];
    let able = find("unshare").is_some()
        && Command::new("unshare").args(probe).output().is_ok_and(|run| run.status.success());
    if !able {
        return skipped("a disk of its own (unshare, tmpfs)");
    }
    let run = run(command.current_dir(project.path())).succeeds();
    assert!(run.stderr.contains("cannot be written; it is as it was"), "{}", run.stderr);
    assert!(run.stdout.ends_with("deploy\n"), "{}", run.stdout);
}

/// As somebody who may not write there.
#[cfg(unix)]
#[test]
fn without_permission_nothing_changes() {
    use std::os::unix::fs::PermissionsExt;
    let project = web("").file("place/notes", "");
    let place = project.path().join("place");
    project.run(&["kustomize", "-o", "place/deploy"]).succeeds();
    let before = contents(&place);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o555)).unwrap();
    let arguments = ["kustomize", "-o", "place/deploy", "--set", "labels.a=b"];
    let free = fs::write(place.join("probe"), "").is_ok();
    let run = if free {
        // This is root: become nobody.
        let _ = fs::remove_file(place.join("probe"));
        if find("setpriv").is_none() {
            return skipped("setpriv");
        }
        let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM];
        run(Command::new("setpriv").args(nobody).args(arguments).current_dir(project.path()))
    } else {
        project.run(&arguments)
    };
    run.mentions(&["`place/deploy` cannot be written; it is as it was", "Permission denied"]);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(before, contents(&place));
}

/// `render --output-dir` is written in the same way.
#[test]
fn files_of_objects_too() {
    let project = web("");
    project.render("--output-dir out").succeeds();
    assert_eq!(project.render("--output-dir out --check").status, 0);
    assert_eq!(project.render("--output-dir out --check --set labels.a=b").status, 1);
    project.write("out/047-deployment-web.yaml", "edited");
    project.render("--output-dir out --force").succeeds();
    project.render("--check").mentions(&["--output-dir"]);
}

//! `check`: environments and files, formats, tiers, waivers, and what `render` makes of
//! findings.

use serde_json::Value;

use crate::support::{Run, Scratch, dedent, run_with_input, shop, snapshot};

const LATEST: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: 'registry.example.com/web:latest'}
";

/// Manifests of a file, checked for one rule.
fn checked(manifests: &str, more: &str) -> Run {
    let project = Scratch::new().file("pod.yaml", manifests);
    let mut arguments = vec!["check", "-f", "pod.yaml"];
    arguments.extend(more.split_whitespace());
    project.run(&arguments)
}

fn findings(run: &Run) -> Vec<Value> {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

#[test]
fn a_finding_shows_the_line_the_reason_and_what_to_do() {
    let run = checked(LATEST, "--only policy/latest-tag").succeeds();
    assert_eq!(
        run.stdout,
        dedent(
            "
            warning[policy/latest-tag]: the image is whatever was pushed last
             --> pod.yaml:6:19
              |
            6 |     - {name: web, image: 'registry.example.com/web:latest'}
              |                   ^^^^^ Pod/web: spec.containers[0].image
              |
              = help: name the version, such as `:v1.4.2`, or pin the digest

            1 warning in 1 object of 1 kind, by 1 rule
            "
        )
    );
}

#[test]
fn a_clean_run_says_what_it_checked() {
    let run = checked(&LATEST.replace("latest", "v1"), "--only policy/latest-tag").succeeds();
    assert_eq!(run.stdout, "nothing found in 1 object of 1 kind, by 1 rule\n");
}

#[test]
fn the_tier_decides_how_much_a_rule_counts() {
    let status = |more: &str| checked(LATEST, &format!("--only policy/latest-tag {more}")).status;
    assert_eq!(status(""), 0);
    assert_eq!(status("--tier production"), 1);
    let run = checked(LATEST, "--only policy/latest-tag --tier development").succeeds();
    assert!(run.stdout.starts_with("nothing found"), "{}", run.stdout);
}

#[test]
fn rules_and_families_are_chosen_and_left_out() {
    let rules = |more: &str| -> Vec<String> {
        let twice = format!("{LATEST}---\n{LATEST}");
        let run = checked(&twice, &format!("--format json {more}"));
        let name = |finding: &Value| finding["rule"].as_str().unwrap().to_owned();
        findings(&run).iter().map(name).collect()
    };
    assert!(rules("--only refs").iter().all(|rule| rule.starts_with("refs/")));
    assert!(rules("--only refs/twins").len() == 1);
    assert!(!rules("--skip refs/twins").contains(&"refs/twins".to_owned()));
    assert!(!rules("--skip policy,refs").iter().any(|rule| !rule.starts_with("api/")));
    let run = checked(LATEST, "--severity error --only policy/latest-tag").succeeds();
    // What is not shown is counted all the same.
    assert!(run.stdout.starts_with("1 warning in 1 object"), "{}", run.stdout);
}

#[test]
fn unknown_rules_and_options_are_refused() {
    checked(LATEST, "--only policy/latest")
        .says("error: there is no rule `policy/latest`; did you mean `policy/latest-tag`?");
    let empty = Scratch::new();
    empty
        .run(&["check", "--explain", "latest-tags"])
        .mentions(&["did you mean `policy/latest-tag`"]);
    checked(LATEST, "--tier live").mentions(&["--tier", "production"]);
    checked(LATEST, "--kubernetes 1.9").mentions(&["1.27 to 1.37"]);
    checked(LATEST, "--elsewhere keys").mentions(&["KIND/NAME"]);
    checked(LATEST, "--env prod").mentions(&["cannot be used with"]);
    empty.run(&["check"]).mentions(&["there is no `k8sgen.yaml`"]);
    empty.run(&["check", "-f", "gone.yaml"]).mentions(&["`gone.yaml` cannot be read"]);
    empty.run(&["check", "-f", "."]).mentions(&["there is no `.yaml`, `.yml` or `.json` file"]);
}

#[test]
fn rules_explain_themselves() {
    let scratch = Scratch::new();
    let page = scratch.run(&["check", "--explain", "policy/latest-tag"]).succeeds().stdout;
    for part in ["policy/latest-tag", "production: error", "Bad:", "Good:", ":latest}"] {
        assert!(page.contains(part), "{page}");
    }
    let short = scratch.run(&["check", "--explain", "latest-tag"]).succeeds().stdout;
    assert_eq!(page, short);
    let list = scratch.run(&["check", "--list"]).succeeds().stdout;
    assert!(list.lines().any(|line| line.starts_with("refs/twins ")), "{list}");
}

#[test]
fn the_documentation_is_made_from_the_rules() {
    let scratch = Scratch::new();
    let pages = scratch.run(&["check", "--explain", "all"]).succeeds().stdout;
    let intro = "# Rules\n\nMade by `k8sgen check --explain all`; [checks.md](checks.md) tells how they are used.\n\n";
    snapshot::assert_same("docs/rules.md", &format!("{intro}{pages}"));
    let schema = scratch.run(&["schema", "--findings"]).succeeds().stdout;
    snapshot::assert_same("docs/findings.schema.json", &schema);
}

#[test]
fn json_says_where_everything_is() {
    let run =
        checked(&format!("# one\n---\n{LATEST}---\n{LATEST}"), "--format json --only refs/twins");
    let found = findings(&run);
    assert_eq!((run.status, found.len()), (1, 1));
    let expected = serde_json::json!({
        "rule": "refs/twins",
        "severity": "error",
        "environment": null,
        "object": {"apiVersion": "v1", "kind": "Pod", "namespace": null, "name": "web"},
        "field": "metadata.name",
        "message": "there is another Pod `web` before it",
        "help": "rename or drop one: whichever is applied last would overwrite the other",
        "source": "pod.yaml",
        "document": 1,
        "line": 12,
        "column": 12,
    });
    assert_eq!(found[0], expected);
    assert_eq!(checked("a: 1\n", "--format json --only policy/latest-tag").stdout, "[]\n");
}

#[test]
fn github_annotates_lines() {
    let run = checked(LATEST, "--format github --only policy/latest-tag").succeeds();
    assert_eq!(
        run.stdout,
        "::warning file=pod.yaml,line=6,col=19,endColumn=24,title=policy/latest-tag::Pod/web: \
         spec.containers[0].image: the image is whatever was pushed last (name the version, such \
         as `:v1.4.2`, or pin the digest)\n\
         ::notice title=k8sgen check::1 warning in 1 object of 1 kind, by 1 rule\n"
    );
}

#[test]
fn junit_has_a_case_for_each_object() {
    let run = checked(
        &format!("{LATEST}---\n{LATEST}"),
        "--format junit --only refs/twins,policy/latest-tag",
    );
    assert_eq!(run.status, 1);
    for part in [
        "<testsuites name=\"k8sgen check\" tests=\"1\" failures=\"1\">",
        "<testcase classname=\"pod.yaml\" name=\"Pod/web\">",
        "<failure type=\"refs/twins\" message=\"there is another Pod `web` before it\">",
        "<system-out>policy/latest-tag line 6: Pod/web: ",
    ] {
        assert!(run.stdout.contains(part), "no {part} in {}", run.stdout);
    }
}

#[test]
fn manifests_come_from_standard_input_directories_and_lists() {
    let project = Scratch::new();
    let mut command = std::process::Command::new(crate::support::PROGRAM);
    command.args(["check", "-f", "-", "--only", "policy/latest-tag"]).current_dir(project.path());
    let run = run_with_input(&mut command, LATEST.as_bytes()).succeeds();
    assert!(run.stdout.contains(" --> -:6:19"), "{}", run.stdout);
    let list = format!(
        "{{\"kind\": \"List\", \"apiVersion\": \"v1\", \"items\": [{}]}}",
        r#"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "a", "image": "a"}]}}"#
    );
    let project = Scratch::new()
        .file("d/b/list.json", list)
        .file("d/a.yml", LATEST)
        .file("d/notes.txt", "not: [a manifest");
    let run = project.run(&["check", "-f", "d", "--only", "policy/latest-tag"]).succeeds();
    assert!(
        run.stdout.ends_with("2 warnings in 2 objects of 1 kind, by 1 rule\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_cannot_be_read_is_said_beside_what_is_found() {
    let run = checked(&format!("{LATEST}---\nkind: [\n---\n{LATEST}"), "--only refs/twins");
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("there is another Pod `web`"), "{}", run.stdout);
    assert!(run.stderr.contains("pod.yaml:9:"), "{}", run.stderr);
    checked("kind: [\n", "").mentions(&["this is not valid YAML"]);
    let found = findings(&checked("kind: [\n", "--format json"));
    assert_eq!((found.len(), &found[0]["rule"]), (1, &"input".into()));
}

#[test]
fn values_of_secrets_are_not_shown() {
    for values in [
        "stringData:\n  pass: {x: hunter2}",
        "data: {user: YWRtaW4=, pass: hunter2, note: 'oops!'}",
        "data: {pass: hunter2, pass: hunter2}",
        "\"data\": {\"pass\": \"hunter2!\"}",
        "data: hunter2",
        "data: [hunter2]",
        "dat: &x {pass: hunter2}\ndata: *x",
        "stringDat: {pass: hunter2}",
        "stringDat:\n  pass: hunter2",
        "pass: hunter2",
        "data: {tls.key: hunter2}\ntype: kubernetes.io/tls",
        "stringData: {.dockerconfigjson: hunter2}\ntype: kubernetes.io/dockerconfigjson",
        "stringData: {'a b': hunter2, pass: 1}",
        "immutable: 1\nstringData: {pass: hunter2}",
    ] {
        let yaml = format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\n{values}\n");
        for format in ["text", "json", "sarif", "github", "junit"] {
            let run = checked(&yaml, &format!("--format {format}"));
            let all = run.stdout + &run.stderr;
            assert!(all.contains("pod.yaml") && !all.contains("hunter2"), "{all}");
        }
    }
    let json = "{\"kind\": \"Secret\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"A\"},\n \"data\": {\"a\": \"hunter2!\"}}";
    let run = checked(json, "--only api");
    assert!(run.stdout.contains("not base64") && !run.stdout.contains("hunter2"), "{}", run.stdout);
}

/// A name is said in messages, and a terminal would do what stands in it.
#[test]
fn a_name_that_commands_a_terminal_is_told_without_the_command() {
    let pod = LATEST.replace("name: web", "name: \"a\\e[31mb\", labels: {\"x\\e\": \"\\a\"}");
    for format in ["text", "json", "sarif", "github", "junit"] {
        let run = checked(&pod, &format!("--format {format}"));
        assert!(run.stdout.contains("[31mb"), "{}", run.stdout);
        let commands = |c: char| c.is_control() && c != '\n';
        assert!(!run.stdout.contains(commands), "{format}: {:?}", run.stdout);
    }
}

/// Whichever rule speaks of its line.
#[test]
fn a_secret_beside_a_finding_is_not_printed() {
    let run = checked(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: 'web:latest', env: [{name: DB_PASSWORD, value: hunter2}]}]}\n",
        "--only policy/latest-tag",
    );
    assert!(run.stdout.contains("4 | spec: (hidden)"), "{}", run.stdout);
}

#[test]
fn a_secret_that_is_found_is_not_printed() {
    let pod = |env: &str| {
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n    - name: web\n      image: web:v1\n      env:\n{env}"
        )
    };
    for env in [
        "        - name: DB_PASSWORD\n          value: hT7pQ2xHunter2Lk9\n",
        "        - {name: DB_PASSWORD, value: hT7pQ2xHunter2Lk9}\n",
        "        - name: DATABASE\n          value: postgres://shop:hT7pQ2xHunter2Lk9@db/shop\n",
    ] {
        for format in ["text", "json", "sarif", "github", "junit"] {
            let run = checked(&pod(env), &format!("--only policy/secret-in-pod --format {format}"));
            assert!(run.stdout.contains("policy/secret-in-pod"), "{}", run.stdout);
            assert!(!run.stdout.contains("Hunter2"), "{}", run.stdout);
        }
    }
}

/// A project whose one workload runs `latest`.
fn latest(checks: &str) -> Scratch {
    shop(&format!(
        "
        workloads:
          web:
            image: registry.example.com/web:latest
        checks:
          rules: {{policy: off, refs: off, policy/latest-tag: error}}
        {checks}
        "
    ))
}

#[test]
fn an_error_stops_output_at_the_line_of_the_profile() {
    let project = latest("");
    for command in [&["render", "--env", "prod"][..], &["kustomize", "-o", "tree"]] {
        let run = project.run(command);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{}", run.stderr);
        let place = "--> k8sgen.yaml:4:5";
        assert!(run.stderr.contains(place), "{}", run.stderr);
        assert!(run.stderr.contains("error[policy/latest-tag]"), "{}", run.stderr);
    }
    assert!(!project.path().join("tree").exists());
    let run = project.run(&["check", "--env", "prod"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("prod: 1 error in "), "{}", run.stdout);
}

#[test]
fn warnings_are_one_line() {
    let project =
        latest("").file("overlays/prod.yaml", "checks: {rules: {policy/latest-tag: warning}}\n");
    let run = project.run(&["render", "--env", "prod"]).succeeds();
    assert!(run.stdout.starts_with("apiVersion: "), "{}", run.stdout);
    assert!(run.stderr.starts_with("prod: 1 warning in "), "{}", run.stderr);
    assert!(run.stderr.ends_with("; `k8sgen check --env prod` shows them\n"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1);
}

/// A waiver of what `latest` has, until a day.
fn waived(object: &str, until: &str) -> Run {
    let waiver = format!(
        "  waivers: {{w: {{rule: policy/latest-tag, object: {object}, reason: a test, until: {until}}}}}"
    );
    let text = "policy/expired-waiver: warning, policy/unused-waiver: warning, policy/latest-tag";
    let project = latest(&waiver);
    project.write(
        "k8sgen.yaml",
        project.read("k8sgen.yaml").replace("policy/latest-tag: error", &format!("{text}: error")),
    );
    project.run(&["check"])
}

#[test]
fn a_waiver_accepts_a_finding_until_its_day() {
    let run = waived("Deployment/web", "2099-12-31").succeeds();
    assert!(run.stdout.contains("prod: nothing found, 1 waived in "), "{}", run.stdout);
    let run = waived("Deployment/w*", "2020-01-01");
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("the waiver `w` is over since 2020-01-01"), "{}", run.stdout);
    assert!(run.stdout.contains("error[policy/latest-tag]"), "{}", run.stdout);
    let run = waived("Deployment/other", "2099-12-31");
    assert!(run.stdout.contains("the waiver `w` accepts nothing"), "{}", run.stdout);
}

#[test]
fn mistakes_in_checks_are_said_at_their_place() {
    let mentions = |checks: &str, parts: &[&str]| shop(checks).render("").mentions(parts);
    mentions(
        "checks: {rules: {policy/latest: off}}",
        &["there is no rule `policy/latest`", "did you mean `policy/latest-tag`?"],
    );
    mentions("checks: {rules: {api/decoding: off}}", &["cannot be set otherwise"]);
    mentions("checks: {rules: {policy: of}}", &["did you mean `off`?"]);
    mentions(
        "checks: {waivers: {a: {rule: policy/latest-tag, object: Deployment/a, reason: x, until: 2026-02-30}}}",
        &["no day of the calendar"],
    );
    mentions(
        "checks: {waivers: {a: {rule: policy/latest-tag, object: Deployment/a, until: 2026-02-28}}}",
        &["`reason`"],
    );
    mentions("checks: {elsewhere: {Secret: x}}", &["expected `KIND/NAME`"]);
}

/// A waiver that one environment needs is not idle in the others.
#[test]
fn waivers_that_environments_share() {
    let waiver = |object: &str| {
        format!(
            "  waivers: {{w: {{rule: policy/latest-tag, object: {object}, reason: a test, until: 2099-12-31}}}}"
        )
    };
    let of = |object: &str| {
        let project = latest(&waiver(object));
        let rules = "policy/unused-waiver: warning, policy/latest-tag: error";
        let text = project.read("k8sgen.yaml").replace("policy/latest-tag: error", rules);
        project.write("k8sgen.yaml", text);
        project.write("overlays/dev.yaml", "workloads: {web: {image: 'web:v1.4.2'}}\n");
        project
    };
    let project = of("Deployment/web");
    for arguments in [["check"].as_slice(), &["check", "--env", "dev"]] {
        let run = project.run(arguments).succeeds();
        assert!(!run.stdout.contains("accepts nothing"), "{}", run.stdout);
    }
    let run = of("Deployment/other").run(&["check"]);
    assert_eq!(run.stdout.matches("the waiver `w` accepts nothing").count(), 1, "{}", run.stdout);
}

/// A tree of Kustomize holds patches beside manifests, and k8sgen's own notes.
#[test]
fn of_a_tree_of_kustomize_its_resources_are_looked_at() {
    let project = shop(
        "
        workloads:
          web: {image: 'registry.example.com/web:v1.4.2', replicas: 1}
        ",
    );
    project.write("overlays/prod.yaml", "workloads: {web: {replicas: 3}}\n");
    project.run(&["kustomize", "-o", "tree"]).succeeds();
    assert!(project.path().join("tree/overlays/prod").is_dir());
    let run = project.run(&["check", "-f", "tree", "--only", "api,refs"]).succeeds();
    assert!(run.stdout.starts_with("nothing found in "), "{}", run.stdout);
    // Without its kustomization a directory holds manifests as any other does.
    project.write("plain/patch.yaml", "spec: {replicas: 3}\n");
    assert_eq!(project.run(&["check", "-f", "plain"]).status, 1);
    project.write("plain/kustomization.yaml", "patches: [{path: patch.yaml}]\n");
    project.run(&["check", "-f", "plain"]).mentions(&["there is no `.yaml`"]);
}

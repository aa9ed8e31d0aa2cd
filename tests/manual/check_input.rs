//! `check`: what cannot be read, definitions that are given, and options that do not fit.

use serde_json::Value;

use crate::support::{Run, Scratch, shop};

const DEFINITION: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer}}}}
";
const WIDGET: &str = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n";
const BROKEN: &str = "a: [\n";

fn run(scratch: &Scratch, arguments: &str) -> Run {
    let arguments: Vec<&str> = ["check"].into_iter().chain(arguments.split_whitespace()).collect();
    scratch.run(&arguments)
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout))
}

#[test]
fn machines_are_told_what_cannot_be_read() {
    let broken = Scratch::new().file("broken.yaml", BROKEN).file("empty.yaml", "# nothing\n");
    let with = |format: &str| run(&broken, &format!("-f broken.yaml --format {format}"));
    let found = with("json");
    assert_eq!(found.status, 2);
    assert!(found.stderr.contains("this is not valid YAML"), "{}", found.stderr);
    let found = json(&found);
    assert_eq!((&found[0]["rule"], &found[0]["severity"]), (&"input".into(), &"error".into()));
    assert_eq!(found[0]["source"], "broken.yaml");
    assert!(found[0]["line"].is_number() && found[0]["object"].is_null());
    let github = with("github").stdout;
    assert!(github.starts_with("::error file=broken.yaml,line="), "{github}");
    assert!(github.contains("nothing could be read") && !github.contains("nothing found"));
    let junit = with("junit").stdout;
    assert!(junit.contains("tests=\"1\" failures=\"1\""), "{junit}");
    let sarif = json(&with("sarif"));
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let result = &sarif["runs"][0]["results"][0];
    let index = result["ruleIndex"].as_u64().unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules[usize::try_from(index).unwrap()]["id"], result["ruleId"]);
    for file in ["gone.yaml", "empty.yaml"] {
        let found = run(&broken, &format!("-f {file} --format json"));
        assert_eq!((found.status, &json(&found)[0]["rule"]), (2, &"input".into()), "{file}");
    }
    let typo = shop("").file("overlays/dev.yaml", "teir: development\n");
    let found = json(&run(&typo, "--env dev --format json"));
    assert_eq!(found[0]["rule"], "input");
    assert_eq!(found[0]["environment"], "dev");
    assert_eq!(found[0]["source"], "overlays/dev.yaml");
}

#[test]
fn people_are_told_that_there_was_more() {
    let scratch = Scratch::new().file("a.yaml", format!("{DEFINITION}---\n{BROKEN}"));
    let found = run(&scratch, "-f a.yaml --only api");
    assert_eq!(found.status, 2);
    assert!(found.stdout.ends_with("; the rest could not be read\n"), "{}", found.stdout);
}

#[test]
fn definitions_are_looked_at_themselves() {
    let scratch = Scratch::new()
        .file("widget.yaml", WIDGET)
        .file("good.yaml", DEFINITION)
        .file("typo.yaml", DEFINITION.replace("integer", "integr"))
        .file("other.yaml", WIDGET)
        .file("broken.yaml", DEFINITION.replace("widgets}", "widgets"))
        .file("crds/good.yaml", DEFINITION)
        .file("crds/other.yaml", WIDGET)
        .file("torn/good.yaml", DEFINITION)
        .file("torn/broken.yaml", BROKEN);
    let with = |crds: &str| run(&scratch, &format!("-f widget.yaml --only api --crds {crds}"));
    assert!(with("good.yaml").succeeds().stdout.starts_with("nothing found in 1 object"));
    with("crds").succeeds();
    let typo = with("typo.yaml");
    assert_eq!(typo.status, 1);
    assert!(typo.stdout.contains("there is no type `integr`"), "{}", typo.stdout);
    assert!(typo.stdout.contains("typo.yaml:15"), "{}", typo.stdout);
    for (crds, says) in [
        ("other.yaml", "there is no CustomResourceDefinition in `other.yaml`"),
        ("broken.yaml", "this is not valid YAML"),
        ("good.yaml --crds broken.yaml", "this is not valid YAML"),
        ("torn", "this is not valid YAML"),
        ("gone.yaml", "`gone.yaml` cannot be read"),
    ] {
        let found = with(crds);
        assert_eq!(found.status, 2, "{crds}");
        assert!(found.stderr.contains(says), "{crds}: {}", found.stderr);
    }
}

#[test]
fn a_link_to_nothing_is_said() {
    let scratch = Scratch::new().file("d/good.yaml", DEFINITION);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere.yaml", scratch.path().join("d/gone.yaml")).unwrap();
        run(&scratch, "-f d").mentions(&["gone.yaml` cannot be read"]);
    }
}

#[test]
fn options_that_would_do_nothing_are_refused() {
    let shop = shop("").file("a.yaml", DEFINITION);
    run(&shop, "a.yaml").mentions(&["`k8sgen check -f a.yaml`"]);
    for option in
        ["--tier production", "--complete", "-n shop", "--elsewhere Pod/a", "--kubernetes 1.30"]
    {
        run(&shop, &format!("--env dev {option}")).mentions(&["`-f`"]);
        run(&shop, option).mentions(&["`-f`"]);
    }
    run(&shop, "-f a.yaml --only api --skip api").mentions(&["leave no rule"]);
    run(&shop, "-f a.yaml -n Bad_NS").mentions(&["Bad_NS"]);
    run(&shop, "-f a.yaml --elsewhere pod/lost").mentions(&["did you mean `Pod`?"]);
    run(&shop, "-f a.yaml --threads 0").mentions(&["1 or more"]);
    shop.run(&["check", "-f", "a.yaml", "-n", ""]).mentions(&["--namespace"]);
    let nowhere = Scratch::new();
    let piped = run(&nowhere, "");
    piped.mentions(&["there is no `k8sgen.yaml`", "`k8sgen check -f -`"]);
}

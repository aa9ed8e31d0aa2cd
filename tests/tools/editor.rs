//! The JSON Schema takes the profiles that k8sgen takes, and underlines what it
//! refuses, as an editor with yaml-language-server shows it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::environments::every;
use crate::support::tools::python_with;
use crate::support::{ROOT, Run, Scratch, run};

/// Prints `FILE: MESSAGE` for every fault. YAML 1.2's booleans are set: Python
/// reads `yes` as a boolean, an editor and k8sgen do not.
const VALIDATE: &str = r#"
import json, re, sys, yaml
import jsonschema

class Loader(yaml.SafeLoader):
    pass

Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if tag not in ('tag:yaml.org,2002:bool', 'tag:yaml.org,2002:timestamp', 'tag:yaml.org,2002:int')]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver('tag:yaml.org,2002:bool', re.compile('^(true|True|TRUE|false|False|FALSE)$'), list('tTfF'))
Loader.add_implicit_resolver('tag:yaml.org,2002:int', re.compile('^[-+]?[0-9]+$'), list('-+0123456789'))

schema = json.load(open(sys.argv[1], encoding='utf-8'))
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failed = False
for path in sys.argv[2:]:
    profile = yaml.load(open(path, encoding='utf-8'), Loader) or {}
    for error in validator.iter_errors(profile):
        failed = True
        print(f'{path}: {error.json_path}: {error.message}')
sys.exit(failed)
"#;

fn validated(python: &Path, files: &[PathBuf]) -> Run {
    let mut validate = Command::new(python);
    validate.args(["-c", VALIDATE]).arg(Path::new(ROOT).join("docs/profile.schema.json"));
    run(validate.args(files))
}

/// The layers of every project of this repository.
fn layers() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for environment in every() {
        files.push(environment.directory().join("k8sgen.yaml"));
        let overlay = format!("overlays/{}.yaml", environment.environment);
        files.push(environment.directory().join(overlay));
    }
    files.sort();
    files.dedup();
    files
}

#[test]
fn the_schema_takes_every_layer() {
    let Some(python) = python_with("jsonschema") else { return };
    let result = validated(&python, &layers());
    assert_eq!(result.status, 0, "{}{}", result.stdout, result.stderr);
}

#[test]
fn the_schema_refuses_what_k8sgen_refuses() {
    let Some(python) = python_with("jsonschema") else { return };
    for wrong in [
        "workloads: {web: {replica: 1}}",
        "workloads: {web: {image: a:1, replicas: many}}",
        "workloads: {web: {image: a:1, kind: Pod}}",
        "workloads: {web: {image: a:1, resources: {limits: {memory: 2GB}}}}",
        "workloads: {web: {image: a:1, terminationGracePeriod: 1 minute}}",
        "workloads: [web]",
        "tier: live",
        "sytem: shop",
        "images: {Web: nginx:1}",
    ] {
        let project = Scratch::new()
            .file("k8sgen.yaml", format!("system: shop\n{wrong}\n"))
            .file("overlays/dev.yaml", "");
        assert_eq!(project.render("").status, 2, "{wrong}");
        let result = validated(&python, &[project.path().join("k8sgen.yaml")]);
        assert_eq!(result.status, 1, "{wrong}\n{}", result.stderr);
    }
}

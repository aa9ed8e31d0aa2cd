//! The schemas of every Kubernetes version since 1.27 take our output, as
//! kubernetes-validate (PyPI) has them.

use std::path::Path;
use std::process::Command;

use crate::fragments::{ODD_SYSTEM, ODD_WORKLOAD, SYSTEM, WORKLOAD};
use crate::support::environments::ALL;
use crate::support::tools::python_with;
use crate::support::{Run, Scratch, run};
use crate::systems::{alone, project};

/// Validates every document of the files named on the command line, strictly: a
/// property that a schema does not have is refused. The first word is `all`
/// versions or one of them.
const VALIDATE: &str = r#"
import json, sys, yaml
import kubernetes_validate as kv

versions = sorted(kv.utils.all_versions(), key=lambda v: [int(n) for n in v.split('.')])
versions = [v for v in versions if [int(n) for n in v.split('.')[:2]] >= [1, 27]]
print(versions[0], 'to', versions[-1])
if sys.argv[1] != 'all':
    versions = [v for v in versions if v.startswith(sys.argv[1] + '.')]
failed = False
seen = set()
for path in sys.argv[2:]:
    for document in yaml.safe_load_all(open(path, encoding='utf-8')):
        known = json.dumps(document, sort_keys=True)
        if known in seen or document['apiVersion'].startswith('example.org/'):
            continue
        seen.add(known)
        for version in versions:
            try:
                kv.validate(document, version, strict=True)
            except (kv.ValidationError, kv.SchemaNotFoundError, kv.InvalidSchemaError) as error:
                failed = True
                name = document['kind'] + '/' + document['metadata']['name']
                message = getattr(error, 'message', str(error))
                print(f'{path} {name} at {version}: {message}', file=sys.stderr)
sys.exit(failed)
"#;

fn validated(python: &Path, versions: &str, files: &Scratch) -> Run {
    let mut validate = Command::new(python);
    validate.args(["-c", VALIDATE, versions]).args(files.list("."));
    run(validate.current_dir(files.path()))
}

#[test]
fn the_schemas_of_every_version_take_every_document() {
    let Some(python) = python_with("kubernetes_validate") else { return };
    let scratch = Scratch::new();
    for environment in ALL {
        scratch.write(&format!("{}.yaml", environment.name), environment.rendered());
    }
    let result = validated(&python, "all", &scratch).succeeds();
    assert!(result.stdout.starts_with("1.27"), "{}", result.stdout);
}

/// Whatever k8sgen prints, also of settings that make little sense together.
#[test]
fn the_schemas_take_what_every_fragment_gives() {
    let Some(python) = python_with("kubernetes_validate") else { return };
    let scratch = Scratch::new();
    let all = alone(SYSTEM, WORKLOAD).chain(alone(ODD_SYSTEM, ODD_WORKLOAD));
    for (number, (_, system)) in all.enumerate() {
        let run = project(&system).render("");
        if run.status == 0 {
            scratch.write(&format!("{number:03}.yaml"), run.stdout);
        }
    }
    validated(&python, "1.34", &scratch).succeeds();
}

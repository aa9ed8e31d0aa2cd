//! The schemas of every Kubernetes version since 1.27 take our output, as
//! kubernetes-validate (PyPI) has them; and the definitions of custom resources
//! take those, where `../shared/crds` has them.

use std::path::Path;
use std::process::Command;

use crate::fragments::{ODD_SYSTEM, ODD_WORKLOAD, SYSTEM, WORKLOAD};
use crate::support::environments::{ALL, WIDE};
use crate::support::tools::python_with;
use crate::support::{ROOT, Run, Scratch, run, say};
use crate::systems::{alone, project};

/// Validates every document of the files named on the command line, strictly: a
/// property that a schema does not have is refused. The first word is a version,
/// or the first of all that are meant (`1.27+`), the second a directory of custom resource definitions.
const VALIDATE: &str = r#"
import glob, json, sys, yaml
import jsonschema
import kubernetes_validate as kv

def closed(schema):
    """A structural schema as JSON Schema: no field beyond those that it has."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(value) for key, value in schema.items()}
    if schema.pop('x-kubernetes-int-or-string', False):
        schema.pop('type', None)
        schema['anyOf'] = [{'type': 'integer'}, {'type': 'string'}]
    free = schema.pop('x-kubernetes-preserve-unknown-fields', False)
    if isinstance(schema.get('properties'), dict) and not free:
        schema.setdefault('additionalProperties', False)
    if schema.pop('nullable', False) is True and isinstance(schema.get('type'), str):
        schema['type'] = [schema['type'], 'null']
    return schema

definitions = {}
for path in sorted(glob.glob(sys.argv[2] + '/*.yaml')):
    for definition in yaml.load_all(open(path, encoding='utf-8'), Loader=yaml.CSafeLoader):
        spec = definition['spec']
        for version in spec['versions']:
            name = (spec['group'] + '/' + version['name'], spec['names']['kind'])
            schema = version['schema']['openAPIV3Schema'] if version['served'] else None
            definitions[name] = schema
closed_definitions = {}

def custom(document):
    name = (document['apiVersion'], document['kind'])
    schema = definitions[name]
    if schema is None:
        yield 'this version is not served'
        return
    if name not in closed_definitions:
        schema = closed(schema)
        schema['properties']['metadata'] = {'type': 'object'}
        closed_definitions[name] = jsonschema.Draft7Validator(schema)
    for error in closed_definitions[name].iter_errors(document):
        yield '.'.join(map(str, error.absolute_path)) + ': ' + error.message

versions = sorted(kv.utils.all_versions(), key=lambda v: [int(n) for n in v.split('.')])
versions = [v for v in versions if [int(n) for n in v.split('.')[:2]] >= [1, 27]]
print(versions[0], 'to', versions[-1])
wanted = [int(n) for n in sys.argv[1].rstrip('+').split('.')]
number = lambda v: [int(n) for n in v.split('.')[:2]]
if sys.argv[1].endswith('+'):
    versions = [v for v in versions if number(v) >= wanted]
else:
    versions = [v for v in versions if number(v) == wanted]
failed = False
seen = set()
for path in sys.argv[3:]:
    for document in yaml.safe_load_all(open(path, encoding='utf-8')):
        known = json.dumps(document, sort_keys=True)
        if known in seen or document['apiVersion'].startswith('example.org/'):
            continue
        seen.add(known)
        name = document['kind'] + '/' + document['metadata']['name']
        if (document['apiVersion'], document['kind']) in definitions:
            for message in custom(document):
                failed = True
                print(f'{path} {name}: {message}', file=sys.stderr)
            continue
        if not definitions and '.' in document['apiVersion'] and '.k8s.io/' not in document['apiVersion']:
            continue
        for version in versions:
            try:
                kv.validate(document, version, strict=True)
            except (kv.ValidationError, kv.SchemaNotFoundError, kv.InvalidSchemaError) as error:
                failed = True
                message = getattr(error, 'message', str(error))
                print(f'{path} {name} at {version}: {message}', file=sys.stderr)
sys.exit(failed)
"#;

fn validated(python: &Path, versions: &str, files: &Scratch) -> Run {
    let definitions = Path::new(ROOT).join("../shared/crds");
    if !definitions.is_dir() {
        say("skipped: custom resources, ../shared/crds not found");
    }
    let mut validate = Command::new(python);
    validate.args(["-c", VALIDATE, versions]).arg(definitions).args(files.list("."));
    run(validate.current_dir(files.path()))
}

#[test]
fn the_schemas_of_every_version_take_every_document() {
    let Some(python) = python_with("kubernetes_validate") else { return };
    // The shop has sidecars, and hooks that sleep.
    for (versions, environments) in [("1.27+", &ALL[..]), ("1.31+", &WIDE[..])] {
        let scratch = Scratch::new();
        for environment in environments {
            scratch.write(&format!("{}.yaml", environment.name), environment.rendered());
        }
        let result = validated(&python, versions, &scratch).succeeds();
        assert!(result.stdout.starts_with("1.27"), "{}", result.stdout);
    }
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

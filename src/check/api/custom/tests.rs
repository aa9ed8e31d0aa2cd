use super::*;
use crate::check::finding::Finding;
use crate::check::rule::{Rule, Severity};
use crate::check::settings::Settings;
use crate::check::testing::findings_for;
use crate::diagnostic::Report;
use crate::source::Sources;

fn findings(text: &str) -> Vec<String> {
    let settings = Settings { only: vec!["api".to_owned()], ..Settings::default() };
    let line = |f: Finding| format!("{} {}: {}", f.rule.name, f.field, f.message);
    findings_for(text, &settings).into_iter().map(line).collect()
}

/// A definition of Widgets whose `spec` has these fields and words, and an object.
fn widget(spec_schema: &str, spec: &str) -> Vec<String> {
    findings(&format!(
        "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: widgets.example.com}}
spec:
  group: example.com
  names: {{kind: Widget, listKind: WidgetList, plural: widgets, singular: widget}}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {spec_schema}
    - {{name: v2, served: false, storage: false, schema: {{openAPIV3Schema: {{type: object}}}}}}
---
apiVersion: example.com/v1
kind: Widget
metadata: {{name: w}}
spec: {spec}
"
    ))
}

fn rules() -> [&'static Rule; 3] {
    [&resource::RULE, &cel_rules::RULE, &unchecked::RULE]
}

#[test]
fn examples_hold() {
    for rule in rules() {
        let settings = Settings::default();
        let bad = findings_for(rule.bad, &settings);
        assert!(bad.iter().any(|f| f.rule.name == rule.name), "{}: {bad:?}", rule.name);
        let good = findings_for(rule.good, &settings);
        assert!(!good.iter().any(|f| f.rule.family() == "api"), "{}: {good:?}", rule.name);
    }
}

#[test]
fn limits_of_values() {
    for (schema, good, bad) in [
        ("{type: string}", "a", "5"),
        ("{type: integer}", "1.0", "1.5"),
        ("{type: integer, format: int32}", "2147483647", "2147483648"),
        ("{type: number}", "5", "five"),
        ("{type: boolean}", "true", "'true'"),
        ("{x-kubernetes-int-or-string: true}", "http", "1.5"),
        (
            "{x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}",
            "80",
            "true",
        ),
        ("{type: string, enum: [a, b]}", "b", "c"),
        ("{type: integer, enum: [1, 2]}", "2", "3"),
        ("{type: string, pattern: '^[a-z]+$'}", "abc", "a1"),
        ("{type: string, minLength: 2}", "ab", "ü"),
        ("{type: string, maxLength: 2}", "üü", "abc"),
        ("{type: string, format: date-time}", "'2024-05-31T12:00:00Z'", "soon"),
        ("{type: string, format: date-time}", "'2024-05-31T12:00:00Z'", "5"),
        ("{type: string, format: ipv4}", "10.0.0.1", "'::1'"),
        ("{type: string, format: made-up}", "anything", "5"),
        ("{type: integer, minimum: 1}", "1", "0"),
        ("{type: integer, minimum: 1, exclusiveMinimum: true}", "2", "1"),
        ("{type: number, maximum: 1.5}", "1.5", "1.6"),
        ("{type: integer, maximum: 5, exclusiveMaximum: true}", "4", "5"),
        ("{type: integer, multipleOf: 5}", "10", "11"),
        ("{type: number, multipleOf: 0.1}", "0.3", "0.35"),
        ("{type: array, items: {type: string}}", "[a, b]", "[a, 1]"),
        ("{type: array, items: {type: string}}", "[]", "[null]"),
        ("{type: array, items: {type: string, nullable: true}}", "[null]", "[1]"),
        ("{type: array, minItems: 1, items: {type: string}}", "[a]", "[]"),
        ("{type: array, maxItems: 1, items: {type: string}}", "[a]", "[a, b]"),
        ("{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[a, b]", "[a, a]"),
        (
            "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, required: [k], properties: {k: {type: string}, v: {type: string}}}}",
            "[{k: a, v: x}, {k: b, v: x}]",
            "[{k: a}, {k: a, v: x}]",
        ),
        ("{type: object, additionalProperties: {type: string}}", "{a: b}", "{a: 1}"),
        ("{type: object, minProperties: 1, additionalProperties: {type: string}}", "{a: b}", "{}"),
        (
            "{type: object, maxProperties: 1, additionalProperties: {type: string}}",
            "{a: b}",
            "{a: b, c: d}",
        ),
        ("{type: object, required: [a], properties: {a: {type: string}}}", "{a: b}", "{}"),
        ("{type: object, required: [a], properties: {a: {type: string}}}", "{a: b}", "{a: null}"),
        ("{type: object, properties: {a: {type: string}}}", "{a: null}", "{b: 1}"),
        (
            "{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}",
            "{b: {c: 1}}",
            "{a: 1}",
        ),
        ("{x-kubernetes-preserve-unknown-fields: true}", "[1, {a: b}]", "!!str {"),
        (
            "{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}",
            "{a: x}",
            "{a: x, b: x}",
        ),
        (
            "{type: object, properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}",
            "{a: x, b: x}",
            "{}",
        ),
        ("{type: object, properties: {a: {type: string}}, not: {required: [a]}}", "{}", "{a: x}"),
        ("{type: string, allOf: [{minLength: 2}, {pattern: '^a'}]}", "ab", "bb"),
        (
            "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {b: c}}, data: {}}",
            "{apiVersion: v1, metadata: {name: a}}",
        ),
        (
            "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}",
            "{apiVersion: v1, kind: ConfigMap}",
            "{apiVersion: v1, kind: ConfigMap, metadata: {labels: {a: 'b c'}}}",
        ),
    ] {
        assert_eq!(widget(schema, good), [""; 0], "{schema}: {good}");
        if !bad.starts_with("!!") {
            let found = widget(schema, bad);
            let said = found.iter().any(|line| line.starts_with("api/custom-resource spec"));
            assert!(said, "{schema}: {bad}: {found:?}");
        }
    }
}

#[test]
fn what_looks_secret_is_not_told() {
    let schema = "{type: object, properties: {password: {type: string, pattern: '^[0-9]+$'}, name: {type: string, pattern: '^[0-9]+$'}}}";
    let found = widget(schema, "{password: hunter2, name: web}");
    assert_eq!(
        found,
        [
            "api/custom-resource spec.password: the value does not match `^[0-9]+$`",
            "api/custom-resource spec.name: `web` does not match `^[0-9]+$`",
        ]
    );
}

#[test]
fn default_values_are_there_for_the_schema_and_for_rules() {
    let schema = "{type: object, required: [mode], properties: {mode: {type: string, default: fast}, size: {type: integer}}, x-kubernetes-validations: [{rule: \"self.mode == 'fast'\", message: must be fast}]}";
    assert_eq!(widget(schema, "{}"), [""; 0]);
    assert_eq!(widget(schema, "{mode: null}"), [""; 0]);
    assert_eq!(widget(schema, "{mode: slow}"), ["api/custom-rule spec: must be fast"]);
    let nested = "{type: object, default: {}, properties: {a: {type: object, default: {}, properties: {b: {type: string, default: x}}}}, x-kubernetes-validations: [{rule: \"self.a.b == 'x'\"}]}";
    assert_eq!(widget(nested, "null"), [""; 0]);
    assert_eq!(
        widget(nested, "{a: {b: z}}"),
        ["api/custom-rule spec: failed rule: self.a.b == 'x'"]
    );
}

#[test]
fn rules_see_what_a_server_shows_them() {
    let rule = |rule: &str| {
        let fields = "name: {type: string}, when: {type: string, format: date-time}, wait: {type: string, format: duration}, port: {x-kubernetes-int-or-string: true}, ratio: {type: number}, labels: {type: object, additionalProperties: {type: string}}, namespace: {type: string}, a-b: {type: string}, tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}, note: {type: string, nullable: true}, waits: {type: array, items: {type: string, format: duration}}, open: {type: array, items: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}}, spec: {type: object, properties: {a: {type: string}}}, pairs: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [k], items: {type: object, required: [k], properties: {k: {type: string}, v: {type: string}}}}";
        let schema = format!(
            "{{type: object, properties: {{{fields}}}, x-kubernetes-validations: [{{rule: {rule:?}}}]}}"
        );
        widget(
            &schema,
            "{name: me, when: '2024-05-31T12:00:00Z', wait: 1h, port: 80, ratio: 1, labels: {x-y: z}, namespace: ns, a-b: c, tags: [p, q], note: null, waits: [], open: [{a: x, b: {c: 1, d: 2}}, {b: {d: 2, c: 1}, a: x}, {a: x, b: 2}], spec: {a: x}, pairs: [{k: a, v: '1'}, {k: b, v: '1'}]}",
        )
    };
    for text in [
        "self.when.getFullYear() == 2024 && self.wait == duration('60m')",
        "self.port == 80 && type(self.port) == int && self.ratio == 1.0 && type(self.ratio) == double",
        "self.labels['x-y'] == 'z' && 'x-y' in self.labels && self.labels.all(k, k == 'x-y')",
        "self.__namespace__ == 'ns' && self.a__dash__b == 'c'",
        "self.tags == ['q', 'p'] && !has(self.note)",
        "self.tags + ['q', 'r'] == ['p', 'q', 'r'] && self.tags + ['r'] == ['r', 'q', 'p']",
        "self.pairs + [{'k': 'a', 'v': '2'}] == [{'k': 'b', 'v': '1'}, {'k': 'a', 'v': '2'}]",
        "self.pairs[0] != self.pairs[1] && self.pairs == self.pairs && self.waits.sum() == duration('0')",
        "self.open[0] == self.open[1] && self.open[0] != self.open[2]",
        "self.spec.a == 'x'",
        "oldSelf.name == 'other'",
    ] {
        assert_eq!(rule(text), [""; 0], "{text}");
    }
    let broken = rule("self.name == 'x'");
    assert_eq!(broken, ["api/custom-rule spec: failed rule: self.name == 'x'"]);
    let failed = rule("self.labels['none'] == 'x'");
    assert_eq!(failed, ["api/custom-rule spec: a rule of its definition fails: no such key: none"]);
    let unheard = rule("self.name.unheard()");
    assert_eq!(
        unheard,
        [
            "api/custom-resource-definition spec.versions[0].schema.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: the rule does not compile: there is no function `unheard`",
            "api/unchecked spec: a rule of its definition was not evaluated: the function `unheard` is not known here",
        ]
    );
}

#[test]
fn rules_name_their_place_and_their_message() {
    let schema = "{type: object, properties: {labels: {type: object, additionalProperties: {type: string, x-kubernetes-validations: [{rule: 'self.size() < 3', messageExpression: \"'is ' + self\"}]}}, items: {type: array, items: {type: object, properties: {a: {type: integer}}, x-kubernetes-validations: [{rule: 'self.a > 0', fieldPath: .a, message: ' must be positive '}]}}}}";
    let found = widget(schema, "{labels: {x: long}, items: [{a: 1}, {a: 0}]}");
    let wanted = [
        "api/custom-rule spec.labels[x]: is long",
        "api/custom-rule spec.items[1].a: must be positive",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn rules_wait_for_what_they_rely_on() {
    let schema = "{type: object, properties: {a: {type: integer}, b: {type: string, pattern: '^x'}}, x-kubernetes-validations: [{rule: 'self.a > 0', message: too small}]}";
    let blocked = "api/custom-rule : the rules of its definition were not evaluated, since they rely on what is wrong";
    let found = widget(schema, "{a: one}");
    assert_eq!(
        found,
        ["api/custom-resource spec.a: expected a whole number, found a string", blocked]
    );
    let found = widget(schema, "{a: 0, b: z}");
    let wanted =
        ["api/custom-resource spec.b: `z` does not match `^x`", "api/custom-rule spec: too small"];
    assert_eq!(found, wanted);
}

#[test]
fn versions_and_kinds_must_be_there() {
    let object = |version: &str, kind: &str| {
        let text =
            format!("apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{}}\n");
        findings_for(&text, &Settings { only: vec!["api".to_owned()], ..Settings::default() })
    };
    let first = |version: &str, kind: &str| {
        let found = object(version, kind);
        let first = found.into_iter().find(|finding| finding.rule.name != "api/removed-version");
        first.map(|f| (f.rule.name, f.field, f.severity, f.help.unwrap_or_default()))
    };
    let undefined = first("example.com/v1", "Widget").unwrap();
    assert_eq!((undefined.0, undefined.2), ("api/unchecked", Severity::Warning));
    for (version, kind) in [
        ("cert-manager.io/v1alpha2", "Certificate"),
        ("external-secrets.io/v1beta1", "ExternalSecret"),
    ] {
        let moved = object(version, kind);
        assert!(moved.iter().any(|f| f.rule.name == "api/removed-version"), "{moved:?}");
    }
    for (version, kind) in [
        ("argoproj/v1", "Rollout"),
        ("../up", "Rollout"),
        ("argoproj.io/V1", "Rollout"),
        ("argoproj.io/v1alpha1", "dash-"),
        ("argoproj.io/v1alpha1", "ü"),
    ] {
        assert_eq!(first(version, kind).unwrap().2, Severity::Error, "{version} {kind}");
    }
}

#[test]
fn what_scales_must_be_a_number() {
    let scaled = |spec: &str| {
        let text = format!(
            "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {{name: a}}\nspec: {spec}\n"
        );
        let found = findings_for(&text, &Settings::default());
        let custom = found.into_iter().filter(|found| found.rule.name == "api/custom-resource");
        let mut fields: Vec<String> = custom.map(|found| found.field).collect();
        fields.sort();
        fields
    };
    assert_eq!(scaled("{replicas: 3}"), [""; 0]);
    assert_eq!(scaled("{replicas: null}"), [""; 0]);
    assert_eq!(scaled("{replicas: -1}"), ["spec.replicas"]);
    assert_eq!(scaled("{replicas: 2147483648}"), ["spec.replicas"]);
    assert_eq!(scaled("{replicas: '3'}"), ["spec.replicas"]);
    assert_eq!(scaled("[]"), ["spec", "spec.replicas"]);
    let open = "{type: object, x-kubernetes-preserve-unknown-fields: true}";
    assert_eq!(widget(open, "{replicas: many}"), [""; 0]);
}

#[test]
fn given_definitions_are_found_in_lists_and_among_others() {
    let definition = "
  apiVersion: apiextensions.k8s.io/v1
  kind: CustomResourceDefinition
  metadata: {name: widgets.example.com}
  spec:
    group: example.com
    names: {kind: Widget, plural: widgets}
    scope: Cluster
    versions:
    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object}}}}}";
    let list = format!(
        "apiVersion: v1\nkind: List\nitems:\n-{}",
        definition.trim_start_matches('\n').replacen("  ", " ", 1)
    );
    let text = format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\n---\n{list}\n");
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let source = sources.add_file("crds.yaml", text);
    let mut definitions = definitions::Definitions::default();
    definitions.read(source, &sources, &mut report);
    assert!(report.is_empty());
    let found = definitions.find("example.com", "Widget").unwrap();
    assert!(!found.namespaced && found.served().eq(["v1"]));
    assert_eq!(definitions.kinds_of("example.com"), ["Widget"]);
    let settings = Settings { definitions, ..Settings::default() };
    let wrong = "apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: a}\n";
    let found = findings_for(wrong, &settings);
    assert!(found.iter().any(|f| f.rule.name == "api/custom-resource" && f.field == "kind"));
}

#[test]
fn deep_and_odd_definitions_are_no_trouble() {
    let deep = "{type: object, properties: {a: ".repeat(40) + "{type: string}" + &"}}".repeat(40);
    let value = "{a: ".repeat(40) + "1" + &"}".repeat(40);
    assert_eq!(widget(&deep, &value).len(), 1);
    for schema in ["{}", "[]", "5", "{properties: 5, items: [], required: {}, enum: 1, anyOf: 2}"] {
        let _ = widget(schema, "{a: [1, {b: c}]}");
    }
    for rule in ["(", "self.", "1 / 0 == 1", "self"] {
        let schema =
            format!("{{type: object, x-kubernetes-validations: [{{rule: {rule:?}}}, 5, {{}}]}}");
        let of_widget = |line: &&String| !line.starts_with("api/decoding");
        assert_eq!(widget(&schema, "{}").iter().filter(of_widget).count(), 1, "{rule}");
    }
}

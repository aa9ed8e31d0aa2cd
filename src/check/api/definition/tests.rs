//! Definitions that a server takes, and what it has against others.

use crate::check::api::trial::{faults, none};

fn definition(spec: &str, versions: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: widgets.example.com}}\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {{kind: Widget, plural: widgets}}\n  {spec}\n  versions: [{versions}]\n"
    )
}

fn version(name: &str, rest: &str) -> String {
    format!("{{name: {name}, served: true, storage: true, {rest}}}")
}

const ANY: &str = "schema: {openAPIV3Schema: {type: object}}";

/// The faults of one schema, below its root.
fn schema(fields: &str) -> Vec<String> {
    let text = definition("", &version("v1", &format!("schema: {{openAPIV3Schema: {fields}}}")));
    let root = "spec.validation.openAPIV3Schema";
    let short = |field: String| field.strip_prefix(root).map(str::to_owned).unwrap_or(field);
    faults(&text).into_iter().map(short).collect()
}

fn field(schema: &str) -> Vec<String> {
    let faults = self::schema(&format!("{{type: object, properties: {{a: {schema}}}}}"));
    faults.iter().map(|field| field.replace(".properties[a].", "")).collect()
}

#[test]
fn names_and_versions() {
    none(&definition("", &version("v1", ANY)));
    let cluster = definition("", &version("v1", ANY)).replace("Namespaced", "Everywhere");
    assert_eq!(faults(&cluster), ["spec.scope"]);
    let bare = definition("", &version("v1", ANY)).replace("group: example.com", "group: example");
    assert_eq!(faults(&bare.replace("widgets.example.com", "widgets.example")), ["spec.group"]);
    let names = definition("", &version("v1", ANY)).replace(
        "plural: widgets",
        "plural: widgets, singular: W, listKind: Widget, shortNames: [a.b]",
    );
    assert_eq!(
        faults(&names),
        ["spec.names.singular", "spec.names.listKind", "spec.names.shortNames[0]"]
    );
    let two = format!("{}, {}", version("v1", ANY), version("v2", ANY));
    assert_eq!(faults(&definition("", &two)), ["spec.versions"]);
    let kindless = definition("", &version("v1", ANY)).replace("kind: Widget, ", "");
    assert_eq!(
        faults(&kindless),
        ["spec.names.kind", "spec.names.singular", "spec.names.listKind"]
    );
    let second = version("v2", ANY).replace("storage: true", "storage: false");
    none(&definition("", &format!("{}, {second}", version("v1", ANY))));
    assert_eq!(faults(&definition("", "")), ["status.storedVersions", "spec.versions"]);
    assert_eq!(
        faults(&definition("", &version("V1", "deprecationWarning: x"))),
        [
            "spec.versions[0].name",
            "spec.versions[0].deprecationWarning",
            "spec.versions[0].schema.openAPIV3Schema",
        ]
    );
    assert_eq!(
        faults(&definition("", &version("v1", ANY)).replace("name: widgets.", "name: w.")),
        ["metadata.name"]
    );
}

#[test]
fn columns_scale_and_conversion() {
    let columns = "additionalPrinterColumns: [{name: a, type: text, jsonPath: spec}, {}]";
    assert_eq!(
        faults(&definition("", &version("v1", &format!("{ANY}, {columns}")))),
        [
            "spec.additionalPrinterColumns[0].type",
            "spec.additionalPrinterColumns[0].JSONPath",
            "spec.additionalPrinterColumns[1].name",
            "spec.additionalPrinterColumns[1].type",
            "spec.additionalPrinterColumns[1].JSONPath",
        ]
    );
    let scale =
        "subresources: {scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .replicas}}";
    assert_eq!(
        faults(&definition("", &version("v1", &format!("{ANY}, {scale}")))),
        ["spec.subresources.scale.statusReplicasPath"]
    );
    none(&definition("conversion: {strategy: None}", &version("v1", ANY)));
    none(&definition(
        "conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {service: {name: a, namespace: b}}}}",
        &version("v1", ANY),
    ));
    assert_eq!(
        faults(&definition(
            "conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v2]}}",
            &version("v1", ANY),
        )),
        ["spec.conversion.webhookClientConfig", "spec.conversion.conversionReviewVersions"]
    );
    assert_eq!(
        faults(&definition("conversion: {}", &version("v1", ANY))),
        ["spec.conversion.strategy"]
    );
    let hook = |client: &str| {
        let hook = format!("{{conversionReviewVersions: [v1], clientConfig: {client}}}");
        let conversion = format!("conversion: {{strategy: Webhook, webhook: {hook}}}");
        faults(&definition(&conversion, &version("v1", ANY)))
    };
    let at = "spec.conversion.webhookClientConfig";
    assert_eq!(hook("{service: {name: a, namespace: b, path: x}}"), [format!("{at}.service.path")]);
    assert_eq!(hook("{url: 'https://a.b/c?d'}"), [format!("{at}.url")]);
    let kept = definition(
        "preserveUnknownFields: true\n  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: 'https://a.b'}}}",
        &version("v1", ANY),
    );
    assert_eq!(faults(&kept), ["spec.preserveUnknownFields", "spec.conversion.strategy"]);
}

#[test]
fn fields_that_are_selected_by() {
    let schema = "schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {color: {type: string}, list: {type: array, items: {type: string}}}}}}}";
    let selecting = |paths: &str| {
        faults(&definition("", &version("v1", &format!("{schema}, selectableFields: [{paths}]"))))
    };
    assert_eq!(selecting("{jsonPath: .spec.color}"), <[&str; 0]>::default());
    for bad in
        ["{}", "{jsonPath: spec.color}", "{jsonPath: .spec.colour}", "{jsonPath: .spec.list}"]
    {
        assert_eq!(selecting(bad), ["spec.selectableFields[0].jsonPath"], "{bad}");
    }
    let bare = definition("", &version("v1", "selectableFields: [{jsonPath: .a}]"));
    assert_eq!(faults(&bare), ["spec.versions[0].schema.openAPIV3Schema", "spec.selectableFields"]);
    assert_eq!(
        selecting("{jsonPath: .spec.color}, {jsonPath: .spec.color}"),
        ["spec.selectableFields[1].jsonPath"]
    );
}

#[test]
fn default_values_fit_their_schema() {
    let none: [&str; 0] = [];
    for good in [
        "{type: string, enum: [a, b], default: a}",
        "{type: object, default: {}, properties: {b: {type: integer, default: 1}}}",
        "{type: array, default: [1], items: {type: integer}}",
        "{type: string, nullable: true, default: null}",
    ] {
        assert_eq!(field(good), none, "{good}");
    }
    for (bad, wanted) in [
        ("{type: string, enum: [a, b], default: c}", "default"),
        ("{type: integer, minimum: 2, default: 1}", "default"),
        ("{type: object, default: {b: x}, properties: {b: {type: integer}}}", "default.b"),
        ("{type: object, default: {c: 1}, properties: {b: {type: integer}}}", "default"),
        ("{type: array, default: [a], items: {type: integer}}", "default[0]"),
        (
            "{type: object, default: {}, required: [b], properties: {b: {type: string}}}",
            "default.b",
        ),
    ] {
        assert_eq!(field(bad), [wanted], "{bad}");
    }
}

#[test]
fn rules_compile() {
    let none: [&str; 0] = [];
    let object = |rules: &str| {
        field(&format!(
            "{{type: object, properties: {{count: {{type: integer}}, s: {{type: string}}, l: {{type: array, items: {{type: object, properties: {{k: {{type: string}}}}}}}}, a-b: {{type: string}}}}, x-kubernetes-validations: [{rules}]}}"
        ))
    };
    for good in [
        "{rule: self.count <= 10 && self.s.startsWith('a')}",
        "{rule: \"self.l.all(i, has(i.k) && i.k.size() > 1)\", fieldPath: .l}",
        "{rule: self.a__dash__b == 'x', messageExpression: \"'got ' + self.s\"}",
        "{rule: self.count == oldSelf.count}",
        "{rule: 'oldSelf.hasValue() || self.count == 1', optionalOldSelf: true}",
    ] {
        assert_eq!(object(good), none, "{good}");
    }
    for (bad, wanted) in [
        ("{rule: self.count <}", "rule"),
        ("{rule: self.m <= 10}", "rule"),
        ("{rule: sel.count <= 10}", "rule"),
        ("{rule: self.count}", "rule"),
        ("{rule: self.count == 'a'}", "rule"),
        ("{rule: self.count == 1, messageExpression: self.count}", "messageExpression"),
        ("{rule: self.count == 1, fieldPath: .m}", "fieldPath"),
        ("{rule: self.count == 1, fieldPath: num}", "fieldPath"),
        ("{rule: self.count == 1, optionalOldSelf: true}", "optionalOldSelf"),
    ] {
        assert_eq!(object(bad), [format!("x-kubernetes-validations[0].{wanted}")], "{bad}");
    }
    let root =
        schema("{type: object, x-kubernetes-validations: [{rule: self.metadata.name != 'a'}]}");
    assert_eq!(root, none);
    let item =
        "{type: array, items: {type: string, x-kubernetes-validations: [{rule: self == oldSelf}]}}";
    assert_eq!(field(item), ["items.x-kubernetes-validations[0].rule"]);
}

#[test]
fn patterns_and_what_is_nested() {
    assert_eq!(field("{type: string, pattern: '('}"), ["pattern"]);
    let none: [&str; 0] = [];
    let incomplete = "{type: object, properties: {b: {type: string}}, anyOf: [{properties: {c: {minLength: 1}}}]}";
    assert_eq!(schema(incomplete), [".properties[c]"]);
    // Further down a server does not ask for it.
    assert_eq!(field(incomplete), none);
    assert_eq!(
        field(
            "{type: object, properties: {b: {type: string}}, anyOf: [{required: [b]}, {not: {properties: {b: {minLength: 1}}}}]}"
        ),
        none
    );
}

#[test]
fn groups_of_kubernetes_are_approved() {
    let text = definition("", &version("v1", ANY)).replace("example.com", "x.k8s.io");
    assert_eq!(faults(&text), ["metadata.annotations[api-approved.kubernetes.io]"]);
    let approved = |value: &str| {
        text.replace(
            "name: widgets.x.k8s.io",
            &format!(
                "name: widgets.x.k8s.io, annotations: {{api-approved.kubernetes.io: '{value}'}}"
            ),
        )
    };
    none(&approved("https://github.com/kubernetes/kubernetes/pull/1"));
    none(&approved("unapproved, an experiment"));
    assert_eq!(faults(&approved("yes")).len(), 1);
}

#[test]
fn schemas_are_structural() {
    let none: [&str; 0] = [];
    for good in [
        "{type: string, nullable: true, format: date-time, pattern: '^a$'}",
        "{type: array, items: {type: string}}",
        "{type: object, additionalProperties: {type: string}}",
        "{x-kubernetes-preserve-unknown-fields: true}",
        "{type: object, x-kubernetes-preserve-unknown-fields: true, properties: {b: {type: integer}}}",
        "{anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true}",
        "{allOf: [{anyOf: [{type: integer}, {type: string}]}], x-kubernetes-int-or-string: true}",
        "{type: object, oneOf: [{required: [b]}, {required: [c]}], properties: {b: {type: string}, c: {type: string}}}",
        "{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: {type: object, required: [b], properties: {b: {type: string}}}}",
        "{type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}",
        "{type: string, default: b, x-kubernetes-validations: [{rule: 'self != \"\"', message: wrong}]}",
    ] {
        assert_eq!(field(good), none, "{good}");
    }
    for (bad, fields) in [
        ("{}", vec!["type"]),
        ("{type: text}", vec!["type"]),
        ("{type: 'null'}", vec!["type"]),
        ("{type: array}", vec!["items"]),
        ("{type: array, items: {}}", vec!["items.type"]),
        ("{type: array, items: {type: string}, uniqueItems: true}", vec!["uniqueItems"]),
        ("{type: object, properties: {b: {}}}", vec!["properties[b].type"]),
        ("{type: object, additionalProperties: {}}", vec!["additionalProperties.type"]),
        (
            "{type: object, properties: {b: {type: string}}, additionalProperties: false}",
            vec!["additionalProperties"],
        ),
        ("{type: string, anyOf: [{type: string}]}", vec!["anyOf[0].type"]),
        ("{type: string, not: {description: b}}", vec!["not.description"]),
        (
            "{type: object, allOf: [{properties: {b: {type: string}}}], properties: {b: {type: string}}}",
            vec!["allOf[0].properties[b].type"],
        ),
        ("{type: string, $ref: b}", vec!["$ref"]),
        ("{type: string, x-kubernetes-list-type: set}", vec!["type"]),
        (
            "{type: array, x-kubernetes-list-type: set, items: {type: object}}",
            vec!["items.x-kubernetes-map-type"],
        ),
        (
            "{type: array, x-kubernetes-list-type: map, items: {type: object}}",
            vec!["x-kubernetes-list-map-keys"],
        ),
        ("{type: object, x-kubernetes-embedded-resource: true}", vec!["properties"]),
        (
            "{type: object, x-kubernetes-preserve-unknown-fields: false}",
            vec!["x-kubernetes-preserve-unknown-fields"],
        ),
        (
            "{type: string, x-kubernetes-validations: [{}]}",
            vec!["x-kubernetes-validations[0].rule"],
        ),
    ] {
        assert_eq!(field(bad), fields, "{bad}");
    }
    for (bad, fields) in [
        ("{}", vec![".type"]),
        ("{type: string}", vec![".type"]),
        ("{type: object, additionalProperties: {type: string}}", vec![".additionalProperties"]),
        ("{type: object, nullable: true}", vec![".nullable"]),
        (
            "{type: object, properties: {metadata: {type: object, properties: {labels: {type: object}}}}}",
            vec![".properties[metadata]"],
        ),
        ("{type: object, properties: {kind: {type: integer}}}", vec![".properties[kind].type"]),
    ] {
        assert_eq!(schema(bad), fields, "{bad}");
    }
}

/// What projects publish, where it is at hand.
#[test]
fn upstream_definitions_are_taken() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/crds");
    for file in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let is_yaml = file.path().extension().is_some_and(|ending| ending == "yaml");
        if is_yaml {
            none(&std::fs::read_to_string(file.path()).unwrap());
        }
    }
}

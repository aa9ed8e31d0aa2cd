//! ValidatingAdmissionPolicies and MutatingAdmissionPolicies:
//! `ValidateValidatingAdmissionPolicy` and its like.

use std::collections::HashSet;

use crate::cel::types::Type;
use crate::check::api::formats::shown;
use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::scalar::{LabelKey, Scalar};

use super::environment::Environment;
use super::expression::{self, Gives};
use super::matching::{self, Policy};

pub static RULE: Rule = Rule {
    name: "api/admission-policy",
    weight: Weight::ERROR,
    summary: "an admission policy that a server refuses",
    page: "An admission policy judges or changes objects before they are stored, by expressions in CEL. It says which objects it is about (`matchConstraints`, with one rule at least), and what must be true of them (`validations`), or what is changed (`mutations`).",
    bad: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas.example.com}
spec:
  validations:
    - {expression: object.spec.replicas <= 5}
",
    good: "
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: replicas.example.com}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
  validations:
    - {expression: object.spec.replicas <= 5}
",
    look: Look::Validation,
};

const MOST_ANNOTATIONS: usize = 20;
const LONGEST_VALUE: usize = 5 * 1_024;

pub fn validate_validating(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let variables = validate_common(spec, Policy::Validating);
    let environment = environment(spec, &variables);
    let (validations, annotations) = (spec.field("validations"), spec.field("auditAnnotations"));
    if validations.is_empty() && annotations.is_empty() {
        for list in [validations, annotations] {
            list.fault("it has neither `validations` nor `auditAnnotations`");
        }
    }
    validations.items().for_each(|validation| validate_validation(validation, environment));
    annotations.must_not_have_more_than(MOST_ANNOTATIONS);
    validate_annotations(annotations, environment);
}

pub fn validate_mutating(object: At<'_>) {
    let object = object.under(&RULE);
    let spec = object.field("spec");
    let variables = validate_common(spec, Policy::Mutating);
    let environment = Environment { patches: true, ..environment(spec, &variables) };
    let mutations = spec.field("mutations");
    mutations.required();
    mutations.items().for_each(|mutation| validate_mutation(mutation, environment));
    let again = spec.field("reinvocationPolicy");
    if again.required() {
        again.must_be_one_of(&["Never", "IfNeeded"]);
    }
}

/// The types of the policy's own names.
type Variables<'a> = Vec<(&'a str, Type<'static>)>;

/// What expressions may ask about: of names that the policy gives, where it gives any.
fn environment<'s>(spec: At<'_>, variables: &'s Variables<'s>) -> Environment<'s> {
    Environment {
        has_params: spec.field("paramKind").is_set(),
        has_authorizer: true,
        patches: false,
        variables: (!spec.field("variables").is_empty()).then_some(variables),
    }
}

fn validate_common<'a>(spec: At<'a>, policy: Policy) -> Variables<'a> {
    spec.field("failurePolicy").must_be_one_of(&["Ignore", "Fail"]);
    let param = spec.field("paramKind");
    if param.is_set() {
        matching::validate_param_kind(param);
    }
    let constraints = spec.field("matchConstraints");
    if constraints.must_be_set() {
        matching::validate_resources(constraints, policy);
        constraints.field("resourceRules").required();
    }
    let mut variables = Variables::new();
    let stateless = Environment { variables: None, ..environment(spec, &variables) };
    expression::validate_conditions(spec.field("matchConditions"), &stateless);
    for variable in spec.field("variables").items() {
        let name = variable.field("name");
        let text = name.text_or_empty();
        if text.trim().is_empty() {
            name.missing();
        } else if !expression::is_identifier(text) {
            name.fault_with(
                format!("{} is not a name that an expression can call", shown(text)),
                "such as `isProduction`",
            );
        }
        // It sees those before it.
        let seen = environment(spec, &variables);
        let given = expression::validate(variable.field("expression"), &seen, Gives::Anything);
        variables.retain(|(known, _)| *known != text);
        variables.push((text, given));
    }
    variables
}

fn validate_validation(validation: At<'_>, environment: Environment<'_>) {
    expression::validate(validation.field("expression"), &environment, Gives::Bool);
    let (message, computed) = (validation.field("message"), validation.field("messageExpression"));
    if !computed.is_empty() {
        let environment = Environment { has_authorizer: false, ..environment };
        expression::validate(computed, &environment, Gives::Text);
    }
    let text = message.text_or_empty();
    if !text.is_empty() && text.trim().is_empty() {
        message.fault("it has nothing but spaces");
    } else if text.trim().contains(['\n', '\r']) {
        message.fault("it has more than one line");
    }
    let reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
    validation.field("reason").must_be_one_of(&reasons);
}

/// `validateAuditAnnotation`: the key stands behind the name of the policy.
fn validate_annotations(annotations: At<'_>, environment: Environment<'_>) {
    let name = annotations.subject().name();
    let mut seen = HashSet::new();
    for annotation in annotations.items() {
        let (key, value) = (annotation.field("key"), annotation.field("valueExpression"));
        let text = key.text_or_empty();
        if name.is_empty() {
            key.fault("the policy has no name of its own, and the key stands behind it");
        } else if let Err(reason) = LabelKey::parse(&format!("{name}/{text}")) {
            key.fault(format!("{} is not a key: `{name}/{text}` {reason}", shown(text)));
        }
        if !seen.insert(text) {
            key.fault(format!("{} is there twice", shown(text)));
        }
        match value.text_or_empty().trim().len() > LONGEST_VALUE {
            true => value.must_not_be_longer_than(LONGEST_VALUE),
            false => {
                expression::validate(value, &environment, Gives::TextOrNothing);
            }
        }
    }
}

fn validate_mutation(mutation: At<'_>, environment: Environment<'_>) {
    let kind = mutation.field("patchType");
    if !kind.required() {
        return;
    }
    let apply = mutation.field("applyConfiguration");
    let patch = mutation.field("jsonPatch");
    let (wanted, other, gives) = match kind.text_or_empty() {
        "ApplyConfiguration" => (apply, patch, Gives::Object),
        "JSONPatch" => (patch, apply, Gives::List),
        _ => {
            kind.must_be_one_of(&["ApplyConfiguration", "JSONPatch"]);
            return;
        }
    };
    if wanted.must_be_set() {
        expression::validate(wanted.field("expression"), &environment, gives);
    }
    other.forbid("the mutation is of the other type");
}

#[cfg(test)]
mod tests {
    use crate::check::testing::refused;

    const ABOUT: &str = "matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}";

    fn policy(kind: &str, spec: &str) -> Vec<String> {
        refused(&format!(
            "{{apiVersion: admissionregistration.k8s.io/v1, kind: {kind}, metadata: {{name: web.example.com}}, spec: {{{spec}}}}}"
        ))
    }

    fn validating(spec: &str) -> Vec<String> {
        policy("ValidatingAdmissionPolicy", &format!("{ABOUT}, {spec}"))
    }

    #[test]
    fn validations() {
        for good in [
            "validations: [{expression: 'true', message: ' one line\n', reason: Invalid}]",
            "auditAnnotations: [{key: why, valueExpression: \"'a'\"}]",
            "variables: [{name: a, expression: '1'}], validations: [{expression: variables.a == 1}]",
            "paramKind: {apiVersion: example.com/v1, kind: Limit}, validations: [{expression: 'true'}]",
        ] {
            assert_eq!(validating(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("validations: [{expression: ' '}]", "validations[0].expression"),
            ("validations: [{expression: 'true', reason: Unknown}]", "validations[0].reason"),
            ("validations: [{expression: 'true', message: ' '}]", "validations[0].message"),
            ("auditAnnotations: [{key: a b, valueExpression: \"'a'\"}]", "auditAnnotations[0].key"),
            ("auditAnnotations: [{key: a}]", "auditAnnotations[0].valueExpression"),
            (
                "paramKind: {apiVersion: a/b/c, kind: K}, validations: [{expression: 'true'}]",
                "paramKind.apiVersion",
            ),
            (
                "variables: [{name: in, expression: '1'}], validations: [{expression: 'true'}]",
                "variables[0].name",
            ),
            (
                "matchConditions: [{name: a/b/c, expression: 'true'}], validations: [{expression: 'true'}]",
                "matchConditions[0].name",
            ),
        ] {
            assert_eq!(validating(bad), [format!("spec.{field}")], "{bad}");
        }
        assert_eq!(validating("variables: []"), ["spec.validations", "spec.auditAnnotations"]);
    }

    /// As a server's `TestValidateValidatingAdmissionPolicy` has it.
    #[test]
    fn expressions_compile() {
        for good in [
            "validations: [{expression: 'object.a > oldObject.a && request.dryRun && namespaceObject.metadata.labels.env == \"x\"'}]",
            "validations: [{expression: authorizer.requestResource.check('get').allowed()}]",
            "variables: [{name: a, expression: object.spec.a}, {name: b, expression: variables.a}], validations: [{expression: variables.b == 1, messageExpression: \"'a ' + string(variables.b)\"}]",
            "paramKind: {apiVersion: v1, kind: ConfigMap}, matchConditions: [{name: a, expression: has(params.data)}], auditAnnotations: [{key: a, valueExpression: \"params.x == 1 ? 'a' : null\"}]",
        ] {
            assert_eq!(validating(good), <[&str; 0]>::default(), "{good}");
        }
        for (bad, field) in [
            ("validations: [{expression: object.spec.replicas <}]", "validations[0].expression"),
            ("validations: [{expression: objct.spec.replicas < 5}]", "validations[0].expression"),
            ("validations: [{expression: params.max > 1}]", "validations[0].expression"),
            ("validations: [{expression: object.spec.replicas}]", "validations[0].expression"),
            ("validations: [{expression: request.user.name == 'a'}]", "validations[0].expression"),
            ("validations: [{expression: variables.a == 1}]", "validations[0].expression"),
            (
                "variables: [{name: b, expression: variables.a}, {name: a, expression: '1'}], validations: [{expression: variables.a == 1}]",
                "variables[0].expression",
            ),
            (
                "variables: [{name: a, expression: '1'}], validations: [{expression: variables.a == 'x'}]",
                "validations[0].expression",
            ),
            (
                "variables: [{name: a, expression: 'true'}], matchConditions: [{name: a, expression: variables.a}], validations: [{expression: 'true'}]",
                "matchConditions[0].expression",
            ),
            (
                "validations: [{expression: 'true', messageExpression: authorizer.path('/').check('get').reason()}]",
                "validations[0].messageExpression",
            ),
            (
                "validations: [{expression: 'true', messageExpression: '1'}]",
                "validations[0].messageExpression",
            ),
            (
                "auditAnnotations: [{key: a, valueExpression: '1'}]",
                "auditAnnotations[0].valueExpression",
            ),
        ] {
            assert_eq!(validating(bad), [format!("spec.{field}")], "{bad}");
        }
    }

    #[test]
    fn mutations() {
        let mutating = |mutation: &str| {
            let spec = format!("{ABOUT}, reinvocationPolicy: Never, mutations: [{mutation}]");
            policy("MutatingAdmissionPolicy", &spec)
        };
        let good = "{patchType: JSONPatch, jsonPatch: {expression: '[]'}}";
        assert_eq!(mutating(good), <[&str; 0]>::default());
        let good = "{patchType: ApplyConfiguration, applyConfiguration: {expression: 'Object{metadata: Object.metadata{labels: {\"a\": object.kind}}}'}}";
        assert_eq!(mutating(good), <[&str; 0]>::default());
        let good = "{patchType: JSONPatch, jsonPatch: {expression: '[JSONPatch{op: \"add\", path: \"/metadata/labels/\" + jsonpatch.escapeKey(\"a/b\"), value: \"x\"}]'}}";
        assert_eq!(mutating(good), <[&str; 0]>::default());
        for (bad, fields) in [
            ("{}", &["patchType"][..]),
            ("{patchType: Merge}", &["patchType"]),
            ("{patchType: JSONPatch, jsonPatch: {}}", &["jsonPatch.expression"]),
            ("{patchType: JSONPatch, jsonPatch: {expression: a}}", &["jsonPatch.expression"]),
            (
                "{patchType: ApplyConfiguration, applyConfiguration: {expression: object}}",
                &["applyConfiguration.expression"],
            ),
            (
                "{patchType: JSONPatch, applyConfiguration: {expression: a}}",
                &["jsonPatch", "applyConfiguration"],
            ),
        ] {
            let fields: Vec<_> = fields.iter().map(|f| format!("spec.mutations[0].{f}")).collect();
            assert_eq!(mutating(bad), fields, "{bad}");
        }
        assert_eq!(
            policy("MutatingAdmissionPolicy", ABOUT),
            ["spec.mutations", "spec.reinvocationPolicy"]
        );
    }
}

//! Custom resources against the rules in CEL that their definition has
//! (`x-kubernetes-validations`).

use crate::cel::shape::{Shape, read};
use crate::cel::value::{Error, Value as CelValue};
use crate::cel::{Budget, Expression};
use crate::check::at::{At, Fault};
use crate::check::rule::{Look, Rule, Severity, Weight};
use crate::object::from_value::Step;
use crate::object::value::Value;

use super::place::{Keys, Place};
use super::schema::{CelRule, Others, Schema};
use super::unchecked;

pub static RULE: Rule = Rule {
    name: "api/custom-rule",
    weight: Weight::ERROR,
    summary: "a custom resource that breaks a rule of its CustomResourceDefinition",
    page: "Beside what each field may hold, a definition can have rules for how fields go together: that a port is there where a Service is referred to, that of two ways one is chosen. They are expressions in CEL that a server evaluates, and k8sgen evaluates them alike; the message is the definition's own. Where something is wrong that rules rely on, a server does not evaluate them until it is mended.",
    bad: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules:
    - backendRefs: [{name: web}]
",
    good: "
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules:
    - backendRefs: [{name: web, port: 80}]
",
    look: Look::Validation,
};

/// How long a message that is made by an expression may be, as a server has it.
const LONGEST_MESSAGE: usize = 5 * 1024;

/// Says that rules were not evaluated, as a server does.
pub fn blocked(object: At<'_>) {
    object.under(&RULE).fault_with(
        "the rules of its definition were not evaluated, since they rely on what is wrong",
        "mend what else is said of it first",
    );
}

/// Evaluates all rules for an object.
pub fn evaluate(object: At<'_>, content: &Value, schema: &Schema, budget: Budget) {
    let mut evaluation = Evaluation { object, budget };
    evaluation.walk(content, schema, schema, &Place::OBJECT);
}

struct Evaluation<'o> {
    object: At<'o>,
    budget: Budget,
}

impl Evaluation<'_> {
    /// Evaluates the rules of `schema`, which may be one of the `allOf` of `shape`.
    fn walk(&mut self, value: &Value, schema: &Schema, shape: &Schema, place: &Place<'_>) {
        if !schema.has_rules || *value == Value::Null || self.budget.is_spent() {
            return;
        }
        for rule in &schema.rules {
            self.rule(rule, value, shape, place);
        }
        for nested in schema.limits.iter().flat_map(|limits| &limits.all_of) {
            self.walk(value, nested, shape, place);
        }
        match value {
            Value::Map(map) => {
                for (key, value) in map.iter() {
                    if let (Some(field), Some(own)) = (schema.field(key), shape.field(key)) {
                        self.walk(value, field, own, &place.field(key));
                    } else if let (Others::Of(below), Others::Of(own)) =
                        (&schema.others, &shape.others)
                    {
                        self.walk(value, below, own, &place.key(key));
                    }
                }
            }
            Value::List(items) => {
                if let (Some(below), Some(own)) = (&schema.items, &shape.items) {
                    for (index, item) in items.iter().enumerate() {
                        self.walk(item, below, own, &place.index(index));
                    }
                }
            }
            _ => {}
        }
    }

    fn rule(&mut self, rule: &CelRule, value: &Value, shape: &Schema, place: &Place<'_>) {
        let compiled = match rule.compiled() {
            Ok(compiled) => compiled,
            Err(error) => return self.unknown(rule, place, &error.message),
        };
        // Of an object that is created there is no earlier one.
        if compiled.uses_old_self && !rule.optional_old_self {
            return;
        }
        let mut variables = Vec::with_capacity(2);
        match read(value, shape as &dyn Shape) {
            Ok(own) => variables.push(("self", own)),
            Err(error) => return self.failed(rule, place, error),
        }
        if compiled.uses_old_self {
            variables.push(("oldSelf", CelValue::Optional(None)));
        }
        match compiled.expression.evaluate(&variables, &mut self.budget) {
            Ok(CelValue::Bool(true)) => {}
            Ok(CelValue::Bool(false)) => {
                let message = self.message(rule, &variables);
                self.broken(rule, message, place);
            }
            Ok(_) => self.failed(rule, place, Error::no_overload()),
            Err(error) => self.failed(rule, place, error),
        }
    }

    /// The message of a rule: what its expression gives, or what is written.
    fn message<'a>(&mut self, rule: &'a CelRule, variables: &[(&'a str, CelValue<'a>)]) -> String {
        let made =
            rule.message_expression().and_then(|expression: &'a Expression| {
                match expression.evaluate(variables, &mut self.budget) {
                    Ok(CelValue::Text(text)) => Some(text.trim().to_owned()),
                    _ => None,
                }
            });
        let usable = |text: &String| {
            !text.is_empty() && text.len() <= LONGEST_MESSAGE && !text.contains('\n')
        };
        made.filter(usable).unwrap_or_else(|| named(rule))
    }

    fn broken(&self, rule: &CelRule, message: String, place: &Place<'_>) {
        let (mut path, mut field) = (place.path(), place.text(Keys::Bracketed));
        for step in rule.field_path.iter().flat_map(|path| steps(path)) {
            if !field.is_empty() {
                field.push('.');
            }
            field.push_str(&step);
            path.push(Step::Key(step));
        }
        self.add(&RULE, path, field, message, None);
    }

    /// A rule that has no value is broken as well; if only we cannot tell, that is said.
    fn failed(&self, rule: &CelRule, place: &Place<'_>, error: Error) {
        match error {
            Error::Failed(reason) => {
                let (path, field) = (place.path(), place.text(Keys::Bracketed));
                let message = format!("a rule of its definition fails: {reason}");
                self.add(&RULE, path, field, message, Some(format!("the rule: {}", named(rule))));
            }
            Error::Unsupported(what) => {
                self.unknown(rule, place, &format!("{what} is not known here"));
            }
            Error::TooCostly => self.unknown(rule, place, "it takes too long"),
        }
    }

    fn unknown(&self, rule: &CelRule, place: &Place<'_>, reason: &str) {
        let (path, field) = (place.path(), place.text(Keys::Bracketed));
        let message = format!("a rule of its definition was not evaluated: {reason}");
        let help = Some(format!("the rule: {}", named(rule)));
        self.add(&unchecked::RULE, path, field, message, help);
    }

    fn add(
        &self,
        rule: &'static Rule,
        path: Vec<Step>,
        field: String,
        message: String,
        help: Option<String>,
    ) {
        self.object.add(Fault { rule, path, field, message, help, at_most: Severity::Error });
    }
}

/// What a rule is called: its message, or else the rule itself.
fn named(rule: &CelRule) -> String {
    match &rule.message {
        Some(message) => message.to_string(),
        None => format!("failed rule: {}", rule.rule.trim()),
    }
}

/// The steps of `.spec.labels['app']`.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix("['") {
            let end = quoted.find("']").unwrap_or(quoted.len());
            steps.push(quoted.get(..end).unwrap_or_default().to_owned());
            rest = quoted.get(end + 2..).unwrap_or_default();
        } else {
            let name = rest.strip_prefix('.').unwrap_or(rest);
            let end = name.find(['.', '[']).unwrap_or(name.len());
            steps.push(name.get(..end).unwrap_or_default().to_owned());
            rest = name.get(end..).unwrap_or_default();
            if end == 0 {
                break;
            }
        }
    }
    steps
}

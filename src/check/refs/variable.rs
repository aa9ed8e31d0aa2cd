//! `$(NAME)` in what a container is given, where it has no such variable.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::lookup::absent;

pub static RULE: Rule = Rule {
    name: "refs/variable",
    weight: Weight::WARNING,
    summary: "`$(NAME)` stands for a variable that the container does not have, or not yet",
    page: "Kubernetes puts variables into `command`, `args` and the values of `env`. What it does not know stays as it is written, so the program is given `$(NAME)` itself. Variables are known from top to bottom: one may speak of those before it, and not of those behind it. Only names in capital letters are looked at, since a shell has `$(…)` for commands.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      args: [--address=$(POD_ID)]
      env: [{name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      args: [--address=$(POD_IP)]
      env: [{name: POD_IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
",
    look: Look::Container(look),
};

fn look<'a>(scene: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    // What whole ConfigMaps and Secrets hold is known before all else.
    if !container.at.field("envFrom").is_empty() {
        return;
    }
    let env = container.at.field("env");
    let names: Vec<&str> = env.items().map(|one| one.field("name").text_or_empty()).collect();
    for (number, one) in env.items().enumerate() {
        let (before, behind) = names.split_at(number);
        look_into(scene, one.field("value"), before, behind);
    }
    for list in ["command", "args"] {
        for text in container.at.field(list).items() {
            look_into(scene, text, &names, &[]);
        }
    }
}

/// What a text speaks of must be one of the known variables.
fn look_into(scene: &Scene<'_>, at: At<'_>, known: &[&str], behind: &[&str]) {
    for name in at.text().into_iter().flat_map(references) {
        if known.contains(&name) {
            continue;
        }
        let message = format!("`$({name})` stays as it is written");
        if behind.contains(&name) {
            at.fault_with(format!("{message}: the variable comes later"), "put it before this one");
            return;
        }
        let help = match absent::near(scene, name, known.iter().copied()) {
            Some(near) => format!("did you mean `$({near})`?"),
            None => format!("add `{name}` to `env`, or write `$$({name})` where it is meant so"),
        };
        at.fault_with(format!("{message}: the container has no such variable"), help);
        return;
    }
}

/// The variables that a text speaks of. `$$` stands for `$`.
fn references(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        rest = &rest[at + 1..];
        if let Some(behind) = rest.strip_prefix('$') {
            rest = behind;
        } else if let Some((name, behind)) =
            rest.strip_prefix('(').and_then(|behind| behind.split_once(')'))
            && is_variable(name)
        {
            found.push(name);
            rest = behind;
        }
    }
    found
}

/// Services give each container variables of their own, which nobody declares.
fn is_variable(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let of_service =
        ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT"].iter().any(|end| name.ends_with(end))
            || name.contains("_SERVICE_PORT_")
            || name.contains("_TCP")
            || name.contains("_UDP");
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(is_part) && !of_service
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    fn container(fields: &str) -> Vec<String> {
        let text = format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {{containers: [{{name: a, image: a, {fields}}}]}}}}"
        );
        said(RULE.name, &text)
    }

    #[test]
    fn variables_are_known_from_top_to_bottom() {
        let later = "env: [{name: URL, value: 'http://$(HOST)/'}, {name: HOST, value: a}]";
        assert_eq!(
            container(later),
            [
                "warning Pod/a spec.containers[0].env[0].value: `$(HOST)` stays as it is written: the variable comes later"
            ]
        );
        for fine in [
            "env: [{name: HOST, value: a}, {name: URL, value: 'http://$(HOST)/'}], args: [$(URL)]",
            "args: ['$$(HOST) $(date) $(HOST'], command: [sh, -c, 'echo $(hostname)']",
            "envFrom: [{configMapRef: {name: a}}], args: [$(HOST)]",
            "args: ['$(REDIS_SERVICE_HOST):$(REDIS_PORT_6379_TCP_PORT)']",
        ] {
            assert!(container(fine).is_empty(), "{fine}");
        }
        assert_eq!(container("args: ['$(A) $(B)']").len(), 1);
    }
}

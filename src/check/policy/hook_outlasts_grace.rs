//! Hooks that are still waiting when their pod is killed.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};
use crate::object::value::Value;

use super::commands::{Command, commands_of_exec, program, seconds};

pub static RULE: Rule = Rule {
    name: "policy/hook-outlasts-grace",
    weight: Weight::ADVICE,
    summary: "a `preStop` hook waits as long as the pod has to end, or longer",
    page: "\
`terminationGracePeriodSeconds`, 30 where it is not set, runs from the moment a pod is told to \
end. A `preStop` hook takes its time from it, and the program gets its signal only after the \
hook. A hook that sleeps for all of it leaves nothing: the program is killed in the middle of \
what it does.

Raise `terminationGracePeriodSeconds` to the hook's time and the program's own together, or let \
the hook wait for less.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      lifecycle: {preStop: {exec: {command: [sleep, '60']}}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 90
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      lifecycle: {preStop: {exec: {command: [sleep, '60']}}}
",
    look: Look::Container(look),
};

const DEFAULT_GRACE: u64 = 30;

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    let hook = container.at.field("lifecycle").field("preStop").field("exec");
    if !hook.is_set() {
        return;
    }
    let grace = match pod.spec.get("terminationGracePeriodSeconds") {
        Some(Value::Int(seconds)) => u64::try_from(*seconds).unwrap_or(0),
        _ => DEFAULT_GRACE,
    };
    let waits = waits(&commands_of_exec(hook));
    // Without any time there is another rule.
    if grace > 0 && waits >= grace {
        hook.field("command").fault_with(
            format!("{container} is killed while its hook waits: it has {grace} s to end"),
            format!("set `terminationGracePeriodSeconds` to more than {waits}"),
        );
    }
}

/// Seconds that a script waits for sure. What loops or chooses is not followed.
fn waits(commands: &[Command]) -> u64 {
    let chooses = |command: &Command| {
        command
            .iter()
            .any(|word| matches!(word.as_str(), "while" | "until" | "for" | "if" | "case"))
    };
    if commands.iter().any(chooses) {
        return 0;
    }
    let of = |command: &Command| match command.as_slice() {
        [sleep, amount] if program(sleep) == "sleep" => seconds(amount),
        _ => None,
    };
    commands.iter().filter_map(of).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, pod};

    #[test]
    fn who_ends_first() {
        for (grace, command, count) in [
            ("", "[sleep, '30']", 1),
            ("", "[sleep, '15']", 0),
            ("", "[sh, -c, 'sleep 20; nginx -s quit; sleep 15']", 1),
            ("terminationGracePeriodSeconds: 60, ", "[sh, -c, 'drain && sleep 10']", 0),
            ("terminationGracePeriodSeconds: 10, ", "[/bin/sleep, 10s]", 1),
            ("", "[sh, -c, 'while pgrep worker; do sleep 60; done']", 0),
            ("", "[sh, -c, 'sleep $DELAY']", 0),
        ] {
            let spec = format!(
                "{grace}containers: [{{name: a, image: 'a:v1', \
                lifecycle: {{preStop: {{exec: {{command: {command}}}}}}}}}]"
            );
            assert_eq!(fires(&RULE, &pod(&spec)), count, "{grace} {command}");
        }
    }
}

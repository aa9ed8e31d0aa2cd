//! Containers that only wait.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Role, Scene};

use super::commands::{Command, commands_of, program, seconds};
use super::workload::{is_node_agent, runs_on};

pub static RULE: Rule = Rule {
    name: "policy/idle-container",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a container does nothing but sleep",
    page: "\
`sleep infinity` and `tail -f /dev/null` keep a container open for somebody to work in: a shell \
next to production data, with its account and its network, that nobody maintains. Or they are \
what was left of a test, and the program never runs.

Run the program. To look around use `kubectl debug`, which brings its own image, leaves traces \
in the audit log and ends when you do.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: tools}
spec:
  selector: {matchLabels: {app: tools}}
  template:
    metadata: {labels: {app: tools}}
    spec:
      containers:
        - {name: tools, image: 'registry.example.com/tools:v1.4.2', command: [sleep, infinity]}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: tools}
spec:
  selector: {matchLabels: {app: tools}}
  template:
    metadata: {labels: {app: tools}}
    spec:
      containers:
        - {name: tools, image: 'registry.example.com/tools:v1.4.2', command: [/tools, serve]}
",
    look: Look::Container(look),
};

const A_DAY: u64 = 86400;

fn look<'a>(_: &Scene<'a>, pod: &Pod<'a>, container: Container<'a>) {
    // Agents of the nodes often do their work in an init container.
    if container.role != Role::Main || is_node_agent(pod) || !runs_on(pod) {
        return;
    }
    if let Some((at, commands)) = commands_of(container)
        && only_waits(&commands)
    {
        at.fault_with(
            format!("{container} does nothing but wait"),
            "run the program; to look around use `kubectl debug`",
        );
    }
}

fn only_waits(commands: &[Command]) -> bool {
    let is_word = |word: &str| commands.iter().flatten().any(|own| own == word);
    let loops = is_word("while");
    let mut waits = false;
    for command in commands {
        let words = command.iter().map(String::as_str);
        let words: Vec<&str> =
            words.skip_while(|word| matches!(*word, "while" | "do" | "exec")).collect();
        match words.as_slice() {
            [] | ["true" | ":" | "done" | "wait" | "trap", ..] => {}
            [sleep, amount] if program(sleep) == "sleep" => {
                if !loops && seconds(amount).is_none_or(|seconds| seconds < A_DAY) {
                    return false;
                }
                waits = true;
            }
            [tail, "-f" | "-F", "/dev/null"] if program(tail) == "tail" => waits = true,
            _ => return false,
        }
    }
    waits
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{fires, workload};

    #[test]
    fn what_only_waits() {
        for (command, count) in [
            ("[/bin/sleep, '86400']", 1),
            ("[sleep, 365d]", 1),
            ("[tail, -f, /dev/null]", 1),
            ("[sh, -c, 'sleep infinity']", 1),
            ("[sh, -c, 'while true; do sleep 30; done']", 1),
            ("[bash, -c, 'trap : TERM INT; sleep infinity & wait']", 1),
            ("[sleep, '30']", 0),
            ("[sh, -c, 'while true; do sync; sleep 30; done']", 0),
            ("[sh, -c, './setup && sleep infinity']", 0),
            ("[tail, -f, /var/log/app.log]", 0),
            ("[sh, -c, '']", 0),
        ] {
            let spec = format!("containers: [{{name: a, image: 'a:v1', command: {command}}}]");
            assert_eq!(fires(&RULE, &workload("Deployment", &spec)), count, "{command}");
            assert_eq!(fires(&RULE, &workload("DaemonSet", &spec)), 0, "{command}");
        }
    }
}

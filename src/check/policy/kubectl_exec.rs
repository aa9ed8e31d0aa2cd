//! Containers that reach into other pods with `kubectl`.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::commands::{Command, commands_of, program};

pub static RULE: Rule = Rule {
    name: "policy/kubectl-exec",
    weight: Weight::ADVICE,
    summary: "a container runs `kubectl exec` or `kubectl cp`",
    page: "\
A backup that runs `kubectl exec` and `kubectl cp` works on the day it is written. It needs the \
right to create `pods/exec`, which is to run anything in any pod of the namespace, with that \
pod's secrets. It copies files while the program writes them, so the copy may not open. It \
breaks off when the pod is moved, when the connection is idle, or when `tar` is gone from the \
image, and what it wrote so far looks like a backup. And the copy lies in the container of the \
job, unless somebody mounted a volume there.

For data on a claim take a VolumeSnapshot of it, on a schedule: it is made of one moment, and \
can be tested by restoring it. For a database run its own dump over the network, as a user that \
may only read, and write to object storage. Where a program must be asked first, give it a \
sidecar, or a port.",
    bad: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 2 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: backup
              image: registry.example.com/backup:v1.4.2
              command: [sh, -c]
              args: ['kubectl exec miner-0 -n blockchain -- tar czf /tmp/backup.tar.gz /app/data']
",
    good: "
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: 0 2 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: backup
              image: registry.example.com/backup:v1.4.2
              command: [sh, -c]
              args: ['kubectl create --filename=/snapshots/miner-0.yaml']
",
    look: Look::Container(look),
};

/// Flags of `kubectl` whose value is the next word.
const WITH_VALUES: [&str; 10] = [
    "-n",
    "--namespace",
    "--context",
    "--kubeconfig",
    "--cluster",
    "--user",
    "--token",
    "-s",
    "--server",
    "--as",
];

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    let Some((at, commands)) = commands_of(container) else { return };
    if let Some(verb) = commands.iter().find_map(reaches_in) {
        at.fault_with(
            format!("{container} runs `kubectl {verb}`: it may run anything in any pod"),
            "take a VolumeSnapshot of the claim, or let the program's own dump do it",
        );
    }
}

fn reaches_in(command: &Command) -> Option<&'static str> {
    if matches!(command.first().map(String::as_str), Some("echo" | "printf")) {
        return None;
    }
    let at = command.iter().position(|word| program(word) == "kubectl")?;
    let mut words = command.iter().skip(at + 1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "exec" => return Some("exec"),
            "cp" => return Some("cp"),
            flag if WITH_VALUES.contains(&flag) => _ = words.next(),
            flag if flag.starts_with('-') => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, fires, pod};

    #[test]
    fn what_reaches_in() {
        for (fields, count) in [
            ("command: [kubectl, exec, a, --, ls]", 1),
            ("command: [/usr/bin/kubectl, -n, exec, get, pods]", 0),
            ("command: [kubectl, --namespace, b, cp, 'a:/x', /y]", 1),
            ("command: [sh, -c, 'set -e; f=$(kubectl -n b exec a -- cat /x)']", 1),
            ("command: [sh, -c, 'echo kubectl exec a']", 0),
            ("command: [sh, -c, '# kubectl exec a']", 0),
            ("command: [sh, -c, 'kubectl get pods && exec true']", 0),
            ("command: [sh, -c, 'kubectl delete pod exec']", 0),
            ("args: [exec, a]", 0),
        ] {
            assert_eq!(fires(&RULE, &container(fields)), count, "{fields}");
        }
        let image =
            "containers: [{name: a, image: 'bitnami/kubectl:1.34.0', args: [exec, a, --, ls]}]";
        assert_eq!(fires(&RULE, &pod(image)), 1);
    }
}

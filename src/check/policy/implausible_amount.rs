//! Amounts of CPU and memory in which a unit was forgotten, or mistaken.

use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Container, Pod, Scene};

use super::amounts::{is_too_little, suggestion, written};

pub static RULE: Rule = Rule {
    name: "policy/implausible-amount",
    weight: Weight::ERROR,
    summary: "an amount of memory or CPU has the wrong unit",
    page: "\
`m` means a thousandth. `memory: 512m` is half a byte, `memory: 512` is 512 bytes: a server takes \
both, and no container can start within such a limit. `cpu: 500` is 500 CPUs, which no node has \
to spare, so the pod waits for ever.

Memory is written as `512Mi`, CPU as `500m` or `0.5`.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 512m}}
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example.com/web:v1.4.2
      resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 512Mi}}
",
    look: Look::Container(look),
};

const OTHERWISE: &str = "write memory as `512Mi`, and CPU as `500m` or `0.5`";
/// More CPUs than a container ever asks for on purpose.
const MOST_CPUS: i64 = 100;

fn look<'a>(_: &Scene<'a>, _: &Pod<'a>, container: Container<'a>) {
    for part in ["requests", "limits"] {
        let amounts = container.at.field("resources").field(part);
        let memory = amounts.field("memory");
        if is_too_little(memory) {
            let message =
                format!("{} of memory for {container} is too little to start in", written(memory));
            let help = suggestion(memory, "Mi", OTHERWISE);
            match part {
                "limits" => memory.fault_with(message, help),
                _ => memory.warn_with(message, help),
            }
        }
        let cpu = amounts.field("cpu");
        if cpu.quantity().is_some_and(|count| count.units() >= MOST_CPUS) {
            cpu.warn_with(
                format!("{} CPUs for {container} are more than nodes have", written(cpu)),
                suggestion(cpu, "m", OTHERWISE),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::check::policy::proof::{container, findings};
    use crate::check::rule::Severity;

    #[test]
    fn units() {
        let error = Some(Severity::Error);
        let warning = Some(Severity::Warning);
        for (part, amounts, expected) in [
            ("limits", "memory: 512m", error),
            ("limits", "memory: 512", error),
            ("limits", "memory: 512k", error),
            ("limits", "memory: 1Mi", None),
            ("limits", "memory: 0", None),
            ("limits", "memory: 536870912", None),
            ("requests", "memory: 100m", warning),
            ("requests", "cpu: 500", warning),
            ("requests", "cpu: 64", None),
            ("requests", "cpu: 500m", None),
            ("limits", "cpu: '0.5'", None),
        ] {
            let found =
                findings(&RULE, &container(&format!("resources: {{{part}: {{{amounts}}}}}")));
            assert_eq!(found.first().map(|found| found.severity), expected, "{amounts}");
        }
        let found = findings(&RULE, &container("resources: {limits: {memory: 512m}}"));
        assert_eq!(found[0].help.as_deref(), Some("did you mean `512Mi`?"));
    }
}

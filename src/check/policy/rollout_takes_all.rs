//! Rollouts that may take all pods at once.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::share::Share;

pub static RULE: Rule = Rule {
    name: "policy/rollout-takes-all",
    weight: Weight::ADVICE,
    summary: "a rollout may take all pods at once",
    page: "`maxUnavailable` says how many pods a rollout may take away before new ones are ready. If that is all of them, a rolling update is an outage like any other, and one with a broken image leaves nothing running. Say less than the smallest scale: `25%` is the default, and `0` with a `maxSurge` takes none away.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: {rollingUpdate: {maxUnavailable: 100%}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    good: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  strategy: {rollingUpdate: {maxUnavailable: 1}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let workload = spec.object().field("spec");
    let owner = pod.owner;
    // Those of a StatefulSet and a DaemonSet are rounded up, the others down.
    let (at, rounds_up) = match (owner.group(), owner.kind()) {
        ("apps", "Deployment") => (workload.down(&["strategy", "rollingUpdate"]), false),
        ("argoproj.io", "Rollout") => (workload.down(&["strategy", "canary"]), false),
        ("apps", "StatefulSet" | "DaemonSet") => {
            (workload.down(&["updateStrategy", "rollingUpdate"]), true)
        }
        _ => return,
    };
    let at = at.field("maxUnavailable");
    let Some(share) = Share::read(at.value()) else { return };
    let least = scene.scale_of(pod).map_or(0, |range| range.least);
    let taken = if rounds_up { share.up(least) } else { share.down(least) };
    // 100 of any 100 are all, also where nobody says how many there are.
    let is_all = at.text().is_some() && share.down(100) >= 100;
    if is_all || least > 1 && taken >= least {
        at.fault_with("a rollout may take all pods at once", "say less: `maxUnavailable: 25%`");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn counts_and_shares() {
        let of = |kind: &str, replicas: &str, share: &str| {
            let strategy = if kind == "Deployment" { "strategy" } else { "updateStrategy" };
            findings(&RULE, &format!("
apiVersion: apps/v1
kind: {kind}
metadata: {{name: web}}
spec: {{{replicas} {strategy}: {{rollingUpdate: {{maxUnavailable: {share}}}}}, template: {{spec: {{containers: []}}}}}}
")).len()
        };
        for (kind, replicas, share, count) in [
            ("Deployment", "replicas: 3,", "3", 1),
            ("Deployment", "replicas: 3,", "2", 0),
            ("Deployment", "replicas: 3,", "99%", 0),
            ("Deployment", "replicas: 3,", "100%", 1),
            // A single pod is another rule's.
            ("Deployment", "", "1", 0),
            ("Deployment", "", "100%", 1),
            ("StatefulSet", "replicas: 3,", "67%", 1),
            ("StatefulSet", "replicas: 3,", "1", 0),
            ("DaemonSet", "", "100%", 1),
            ("DaemonSet", "", "1", 0),
            ("DaemonSet", "", "10%", 0),
        ] {
            assert_eq!(of(kind, replicas, share), count, "{kind} {replicas} {share}");
        }
    }
}

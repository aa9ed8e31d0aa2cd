//! Deployments that stop all old pods before they start new ones.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::rolling_claim::{Mounts, is_single, mounts};

pub static RULE: Rule = Rule {
    name: "policy/recreate",
    weight: Weight::PRODUCTION_ADVICE,
    summary: "a rollout stops all old pods before it starts new ones",
    page: "With `strategy: {type: Recreate}` every rollout is an outage, as long as the new pods need to start, and as long as it takes somebody to roll back where they do not. It is right where two pods must never run side by side: for a volume that only one node can mount it is not reported. Otherwise use `RollingUpdate`.",
    bad: "
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  strategy: {type: Recreate}
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
  strategy: {type: RollingUpdate}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: registry.example.com/web:v1}]}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    if !pod.owner.is("apps", "Deployment") {
        return;
    }
    let strategy = spec.object().down(&["spec", "strategy", "type"]);
    if strategy.text() != Some("Recreate") || runs_alone(scene, pod, spec) {
        return;
    }
    strategy.fault_with("each rollout is an outage", "use `RollingUpdate`");
}

/// Whether two of its pods would stand in each other's way.
fn runs_alone<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) -> bool {
    let mut volumes = spec.field("volumes").items();
    let single = volumes.any(|volume| match mounts(scene, pod, volume) {
        Some(Mounts::Claim(claim)) => is_single(claim),
        Some(Mounts::Unknown) => true,
        None => volume.field("hostPath").is_set(),
    });
    let host_port = |container: At<'a>| {
        container.field("ports").items().any(|port| port.field("hostPort").is_set())
    };
    single || spec.field("hostNetwork").is_true() || spec.field("containers").items().any(host_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::policy::trial::findings;

    #[test]
    fn what_runs_alone_for_a_reason() {
        let with = |pod: &str, more: &str| {
            findings(
                &RULE,
                &format!(
                    "{}{more}",
                    RULE.bad.replace("spec: {containers", &format!("spec: {{{pod} containers"))
                ),
            )
            .len()
        };
        let claim = |mode: &str| {
            format!(
                "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: data}}\nspec: {{accessModes: [{mode}]}}\n"
            )
        };
        let mounted = "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}],";
        assert_eq!(with(mounted, &claim("ReadWriteOnce")), 0);
        assert_eq!(with(mounted, &claim("ReadWriteMany")), 1);
        assert_eq!(with(mounted, ""), 0);
        assert_eq!(with("hostNetwork: true,", ""), 0);
        assert_eq!(with("volumes: [{name: a, emptyDir: {}}],", ""), 1);
    }
}

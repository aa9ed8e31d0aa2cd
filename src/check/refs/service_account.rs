//! Service accounts that nobody defines.

use crate::check::at::At;
use crate::check::rule::{Look, Rule, Weight};
use crate::check::scene::{Pod, Scene};

use super::lookup::absent::{self, Wanted};

pub static RULE: Rule = Rule {
    name: "refs/service-account",
    weight: Weight::ERROR,
    summary: "a pod runs as a service account that is not there",
    page: "A server refuses pods whose service account does not exist: the workload is there, and no pod ever is. Each namespace has the account `default`; every other one must be defined in the namespace of the pod.",
    bad: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
",
    good: "
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  serviceAccountName: web
  containers: [{name: web, image: 'registry.example.com/web:v1.4.2'}]
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web}
",
    look: Look::Pod(look),
};

fn look<'a>(scene: &Scene<'a>, pod: &Pod<'a>, spec: At<'a>) {
    let account = spec.field("serviceAccountName");
    // The field of old, which a server fills in.
    let account = if account.is_empty() { spec.field("serviceAccount") } else { account };
    let name = account.text_or_empty();
    if name != "default" && !pod.is_made() {
        absent::lead(scene, account, Wanted::of("", "ServiceAccount", pod.namespace, name));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::testing::said;

    use super::*;

    #[test]
    fn the_default_account_is_there() {
        let pod = |spec: &str| {
            let text = format!(
                "{{apiVersion: v1, kind: Pod, metadata: {{name: web}}, spec: {{{spec} containers: [{{name: web, image: web}}]}}}}"
            );
            said(RULE.name, &text)
        };
        assert!(pod("").is_empty());
        assert!(pod("serviceAccountName: default,").is_empty());
        assert_eq!(
            pod("serviceAccount: web,"),
            [
                "error Pod/web spec.serviceAccount: there is no ServiceAccount `web` in namespace `default`"
            ]
        );
    }
}
